"""Who publishes and who writes: one that the graph knows, or a new thing to propose."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.base import ID, fold
from kg.drafting.slugs import slug_of
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.query import Index

_NAMES: Final = """SELECT DISTINCT ?thing ?name {{
  ?thing a cp:{type} . VALUES ?property {{ rdfs:label skos:altLabel }} ?thing ?property ?name
}}"""
_SITE: Final = re.compile(r"^(?:www\.)?([\w-]+(?:\.[\w-]+)*?)\.(?:(?:com?|org|net)\.)?[a-z]{2,}")
_APART: Final = re.compile(r"[\W_]+")


class Parties:
    """The organizations or the people of a graph, by their names: those of one class."""

    def __init__(self, index: Index, type_: str) -> None:
        """Read the names of what is of a class, `Organization` or `Person`."""
        self._index, self._type = index, type_
        self._bearers: defaultdict[str, set[str]] = defaultdict(set)
        self._slugs: set[str] = set()
        for thing, name in select_rows(index, _NAMES.format(type=type_)):
            self._slugs.add(str(thing))
            for called in (str(name), str(thing)):
                self._bearers[_joined(called)].add(str(thing))

    def find(self, name: str) -> tuple[str, Mapping[str, str | list[str]] | None]:
        """Return the slug of who is called so, and what is to be proposed of one who is not known.

        A site stands for its publisher: `www.thehindu.com` is The Hindu.

        >>> import kg
        >>> parties = Parties(kg.build(check=False).index, "Organization")
        >>> parties.find("The Hindu"), parties.find("www.thehindu.com")
        (('the-hindu', None), ('the-hindu', None))
        >>> parties.find("The Gazette")
        ('the-gazette', {'id': 'the-gazette', 'type': 'Organization', 'label': 'The Gazette'})
        """
        if name in self._slugs:
            return name, None
        site = _SITE.fullmatch(name.strip().lower())
        for called in (name, site[1] if site else ""):
            bearers = self._bearers.get(_joined(called), ())
            if len(bearers) == 1:
                return next(iter(bearers)), None
        return self._new(name)

    def _new(self, name: str) -> tuple[str, Mapping[str, str | list[str]]]:
        slug = first = slug_of(name) or self._type.lower()
        number = 1
        while ID + slug in self._index:
            number += 1
            slug = f"{first}-{number}"
        label = " ".join(name.split())
        return slug, {"id": slug, "type": self._type, "label": label}


def _joined(name: str) -> str:
    """Return a name without what a site has no place for: spaces, hyphens, stops."""
    return _APART.sub("", fold(name))
