"""Files of published formats become sources among others: read, called by known names, and counted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.base import ID, SourceError, counted
from kg.formats.finding import find_published
from kg.formats.quads import batch_lines, left_out_lines
from kg.identity import Matches, known_lines, match_companies, merge_companies
from kg.tables import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Batch, Node
    from kg.formats.finding import PublishedFiles

_OTHERWISE: Final = "is described by two files that differ; import the one that holds"


@dataclass(frozen=True)
class Imported:
    """What became of files: their statements as sorted N-Quads, and what was left out of them.

    `left_out` counts by the IRI of a source and by reasons; `refused` are files that could not be
    read; `proposals` are by the id of their source. `files` is how many were read, `stated` how many
    statements they make, `passed_over` counts what of folders is of no format, by endings, and
    `copies` files with the bytes of another.
    """

    lines: Lines
    matches: Matches
    left_out: dict[str, Counter[str]]
    proposals: dict[str, list[Node]]
    refused: tuple[SourceError, ...] = ()
    files: int = 0
    stated: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    copies: int = 0

    @property
    def reasons(self) -> Counter[str]:
        """What was left out, by reasons, of all sources together."""
        return sum(self.left_out.values(), Counter[str]())


def import_files(
    paths: Sequence[Path],
    *,
    name: str | None = None,
    skip_bad: bool = False,
    folder: Path | None = None,
    known: Iterable[bytes] = (),
) -> Imported:
    """Return what files state, where companies that are known already are called as there.

    Args:
        paths: files and folders; see `kg.formats.finding`.
        name: the format that they are of; without one each is known by what it is.
        skip_bad: leave files out that cannot be read instead of refusing all.
        folder: where statements lie that do not fit into memory; see `kg.tables.spill`.
        known: sources of one's own that describe companies, as N-Quads in order, beside what ships.

    Raises:
        SourceError: files that cannot be read, all of them; or there is nothing to read.
        UnknownNameError: no format has this name.
    """
    found = find_published(paths, name)
    lines, refused, told = Lines(folder), list(found.refused), _Told()
    left_out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    proposals: defaultdict[str, list[Node]] = defaultdict(list)
    stated = 0
    for one in _batches(found):
        if isinstance(one, SourceError):
            refused.append(one)
            continue
        source = one.source["id"]
        if not told.agrees(one.source):
            refused.append(SourceError(source, _OTHERWISE))
            continue
        lines.add(batch_lines(one))
        left_out[source].update(one.left_out)
        stated += len(one.statements)
        if one.proposals:
            proposals[source] += one.proposals
    if refused and not skip_bad:
        raise _all_of(refused)
    if not found.by_format and not refused:
        raise SourceError(
            str(next(iter(paths), "")),
            "holds no file of a format that can be imported; kg import --list lists them",
        )
    for source, counts in left_out.items():
        lines.add(left_out_lines(source, counts))
    matches = match_companies(lines, known_lines(known))
    return Imported(
        merge_companies(lines, matches),
        matches,
        {ID + source: counts for source, counts in left_out.items()},
        dict(proposals),
        tuple(refused),
        len(found) + len(found.refused) - len(refused),
        stated,
        found.passed_over,
        found.copies,
    )


def _batches(found: PublishedFiles) -> Iterator[Batch | SourceError]:
    for format_, files in found.by_format:
        yield from format_.read(files)


class _Told:
    """What is said of the sources, of which no more is kept than tells whether it is the same."""

    def __init__(self) -> None:
        self._digests: dict[str, bytes] = {}

    def agrees(self, source: Node) -> bool:
        """Tell whether a source is described as before, if it was."""
        text = json.dumps(source, sort_keys=True, default=str).encode()
        digest = hashlib.sha256(text).digest()
        return self._digests.setdefault(source["id"], digest) == digest


def _all_of(refused: list[SourceError]) -> SourceError:
    """Return one error for all files that cannot be read."""
    error = SourceError.of([each for one in refused for each in one.problems])
    if len(refused) > 1:
        told = (
            f"{counted(len(refused), 'file')} cannot be read, as listed above; nothing was written"
        )
        error.args = (f"{told}, and --skip-bad leaves them out",)
    return error
