"""What the figures of a sustainability report measure: indicators by concept, and units by the registry of XBRL.

The taxonomy of VSME is the definition of its concepts, the same for all who report by it, so the indicators are the
same in whatever file a figure stands: only then can companies be compared.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.formats.vsme.report import COUNTED, COUNTING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.formats.batch import Node

PURE: Final = "pure"

# By the unit type registry (https://www.xbrl.org/utr/utr.xml): what QUDT calls a unit.
_UNITS: Final = {
    "tCO2e": "TONNE", "t": "TONNE", "kg": "KiloGM", "MWh": "MegaW-HR", "m3": "M3", "sqm": "M2", "ha": "HA", "h": "HR",
}  # fmt: skip
# How a unit is described that the ontology does not list.
_DESCRIBED: Final = {
    "KiloGM": ("kilogram", "kg"), "MegaW-HR": ("megawatt hour", "MWh"), "M3": ("cubic metre", "m³"),
    "M2": ("square metre", "m²"), "HA": ("hectare", "ha"), "HR": ("hour", "h"),
}  # fmt: skip
_OF_NUMBERS: Final = frozenset({"NUM", "UNITLESS", "FRACTION", "PERCENT", "HR"})
_CURRENCY: Final = re.compile("[A-Z]{3}")
_SHIPPED_CURRENCIES: Final = frozenset({"USD", "CNY", "EUR", "GBP", "INR"})


@cache
def _table() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("indicators.toml").read_text("utf-8")
    return dict(tomllib.loads(text))


def find_indicator(
    concept: str, members: Mapping[str, str], choices: Mapping[str, str]
) -> dict[str, Any] | str:
    """Return the indicator of a concept and its members, or why there is none.

    Args:
        concept: the local name of a concept.
        members: the members that say which part of it, by axis; none for all of it.
        choices: how a report counts its employees; see `kg.formats.vsme.report.CHOICES`.

    >>> find_indicator("TotalEnergyConsumption", {}, {})["id"]
    'energy-use'
    >>> find_indicator("NumberOfEmployees", {}, {"TypeOfNumberOfEmployees": "Headcount"})
    'numbers of employees without a word on how they are counted'
    """
    if len(members) > 1:
        return "figures of a part that several axes cut out"
    found = _table().get("/".join([concept, *members.values()]))
    if found is None:
        if members and concept in _table():
            return "figures of a part that has no indicator here"
        return (
            "figures of a country, site, material, pollutant or kind of waste"
            if members
            else ("figures of a concept that has no indicator here")
        )
    return _counted(found, choices) if "counted_as_employees" in found else found


def _counted(found: dict[str, Any], choices: Mapping[str, str]) -> dict[str, Any] | str:
    """Return an indicator of employees as a report counts them: 151 in full-time equivalents are no 151 people."""
    when, how = (re.sub(r"[\W_]", "", choices.get(key, "")).lower() for key in (COUNTING, COUNTED))
    is_average, is_end = "average" in when, "end" in when
    is_equivalent, is_head = "fulltime" in how, "headcount" in how
    if is_average == is_end or is_equivalent == is_head:
        return "numbers of employees without a word on how they are counted"
    if is_end and is_head and found["id"] == "employees":
        return {"id": "employees", "unit": "NUM", "aggregation": "stock"}  # of the ontology
    ways = [
        (is_equivalent, "-full-time-equivalent", " in full-time equivalents"),
        (is_average, "-average", " on average over the period"),
    ]
    words = "".join(word for applies, _, word in ways if applies)
    by = "by the full-time equivalents" if is_equivalent else "by their heads"
    at = "on average over a period" if is_average else "at the end of a period"
    return {
        **found,
        "id": found["id"] + "".join(tail for applies, tail, _ in ways if applies),
        "label": found["label"] + words,
        "definition": f"{found['definition'].removesuffix('.')}, counted {by}, {at}.",
        "aggregation": "ratio" if is_average else "stock",
    }


def is_measured(concept: str) -> bool:
    """Tell whether a concept is a number that has an indicator.

    >>> is_measured("TotalEnergyConsumption"), is_measured("BasisForReporting")
    (True, False)
    """
    return concept in _table()


def is_per_cent(concept: str) -> bool:
    """Tell whether a concept is a share in per cent.

    >>> is_per_cent("EmployeeTurnoverRate"), is_per_cent("Turnover")
    (True, False)
    """
    return _table().get(concept, {}).get("unit") == "PERCENT"


def find_unit(unit: str | None, indicator: Mapping[str, Any]) -> str | None:
    """Return a unit of XBRL as QUDT names it, or None where the indicator cannot be in it.

    >>> find_unit("tCO2e", {"unit": "TONNE"}), find_unit("kg", {"unit": "TONNE"}), find_unit("EUR", {})
    ('TONNE', None, 'currency:EUR')
    """
    own = indicator.get("unit")
    if unit is None or unit == PURE:
        fits = unit is None or own in _OF_NUMBERS
        return _named(own) if own and fits else None
    if unit in _UNITS:
        name = _UNITS[unit]
        return _named(name) if own in (None, name) else None
    return f"currency:{unit}" if own is None and _CURRENCY.fullmatch(unit) else None


def _named(unit: str) -> str:
    """Return a unit as a source names it: the ontology's own by their short names."""
    return f"unit-of:{unit}" if unit in _DESCRIBED else unit


def describe_indicator(indicator: Mapping[str, Any]) -> Node | None:
    """Return an indicator as a thing, or None where the ontology has it."""
    if "label" not in indicator:
        return None
    unit = indicator.get("unit")
    return {
        "id": indicator["id"],
        "type": "Indicator",
        "label": indicator["label"],
        "definition": indicator["definition"],
        "unit": _named(unit) if unit else None,
        "direction": indicator["direction"],
        "aggregation": indicator["aggregation"],
        "is_share": "true" if indicator.get("is_share") else None,
    }


def describe_unit(unit: str) -> Node | None:
    """Return a unit as a thing, or None where the ontology has it.

    >>> describe_unit("unit-of:M3")["symbol"], describe_unit("currency:SEK")["label"], describe_unit("TONNE")
    ('m³', 'SEK', None)
    """
    if described := _DESCRIBED.get(unit.removeprefix("unit-of:")):
        label, symbol = described
        return {"id": unit, "type": "Unit", "label": label, "symbol": symbol}
    code = unit.removeprefix("currency:")
    if code != unit and code not in _SHIPPED_CURRENCIES:
        return {"id": unit, "type": "Currency", "label": code, "symbol": code}
    return None
