"""Files that are given alone, by the names under which a build has read them among others.

A build names a file by its path within the folder that it was given, and a file of RDF gives its graph that
name. Given alone it has but its last part: so it is known by its whole path.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.sources.files import YAML, File

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.sources.reader import Fingerprint

_NUMBERED: Final = re.compile(r"(.*)-[0-9]+", re.DOTALL)
"""A name that was taken already, as `kg.sources.files.tell_apart` has it."""


def as_recorded(files: Iterable[File], sources: Mapping[str, Fingerprint]) -> list[File]:
    """Return files by the names that they have among `sources`; those that are none of them as they are.

    Raises:
        SourceError: a file may be either of two, or was told apart from another of its name.

    >>> from pathlib import Path
    >>> from kg.sources.reader import Fingerprint
    >>> as_recorded([File(Path("data/things/a.ttl"), "a")], {"things/a": Fingerprint("", ".ttl", ())})[0].name
    'things/a'
    """
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, one in sources.items():
        last = name.rpartition("/")[2]
        numbered = _NUMBERED.fullmatch(last)
        for stem in (last, *((numbered[1],) if numbered else ())):
            names[stem, one.suffix].append(name)
    return [
        File(file.path, _name_of(file, names[file.path.stem, file.path.suffix.lower()], sources))
        for file in files
    ]


def _name_of(file: File, names: Iterable[str], sources: Mapping[str, Fingerprint]) -> str:
    """Return the name of a file, which may be one of `names`."""
    suffix = file.path.suffix.lower()
    place = f"/{file.path.absolute().with_suffix('').as_posix()}"
    exact = [name for name in names if place.endswith(f"/{name}")]
    if len(exact) > 1:
        told = f"may be {exact[0]!r} or {exact[1]!r} of those that the store was built of"
        raise SourceError(file.path, f"{told}; build it again from all files")
    if exact:
        return exact[0]
    numbered = [
        name
        for name in names
        if (found := _NUMBERED.fullmatch(name))
        and found[1] in sources
        and place.endswith(f"/{found[1]}")
    ]
    if suffix in YAML:
        # It says itself which source it is, and who reads it finds out whether it is that.
        free = f"{file.name}-2" if file.name in sources else file.name
        return numbered[0] if len(numbered) == 1 else free
    if numbered or file.name in sources:
        told = f"may be {[*numbered, file.name][0]!r} of those that the store was built of, or a new one"
        raise SourceError(file.path, f"{told}; build it again from all files")
    return file.name


def refuse_shared_graphs(
    files: Iterable[File], given: Mapping[str, Fingerprint], sources: Mapping[str, Fingerprint]
) -> None:
    """Refuse a file of RDF with a graph to which another one adds: which of its lines are whose nobody knows.

    Args:
        files: files that are given alone, by the names of `as_recorded`.
        given: what they are now, by name.
        sources: what the store was built of, by name.

    Raises:
        SourceError: there is such a file.
    """
    owners = {
        graph: name for name, one in sources.items() if name not in given for graph in one.graphs
    }
    for file in files:
        before = sources.get(file.name)
        graphs = [*given[file.name].graphs, *(before.graphs if before else ())]
        shared = next((graph for graph in graphs if graph in owners), None)
        if shared and file.path.suffix.lower() not in YAML:
            told = f"adds to <{shared}>, as {owners[shared]} does: give both"
            raise SourceError(file.path, told)
