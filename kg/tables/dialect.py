"""How the text of a table is written: separators, quotation marks, encoding, rows before the header.

It is the `dialect` of the metadata (Metadata Vocabulary for Tabular Data, section 5.9). Unlike csvw
it refuses what it does not know: a misspelt key would read a table in another way than was meant.
"""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_SKIPPED: Final = 1000
"""How many rows or columns may be passed over."""

# What spreadsheets write: UTF-8, or the code page of the system. Python knows codecs that are none.
_ENCODINGS: Final = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "mac-roman"),
    *(f"cp{number}" for number in (437, 850, 852, 866, 932, 936, 949, 950, *range(1250, 1259))),
    *(f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))),
    *("shift_jis", "euc_jp", "euc_kr", "gb2312", "gbk", "gb18030", "big5", "koi8-r", "koi8-u"),
)
_TERMINATORS: Final = {"\n", "\r\n", "\r"}
_TRIMS: Final[Mapping[str, Callable[[str], str]]] = {
    "true": str.strip, "start": str.lstrip, "end": str.rstrip, "false": str,
}  # fmt: skip


@dataclass(frozen=True)
class Dialect:
    """How the cells of a text are told apart; names and defaults are those of CSVW.

    Only `commentPrefix` has none here: without a dialect `#1 Works` is a cell like any other.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quoteChar: str | None = '"'  # noqa: N815 - as the standard calls it
    doubleQuote: bool = True  # noqa: N815
    commentPrefix: str | None = None  # noqa: N815
    header: bool = True
    headerRowCount: int = 1  # noqa: N815
    skipRows: int = 0  # noqa: N815
    skipColumns: int = 0  # noqa: N815
    skipBlankRows: bool = False  # noqa: N815
    skipInitialSpace: bool = False  # noqa: N815
    trim: str = "false"
    lineTerminators: tuple[str, ...] = ("\r\n", "\n")  # noqa: N815

    @classmethod
    def of(cls, given: Any) -> Dialect:
        """Read what the metadata says.

        Raises:
            ValueError: it says something that means nothing, in a clause without a subject.

        >>> Dialect.of({"delimiter": ";", "encoding": "Windows-1252"}).encoding
        'cp1252'
        >>> Dialect.of({"delimeter": ";"})
        Traceback (most recent call last):
        ValueError: has the dialect 'delimeter', which means nothing
        """
        if not isinstance(given, dict):
            raise ValueError("has a dialect that is no object; nothing is fetched")  # noqa: TRY004
        said = {key: value for key, value in given.items() if key != "@type"}
        known = {field.name for field in fields(cls)}
        if unknown := sorted(said.keys() - known):
            raise ValueError(f"has the dialect {unknown[0]!r}, which means nothing")
        return cls(**{key: _read(key, value) for key, value in sorted(said.items())})

    @property
    def header_rows(self) -> int:
        """How many rows name the columns."""
        return self.headerRowCount if self.header else 0

    @property
    def python(self) -> Mapping[str, Any]:
        """What the csv module is told; strict, so that a quotation mark out of place is an error."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quoteChar or None,
            "quoting": csv.QUOTE_MINIMAL if self.quoteChar else csv.QUOTE_NONE,
            "doublequote": self.doubleQuote,
            "escapechar": None if self.doubleQuote else "\\",
            "skipinitialspace": self.skipInitialSpace,
            "strict": True,
        }

    @property
    def takes_all(self) -> bool:
        """Whether every record but an empty one counts, and every cell as it stands."""
        left_out = self.skipColumns or self.skipBlankRows or self.commentPrefix
        return not left_out and self.trim == "false"

    def cells(self, record: list[str]) -> list[str]:
        """Return the cells of a record that count, as they count."""
        if self.skipColumns:
            record = record[self.skipColumns :]
        if self.trim != "false":
            record = [_TRIMS[self.trim](cell) for cell in record]
        return record

    def is_passed_over(self, record: list[str]) -> bool:
        """Tell whether a record is a comment, or blank where those do not count."""
        if not record or (self.skipBlankRows and not any(record)):
            return True
        return bool(self.commentPrefix) and record[0].startswith(str(self.commentPrefix))


def _read(key: str, value: Any) -> Any:
    """Return the value of a key as `Dialect` has it."""
    if key == "trim" and isinstance(value, bool):
        value = str(value).lower()
    if key == "lineTerminators":
        value = tuple([value] if isinstance(value, str) else value or ())
    if not _FITS[key](value):
        raise ValueError(f"has the dialect {key!r} with {value!r}, which it cannot have")
    return codecs.lookup(value).name if key == "encoding" else value


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_SKIPPED


def _is_character(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 1 and value not in "\r\n\0"


def _is_encoding(value: Any) -> bool:
    try:
        return codecs.lookup(value).name in _ENCODINGS
    except (LookupError, TypeError, ValueError):
        return False


_FITS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "encoding": _is_encoding,
    "delimiter": _is_character,
    "quoteChar": lambda value: value is None or _is_character(value),
    "doubleQuote": _is_flag,
    "commentPrefix": lambda value: value is None or isinstance(value, str),
    "header": _is_flag,
    "headerRowCount": _is_count,
    "skipRows": _is_count,
    "skipColumns": _is_count,
    "skipBlankRows": _is_flag,
    "skipInitialSpace": _is_flag,
    "trim": lambda value: isinstance(value, str) and value in _TRIMS,
    "lineTerminators": lambda value: bool(value) and _TERMINATORS.issuperset(value),
}
