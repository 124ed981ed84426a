"""From what people call a thing to its IRI, and from a word to the things that bear it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, PREFIXES, UnknownNameError, expand, shorten
from kg.query.answer import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.query.index import Index

LONGEST: Final = 1_000
"""How many characters a name may have: nothing is called by more."""

# In each, $1 stands for a term and $2 for another; the engine compares, so that only what is found
# travels.
_BEARERS: Final = """SELECT DISTINCT (STR(?thing) AS ?iri) {
  VALUES ?property { rdfs:label skos:altLabel }
  ?thing ?property ?label ; a cp:Thing .
  FILTER (LCASE(STR(?label)) = $1)
}"""
_THINGS: Final = """SELECT DISTINCT ?thing ?label {
  VALUES ?property { rdfs:label skos:altLabel }
  ?thing ?property ?label ; a cp:Thing .
}"""
_FOUND: Final = """SELECT DISTINCT ?thing {
  VALUES ?any { rdfs:label skos:altLabel }
  ?thing ?any ?name .
  FILTER (isIRI(?thing) && (CONTAINS(LCASE(STR(?name)), $1) || CONTAINS(LCASE(STR(?thing)), $2)))
}"""
_NAMES: Final = f"""SELECT (STR(?thing) AS ?iri) ?property ?label (LANG(?label) AS ?language) {{
  {{ {_FOUND} }}
  VALUES ?property {{ rdfs:label skos:altLabel }}
  ?thing ?property ?label .
}}"""
_TYPES: Final = f"""SELECT (STR(?thing) AS ?iri) (STR(?class) AS ?type) {{
  {{ {_FOUND} }}
  ?thing a ?class .
}}"""
_LABELS: Final = """SELECT ?label (LANG(?label) AS ?language) {
  $1 rdfs:label ?label FILTER (isLiteral(?label))
}"""
_CLASSES: Final = "SELECT (STR(?class) AS ?type) { $1 a ?class }"


@dataclass(frozen=True, order=True)
class Match:
    """A thing that bears a name: the shortest name of its IRI, its class, label and other names."""

    name: str
    type: str
    label: str
    aliases: tuple[str, ...]


def resolve(index: Index, name: str) -> str:
    """Return the IRI of the thing called `name`: a slug, a prefixed name, an IRI, or any label.

    Letter case and surrounding space do not matter in labels; a slug wins over a label.

    Raises:
        UnknownNameError: nothing is called so, or several things are.
    """
    iri = expand(name)
    if iri and len(iri) <= LONGEST and iri in index:
        return iri
    wanted = _fold(name)
    bearers = sorted(iri for (iri,) in _texts(index, _BEARERS, wanted))
    if len(bearers) == 1:
        return bearers[0]
    if bearers:
        options = ", ".join(map(shorten, bearers))
        raise UnknownNameError("single thing", f"{name} ({options})", [])
    known = {text for row in _texts(index, _THINGS) for text in row}
    raise UnknownNameError("thing", name, known)


def find_things(index: Index, text: str) -> list[Match]:
    """Return the things and terms whose slug, label or alias contains `text`, best first."""
    wanted = _fold(text)
    prefix, _, local = wanted.partition(":")
    terms = wanted, PREFIXES[prefix].lower() + local if prefix in PREFIXES else wanted
    classes: dict[str, set[str]] = {}
    for iri, type_ in _texts(index, _TYPES, *terms):
        classes.setdefault(iri, set()).add(type_)
    labels: dict[str, list[tuple[str, str]]] = {}
    aliases: dict[str, set[str]] = {}
    for iri, named, name, language in _texts(index, _NAMES, *terms):
        labels.setdefault(iri, [])
        if named == "rdfs:label":
            labels[iri].append((name, language))
        else:
            aliases.setdefault(iri, set()).add(name)
    found = []
    for iri, named_so in labels.items():
        match = Match(
            shorten(iri),
            most_specific(classes.get(iri, ())),
            _best(named_so, shorten(iri)),
            tuple(sorted(aliases.get(iri, ()))),
        )
        names = {shorten(iri), *match.aliases, *(name for name, _ in named_so)}
        folded = {_fold(name) for name in names}
        if any(wanted in name for name in folded):
            found.append((_distance(wanted, folded), match))
    return [match for _, match in sorted(found)]


def label_of(index: Index, iri: str) -> str:
    """Return the English label of `iri`, else any label, else its shortest name."""
    found = select_rows(index, _asked(_LABELS, ox.NamedNode(iri)))
    return _best([(str(name), str(language)) for name, language in found], shorten(iri))


def class_of(index: Index, iri: str) -> str:
    """Return the most specific class of `iri` by its local name, or "" where there is none."""
    return most_specific(str(t) for (t,) in select_rows(index, _asked(_CLASSES, ox.NamedNode(iri))))


_MOST_SPECIFIC = (
    "Company", "Organization", "Person", "Initiative", "Facility", "Product", "Country", "Region",
    "City", "Place", "Market", "Condition", "Indicator", "Article", "Source", "Target",
    "Observation", "StatusReport", "Relation", "Category",
)  # fmt: skip


def most_specific(classes: Iterable[str]) -> str:
    """Return the most specific of some classes, IRIs or `cp:` names, by its local name, or "".

    >>> most_specific(["cp:Thing", "cp:Organization", "cp:Company"])
    'Company'
    """
    found = {name.removeprefix(CP).removeprefix("cp:") for name in classes}
    return next((name for name in _MOST_SPECIFIC if name in found), "")


def _best(labels: Iterable[tuple[str, str]], otherwise: str) -> str:
    """Return the label in English, else the first by language."""
    ranked = sorted((language != "en", language, name) for name, language in labels)
    return ranked[0][2] if ranked else otherwise


def _texts(index: Index, query: str, *words: str) -> list[tuple[str, ...]]:
    """Return the rows of a query with words in it; none where a word is too long for a name."""
    if any(len(word) > LONGEST for word in words):
        return []
    # Half a character, as a shell can pass it, is in no name.
    whole = (word.encode(errors="replace").decode() for word in words)
    found = select_rows(index, _asked(query, *map(ox.Literal, whole)))
    return [tuple(map(str, row)) for row in found]


def _asked(query: str, *terms: ox.NamedNode | ox.Literal) -> str:
    """Put terms in their places, all at once: a term may have a `$2` of its own in it."""
    return re.sub(r"\$(\d)", lambda place: str(terms[int(place[1]) - 1]), query)


def _distance(wanted: str, folded: set[str]) -> int:
    if wanted in folded:
        return 0
    return 1 if any(name.startswith(wanted) for name in folded) else 2


def _fold(name: str) -> str:
    return " ".join(name.lower().split())
