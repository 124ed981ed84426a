"""What tests must leave as it was: what a user has built, cached and keeps at home."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def untouched(checkout: Path, home: Path) -> Iterator[None]:
    """Fail where, in the meantime, anything of the user's has come, gone or changed."""
    before = _state(checkout, home)
    yield
    after = _state(checkout, home)
    changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
    assert changed == [], f"tests have touched {', '.join(changed)}"


def _state(checkout: Path, home: Path) -> dict[str, tuple[int, int]]:
    """Return what lies in the folders that `kg` writes to by default, and what there is at home."""
    ours = [checkout / "out", home / ".cache" / "kg"]
    files = [path for folder in ours for path in (folder, *folder.rglob("*"))]
    found: dict[str, tuple[int, int]] = {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in files if path.exists()
    }
    # Other programs write at home meanwhile: of these folders only what is in them by name counts.
    for folder in (home, home / ".cache", home / ".config", home / ".local" / "share"):
        found |= {str(path): found.get(str(path), (0, 0)) for path in folder.glob("*")}
    return found
