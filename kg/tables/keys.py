"""The keys of a table: which row had one first.

They lie in a database of SQLite without a name, which is in memory while it is small and else in a
file that nobody else sees and that goes when we go.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CACHE: Final = 32 << 10  # KiB


class Keys:
    """The keys that were seen, each with the first row that has it.

    >>> keys = Keys()
    >>> keys.firsts([["a"], ["b"], ["a"]], [2, 3, 4]), keys.firsts([["b"]], [5])
    ([2, 3, 2], [3])
    """

    def __init__(self) -> None:
        # Nothing of it is to survive: neither a crash nor the end of the import.
        self._database = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE k (key BLOB PRIMARY KEY, number INT) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def firsts(self, keys: Iterable[Sequence[str]], numbers: Sequence[int]) -> Sequence[int]:
        """Return for some rows, given by keys and numbers, the first row with the key: an earlier one or itself."""
        # Cells may hold anything, so whatever stood between them could be in them.
        texts = [(key[0] if len(key) == 1 else json.dumps(key)).encode() for key in keys]
        before = self._database.total_changes
        self._database.executemany(
            "INSERT OR IGNORE INTO k VALUES (?, ?)", zip(texts, numbers, strict=True)
        )
        if self._database.total_changes - before == len(texts):
            return numbers  # as it is to be
        asked = "SELECT number FROM k WHERE key = ?"
        return [int(self._database.execute(asked, (text,)).fetchone()[0]) for text in texts]
