"""What an entity of Wikidata states, by its rank: values, and days as exactly as they are known.

Nothing is taken for granted of the structure: what is not as documented is as if it was not there.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.formats.cells import stands_for_none

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GREGORIAN: Final = "http://www.wikidata.org/entity/Q1985727"
_TIME: Final = re.compile(r"\+0*([0-9]{4})-([0-9]{2})-([0-9]{2})T.*")
_DAY, _MONTH, _YEAR = 11, 10, 9


class ItemClaim(NamedTuple):
    """A statement of an entity that is not deprecated: its value, whether it is preferred, and its qualifiers.

    `place` is where it stands in its entity, a JSON Pointer.
    """

    value: Any
    is_preferred: bool
    qualifiers: Mapping[str, Any]
    place: str


class Known(NamedTuple):
    """A day of Wikidata, with what it is known to: `day`, `month` or `year`; None where it says that there is one."""

    first: date
    last: date
    precision: str


def claims(entity: Mapping[str, Any], property_: str) -> list[ItemClaim]:
    """Return what an entity states with a property and a value, but for what is deprecated.

    >>> claims({"claims": {"P1278": [
    ...     {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": "A"}}},
    ...     {"rank": "deprecated", "mainsnak": {"snaktype": "value", "datavalue": {"value": "B"}}},
    ...     {"rank": "normal", "mainsnak": {"snaktype": "somevalue"}}]}}, "P1278")
    [ItemClaim(value='A', is_preferred=False, qualifiers={}, place='/claims/P1278/0')]
    """
    stated = _dict(entity.get("claims")).get(property_)
    found = []
    for number, one in enumerate(stated if isinstance(stated, list) else ()):
        claim = _dict(one)
        value = _value(claim.get("mainsnak"))
        if value is not None and claim.get("rank") in ("normal", "preferred"):
            preferred, more = claim["rank"] == "preferred", _dict(claim.get("qualifiers"))
            found.append(ItemClaim(value, preferred, more, f"/claims/{property_}/{number}"))
    return found


def best(entity: Mapping[str, Any], property_: str) -> list[ItemClaim]:
    """Return the preferred ones of what an entity states with a property, or all where none is preferred."""
    found = claims(entity, property_)
    return [one for one in found if one.is_preferred] or found


def texts(entity: Mapping[str, Any], property_: str) -> list[str]:
    """Return the texts of `best`."""
    return [one.value for one in best(entity, property_) if isinstance(one.value, str)]


def has_any(entity: Mapping[str, Any], property_: str) -> bool:
    """Tell whether an entity has something of a property, be it that it is only known to have it."""
    stated = _dict(entity.get("claims")).get(property_)
    return any(
        _dict(one).get("rank") in ("normal", "preferred")
        and _dict(_dict(one).get("mainsnak")).get("snaktype") in ("value", "somevalue")
        for one in (stated if isinstance(stated, list) else ())
    )


def items(entity: Mapping[str, Any], property_: str) -> list[str]:
    """Return the ids of the items of `best`."""
    return [item for one in best(entity, property_) if (item := item_of(one.value))]


def item_of(value: Any) -> str | None:
    """Return the id of the item that a value is, or None; older dumps have its number alone.

    >>> item_of({"entity-type": "item", "id": "Q42"}), item_of({"entity-type": "item", "numeric-id": 42})
    ('Q42', 'Q42')
    """
    said = _dict(value)
    name, number = said.get("id"), said.get("numeric-id")
    if name is None and said.get("entity-type") == "item" and isinstance(number, int):
        name = f"Q{number}"
    return name if isinstance(name, str) and re.fullmatch("Q[1-9][0-9]*", name) else None


def qualifying(claim: ItemClaim, property_: str) -> Iterator[Any]:
    """Yield the values of a qualifier; None for one of which it is known only that there is a value."""
    snaks = claim.qualifiers.get(property_)
    for snak in snaks if isinstance(snaks, list) else ():
        if _dict(snak).get("snaktype") != "novalue":
            yield _value(snak)


def _value(snak: Any) -> Any:
    found = _dict(snak)
    return _dict(found.get("datavalue")).get("value") if found.get("snaktype") == "value" else None


def known_day(value: Any) -> Known | None:
    """Return a day of Wikidata, or None where it is not known to the year, by the Julian calendar, or stands for none.

    Month and day may be 00 where they do not matter, and be anything where the precision says so.

    >>> known_day({"time": "+2010-04-06T00:00:00Z", "precision": 9, "calendarmodel": GREGORIAN}).last
    datetime.date(2010, 12, 31)
    >>> known_day({"time": "+2010-00-00T00:00:00Z", "precision": 11, "calendarmodel": GREGORIAN})
    """
    time = _dict(value)
    found = _TIME.fullmatch(str(time.get("time")))
    precision = time.get("precision")
    if found is None or time.get("calendarmodel") != GREGORIAN:
        return None
    try:
        known = _known(precision, *map(int, found.groups()))
    except (ValueError, calendar.IllegalMonthError):
        return None  # a day that no calendar has
    return None if known is None or stands_for_none(known.last) else known


def _known(precision: object, year: int, month: int, day: int) -> Known | None:
    if precision == _YEAR:
        return Known(date(year, 1, 1), date(year, 12, 31), "year")
    if precision == _MONTH:
        last = calendar.monthrange(year, month)[1]
        return Known(date(year, month, 1), date(year, month, last), "month")
    if precision == _DAY:
        return Known(date(year, month, day), date(year, month, day), "day")
    return None


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
