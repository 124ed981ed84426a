"""What a snapshot claims of itself, in a file that carries a check of its own.

Of a snapshot of another version `format` and `check` alone are read: they stay what they are.
"""

from __future__ import annotations

import json
import operator
import zlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.store.index_files import IndexFile

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 5
"""The version of the layout; a store of another version is built again, never guessed at."""

FILES: Final = ("asserted.nq", "derived.nq", "record.json", "written.txt")
"""The files of a snapshot that its manifest speaks of, beside those of the index."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot claims of itself: sizes, ends and times are compared on opening, digests on reading.

    `asserted` and `derived` count quads, and `indexed` those of the index, to which two literals of
    one value are one; `sizes` and `digests` are of the files in `FILES`, in bytes and SHA-256, and
    `index` has the files of the index by name.
    """

    format: int
    engine: str
    asserted: int
    derived: int
    sizes: tuple[int, ...]
    digests: tuple[str, ...]
    indexed: int
    index: dict[str, IndexFile]

    @property
    def stamp(self) -> str:
        """The stamp of the graph, which Turtle and page of the same build bear."""
        from kg.base import stamp_of  # those who ask need none of it

        asserted, derived = self.digests[:2]
        return stamp_of(asserted, derived)

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest | None:
        """Return what a manifest claims, or None where it is of another version.

        Raises:
            ValueError, TypeError, LookupError, AttributeError, RecursionError: it is damaged.
        """
        claimed = json.loads(data)
        check = claimed.pop("check", None)
        # Compared before the version, which may be what is damaged; the first ones had none.
        if check != _check(claimed) and (check is not None or claimed["format"] >= FORMAT):
            raise ValueError(check)
        if claimed["format"] != FORMAT:
            return None
        number = operator.index
        counts = {name: number(claimed[name]) for name in ("asserted", "derived", "indexed")}
        sizes = tuple(number(size) for size, _ in zip(claimed["sizes"], FILES, strict=True))
        digests = tuple(str(digest) for digest, _ in zip(claimed["digests"], FILES, strict=True))
        index = {
            str(name): IndexFile(number(size), number(end), str(digest), number(modified))
            for name, (size, end, digest, modified) in claimed["index"].items()
        }
        given = {**claimed, **counts, "sizes": sizes, "digests": digests, "index": index}
        return cls(**given)

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON, with its check."""
        claims = asdict(self)
        return json.dumps({**claims, "check": _check(claims)}, indent=1).encode()


def _check(claims: Mapping[str, Any]) -> int:
    # Not against somebody who means it, who could write the check as well.
    return zlib.crc32(json.dumps(claims, sort_keys=True).encode())
