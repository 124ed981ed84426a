"""What a thing is: its class, names and whatever makes it that thing, with links to other things."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import SCHEMA, lengthen
from kg.query import class_of, select_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.base import Cell
    from kg.query import Index

_SAID: Final = """SELECT DISTINCT ?s ?p ?o {{ {named} ?s ?p ?o FILTER (?p IN (
  rdf:type, rdfs:label, skos:prefLabel, skos:altLabel, rdfs:comment, skos:definition, skos:exactMatch, cp:currentStatus,
  cp:company, cp:kind, cp:locatedIn, cp:unit, cp:direction, cp:aggregation, cp:waitsFor, cp:establishes,
  cp:takesPlaceIn, schema:latitude, schema:longitude
)) }}"""

TRAITS: Final = {
    "cp:company": "Company",
    "cp:kind": "Kind",
    "cp:takesPlaceIn": "Place",
    "cp:locatedIn": "Lies in",
    "cp:establishes": "Establishes",
    "cp:waitsFor": "Waits for",
    "cp:unit": "Unit",
    "cp:direction": "Direction",
    "cp:aggregation": "Adds up as",
}
"""What is told of a thing beside its names, by property, and what people call it."""


@dataclass(frozen=True)
class Identity:
    """A thing: `name` is its shortest name, `kind` its class by local name; `says` has values by property."""

    name: str
    iri: str
    kind: str
    says: Mapping[str, Sequence[Cell]]

    @classmethod
    def of(cls, index: Index, name: str, iri: str) -> Identity:
        """Read what a thing is.

        >>> import kg
        >>> from kg.base import ID
        >>> xiaomi = Identity.of(kg.build(check=False).index, "xiaomi", ID + "xiaomi")
        >>> xiaomi.kind, xiaomi.matches
        ('Company', ['http://www.wikidata.org/entity/Q1636958'])
        """
        says: defaultdict[str, list[Cell]] = defaultdict(list)
        for _, key, value in sorted(select_named(index, _SAID, [name]), key=str):
            says[str(key)].append(value)
        return cls(name, iri, class_of(index, iri), says)

    def texts(self, key: str) -> list[str]:
        """Return the values of a property: texts, or the shortest names of things."""
        return [str(value) for value in self.says.get(key, ())]

    @property
    def status(self) -> str:
        """The status that it is in, with its prefix, or ""."""
        return next(iter(self.texts("cp:currentStatus")), "")

    @property
    def class_name(self) -> str:
        """Its class with its prefix; of what is neither thing nor statement the first of ours that it is of, or ""."""
        others = (text for text in self.texts("rdf:type") if text.startswith("cp:"))
        return f"cp:{self.kind}" if self.kind else next(others, "")

    @property
    def is_drawn(self) -> bool:
        """Whether it is of a class that the picture draws by itself."""
        return self.kind not in {"", "Indicator", "Source", "Article"}

    @property
    def matches(self) -> list[str]:
        """The addresses of what is certainly the same elsewhere."""
        found = map(lengthen, self.texts("skos:exactMatch"))
        return [one for one in found if one.startswith(("http://", "https://"))]

    @property
    def described(self) -> list[str]:
        """What is said of it in a sentence."""
        return [*self.texts("rdfs:comment"), *self.texts("skos:definition")]

    @property
    def traits(self) -> list[tuple[str, list[str]]]:
        """What makes it that thing: what people call that, and the names of what it is."""
        return [(words, self.texts(key)) for key, words in TRAITS.items() if self.texts(key)]

    @property
    def schema_types(self) -> list[str]:
        """The classes of schema.org that it is of, by local name."""
        return sorted(
            text.removeprefix("schema:").removeprefix(SCHEMA)
            for text in self.texts("rdf:type")
            if text.startswith(("schema:", SCHEMA))
        )

    @property
    def names(self) -> set[str]:
        """All that has to be called by its label where it is told."""
        listed = {name for _, names in self.traits for name in names}
        return {self.name, self.status, self.class_name, *listed} - {""}
