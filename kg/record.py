"""What a build remembers for the next one: what it read, from what else it was made, what it found.

With it a rebuild reads only the files that have changed. It lies beside the graph in a store.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import Finding, Report, ontology_folder
from kg.sources import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIBRARIES: Final = ("pyoxigraph", "shacl", "rustworkx", "pyyaml", "rdflib")


@dataclass(frozen=True)
class Record:
    """What a build remembers.

    `sources` maps the name of every file that was read to its trace, `basis` is what `basis`
    returned, `report` what the shapes found, without places, or None where they were not asked.
    """

    sources: dict[str, Trace] = field(repr=False)
    basis: str
    report: Report | None = None

    def to_bytes(self) -> bytes:
        """Return the record as JSON; the same record gives the same bytes.

        >>> record = Record({"a": Trace("00", ".nt", ("a:g",))}, "11", Report())
        >>> Record.from_bytes(record.to_bytes()) == record
        True
        """
        return json.dumps(asdict(self), ensure_ascii=False, indent=0).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Record:
        """Read a record.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: these are not the bytes of a record.
        """
        held = json.loads(data)
        sources = {
            name: Trace(**{**one, "graphs": tuple(one["graphs"]), "ids": tuple(one["ids"])})
            for name, one in held["sources"].items()
        }
        report = held["report"]
        findings = None if report is None else tuple(Finding(**one) for one in report["findings"])
        return cls(sources, held["basis"], None if findings is None else Report(findings))


@cache
def basis() -> str:
    """Return the digest of all that a graph depends on besides its sources.

    That is the ontology with its shapes and rules, this package, and the libraries that read, check
    and derive. Questions are asked later and do not count.

    >>> len(basis())
    64
    """
    digest = hashlib.sha256(versions(_LIBRARIES))
    root, package = ontology_folder(), Path(__file__).parent
    inside = (path for path in root.rglob("*") if path.parent != root / "questions")
    for base, paths in ((root, inside), (package, package.rglob("*.py"))):
        for path in sorted(paths):
            if path.is_file():
                data = path.read_bytes()
                digest.update(f"{path.relative_to(base)} {len(data)}\0".encode() + data)
    return digest.hexdigest()


def versions(libraries: Iterable[str]) -> bytes:
    """Return which versions of some libraries are installed, for a digest of what depends on them.

    Raises:
        PackageNotFoundError: one of them is not.

    >>> versions(["rdflib"]).startswith(b"rdflib ")
    True
    """
    from importlib.metadata import version  # asking a store needs none of it

    return "".join(f"{name} {version(name)}\0" for name in libraries).encode()
