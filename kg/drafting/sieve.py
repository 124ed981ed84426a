"""Why a proposal is refused: what the text does not say, and what nobody could look up.

One function a reason; `_REFUSERS` names them in the order in which they are asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.base import fold
from kg.drafting.grammar.background import Background
from kg.drafting.grammar.reading import PLACES
from kg.drafting.grammar.spans import listed
from kg.drafting.grammar.words import split_words
from kg.drafting.known import KnownThings
from kg.drafting.language import languages
from kg.drafting.standing import DAYS, FIGURES, StandingText, read_number
from kg.drafting.vocabulary import LISTS, STATEMENTS, Vocabulary, is_known, short
from kg.sources import key_types

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kg.drafting.papers.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.query import Index

    Refuser = Callable[["Sieve", Proposal], str | None]

# Whose words or plans these are: they have to be named where a statement says so.
_BEARERS: Final = ("about", "subject", "speaker", "on_behalf_of", "via", "promised_by")
_NAMED: Final = frozenset({"Company", "JointVenture", "Organization", "Person"})
_COMPANIES: Final = frozenset({"Company", "JointVenture"})
_UNITS: Final = frozenset({"Unit", "Currency"})
"""What a source may describe that is no thing of the ontology."""


class Sieve:
    """What a paper and a graph say of proposals."""

    def __init__(self, paper: Paper, index: Index) -> None:
        """Take the paper and the graph whose things may be named."""
        self.paper, self.index, self.vocabulary = paper, index, Vocabulary.of(index)
        self.standing = StandingText(paper, self.vocabulary.units)
        self.is_read = paper.language.partition("-")[0].lower() in languages()
        # The text comes first: places of what it names are places in it.
        self.titled = "\n".join(filter(None, (paper.text, paper.title)))
        about = "\n".join(filter(None, (self.titled, paper.publisher, paper.author)))
        found = KnownThings.of(index).find(about)
        self.mentions = found.mentions
        # A name that several bear stands for each of them here: which one is for the reader to say.
        self.named = {mention.thing for mention in found.mentions}
        self.named |= {thing for each in found.ambiguous for thing in each.things}
        # Short names in capitals ("ET") are known as names of outlets alone.
        written = {about[word.start : word.end] for word in split_words(about)}
        outlets = Background.of(index).outlets
        self.named |= {outlet for name, outlet in outlets.items() if name in written}
        # The state of Wisconsin is called Wisconsin.
        self.named |= {
            bearer
            for place in {
                fold(about[one.start : one.end]) for one in found.mentions if one.type in PLACES
            }
            for bearer in self.vocabulary.governments.get(place, ())
        }

    def with_words_of_days(self, proposal: Proposal) -> Proposal:
        """Return a proposal with the words of its days as evidence, where they stand in other sentences."""
        return self.standing.with_words_of_days(proposal) if self.is_read else proposal

    def with_caution(self, proposal: Proposal) -> Proposal:
        """Return a proposal with a note where its words name companies, and not the one whose plan it is said to be.

        It is no reason to refuse: "it will open 20 shops with Bolt" is not Bolt's plan alone.
        """
        about = str(proposal.keys.get("about", ""))
        owners = self.vocabulary.companies.get(about, (about,))
        named = {
            one.thing
            for one in self.mentions
            if one.type in _COMPANIES
            and any(start <= one.start and one.end <= end for start, end in proposal.spans)
        }
        if not about or not named or named & set(owners) or about in _described(proposal):
            return proposal
        note = f"Its words name {' and '.join(sorted(named))}, and not {' or '.join(owners)}."
        before = listed(proposal.keys.get("note", []))
        return replace(proposal, keys={**proposal.keys, "note": " ".join([*before, note])})

    def reason_against(self, proposal: Proposal) -> str | None:
        """Return why a proposal is refused, or None."""
        return next(filter(None, (refuses(self, proposal) for refuses in _REFUSERS)), None)


def _no_statement(_: Sieve, proposal: Proposal) -> str | None:
    return None if proposal.keys.get("type") in STATEMENTS else "its type is no kind of statement"


def _no_place(sieve: Sieve, proposal: Proposal) -> str | None:
    text, spans = sieve.paper.text, sorted(proposal.spans)
    apart = all(first[1] <= second[0] for first, second in pairwise(spans))
    real = all(
        0 <= start < end <= len(text)
        and text[start:end].strip()
        and not (_cuts_a_word(text, start) or _cuts_a_word(text, end))
        for start, end in spans
    )
    return None if spans and apart and real else "it has no exact place in the text"


def _cuts_a_word(text: str, at: int) -> bool:
    # Scripts that put no space between words have no edge of a word to look for.
    around = text[at - 1 : at + 1] if at else ""
    return len(around) > 1 and around.isascii() and around.isalnum()


def _strange_key(sieve: Sieve, proposal: Proposal) -> str | None:
    if proposal.keys.keys() <= sieve.vocabulary.keys[str(proposal.keys["type"])]:
        return None
    return "it has a key that such a statement has not"


def _strange_value(_: Sieve, proposal: Proposal) -> str | None:
    for key, value in proposal.keys.items():
        if key in FIGURES and read_number(str(value)) is None:
            return f"its {key} is no number"
        if key in DAYS and not _is_day(value):
            return f"its {key} is no day"
    return None


def _is_day(value: str | list[str]) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _unread_language(sieve: Sieve, proposal: Proposal) -> str | None:
    if sieve.is_read or not proposal.keys.keys() & {*FIGURES, *DAYS}:
        return None
    return f"no numbers and days can be read in the language {sieve.paper.language!r}"


def _figure_from_nowhere(sieve: Sieve, proposal: Proposal) -> str | None:
    keys = sieve.standing.figures_that_stand_nowhere(proposal)
    return f"its {keys[0]} does not stand in its words" if keys else None


def _other_unit(sieve: Sieve, proposal: Proposal) -> str | None:
    said = {each and short(each) for each in sieve.standing.units_of(proposal)}
    if not said:
        return None
    indicator = str(proposal.keys.get("indicator", ""))
    own = next((thing.get("unit") for thing in proposal.things if thing["id"] == indicator), "")
    known = sieve.vocabulary.units.get(indicator, own)
    unit = short(str(proposal.keys.get("unit") or known))
    # A count has no unit in the text, and one of its own in the vocabulary; money and shares always have one.
    is_always_said = unit == "PERCENT" or _is_money(sieve, unit)
    fits = unit in said if said - {None} else not is_always_said
    return None if fits else "its unit is not that of its words"


def _is_money(sieve: Sieve, unit: str) -> bool:
    units = sieve.vocabulary.lists["units"].rows
    return any(row[0] == f"currency:{unit}" for row in units)


def _other_comparator(sieve: Sieve, proposal: Proposal) -> str | None:
    said = sieve.standing.comparators_of(proposal)
    stated = proposal.keys.get("comparator", "exactly")
    if not said or stated in {each or "exactly" for each in said}:
        return None
    return "its comparator is not that of its words"


def _day_from_nowhere(sieve: Sieve, proposal: Proposal) -> str | None:
    keys = sieve.standing.days_that_stand_nowhere(proposal)
    return f"its {keys[0]} does not stand in its words" if keys else None


def _strange_term(sieve: Sieve, proposal: Proposal) -> str | None:
    described = _described(proposal)
    for keys in (proposal.keys, *proposal.things):
        for key, value in keys.items():
            for term in listed(value):
                is_unit = key == "type" and term in _UNITS and keys in proposal.things
                is_listed = sieve.vocabulary.has_term(key, term) is not False or is_unit
                if not is_listed and term not in described:
                    return f"its {key} is none that kg terms lists"
    return None


def _strange_thing(sieve: Sieve, proposal: Proposal) -> str | None:
    described, links = _described(proposal), _links()
    for keys in (proposal.keys, *proposal.things):
        for key in links & keys.keys():
            if any(
                name not in described and not is_known(sieve.index, name)
                for name in listed(keys[key])
            ):
                return f"its {key} is neither known nor described"
    if any(
        not {"id", "type", "label"} <= thing.keys() or thing["type"] in STATEMENTS
        for thing in proposal.things
    ):
        return "it describes a thing without id, type and label"
    if any(is_known(sieve.index, name) for name in described):
        return "it describes a thing that is known"
    return None


def _described(proposal: Proposal) -> frozenset[str]:
    return frozenset(str(thing.get("id", "")) for thing in proposal.things) - {""}


def _links() -> set[str]:
    """Return the keys behind which the name of a thing stands, and no term that a list has."""
    return {key for key, type_ in key_types().items() if type_ == "@id"} - LISTS.keys()


def _unnamed_bearer(sieve: Sieve, proposal: Proposal) -> str | None:
    described = {str(thing["id"]): thing for thing in proposal.things}
    for key in _BEARERS:
        for name in listed(proposal.keys.get(key, [])):
            if not _is_named(sieve, name, described):
                return f"its {key} is of somebody whom the text does not name"
    return None


def _is_named(
    sieve: Sieve, name: str, described: Mapping[str, Mapping[str, str | list[str]]]
) -> bool:
    """Tell whether the text names a company or person, or a company whose plan this is."""
    thing = described.get(name)
    if thing is None:
        bearers: Collection[str] = sieve.vocabulary.companies.get(name, (name,))
        return any(
            bearer in sieve.named or bearer not in sieve.vocabulary.bearers for bearer in bearers
        )
    if "company" in thing:
        return any(_is_named(sieve, company, described) for company in listed(thing["company"]))
    names = [str(thing["label"]), *listed(thing.get("alias", []))]
    return thing["type"] not in _NAMED or any(each in sieve.titled for each in names)


_REFUSERS: Final[Sequence[Refuser]] = (
    _no_statement,
    _no_place,
    _strange_key,
    _strange_value,
    _strange_term,
    _strange_thing,
    _unread_language,
    _figure_from_nowhere,
    _other_unit,
    _other_comparator,
    _day_from_nowhere,
    _unnamed_bearer,
)
