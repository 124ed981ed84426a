"""Where graphs are kept: a folder here, or any SPARQL 1.1 endpoint by URL."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base import CURRENT, DamageError, StoreError
from kg.store.manifest import current_snapshot, find_fault
from kg.store.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.sources import Record
    from kg.store.remote import RemoteGraph
    from kg.store.snapshot import Snapshot

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_url(place: object) -> bool:
    """Tell whether a store is named by URL.

    >>> is_url("https://example.org/sparql"), is_url("stores/plans")
    (True, False)
    """
    return isinstance(place, str) and bool(_SCHEME.match(place))


def is_store(place: object) -> bool:
    """Tell whether a store is named: by URL, or by a folder that holds one.

    >>> is_store("https://example.org/sparql"), is_store("ontology")
    (True, False)
    """
    return is_url(place) or (Path(str(place)) / CURRENT).is_file()


@contextlib.contextmanager
def prepared_store(
    place: Path | str,
    asserted: bytes,
    derived: bytes,
    record: Record,
    known: Snapshot | None = None,
) -> Iterator[Callable[[], Path | str]]:
    """Make what is to become of the store at `place`, and lend what makes it so.

    That returns the folder of the snapshot, or the URL. See `kg.store.commit.prepared_snapshot` for a
    folder, which alone has use for what is `known`, and `kg.store.upload.upload_graph` for an
    endpoint, to which nothing is sent before.

    Raises:
        StoreError: the store cannot be written, or another build is writing it.
        UsageError: no such address can be.
        TimeLimitError: the endpoint takes too long.
    """
    if is_url(place):
        from kg.store.upload import upload_graph  # few stores are so far away

        yield lambda: upload_graph(str(place), asserted, derived, record)
        return
    from kg.store.commit import prepared_snapshot  # most only read

    with prepared_snapshot(Path(place), asserted, derived, record, known) as commit:
        yield commit


def open_store(place: Path | str) -> Snapshot | RemoteGraph:
    """Open the store at `place`: the current snapshot in a folder, or an endpoint by URL.

    Raises:
        StoreError: there is no store, or it is of another version, damaged or out of reach.
        UsageError: no such address can be.
        TimeLimitError: the endpoint takes too long.
    """
    if is_url(place):
        from kg.store.remote import open_remote  # few stores are so far away

        return open_remote(str(place))
    folder = Path(place)
    # Nothing is created by opening: an empty folder is no empty store.
    if not (folder / CURRENT).is_file():
        raise StoreError(f"{folder}: is no store; make one with kg build --store")
    current = current_snapshot(folder)
    if current is None:
        raise DamageError(folder, f"{CURRENT}: names no snapshot")
    try:
        return open_snapshot(current)
    except StoreError:
        if current_snapshot(folder) == current:
            raise
        return open_store(place)  # it has been built again meanwhile


def open_sound(place: Path | str, *, keep: bool = False) -> Snapshot | None:
    """Return the current snapshot of the store at `place`, or None unless all of it is sound.

    What is said and derived is in memory from then on if it is to be kept: it is read for that anyway. An endpoint has
    no snapshot: it keeps literals in its own way, so that a build starts from the files.
    """
    from kg.store.comparison import sound_snapshot  # most only ask

    current = None if is_url(place) else current_snapshot(Path(place))
    return sound_snapshot(current, keep=keep) if current else None


def open_current(place: Path | str) -> Snapshot | None:
    """Return the current snapshot of the store at `place`, or None where there is none that can be opened.

    For a build that changes it by `kg.store.snapshot_change`, which compares what it takes over. An endpoint has none.
    """
    current = None if is_url(place) else current_snapshot(Path(place))
    with contextlib.suppress(StoreError):
        return open_snapshot(current) if current else None
    return None


def find_damage(place: Path | str) -> str | None:
    """Return which file of the store at `place` is not what was written, and how; None if all are, to the byte.

    It reads all of the store, in little memory. An endpoint has no files of ours.

    Raises:
        StoreError: there is no store, it is of another version, or it cannot be read.

    >>> import kg, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = kg.build(check=False).save(folder)
    ...     whole = find_damage(folder)
    ...     (made / "record.json").unlink()
    ...     whole, find_damage(folder)
    (None, 'record.json: No such file or directory')
    """
    fault = store_fault(place)
    if isinstance(fault, DamageError):
        return fault.what
    if fault:
        raise fault
    return None


def store_fault(place: Path | str) -> StoreError | None:
    """Return what is wrong with the store at `place`, compared to the byte; None for nothing.

    See `find_damage`, which has words for damage alone.
    """
    try:
        held = None if is_url(place) else open_store(place).snapshot
    except StoreError as error:
        return error
    fault = find_fault(held.folder, held.manifest) if held else None
    if held and fault and held.folder != current_snapshot(Path(place)):
        return store_fault(place)  # it has been built again meanwhile
    return fault
