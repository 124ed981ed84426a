"""Relations as links of FollowTheMoney, each with the text that says it, and what else is reported, as notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kg.export.ftm_entities import make_entity
from kg.export.ftm_scene import LEGAL

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.export.ftm_entities import FtmEntity
    from kg.export.ftm_scene import FtmScene
    from kg.promises import Statement

_OWNS: Final = ("Ownership", "owner", "asset")
_DIRECTS: Final = ("Directorship", "director", "organization")
_WORKS: Final = ("Employment", "employee", "employer")
_TAKES_PART: Final = ("ProjectParticipant", "participant", "project")
_LINKS: Final = ("UnknownLink", "subject", "object")

_SCHEMATA: Final[Mapping[str, tuple[str, str, str]]] = {
    "chiefExecutiveOf": _DIRECTS, "chairs": _DIRECTS, "directorOf": _DIRECTS, "managesFor": _WORKS,
    "worksFor": _WORKS, "owns": _OWNS, "ownsMajorityOf": _OWNS, "ownsMinorityOf": _OWNS,
}  # fmt: skip
"""The schemata of links by our predicates, each with its two ends; all others are links of no kind."""

_ENDS: Final[Mapping[str, frozenset[str]]] = {
    "director": LEGAL, "organization": frozenset({"Company", "Organization"}),
    "employee": frozenset({"Person"}), "employer": frozenset({"Company", "Organization"}),
    "owner": LEGAL, "asset": frozenset({"Company", "Asset"}),
}  # fmt: skip
"""Of which of our schemata an end may be."""

_PREFIXES: Final = {"year": 4, "month": 7}
_PERIODS: Final = frozenset({"quarter", "half-year", "fiscal-year"})


def ftm_day(day: Cell, precisions: Iterable[Cell], left_out: Counter[str]) -> str | None:
    """Return a day as FollowTheMoney writes it: no more of it than is known.

    It has no quarters, halves or fiscal years: of these the day itself stands, and is counted.

    >>> from collections import Counter
    >>> ftm_day(date(2020, 12, 31), ["cp:year"], Counter()), ftm_day(date(2020, 5, 4), [], Counter())
    ('2020', '2020-05-04')
    """
    if not isinstance(day, date):
        return None
    names = {str(one).removeprefix("cp:") for one in precisions}
    left_out["marks that a day is inferred"] += "inferred" in names
    if not names.isdisjoint(_PERIODS):
        left_out["days known to a quarter, half or fiscal year, given as one day"] += 1
        return day.isoformat()
    return day.isoformat()[: min((_PREFIXES[one] for one in names & _PREFIXES.keys()), default=10)]


def told_in(statement: Statement, scene: FtmScene) -> dict[str, Sequence[str | None]]:
    """Return who published a statement, where, and what we call it."""
    origin = statement.source
    return {
        "publisher": [scene.words.label(origin.publisher) if origin.publisher else None],
        "sourceUrl": [origin.url],
        "proof": [origin.name if origin.name in scene.schemata else None],
    }


def list_links(scene: FtmScene) -> Iterator[FtmEntity]:
    """Yield a link of every relation whose ends have a schema, and count the others."""
    for statement in scene.statements.values():
        if statement.kind == "Relation":
            yield from _links(statement, scene)


def _links(statement: Statement, scene: FtmScene) -> Iterator[FtmEntity]:
    predicate = statement.text("predicate") or ""
    ends = [str(statement.one(key) or "") for key in ("subject", "object")]
    kinds = [scene.schemata.get(end, "") for end in ends]
    if not all(kinds) or ends[0] == ends[1]:
        scene.left_out["relations of what has no schema there"] += 1
        return
    schema, first, second = _SCHEMATA.get(predicate, _LINKS)
    fits = all(
        kind in _ENDS.get(end, {kind}) for kind, end in zip(kinds, (first, second), strict=True)
    )
    if not fits:
        schema, first, second = _LINKS
    says, left_out = statement.says, scene.left_out
    status = statement.one("status")
    values = {
        **told_in(statement, scene),
        "recordId": [statement.name],
        first: [ends[0]],
        second: [ends[1]],
        "role": [scene.words.label(statement.one("predicate"))],
        "status": [scene.words.label(status) if status else None],
        "startDate": [ftm_day(statement.one("from"), says.get("fromPrecision", ()), left_out)],
        "endDate": [ftm_day(statement.one("until"), says.get("untilPrecision", ()), left_out)],
        "description": [scene.words.sentence(statement)],
    }
    yield make_entity(statement.name, schema, values, left_out, **_known(statement))


def list_notes(scene: FtmScene) -> Iterator[FtmEntity]:
    """Yield a note of every observation and report: there is no schema for a figure on a day, or a status."""
    for statement in scene.statements.values():
        kind = statement.kind
        if kind == "Retraction":
            scene.left_out["retractions"] += 1
        elif kind in ("Observation", "StatusReport"):
            yield _note(statement, scene)


def _note(statement: Statement, scene: FtmScene) -> FtmEntity:
    is_figure = statement.kind == "Observation"
    about = [name for name in statement.things if name in scene.schemata]
    if is_figure:
        scene.left_out["observations, whose figure and day stand in the words of a note alone"] += 1
    else:
        scene.left_out["reports of a status, which stands in the words of a note alone"] += 1
    said = scene.words.told(statement)
    subjects = " and ".join(map(scene.words.label, statement.things))
    values = {
        **told_in(statement, scene),
        "description": [f"{subjects}: {said}" if is_figure else said],
        "entity": about,
    }
    return make_entity(statement.name, "Note", values, scene.left_out, **_known(statement))


def _known(statement: Statement) -> dict[str, str]:
    return {"first_seen": statement.source.published, "origin": statement.source.name}


def list_tellings(
    promise: str, statements: Iterable[Statement], scene: FtmScene
) -> Iterator[FtmEntity]:
    """Yield a link to a promise of each text that states it, and of each who said so in it."""
    for statement in statements:
        uttered = ftm_day(
            statement.one("uttered"), statement.says.get("utteredPrecision", ()), scene.left_out
        )
        about = {
            **told_in(statement, scene),
            "recordId": [statement.name],
            "date": [uttered or statement.source.published],
            "description": [scene.words.told(statement)],
        }
        if statement.source.name in scene.schemata:
            states = {"document": [statement.source.name], "entity": [promise], "role": ["states"]}
            slug = f"{statement.name}.stated"
            yield make_entity(
                slug, "Documentation", {**about, **states}, scene.left_out, **_known(statement)
            )
        speaker = str(statement.one("speaker") or "")
        if scene.schemata.get(speaker) in LEGAL:
            schema, who, what = _TAKES_PART
            says = {who: [speaker], what: [promise], "role": ["said so"]}
            yield make_entity(
                f"{statement.name}.said",
                schema,
                {**about, **says},
                scene.left_out,
                **_known(statement),
            )
