"""Which entities a file has, looked up by identifiers: on the disk, for there may be millions."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from kg.base import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class KnownEntity(NamedTuple):
    """An entity that a file has: the `line` on which it stands first, what we call it, and its class, or "".

    It `is_over` if it is somebody who died, or was dissolved.
    """

    line: int
    slug: str
    kind: str
    is_over: bool


class EntityBook:
    """The entities of a file by their identifiers; a merged one by each that it had.

    >>> with EntityBook.opened() as book:
    ...     book.add([("NK-1", 7, "ftm-NK-1", "Company", False), ("NK-1", 9, "ftm-NK-1", "Person", False)])
    ...     book.find("NK-1"), book.find("NK-2")
    (KnownEntity(line=7, slug='ftm-NK-1', kind='Company', is_over=False), None)
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        # What is lost with the process need not survive a crash of the machine.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE TABLE entity (id TEXT PRIMARY KEY, line INTEGER, slug TEXT, kind TEXT, is_over INTEGER)"
            " WITHOUT ROWID"
        )

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator[EntityBook]:
        """Open a book in a file without a name, which is gone afterwards.

        Raises:
            OutputError: there is no room for it.
        """
        database = sqlite3.connect("", isolation_level=None)
        try:
            yield cls(database)
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"the folder for temporary files cannot hold what a large file names: {error}"
                " (TMPDIR names another folder)"
            ) from None
        finally:
            database.close()

    def add(self, entities: Iterable[tuple[str, int, str, str, bool]]) -> None:
        """Add entities by identifier, with line, slug, class and whether they are over.

        Of two with one identifier the first stays.
        """
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR IGNORE INTO entity VALUES (?, ?, ?, ?, ?)", entities)
        self._database.execute("COMMIT")

    def find(self, name: str) -> KnownEntity | None:
        """Return the entity of an identifier, or None where the file has none."""
        found = self._database.execute(
            "SELECT line, slug, kind, is_over FROM entity WHERE id = ?", (name,)
        ).fetchone()
        if found is None:
            return None
        line, slug, kind, over = found
        return KnownEntity(line, slug, kind, bool(over))
