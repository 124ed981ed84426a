"""The sources below a folder as they were seen before, but for those of which it is known that they have changed.

To ask the disk of each of a hundred thousand files takes longer than to read the one that an editor has saved.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import UsageError, lies_aside
from kg.sources.files import (
    SUFFIXES,
    File,
    all_iri_safe,
    has_ending,
    is_built,
    tell_apart,
)
from kg.sources.seen import SeenFiles, look

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERED: Final = re.compile(r"(.*)-[0-9]+", re.DOTALL).fullmatch

_SOME: Final = 10
"""How many files are looked at to know a folder by."""

_MOST_UNTOLD: Final = 1_000
"""Of how many files the ending is looked up, of which the disk told nothing that could be kept."""


def looked_again(
    folder: Path, seen: SeenFiles, changed: Iterable[Path]
) -> tuple[list[File], SeenFiles] | None:
    """Return the sources below a folder and what the disk tells of them, of which those that have `changed` are looked at alone.

    What is not below the folder, or no source by its name, is passed over, but not where that is all that is named, and not
    there. None where all have to be looked at, since the names that were seen do not tell where the files lie.

    Args:
        folder: the folder.
        seen: what the disk told of all sources that were below it.
        changed: the files that have changed, come or gone.

    Raises:
        UsageError: one of them is a folder, or is not there and was not, or all are named as seen from elsewhere.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = Path(place)
    ...     _ = folder.joinpath("b.nt").write_text("")
    ...     seen = SeenFiles(["a"], ["0 1 1 1 .nt"])
    ...     files, _ = looked_again(folder, seen, [folder / "a.nt", folder / "b.nt"])
    ...     [file.name for file in files]
    ['b']
    """
    names = _names_of(folder, seen)
    if names is None:
        return None
    told = dict(zip(names, seen.told, strict=True))
    given = list(changed)
    named = {name: path for path in given if (name := _name_below(folder, path))}
    if not named:
        _refuse_strange(folder, given)
    if not _is_the_same(folder, {name: one for name, one in told.items() if name not in named}):
        return None
    there = {name for name in named if (folder / name).exists()}
    for name in named.keys() - there - told.keys():
        raise UsageError(f"{named[name]}: is not there, and was not when the store was built")
    bare = seen.names
    if come_or_gone := (there - told.keys()) | (named.keys() - there):
        # In the order of `find_files`.
        names = sorted((told.keys() ^ come_or_gone), key=lambda name: name.replace("/", "\0"))
        bare = [name[: name.rindex(".")] for name in names]
    within = "" if folder == Path() else f"{folder / '_'}"[:-1]
    files = [File(within + name, one) for name, one in zip(names, bare, strict=True)]
    if come_or_gone and tell_apart(files) != files:
        return None
    for name in there:
        told[name] = look([File(within + name, name)]).told[0]
    return files, SeenFiles(bare, [told[name] for name in names])


def _refuse_strange(folder: Path, given: Iterable[Path]) -> None:
    """Refuse names of which none is a source below a folder, where that is no accident.

    Raises:
        UsageError: one is a folder, or is not there as it is named.
    """
    for path in given:
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name the files that have changed")
        # Also one with something behind its ending, such as the quotes in which other programs put names.
        if any(one in path.name.lower() for one in SUFFIXES) and not os.path.lexists(path):
            raise UsageError(
                f"{path}: is not there, and nothing else that is named is a source below {folder};"
                " name files as they are seen from here"
            )


def _is_the_same(folder: Path, told: dict[str, str]) -> bool:
    """Tell whether a folder is the one that was seen, by some of its files; another one has other numbers on the disk."""
    known = [name for name, one in told.items() if one]
    some = known[:: max(1, len(known) // _SOME)]
    return look(File(f"{folder / name}", name) for name in some).told == [told[one] for one in some]


def _names_of(folder: Path, seen: SeenFiles) -> list[str] | None:
    """Return the names of files within a folder, with their endings; None where what was seen does not tell them."""
    names = []
    untold = 0
    for name, told in zip(seen.names, seen.told, strict=True):
        endings = [told[told.rindex(" ") + 1 :]] if told else _endings(folder, name)
        untold += not told
        if len(endings) != 1 or untold > _MOST_UNTOLD:
            return None
        names.append(name + endings[0])
    # Of two files whose names would give one IRI the second one has got a number.
    numbered = {at: found[1] for at, name in enumerate(seen.names) if (found := _NUMBERED(name))}
    if numbered:
        # All at once: there may be a hundred thousand, of which none is.
        safe = set(all_iri_safe(seen.names))
        for at, name in zip(numbered, all_iri_safe(numbered.values()), strict=True):
            if name in safe and not (folder / names[at]).exists():
                return None
    return names


def _endings(folder: Path, name: str) -> list[str]:
    """Return with which endings a file is there."""
    return [suffix for suffix in SUFFIXES if (folder / f"{name}{suffix}").exists()]


def _name_below(folder: Path, path: Path) -> str | None:
    """Return the name of a source within a folder; None where it is not below it, or is no source."""
    own = os.path.relpath(path, folder)
    if own.startswith(".."):  # unless one of them is named by way of a link
        own = os.path.relpath(path.parent.resolve() / path.name, folder.resolve())
    parts = Path(own).parts
    if parts[:1] == ("..",) or not own.lower().endswith(SUFFIXES) or not has_ending(path.name):
        return None
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name the files that have changed")
    above = [folder.joinpath(*parts[:depth]) for depth in range(1, len(parts))]
    if any(lies_aside(one.name) or (one.is_dir() and is_built(one)) for one in above):
        return None
    return "/".join(parts)
