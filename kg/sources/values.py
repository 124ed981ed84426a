"""The values of a source, as they are written: what is wrong with one, and what it stands for."""

from __future__ import annotations

from typing import Final, TypeAlias

from kg.base import blanks_in, expand, spelt
from kg.sources.context import LINKS, key_types, whole_name
from kg.sources.written import NUMBERS, PLAIN_DAY, WrittenValue, written_day, written_number

_MOST_SHOWN: Final = 40  # characters; enough to find it in its line

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A scalar, a list or a mapping; no type of YAML is believed."""

NESTED: Final = {
    "statements": "- {id: gazette-2020.1, type: Target}",
    "proposed": "- {id: gazette-2020.1, type: Target}",
    "things": "- {id: acme, type: Company}",
}
"""What follows these keys is described there, and never called by name: with an example of each."""


IN_WORDS: Final = frozenset({"evidence", "words"})
"""A text behind these keys is one of the article's, in which any character may stand."""


class Alias(str):
    """What stands in the place of an alias of YAML, of which is told already."""

    __slots__ = ()


def whole_value(key: str, value: Value) -> Value:
    """Return the names and numbers in a value as the context reads them."""
    if isinstance(value, str):
        if key in NUMBERS and not value.isdecimal():
            return written_number(value).value
        if key in IN_WORDS:
            return value
        return whole_name(key, value) if key_types()[key] in LINKS else value
    return [whole_value(key, item) for item in value] if isinstance(value, list) else value


def start_of(value: str) -> str:
    """Return enough of a text to find it by."""
    return f"'{spelt(value if len(value) <= _MOST_SHOWN else f'{value[:_MOST_SHOWN]}…')}'"


def fault_of(key: str, item: Value) -> str | None:
    """Return what is wrong with one value of a key, or None."""
    if item in ("", [], {}) or isinstance(item, list):
        return f"has an empty or a nested list after {key!r}; write it out"
    if isinstance(item, str) and key in NESTED:
        return (
            f"has {start_of(item)} after {key!r}, which is no mapping of keys to values;"
            f" write what it is, such as {NESTED[key]}"
        )
    type_ = key_types()[key]
    if not isinstance(item, str) or type_ is None or key in IN_WORDS:
        return None
    # A copied number or id may hold what no editor shows, and is then no number, or another id.
    if odd := next(blanks_in(item), None):
        return (
            f"has {start_of(item)} after {key!r}, and in it U+{ord(odd):04X}, which looks like nothing or a space;"
            " type the value anew"
        )
    if key in NUMBERS and not item.isdecimal():
        problem = written_number(item).problem
        return f"has {start_of(item)} after {key!r}, {problem}" if problem else None
    return (
        f"has {item!r} after {key!r}, which is not an id"
        if type_ in LINKS and not _is_id(item)
        else None
    )


def dated(key: str, value: Value, precision: Value | None) -> WrittenValue | None:
    """Return the day that is written after a key, with what its words say of the precision; None where it is plain.

    `precision` is what the source itself says of it, which may say more (that it is inferred), but nothing else.
    """
    if not isinstance(value, str) or PLAIN_DAY.fullmatch(value):
        return None
    written = written_day(key, value)
    if written.problem:
        return written._replace(problem=f"has {start_of(value)} after {key!r}, {written.problem}")
    if written.value == value:
        return None
    given = {precision} if isinstance(precision, str) else set(map(str, precision or ()))
    said = written.precision or "day"
    if given - {"inferred", said}:
        return written._replace(
            problem=f"has {start_of(value)} after {key!r}, which is known to the {said}, and another precision;"
            f" write '{key}: {written.value}' or leave '{key}_precision' out"
        )
    return written


def without_blanks(value: Value) -> Value:
    r"""Return a value as it was meant, without what nobody sees in it, so that the rest can be read.

    >>> without_blanks(["acme\u200b", "a\u00a0b"]), without_blanks("a b")
    (['acme', 'ab'], 'a b')
    """
    if isinstance(value, list):
        return [without_blanks(item) for item in value]
    if isinstance(value, str):
        for blank in set(blanks_in(value)):
            value = value.replace(blank, "")
    return value


def _is_id(item: str) -> bool:
    """Tell whether a value can name a thing."""
    # A keyword of JSON-LD would be read as one, whatever the context says of the key.
    return not item.startswith("@") and expand(item) is not None
