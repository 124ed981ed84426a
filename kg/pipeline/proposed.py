"""What waits for a person: that it does, and what would be wrong with it, were it accepted.

Nothing proposed is in a graph, so nothing here fails anything: these are hints. To tell them, what is
proposed is read as if it were said, beside all that is, and looked at as that is.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.base import CP, Finding, Report, counted, nquads
from kg.pipeline.examining import examine_quads
from kg.pipeline.sharing import said_in, shared_ids
from kg.sources import locate, source_if_accepted

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from kg.query import Index
    from kg.sources import Accepted, File, Fingerprint

WAITING: Final = CP + "waiting"
"""What a finding names as its shape that says that proposals wait."""


@dataclass(frozen=True)
class Proposed:
    """What files would say, were all accepted that they propose.

    `index` is over all of it, `waiting` has what each file proposes, and `findings` are what would then be
    wrong that is not wrong now, with places.
    """

    index: Index
    waiting: Mapping[File, Accepted]
    findings: tuple[Finding, ...]


def examine_proposed(
    files: Sequence[File],
    fingerprints: Mapping[str, Fingerprint],
    quads: bytes,
    known: Container[Finding],
) -> Proposed | None:
    """Return what files would say, were all accepted; None where nothing is proposed.

    `quads` is what is said without that, and `known` what is found in it, without places.
    """
    waiting = {file: found for file in files if (found := source_if_accepted(file))}
    if not waiting:
        return None
    sources = {file.name: found.source for file, found in waiting.items()}
    then = {**fingerprints, **{name: source.fingerprint for name, source in sources.items()}}
    all_said = nquads.union([quads, *(source.quads for source in sources.values())])
    examined = examine_quads(all_said)
    new = Report(tuple(one for one in examined.findings if one not in known))
    findings = [*locate(new, nquads.split(examined.asserted), files, then).findings]
    proposed = frozenset[str]().union(*(one.nodes for one in waiting.values()))
    for clash in shared_ids(files, then, said_in(all_said)):
        if clash.node in proposed:
            findings += (replace(one, node=clash.node) for one in clash.problem.as_findings())
    return Proposed(examined.index, waiting, tuple(findings))


def find_proposed(
    files: Sequence[File],
    fingerprints: Mapping[str, Fingerprint],
    quads: bytes,
    known: Container[Finding],
) -> list[Finding]:
    """Return a hint for each file with proposals, and for all that would be wrong; see `examine_proposed`."""
    found = examine_proposed(files, fingerprints, quads, known)
    if found is None:
        return []
    waits = (_waits(file, one) for file, one in found.waiting.items())
    return [*waits, *map(_as_hint, found.findings)]


def _waits(file: File, accepted: Accepted) -> Finding:
    count = counted(len(accepted.names), "proposal waits", "proposals wait")
    told = f"{count} for you: kg review {shlex.quote(str(file.path))}"
    where = f"{file.path}:{accepted.line}"
    return Finding("", None, None, told, WAITING, violation=False, location=where)


def _as_hint(finding: Finding) -> Finding:
    message = f"proposed, and once accepted: {finding.message}"
    return replace(finding, message=message, violation=False, severity=None)
