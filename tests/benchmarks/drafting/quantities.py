"""quantulum3 for numbers, dateparser for days: what a user would put together of the two.

Every sentence is looked at by itself. Each quantity of one that has a verb of planning is a target, due on
the first day that dateparser finds there; each of another is an observation. A sentence with
a verb and no quantity is a status report.
"""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from kg.drafting import Proposal
from tests.benchmarks.drafting.keywords import keys_by_names, status_of
from tests.benchmarks.drafting.words import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.drafting import Paper
    from tests.benchmarks.drafting.world import World

NAME: Final = "quantulum3 and dateparser"

_CURRENCIES: Final = {
    "dollar": "currency:USD",
    "euro": "currency:EUR",
    "pound sterling": "currency:GBP",
    "indian rupee": "currency:INR",
    "yuan": "currency:CNY",
}
_TIMES: Final = frozenset({"time"})


def make(world: World) -> Callable[[Paper], list[Proposal]]:
    """Return what drafts a text.

    Raises:
        ImportError: the tools are not there.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says at import that its classifier is left out
        from dateparser.search import search_dates
        from quantulum3 import parser

    def draft(paper: Paper) -> list[Proposal]:
        return list(_draft(paper, world, parser.parse, search_dates))

    return draft


def _draft(paper: Paper, world: World, parse: Any, search_dates: Any) -> Iterator[Proposal]:
    base = datetime.combine(paper.published, datetime.min.time()) if paper.published else None
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future"} if base else {}
    for start, end in sentences(paper.text):
        sentence = paper.text[start:end]
        status, common = status_of(sentence), keys_by_names(sentence, paper.text, world)
        numbers = [one for one in parse(sentence) if not _is_time(one)]
        for one in numbers:
            keys = {**common, **_number(one), "type": "Target" if status else "Observation"}
            if status:
                keys["status"] = status
                dates = search_dates(sentence, languages=[paper.language], settings=settings) or []
                if dates:
                    keys["due"] = f"{dates[0][1]:%Y-%m-%d}"
            else:
                keys["kind"] = "reported"
            yield Proposal(keys, ((start, end),), by=NAME)
        if status and not numbers:
            yield Proposal({**common, "type": "StatusReport", "status": status}, ((start, end),))


def _number(quantity: Any) -> dict[str, str | list[str]]:
    keys: dict[str, str | list[str]] = {"value": f"{quantity.value:f}"}
    if quantity.unit.name in _CURRENCIES:
        keys["unit"] = _CURRENCIES[quantity.unit.name]
    elif quantity.unit.name == "percentage":
        keys["unit"] = "unit:PERCENT"
    return keys


def _is_time(quantity: Any) -> bool:
    """Whether it is a time, or, as a user would see at once, a year."""
    is_year = quantity.unit.name == "dimensionless" and quantity.surface.strip().isdigit()
    return quantity.unit.entity.name in _TIMES or (is_year and 1900 <= quantity.value <= 2100)
