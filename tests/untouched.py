"""What tests must leave as it was: what a user has built, cached and keeps at home."""

from __future__ import annotations

from contextlib import contextmanager
from fnmatch import fnmatch
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TOOLS = (".*_cache", ".coverage*", ".hypothesis")
"""What comes and goes in a checkout whenever tests run, by other hands than ours."""

_SHELLS = (".*_history", ".lesshst", ".viminfo")
"""What changes at home whenever somebody works there meanwhile."""


@contextmanager
def untouched(home: Path, checkout: Path, cache: Path) -> Iterator[None]:
    """Fail where, in the meantime, anything of the user's has come, gone or changed.

    `cache` is the folder in which `kg` keeps things where nobody names another.
    """
    before = _state(home, checkout, cache)
    yield
    after = _state(home, checkout, cache)
    changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
    assert changed == [], f"tests have touched {', '.join(changed)}"


def _state(home: Path, checkout: Path, cache: Path) -> dict[str, tuple[int, int]]:
    shared = (home / ".cache", home / ".config", home / ".local" / "share")
    # Of the cache our own folder alone: other checkouts have theirs beside it.
    ours = (checkout / "out", cache, *(folder / "kg" for folder in shared[1:]))
    # Only of what is ours, and of files right at home, nobody else changes what is in them.
    files = {path for folder in ours for path in (folder, *folder.rglob("*"))}
    files |= {path for path in home.glob("*") if path.is_file() and not _is_of(path, _SHELLS)}
    # Of the rest only what is there by name counts.
    names = {path for folder in (home, *shared) for path in folder.glob("*")}
    names |= {path for path in checkout.glob("*") if not _is_of(path, _TOOLS)}
    return {str(path): (0, 0) for path in names} | {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in files
        if path.is_symlink() or path.exists()
    }


def _is_of(path: Path, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(path.name, pattern) for pattern in patterns)
