"""The tool `outcome`: what became of promises, as `kg ask outcome` tells it, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final, Literal

from kg.agents.cited import Citations, CitedAnswer, clean
from kg.base import shorten
from kg.promises import load_meanings, load_reasons, load_standings
from kg.reports import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.agents.portions import Portion
    from kg.base import Cell
    from kg.graph import Graph
    from kg.promises import Standing

Verdict = Literal[
    "met", "met-late", "partly", "missed", "abandoned", "undetermined", "open", "replaced"
]

OWN_COUNT: Final = (
    "this is the own word of whoever promised: its figure or report, and nobody else's"
)
DISPUTED: Final = "sources contradict each other on what decides"


@dataclass(frozen=True)
class PromiseRow:
    """A promise: what it `says`, who is to keep it, and what became of it by what it `rests_on`."""

    promise: str
    company: list[str]
    about: str
    says: str
    said: str
    due: str | None
    verdict: Verdict
    became: str
    rests_on: str | None = None
    replaced_by: str | None = None
    caveats: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OutcomeAnswer(CitedAnswer):
    """Promises, and what the words of their verdicts mean."""

    rows: list[PromiseRow]
    meanings: dict[str, str] = field(default_factory=dict)


def outcome(  # noqa: PLR0913 - each narrows the question
    graph: Graph,
    portion: Portion,
    *,
    company: Annotated[str | None, "whose promises"] = None,
    speaker: Annotated[str | None, "on whose word"] = None,
    place: Annotated[str | None, "only within it"] = None,
    about: Annotated[str | None, "a plan or an indicator"] = None,
    verdict: Verdict | None = None,
) -> OutcomeAnswer:
    """What became of promises: of whom, about what, where; with the verdict, what decides it and its source.

    Give the verdict as it stands. undetermined is not missed: nobody knows; the reason says why.

    >>> import kg
    >>> from kg.agents.portions import Portion
    >>> graph = kg.build(check=False)
    >>> [row] = outcome(graph, Portion(), company="xiaomi", about="service-centres").rows[:1]
    >>> row.says, row.verdict, row.rests_on
    ('500 service centres by the first half of 2017, from 250', 'met', 'businessline-2018-06.7')
    """
    found = promises_of(graph, company=company, speaker=speaker, place=place)
    if about is not None:
        found = about_only(found, graph.resolve(about), graph)
    rows = [one for one in found.values() if verdict in (None, one.verdict)]
    part = portion.cut(rows)
    told = tell_promises(graph, part.rows)
    return OutcomeAnswer(
        rows=told,
        meanings=_meanings(graph, part.rows),
        total=len(rows),
        more=part.more,
        note=None if rows else "No such promise is in this graph; that says nothing of the world.",
        **vars(Citations.of(graph.index, behind(told))),
    )


@dataclass(frozen=True)
class FoundPromise:
    """A promise as the question `outcome` has it: by its first statement."""

    first: str
    companies: tuple[str, ...]
    about: str
    indicator: str | None
    said: str
    due: str | None
    verdict: str
    reason: str | None


def promises_of(graph: Graph, **arguments: str | None) -> dict[str, FoundPromise]:
    """Return the promises that the question `outcome` finds, by their first statement, in its order."""
    rows: dict[str, list[Mapping[str, Cell]]] = {}
    for row in graph.ask("outcome", arguments=arguments):
        rows.setdefault(str(row["promise"]), []).append(row)
    return {name: _found(name, same) for name, same in rows.items()}


def _found(name: str, rows: Sequence[Mapping[str, Cell]]) -> FoundPromise:
    first = rows[0]

    def text(key: str) -> str | None:
        return None if first[key] is None else str(first[key]).removeprefix("cp:")

    return FoundPromise(
        name,
        tuple(dict.fromkeys(str(row["company"]) for row in rows)),
        str(first["about"]),
        text("indicator"),
        str(first["said"]),
        text("due"),
        str(first["verdict"]).removeprefix("cp:"),
        text("reason"),
    )


def about_only(
    found: Mapping[str, FoundPromise], iri: str, graph: Graph
) -> dict[str, FoundPromise]:
    """Return those promises that are about a thing or an indicator, or are a statement that is so called."""
    name = shorten(iri)
    made = {one.first for one in load_standings(graph.index, graph.today, [name], "statement")}
    return {
        key: one
        for key, one in found.items()
        if name in (one.about, one.indicator, one.first) or key in made
    }


def tell_promises(graph: Graph, found: Iterable[FoundPromise]) -> list[PromiseRow]:
    """Return some promises as rows, with what became of them in words."""
    found = list(found)
    index = graph.index
    standings = {
        standing.first: standing
        for standing in load_standings(
            index, graph.today, [one.first for one in found], "statement"
        )
    }
    companies = {company for one in found for company in one.companies}
    teller = Teller.of(index, {}, standings.values(), companies)
    return [_row(one, standings[one.first], teller) for one in found]


def _row(found: FoundPromise, standing: Standing, teller: Teller) -> PromiseRow:
    caveats = [DISPUTED] if standing.is_disputed else []
    caveats += [OWN_COUNT] if standing.is_own_count else []
    return PromiseRow(
        found.first,
        [clean(teller.words.label(company)) for company in found.companies],
        found.about,
        clean(teller.words.promised(teller.statements[found.first])),
        found.said,
        found.due,
        found.verdict,  # type: ignore[arg-type]  # a test holds the scheme of verdicts against it
        clean(teller.ending(standing)),
        standing.rests_on,
        standing.replaced_by,
        caveats,
        list(standing.statements[1:]),
    )


def behind(rows: Iterable[PromiseRow]) -> Iterable[str | None]:
    """Yield the statements that are behind some rows: those that decide, and one that makes each promise."""
    for row in rows:
        yield from (row.promise, row.rests_on, row.replaced_by)


def _meanings(graph: Graph, found: Sequence[FoundPromise]) -> dict[str, str]:
    verdicts = load_meanings(graph.index) if found else {}
    reasons = load_reasons(graph.index) if any(one.reason for one in found) else {}
    said = {one.verdict: verdicts.get(one.verdict) for one in found}
    said |= {one.reason: reasons.get(one.reason) for one in found if one.reason}
    return {name: clean(meaning) for name, meaning in sorted(said.items()) if meaning}
