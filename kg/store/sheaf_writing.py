"""Sheaves are written: parts that are new, beside links to those that the snapshot before has.

What a change leaves as it was is neither read nor written. The parts are those that the same lines have when all are
written: see `kg.base.parting`.
"""

from __future__ import annotations

import os
import shutil
from bisect import bisect_right
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base import begins_part, in_parts, nquads, parts_of, span_of, sync_files, write_file
from kg.store.sheaf import Sheaf, SheafPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set as AbstractSet

    from kg.base import Change


def described(data: bytes) -> tuple[SheafPart, ...]:
    """Return the parts of sorted lines, which have not been written yet."""
    return tuple(map(_described, parts_of(data)))


def _described(data: bytes) -> SheafPart:
    word = data[: data.index(b" ")]
    return SheafPart(len(data), data.count(b"\n"), sha256(data).hexdigest(), word.decode(), 0)


def write_sheaf(folder: Path, pieces: Iterable[bytes], known: Sheaf | None) -> Sheaf:
    """Write sorted lines, given part by part, to a folder, which is made; those that are `known` are linked.

    Raises:
        OSError: as the system has it.
    """
    folder.mkdir()
    there = {part.digest: part for part in known.parts} if known else {}
    written = []
    for data in pieces:
        part = _described(data)
        old = there.get(part.digest)
        if old and known:
            link(f"{known.folder}/{old.name}", f"{folder}/{old.name}")
        written.append(old or _write(folder, part, data))
    return Sheaf(folder, written)


def _write(folder: Path, part: SheafPart, data: bytes) -> SheafPart:
    path = folder / part.name
    write_file(path, data)
    return part._replace(modified=path.stat().st_mtime_ns)


def change_sheaf(sheaf: Sheaf, change: Change) -> tuple[Sheaf, list[Path]]:
    """Have the folder of a sheaf hold other lines; return it as it is then, and what has been written.

    Those parts alone are read in which a line goes or comes, or to which others join. Those that are no more are
    taken from the folder, in which no other snapshot may be.

    Raises:
        PartError: a part is not what was written.
        ValueError: a line that goes is not there, or one that comes is.
        OSError: as the system has it.
    """
    made: list[SheafPart] = []
    written: list[Path] = []
    there = {part.digest: part for part in sheaf.parts}
    for one in _changed(sheaf, change):
        if isinstance(one, SheafPart):
            made.append(one)
            continue
        data = b"".join(one)
        part = _described(data)
        if part.digest in there:
            made.append(there[part.digest])
        else:
            made.append(_write(sheaf.folder, part, data))
            written.append(sheaf.folder / part.name)
    for digest in there.keys() - {part.digest for part in made}:
        (sheaf.folder / there[digest].name).unlink()
    return Sheaf(sheaf.folder, made), written


def _changed(sheaf: Sheaf, change: Change) -> Iterator[SheafPart | list[bytes]]:
    """Yield the parts of which a sheaf consists after a change: those that stay, and the lines of the others."""
    changes = _by_part(sheaf, change)
    last: SheafPart | list[bytes] | None = None
    for at, part in enumerate(sheaf.parts or (None,)):
        if part and at not in changes:
            if last:
                yield last
            last = part
            continue
        old = sheaf.read(part) if part else b""
        for lines in in_parts(
            _with(nquads.split(old), *changes.get(at, (frozenset(), frozenset())))
        ):
            # What no longer begins a part belongs to the one before it.
            if last and not begins_part(lines[0]):
                last = last if isinstance(last, list) else nquads.split(sheaf.read(last))
                last += lines
                continue
            if last:
                yield last
            last = lines
    if last:
        yield last


def _with(lines: list[bytes], gone: AbstractSet[bytes], fresh: AbstractSet[bytes]) -> list[bytes]:
    """Return sorted lines without some and with others."""
    if gone:
        kept = [line for line in lines if line not in gone]
        if len(kept) != len(lines) - len(gone):
            raise ValueError("a line that goes is not there")
        lines = kept
    if fresh:
        if not fresh.isdisjoint(lines):
            raise ValueError("a line that comes is there")
        lines = sorted([*lines, *fresh])  # sorting merges what is sorted already
    return lines


def _by_part(sheaf: Sheaf, change: Change) -> dict[int, tuple[set[bytes], set[bytes]]]:
    """Return the lines that go and that come by the part in which they are, or are to be."""
    found: dict[int, tuple[set[bytes], set[bytes]]] = {}
    for side, data in enumerate(change):
        for line in nquads.split(data):
            found.setdefault(_part_of(sheaf, line), (set(), set()))[side].add(line)
    return found


def _part_of(sheaf: Sheaf, line: bytes) -> int:
    span = span_of(sheaf.firsts, line[: line.index(b" ")])
    # Several parts may begin with what this line does: the whole line tells.
    later = span[1:]
    return span.start + bisect_right(later, line, key=lambda at: _first_line(sheaf.held(at)))


def _first_line(lines: bytes) -> bytes:
    return lines[: lines.find(b"\n") + 1]


def link_sheaf(sheaf: Sheaf, folder: Path) -> Sheaf:
    """Have all parts of a sheaf in another folder, too, which is made.

    Raises:
        OSError: as the system has it.
    """
    folder.mkdir()
    for part in sheaf.parts:
        link(f"{sheaf.folder}/{part.name}", f"{folder}/{part.name}")
    return Sheaf(folder, sheaf.parts)


def link(path: str, to: str) -> None:
    """Have a file in another place, too: as a hard link, or as a copy, flushed, where that cannot be."""
    try:
        os.link(path, to)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links, or too many of them
        shutil.copy2(path, to)
        sync_files([Path(to)])
