"""Everything that is wrong with some files, told at once: what cannot be read, and what breaks a shape.

A build stops at the first file that cannot be read. Who checks wants all of it: so what can be read
of such a file is held against the shapes, too, and what would only follow from its faults is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.base import Report, SourceError, nquads, shorten
from kg.pipeline.examining import examine_quads
from kg.pipeline.only_proposed import with_proposed
from kg.pipeline.own_shapes import OwnShapes
from kg.pipeline.proposed import Proposed, examine_proposed, find_proposed
from kg.pipeline.sharing import said_in, shared_ids
from kg.sources import in_order, locate, one_by_one, read_together, salvage_source

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from kg.base import Finding
    from kg.pipeline.sharing import Clash
    from kg.sources import File, Fingerprint, Reader


class ReadFiles(NamedTuple):
    """What could be read, and what could not; `incomplete` are nodes of which something was left out.

    `whole` tells whether at least something could be read of every file: else all that the others
    refer to would seem to be missing.
    """

    fingerprints: dict[str, Fingerprint]
    quads: bytes
    faults: list[Finding]
    incomplete: set[str]
    whole: bool


def check(
    files: Sequence[File], *, read: Reader = one_by_one, shapes: Sequence[File] = ()
) -> Report:
    """Return all that is wrong with `files`, in their order, without building anything.

    Those in `shapes` hold shapes against which the data is held beside the shipped ones.

    Raises:
        SourceError: a file of shapes does not exist.

    >>> from kg.pipeline import shipped_files
    >>> check(shipped_files()).conforms
    True
    """
    own = OwnShapes(shapes)
    done = read_all(files, read)
    if not done.whole:
        return in_order([*done.faults, *own.faults], [*files, *shapes])
    faults = list(done.faults)
    clashes = shared_ids(files, done.fingerprints, said_in(done.quads))
    for clash in clashes:
        faults += clash.problem.as_findings()
    examined = examine_quads(done.quads)
    by_own, of_shapes = own.hold_against(examined.index, examined.asserted)
    found = Report(examined.findings + by_own.findings)
    report = locate(found, nquads.split(examined.asserted), files, done.fingerprints)
    rest = without_consequences(report.findings, faults, clashes, done.incomplete)
    waiting = find_proposed(files, done.fingerprints, done.quads, set(examined.findings))
    rest = with_proposed(rest, said_in(done.quads), files)
    return in_order([*faults, *rest, *waiting, *of_shapes.findings], [*files, *shapes])


def without_consequences(
    findings: Iterable[Finding],
    faults: Iterable[Finding],
    clashes: Iterable[Clash],
    incomplete: Container[str],
) -> list[Finding]:
    """Return the findings but for those that only follow from what could not be read, or from `clashes`."""
    # What was left out is missing for that reason alone.
    told = {finding.location for finding in faults}
    # Where two files differ each of them may be right.
    differing = {(clash.node, clash.path) for clash in clashes if clash.path}
    return [
        finding
        for finding in findings
        if finding.location not in told
        and (finding.node, finding.path) not in differing
        and not (finding.node in incomplete and _is_of_all(finding))
    ]


def _is_of_all(finding: Finding) -> bool:
    """Tell whether a finding is about a node as a whole, and not about one of its values."""
    return finding.path is None and finding.value in (None, shorten(finding.node))


def read_all(files: Sequence[File], read: Reader) -> ReadFiles:
    """Return all that can be read of files, and what cannot."""
    try:
        reading = read_together(read, files)
    except SourceError:
        return _salvaged(files, read)
    names = [file.name for file in files]
    return ReadFiles(
        dict(zip(names, reading.fingerprints, strict=True)), reading.quads, [], set(), True
    )


def _salvaged(files: Sequence[File], read: Reader) -> ReadFiles:
    """Read file by file, and of those that cannot be read as a whole what can be."""
    fingerprints: dict[str, Fingerprint] = {}
    quads: list[bytes] = []
    faults: list[Finding] = []
    incomplete: set[str] = set()
    whole = True
    for file in files:
        try:
            reading = read_together(read, [file])
            fingerprints[file.name] = reading.fingerprints[0]
            quads.append(reading.quads)
        except SourceError as error:
            faults += error.as_findings()
            salvaged = salvage_source(file)
            whole = whole and salvaged is not None
            if salvaged:
                source, left = salvaged
                fingerprints[file.name] = source.fingerprint
                quads.append(source.quads)
                incomplete |= left
    return ReadFiles(fingerprints, nquads.union(quads), faults, incomplete, whole)


def preview(
    files: Sequence[File], beside: Sequence[File] = (), *, read: Reader = one_by_one
) -> Proposed | None:
    """Return what `files` would say, were all accepted that they propose.

    Those `beside` are looked at with them as far as they can be read. None where nothing is proposed, or
    where of one of `files` nothing can be read.
    """
    done = read_all([*files, *beside], read)
    if not done.whole and beside:
        beside = [one for one in beside if read_all([one], read).whole]
        done = read_all([*files, *beside], read)
    if not done.whole:
        return None
    known = set(examine_quads(done.quads).findings)
    return examine_proposed([*files, *beside], done.fingerprints, done.quads, known)
