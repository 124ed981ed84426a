"""What tests must leave as it was: what a user has built, cached and keeps at home."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@contextmanager
def untouched(home: Path, *ours: Path) -> Iterator[None]:
    """Fail where, in the meantime, anything of the user's has come, gone or changed.

    `ours` are the folders that `kg` writes to where nobody names others: all that is in them counts.
    """
    before = _state(home, ours)
    yield
    after = _state(home, ours)
    changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
    assert changed == [], f"tests have touched {', '.join(changed)}"


def _state(home: Path, ours: Sequence[Path]) -> dict[str, tuple[int, int]]:
    files = [path for folder in ours for path in (folder, *folder.rglob("*"))]
    found: dict[str, tuple[int, int]] = {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in files if path.exists()
    }
    # Other programs write at home meanwhile: of these folders only what is in them by name counts.
    for folder in (home, home / ".cache", home / ".config", home / ".local" / "share"):
        found |= {str(path): found.get(str(path), (0, 0)) for path in folder.glob("*")}
    return found
