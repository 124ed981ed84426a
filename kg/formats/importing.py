"""Files of published formats become sources among others: read, called by known names, and counted."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.base import (
    ID,
    SourceError,
    SpilledLines,
    UsageError,
    counted,
    nquads,
    replace_file,
    shorten,
)
from kg.formats.claims import false_claims
from kg.formats.finding import find_published
from kg.formats.holding import unholdable
from kg.formats.opening import sha256_of
from kg.formats.quads import batch_lines, left_out_lines
from kg.formats.spool import Spool
from kg.identity import Matches, known_lines, match_companies, merge_companies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.formats.batch import Batch, Node
    from kg.formats.finding import PublishedFiles


@dataclass(frozen=True)
class Imported:
    """What became of files: their statements as sorted N-Quads, and what was left out of them.

    `left_out` counts by the IRI of a source and by reasons; `refused` are files that could not be
    read; `proposals` are by the id of their source, in a file, and `proposing` has the descriptions of these sources. `files` is how many were read, `stated` how many
    statements they make, `passed_over` counts what of folders is of no format, by endings, and
    `copies` files with the bytes of another.
    """

    lines: SpilledLines
    matches: Matches
    left_out: dict[str, Counter[str]]
    proposals: Spool
    refused: tuple[SourceError, ...] = ()
    files: int = 0
    stated: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    proposing: dict[str, Node] = field(default_factory=dict)

    def save(self, path: Path | str) -> None:
        """Write the statements to a file as N-Quads, as a whole or not at all: a source like any other.

        Raises:
            UsageError: its name ends otherwise than in .nq.
            OSError: as the system has it.
        """
        if Path(path).suffix.lower() != ".nq":
            raise UsageError(f"{str(path)!r} does not end in .nq")
        replace_file(Path(path), self.lines)

    def proposed(self) -> dict[str, Iterable[bytes]]:
        """Return a source in YAML for each one of which something is proposed, by its id: its lines."""
        from kg.formats.proposing import ProposedSource  # most propose nothing

        known = self.matches.certain
        return {
            name: ProposedSource(self.proposing[name], self.proposals[name], known)
            for name in sorted(self.proposals)
        }

    @property
    def waiting(self) -> int:
        """How many statements are only proposed."""
        return sum(map(self.proposals.count, self.proposals))

    @property
    def reasons(self) -> Counter[str]:
        """What was left out, by reasons, of all sources together."""
        return sum(self.left_out.values(), Counter[str]())


def import_files(  # noqa: PLR0913 - each an option of its own
    paths: Iterable[Path | str],
    *,
    name: str | None = None,
    skip_bad: bool = False,
    folder: Path | None = None,
    known: Iterable[bytes] = (),
    tell: Callable[[int], object] | None = None,
    free_text: bool = True,
    review: bool = True,
) -> Imported:
    """Return what files state, where companies that are known already are called as there.

    Args:
        paths: files and folders; see `kg.formats.finding`.
        name: the format that they are of; without one each is known by what it is.
        skip_bad: leave files out that cannot be read instead of refusing all.
        folder: where statements lie that do not fit into memory; see `kg.base.spilled`.
        known: sources of one's own that describe companies, as N-Quads in order, beside what ships.
        tell: is told how many sources have been read, after each batch.
        free_text: propose what free text says; without it such texts are counted, which takes less time.
        review: look for the row or element, too, that tells what a known company gets, which takes a while.

    Raises:
        SourceError: files that cannot be read, all of them; or there is nothing to read; or one gives
            the id of a known thing to another (`kg.formats.claims`).
        UnknownNameError: no format has this name.
        UsageError: one path in place of several, or a library that is not installed.
    """
    if isinstance(paths, str | PathLike):
        raise UsageError(f"give the paths as a list: [{str(paths)!r}]")
    named = [Path(path) for path in paths]
    found = find_published(named, name)
    made = _Made(SpilledLines(folder), list(found.refused), Spool(folder), _FilesByDigest(found))
    for one in _batches(found, free_text=free_text):
        if isinstance(one, SourceError):
            made.refused.append(one)
        else:
            made.add(one)
            if tell is not None:
                tell(len(made.left_out))
    if made.refused and not skip_bad:
        raise _all_of(made.refused)
    if not found.by_format and not made.refused:
        raise SourceError(
            ", ".join(map(str, named)),
            "holds no file of a format that can be imported; kg import --list lists them",
        )
    for source, counts in made.left_out.items():
        made.lines.add(left_out_lines(source, counts))
    given = list(known_lines(known))
    _refuse_false_claims(made, given)
    matches = match_companies(made.lines, given, review=review)
    return Imported(
        merge_companies(made.lines, matches),
        matches,
        {ID + source: counts for source, counts in made.left_out.items()},
        made.proposals,
        tuple(made.refused),
        len(found) + len(found.refused) - len(made.refused),
        made.stated,
        found.passed_over,
        found.copies,
        made.proposing,
    )


@dataclass
class _Made:
    """What the batches so far make together; of the sources no more is kept than tells one from another."""

    lines: SpilledLines
    refused: list[SourceError]
    proposals: Spool
    files: _FilesByDigest
    left_out: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    proposing: dict[str, Node] = field(default_factory=dict)
    stated: int = 0
    _first: dict[str, _Seen] = field(default_factory=dict)
    _told: set[_Seen] = field(default_factory=set)

    def add(self, batch: Batch) -> None:
        """Add a batch, unless another file has described its source otherwise."""
        source = batch.source["id"]
        text = json.dumps(batch.source, sort_keys=True, default=str).encode()
        seen = _Seen(hashlib.sha256(text).digest(), batch.source.get("sha256"))
        first = self._first.setdefault(source, seen)
        if first.description != seen.description:
            if seen not in self._told:
                self._told.add(seen)
                self.refused.append(self._otherwise(source, first, seen))
            return
        if problem := unholdable(batch):
            self.refused.append(SourceError(self.place_of(source), problem))
            return
        self.lines.add(batch_lines(batch))
        self.left_out[source].update(batch.left_out)
        self.stated += len(batch.statements)
        if batch.proposals:
            self.proposals.add(source, batch.proposals)
            self.proposing[source] = batch.source

    def place_of(self, source: str) -> Path | str:
        """Return the file that a source is of, or its id where that is not known."""
        return self.files.get(self._first[source].file) or source

    def _otherwise(self, source: str, first: _Seen, seen: _Seen) -> SourceError:
        one, other = self.files.get(first.file), self.files.get(seen.file)
        if one is None or other is None or one == other:
            problem = "is described in two ways that differ; import the file that holds"
            return SourceError(other or source, f"{source} {problem}" if other else problem)
        problem = f"describes {source} otherwise than {one} does; import the one that holds"
        return SourceError(other, problem)


class _Seen(NamedTuple):
    """What is kept of a source: the digest of its description, and that of the file that it is of."""

    description: bytes
    file: str | None


class _FilesByDigest:
    """The files that are read, by their digests, which are looked for where something is wrong only."""

    def __init__(self, found: PublishedFiles) -> None:
        self._found = found

    def get(self, digest: str | None) -> Path | None:
        """Return the file with a digest, if there is one."""
        return self._files.get(digest or "")

    @cached_property
    def _files(self) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for path in (path for _, paths in self._found.by_format for path in paths):
            with contextlib.suppress(SourceError):  # it is gone meanwhile
                files.setdefault(sha256_of(path), path)
        return files


def _batches(found: PublishedFiles, *, free_text: bool) -> Iterator[Batch | SourceError]:
    for format_, files in found.by_format:
        read = format_.propose if free_text and format_.propose else format_.read
        yield from read(files)


def _refuse_false_claims(made: _Made, known: Iterable[bytes]) -> None:
    if claims := list(false_claims(made.lines, known)):
        raise SourceError.of([_false(iri, why, made) for iri, why in claims])


def _false(iri: str, why: str, made: _Made) -> SourceError:
    """Return what is wrong with a source that gives the id of a known thing to another one."""
    start = f"<{iri}> ".encode()
    source = next(nquads.graph_of(line) for line in made.lines if line.startswith(start))
    return SourceError(
        made.place_of(source.removeprefix(ID)),
        f"calls by the id {shorten(iri)}, which is known, what is another thing: {why}; give it an id of"
        " its own",
    )


def _all_of(refused: list[SourceError]) -> SourceError:
    """Return one error for all files that cannot be read."""
    error = SourceError.of([each for one in refused for each in one.problems])
    if len(refused) > 1:
        told = (
            f"{counted(len(refused), 'file')} cannot be read, as listed above; nothing was written"
        )
        error.args = (f"{told}, and --skip-bad leaves them out",)
    return error
