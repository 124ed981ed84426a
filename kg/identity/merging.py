"""The companies of a table, called by the IRIs of the known ones that they are."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import pyoxigraph as ox

from kg.base import nquads
from kg.identity.companies import ALIAS, LABEL
from kg.identity.identifiers import identifier_of, is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.identity.matching import Matches

_AT_ONCE: Final = 10_000  # lines
_MOST_HELD: Final = 100_000  # lines that change


class SortedOnes(Protocol):
    """Lines of N-Quads, each once and in order, wherever they lie (`kg.base.SpilledLines`)."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield them."""

    def add(self, lines: list[bytes], /) -> None:
        """Add lines in any order."""


class _Kept(SortedOnes, Protocol):
    def empty(self) -> Any:
        """Return lines that are none yet, with the same place for them."""

    def replaced(self, old: list[bytes], new: list[bytes], /) -> Any:
        """Return the lines with some of them replaced by others."""


K = TypeVar("K", bound=_Kept)


def merge_companies(lines: K, matches: Matches) -> K:
    """Call companies of a table by the IRIs of the known ones that they are.

    A name that the table alone has for them is then one of their other names; identifiers that are not theirs are left out.
    """
    if not matches.certain and not matches.withdrawn:
        return lines
    theirs = {f"<{iri}>".encode() for iri in (*matches.certain, *matches.withdrawn)}

    def is_theirs(line: bytes) -> bool:
        return not theirs.isdisjoint(line.split(b" ", 3)[:3])

    # Few lines are of such a company, as a rule, and the others stay where they are.
    old = list(islice(filter(is_theirs, lines), _MOST_HELD))
    if len(old) < _MOST_HELD:
        replaced: K = lines.replaced(old, [new for line in old for new in _merged(line, matches)])
        return replaced
    merged: K = lines.empty()
    rest = iter(lines)
    while some := list(islice(rest, _AT_ONCE)):
        merged.add(
            [
                new
                for line in some
                for new in (_merged(line, matches) if is_theirs(line) else [line])
            ]
        )
    return merged


def _merged(line: bytes, matches: Matches) -> list[bytes]:
    def node(term: Any) -> Any:
        known = matches.certain.get(term.value) if isinstance(term, ox.NamedNode) else None
        return ox.NamedNode(known) if known else term

    quad = next(iter(ox.parse(line, ox.RdfFormat.N_QUADS)))
    subject, predicate, value = node(quad.subject), quad.predicate, quad.object
    withdrawn = matches.withdrawn.get(quad.subject.value, frozenset())
    if withdrawn and identifier_of(predicate.value, value.value) in withdrawn:
        return []
    if subject != quad.subject and predicate.value == LABEL and isinstance(value, ox.Literal):
        if value.value in matches.names[subject.value] or is_number(value.value):
            return []
        predicate = ox.NamedNode(ALIAS)
    return nquads.canonical([ox.Quad(subject, predicate, node(value), quad.graph_name)])
