"""The declarations of prefixes with which queries begin: clients send the same ones with every query.

What is told of them is kept, so that a scan of a query is one of the rest. Like `kg.base.reach` this is
lexical, and takes declarations of the plainest kind only: what is in doubt is left to the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.base.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

# An IRI has no mark here that `kg.base.reach` would have to look at.
_DECLARATION: Final = r"\s*+PREFIX\s++([\w-]*+):\s*+<([^<>\"{}|^`\\\x00-\x20()']*+)>"
_ONE: Final = re.compile(_DECLARATION, re.IGNORECASE)
_ALL: Final = re.compile(f"(?:{_DECLARATION})*+", re.IGNORECASE)
_REACHING: Final = re.compile("SERVICE|LOAD", re.IGNORECASE)

_MOST: Final = 10_000
"""Of how many characters at most what is told of declarations is kept."""


@dataclass(frozen=True)
class Prologue:
    """The declarations at the start of a query: how many characters they have, and how many they are.

    `prefixes` are those that the rest may use, the common ones among them; `iris` are the declared ones.

    >>> one = Prologue.of("PREFIX ex: <http://example.org/> ASK {}")
    >>> one.size, one.count, one.prefixes["ex"], sorted(one.iris)
    (32, 1, 'http://example.org/', ['http://example.org/'])
    """

    size: int
    count: int
    prefixes: Mapping[str, str]
    iris: frozenset[str]

    @classmethod
    def of(cls, query: str) -> Prologue:
        """Return the declarations at the start of a query, or none."""
        found = _ALL.match(query)
        size = found.end() if found else 0
        return _NONE if not size or size > _MOST else _read(query[:size])


@lru_cache(64)
def _read(text: str) -> Prologue:
    declared = _ONE.findall(text)
    if any(_REACHING.search(name) for name, _ in declared):
        return _NONE  # to the engine `SERVICEex:x` is a keyword and a name
    return Prologue(
        len(text),
        len(declared),
        {**PREFIXES, **dict(declared)},
        frozenset(iri for _, iri in declared),
    )


_NONE: Final = Prologue(0, 0, PREFIXES, frozenset())
