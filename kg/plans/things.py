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
_DESCRIPTIONS: Final = "SELECT ?thing ?text { ?thing rdfs:comment ?text . ?thing a cp:Thing }"
# Of what has a label in English, the labels in other languages are other names.
_NAMES: Final = """SELECT ?thing ?text {
  { ?thing skos:altLabel ?text }
  UNION { ?thing rdfs:label ?text , ?label FILTER (LANG(?text) != "en" && LANG(?label) = "en") }
  ?thing a cp:Thing
}"""
_LABELS: Final = """SELECT ?thing ?label (LANG(?label) AS ?language) {
  ?thing rdfs:label ?other FILTER (LANG(?other) != "en")
  ?thing rdfs:label ?label . ?thing a cp:Thing
}"""

# The classes that a picture tells apart; what is of none of them, nor below one, is a category.
_PICTURED: Final = frozenset({
    "Person", "Initiative", "Facility", "Place", "Product", "Condition", "Company", "Organization",
})  # fmt: skip


@dataclass(frozen=True)
class Things:
    """The things of a graph by slug, without its sources, which a picture shows as evidence alone.

    `names` has the labels by language of what is not called in English alone.
    """

    types: Mapping[str, str]
    statuses: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    descriptions: Mapping[str, Sequence[str]]
    names: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, index: Index) -> Things:
        """Read the things of a graph.

        >>> import kg
        >>> things = Things.of(kg.build(check=False).index)
        >>> things.types["india"], things.aliases["hindustan-times"], "小米" in things.aliases["xiaomi"]
        ('place', ['HT'], True)
        >>> things.names["xiaomi"]
        {'en': 'Xiaomi', 'zh': '小米'}
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
        return cls(
            types, statuses, _texts(index, _NAMES), _texts(index, _DESCRIPTIONS), _names(index)
        )


def _texts(index: Index, query: str) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for thing, text in select_rows(index, query):
        texts.setdefault(str(thing), []).append(str(text))
    return {thing: sorted(values) for thing, values in texts.items()}


def _names(index: Index) -> dict[str, dict[str, str]]:
    """Return labels by thing and language; of several in one language the first."""
    names: dict[str, dict[str, str]] = {}
    for thing, label, language in sorted(select_rows(index, _LABELS), key=str):
        names.setdefault(str(thing), {}).setdefault(str(language).lower(), str(label))
    return names
