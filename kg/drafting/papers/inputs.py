"""What a user names to be drafted: files, folders of them, addresses of pages, standard input."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import SourceError, UsageError
from kg.drafting.papers.documents import MAX_TEXT
from kg.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

STDIN: Final = "-"
ENDINGS: Final = (".htm", ".html", ".txt", ".xhtml")
"""The endings of what is drafted of a folder."""

_ADDRESS: Final = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*)://")


def is_address(name: str) -> bool:
    """Tell whether a name is the address of a page.

    Raises:
        UsageError: an address that nothing is fetched from.

    >>> is_address("https://gazette.example/acme"), is_address("acme.html")
    (True, False)
    """
    found = _ADDRESS.match(name)
    if found and found[1].lower() not in {"http", "https"}:
        raise UsageError(f"{name}: pages are fetched by http and https alone; save it as a file")
    return bool(found)


def find_inputs(names: Iterable[str]) -> list[str]:
    """Return what is to be drafted, each once: of a folder its pages and texts, in order of their names.

    Raises:
        SourceError: a folder without any.
        UsageError: as `is_address`.
    """
    found: dict[str, None] = {}
    for name in names:
        if not name:  # which would be the folder that one is in
            raise UsageError("a name is empty; name a text, a page, a folder or an address")
        if name == STDIN or is_address(name) or not Path(name).is_dir():
            found[name] = None
            continue
        inside = sorted(
            str(path) for path in Path(name).iterdir() if path.suffix.lower() in ENDINGS
        )
        if not inside:
            raise SourceError(name, f"holds nothing to draft, which ends in {', '.join(ENDINGS)}")
        found.update(dict.fromkeys(inside))
    return list(found)


def load_input(name: str) -> tuple[bytes, str | None]:
    """Return the bytes of a text or a page, and the address at which it was found, if at any.

    Raises:
        SourceError: it cannot be read or fetched, or is too large.
    """
    if name == STDIN:
        return sys.stdin.buffer.read(MAX_TEXT + 1), None
    if is_address(name):
        from kg.drafting.papers.fetching import fetch_page  # most have files

        return fetch_page(name)
    return read_bytes(Path(name), limit=MAX_TEXT), None
