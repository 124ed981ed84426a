"""A build published: the store, the Turtle and the page, with a receipt of what they were made of.

Writing the page and the Turtle of a large graph takes longer than finding out that nothing has
changed since. So files that are there already, to the byte, are left as they are.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.api import cache
from kg.api.building import build
from kg.base import RECEIPT, OutputError, counted, replace_file
from kg.graph import open_earlier
from kg.reports import count_figures
from kg.sources import digest_of, one_by_one, software_fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.base import Finding
    from kg.graph import Graph
    from kg.sources import Reader

TURTLE: Final = "plans.ttl"
PAGE: Final = "plans.html"
_LIBRARIES: Final = ("networkx", "numpy", "pyvis", "rustworkx")
_COUNTED: Final = ("statements", "sources", "statements with a span", "statements with a row")


@dataclass(frozen=True)
class Publication:
    """What became of a build.

    `graph` is the graph, `summary` a clause that says how much it holds, `files` are the Turtle and
    the page, if any were asked for, and `written` says whether they, or else the store, had to be
    written.
    """

    graph: Graph
    summary: str
    files: tuple[Path, ...] = ()
    written: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the shapes found: warnings, since a graph that breaks a shape is not published."""
        return self.graph.report.findings if self.graph.report else ()


def publish(  # noqa: PLR0913 - an option each
    paths: Sequence[Path | str] = (),
    *,
    shipped: bool | None = None,
    tables: bool = False,
    store: str | None = None,
    folder: Path | None = None,
    read: Reader = one_by_one,
) -> Publication:
    """Build a graph and write it to a store, or as Turtle and page to a folder, or both.

    Args:
        paths: files and folders to read; without any the shipped data.
        shipped: as in `build`.
        tables: as in `build`; a page of so much is drawn on request only, so there is none.
        store: a folder or URL, from which all is taken that has not changed since.
        folder: where the Turtle and the page go.
        read: how files are read; as in `build`.

    Raises:
        SourceError, FindingsError, WorkerError: as `build`.
        StoreError, UsageError, TimeLimitError: as `kg.Graph.save`.
        OutputError: the folder cannot be written.
    """
    plain = not paths and not tables  # the graph that commands without --store answer from
    before = _earlier(store, plain=plain)
    graph = build(paths, shipped=shipped, tables=tables, before=before, read=read)
    # Made before anything is written: what cannot be drawn leaves store and folder as they were.
    files = Files(graph, folder, page=not tables) if folder else None
    if store:
        graph.save(store)
    elif plain:
        cache.keep(graph)
    if files is None:
        # The very same index says that nothing has changed since the store was written.
        changed = before is None or graph.index is not before.index
        return Publication(graph, _summary(graph), written=changed)
    files.write()
    return Publication(graph, files.summary, files.paths, written=bool(files.contents))


def _earlier(store: str | None, *, plain: bool) -> Graph | None:
    """Return the graph from which all is taken that has not changed since."""
    if store:
        return open_earlier(store)
    return cache.kept() if plain else None


class Files:
    """The Turtle and the page of a graph, made when this is, unless they are in the folder already."""

    def __init__(self, graph: Graph, folder: Path, *, page: bool) -> None:
        """Make what is to be written to `folder`; nothing is written yet."""
        self.paths = (folder / TURTLE, folder / PAGE) if page else (folder / TURTLE,)
        self._folder = folder
        key = _made_of(graph)
        unchanged = _unchanged(folder, key)
        self.summary = unchanged or _summary(graph)
        self.contents = {} if unchanged else _contents(graph, key, self.summary, page=page)

    def write(self) -> None:
        """Write what is not there yet, each file as a whole.

        Raises:
            OutputError: the folder or a file cannot be written.
        """
        path = self._folder
        try:
            path.mkdir(parents=True, exist_ok=True)
            for name, data in self.contents.items():
                path = self._folder / name
                replace_file(path, data)
        except OSError as error:
            problem = "made" if path is self._folder else "written"
            raise OutputError(f"{path}: cannot be {problem}: {error.strerror}") from None


def _contents(graph: Graph, key: str, summary: str, *, page: bool) -> dict[str, bytes]:
    """Return the files by name, the receipt last: it speaks of the others."""
    # A page is drawn from the graph alone and does not know the day, so that it can be compared.
    contents = {TURTLE: graph.export()}
    if page:
        contents[PAGE] = graph.view().html
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    receipt = {"made_of": key, "files": digests, "summary": summary}
    return {**contents, RECEIPT: json.dumps(receipt).encode()}


def _made_of(graph: Graph) -> str:
    """Return the digest of all that the files follow from: the graph, and the code that writes them."""
    digest = hashlib.sha256(software_fingerprint().encode())
    for quads in (graph.asserted, graph.derived):
        digest.update(hashlib.sha256(quads).digest())
    code = [path for package in ("kg", "viz") for path in _files_of(package)]
    digest.update(digest_of(_LIBRARIES, code).encode())
    return digest.hexdigest()


def _files_of(package: str) -> list[Path]:
    spec = find_spec(package)
    root = Path(str(spec.origin if spec else "")).parent
    paths = [path for path in root.rglob("*") if path.suffix != ".pyc"]
    # The shipped ontology and data lie within an installed package; they are in the graph.
    return [path for path in paths if "_home" not in path.relative_to(root).parts]


def _unchanged(folder: Path, key: str) -> str | None:
    """Return the summary of the files in `folder` if they were made of `key` and are there still.

    The files then count as just made, for make.
    """
    try:
        receipt = json.loads((folder / RECEIPT).read_bytes())
        digests = {folder / name: digest for name, digest in receipt["files"].items()}
        if receipt["made_of"] != key or not all(map(_holds, digests, digests.values())):
            return None
        # For make, which goes by the time of a file, they are as good as new.
        for path in digests:
            path.touch()
        return str(receipt["summary"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None  # no receipt of ours: the files are made anew


def _holds(path: Path, digest: str) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _summary(graph: Graph) -> str:
    figures = count_figures(graph.index, _COUNTED)
    findings = graph.report.findings if graph.report else ()
    rows = figures["statements with a row"]
    return (
        f"read {counted(len(graph.sources), 'file')}: {counted(figures['statements'], 'statement')}"
        f" of {counted(figures['sources'], 'source')},"
        f" {figures['statements with a span']:,} with a span"
        + (f", {rows:,} with a row;" if rows else ";")
        + f" {counted(len(graph.index), 'triple')}, {counted(len(findings), 'finding')}"
    )
