"""What a file says of a known thing under the very id of it: it has to be that thing, or the file is refused.

Nearly all readers call what a file describes by ids of its own, and whoever joins companies decides which of
them are known. What we have exported ourselves comes back under our own ids, though, and anybody can write such a
file: it may give an id that is known here to another company, whose links would then be told of the known one.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, RDF, fold, nquads
from kg.identity import (
    ALIAS,
    LABEL,
    ORGANIZATIONS,
    SCHEMES,
    Described,
    bare,
    differing,
    identifier_of,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_IS_A: Final = RDF + "type"
_TELLING: Final = frozenset(
    f"<{path}>".encode() for path in (_IS_A, LABEL, ALIAS, *(s.path for s in SCHEMES.values()))
)


def false_claims(lines: Iterable[bytes], known: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    r"""Yield the IRIs of known things that a file gives to others, each with why these are others.

    Args:
        lines: what the file says, as N-Quads in order.
        known: what describes the known things, as N-Quads in order.

    >>> def thing(name: str, kind: str = "Company") -> list[bytes]:
    ...     rest = f'<{LABEL}> "{name}" <a:g> .\n', f"<{_IS_A}> <{CP}{kind}> <a:g> .\n"
    ...     return sorted(f"<a:acme> {one}".encode() for one in rest)
    >>> list(false_claims(thing("Bolt"), thing("Acme")))
    [('a:acme', "it is called 'Bolt', and that of this id 'Acme'")]
    >>> list(false_claims(thing("Acme Inc."), thing("Acme")))
    []
    """
    theirs = {iri: (kinds, thing) for iri, kinds, thing in _described(known)}
    for iri, kinds, thing in _described(lines, theirs):
        known_kinds, other = theirs[iri]
        if why := _why_another(thing, other) if kinds & known_kinds else _KIND:
            yield iri, why


_KIND: Final = "it is of another class than that of this id"


def _why_another(thing: Described, other: Described) -> str | None:
    """Return why a thing is not another one whose class it has, or None where it may be."""
    if why := differing(thing, other, SCHEMES):
        return str(why)
    ours, theirs = ({form(n) for n in one.names for form in (bare, fold)} for one in (thing, other))
    if thing.names and other.names and ours.isdisjoint(theirs):
        return f"it is called {_shown(thing)!r}, and that of this id {_shown(other)!r}"
    return None


def _shown(thing: Described) -> str:
    return min(thing.labels or thing.names)


def _described(
    lines: Iterable[bytes], only: Container[str] | None = None
) -> Iterator[tuple[str, frozenset[str], Described]]:
    """Yield what is described, and has a class: its IRI, classes, names and identifiers."""
    for subject, group in groupby(lines, nquads.subject_of):
        iri = subject[1:-1].decode()
        if only is not None and iri not in only:
            continue
        said = [line for line in group if nquads.parts(line)[1] in _TELLING]
        quads = list(ox.parse(b"".join(said), ox.RdfFormat.N_QUADS))
        texts = [(quad.predicate.value, str(getattr(quad.object, "value", ""))) for quad in quads]
        kinds = {value for path, value in texts if path == _IS_A and value.startswith(CP)}
        if kinds:
            labels = frozenset(value for path, value in texts if path == LABEL)
            aliases = frozenset(value for path, value in texts if path == ALIAS)
            numbers = frozenset(filter(None, (identifier_of(*one) for one in texts)))
            yield iri, _as_one(kinds), Described(iri, labels, aliases, numbers)


def _as_one(kinds: set[str]) -> frozenset[str]:
    """Return classes, those that a company may be said to be of as one."""
    return frozenset(CP + "Organization" if kind in ORGANIZATIONS else kind for kind in kinds)
