"""In which money the amounts of a filing are: of a whole period, or for each share or unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.formats.inline import Unit

CURRENCIES: Final = frozenset({"JPY", "USD", "EUR", "GBP", "CNY"})
"""The currencies that amounts can be in; the units of the ontology have them."""

_CURRENCY: Final = "{http://www.xbrl.org/2003/iso4217}"
# Units of an investment corporation are merely whole numbers.
_SHARES: Final = (
    ("{http://www.xbrl.org/2003/instance}shares",),
    ("{http://www.w3.org/2001/XMLSchema}positiveInteger",),
)


def currency_of(unit: Unit | None, *, per_share: bool) -> str | None:
    """Return the currency of an amount, or None where its unit is none that it can have.

    Args:
        unit: what the number counts.
        per_share: whether it is an amount for each share or unit.

    >>> from kg.formats.inline import Unit
    >>> yen = "{http://www.xbrl.org/2003/iso4217}JPY"
    >>> currency_of(Unit((yen,)), per_share=False), currency_of(Unit((yen,)), per_share=True)
    ('JPY', None)
    >>> currency_of(Unit((yen,), ("{http://www.xbrl.org/2003/instance}shares",)), per_share=True)
    'JPY'
    """
    over, under = (unit.over, unit.under) if unit else ((), ())
    code = over[0].removeprefix(_CURRENCY) if len(over) == 1 else ""
    return code if code in CURRENCIES and under in (_SHARES if per_share else ((),)) else None
