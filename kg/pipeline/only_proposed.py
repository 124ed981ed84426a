"""Findings about what is missing because it is only proposed: they tell how it is accepted."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.base import RDF, lengthen
from kg.sources import source_if_accepted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.base import Finding
    from kg.sources import File


def with_proposed(
    findings: Iterable[Finding], asserted: bytes, files: Sequence[File]
) -> list[Finding]:
    """Return findings, and of a value that nothing in `asserted` describes but a proposal how it is accepted.

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
    described = {node for node in proposers if _is_described(node, asserted)}
    return [
        _by_review(one, proposers[iri])
        if one.value and (iri := lengthen(one.value)) in proposers.keys() - described
        else one
        for one in findings
    ]


def _is_described(node: str, asserted: bytes) -> bool:
    about = f"<{node}> <{RDF}type> ".encode()
    return asserted.startswith(about) or b"\n" + about in asserted


def _by_review(finding: Finding, file: File) -> Finding:
    message = finding.message.partition("; did you mean")[0]
    told = f"it is only proposed yet: kg review {shlex.quote(str(file.path))}"
    return replace(finding, message=f"{message}; {told}")
