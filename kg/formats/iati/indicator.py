"""An indicator of an IATI result: what it is called, what it counts in, and which way is better, as far as is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from kg.drafting import slug_of
from kg.formats.iati.values import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    cut,
    exact_slug,
    named,
    read_truth,
    text_of,
)
from kg.formats.named import plain_name

if TYPE_CHECKING:
    from collections import Counter

    from kg.formats.batch import Node
    from kg.formats.iati.activity import Activity
    from kg.formats.iati.figures import ResultFigure
    from kg.formats.iati.profile import Profile

COUNTED, PERCENT = "1", "2"
"""The measures whose numbers are quantities."""

# A number of the next two names a class or a rank, and of the last there is none.
_NO_FIGURES: Final = {
    "3": "figures on a nominal scale",
    "4": "figures on an ordinal scale",
    "5": "figures of a qualitative measure",
}
_CODE: Final = re.compile(r"(?<!\S)([0-9]{1,2})\s?=\s?([^\W\d_][^;=,]{0,80})")
_OWN_UNIT: Final = {
    "id": "iati-unit", "type": "Unit", "label": "unit that the indicator names", "symbol": "units",
}  # fmt: skip


@dataclass(frozen=True)
class IndicatorNames:
    """How an indicator is called: what is `counted`, the title of the `indicator` itself, and a `definition`."""

    counted: str
    indicator: str
    definition: str
    language: str


@dataclass
class ResultIndicator:
    """An indicator, however often it stands there, and its figures; `better` is whether more is, None if nobody says."""

    names: IndicatorNames
    unit: Node
    better: bool | None
    slug: str
    figures: list[ResultFigure] = field(default_factory=list)

    def thing(self, id_: str, direction: str) -> Node:
        """Return it as a thing: the publisher's own, which is like no other."""
        definition = {"@value": self.names.definition, "@language": self.names.language}
        return {
            "id": id_, "type": "Indicator", **named(self.names.counted, self.names.language),
            "skos:definition": definition, "unit": self.unit["id"], "direction": direction,
            "aggregation": "unknown-aggregation",
        }  # fmt: skip

    def direction(self, profile: Profile, left_out: Counter[str]) -> str:
        """Return which way is better, where it is told and no way from a baseline to a target gainsays it."""
        if self.better is None:
            return "unknown-direction"
        ways = set(self._ways(zero=profile.ascending == "stated"))
        if (not self.better) in ways:
            left_out["directions that the way from a baseline to a target gainsays"] += 1
            return "unknown-direction"
        if profile.ascending == "with-baseline" and not ways:
            left_out[
                "directions that no baseline bears out, of a publisher who states one for all"
            ] += 1
            return "unknown-direction"
        return "more-is-better" if self.better else "less-is-better"

    def _ways(self, *, zero: bool) -> list[bool]:
        """Return whether each way from a baseline to a target leads up; from zero only if that is a baseline."""
        pairs = (
            (Decimal(figure.baseline.value), Decimal(figure.value))
            for figure in self.figures
            if figure.baseline
        )
        return [end > begin for begin, end in pairs if begin != end and (begin or zero)]


def names_of(activity: Activity, result: Any, indicator: Any) -> IndicatorNames:
    """Return how an indicator is called, by its title, that of its result, and its description."""
    language = activity.language
    of_result, _ = text_of(result.find("title"), language)
    title, tag = text_of(indicator.find("title"), language)
    description, _ = text_of(indicator.find("description"), language)
    parts = dict.fromkeys(part for part in (of_result, title, description) if part)
    counted = of_result if activity.profile.named_by == "result" else title
    return IndicatorNames(counted, title, cut(": ".join(parts), LONGEST_TEXT), tag)


def problem_of(names: IndicatorNames, indicator: Any) -> str | None:
    """Return why nothing can be told of an indicator, if that is so."""
    if not names.counted:
        return "figures of indicators without a title"
    measure = indicator.get("measure", "")
    if measure in (COUNTED, PERCENT):
        return None
    return _NO_FIGURES.get(measure, "figures of a measure that is none")


def indicator_of(activity: Activity, names: IndicatorNames, element: Any) -> ResultIndicator:
    """Return an indicator without its figures; its slug has a digest of all that it is."""
    measure, better = element.get("measure", ""), read_truth(element.get("ascending"))
    whole = (names.definition, measure, better, codes_in(element))
    digest = sha256(repr(whole).encode()).hexdigest()[:8]
    slug = f"{slug_of(names.counted) or 'indicator'}-{digest}"
    return ResultIndicator(names, _unit(activity.profile, measure, names.indicator), better, slug)


def codes_in(element: Any) -> list[tuple[str, str]]:
    """Return the codes by which an indicator is known to its publisher, or in a list of indicators."""
    found = element.iterfind("reference")
    return [(one.get("vocabulary", ""), one.get("code", "")) for one in found]


def _unit(profile: Profile, measure: str, title: str) -> Node:
    if profile.named_by == "result":
        if known := profile.units.get(title) or profile.units.get(title.lower()):
            return {"type": "Unit", **known}
        if measure == COUNTED and title:
            label = cut(title, LONGEST_LABEL)
            own = f"iati-unit-{exact_slug(label)}"
            return {"id": own, "type": "Unit", "label": label, "symbol": label}
    return {"id": "unit-of:PERCENT"} if measure == PERCENT else dict(_OWN_UNIT)


def words_of_codes(description: str) -> dict[str, str]:
    """Return what the numbers of an indicator stand for, where its description lists that; {} where it does not.

    >>> words_of_codes("3 = Achieved; 2 = Carried over; 1 = Dropped")
    {'3': 'Achieved', '2': 'Carried over', '1': 'Dropped'}
    >>> words_of_codes("Households, 1 = those with water")
    {}
    """
    codes = {code: plain_name(words) for code, words in _CODE.findall(description)}
    return codes if len(codes) > 1 else {}
