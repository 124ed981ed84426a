"""All names of a graph at hand, for whoever looks things up again and again, as somebody types.

`find_things` has the engine go through all names, which takes a third of a second where there are thirty
thousand; here they are read once and kept folded. Both find the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.base import fold, lengthen, nearest, shorten
from kg.query.classes import ClassTree
from kg.query.lookup import LONGEST, Match, ThingNames, distance
from kg.query.named import select_named
from kg.query.selected import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.query.index import Index

_NAMES: Final = """SELECT (STR(?thing) AS ?iri) ?property ?label (LANG(?label) AS ?language) {
  VALUES ?property { rdfs:label skos:altLabel }
  ?thing ?property ?label FILTER (isIRI(?thing))
}"""
_TYPES: Final = "SELECT ?s (STR(?class) AS ?type) {{ {named} ?s a ?class }}"


class NameBook:
    """The names of all things and terms of a graph, which does not change."""

    def __init__(self, index: Index, names: Mapping[str, ThingNames]) -> None:
        """Take the names by the IRIs of those who bear them."""
        self._index, self._names = index, names
        self._tree = ClassTree.of(index)
        self._folded = {
            shorten(iri): called.folded | {fold(shorten(iri))} for iri, called in names.items()
        }

    @classmethod
    def of(cls, index: Index) -> NameBook:
        """Read the names of a graph."""
        names: defaultdict[str, ThingNames] = defaultdict(ThingNames)
        for iri, role, name, language in select_rows(index, _NAMES):
            names[str(iri)].add(str(role), str(name), str(language))
        return cls(index, names)

    def find(self, text: str, most: int) -> tuple[list[Match], int]:
        """Return what `find_things` does, at most so many, and how many there are in all.

        Words that stand together in no name are looked for one by one.

        >>> import kg
        >>> book = NameBook.of(kg.build(check=False).index)
        >>> matches, total = book.find("小米", 5)
        >>> matches[0].label, total
        ('Xiaomi', 1)
        >>> [match.label for match in book.find("jun lei", 5)[0]]
        ['Lei Jun']
        """
        wanted = fold(text)
        if not wanted or len(text) > LONGEST:
            return [], 0
        found = self._with(wanted)
        if not found and " " in wanted:
            each = [{slug for _, slug in self._with(word)} for word in wanted.split()]
            found = [(0, slug) for slug in sorted(set.intersection(*each))]
        return self._matches([slug for _, slug in found[:most]]), len(found)

    def near(self, text: str, most: int) -> list[Match]:
        """Return the things that a mistyped name may have been meant for, the nearest first.

        >>> import kg
        >>> NameBook.of(kg.build(check=False).index).near("Xaiomi", 1)[0].name
        'xiaomi'
        """
        known = {name: slug for slug, names in self._folded.items() for name in names}
        return self._matches(nearest(text, known, most))

    def _with(self, wanted: str) -> list[tuple[int, str]]:
        """Return the slugs of those of whose names one has this in it, best first."""
        return sorted(
            (distance(wanted, names), slug)
            for slug, names in self._folded.items()
            if any(wanted in name for name in names)
        )

    def _matches(self, slugs: Iterable[str]) -> list[Match]:
        slugs = list(slugs)
        classes: defaultdict[str, set[str]] = defaultdict(set)
        for slug, type_ in select_named(self._index, _TYPES, slugs):
            classes[str(slug)].add(str(type_))
        return [
            self._names[lengthen(slug)].match(slug, self._tree.most_specific(classes[slug]))
            for slug in slugs
        ]
