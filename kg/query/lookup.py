"""From what people call a thing to its IRI, and from a word to the things that bear it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import PREFIXES, UnknownNameError, expand, shorten
from kg.query.selected import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.query.index import Index

LONGEST: Final = 1_000
"""How many characters a name may have: nothing is called by more."""

_MOST_IN_PATTERN: Final = 200
_BLANK: Final = "[\\s\u200b\ufeff]*"

# In each, $1 stands for a term and $2 for another; the engine compares, so that only what is found
# travels.
_BEARERS: Final = """SELECT DISTINCT (STR(?thing) AS ?iri) ?label {
  VALUES ?property { rdfs:label skos:altLabel }
  ?thing ?property ?label ; a cp:Thing .
  FILTER (LCASE(STR(?label)) = $1 || REGEX(STR(?label), $2, "i"))
}"""
_THINGS: Final = """SELECT DISTINCT ?thing ?label {
  VALUES ?property { rdfs:label skos:altLabel }
  ?thing ?property ?label ; a cp:Thing .
}"""
_FOUND: Final = """SELECT DISTINCT ?thing {
  VALUES ?any { rdfs:label skos:altLabel }
  ?thing ?any ?name .
  FILTER (isIRI(?thing) && (
    CONTAINS(LCASE(STR(?name)), $1) || CONTAINS(LCASE(STR(?thing)), $2) || REGEX(STR(?name), $3, "i")))
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
_THROUGH: Final = "SELECT (STR(?other) AS ?iri) { $1 cp:actsThrough ?other }"
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

    Names are compared as people read them (`kg.base.fold`); a slug wins over a label, and what is
    written as it was asked for, but for case, over what only reads alike.

    Raises:
        UnknownNameError: nothing is called so, or several things are.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> resolve(index, "lei jun") == resolve(index, "lei-jun") == resolve(index, "id:lei-jun")
    True
    """
    iri = expand(name)
    if iri and len(iri) <= LONGEST and iri in index:
        return iri
    bearers = _bearers(index, name)
    if len(bearers) == 1:
        return bearers[0]
    if bearers:
        options = ", ".join(map(shorten, bearers))
        raise UnknownNameError("single thing", f"{name} ({options})", [])
    raise UnknownNameError("thing", name, names_of_things(index))


def names_of_things(index: Index) -> set[str]:
    """Return the slugs and names of all things: what a mistyped one may have been meant for."""
    return {text for row in _texts(index, _THINGS) for text in row}


def _bearers(index: Index, name: str) -> list[str]:
    """Return the IRIs of the things that are called so."""
    from kg.base import fold  # most name a slug

    wanted, lower = fold(name), " ".join(name.lower().split())
    rows = _texts(index, _BEARERS, lower, f"^{_BLANK}{_pattern(wanted)}{_BLANK}$")
    alike = {iri for iri, label in rows if fold(label) == wanted}
    same = {iri for iri, label in rows if " ".join(label.lower().split()) == lower}
    return sorted(same or alike)


def _pattern(wanted: str) -> str:
    from kg.base import pattern  # the same

    # Nothing that long is called so; and an expression that finds nothing is no burden.
    return pattern(wanted) if wanted and len(wanted) <= _MOST_IN_PATTERN else "a^"


def acts_through(index: Index, iri: str) -> list[str]:
    """Return the IRIs of the companies that an organization acts through: ventures, and what it owns.

    >>> import kg
    >>> acts_through(kg.build(check=False).index, "https://w3id.org/corporate-plans/id/stellantis")
    ['https://w3id.org/corporate-plans/id/starplus-energy']
    """
    rows = select_rows(index, _asked(_THROUGH, ox.NamedNode(iri)))
    return sorted(str(other) for (other,) in rows)


def find_things(index: Index, text: str) -> list[Match]:
    """Return the things and terms whose slug, label or alias contains `text`, best first."""
    from kg.base import fold
    from kg.query.classes import ClassTree  # those who ask questions only resolve names

    wanted = fold(text)
    prefix, _, local = wanted.partition(":")
    iri = PREFIXES[prefix].lower() + local if prefix in PREFIXES else wanted
    terms = wanted, iri, _pattern(wanted)
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for iri, type_ in _texts(index, _TYPES, *terms):
        classes[iri].add(type_)
    names: defaultdict[str, ThingNames] = defaultdict(ThingNames)
    for iri, role, name, language in _texts(index, _NAMES, *terms):
        names[iri].add(role, name, language)
    tree = ClassTree.of(index)
    ranked = []
    for iri, called in names.items():
        slug = shorten(iri)
        folded = called.folded | {fold(slug)}
        # The engine looks in whole IRIs, and what all of them begin with is nobody's name.
        if any(wanted in name for name in folded):
            match = called.match(slug, tree.most_specific(classes[iri]))
            ranked.append((distance(wanted, folded), match))
    return [match for _, match in sorted(ranked)]


class ThingNames:
    """The labels of a thing, with their languages, and its other names."""

    def __init__(self) -> None:
        """Begin without a name."""
        self.labels: list[tuple[str, str]] = []
        self.aliases: set[str] = set()

    def add(self, role: str, name: str, language: str) -> None:
        """Add a name in a role, `rdfs:label` or another."""
        if role == "rdfs:label":
            self.labels.append((name, language))
        else:
            self.aliases.add(name)

    @property
    def folded(self) -> set[str]:
        """All of them as they are compared."""
        from kg.base import fold

        return {fold(name) for name in (*self.aliases, *(name for name, _ in self.labels))}

    def match(self, slug: str, type_: str) -> Match:
        """Return who bears them."""
        return Match(slug, type_, _best(self.labels, slug), tuple(sorted(self.aliases)))


def label_of(index: Index, iri: str) -> str:
    """Return the English label of `iri`, else any label, else its shortest name.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> label_of(index, resolve(index, "xiaomi")), label_of(index, "https://a.example/b")
    ('Xiaomi', 'https://a.example/b')
    """
    labels = select_rows(index, _asked(_LABELS, ox.NamedNode(iri)))
    return _best([(str(name), str(language)) for name, language in labels], shorten(iri))


def class_of(index: Index, iri: str) -> str:
    """Return the most specific class of `iri` by its local name, or "" where there is none.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> class_of(index, resolve(index, "lei-jun")), class_of(index, "https://a.example/b")
    ('Person', '')
    """
    from kg.query.classes import ClassTree  # those who ask questions only resolve names

    rows = select_rows(index, _asked(_CLASSES, ox.NamedNode(iri)))
    return ClassTree.of(index).most_specific(str(class_) for (class_,) in rows)


def _best(labels: Iterable[tuple[str, str]], otherwise: str) -> str:
    """Return the label in English, else the first by language."""
    ranked = sorted((language != "en", language, name) for name, language in labels)
    return ranked[0][2] if ranked else otherwise


def _texts(index: Index, query: str, *words: str) -> list[tuple[str, ...]]:
    """Return the rows of a query with words in it; none where a word is too long for a name."""
    if any(len(word) > LONGEST for word in words[:1]):
        return []
    # Half a character, as a shell can pass it, is in no name.
    whole = (word.encode(errors="replace").decode() for word in words)
    rows = select_rows(index, _asked(query, *map(ox.Literal, whole)))
    return [tuple(map(str, row)) for row in rows]


def _asked(query: str, *terms: ox.NamedNode | ox.Literal) -> str:
    """Put terms in their places, all at once: a term may have a `$2` of its own in it."""
    return re.sub(r"\$(\d)", lambda place: str(terms[int(place[1]) - 1]), query)


def distance(wanted: str, folded: set[str]) -> int:
    """Return how far folded names are from what is wanted: one is just that, or begins so, or has it in it."""
    if wanted in folded:
        return 0
    return 1 if any(name.startswith(wanted) for name in folded) else 2
