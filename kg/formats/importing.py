"""Files of published formats become sources among others: read, called by known names, and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.base import ID, SourceError
from kg.formats.quads import batch_lines, left_out_lines
from kg.formats.registry import find_format
from kg.identity import Matches, known_lines, match_companies, merge_companies
from kg.tables import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Batch, Node


@dataclass(frozen=True)
class Imported:
    """What became of files: their statements as sorted N-Quads, and what was left out of them.

    `left_out` counts by the IRI of a source and by reasons; `refused` are files that could not be
    read; `proposals` are by the id of their source.
    """

    lines: Lines
    matches: Matches
    left_out: dict[str, Counter[str]]
    proposals: dict[str, list[Node]]
    refused: tuple[SourceError, ...] = ()


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
        paths: files, those of one format after each other.
        name: the format that they are of; without one each is known by what it is.
        skip_bad: leave files out that cannot be read instead of refusing all.
        folder: where statements lie that do not fit into memory; see `kg.tables.spill`.
        known: sources of one's own that describe companies, as N-Quads in order, beside what ships.

    Raises:
        SourceError: files that cannot be read, all of them.
        UnknownNameError: no format has this name.
    """
    lines, refused = Lines(folder), list[SourceError]()
    left_out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    proposals: defaultdict[str, list[Node]] = defaultdict(list)
    for one in _batches(paths, name):
        if isinstance(one, SourceError):
            refused.append(one)
            continue
        source = one.source["id"]
        lines.add(batch_lines(one))
        left_out[source].update(one.left_out)
        if one.proposals:
            proposals[source] += one.proposals
    if refused and not skip_bad:
        raise SourceError.of(refused)
    for source, counts in left_out.items():
        lines.add(left_out_lines(source, counts))
    matches = match_companies(lines, known_lines(known))
    return Imported(
        merge_companies(lines, matches),
        matches,
        {ID + source: counts for source, counts in left_out.items()},
        dict(proposals),
        tuple(refused),
    )


def _batches(paths: Iterable[Path], name: str | None) -> Iterator[Batch | SourceError]:
    found = []
    for path in paths:
        try:
            found.append((find_format(path, name), path))
        except SourceError as error:
            yield error
    for format_, group in groupby(found, key=lambda one: one[0]):
        yield from format_.read([path for _, path in group])
