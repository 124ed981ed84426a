"""What a picture shows of things: type, status, other names and descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.query import ClassTree, select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.query import Index

_THINGS: Final = """SELECT ?thing ?class ?status WHERE {
  ?thing a cp:Thing, ?class .
  FILTER (STRSTARTS(STR(?class), STR(cp:)))
  OPTIONAL { ?thing cp:currentStatus ?status }
}"""
_TEXTS: Final = "SELECT ?thing ?text {{ ?thing {} ?text . ?thing a cp:Thing }}"

# The classes that a picture tells apart; what is of none of them, nor below one, is a category.
_PICTURED: Final = frozenset({
    "Person", "Initiative", "Facility", "Place", "Product", "Condition", "Company", "Organization",
})  # fmt: skip


@dataclass(frozen=True)
class Things:
    """The things of a graph by slug, without its sources, which a picture shows as evidence alone."""

    types: Mapping[str, str]
    statuses: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    descriptions: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, index: Index) -> Things:
        """Read the things of a graph.

        >>> import kg
        >>> things = Things.of(kg.build(check=False).index)
        >>> things.types["india"], things.aliases["hindustan-times"]
        ('place', ['HT'])
        """
        classes: dict[str, set[str]] = {}
        statuses: dict[str, str] = {}
        for thing, class_, status in select_rows(index, _THINGS):
            classes.setdefault(str(thing), set()).add(str(class_))
            if status is not None:
                statuses[str(thing)] = str(status).removeprefix("cp:")
        tree = ClassTree.of(index)
        types = {
            thing: tree.nearest(names, _PICTURED).lower() or "category"
            for thing, names in classes.items()
            if "cp:Source" not in names
        }
        return cls(types, statuses, _texts(index, "skos:altLabel"), _texts(index, "rdfs:comment"))


def _texts(index: Index, predicate: str) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for thing, text in select_rows(index, _TEXTS.format(predicate)):
        texts.setdefault(str(thing), []).append(str(text))
    return {thing: sorted(values) for thing, values in texts.items()}
