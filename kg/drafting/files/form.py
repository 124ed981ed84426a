"""The form of a source: in which order its keys stand, how it is indented, what is in quotes.

A text of a source that is in this form is left as it is, and any other says the same afterwards. What
stands where is data: the order of keys is that of the JSON-LD context (`kg.sources.key_order`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.base import looks_blank
from kg.drafting.files.written import (
    WrittenEntry,
    WrittenList,
    WrittenMapping,
    WrittenSource,
    WrittenText,
    WrittenValue,
    comments_in,
)
from kg.sources import key_order, key_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTH: Final = 100
"""How many characters a line may have for what stands in braces to stay there."""

_LISTS: Final = ("things", "statements", "proposed")
"""What is described behind these keys has an empty line between one and the next."""

_SENTENCES: Final = frozenset(
    {"title", "note", "description", "definition", "section", "words", "evidence"}
)
"""Texts behind these keys are in quotes, whatever they are: in most of them anything may stand."""

_TYPED: Final = frozenset(
    {"xsd:date", "xsd:decimal", "xsd:nonNegativeInteger", "xsd:boolean", "xsd:hexBinary"}
)
"""What looks like a number, a day or a digest behind a key of these types is just that."""

_FIRST: Final = frozenset("./+")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def format_written(source: WrittenSource) -> str:
    r"""Return a source in its form.

    >>> from kg.drafting.files.written import read_written
    >>> source = read_written("type: Article\nid: 'a'\ntitle: T # so\nstatements: [{value: 1, id: a.1}]\n")
    >>> print(format_written(source), end="")
    id: a
    type: Article
    # so
    title: "T"
    <BLANKLINE>
    statements:
      - {id: a.1, value: 1}
    """
    lines = [*_pairs(source.top, 0, top=True), *_comments(source.tail, 0)]
    while lines and not lines[-1]:
        del lines[-1]
    return "".join(f"{line}\n" for line in lines)


def format_with(top: WrittenMapping, key: str, items: Iterable[WrittenEntry]) -> Iterator[str]:
    """Yield the lines of a source in its form, of which the items behind a key come one by one.

    >>> from kg.drafting.files.written import written_value
    >>> items = (WrittenEntry(None, written_value({"type": "Target", "id": name})) for name in ("a", "b"))
    >>> list(format_with(WrittenMapping([]), "proposed", items))
    ['proposed:', '  - id: a', '    type: Target', '', '  - id: b', '    type: Target']
    """
    these = WrittenEntry(key, WrittenList([]))
    entries = _in_order(WrittenMapping([*top.entries, these]))
    at = next(number for number, entry in enumerate(entries) if entry is these)
    yield from _pairs(WrittenMapping(entries[:at]), 0, top=True)
    if at:
        yield ""
    yield f"{key}:"
    yield from _items(key, items, 2, apart=True)
    yield from _pairs(WrittenMapping(entries[at + 1 :]), 0, top=True)


def write_entries(entries: Iterable[WrittenEntry], indent: int) -> list[str]:
    """Return the lines of items of `things`, `statements` or `proposed`, with empty lines between them.

    >>> from kg.drafting.files.written import written_value
    >>> write_entries([WrittenEntry(None, written_value({"type": "Target", "id": "a.1"}))], 2)
    ['  - id: a.1', '    type: Target']
    """
    return list(_items(None, entries, indent, apart=True))


def write_value(key: str, value: WrittenValue, indent: int) -> list[str]:
    """Return the lines of a key with its value.

    >>> write_value("note", WrittenText("Yes."), 4)
    ['    note: "Yes."']
    """
    return list(_pair(WrittenEntry(key, value), indent))


def write_flow(key: str, value: WrittenValue) -> str:
    """Return a value on one line, in brackets and braces, as it stands behind a key.

    >>> write_flow("about", WrittenList([WrittenEntry(None, WrittenText("a"))]))
    '[a]'
    """
    return _flow(key, value)


def quoted(text: str) -> str:
    r"""Return a text in double quotes, with what nobody sees in it as escapes.

    >>> quoted('5\u00a0"shops"')
    '"5\\u00a0\\"shops\\""'
    """
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(c: str) -> str:
    if c in _ESCAPES:
        return _ESCAPES[c]
    if not looks_blank(c):
        return c
    return f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}"


def _pairs(mapping: WrittenMapping, indent: int, *, top: bool = False) -> Iterator[str]:
    for number, entry in enumerate(_in_order(mapping)):
        if top and number and entry.key in _LISTS:
            yield ""
        yield from _comments(entry.comments, indent)
        yield from _pair(entry, indent, top=top)


def _in_order(mapping: WrittenMapping) -> list[WrittenEntry]:
    places = {key: number for number, key in enumerate(key_order())}
    return sorted(mapping.entries, key=lambda entry: places.get(entry.key or "", len(places)))


def _pair(entry: WrittenEntry, indent: int, *, top: bool = False) -> Iterator[str]:
    key, value, margin = entry.key or "", entry.value, " " * indent
    if isinstance(value, WrittenText):
        yield f"{margin}{key}: {_text(key, value.value)}"
    elif isinstance(value, WrittenMapping):
        yield f"{margin}{key}:"
        yield from _pairs(value, indent + 2)
    elif _in_brackets(key, value):
        yield f"{margin}{key}: {_flow(key, value)}"
    else:
        yield f"{margin}{key}:"
        yield from _items(key, value.entries, indent + 2, apart=top and key in _LISTS)


def _in_brackets(key: str, value: WrittenList) -> bool:
    """Tell whether a list is one of words, which stands on one line."""
    return key not in _SENTENCES and all(
        isinstance(one.value, WrittenText) and not one.comments for one in value.entries
    )


def _items(
    key: str | None, entries: Iterable[WrittenEntry], indent: int, *, apart: bool
) -> Iterator[str]:
    before: bool | None = None  # whether the item before stands on one line
    for entry in entries:
        lines = list(_item(key, entry, indent))
        single = len(lines) == 1
        if apart and before is not None and not (before and single):
            yield ""
        yield from lines
        before = single


def _item(key: str | None, entry: WrittenEntry, indent: int) -> Iterator[str]:
    margin, value = " " * indent, entry.value
    if isinstance(value, WrittenText):
        yield from _comments(entry.comments, indent)
        yield f"{margin}- {_text(key or '', value.value)}"
        return
    flow = f"{margin}- {_flow(key or '', value)}"
    if isinstance(value, WrittenList) or (
        value.flow and len(flow) <= _WIDTH and not comments_in(value)
    ):
        yield from _comments(entry.comments, indent)
        yield flow
        return
    first, *rest = _in_order(value)
    yield from _comments([*entry.comments, *first.comments], indent)
    begin, *more = _pair(first, indent + 2)
    yield f"{margin}- {begin.lstrip()}"
    yield from more
    yield from _pairs(WrittenMapping(rest), indent + 2)


def _comments(comments: Iterable[str], indent: int) -> Iterator[str]:
    for comment in comments:
        yield f"{' ' * indent}{comment}" if comment else ""


def _flow(key: str, value: WrittenValue) -> str:
    if isinstance(value, WrittenText):
        return _text(key, value.value, flow=True)
    if isinstance(value, WrittenList):
        return f"[{', '.join(_flow(key, one.value) for one in value.entries)}]"
    pairs = (f"{one.key}: {_flow(one.key or '', one.value)}" for one in _in_order(value))
    return f"{{{', '.join(pairs)}}}"


def _text(key: str, value: str, *, flow: bool = False) -> str:
    if key in _SENTENCES or not _is_plain(value, flow=flow):
        return quoted(value)
    return value if key_types().get(key) in _TYPED or _is_text(value) else quoted(value)


def _is_text(value: str) -> bool:
    """Tell whether other readers of YAML, too, take this for a text, where it stands without quotes."""
    tag: str = _resolver().resolve(yaml.ScalarNode, value, (True, False))
    return tag.endswith(":str")


@cache
def _resolver() -> Any:
    return yaml.resolver.Resolver()


def _is_plain(value: str, *, flow: bool) -> bool:
    """Tell whether a text is read as it is without quotes."""
    first = value[:1].isalnum() or (value[:1] in _FIRST and value[1:2].isalnum())
    negative = value[:1] == "-" and value[1:2].isdigit()
    return (
        (first or negative)
        and not any(map(looks_blank, value))
        and ": " not in value
        and " #" not in value
        and value[-1] not in ": "
        and not (flow and any(c in ",[]{}" for c in value))
    )
