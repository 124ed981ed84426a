"""What judging writes: by which terms and names it is known again in a graph."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.base import CP, DERIVED, RDF, to_python
from kg.promises.claims import JUDGED_BY

_DERIVED: Final = ox.NamedNode(DERIVED)
_TYPE: Final = ox.NamedNode(RDF + "type")

WRITTEN: Final = frozenset(
    CP + key for key in (
        "aim", "baseline", "dueBy", "firstStatedBy", "hasOutcome", "hasPromise", "hasStatusPeriod",
        "inStatus", "isDisputed", "isOwnCount", "moved", "observedOn", "observedValue", "promisedBy",
        "promisedOn", "replacedBy", "reportedBy", "restsOn", "shareAtLeast", "shareAtMost", "standsFrom",
        "standsUntil", "statedBy", "statusBefore", "undeterminedFor", "verdict",
    )
)  # fmt: skip
"""The IRIs of all predicates that judging tells something by, but for the types."""

CLASSES: Final = frozenset(CP + name for name in ("Promise", "Outcome", "StatusPeriod"))
"""The IRIs of the classes of what judging makes."""

JUDGED: Final = WRITTEN | CLASSES
"""The IRIs of all predicates and classes that are derived of promises alone, when all rules have run."""

_JUDGED: Final = re.compile(r"(?:(.+)\.promise(?:\.[0-9]+)?|(.+)\.status\.[0-9]+)", re.DOTALL)


class Made(NamedTuple):
    """What something that judging made was made for: the first `statement` of a promise, or a `thing` with a status."""

    statement: str | None
    thing: str | None


def is_judged(quad: ox.Quad) -> bool:
    """Tell whether judging derived a quad.

    >>> is_judged(ox.Quad(_DERIVED, ox.NamedNode(CP + "verdict"), _DERIVED, _DERIVED))
    True
    """
    if quad.graph_name != _DERIVED:
        return False
    value = quad.object if quad.predicate == _TYPE else quad.predicate
    return isinstance(value, ox.NamedNode) and value.value in JUDGED


def is_told_already(store: ox.Store) -> bool:
    """Tell whether a store that is not judged yet holds anything that judging could tell, as an export among the sources does."""
    told = (
        quad
        for written in WRITTEN
        for quad in store.quads_for_pattern(None, ox.NamedNode(written), None)
        # Statements have two of these properties themselves.
        if written not in JUDGED_BY or name_of_judged(str(to_python(quad.subject)))
    )
    kinds = (
        quad
        for kind in CLASSES
        for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(kind))
    )
    return any(True for _ in chain(told, kinds))


def name_of_judged(name: str) -> Made | None:
    """Return whose promise or period something is by its name, if it is called as one, or as an outcome, is.

    >>> name_of_judged("gazette.1.promise.2"), name_of_judged("shops.status.1")
    (Made(statement='gazette.1', thing=None), Made(statement=None, thing='shops'))
    >>> name_of_judged("gazette.1")
    """
    found = _JUDGED.fullmatch(name)
    return Made(*found.groups()) if found else None
