"""The engine of shapes: what it finds in N-Quads, as findings.

It runs over the N-Quads and not over the index, which rewrites literals. Of the engines that were measured
(`tests/benchmarks/RESULTS.md`) it is the fastest, and the only one besides pySHACL that found in every example, and
in data broken at random, all that pySHACL finds; the tests hold it against pySHACL. What it finds beyond are ill-typed
literals that Python reads and XML Schema does not, and time zones of days, which rdflib drops. It refuses what it
does not know in a shape.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.base import MOST_SHOWN, Finding, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import shacl

Broken: TypeAlias = "tuple[str, Finding]"
"""A node that breaks a shape, as the engine writes it, and what is told of it."""

_IRI: Final = re.compile("<[^<>]*>")

# The start of a day or a time with a year that the engine cannot hold, and breaks off at. Only the
# quote that opens a literal follows a space, and nothing is gone through twice: a text may be all digits.
_AGES: Final = re.compile(rb'(?<= )"(?=-?[0-9]{18}(?:[^"\\]|\\.)*+"\^\^<[^>#]*+#(?:date|gYear))')


def against_shapes(asserted: bytes | Path, shapes: bytes) -> Iterable[Broken]:
    """Yield what breaks shapes in N-Quads, or in a file of them with the ending `.nq`, which takes less memory."""
    for focus, finding in _results(shapes.decode(), "turtle", asserted):
        yield focus, finding if finding.message else replace(finding, message="breaks this shape")


@contextlib.contextmanager
def found_apart(asserted: Path, shapes: bytes) -> Iterator[Iterable[Broken]]:
    """Lend what will be found in a file of N-Quads that breaks the shapes, which is looked for in a thread of its own.

    Neither the engine of shapes nor that of queries needs what Python holds, nor the text in memory.
    """
    from concurrent.futures import ThreadPoolExecutor  # few need it

    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(lambda: list(against_shapes(asserted, shapes)))

        def broken() -> Iterator[Broken]:
            yield from found.result()

        yield broken()


def held_against(shapes: str, syntax: str, asserted: bytes | Path) -> Iterable[Finding]:
    """Yield what the engine finds, in an order that is always the same; a message may be "".

    Raises:
        ValueError: the engine refuses the shapes.
    """
    found = (finding for _, finding in _results(shapes, syntax, asserted))
    return sorted(found, key=order_of)


def _results(shapes: str, syntax: str, asserted: bytes | Path) -> Iterable[tuple[str, Finding]]:
    """Return what the engine finds, each with the node as the engine writes it, which tells an IRI from a text."""
    import shacl  # those who only ask need none of it

    # Text, not the store: an ill-typed literal is to be seen as it was written.
    rules = shacl.Shapes.from_text(shapes, syntax)
    if isinstance(asserted, bytes):
        found = rules.validate_text(_bounded(asserted).decode(), "nquads")
    else:
        with _bounded_file(asserted) as path:
            found = rules.validate_file(str(path))
    results = found.results
    return ((result.focus_node, _found(result)) for result in results)


def _found(result: shacl.Result) -> Finding:
    value, path = result.value_plain, result.path
    simple = _IRI.fullmatch(path or "")
    return Finding(
        node=_plain(result.focus_node),
        path=_plain(path) if simple else None,
        value=None if value is None else shorten(value)[:MOST_SHOWN],
        message=result.message or "",
        shape=_plain(result.source_shape),
        violation=result.severity == "Violation",
        term=result.value,
        way=None if simple else path,
        component=result.component_iri,
        severity=result.severity_iri,
    )


def _bounded(nquads: bytes) -> bytes:
    """Return `nquads` with years that overrun the engine made what it reports: no date at all."""
    return _AGES.sub(rb'"~', nquads)


@contextlib.contextmanager
def _bounded_file(nquads: Path) -> Iterator[Path]:
    """Lend a file of N-Quads that is bounded as `_bounded` is: the same one, where nothing overruns."""
    with nquads.open("rb") as lines:
        if not any(map(_AGES.search, lines)):
            yield nquads
            return
        lines.seek(0)
        with tempfile.NamedTemporaryFile(dir=nquads.parent, suffix=".nq") as bounded:
            bounded.writelines(map(_bounded, lines))
            bounded.flush()
            yield Path(bounded.name)


def _plain(term: str | None) -> str:
    r"""Return an IRI or the text of a literal, given in the syntax of N-Triples.

    >>> _plain("<a:s>"), _plain('"a \\" b"@en')
    ('a:s', 'a " b')
    """
    if term is None or _IRI.fullmatch(term):
        return (term or "")[1:-1]
    (quad,) = ox.parse(f"<a:s> <a:p> {term} .", ox.RdfFormat.N_TRIPLES)
    return str(getattr(quad.object, "value", term))


def is_node(written: str) -> bool:
    """Tell whether what the engine writes for a node is an IRI, and no text.

    >>> is_node("<a:s>"), is_node('"<a:s>"')
    (True, False)
    """
    return bool(_IRI.fullmatch(written))


def order_of(finding: Finding) -> tuple[bool, *tuple[str, ...]]:
    """Return by what findings are sorted: what is broken first, then node by node."""
    return (
        not finding.violation,
        finding.node,
        finding.path or "",
        finding.value or "",
        finding.message,
        finding.shape,
        finding.component or "",
    )
