"""The tool `check_claim`: which promises a claim can mean, and in what it agrees with them and differs.

It judges nothing: a verdict is told as the graph has it, and where nothing matches, that is all that is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import FiniteFloat  # noqa: TC002 - the schema is made of it

from kg.agents.arguments import NUMERIC
from kg.agents.aspects import Aspect, Claim, HeldPromise, compare, period
from kg.agents.cited import Citations, CitedAnswer, clean
from kg.agents.outcomes import PromiseRow, Verdict, behind, promises_of, tell_promises
from kg.base import UnknownNameError, UsageError, fold, shorten
from kg.plans import Words
from kg.promises import load_standings, read_statements
from kg.query import select_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.agents.outcomes import FoundPromise
    from kg.agents.portions import Portion
    from kg.graph import Graph

Finding = Literal["as-claimed", "near", "in-part", "differs", "nothing"]

_SAID: Final[Mapping[str, str]] = {
    "as-claimed": "A promise here agrees with the claim in all that was given.",
    "near": "A promise here comes near the claim, and says less: compared says whose it is, or which range was stated.",
    "in-part": "A promise here agrees with the claim as far as it goes; of the rest this graph does not tell.",
    "differs": "There are promises like it here, and none agrees in all that was given; compared says how.",
    "nothing": "Nothing in this graph says so. That refutes nothing: it has what its sources say, and no more.",
}
_SCALES: Final = frozenset(
    {"thousand", "million", "billion", "trillion", "lakh", "crore", "mn", "bn", "tn"}
)
"""Parts of a number that people put into its unit."""

_WHERE: Final = "SELECT DISTINCT ?s ?place {{ {named} ?s cp:takesPlaceIn ?place }}"
_MOST_NAMED: Final = 12
"""How many of the things that a company promised are named where a claim is about none of them."""


@dataclass(frozen=True)
class ClaimRow(PromiseRow):
    """A promise that a claim can mean, and every aspect of the claim `compared` with it."""

    compared: list[Aspect] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ClaimAnswer(CitedAnswer):
    """What this graph has to a claim; the promise that differs least comes first."""

    finding: Finding
    rows: list[ClaimRow]


def check_claim(  # noqa: PLR0913 - each is part of a claim
    graph: Graph,
    portion: Portion,
    *,
    company: Annotated[str, "who promised"],
    what: Annotated[str | None, "an indicator, a plan, or a few words"] = None,
    value: Annotated[FiniteFloat | None, NUMERIC, "in full: 15000000000"] = None,
    unit: Annotated[str | None, "USD, % ..."] = None,
    place: str | None = None,
    due: Annotated[str | None, "YYYY, YYYY-MM or YYYY-MM-DD"] = None,
    said: Annotated[str | None, "when; likewise"] = None,
    speaker: str | None = None,
    verdict: Annotated[Verdict | None, "what the claim says became of it"] = None,
) -> ClaimAnswer:
    """Hold a claim about a promise against the graph: which promises it can mean, what agrees, what differs.

    The verdict told is the graph's. Finding nothing refutes nothing.

    >>> import kg
    >>> from kg.agents.portions import Portion
    >>> graph = kg.build(check=False)
    >>> claim = dict(company="xiaomi", what="service centers", value=500, verdict="missed")
    >>> answer = check_claim(graph, Portion(1), **claim)
    >>> answer.finding, answer.rows[0].verdict, [one.agrees for one in answer.rows[0].compared]
    ('differs', 'met', ['yes', 'yes', 'no'])
    """
    for day in filter(None, (due, said)):
        period(day)  # what is no day is told, whatever the promises
    unit = unit and _whole_unit(unit)
    asked = shorten(graph.resolve(company))
    claim = Claim(
        Words.for_some(graph.index, (), [asked]).label(asked), what, _thing(graph, what), None if value is None else _exact(value), unit, place, due,
        said, speaker, verdict,
    )  # fmt: skip
    found = promises_of(graph, company=company)
    alike = _alike(graph, found, claim, asked)
    finding = _finding([aspects for _, aspects in alike])
    part = portion.cut(alike)
    told = tell_promises(graph, [found[name] for name, _ in part.rows])
    rows = [
        ClaimRow(**vars(promise), compared=aspects)
        for promise, (_, aspects) in zip(told, part.rows, strict=True)
    ]
    more = _promised(graph, found) if finding == "nothing" else ""
    return ClaimAnswer(
        finding=finding,
        rows=rows,
        total=len(alike),
        more=part.more,
        note=_SAID[finding] + more,
        **vars(Citations.of(graph.index, behind(told))),
    )


def _exact(value: float) -> Decimal:
    """Return a number as it was written, which a binary one is only near to."""
    return Decimal(int(value)) if value == int(value) else Decimal(repr(value))


def _whole_unit(unit: str) -> str:
    """Return a unit, unless a part of the number stands in it.

    Raises:
        UsageError: it does, and ten would differ from ten billion.

    >>> _whole_unit("USD")
    'USD'
    >>> _whole_unit("billion USD")
    Traceback (most recent call last):
    kg.base.errors.UsageError: unit is 'billion USD'; give the value in full, as 10000000000, and the unit alone
    """
    if _SCALES & set(re.findall(r"[a-z]+", re.sub("s\\b", "", fold(unit)))):
        raise UsageError(
            f"unit is {unit[:40]!r}; give the value in full, as 10000000000, and the unit alone"
        )
    return unit


def _thing(graph: Graph, what: str | None) -> str | None:
    try:
        return None if what is None else shorten(graph.resolve(what))
    except UnknownNameError:
        return None  # then its words are looked for


def _alike(
    graph: Graph, found: Mapping[str, FoundPromise], claim: Claim, company: str
) -> list[tuple[str, list[Aspect]]]:
    """Return the promises that a claim can mean by their first statement, those that differ least first."""
    ranked: list[tuple[int, int, int, int, str, list[Aspect]]] = []
    for name, held, words in _held(graph, found, claim, company):
        aspects = compare(claim, held, words)
        agrees = {one.aspect for one in aspects if one.agrees == "yes"}
        differs = sum(one.agrees == "no" for one in aspects)
        near = {one.aspect for one in aspects if one.agrees == "near"}
        # Whatever else agrees, what is promised has to; where nobody says what, any aspect will do.
        given = {one.aspect for one in aspects} - {"company"}
        any_aspect = not given or given & (agrees | near)
        if "what" in agrees if claim.what is not None else any_aspect:
            ranked.append((differs, len(near), -len(agrees), len(ranked), name, aspects))
    return [(name, aspects) for *_, name, aspects in sorted(ranked, key=lambda one: one[:4])]


def _held(
    graph: Graph, found: Mapping[str, FoundPromise], claim: Claim, company: str
) -> Iterator[tuple[str, HeldPromise, Words]]:
    index = graph.index
    made = {
        one.first: one.statements for one in load_standings(index, graph.today, found, "statement")
    }
    statements = read_statements(index, [name for names in made.values() for name in names])
    places = _places(graph, found)
    named = {one.about for one in found.values()} | {
        name for some in places.values() for name in some
    }
    named |= {who for one in found.values() for who in one.companies}
    words = Words.for_some(index, statements.values(), named)
    there = promises_of(graph, company=company, place=claim.place) if claim.place else {}
    theirs = promises_of(graph, company=company, speaker=claim.speaker) if claim.speaker else {}
    for name, one in found.items():
        its = [statements[each] for each in made[name] if each in statements]
        where = [
            *(str(at) for each in its for at in each.says.get("place", ())),
            *places[one.about],
        ]
        who = [str(speaker) for each in its for speaker in each.says.get("speaker", ())]
        called = f"{words.told(its[0])} ({words.label(one.about)})"
        counted = (str(one) for each in its for one in each.says.get("indicator", ()))
        names = frozenset((one.about, *made[name], *counted))
        yield (
            name,
            HeldPromise(
                its, names, called, one.verdict, _labels(words, where), _labels(words, who),
                name in there, name in theirs,
                "" if company in one.companies else _labels(words, one.companies),
            ),
            words,
        )  # fmt: skip


def _places(graph: Graph, found: Mapping[str, FoundPromise]) -> defaultdict[str, list[str]]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for thing, place in select_named(graph.index, _WHERE, {one.about for one in found.values()}):
        places[str(thing)].append(str(place))
    return places


def _labels(words: Words, names: Sequence[str]) -> str:
    return ", ".join(sorted({words.label(name) for name in names}))


def _finding(compared: Sequence[Sequence[Aspect]]) -> Finding:
    answers = [{one.agrees for one in aspects} for aspects in compared]
    if not answers:
        return "nothing"
    if any(answer <= {"yes"} for answer in answers):
        return "as-claimed"
    if any(answer <= {"yes", "near"} for answer in answers):
        return "near"
    return "differs" if all("no" in answer for answer in answers) else "in-part"


def _promised(graph: Graph, found: Mapping[str, FoundPromise]) -> str:
    """Name what is promised, so that who asked in other words can ask again."""
    names = sorted({one.indicator or one.about for one in found.values()})
    if not names:
        return ""
    words = Words.for_some(graph.index, (), names)
    told = ", ".join(f"{clean(words.label(name))} [{name}]" for name in names[:_MOST_NAMED])
    more = ", ..." if len(names) > _MOST_NAMED else ""
    return f" Promised here: {told}{more}"
