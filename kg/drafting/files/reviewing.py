"""Decisions about proposals, as changes to the text of a source: accepted, dropped, changed.

What is said already stays as it is, to the byte; what is accepted is put among it in the order of ids,
and what is still proposed is written in its form.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base import SourceError, UsageError
from kg.drafting.files.edits import edited
from kg.drafting.files.form import write_entries
from kg.drafting.files.list_edits import added_entries, rewritten_proposals
from kg.drafting.files.pending import entries_of, find_waiting, name_of, needed_alone
from kg.drafting.files.written import (
    WrittenEntry,
    WrittenList,
    WrittenMapping,
    WrittenText,
    comments_in,
    plain_value,
    read_written,
    written_value,
)
from kg.sources import key_order, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from kg.drafting.files.written import WrittenValue

_OWN: Final = frozenset({"id", "proposed", "things", "statements"})
"""The keys that nobody changes in a proposal."""


def accept(text: str, name: str, *, without: Collection[str] = ()) -> str:
    r"""Return a text in which a proposal is said, with the things that it needs.

    `without` are the statements that it is not to confirm, although that was supposed.

    >>> print(accept("id: a\nproposed:\n  - {id: a.1, type: Target, about: b, by: me}\n", "a.1"), end="")
    id: a
    <BLANKLINE>
    statements:
      - {id: a.1, type: Target, about: b}
    """
    waiting = {one.name: one for one in find_waiting(text)}
    names = {*waiting[name].needs, name}
    top = read_written(text).top
    listed = entries_of(top, "proposed")
    edits = []
    for key, states in (("things", False), ("statements", True)):
        taken = [one for one in listed if name_of(one) in names]
        entries = [_said(one, without) for one in taken if waiting[name_of(one)].states == states]
        if entries:
            edits += added_entries(text, top, key, entries)
    left = [one for one in listed if name_of(one) not in names]
    return edited(text, [*edits, rewritten_proposals(text, top, left)])


def drop(text: str, name: str) -> str:
    r"""Return a text without a proposal, and without the things that wait for it alone.

    A heading above what goes stays, above a next one that has none.

    >>> drop("id: a\nproposed:\n  - {id: a.1, type: Target, about: b}\n  - {id: b, type: Company}\n", "a.1")
    'id: a\n'
    """
    gone = {name, *needed_alone(text, name)}
    top = read_written(text).top
    left: list[WrittenEntry] = []
    comments: list[str] = []
    for one in entries_of(top, "proposed"):
        if name_of(one) in gone:
            comments = one.comments or comments
        else:
            # What has comments of its own begins something else.
            left.append(WrittenEntry(None, one.value, comments=one.comments or comments))
            comments = []
    return edited(text, [rewritten_proposals(text, top, left)])


def lines_of_entry(text: str, name: str) -> str:
    """Return a proposal alone, as a person edits it: a mapping in YAML."""
    entry = next(
        one for one in entries_of(read_written(text).top, "proposed") if name_of(one) == name
    )
    value = entry.value
    if isinstance(value, WrittenMapping):
        value = WrittenMapping(value.entries)  # in lines, not in braces
    lines = write_entries([WrittenEntry(None, value)], 0)
    return "".join(f"{line[2:]}\n" for line in lines)


def change(text: str, name: str, setting: str) -> str:
    r"""Return a text in which a key of a proposal has another value: `KEY=VALUE`; `KEY=` takes it out.

    A value is read as it stands behind a key: `[a, b]` is a list.

    Raises:
        UsageError: there is no such setting, or the value cannot be read.

    >>> text = "id: a\nproposed:\n  - {id: a.1, type: Target, about: b}\n"
    >>> change(text, "a.1", "about=[b, c]").splitlines()[2]
    '  - {id: a.1, type: Target, about: [b, c]}'
    """
    key, equals, value = (part.strip() for part in setting.partition("="))
    if not equals or key not in key_order() or key in _OWN:
        raise UsageError(f"{setting!r} is no KEY=VALUE of a proposal, such as place=india")
    new = _read(f"id: it\ntype: Target\n{key}: {value}")[key] if value else None
    return _replaced(text, name, lambda keys: {**keys, key: new})


def replace_entry(text: str, name: str, lines: str) -> str:
    """Return a text in which a proposal is what a person made of it: a mapping in YAML.

    Raises:
        UsageError: it cannot be read.
    """
    keys = _read(lines)
    return _replaced(text, name, lambda _: keys)


def _read(lines: str) -> dict[str, Any]:
    """Read what a person has written, as strictly as a source is read."""
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    probe = f"id: change\nproposed:\n  -\n{body}"
    try:
        read_yaml(probe.encode(), Path("change.yaml"))
    except SourceError as error:
        raise UsageError("; ".join(one.problem for one in error.problems)) from None
    found: dict[str, Any] = plain_value(entries_of(read_written(probe).top, "proposed")[0].value)
    return found


def _replaced(text: str, name: str, new: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> str:
    top = read_written(text).top
    entries = []
    for one in entries_of(top, "proposed"):
        if name_of(one) == name and isinstance(one.value, WrittenMapping):
            keys = {k: v for k, v in new(plain_value(one.value)).items() if v is not None}
            value = WrittenMapping(
                [WrittenEntry(key, written_value(v)) for key, v in keys.items()], one.value.flow
            )
            comments = [*one.comments, *comments_in(one.value)]
            entries.append(WrittenEntry(None, value, comments=comments))
        else:
            entries.append(one)
    return edited(text, [rewritten_proposals(text, top, entries)])


def _said(entry: WrittenEntry, without: Collection[str]) -> WrittenEntry:
    """Return what is proposed as it is said: without who proposes it, and without the article's words."""
    value = entry.value
    if not isinstance(value, WrittenMapping):
        return entry
    kept = []
    # What rests on a row or an element of a file is found there, and its words in no text.
    in_file = value.entry("row") or value.entry("element")
    for one in value.entries:
        if one.key == "by":
            continue
        if one.key == "confirms" and without:
            one.value = _without(one.value, without)
        if one.key == "evidence":
            if in_file and not _is_placed(one.value):
                continue
            one.value = _placed(one.value)
        kept.append(one)
    said = [one for one in kept if not isinstance(one.value, WrittenList) or one.value.entries]
    return WrittenEntry(None, WrittenMapping(said, value.flow), comments=entry.comments)


def _without(value: WrittenValue, names: Collection[str]) -> WrittenValue:
    """Return the names in a value but for some; one is written as one."""
    entries = value.entries if isinstance(value, WrittenList) else [WrittenEntry(None, value)]
    left = [
        one
        for one in entries
        if not (isinstance(one.value, WrittenText) and one.value.value in names)
    ]
    return left[0].value if len(left) == 1 else WrittenList(left)


def _placed(value: WrittenValue) -> WrittenValue:
    """Return evidence without its words, where it has a place."""
    if isinstance(value, WrittenList):
        for one in value.entries:
            one.value = _placed(one.value)
        return value
    if isinstance(value, WrittenMapping) and _is_placed(value):
        left = [one for one in value.entries if one.key not in ("words", "nth")]
        return WrittenMapping(left, value.flow)
    return value


def _is_placed(value: WrittenValue) -> bool:
    """Tell whether evidence has a place in a text."""
    if isinstance(value, WrittenList):
        return any(_is_placed(one.value) for one in value.entries)
    return isinstance(value, WrittenMapping) and bool(value.entry("start") and value.entry("end"))
