"""Publishers of IATI who state `ascending` of every indicator, also where less is better: then it tells nothing."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.formats.iati_values import UnclearError, read_number, read_truth

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ascending:
    """Finds them while a file is looked through, an element after the other.

    >>> found = Ascending()
    >>> for name, attributes in [
    ...     ("reporting-org", {"ref": "XM-1"}), ("indicator", {"ascending": "1"}),
    ...     ("baseline", {"value": "177"}), ("target", {"value": "89"}),
    ... ]:
    ...     found.see(name, attributes)
    >>> found.of_all()
    frozenset({'XM-1'})
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._reporter, self._is_up = "", False
        self._baselines: list[Decimal | None] = []
        self._gainsaid, self._telling = set[str](), set[str]()

    def see(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "reporting-org":
            self._reporter = attributes.get("ref", "")
        elif name == "indicator":
            told = read_truth(attributes.get("ascending"))
            self._is_up, self._baselines = told is True, []
            if told is False:
                self._telling.add(self._reporter)
        elif name == "baseline":
            self._baselines.append(_number(attributes))
        elif name == "target" and self._is_up and len(self._baselines) == 1:
            begin, end = self._baselines[0], _number(attributes)
            if begin is not None and end is not None and end < begin:
                self._gainsaid.add(self._reporter)

    def of_all(self) -> frozenset[str]:
        """Return by reference who says it also where a target lies below its baseline, and never the contrary."""
        return frozenset(self._gainsaid - self._telling)


def _number(attributes: Mapping[str, str]) -> Decimal | None:
    with suppress(UnclearError):
        return Decimal(read_number(attributes.get("value", ""), percent=True, grouped=True))
    return None
