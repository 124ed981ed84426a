"""The page of a source: who published it when, and everything that it says, in order, with the places in its text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.base import counted
from kg.pages.linked import describe_source
from kg.pages.rendering import render
from kg.pages.telling import Telling
from kg.promises import load_left_out, load_origins, load_standings, read_statements
from kg.query import select_named

if TYPE_CHECKING:
    from kg.pages.desk import Desk
    from kg.pages.frame import Frame

MOST: Final = 500
"""How many statements of a source its page tells: of a table that has more they are for a question to list."""

_SAID: Final = "SELECT DISTINCT ?statement {{ {named} ?statement cp:source ?s }}"
_MORE: Final = """SELECT DISTINCT ?p ?o {{ {named} ?s ?p ?o FILTER (?p IN (
  schema:author, schema:inLanguage, cp:publishedPrecision, rdfs:comment, cp:cites, cp:hasTopic, schema:sha256
)) }}"""
_TEXT: Final = "SELECT ?digest ?length {{ {named} ?s cp:text ?text . ?text schema:sha256 ?digest ; cp:length ?length }}"


def source_page(desk: Desk, frame: Frame, name: str) -> bytes:
    """Return the page of a source."""
    index, origin = desk.index, load_origins(desk.index, [name])[name]
    names = sorted(str(one) for (one,) in select_named(index, _SAID, [name]))
    statements = read_statements(index, names[:MOST])
    promises = load_standings(index, desk.today, statements, "statement")
    more: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in sorted(select_named(index, _MORE, [name]), key=str):
        more[str(key)].append(str(value))
    named = [origin.publisher, *(value for values in more.values() for value in values)]
    telling = Telling.of(desk, statements, promises, named)
    text = next(select_named(index, _TEXT, [name]), None)
    pledges = {stated: telling.pledge(one) for one in promises for stated in one.statements}
    publisher = telling.label(origin.publisher)
    return render(
        "source.html", frame, title=origin.title or name,
        description=f"{origin.title}, {publisher} {origin.published}: {counted(len(names), 'statement')}.",
        linked=describe_source(origin, publisher, more), origin=origin, publisher=publisher,
        said=[(one, telling.cited(one), pledges.get(one.name)) for one in statements.values()],
        left=len(names) - len(statements), more=more, label=telling.label, text=text,
        omissions=load_left_out(index, name),
    )  # fmt: skip
