"""Turtle and page of a graph in a folder, one publication with a receipt of what it was made of.

All is written aside first. Then the receipt goes, the files get their names, and a receipt of them
is put there last: where there is one, it speaks of what is there. Writing the page and the Turtle of
a large graph takes longer than finding out that nothing has changed since, so files that are there
already, to the byte, are left as they are.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.api.receipt import PAGE, Receipt, read_receipt, stamp_of_file
from kg.base import (
    NAME,
    RECEIPT,
    TURTLE,
    WRITING,
    OutputError,
    busy,
    counted,
    digest_of_parts,
    held_file,
    locked,
    made_folder,
    stamp_of,
    sweep,
    sync_folder,
    turtle_head,
    written_aside,
)
from kg.reports import count_figures
from kg.sources import digest_of, software_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.graph import Graph

_LIBRARIES: Final = ("networkx", "numpy", "pyvis", "rustworkx")
_PLACES: Final = ("a span", "a row", "an element")
COUNTED: Final = ("statements", "sources", *(f"statements with {place}" for place in _PLACES))


@dataclass(frozen=True)
class Outputs:
    """What is to become of a folder.

    `paths` are the files, `summary` is a clause that says how much the graph holds, `written` says
    whether anything has to be written, and `put` does so around something else that is committed
    together with it.
    """

    paths: tuple[Path, ...]
    summary: str
    written: bool
    put: Callable[[Callable[[], object]], object]


@contextlib.contextmanager
def prepared_outputs(graph: Graph, folder: Path, *, page: bool, modified: int) -> Iterator[Outputs]:
    """Make the Turtle and the page of a graph, and write them aside unless they are there already.

    They count as modified at the time given, in nanoseconds, all of them: so whoever changes one,
    or puts another in its place, is seen by the time alone.

    Raises:
        OutputError: the folder or a file cannot be written, or another build is writing there.
    """
    names = (TURTLE, PAGE) if page else (TURTLE,)
    paths = tuple(folder / name for name in names)
    stamp = stamp_of(*map(digest_of_parts, (graph.asserted, graph.derived)))
    key = _made_of(stamp)
    if unchanged := _unchanged(folder, key, names, modified):
        sweep(folder)
        yield Outputs(paths, unchanged, written=False, put=lambda commit: commit())
        return
    with contextlib.ExitStack() as held:
        with _told(folder, "made"):
            held.enter_context(made_folder(folder))
        with _told(folder):
            stay = held.enter_context(locked(folder / WRITING))
        summary = summary_of(graph)
        contents = _contents(graph, names, stamp)
        receipt = Receipt.of(key, stamp, contents, summary)
        with _told(folder):
            put = _aside(folder, contents, receipt, modified, held)

        def put_all(commit: Callable[[], object]) -> None:
            stay()
            put(commit)

        yield Outputs(paths, summary, written=True, put=put_all)


def summary_of(graph: Graph) -> str:
    """Return a clause that says how much a graph holds."""
    return told_by(count_figures(graph.index, COUNTED), graph, len(graph.index))


def told_by(figures: Mapping[str, int], graph: Graph, triples: int) -> str:
    """Return the clause of `summary_of`, given the figures of `COUNTED` by name, and how many triples there are."""
    findings = graph.report.findings if graph.report else ()
    places = [(figures[f"statements with {place}"], place) for place in _PLACES]
    # Spans are told even where there are none: they are what an article should have.
    founded = (
        f"{count:,} with {place}" for at, (count, place) in enumerate(places) if count or not at
    )
    return (
        f"read {counted(len(graph.sources), 'file')}: {counted(figures['statements'], 'statement')}"
        f" of {counted(figures['sources'], 'source')}, {', '.join(founded)};"
        f" {counted(triples, 'triple')}, {counted(len(findings), 'finding')}"
    )


@contextlib.contextmanager
def _told(folder: Path, problem: str = "written", then: str = "") -> Iterator[None]:
    """Tell what the system says in a sentence."""
    try:
        yield
    except BlockingIOError:
        raise OutputError(busy(folder)) from None
    except OSError as error:
        where = folder if problem == "made" else error.filename or folder
        raise OutputError(f"{where}: cannot be {problem}: {error.strerror}{then}") from None


def _aside(
    folder: Path,
    contents: dict[str, bytes],
    receipt: Receipt,
    modified: int,
    held: contextlib.ExitStack,
) -> Callable[[Callable[[], object]], None]:
    """Write all aside; return what puts it into place."""
    files = {folder / name: data for name, data in contents.items()}
    put_files = held.enter_context(written_aside(files, modified=modified))
    told = {folder / RECEIPT: receipt.to_bytes()}
    put_receipt = held.enter_context(written_aside(told, modified=modified))
    # Reserved now: when it is needed nothing may fail for want of room.
    _, spare = held.enter_context(held_file(folder))

    def put(commit: Callable[[], object]) -> None:
        with _taken_away(folder, spare):
            commit()
        with _told(folder, then=f"; {folder} is unfinished: build it again"):
            if PAGE not in contents and stamp_of_file(folder / PAGE):
                (folder / PAGE).unlink()  # it is of an earlier build, which had one
            put_files()
            put_receipt()

    return put


@contextlib.contextmanager
def _taken_away(folder: Path, spare: Path) -> Iterator[None]:
    """Have no receipt any more, unless what follows fails."""
    with contextlib.ExitStack() as undo:
        with _told(folder), contextlib.suppress(FileNotFoundError):
            undo.callback(_put_back, spare, folder / RECEIPT)
            (folder / RECEIPT).replace(spare)
            # Not before it is gone for good may what it speaks of change.
            sync_folder(folder)
        yield
        undo.pop_all()


def _put_back(spare: Path, receipt: Path) -> None:
    with contextlib.suppress(OSError):  # without one the next build makes all anew
        if spare.stat().st_size:
            spare.replace(receipt)


def _contents(graph: Graph, names: tuple[str, ...], stamp: str) -> dict[str, bytes]:
    """Return the files by name, each with the stamp of the graph."""
    contents = {TURTLE: turtle_head(stamp) + graph.export()}
    if PAGE in names:
        # A page is drawn from the graph alone and does not know the day, so that it can be compared.
        contents[PAGE] = graph.view(meta={NAME: stamp}).html
    return contents


def _made_of(stamp: str) -> str:
    """Return the digest of all that the files follow from: the graph, and the code that writes them."""
    parts = (software_fingerprint(), stamp, _digest_of_code())
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


@cache
def _digest_of_code() -> str:
    """Return the digest of the code that writes the files; a process goes on with that which it began with."""
    code = [path for package in ("kg", "viz") for path in _files_of(package)]
    return digest_of(_LIBRARIES, code)


def _files_of(package: str) -> list[Path]:
    spec = find_spec(package)
    root = Path(str(spec.origin if spec else "")).parent
    paths = [path for path in root.rglob("*") if path.suffix != ".pyc"]
    # The shipped ontology and data lie within an installed package; they are in the graph.
    return [path for path in paths if "_home" not in path.relative_to(root).parts]


def _unchanged(folder: Path, key: str, names: tuple[str, ...], modified: int) -> str | None:
    """Return the summary of the files in `folder` if they were made of `key` and are there still.

    The files then count as just made, for make, which goes by their time.
    """
    receipt = read_receipt(folder)
    if not receipt or receipt.made_of != key or receipt.files.keys() != set(names):
        return None
    try:
        if not all(receipt.holds(folder / name) for name in names):
            return None
        for name in (*names, RECEIPT):
            os.utime(folder / name, ns=(modified, modified))
    except OSError:
        return None  # it is gone, or another's: made anew
    return receipt.summary
