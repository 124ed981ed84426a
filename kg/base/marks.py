"""The files by which a folder is known that a build has written."""

from __future__ import annotations

from typing import Final

TURTLE: Final = "plans.ttl"
"""The graph as a file, as a build writes it."""

RECEIPT: Final = ".built.json"
"""The file that says what a page and its Turtle were made of."""

CURRENT: Final = "current"
"""The file of a store that names the snapshot that counts."""

LOCK: Final = "lock"
"""The file of a store that whoever writes it holds."""

WRITING: Final = ".built.lock"
"""The file that whoever writes a page and its Turtle holds."""

BUILT: Final = ((RECEIPT,), (WRITING, TURTLE), (CURRENT, LOCK))
"""By which files a folder is known that a build has written: it holds no sources.

A receipt is missing while a build writes, and after it was broken off."""
