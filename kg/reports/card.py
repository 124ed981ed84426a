"""One thing on one card: who or what it is, and what is said of it; of a source, what it says."""

from __future__ import annotations

import shlex
from collections import defaultdict
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.base import lengthen, shorten
from kg.promises import load_left_out, load_origins, load_standings, read_statements
from kg.query import class_of, select_named
from kg.reports.form import MOST_SAID, Card, Line, Section, left_out
from kg.reports.teller import Teller
from kg.reports.thing import card_of_thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.promises import Origin, Statement
    from kg.query import Index

_OWNERS: Final = "SELECT ?s ?company {{ {named} ?s cp:company ?company }}"
_COMPANIES: Final = (
    "SELECT DISTINCT ?company {{ {named} ?statement cp:source ?s ; cp:about/cp:company ?company }}"
)
_SAID: Final = "SELECT DISTINCT ?statement {{ {named} ?statement cp:source ?s }}"


def make_card(index: Index, iri: str, *, today: date | None = None, part: int = 0) -> Card:
    """Return the card of the thing or the source `iri`.

    What became of promises is told as it stands on `today`, by default the calendar's. Of a source with more
    statements than `MOST_SAID` so many are one `part`; the first has the number 0.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> [section.heading for section in make_card(graph.index, graph.resolve("mobikwik")).sections]
    ['Partners', 'Also said']
    """
    today = today or date.today()  # noqa: DTZ011 - the user's own is meant
    name = shorten(iri)
    source = load_origins(index, [name]).get(name)
    if source is None:
        return card_of_thing(index, iri, today)
    return _card_of_source(index, iri, source, today, part)


def _card_of_source(index: Index, iri: str, source: Origin, today: date, part: int) -> Card:
    names = [str(name) for (name,) in select_named(index, _SAID, [source.name])]
    # A table says as much as fills a book: no more is read of it than is shown.
    first = part * MOST_SAID
    said = read_statements(index, sorted(names)[first : first + MOST_SAID])
    promises = load_standings(index, today, said, "statement")
    class_ = f"cp:{class_of(index, iri)}"
    owners = _owners(index, source.name, said.values()) if class_ == "cp:Dataset" else {}
    named = {company for one in owners.values() for company in one}
    teller = Teller.of(index, said, promises, (class_, source.publisher, *named))
    standing = {name: promise for promise in promises for name in promise.statements}
    lines = (
        _of(owners.get(name, ()), teller, teller.statement(one, standing.get(name)))
        for name, one in said.items()
    )
    parts = map(teller.words.label, (class_, source.publisher, source.published, source.url or ""))
    rest = f"SELECT ?statement {{ ?statement cp:source <{lengthen(source.name)}> }}"
    says = Section(
        "Says",
        tuple(lines),
        left_out(len(names) - first, f"kg query {shlex.quote(rest)}", MOST_SAID),
        len(names),
    )
    omissions = load_left_out(index, source.name)
    left = Section("Left out", tuple(Line(f"{reason} ({count:,})") for count, reason in omissions))
    meanings = Section("What the verdicts mean", tuple(teller.meanings(promises)))
    return Card(
        source.name,
        source.title,
        " · ".join(filter(None, parts)),
        tuple(section for section in (says, left, meanings) if section.lines),
    )


def _owners(index: Index, source: str, said: Iterable[Statement]) -> dict[str, list[str]]:
    """Return the companies whose plans statements are about, by statement, where their source has several companies."""
    if len(list(islice(select_named(index, _COMPANIES, [source]), 2))) < 2:  # noqa: PLR2004 - several
        return {}
    about = {one.name: tuple(map(str, one.says.get("about", ()))) for one in said}
    of_plan: defaultdict[str, list[str]] = defaultdict(list)
    plans = dict.fromkeys(plan for plans in about.values() for plan in plans)
    for plan, company in sorted(select_named(index, _OWNERS, plans), key=str):
        of_plan[str(plan)].append(str(company))
    return {
        name: [company for plan in plans for company in of_plan.get(plan, ())]
        for name, plans in about.items()
    }


def _of(companies: Iterable[str], teller: Teller, line: Line) -> Line:
    """Say of a line of a table of many companies whose plan it tells of."""
    whose = " and ".join(map(teller.words.label, dict.fromkeys(companies)))
    return line._replace(sentence=f"{whose}: {line.sentence}") if whose else line
