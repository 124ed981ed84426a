"""Promises as projects of FollowTheMoney, one each, so that a figure and its day stay together.

A project is the one schema that has days, an amount with its currency, a goal and a status. An event has
no amount, a contract no days; and in the project of an initiative nobody could tell any more which
number belongs to which day, and how it stands with each.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.export.ftm_entities import make_entity
from kg.export.ftm_links import ftm_day, list_tellings, told_in
from kg.export.ftm_scene import LEGAL
from kg.promises import load_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.export.ftm_entities import FtmEntity
    from kg.export.ftm_scene import FtmScene
    from kg.promises import PromiseRecord, Statement

_CURRENCY: Final = "currency:"


def list_promises(scene: FtmScene, day: date | None) -> Iterator[FtmEntity]:
    """Yield a project of every promise that was known by a day, as it stood then, and what links it."""
    records = load_records(scene.index)
    known = [one for one in records if day is None or one.said <= day.isoformat()]
    scene.left_out["promises of later days"] += len(records) - len(known)
    names = {one.name for one in known}
    for record in known:
        own = [scene.statements[name] for name in record.statements if name in scene.statements]
        told = [one for one in own if day is None or one.source.published <= day.isoformat()]
        if own:
            yield from _promise(record, told or own[:1], scene, day, names)


def _promise(
    record: PromiseRecord,
    told: list[Statement],
    scene: FtmScene,
    day: date | None,
    names: set[str],
) -> Iterator[FtmEntity]:
    first, words, left_out = told[0], scene.words, scene.left_out
    # Who repeats a promise may be the one who names the day.
    dated = next((one for one in told if str(one.one("due")) == record.due), first)
    standing = record.on(day.isoformat()) if day else None
    companies = [one for one in record.companies if scene.schemata.get(one) in LEGAL]
    indicator = first.one("indicator")
    sources = [told_in(one, scene) for one in told]
    values: dict[str, Iterable[str | None]] = {
        "name": [_name(record, dated, scene)],
        "recordId": [record.name],
        "goal": [_goal(first, scene)],
        "keywords": [words.label(indicator) if indicator else None],
        "startDate": [record.said],
        "endDate": [ftm_day(dated.one("due"), dated.says.get("duePrecision", ()), left_out)],
        "status": [words.label(f"cp:{standing.verdict}") if standing else None],
        "summary": [_standing(record, scene, day)],
        "country": _countries(told, scene),
        **{key: [one for source in sources for one in source[key]] for key in sources[0]},
        **_amount(first, scene),
    }
    known = {"first_seen": record.said, "origin": first.source.name}
    yield make_entity(record.name, "Project", values, left_out, **known)
    for company in companies:
        keeps = {"participant": [company], "project": [record.name], "role": ["promised it"]}
        slug = f"{record.name}.by.{company}"
        yield make_entity(slug, "ProjectParticipant", keeps, left_out, **known)
    for thing in first.things:
        if thing in scene.schemata and thing not in companies:
            yield _link(record.name, thing, "is a promise about", scene, known)
        elif thing not in scene.schemata:
            left_out["links of promises to what has no schema there"] += 1
    if standing and standing.replaced_by in names:
        yield _link(record.name, standing.replaced_by, "was replaced by", scene, known)
    yield from list_tellings(record.name, told, scene)


def _name(record: PromiseRecord, dated: Statement, scene: FtmScene) -> str:
    words = scene.words
    # Where nobody is known to keep it, it is called by what it is about.
    whose = record.companies or dated.things
    return f"{' and '.join(map(words.label, whose))}: {words.promised(dated)}"


def _link(one: str, other: str, role: str, scene: FtmScene, known: dict[str, str]) -> FtmEntity:
    values = {"subject": [one], "object": [other], "role": [role]}
    return make_entity(f"{one}.to.{other}", "UnknownLink", values, scene.left_out, **known)


def _goal(first: Statement, scene: FtmScene) -> str:
    if first.kind == "Target":
        return scene.words.short(first)
    return scene.words.label(first.one("status"))


def _amount(first: Statement, scene: FtmScene) -> dict[str, list[str | None]]:
    """Return the amount of a promise in money; what is counted in anything else is no amount there."""
    value, unit = first.one("value"), str(first.one("unit") or "")
    if first.kind != "Target" or not isinstance(value, int | Decimal):
        return {}
    if not unit.startswith(_CURRENCY):
        scene.left_out["figures that are no money, which stand in the words of a goal alone"] += 1
        return {}
    return {"amount": [format(value, "f")], "currency": [unit.removeprefix(_CURRENCY)]}


def _standing(record: PromiseRecord, scene: FtmScene, day: date | None) -> str | None:
    """Say how a promise stood on a day, and what that rests on."""
    standing = record.on(day.isoformat()) if day else None
    if standing is None:
        return None
    label = scene.words.label
    said = f"As known on {day}: {label(f'cp:{standing.verdict}')}"
    if standing.reason:
        said += f", {label(f'cp:{standing.reason}')}"
    if standing.is_own_count:
        said += ", by own word"
    if standing.is_disputed:
        said += ", disputed"
    grounds = scene.statements.get(standing.rests_on or "")
    if grounds is None:
        return said
    origin = grounds.source
    where = ", ".join(filter(None, (origin.title, label(origin.publisher), origin.published)))
    return f"{said}. It rests on: {scene.words.told(grounds)} ({where})"


def _countries(told: Iterable[Statement], scene: FtmScene) -> list[str]:
    places = [str(place) for one in told for place in one.says.get("place", ())]
    about = [name for one in told for name in one.things if scene.schemata.get(name) == "Project"]
    return sorted({code for name in (*places, *about) for code in scene.country_codes(name)})
