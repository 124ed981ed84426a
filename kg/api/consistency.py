"""Whether what lies in a folder, and in a store, is of one build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.receipt import PAGE, Receipt, read_receipt, stamp_of_file
from kg.base import RECEIPT, TURTLE, WRITING, is_locked, left_aside
from kg.store import Snapshot, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_publication(folder: Path | str, store: Path | str | None = None) -> tuple[str, ...]:
    """Return what is inconsistent in a folder that `kg build` has written, a sentence each.

    With a `store`, also whether that holds the same graph. Nothing is changed.

    Raises:
        StoreError, UsageError, TimeLimitError: the store cannot be opened, as `kg.open`.
    """
    folder = Path(folder)
    if is_locked(folder / WRITING):
        return (f"{folder}: a build is writing it; wait for its end",)
    return (*_of_files(folder), *(_of_store(folder, store) if store else ()), *_of_left(folder))


def _of_files(folder: Path) -> Iterator[str]:
    """Say what the receipt does not hold of."""
    receipt = read_receipt(folder)
    if receipt is None:
        if (folder / RECEIPT).exists():
            yield f"{folder / RECEIPT}: is no receipt of a build; build it again"
        elif any((folder / name).exists() for name in (TURTLE, PAGE, WRITING)):
            yield f"{folder}: a build of it was broken off; build it again"
        else:
            yield f"{folder}: no build has written here; name the folder of one"
    for name in (TURTLE, PAGE):
        yield from _of_file(folder / name, receipt)
    stamps = {stamp_of_file(folder / name) for name in (TURTLE, PAGE)} - {None}
    if len(stamps) > 1 and receipt is None:
        yield f"{folder}: {TURTLE} and {PAGE} are of different graphs; build it again"


def _of_file(path: Path, receipt: Receipt | None) -> Iterator[str]:
    if receipt is None:
        return
    if path.name not in receipt.files:
        if stamp_of_file(path):
            yield f"{path}: is of another build than what is beside it; remove it"
    elif not path.exists():
        yield f"{path}: is missing; build it again"
    elif not _holds(receipt, path):
        stamp = stamp_of_file(path)
        what = "has been changed since" if stamp == receipt.stamp else "is of another build"
        yield f"{path}: {what}; build it again"


def _holds(receipt: Receipt, path: Path) -> bool:
    try:
        return path.is_file() and receipt.holds(path)
    except OSError:
        return False


def _of_store(folder: Path, store: Path | str) -> Iterator[str]:
    """Say where a store holds another graph; an endpoint, which writes values in its own way, has no stamp."""
    held = open_store(store)
    stamp = held.manifest.stamp if isinstance(held, Snapshot) else None
    for name in (TURTLE, PAGE):
        other = stamp_of_file(folder / name)
        if stamp and other and other != stamp:
            yield f"{folder / name}: is of another graph than the store {store}; build both again"


def _of_left(folder: Path) -> Iterator[str]:
    for path in left_aside(folder):
        yield f"{path}: was left by a command that was killed; the next build removes it"
