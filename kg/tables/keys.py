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
    from collections.abc import Sequence

_CACHE: Final = 32 << 10  # KiB


class Keys:
    """The keys that were seen, each with the first row that has it.

    >>> keys = Keys()
    >>> keys.first(["a"], 2), keys.first(["b"], 3), keys.first(["a"], 4)
    (2, 3, 2)
    """

    def __init__(self) -> None:
        # Nothing of it is to survive: neither a crash nor the end of the import.
        self._database = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE k (key BLOB PRIMARY KEY, number INT) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def first(self, key: Sequence[str], number: int) -> int:
        """Return the first row with a key: an earlier one, or this one, which is then kept."""
        # Cells may hold anything, so whatever stood between them could be in them.
        text = (key[0] if len(key) == 1 else json.dumps(key)).encode()
        if self._database.execute("INSERT OR IGNORE INTO k VALUES (?, ?)", (text, number)).rowcount:
            return number
        found = self._database.execute("SELECT number FROM k WHERE key = ?", (text,)).fetchone()
        return int(found[0])
