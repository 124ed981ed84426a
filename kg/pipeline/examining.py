"""What an author is told of what was read: broken shapes, hints, and values beyond what is computed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pipeline.building import with_ontology
from kg.pipeline.ranges import find_beyond_range
from kg.pipeline.validation import examine, find_hints, load_hints
from kg.query import Index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base import Finding, Report


@dataclass(frozen=True)
class Examined:
    """What was said, with the ontology (`asserted`) and as an `index`, and what is found in it."""

    asserted: bytes
    index: Index
    findings: tuple[Finding, ...]


def examine_quads(quads: bytes) -> Examined:
    """Return all that is wrong with canonical N-Quads, without places."""
    asserted = with_ontology(quads)
    index = Index.of(asserted)
    examined, hints = examine(index, asserted), find_hints(index, load_hints())
    beyond = _only_hints(find_beyond_range(quads), examined)
    return Examined(asserted, index, examined.findings + hints.findings + beyond)


def _only_hints(hints: Iterable[Finding], examined: Report) -> tuple[Finding, ...]:
    """Return the hints about values of which no shape tells anything."""
    told = {(finding.node, finding.path) for finding in examined.findings}
    return tuple(hint for hint in hints if (hint.node, hint.path) not in told)
