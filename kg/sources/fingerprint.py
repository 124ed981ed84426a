"""What a graph depends on besides its sources, as one digest: a build starts anew when it changes.

It covers the code of exactly the rooms that make a graph, so that a change to the page or to the
command line throws nothing away; a test follows the imports and holds the list against them.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.base import ontology_folder, package_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ROOMS: Final = ("base", "sources", "query", "identity", "promises", "pipeline")
"""The rooms that read, check, derive and judge. Tables are read by one more, which counts for them alone."""

LIBRARIES: Final = ("pyoxigraph", "python-stdnum", "pyyaml", "rustworkx", "shacl")
"""The libraries that they use."""


@cache
def software_fingerprint() -> str:
    """Return the digest of all that a graph depends on besides its sources.

    That is the ontology with its shapes and rules, the rooms that make a graph, and the libraries
    that they use. Questions are asked later and do not count.

    >>> len(software_fingerprint())
    64
    """
    root = ontology_folder()
    # Questions are asked of a graph and make none.
    paths = [path for path in root.rglob("*") if path.parent != root / "questions"]
    for room in ROOMS:
        paths += room_files(room)
    return digest_of(LIBRARIES, paths)


def room_files(room: str) -> list[Path]:
    """Return the modules of a room, however deep they lie in it."""
    return [path for path in (package_folder() / room).rglob("*.py*") if path.suffix != ".pyc"]


def digest_of(libraries: Iterable[str], paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the versions of some libraries, and of the names and bytes of files.

    Folders are passed over. The order of `paths` does not matter, nor where they lie: of a name only
    the last two parts count.

    Raises:
        PackageNotFoundError: one of the libraries is not installed.
        OSError: one of the files cannot be read.

    >>> digest_of(["rdflib"], []) == digest_of([], [])
    False
    """
    from importlib.metadata import version  # asking a store needs none of it

    digest = hashlib.sha256()
    for library in libraries:
        digest.update(f"{library} {version(library)}\0".encode())
    # A checkout and an installed wheel lie in different places and make the same graph.
    for path in sorted(paths, key=lambda path: path.parts[-2:]):
        if path.is_file():
            data = path.read_bytes()
            digest.update(f"{path.parent.name}/{path.name} {len(data)}\0".encode() + data)
    return digest.hexdigest()
