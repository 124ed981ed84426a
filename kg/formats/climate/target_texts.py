"""The words of science-based targets, as proposals: what a person may accept, and nothing before.

The grammar of drafting reads them. It need not find out of whom they tell, nor of which horizon: the
row and its headings say so. So it reads of a company that it knows, in whose place the name is put back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, ID, MissingExtraError, nquads, ontology_folder
from kg.drafting import Paper, propose
from kg.formats.climate.fiscal import TargetYear
from kg.query import Index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.formats.batch import Node

_STAND_IN: Final = "Acme Corporation"
_KNOWN: Final = f"""
@prefix cp: <{CP}> .
@prefix id: <{ID}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:acme a cp:Company ; rdfs:label "{_STAND_IN}"@en .
id:acme-climate a cp:Initiative ; rdfs:label "climate"@en ; cp:company id:acme ; cp:kind cp:climate .
"""
_COMMITS: Final = " commits to "
_LONGEST_NAME: Final = 120
# In capitals, or with a colon or the end of a line behind it: else it is part of a sentence.
_HEADING: Final = re.compile(
    r"((?i:net[- ]zero|near[- ]term|long[- ]term))(?: (?i:targets?) ?[:\n]| Targets?\b:?)"
)
_ADDRESS: Final = re.compile(r"https?://[^\s]{1,300}")
_MEASURES: Final = ("emissions-reduction", "carbon-intensity-reduction")
_PER_UNIT: Final = re.compile(r"% per [a-z]", re.IGNORECASE)
_SAME: Final = "same timeframe"
_SCOPES: Final = re.compile(
    r"\bscopes? ?([123](?:(?:,? and|,| &|\+|/)? ?(?:scope ?)?[123]){0,2})\b", re.IGNORECASE
)
_CUT: Final = re.compile(r"[0-9] ?%")
_WHOLE: Final = re.compile(r"(?:(?:GHG|greenhouse gas) )?emissions(?: by)?", re.IGNORECASE)
_TIMES: Final = ("due_earliest", "due", "due_precision", "baseline_date")


class TargetTexts:
    """Reads the words of targets by the grammar of drafting."""

    def __init__(self, published: date) -> None:
        """Take the day on which the texts were published."""
        self._published = published
        self._index = _index()

    def read(self, text: str, company: str) -> Iterator[tuple[str, Node]]:
        """Yield the cuts in emissions that a text proposes, each with its horizon, in the order of the text.

        A target has its words, the category of emissions that it counts `among`, described, or None, and
        no id: whoever writes it down knows of whom it is. What has no day is left out.

        Args:
            text: the words of all targets of a company.
            company: its name.

        Raises:
            UsageError: what the grammar needs is not installed.
        """
        whole = _ADDRESS.sub(" ", text).replace("*", " ")
        name = _name_in(whole, company)
        for horizon, words in _sections(whole):
            before: Node = {}
            for target in self._targets(words, name):
                if _SAME in target["evidence"]["words"]:
                    target |= {key: before[key] for key in _TIMES if key in before}
                if "due" in target:
                    before = target
                    yield horizon, target

    def _targets(self, words: str, name: str) -> Iterator[Node]:
        paper = Paper(_replaced(words, name), published=self._published)
        for proposal in propose(paper, self._index):
            keys = dict(proposal.keys)
            # What is announced by when, the columns say; and a share of what is bought is no cut.
            if keys.pop("type") != "Target" or keys.get("indicator") not in _MEASURES:
                continue
            shown = " ".join(paper.text[start:end].strip() for start, end in proposal.spans)
            if _PER_UNIT.search(shown):
                keys["indicator"] = "carbon-intensity-reduction"
            told = {
                key: value for key, value in keys.items() if key not in ("about", "speaker", "mode")
            }
            words_of = {"words": shown.replace(_STAND_IN, name)}
            yield {
                "type": "Target",
                **told,
                **_due(told),
                "among": scope_of(shown),
                "by": proposal.by,
                "evidence": words_of,
            }


def scope_of(words: str) -> Node | None:
    """Return the category of the emissions that a target in words is to cut, or None where it names no scope.

    A company cuts scopes 1 and 2 by another share than scope 3. Of which emissions a part of a scope is,
    the words tell and the category does not.

    >>> scope_of("Acme commits to reduce absolute scope 1 and scope 2 GHG emissions 42% by 2030")["label"]
    'scope 1 and 2 emissions'
    >>> scope_of("reduce scope 3 GHG emissions from purchased goods 25% by 2030")["label"]
    'part of scope 3 emissions'
    >>> scope_of("reduce emissions 42% by 2030, and measure its scope 3 emissions")
    """
    cut = _CUT.search(words)
    before = words[: cut.start()] if cut else words
    found = _SCOPES.search(before)
    if found is None:
        return None
    numbers = sorted(set(re.findall("[123]", found[1])))
    named = " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
    told = before[found.end() :].strip("(0123456789., ")
    is_whole = not told or _WHOLE.fullmatch(told) is not None
    part, of = ("", "") if is_whole else ("part-of-", "part of ")
    return {
        "id": f"emissions-{part}scope-{'-'.join(numbers)}",
        "type": "Category",
        "label": f"{of}scope {named} emissions",
    }


def _due(keys: Node) -> Node:
    """Return by when something is due, where that is a fiscal year of which nobody knows the end."""
    if "fiscal-year" not in keys.get("due_precision", ()):
        return {}
    return TargetYear(int(str(keys["due"])[:4]), fiscal=True).due()


def has_grammar() -> bool:
    """Tell whether what the grammar needs is installed."""
    try:
        propose(Paper("Acme plans to open two shops."), Index.of(b""))
    except MissingExtraError:
        return False
    return True


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text by horizon; what stands before any heading is near-term."""
    parts = _HEADING.split(text)
    yield "near-term", parts[0]
    for heading, words in zip(parts[1::2], parts[2::2], strict=True):
        yield heading.casefold().replace(" ", "-"), words


def _name_in(text: str, company: str) -> str:
    """Return how a text calls a company: by its name, or as whoever commits to something first."""
    if found := re.search(re.escape(company), text, re.IGNORECASE):
        return found[0]
    before, commits, _ = text.partition(_COMMITS)
    subject = re.split(r"[:\n]|\. ", before[-_LONGEST_NAME:])[-1].removesuffix(" also").strip()
    return subject if commits and subject else company


def _replaced(words: str, name: str) -> str:
    """Return a text in which a stand-in commits to everything, as sentences without breaks in them."""
    return " ".join(words.replace(name, _STAND_IN).split())


def _index() -> Index:
    """Return what the grammar has to know: the indicators, and one company with its plans for the climate."""
    vocabularies = (
        path
        for folder in ("core", "vocab")
        for path in sorted((ontology_folder() / folder).glob("*.ttl"))
    )
    graph = ox.NamedNode(ID + "stand-in")
    quads = [
        ox.Quad(one.subject, one.predicate, one.object, graph)
        for one in (
            *ox.parse(_KNOWN.encode(), ox.RdfFormat.TURTLE),
            *(
                each
                for path in vocabularies
                for each in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
            ),
        )
    ]
    return Index.of(b"".join(nquads.canonical(quads)))
