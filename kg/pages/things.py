"""Whatever has an address here: the page or the triples of a thing, a promise, a source or a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import pyoxigraph as ox

from kg.base import ID, UnknownNameError, UsageError, nearest, shorten
from kg.pages.described import describe_thing
from kg.pages.faults import fault_page
from kg.pages.promise import promise_page
from kg.pages.source import source_page
from kg.pages.statement import statement_page
from kg.pages.thing import thing_page
from kg.promises import KINDS, load_origins, read_statements
from kg.query import find_things

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame

SUFFIXES: Final = {".ttl": "ttl", ".jsonld": "jsonld", ".nt": "nt"}
"""The endings of an address that ask for triples, and in which form."""

FEW: Final = 5
"""How many things are named that may have been meant."""


def any_page(desk: Desk, frame: Frame, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the page or the triples of what has an address here.

    Args:
        desk: What pages share.
        frame: What surrounds the page.
        given: The `slug`, as it stands in the address, or the whole `iri`; and the `forms` that are accepted,
            most wanted first: html, or one of those of triples; and the `format` that the address names, if it does.

    Raises:
        UnknownNameError: there is no such thing, and triples were wished for; else a page says so, whose form is
            "missing".
        UsageError: the address ends in one form and names another.
    """
    forms = given.get("forms") or ["html"]
    found = next(_meant(desk, given), None)
    if found is None:
        return _missing(
            desk, frame, unquote(str(given.get("slug") or given.get("iri") or "")), forms[0]
        )
    iri, form = found
    wished = str(given.get("format") or form)
    if form and wished != form:
        raise UsageError(
            f"the address ends in .{form} and asks for the form {wished!r}; leave one out"
        )
    form = form or forms[0]
    if form != "html":
        return form, describe_thing(desk.graph, iri).write(form)
    name = shorten(iri)
    if name in desk.by_name:
        return "html", promise_page(desk, frame, name)
    if load_origins(desk.index, [name]):
        return "html", source_page(desk, frame, name)
    statement = read_statements(desk.index, [name]).get(name)
    if statement and statement.kind in KINDS:
        return "html", statement_page(desk, frame, statement)
    return "html", thing_page(desk, frame, name, iri)


def _meant(desk: Desk, given: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Yield the IRIs that an address can mean and that are in the graph, each with the form of its ending."""
    slug = str(given.get("slug") or "")
    # An IRI with escapes of its own is asked for by them, as it is; else they are those of the address.
    names = dict.fromkeys([unquote(slug), slug]) if slug else {str(given.get("iri") or ""): None}
    for ending, form in {"": None, **SUFFIXES}.items():
        for name in names:
            iri = _iri(name.removesuffix(ending), own=bool(slug)) if name.endswith(ending) else None
            if iri and iri in desk.index:
                yield iri, form


def _iri(name: str, *, own: bool) -> str | None:
    try:
        return ox.NamedNode(ID + name if own else name).value if name else None
    except ValueError:
        return None


def _missing(desk: Desk, frame: Frame, name: str, form: str) -> tuple[str, bytes]:
    """Return the page that says what may have been meant.

    Raises:
        UnknownNameError: triples were wished for.
    """
    if form != "html":
        raise UnknownNameError("thing", name, desk.slugs)
    words = name.rpartition("/")[2].replace("-", " ").strip()[:60]
    alike = [one.name for one in find_things(desk.index, words)[:FEW]] if words else []
    near = alike or nearest(name[:60], set(desk.slugs), FEW)
    hints = [(frame.to(one), desk.slugs.get(one, one)) for one in near]
    told = str(UnknownNameError("thing", name, []))
    if frame.as_of:
        # It may have become known since.
        told += f" in what was known on {frame.as_of}"
        hints.insert(0, (frame.now, "the same in what is known now"))
    return "missing", fault_page(404, told, frame, hints)
