"""Numbers as people write them: with a decimal comma, in groups of digits, as per cents.

What a format does not name is refused, never guessed at: where one country has 1.234 for a thousand
and more, another has it for a little over one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from kg.tables.lexical import MOST_FORMAT, SPACES, Lexical, PerCent, Value

_DOUBLES: Final = frozenset({"double", "number"})
_SCALES: Final = {"%": 2, "‰": 3}
_PLACES: Final = 18  # before the point and behind it: with so many the engine computes
_PATTERN: Final = re.compile(r"[+-]?[#0,]*(?:\.0*#*)?(?:E[+-]?[#0]+)?[%‰]?")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:[.eE][^,]*)?")
_LIKELY_GROUPED: Final = re.compile(rf"[+-]?[0-9]{{1,3}}(?:[{SPACES}.,'’][0-9]{{3}})+")
_PLAIN: Final = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?")
_DOUBLE: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


class Numbers:
    """How the numbers of a column are written; `read` reads one.

    >>> Numbers("decimal", re.compile("[0-9.]+"), {"groupChar": " "}).read("20\u202f000").text
    '20000'
    """

    def __init__(self, base: str, form: re.Pattern[str], given: Any) -> None:
        """Take a format of CSVW: a pattern, or an object of `pattern`, `decimalChar`, `groupChar`."""
        self.base, self._form = base, form
        said = given if isinstance(given, dict) else {"pattern": given} if given else {}
        if not isinstance(given, dict | str | None) or said.keys() - _KEYS:
            raise ValueError(f"has the format {given!r}; write {' and '.join(sorted(_KEYS))}")
        self._decimal = _character(said.get("decimalChar", "."), "decimalChar")
        self._group = said.get("groupChar")
        if self._group is not None:
            _character(self._group, "groupChar")
        pattern = said.get("pattern")
        if pattern is not None:
            pattern = self._as_written(pattern)
            if self._group is None and "," in pattern:
                self._group = ","
        if self._group == self._decimal:
            raise ValueError(f"has {self._decimal!r} for decimals and for groups of digits")
        self._pattern = _number_pattern(pattern) if pattern is not None else None
        self._sign = pattern[-1:] if pattern and pattern[-1:] in _SCALES else ""
        self._told = self._describe(said.get("pattern"))
        self._words = self._translation()
        self._as_xsd = not pattern and self._group is None and self._decimal == "."

    def _as_written(self, pattern: Any) -> str:
        """Return a pattern with `.` for decimals and `,` for groups, however it is written.

        By CSVW it is written with the characters that the format names, by UAX #35 always with these
        two: taken is what makes sense.
        """
        if not isinstance(pattern, str) or len(pattern) > MOST_FORMAT:
            raise ValueError(f"has the pattern {str(pattern)[:40]!r}; write one such as #,##0.00")
        named = {ord(self._decimal): "."} | ({ord(self._group): ","} if self._group else {})
        for one in (pattern.translate(named), pattern):
            if _PATTERN.fullmatch(one) and one.strip("+-%‰"):
                return one
        raise ValueError(f"has the pattern {pattern!r}; write one such as #,##0.00")

    def _describe(self, pattern: str | None) -> str:
        """Return what a number is to look like, in words."""
        name = "no number" if self.base in _DOUBLES else f"no {self.base}"
        if pattern:
            return f"{name} of the form {pattern}"
        parts = [] if self._decimal == "." else [f"{self._decimal!r} before its decimals"]
        if self._group is not None:
            parts.append(f"{self._group!r} between groups of three digits")
        return f"{name} with {' and '.join(parts)}" if parts else name

    def _translation(self) -> dict[int, str | None]:
        # Whatever is not named stands for nothing: it becomes what no number has.
        words: dict[int, str | None] = {ord(","): "?", ord("."): "?"}
        words[ord(self._decimal)] = "."
        if self._group is not None:
            alike = SPACES if self._group in SPACES else self._group
            words |= dict.fromkeys(map(ord, alike), ",")
        return words

    def read(self, cell: str) -> Value:
        """Return a number.

        Raises:
            ValueError: the cell is written in another way.
        """
        # Most are as they are to be already.
        if self._as_xsd and _PLAIN.fullmatch(cell) and self._keeps(cell):
            return Value(str(cell), Decimal(cell))
        if isinstance(cell, Lexical):
            if isinstance(cell, PerCent) != bool(self._sign):
                raise ValueError(f"is {self._told}{self._hint(cell)}")
            return self._value(self._positional(cell), cell, 0)
        if self._as_xsd:
            return self._value(cell, cell, 0)
        text = cell.translate(self._words)
        if self._sign and not text.endswith(self._sign):
            raise ValueError(f"is {self._told}")
        bare = text.removesuffix(self._sign) if self._sign else text
        # A pattern has its own say of how long groups are, for 1,00,000.
        if "," in bare and not self._pattern and not _GROUPED.fullmatch(bare):
            raise ValueError(f"is {self._told}")
        if self._pattern and not self._pattern.is_valid(bare):
            raise ValueError(f"is {self._told}")
        return self._value(bare.replace(",", ""), cell, _SCALES.get(self._sign, 0))

    def _keeps(self, number: str) -> bool:
        """Tell whether a plain number, which is not shown as a percentage, stands in a literal of the datatype as it is."""
        if isinstance(number, PerCent):
            return False
        return self.base == "decimal" or (self.base == "integer" and "." not in number)

    def _positional(self, cell: str) -> str:
        """Return a number that has a type without an exponent, where there is to be none."""
        if self.base in _DOUBLES or not _DOUBLE.fullmatch(cell):
            return str(cell)
        value = Decimal(cell)
        # A column of floats may hold whole numbers alone: 20.0 is an integer of its type.
        if self.base == "integer" and value == value.to_integral_value():
            return format(value.to_integral_value(), "f")
        return format(value, "f")

    def _value(self, text: str, cell: str, scale: int) -> Value:
        if not self._form.fullmatch(text):
            raise ValueError(f"is {self._told}{self._hint(cell)}")
        if self.base in _DOUBLES and not _holds(text):
            special = {"INF": "inf", "+INF": "inf", "-INF": "-inf", "NaN": "nan"}
            number = float(special.get(text, text)) / 10**scale
            names = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
            return Value(names.get(str(number), str(number)), number)
        sign, digits, exponent = Decimal(text).as_tuple()
        # Not by arithmetic, which rounds to 28 digits.
        value = Decimal((sign, digits, int(exponent) - scale))
        if self.base == "integer":
            if value != value.to_integral_value():
                raise ValueError(f"is {self._told}")
            return Value(format(value, "f").partition(".")[0], value)
        if self.base in _DOUBLES:
            return Value(format(value, "f"), float(value), "decimal")
        return Value(format(value, "f"), value)

    def _hint(self, cell: str) -> str:
        """Return what to do, where it is likely what was meant."""
        if isinstance(cell, PerCent) or cell[-1:] in _SCALES:
            sign = "%" if isinstance(cell, PerCent) else cell[-1]
            return f'; where all of the column is so, give it the format "0.###{sign}"'
        if self._group is None and re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]{3}", cell):
            # A thousand and more here, a little over one there: both are said.
            grouped = '; if the comma groups digits, give the column the format {"groupChar": ","}'
            decimal = ', if it stands before decimals, {"decimalChar": ","}'
            return grouped if self.base == "integer" else grouped + decimal
        if self._decimal == "." and re.fullmatch(r"[+-]?[0-9]+,[0-9]+", cell):
            return '; if that is a decimal comma, give the column the format {"decimalChar": ","}'
        if self._group is None and _LIKELY_GROUPED.match(cell):
            return "; if those are groups of digits, name their groupChar in the column's format"
        return ""


def _holds(number: str) -> bool:
    """Tell whether a decimal with which the engine computes is what is written, so that nothing has to be rounded."""
    if number[-1:] in "FN":
        return False
    value = Decimal(number)
    # By its exponent, for 1e-999999999 has as many places.
    behind = -int(value.as_tuple().exponent)
    return behind <= _PLACES and value.adjusted() < _PLACES


_KEYS: Final = frozenset({"pattern", "decimalChar", "groupChar"})


def _character(value: Any, key: str) -> str:
    if isinstance(value, str) and len(value) == 1 and not value.isalnum() and value not in "+-%‰":
        return value
    raise ValueError(f"has the {key} {value!r}, which is no such character")


def _number_pattern(pattern: str) -> Any:
    from csvw.datatypes import NumberPattern  # the whole of csvw is loaded by then

    return NumberPattern(pattern.rstrip("%‰"))
