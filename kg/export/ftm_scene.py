"""What entities of FollowTheMoney are made of: a graph, read once, and what they leave out of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.plans import Words
from kg.promises import load_statements
from kg.query import select_pairs, select_typed, select_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.promises import Statement
    from kg.query import Index

_SCHEMATA: Final[Mapping[str, str]] = {
    "Company": "Company", "Organization": "Organization", "Person": "Person", "Place": "Territory",
    "Facility": "Asset", "Initiative": "Project", "Article": "Article", "Filing": "HyperText",
    "Table": "Table", "Dataset": "Table", "Source": "PlainText",
}  # fmt: skip
"""What our classes are there; what is of several is what stands first."""

WITHOUT: Final[Mapping[str, str]] = {
    "Product": "products, which have no schema there", "Market": "markets, which have no schema there",
    "Category": "categories, which have no schema there",
    "Condition": "conditions, which have no schema there",
}  # fmt: skip
"""Why things of some classes are left out."""
LEVELS: Final = {"Country": "country", "City": "locality"}
"""The levels of territories, by our classes."""
LEGAL: Final = frozenset({"Company", "Organization", "Person"})
"""The schemata of what may act."""

_ISO: Final = re.compile(r"^https://www\.iso\.org/obp/ui/#iso:code:3166:([A-Z]{2})$")
_TOLD_OF: Final = ("speaker", "onBehalfOf", "via", "place", "promisedBy")


@dataclass
class FtmScene:
    """What is read once of a graph, for all entities, and what they leave out of it, by reason."""

    index: Index
    left_out: Counter[str] = field(default_factory=Counter)

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """All statements, by slug."""
        return load_statements(self.index)

    @cached_property
    def words(self) -> Words:
        """What sentences are made of."""
        return Words.of(self.index)

    @cached_property
    def classes(self) -> dict[str, set[str]]:
        """The classes of things, by slug and without prefix."""
        wanted = [f"cp:{name}" for name in (*_SCHEMATA, *WITHOUT, *LEVELS)]
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, kind in select_typed(self.index, wanted):
            found[name].add(str(kind).removeprefix("cp:"))
        return dict(found)

    @cached_property
    def schemata(self) -> dict[str, str]:
        """The schema of each thing that has one, by slug."""
        return {
            name: next(schema for kind, schema in _SCHEMATA.items() if kind in kinds)
            for name, kinds in self.classes.items()
            if not kinds.isdisjoint(_SCHEMATA)
        }

    @cached_property
    def countries(self) -> dict[str, str]:
        """The code of each country, by slug."""
        listed = select_pairs(self.index, "cp:gazetteer")
        codes = ((name, _ISO.match(str(at))) for name, at in listed)
        return {
            name: found[1].lower()
            for name, found in codes
            if found and "Country" in self.classes.get(name, ())
        }

    @cached_property
    def within(self) -> dict[str, set[str]]:
        """In which places things lie, or plans take place, at whatever remove."""
        return select_values(self.index, "cp:locatedIn", "cp:takesPlaceWithin")

    @cached_property
    def known_since(self) -> dict[str, str]:
        """The day on which the first source told of a thing, by slug."""
        days: dict[str, str] = {}
        for one in self.statements.values():
            if day := one.source.published:
                told = (*one.things, *(str(of) for key in _TOLD_OF for of in one.says.get(key, ())))
                for name in (*told, one.source.publisher):
                    days[name] = min(day, days.get(name, day))
        return days

    def country_codes(self, name: str) -> list[str]:
        """Return the codes of the countries that something lies in, or is."""
        places = self.within.get(name, set()) | {name}
        return sorted(self.countries[one] for one in places if one in self.countries)
