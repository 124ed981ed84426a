"""Findings about what is missing because it is only proposed: they tell how it is accepted."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.base import RDF, lengthen, nquads
from kg.sources import source_if_accepted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.base import Finding
    from kg.pipeline.sharing import SaidOf
    from kg.sources import File

_TYPE: Final = f"<{RDF}type>".encode()


def with_proposed(
    findings: Iterable[Finding], said_of: SaidOf, files: Sequence[File]
) -> list[Finding]:
    """Return findings, and of a value that nothing describes but a proposal how it is accepted.

    What else it may be meant for is then not told: it is meant.
    """
    findings = list(findings)
    values = {lengthen(one.value) for one in findings if one.value}
    if not values:
        return findings
    proposers = {
        node: file
        for file in files
        if (found := source_if_accepted(file))
        for node in values & found.nodes
    }
    for line in said_of({f"<{node}>".encode() for node in proposers}) if proposers else ():
        node, predicate, _, _ = nquads.parts(line)
        if predicate == _TYPE:
            proposers.pop(node[1:-1].decode(), None)
    return [
        _by_review(one, proposers[iri])
        if one.value and (iri := lengthen(one.value)) in proposers
        else one
        for one in findings
    ]


def _by_review(finding: Finding, file: File) -> Finding:
    message = finding.message.partition("; did you mean")[0]
    told = f"it is only proposed yet: kg review {shlex.quote(str(file.path))}"
    return replace(finding, message=f"{message}; {told}")
