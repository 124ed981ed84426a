"""What an item of Wikidata says of others, as relations: who leads it, who founded it, who owns it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.formats.batch import element
from kg.formats.wikidata.claims import claims, item_of, known_day, qualifying
from kg.formats.wikidata.things import ORGANIZATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.formats.batch import Node
    from kg.formats.wikidata.claims import ItemClaim


class Party(NamedTuple):
    """What an item is here: its id and its class, and whether it is over: somebody who died, what was dissolved."""

    id: str
    kind: str
    is_over: bool = False


class _Property(NamedTuple):
    """A property of Wikidata of an organization, and the predicate that says the same.

    `is_of_value`: the value is the subject of the predicate, and the item its object.
    """

    predicate: str
    kinds: frozenset[str]
    is_of_value: bool


_PEOPLE: Final = frozenset({"Person"})
_COMPANIES: Final = frozenset({"Company"})
_PROPERTIES: Final = {
    "P169": _Property("chiefExecutiveOf", _PEOPLE, True),
    "P488": _Property("chairs", _PEOPLE, True),
    "P112": _Property("founderOf", _PEOPLE, True),
    "P127": _Property("owns", ORGANIZATIONS, True),
    # Of a ministry its parent holds no shares.
    "P749": _Property("owns", _COMPANIES, True),
    "P355": _Property("owns", _COMPANIES, False),
    "P1830": _Property("owns", ORGANIZATIONS, False),
}

_PAST: Final = frozenset({"founderOf"})
"""What was once and for all."""

# A cause of its end, and what took its place.
_ENDS: Final = ("P1534", "P1366")
_MOMENT, _NATURE = "P585", "P5102"
_ENDED: Final = "relations that ended on a day that is not known"
_VAGUE: Final = (
    "days that are not known to the year, not by the Gregorian calendar, or stand for none"
)


class Relations(NamedTuple):
    """The relations of an item, and what is left out."""

    statements: tuple[Node, ...]
    left_out: Counter[str]


def relations_of(
    entity: Mapping[str, Any], at: str, own: Party, source: str, find: Callable[[str], Party | None]
) -> Relations:
    """Return what an item says of others.

    Args:
        entity: the item.
        at: where it stands in its file.
        own: what it is here.
        source: the id of the source that says so.
        find: what another item is, if it is described in the file or known.
    """
    left_out: Counter[str] = Counter()
    if own.kind not in ORGANIZATIONS:
        return Relations((), left_out)
    nodes: dict[str, Node] = {}
    for name, property_ in _PROPERTIES.items():
        for claim in _told(claims(entity, name), left_out):
            other = find(item_of(claim.value) or "")
            if other is None or not _fits(other, own, property_):
                known = other is not None
                why = (
                    "is of no class that the predicate takes"
                    if known
                    else "the file does not describe"
                )
                left_out[f"relations to an item that {why}"] += 1
                continue
            days = _days(claim, left_out)
            if days is None:
                continue
            past = property_.predicate in _PAST or "until" in days
            if reason := None if past else _reason_against(claim, days, own, other):
                left_out[reason] += 1
                continue
            ends = (other.id, own.id) if property_.is_of_value else (own.id, other.id)
            key = f"{source}.{name.lower()}-{(item_of(claim.value) or '').lower()}"
            if key in nodes:  # the same person for a second time
                key += f"-{days.get('from') or claim.place.rpartition('/')[2]}"
            nodes[key] = {
                "id": key, "type": "Relation", "subject": ends[0],
                "predicate": property_.predicate, "object": ends[1], **days,
                "element": element(source, at + claim.place),
            }  # fmt: skip
    return Relations(tuple(nodes.values()), left_out)


def _reason_against(claim: ItemClaim, days: Node, own: Party, other: Party) -> str | None:
    """Return why what has no last day may be no longer so, or is not told as a fact, if that is so."""
    if any(True for name in _ENDS for _ in qualifying(claim, name)):
        return _ENDED
    if own.is_over or other.is_over:
        return "relations without a last day, of who has died or what was dissolved"
    if "from" not in days and any(True for _ in qualifying(claim, _MOMENT)):
        return "relations of a moment, which may have ended since"
    return None


def _fits(other: Party, own: Party, property_: _Property) -> bool:
    of_companies = property_.kinds != _COMPANIES or own.kind in _COMPANIES
    return other.kind in property_.kinds and of_companies and other.id != own.id


def _told(found: list[ItemClaim], left_out: Counter[str]) -> Iterator[ItemClaim]:
    """Yield what is told: where something is preferred, of the rest only what has ended and so was once so."""
    is_any = any(claim.is_preferred for claim in found)
    for claim in found:
        if any(True for _ in qualifying(claim, _NATURE)):
            left_out["relations that are told with a reservation"] += 1
        elif not is_any or claim.is_preferred or any(True for _ in qualifying(claim, "P582")):
            yield claim
        else:
            left_out["relations beside others that are preferred"] += 1


def _days(claim: ItemClaim, left_out: Counter[str]) -> Node | None:
    """Return from when to when something is so; None where it is no longer so, and nobody knows since when."""
    days: Node = {}
    starts, ends = (list(qualifying(claim, name)) for name in ("P580", "P582"))
    for start in starts[:1]:
        if known := known_day(start):
            days |= {"from": known.first.isoformat(), "from_precision": known.precision}
        else:
            left_out[_VAGUE] += 1
    for end in ends[:1]:
        known = known_day(end)
        if known is None:
            left_out[_ENDED] += 1
            return None
        days |= {"until": known.last.isoformat(), "until_precision": known.precision}
    if days.get("until", "9") < days.get("from", ""):
        left_out["relations that end before they begin"] += 1
        return None
    return days
