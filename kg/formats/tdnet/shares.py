"""How many shares stand behind amounts a share: after a split they are other numbers.

Filings do not say of an amount a share how many shares there were; but a profit and that profit a
share, of one period, tell.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.formats.tdnet.lines import PAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kg.formats.tdnet.numbers import FiledLine

_Period: TypeAlias = "tuple[date, date, str]"

_PROFITS: Final = {
    "net-income-per-share": "net-income",
    "earnings-per-share-ifrs": "profit-of-owners-ifrs",
    "net-income-per-share-us-gaap": "net-income-us-gaap",
    "net-income-per-unit": "net-income",
}

PER_SHARE_INDICATORS: Final = frozenset({*_PROFITS, *PAID})
"""The indicators of amounts a share or unit."""

OTHER_COUNT: Final = Decimal("1.4")
"""From how many times as many shares on there has been a split; who buys shares back or issues some stays below."""

_LEAST: Final = Decimal(1)
"""How much a profit a share has to be, so that its rounding to a hundredth matters little."""


def count_shares(lines: Iterable[FiledLine]) -> Mapping[_Period, Decimal]:
    """Return how many shares the profits of each period and state tell of, as near as rounding allows.

    >>> from datetime import date
    >>> from kg.formats.tdnet.numbers import FiledLine, Key
    >>> def line(name: str, value: str) -> FiledLine:
    ...     key = Key(name, "consolidated-accounts", date(2025, 4, 1), date(2026, 3, 31), "JPY")
    ...     return FiledLine(key, "forecast", Decimal(value), Decimal(value), ())
    >>> [*count_shares([line("net-income", "3000"), line("net-income-per-share", "30.00")]).values()]
    [Decimal('1E+2')]
    """
    single = {(line.key, line.state): line.low for line in lines if line.low == line.high}
    found: dict[_Period, Decimal] = {}
    # Of a group and its parent the shares are the same; that of the group is told first.
    for (key, state), amount in sorted(single.items(), key=lambda one: one[0][0].scope or ""):
        of = _PROFITS.get(key.indicator)
        profit = None if of is None else single.get((replace(key, indicator=of), state))
        if profit and amount and abs(amount) >= _LEAST and profit / amount > 0:
            found.setdefault((key.start, key.end, state), profit / amount)
    return found


def is_other_count(one: Decimal | None, other: Decimal | None) -> bool:
    """Tell whether two numbers of shares are surely not of the same kind: one is after a split.

    >>> is_other_count(Decimal(100), Decimal(200)), is_other_count(Decimal(100), Decimal(90))
    (True, False)
    >>> is_other_count(Decimal(100), None)
    False
    """
    if one is None or other is None:
        return False
    return max(one, other) >= OTHER_COUNT * min(one, other)


def may_be_split(one: Decimal | None, other: Decimal | None) -> bool:
    """Tell whether two amounts a share differ so much that there may be a split between them.

    >>> may_be_split(Decimal(100), Decimal(50)), may_be_split(Decimal(100), Decimal(80)), may_be_split(Decimal(100), Decimal(0))
    (True, False, False)
    """
    if one is None or other is None or min(one, other) <= 0:
        return False
    return max(one, other) >= OTHER_COUNT * min(one, other)
