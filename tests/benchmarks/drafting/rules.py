"""spaCy's rules: a blank English pipeline with an EntityRuler for names and a Matcher for numbers.

No model is loaded: the rules are those that a user would write after reading the manual. A number with
its scale and sign is one match; what stands around it decides as in `keywords.py`.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from kg.drafting import Proposal
from tests.benchmarks.drafting.keywords import named, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.drafting import Paper
    from tests.benchmarks.drafting.world import World

NAME: Final = "spaCy's rules"

_SCALES: Final = {
    "thousand": 10**3, "lakh": 10**5, "million": 10**6, "m": 10**6, "crore": 10**7,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "rs": "INR", "yuan": "CNY"}
_SMALL: Final = (
    "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)
_KINDS: Final = {"company": "ORG", "place": "GPE", "person": "PERSON"}
_PATTERNS: Final[list[list[dict[str, Any]]]] = [
    [
        {"LOWER": {"IN": list(_SIGNS)}, "OP": "?"},
        {"LIKE_NUM": True},
        {"LOWER": {"IN": list(_SCALES)}, "OP": "*"},
        {"LOWER": {"IN": ["%", "per", "percent"]}, "OP": "?"},
    ],
]
_BY: Final[list[list[dict[str, Any]]]] = [
    [{"LOWER": {"IN": ["by", "in", "until"]}}, {"SHAPE": "dddd"}]
]


def make(world: World) -> Callable[[Paper], list[Proposal]]:
    """Return what drafts a text.

    Raises:
        ImportError: spaCy is not there.
    """
    import spacy
    from spacy.matcher import Matcher

    pipeline: Any = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": label, "pattern": name, "id": thing}
            for kind, label in _KINDS.items()
            for name, thing in world.names.get(kind, {}).items()
        ]
    )
    numbers, years = Matcher(pipeline.vocab), Matcher(pipeline.vocab)
    numbers.add("NUMBER", _PATTERNS, greedy="LONGEST")
    years.add("BY", _BY)

    def draft(paper: Paper) -> list[Proposal]:
        doc = pipeline(paper.text)
        return [one for sentence in doc.sents for one in _draft(sentence, numbers, years, world)]

    return draft


def _draft(sentence: Any, numbers: Any, years: Any, world: World) -> Iterator[Proposal]:
    span = ((sentence.start_char, sentence.end_char),)
    status, common = status_of(sentence.text), _keys(sentence, world)
    due = [sentence[start:end].text[-4:] for _, start, end in years(sentence)]
    matches = sorted(numbers(sentence), key=lambda one: one[1])
    values = [value for _, start, end in matches if (value := _number(sentence[start:end].text))]
    for value in values:
        keys = {**common, **value, "type": "Target" if status else "Observation"}
        if status:
            keys["status"] = status
            if due:
                keys |= {"due": f"{due[0]}-12-31", "due_precision": "year"}
        else:
            keys["kind"] = "reported"
        yield Proposal(keys, span, by=NAME)
    if status and not values:
        yield Proposal({**common, "type": "StatusReport", "status": status}, span, by=NAME)


def _keys(sentence: Any, world: World) -> dict[str, str | list[str]]:
    keys: dict[str, str | list[str]] = {}
    labels = {"ORG": "about", "GPE": "place", "PERSON": "speaker"}
    for entity in sentence.ents:
        keys.setdefault(labels[entity.label_], entity.ent_id_)
    # Where a sentence names no company, the first of its text is meant.
    companies = (one.ent_id_ for one in sentence.doc.ents if labels[one.label_] == "about")
    if "about" not in keys and (company := next(companies, None)):
        keys["about"] = company
    if indicator := named(sentence.text.lower(), world.names.get("indicator", {})):
        keys["indicator"] = indicator
    return keys


def _number(words: str) -> dict[str, str | list[str]] | None:
    """Return a number with its scale and sign; a year is none."""
    parts = words.lower().replace("%", " %").replace("$", "$ ").split()
    value, unit = None, None
    for part in parts:
        if part in _SCALES and value is not None:
            value *= _SCALES[part]
        elif part in _SIGNS:
            unit = f"currency:{_SIGNS[part]}"
        elif part in {"%", "per", "percent"}:
            unit = "unit:PERCENT"
        else:
            value = _figure(part)
    if value is None or (unit is None and words.isdigit() and 1900 <= value <= 2100):
        return None
    keys: dict[str, str | list[str]] = {"value": f"{value:f}"}
    if unit:
        keys["unit"] = unit
    return keys


def _figure(word: str) -> Decimal | None:
    if word in _SMALL:
        return Decimal(_SMALL.index(word) + 1)
    try:
        return Decimal(word.replace(",", ""))
    except InvalidOperation:
        return None
