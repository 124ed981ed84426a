"""Changes to the lists of a source: what is proposed written anew, and entries added where they belong."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from kg.drafting.files.edits import Edit, line_end, line_start
from kg.drafting.files.form import write_entries
from kg.drafting.files.pending import entries_of, name_of
from kg.drafting.files.written import WrittenList
from kg.sources import key_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.files.written import WrittenEntry, WrittenMapping

_DIGITS: Final = re.compile("([0-9]+)")


def rewritten_proposals(text: str, top: WrittenMapping, entries: Sequence[WrittenEntry]) -> Edit:
    r"""Return the change after which these entries are what is proposed; without any the key goes.

    >>> from kg.drafting.files.written import read_written
    >>> text = "id: a\nproposed:\n  - {id: b}\n"
    >>> rewritten_proposals(text, read_written(text).top, [])
    Edit(start=5, end=27, text='')
    """
    key = top.entry("proposed")
    assert key is not None  # noqa: S101 - something was proposed
    end = line_end(text, key.end)
    inside = [one for one in key.comments if one and one in text[key.start : end]]
    if not entries and inside:
        return Edit(key.start, end, "\n".join(inside))
    if not entries:
        return Edit(len(text[: key.start].rstrip()), end, "")
    return Edit(key.start, end, "\n".join([*inside, "proposed:", *write_entries(entries, 2)]))


def added_entries(
    text: str, top: WrittenMapping, key: str, entries: Sequence[WrittenEntry]
) -> list[Edit]:
    r"""Return the changes after which entries stand among those of a key, statements in the order of their ids.

    >>> from kg.drafting.files.written import read_written
    >>> text = "id: a\nstatements:\n  - {id: a.2}\n  - {id: a.10}\n"
    >>> top = read_written(text).top
    >>> added_entries(text, top, "statements", entries_of(read_written("x: [{id: a.3}]").top, "x"))
    [Edit(start=31, end=31, text='\n  - {id: a.3}')]
    """
    known = top.entry(key)
    if known is None:
        order = key_order()
        above = [one for one in top.entries if order.index(one.key or "id") < order.index(key)]
        place = _line_behind(text, max(above, key=lambda one: one.end).end)
        return [Edit(place, place, "\n".join(["", "", f"{key}:", *write_entries(entries, 2)]))]
    if not isinstance(known.value, WrittenList) or known.value.flow:
        listed = [*entries_of(top, key), *entries]
        lines = [f"{key}:", *write_entries(listed, 2)]
        return [Edit(known.start, line_end(text, known.end), "\n".join(lines))]
    margin = known.value.start - line_start(text, known.value.start)
    edits = []
    for entry in entries:
        lines = write_entries([entry], margin)
        before = _before(known.value.entries, entry, ordered=key == "statements")
        if before is None:
            place = line_end(text, known.start)
            edits.append(Edit(place, place, "\n".join(["", *lines, ""])))
            continue
        place = _line_behind(text, before.end)
        # What stands on one line has none between it and the next of its kind.
        single = len(lines) == 1 and "\n" not in text[before.start : before.end]
        edits.append(Edit(place, place, "\n".join([*([""] if single else ["", ""]), *lines])))
    return edits


def _line_behind(text: str, end: int) -> int:
    """Return the end of what stands in a line in which something ends, with a comment behind it."""
    return max(end, len(text[: line_end(text, end)].rstrip()))


def _before(
    listed: Sequence[WrittenEntry], new: WrittenEntry, *, ordered: bool
) -> WrittenEntry | None:
    """Return behind which entry a new one belongs: by their ids where these are in their order, else the last."""
    ranks = [_rank(one) for one in listed]
    if not ordered or ranks != sorted(ranks):
        return listed[-1]
    number = bisect_right(ranks, _rank(new))
    return listed[number - 1] if number else None


def _rank(entry: WrittenEntry) -> list[tuple[int, str]]:
    """Return what ids are ordered by: figures in them as numbers."""
    parts = _DIGITS.split(name_of(entry))
    return [(int(part), "") if number % 2 else (0, part) for number, part in enumerate(parts)]
