"""The page of a thing: what it is, what it promised and what became of it, with whom, where, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.base import counted
from kg.pages.forecasts import forecasts_of
from kg.pages.identity import Identity
from kg.pages.linked import describe_identity
from kg.pages.plans import places_of, places_within, plans_of
from kg.pages.promised import (
    COMPANIES,
    PLACES,
    PromiseGroup,
    kept_through,
    promises_of,
    spoken_promises,
)
from kg.pages.rendering import render
from kg.pages.sayings import latest_about, sayings_about
from kg.pages.telling import Telling
from kg.promises import POLICY
from viz.style import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame
    from kg.pages.sayings import Sayings
    from kg.pages.telling import Cited, Pledge


@dataclass(frozen=True)
class PledgeList:
    """Promises under a `heading`: how many became what, and some of them told.

    `asked` are the arguments with which the question `outcome` tells all, if it can.
    """

    id: str
    heading: str
    group: PromiseGroup
    pledges: Sequence[Pledge]
    asked: Mapping[str, str]


@dataclass(frozen=True)
class CitedList:
    """Statements under a `heading`; `left` of them are not told."""

    id: str
    heading: str
    cited: Sequence[Cited]
    left: int


def thing_page(desk: Desk, frame: Frame, name: str, iri: str) -> bytes:
    """Return the page of a thing that is called `name`."""
    index, identity = desk.index, Identity.of(desk.index, name, iri)
    kept = promises_of(desk, name, identity.kind)
    spoken = spoken_promises(desk, name, kept)
    promised = [one for group in (kept, spoken) for one in group.standings]
    sayings = sayings_about(index, name, {one for p in promised for one in p.statements})
    latest = latest_about(index, name)
    plans, more_plans = plans_of(desk, name)
    places, within = places_of(desk, name), places_within(desk, name)
    statements = desk.statements(
        dict.fromkeys(one for said in (*sayings, latest) for one in said.names)
    )
    through = kept_through(desk, iri) if identity.kind in COMPANIES else []
    forecasts, more_forecasts = (
        forecasts_of(desk, frame, name) if identity.kind in COMPANIES else ([], 0)
    )
    named = {
        *identity.names, *(venture for venture, _ in through), *(row.status for row in plans), *(one for row in plans for one in row.companies),
        *(place for place, _ in places), *within,
    }  # fmt: skip
    telling = Telling.of(desk, statements, promised, named)
    cited = {one: telling.cited(statement) for one, statement in statements.items()}
    label = telling.label(name)
    description = _description(identity, label, telling.label(identity.class_name), kept)
    sections = [
        PledgeList(key, heading, group, [telling.pledge(one) for one in group.standings], asked)
        for key, heading, group, asked in (
            ("promises", "Promises", kept, _asked(identity)),
            ("spoken", f"Promised by {label}", spoken, {"speaker": name}),
        )
        if group.total
    ]
    return render(
        "thing.html", frame, title=label, description=description,
        linked=describe_identity(frame, identity, label), thing=identity, label=telling.label,
        promised=sections, through=through, has_timeline=_has_timeline(sections[:1]), today=desk.today.isoformat(),
        meanings=_meanings(one for section in sections for one in section.pledges),
        forecasts=forecasts, more_forecasts=more_forecasts, plans=plans, more_plans=more_plans, places=places, within=within, known=_by_source(latest, cited), left=latest.left,
        said=[_list(one, cited) for one in sayings],
        others=[text for text in (*identity.texts("rdfs:label"), *identity.texts("skos:altLabel")) if text != label],
    )  # fmt: skip


def _meanings(pledges: Iterable[Pledge]) -> dict[str, str]:
    """Return what the outcomes of some promises mean, and once for all by which figures of policy they go."""
    told = {one.outcome: one.meaning.partition(POLICY) for one in pledges}
    figures = (policy.rstrip(".").split("; ") for _, _, policy in told.values() if policy)
    policy = "; ".join(dict.fromkeys(figure for some in figures for figure in some))
    meanings = {outcome: meaning for outcome, (meaning, *_) in sorted(told.items())}
    return meanings | ({POLICY.strip(" :"): f"{policy}."} if policy else {})


def _asked(identity: Identity) -> dict[str, str]:
    """Return how `outcome` is asked for the promises of a company or within a place."""
    if identity.kind in PLACES:
        return {"place": identity.name}
    return {"company": identity.name} if identity.kind in COMPANIES else {}


def _has_timeline(sections: Sequence[PledgeList]) -> bool:
    """Tell whether promises are drawn in time; one alone is no picture."""
    return sum(bool(one.due) for section in sections for one in section.pledges) > 1


def _by_source(sayings: Sayings, cited: Mapping[str, Cited]) -> list[list[Cited]]:
    """Return statements in order, those of one source together."""
    listed = [cited[name] for name in sayings.names if name in cited]
    return [list(group) for _, group in groupby(listed, key=lambda one: one.source_name)]


def _list(sayings: Sayings, cited: Mapping[str, Cited]) -> CitedList:
    listed = [cited[name] for name in sayings.names if name in cited]
    return CitedList(
        sayings.heading.lower().replace(" ", "-"), sayings.heading, listed, sayings.left
    )


def _description(identity: Identity, label: str, kind: str, kept: PromiseGroup) -> str:
    """Return a sentence on a thing for those who list pages."""
    told = ", ".join(
        f"{kept.counts[name]} {look.name}" for name, look in OUTCOMES.items() if kept.counts[name]
    )
    parts = [f"{label}, {kind}.", *identity.described[:1]]
    if kept.total:
        parts.append(f"{counted(kept.total, 'promise')}: {told}.")
    return " ".join(parts)
