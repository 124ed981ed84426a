"""What the shipped graph knows, as the measures and the other tools need it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.base import shorten
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query import Index

    Things: TypeAlias = Mapping[str, Mapping[str, Any]]

_COMPANIES = "SELECT ?thing ?company { ?thing cp:company ?company }"
_UNITS = "SELECT ?indicator ?unit { ?indicator a cp:Indicator ; cp:unit ?unit }"
_NAMES = """SELECT ?thing (STR(?name) AS ?text) (STRAFTER(STR(?class), "#") AS ?kind) {
  VALUES ?class { cp:Company cp:Organization cp:Person cp:Country cp:Region cp:City cp:Indicator }
  VALUES ?property { rdfs:label skos:altLabel }
  ?thing a ?class ; ?property ?name .
}"""
_PLACES = {"Country", "Region", "City"}


@dataclass
class World:
    """Whose initiatives are, how indicators are measured, and what things are called.

    `names` has, by kind (company, person, place, organization, indicator), the things by their names.
    """

    companies: dict[str, frozenset[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def company_of(self, about: str, things: Things) -> frozenset[str]:
        """Return the companies whose thing `about` is, as the graph or `things` say: else itself."""
        if about not in self.companies and things.get(about, {}).get("company"):
            return frozenset(as_list(things[about]["company"]))
        return self.companies.get(about, frozenset({about}))


def read_world(index: Index) -> World:
    """Return what is known of the things of a graph."""
    world = World()
    for thing, company in select_rows(index, _COMPANIES):
        name = shorten(str(thing))
        world.companies[name] = world.companies.get(name, frozenset()) | {shorten(str(company))}
    world.units = {
        shorten(str(one)): shorten(str(unit)) for one, unit in select_rows(index, _UNITS)
    }
    for thing, text, kind in sorted(select_rows(index, _NAMES), key=str):
        of_kind = "Place" if kind in _PLACES else str(kind)
        world.names.setdefault(of_kind.lower(), {}).setdefault(str(text), shorten(str(thing)))
    return world


def as_list(value: Any) -> list[Any]:
    """Return a value of a source as a list."""
    return value if isinstance(value, list) else [value]
