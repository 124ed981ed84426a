"""The proposals of a source as they wait: what each says, where its words stand, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.base import digest
from kg.drafting.files.written import (
    WrittenEntry,
    WrittenList,
    WrittenMapping,
    plain_value,
    read_written,
)
from kg.sources import statement_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.drafting.papers.copies import TextCopies, TextCopy

_SUPPOSED: Final = ("confirms",)
"""What a draft only supposes of other statements, so that it is asked by itself."""

_FOR_EDITORS: Final = "yaml-language-server:"

LISTS: Final = ("things", "statements", "proposed")
"""The keys behind which a source describes what it is about, says, and proposes."""


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits: the `keys` and values that it has, and whether it `states` something.

    `needs` are the ids of other proposals that it cannot be without, the things that it names, and
    `follows` those of other proposed statements that it names, which are decided by themselves.
    """

    name: str
    keys: Mapping[str, Any] = field(repr=False)
    states: bool
    needs: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()

    @property
    def by(self) -> str | None:
        """Who proposes it, if that is said."""
        return self.keys.get("by")

    @property
    def places(self) -> tuple[tuple[int, int, str | None], ...]:
        """The places of its evidence in the text, each with the digest of its words if that is given."""
        return tuple(
            (int(one["start"]), int(one["end"]), one.get("sha256"))
            for one in self._evidence()
            if isinstance(one, dict) and _is_place(one)
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its evidence, as far as they are given."""
        found = (one.get("words") if isinstance(one, dict) else one for one in self._evidence())
        return tuple(one for one in found if one)

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The words of its evidence that are not those of the digest beside them."""
        return tuple(
            one["words"]
            for one in self._evidence()
            if isinstance(one, dict)
            and "words" in one
            and one.get("sha256", "") not in ("", digest(one["words"]))
        )

    @property
    def evidence(self) -> int:
        """How many pieces of evidence it has."""
        return len(self._evidence())

    @property
    def supposed(self) -> tuple[str, ...]:
        """The statements that it is only supposed to confirm."""
        return tuple(one for key in _SUPPOSED for one in _texts(self.keys.get(key)))

    def _evidence(self) -> list[Any]:
        evidence = self.keys.get("evidence", [])
        return evidence if isinstance(evidence, list) else [evidence]


def find_waiting(text: str) -> list[Waiting]:
    r"""Return the proposals in the text of a source that `kg.sources` reads, in their order.

    >>> find_waiting("id: a\nproposed:\n  - {id: a.1, type: Target, about: b}\n  - {id: b, type: Company}")
    [Waiting(name='a.1', states=True, needs=('b',), follows=()), Waiting(name='b', states=False, needs=(), follows=())]
    """
    top = read_written(text).top
    entries = [plain_value(one.value) for one in entries_of(top, "proposed")]
    things = {one["id"]: set(_names(one)) for one in entries if not _states(one)}
    # Whoever published it or wrote it is needed by all that it says.
    said = {one.key or "": plain_value(one.value) for one in top.entries if one.key not in LISTS}
    source = set(_names(said))
    stated = {one["id"] for one in entries} - things.keys()
    waiting = []
    for one in entries:
        states = one["id"] in stated
        needs = _needed(one, things, source if states else set())
        follows = tuple(sorted({*_names(one)} & stated - {one["id"]}))
        waiting.append(Waiting(one["id"], one, states, needs, follows))
    return waiting


def language_of(text: str) -> str:
    r"""Return the language of the article that the text of a source is of; English where that is not said.

    >>> language_of("id: a\nlanguage: de"), language_of("id: a")
    ('de', 'en')
    """
    return read_written(text).top.text("language") or "en"


def heading_of(text: str) -> tuple[str, ...]:
    r"""Return what a source says of its article, and what is remarked above it, a line each.

    >>> heading_of("# The day is only guessed.\nid: a\ntitle: More shops\npublished: 2020-01-31\n")
    ('More shops · 2020-01-31', 'The day is only guessed.')
    """
    top = read_written(text).top
    said = " · ".join(filter(None, map(top.text, ("title", "publisher", "published"))))
    above = (one.strip("# ") for one in top.entries[0].comments)
    remarks = (one for one in above if one and not one.startswith(_FOR_EDITORS))
    return tuple(filter(None, (said, *remarks)))


def needed_alone(text: str, name: str) -> tuple[str, ...]:
    r"""Return the proposed things that a proposal brings along and nothing else names, said or proposed.

    >>> needed_alone("id: a\nproposed:\n  - {id: a.1, type: Target, about: b}\n  - {id: b, type: Company}", "a.1")
    ('b',)
    """
    waiting = {one.name: one for one in find_waiting(text)}
    brought = waiting[name].needs
    # A thing that it brings along keeps nothing by itself; what the source says keeps what it names.
    kept = set(_said_names(text))
    for one in waiting.values():
        if one.name != name and one.name not in brought:
            kept |= {one.name, *one.needs}
    for thing in brought:
        if thing in kept:
            kept.update(waiting[thing].needs)
    return tuple(thing for thing in brought if thing not in kept)


def _said_names(text: str) -> Iterator[str]:
    """Yield all that a source names outside of its proposals."""
    said = [one.value for one in read_written(text).top.entries if one.key != "proposed"]
    waiting = [plain_value(one) for one in said]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [value for key, value in one.items() if key != "evidence"]
        elif isinstance(one, list):
            waiting += one
        else:
            yield one


def _states(keys: Mapping[str, Any]) -> bool:
    return any(one.removeprefix("cp:") in statement_types() for one in _texts(keys.get("type")))


def _needed(
    one: Mapping[str, Any], things: Mapping[str, set[str]], more: set[str]
) -> tuple[str, ...]:
    """Return the proposed things that something names, and those that these name, in their order."""
    found: set[str] = set()
    new = (set(_names(one)) | more) & things.keys()
    while new - found:
        found |= new
        new = set().union(*(things[name] for name in new)) & things.keys()
    return tuple(name for name in things if name in found - {one["id"]})


def _names(keys: Mapping[str, Any]) -> Iterator[str]:
    for key, value in keys.items():
        if key not in ("id", "evidence"):
            yield from _texts(value)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _is_place(evidence: Mapping[str, str]) -> bool:
    return all(evidence.get(key, "").isdecimal() for key in ("start", "end"))


def entries_of(top: WrittenMapping, key: str) -> list[WrittenEntry]:
    """Return what stands behind a key of a document, one by one."""
    entry = top.entry(key)
    if entry is None:
        return []
    if isinstance(entry.value, WrittenList):
        return entry.value.entries
    return [WrittenEntry(None, entry.value)]


def name_of(entry: WrittenEntry) -> str:
    """Return the id of what is described, "" where there is none."""
    return (entry.value.text("id") if isinstance(entry.value, WrittenMapping) else None) or ""


def copy_of(text: str, copies: TextCopies) -> TextCopy | None:
    """Return the user's copy of the text that a source was read from, if there is one."""
    top = read_written(text).top
    about = top.entry("text")
    sha256 = (
        about.value.text("sha256") if about and isinstance(about.value, WrittenMapping) else None
    )
    return copies.of(top.text("id") or "", sha256)
