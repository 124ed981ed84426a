"""Files that are given alone, by the names under which a build has read them among others.

A build names a file by its path within the folder that it was given, and a file of RDF gives its graph that
name. Given alone it has but its last part: so it is known by its whole path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.sources.files import YAML, File
from kg.sources.record_lines import adding_to, beginning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.sources.reader import Fingerprint

_NUMBER: Final = re.compile(r"-[0-9]+")
"""The end of a name that was taken already, as `kg.sources.files.tell_apart` has it."""


def as_recorded(files: Iterable[File], sources: Mapping[str, Fingerprint]) -> list[File]:
    """Return files by the names that they have among `sources`; those that are none of them as they are.

    Raises:
        SourceError: a file may be either of two, or was told apart from another of its name.

    >>> from pathlib import Path
    >>> from kg.sources.reader import Fingerprint
    >>> as_recorded([File(Path("data/things/a.ttl"), "a")], {"things/a": Fingerprint("", ".ttl", ())})[0].name
    'things/a'
    """
    return [File(file.path, _name_of(file, sources)) for file in files]


def _name_of(file: File, sources: Mapping[str, Fingerprint]) -> str:
    """Return the name of a file, which may be one of `sources`."""
    suffix = file.path.suffix.lower()
    parts = file.path.absolute().with_suffix("").parts[1:]
    # By the end of its path, as long as that may be.
    ends = ["/".join(parts[at:]) for at in reversed(range(len(parts)))]
    there = [name for name in ends if name in sources]
    exact = [name for name in there if sources[name].suffix == suffix]
    if len(exact) > 1:
        told = f"may be {exact[0]!r} or {exact[1]!r} of those that the store was built of"
        raise SourceError(file.path, f"{told}; build it again from all files")
    if exact:
        return exact[0]
    numbered = [
        name
        for end in there
        for name in beginning(sources, f"{end}-")
        if _NUMBER.fullmatch(name, len(end)) and sources[name].suffix == suffix
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
    for file in files:
        if file.path.suffix.lower() in YAML:
            continue
        before = sources.get(file.name)
        for graph in (*given[file.name].graphs, *(before.graphs if before else ())):
            if others := adding_to(sources, graph) - given.keys():
                told = f"adds to <{graph}>, as {max(others)} does: give both"
                raise SourceError(file.path, told)
