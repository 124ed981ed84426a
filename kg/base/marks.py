"""The files by which a folder is known that a build has written."""

from __future__ import annotations

from typing import Final

RECEIPT: Final = ".built.json"
"""The file that says what a page and its Turtle were made of."""

CURRENT: Final = "current"
"""The file of a store that names the snapshot that counts."""

LOCK: Final = "lock"
"""The file of a store that whoever writes it holds."""

BUILT: Final = ((RECEIPT,), (CURRENT, LOCK))
"""By which files a folder is known that a build has written: it holds no sources."""
