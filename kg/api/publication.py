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
from kg.base import RECEIPT, OutputError, replace_file
from kg.graph import open_earlier
from kg.reports import count_figures
from kg.sources import digest_of, one_by_one, software_fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    the page, if any were asked for, and `written` says whether they had to be written.
    """

    graph: Graph
    summary: str
    files: tuple[Path, ...] = ()
    written: bool = False


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
    before = open_earlier(store) if store else cache.kept() if plain else None
    graph = build(paths, shipped=shipped, tables=tables, before=before, read=read)
    key = _made_of(graph) if folder else ""
    summary = _unchanged(folder, key) if folder else None
    contents: dict[str, bytes] = {}
    if summary is None:
        summary = _summary(graph)
        contents = _contents(graph, key, summary, page=not tables) if folder else {}
    if plain:
        cache.keep(graph)
    if store:
        graph.save(store)
    if folder:
        _write(folder, contents)
    names = (TURTLE,) if tables else (TURTLE, PAGE)
    files = tuple(folder / name for name in names) if folder else ()
    return Publication(graph, summary, files, written=bool(contents))


def _contents(graph: Graph, key: str, summary: str, *, page: bool) -> dict[str, bytes]:
    """Return the files by name, the receipt last: it speaks of the others."""
    contents = {TURTLE: graph.export()}
    if page:
        contents[PAGE] = graph.view().html
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    receipt = {"made_of": key, "files": digests, "summary": summary}
    return {**contents, RECEIPT: json.dumps(receipt).encode()}


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            path = folder / name
            replace_file(path, data)
    except OSError as error:
        problem = "made" if path is folder else "written"
        raise OutputError(f"{path}: cannot be {problem}: {error.strerror}") from None


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
        f"read {len(graph.sources)} files: {figures['statements']:,} statements"
        f" of {figures['sources']:,} source{'s' if figures['sources'] != 1 else ''},"
        f" {figures['statements with a span']:,} with a span"
        + (f", {rows:,} with a row;" if rows else ";")
        + f" {len(graph.index):,} triples, {len(findings)} findings"
    )
