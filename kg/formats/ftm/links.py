"""The links of FollowTheMoney as relations: which predicate one is, and from when until when it holds."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.base import ontology_folder
from kg.formats.batch import element
from kg.formats.cells import LAST_YEAR, stands_for_none
from kg.formats.ftm.schemata import ENDS
from kg.formats.ftm.source import dataset_slug, entity_slug, real_day

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping

    from kg.formats.batch import Node
    from kg.formats.ftm.entities import PublishedEntity
    from kg.formats.ftm.known import EntityBook, KnownEntity

_ROLES: Final[Mapping[str, str]] = {
    "ceo": "chiefExecutiveOf", "chief executive": "chiefExecutiveOf",
    "chief executive officer": "chiefExecutiveOf", "chair": "chairs", "chairman": "chairs",
    "chairwoman": "chairs", "chairperson": "chairs", "chairman of the board": "chairs",
    "founder": "founderOf", "co-founder": "coFounderOf",
}  # fmt: skip
"""What is known by the name of a role alone."""

_ONCE: Final = frozenset({"founderOf", "coFounderOf"})
"""What was once and for all, so that nobody's end ends it."""

_FORMER: Final = re.compile(r"(?:former|formerly|ex|past|previous|retired)\b")
_HOLDS: Final = frozenset({"", "active", "current"})
_STATUSES: Final = frozenset({
    "considered", "announced", "underway", "achieved", "postponed", "reduced", "missed", "abandoned",
})  # fmt: skip
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T.*)?)?)?")
_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,10})?) ?%?")
_MOST_ENDS: Final = 100
_HALF: Final = 50
_DECEMBER: Final = 12


def relation_nodes(
    entity: PublishedEntity, source: Node, book: EntityBook, *, via: bool, left_out: Counter[str]
) -> Iterator[Node]:
    """Yield the relations that a link states, and count it where it states none.

    Args:
        entity: a link of a schema of `ENDS`.
        source: the source that it stands in.
        book: the entities that the file has.
        via: whether its datasets have to be named, for they are not those of all.
        left_out: where to count.
    """
    ends = [entity.all_of(name) for name in ENDS[entity.schema]]
    if not all(ends) or len(ends[0]) * len(ends[1]) > _MOST_ENDS:
        left_out["links without two ends, or with too many"] += 1
        return
    times = _times(entity, left_out)
    if times is None:
        left_out["links that may have ended, and nobody says when"] += 1
        return
    said: Node = {
        "type": "Relation",
        **times,
        "via": [dataset_slug(one) for one in entity.datasets] if via else [],
        "element": element(source["id"], f"/{entity.line}"),
    }
    if (day := real_day(entity.first_seen or "")) and day <= source["published"]:
        said["uttered"] = day
    stated = 0
    for subject, object_ in product(*ends):
        both = book.find(subject), book.find(object_)
        reason = _reason_against(*both)
        if reason or both[0] is None or both[1] is None:
            left_out[reason] += 1
            continue
        predicates = _predicates(entity, both[0].kind, both[1].kind)
        if not predicates:
            left_out[f"links of the schema {entity.schema} that no predicate here stands for"] += 1
        is_open = "until" not in times and (both[0].is_over or both[1].is_over)
        for predicate in _past(predicates, left_out) if is_open else predicates:
            stated += 1
            more = "" if stated == 1 else f".{stated}"
            yield {
                "id": f"{source['id']}.{_key(entity)}{more}",
                **said,
                "subject": both[0].slug,
                "predicate": predicate,
                "object": both[1].slug,
            }


def _past(predicates: Iterable[str], left_out: Counter[str]) -> Iterator[str]:
    """Yield those predicates that still hold when an end is over, and count the others."""
    for predicate in predicates:
        if predicate in _ONCE:
            yield predicate
        else:
            left_out["links without a last day, of who has died or what was dissolved"] += 1


def _key(entity: PublishedEntity) -> str:
    slug = entity_slug(entity.id, entity.datasets)
    return slug if slug != "" else quote(entity.id, safe="")


def _reason_against(one: KnownEntity | None, other: KnownEntity | None) -> str:
    if one is None or other is None:
        return "links with an end that the file does not have"
    if not one.kind or not other.kind:
        return "links with an end that is not read"
    return "links of an entity with itself" if one.slug == other.slug else ""


def _predicates(entity: PublishedEntity, subject: str, object_: str) -> list[str]:
    """Return the predicates that a link stands for: those that its roles name, else that of its schema."""
    roles = [" ".join(one.split()) for one in entity.all_of("role")]
    named = [_named(role) for role in roles]
    fitting = [one for one in named if one and _fits(one, subject, object_)]
    if fitting:
        return list(dict.fromkeys(fitting))
    plain = {"Directorship": "directorOf", "Employment": "worksFor"}.get(entity.schema)
    if entity.schema == "Ownership":
        plain = _owning(entity)
    return [plain] if plain and _fits(plain, subject, object_) else []


def _named(role: str) -> str | None:
    labels, _ = _vocabulary()
    return labels.get(role) or _ROLES.get(role.lower())


def _owning(entity: PublishedEntity) -> str:
    """Return how much is owned, where that is plain: 0.6 may be a share or less than one per cent."""
    shares = [_PERCENT.fullmatch(one.strip()) for one in entity.all_of("percentage")]
    if len(shares) != 1 or shares[0] is None or not 1 < float(shares[0][1]) <= 100:  # noqa: PLR2004 - per cent
        return "owns"
    share = float(shares[0][1])
    return "owns" if share == _HALF else "ownsMajorityOf" if share > _HALF else "ownsMinorityOf"


def _fits(predicate: str, subject: str, object_: str) -> bool:
    _, bounds = _vocabulary()
    return all(
        not bound or not bound.isdisjoint(_classes(kind))
        for bound, kind in zip(bounds[predicate], (subject, object_), strict=True)
    )


def _classes(kind: str) -> set[str]:
    """Return a class with those that it belongs to."""
    return {kind, "Thing"} | ({"Organization"} if kind == "Company" else set())


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, tuple[frozenset[str], frozenset[str]]]]:
    """Return our predicates by their labels, and by predicate of which classes its ends may be, if not of any."""
    data = (ontology_folder() / "core" / "relation.ttl").read_bytes()
    told: dict[str, dict[str, set[str]]] = {}
    for quad in ox.parse(data, ox.RdfFormat.TURTLE):
        one = told.setdefault(_local(quad.subject), {})
        one.setdefault(_local(quad.predicate), set()).add(_local(quad.object))
    predicates = {name: one for name, one in told.items() if "RelationPredicate" in one["type"]}
    labels = {label: name for name, one in predicates.items() for label in one["label"]}
    bounds = {
        name: (
            frozenset(one.get("domain", set()) | one.get("domainIncludes", set())),
            frozenset(one.get("range", set()) | one.get("rangeIncludes", set())),
        )
        for name, one in predicates.items()
    }
    return labels, bounds


def _local(term: object) -> str:
    value = str(getattr(term, "value", term))
    return value if " " in value else value.rpartition("#")[2].rpartition("/")[2]


def _times(entity: PublishedEntity, left_out: Counter[str]) -> Node | None:
    """Return from when until when a link holds, or None where it may hold no more, and no day says so."""
    days = {key: _day(entity, name, left_out) for key, name in _DAYS}
    statuses = [one.strip() for one in entity.all_of("status")]
    ours = [one for one in statuses if one in _STATUSES]
    is_former = any(_FORMER.match(one.strip().lower()) for one in entity.all_of("role"))
    is_unclear = any(one.lower() not in _HOLDS and one not in _STATUSES for one in statuses)
    if days["until"] is None and (is_former or is_unclear or _has_ended(entity)):
        return None
    node: Node = {"status": ours[0]} if len(ours) == 1 else {}
    first, last = days["from"], days["until"]
    if first and last and first[0] > last[0]:
        left_out["days of links that end before they begin"] += 2
        return None
    for key, found in days.items():
        if found:
            node[key] = found[0].isoformat()
            node[f"{key}_precision"] = found[1]
    return node


_DAYS: Final = (("from", "startDate"), ("until", "endDate"))


def _day(
    entity: PublishedEntity, name: str, left_out: Counter[str]
) -> tuple[date, str | None] | None:
    """Return a day, with how exactly it is known if that is not to the day.

    Of a year or a month what begins does so on its first day, and what ends on its last.
    """
    given = entity.all_of(name)
    found = _DATE.fullmatch(given[0].strip()) if len(given) == 1 else None
    if found is None:
        left_out["days of links that are several, or no days"] += len(given)
        return None
    begins = name == "startDate"
    try:
        known, precision = _known(*(int(part or 0) for part in found.groups()), begins=begins)
    except ValueError:  # February has no 30th
        left_out["days of links that are several, or no days"] += 1
        return None
    if stands_for_none(known):
        left_out["days of links that stand for none, such as 9999-12-31"] += 1
        return None
    return known, precision


def _known(year: int, month: int, day: int, *, begins: bool) -> tuple[date, str | None]:
    if day:
        return date(year, month, day), None
    if month:
        return date(year, month, 1 if begins else monthrange(year, month)[1]), "month"
    return (date(year, 1, 1) if begins else date(year, _DECEMBER, 31)), "year"


def _has_ended(entity: PublishedEntity) -> bool:
    """Tell whether a last day is told, which for what goes on is often one that nobody will live to see."""
    return any(
        not one[:4].isdecimal() or int(one[:4]) <= LAST_YEAR for one in entity.all_of("endDate")
    )
