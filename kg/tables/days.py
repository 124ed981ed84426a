"""Days and times as people write them, by a format such as `dd.MM.yyyy`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from kg.tables.lexical import MOST_FORMAT, Lexical, Value

_ZONE: Final = r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE: Final = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME: Final = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_PLAIN: Final = {
    "date": ("yyyy-MM-dd", re.compile(_DATE + _ZONE)),
    "datetime": (
        "yyyy-MM-ddTHH:mm:ss",
        re.compile(rf"{_DATE}T{_TIME}(?:\.(?P<microsecond>[0-9]+))?{_ZONE}"),
    ),
}
_ZONES: Final = {
    "X": r"(?P<zone>Z|[+-][0-9]{2}(?:[0-9]{2})?)", "XX": r"(?P<zone>Z|[+-][0-9]{4})",
    "XXX": r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})", "x": r"(?P<zone>[+-][0-9]{2}(?:[0-9]{2})?)",
    "xx": r"(?P<zone>[+-][0-9]{4})", "xxx": r"(?P<zone>[+-][0-9]{2}:[0-9]{2})",
}  # fmt: skip
# Which other format a day could be of: enough for people to recognise theirs.
_COMMON: Final = ("dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "dd-MM-yyyy", "yyyyMMdd", "d.M.yyyy",
                  "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "yyyy-MM-dd")  # fmt: skip
_SERIAL: Final = re.compile(r"[2-9][0-9]{4}(?:\.[0-9]+)?")
_EPOCH: Final = date(1899, 12, 30)  # what spreadsheets count days from, since March 1900


class Days:
    """How the days of a column are written; `read` reads one.

    >>> Days("date", None).read("31.01.2020")
    Traceback (most recent call last):
    ValueError: is no date of the form yyyy-MM-dd; if it is one of dd.MM.yyyy, make that its format
    """

    def __init__(self, base: str, given: Any) -> None:
        """Take a format of CSVW, a pattern of its short list."""
        kind = "date" if base == "date" else "datetime"
        self._dated = kind == "date"
        self._plain = _PLAIN[kind]
        self._form, self._pattern = self._plain if given is None else _pattern(given)

    def read(self, cell: str) -> Value:
        """Return a day, or a day and time.

        Raises:
            ValueError: the cell is written in another way, or there is no such day.
        """
        form, pattern = self._plain if isinstance(cell, Lexical) else (self._form, self._pattern)
        found = pattern.fullmatch(cell)
        held = _moment(found) if found else None
        if found and held is None:
            raise ValueError("is no day of the calendar")
        if held is None:
            name = "date" if self._dated else "date and time"
            raise ValueError(f"is no {name} of the form {form}{self._hint(cell)}")
        # Bounds are read by csvw, which keeps no zone of a day.
        if not self._dated:
            return Value(held.isoformat(), held)
        zone = (found and found.groupdict().get("zone")) or ""
        return Value(f"{held.date().isoformat()}{zone}", held.replace(tzinfo=None))

    def _hint(self, cell: str) -> str:
        if _SERIAL.fullmatch(cell):
            day = _EPOCH + timedelta(days=int(float(cell)))
            return f"; as the day number of a spreadsheet it is {day.isoformat()}"
        if not self._dated:
            return ""
        others = [form for form in _COMMON if form != self._form and _is_day(cell, form)]
        # What fits the longer one fits the shorter one as well.
        exact = [form for form in others if len(form) == len(cell)] or others
        if not exact:
            return ""
        return f"; if it is one of {' or '.join(exact)}, make that its format"


def _is_day(cell: str, form: str) -> bool:
    found = _pattern(form)[1].fullmatch(cell)
    return found is not None and _moment(found) is not None


def _pattern(given: Any) -> tuple[str, re.Pattern[str]]:
    from csvw.datatypes import dt_format_and_regex  # the whole of csvw is loaded by then

    if not isinstance(given, str) or len(given) > MOST_FORMAT:
        raise ValueError(f"has the format {str(given)[:40]!r}; write one such as dd.MM.yyyy")
    try:
        parts = dt_format_and_regex(given)
    except (ValueError, KeyError):
        raise ValueError(f"has the format {given!r}; write one such as dd.MM.yyyy") from None
    zone = str(parts["tz_marker"] or "")
    gap = re.escape(" ") if zone.startswith(" ") else ""
    text = str(parts["regex"].pattern)
    return given, re.compile(text + gap + _ZONES.get(zone.strip(), ""))


def _moment(found: re.Match[str]) -> datetime | None:
    """Return what the parts of a match amount to, or None where there is no such day."""
    parts = found.groupdict()
    names = ("year", "month", "day", "hour", "minute", "second")
    numbers = {name: int(parts[name]) for name in names if parts.get(name)}
    fraction = (parts.get("microsecond") or "")[:6].ljust(6, "0")
    try:
        zone = _zone(parts.get("zone"))
        return datetime(**numbers, microsecond=int(fraction), tzinfo=zone)
    except (ValueError, TypeError):
        return None


def _zone(text: str | None) -> timezone | None:
    if not text or text == "Z":
        return UTC if text else None
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0)))
