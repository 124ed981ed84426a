"""Evidence of a source that is given in words, and what of it needs a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.drafting.files.written import WrittenEntry, WrittenList, WrittenText, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.files.written import WrittenValue


class GivenEvidence(NamedTuple):
    """Evidence of which some is in words, in braces or not; what is `proposed` keeps them."""

    entry: WrittenEntry
    flow: bool
    proposed: bool


def find_given(
    value: WrittenValue, *, proposed: bool = False, top: bool = True
) -> Iterator[GivenEvidence]:
    """Yield the evidence in a document of which a place has to be found, in its order."""
    if isinstance(value, WrittenText):
        return
    for entry in value.entries:
        below = proposed or (top and entry.key == "proposed")
        if entry.key != "evidence":
            yield from find_given(entry.value, proposed=below, top=False)
        elif any(needs_place(item, proposed=proposed) for item in items_of(entry)):
            yield GivenEvidence(entry, value.flow, proposed)


def items_of(entry: WrittenEntry) -> list[Any]:
    """Return pieces of evidence, one by one."""
    value = plain_value(entry.value)
    return value if isinstance(value, list) else [value]


def starts_of(entry: WrittenEntry) -> list[int]:
    """Return where the items begin that `items_of` returns."""
    value = entry.value
    return [one.start for one in value.entries] if isinstance(value, WrittenList) else [value.start]


def has_place(item: Any) -> bool:
    """Tell whether a piece of evidence has a place, right or wrong."""
    return isinstance(item, dict) and {"start", "end"} <= item.keys()


def needs_place(item: Any, *, proposed: bool) -> bool:
    """Tell whether the words of a piece are to be found; of what is said none are left."""
    if not isinstance(item, dict):
        return True
    return "words" in item and not (proposed and has_place(item))
