"""What a build remembers of its files is looked up in sorted lines, and is the same as if all were read."""

from __future__ import annotations

import random

import pytest

from kg.base import Change, PartedLines, nquads
from kg.sources import ChangedSources, Fingerprint, Record, adding_to, record_lines

NAMES = ("a", "a b", "a-2", "things/people", "a\nb", "ü/ß", "per%20cent", "a\udce4b", "f:a", "a/")


def drawn(somewhere: random.Random, number: int) -> dict[str, Fingerprint]:
    """Return some files, some of which add to the same graphs."""
    names = [*NAMES, *(f"file-{n}" for n in range(40))]
    return {
        name: Fingerprint(
            str(somewhere.randrange(3)),
            ".nq",
            tuple(sorted({f"a:g{somewhere.randrange(30)}" for _ in range(somewhere.randrange(4))})),
            ("x", "y"),
        )
        for name in somewhere.sample(names, number)
    }


def in_parts(lines: bytes) -> PartedLines:
    """Return lines as a store has them, in parts of some lines each."""
    every = nquads.split(lines)
    parts = [b"".join(every[at : at + 3]) for at in range(0, len(every), 3)]
    firsts = [part[: part.index(b" ")] for part in parts]
    return PartedLines(firsts, len(lines), parts.__getitem__)


@pytest.mark.parametrize("seed", range(5))
def test_files_are_looked_up_as_they_were_written(seed: int) -> None:
    somewhere = random.Random(seed)  # noqa: S311 - repeatable, not secret
    files = drawn(somewhere, 30)
    record = Record(files, "software")
    found = Record.of(record.head, lambda: in_parts(record.lines))
    assert len(found.sources) == 30
    for name in (*files, "none", "file", ""):
        assert found.sources.get(name) == files.get(name)
        assert record_lines.beginning(found.sources, name) == record_lines.beginning(files, name)
    for graph in (*(f"a:g{n}" for n in range(30)), "a:none"):
        assert adding_to(found.sources, graph) == adding_to(files, graph)
    assert "_all" not in vars(found.sources)
    assert found == record
    assert dict(found.sources) == files


@pytest.mark.parametrize("seed", range(5))
def test_what_changes_is_told_without_the_rest(seed: int) -> None:
    somewhere = random.Random(seed)  # noqa: S311 - repeatable, not secret
    before = drawn(somewhere, 30)
    gone = set(somewhere.sample(sorted(before), 5))
    given = drawn(somewhere, 8)
    after = {name: one for name, one in before.items() if name not in gone} | given
    changed = ChangedSources(before, gone, given)
    assert dict(changed) == after
    assert len(changed) == len(after)
    for graph in (f"a:g{n}" for n in range(30)):
        assert adding_to(changed, graph) == adding_to(after, graph)
    old, new = Record(before, "software"), Record(changed, "software")
    assert new.change_from(old) == Record(after, "software").change_from(old)
    kept = set(nquads.split(old.lines)) - set(nquads.split(new.change_from(old).gone))
    assert b"".join(sorted(kept.union(nquads.split(new.change_from(old).fresh)))) == new.lines
    assert new.change_from(new) == Change()


def test_order_of_files_makes_no_other_record() -> None:
    files = {name: Fingerprint("0", ".nt", ("a:g",)) for name in "abc"}
    other = dict(reversed(files.items()))
    assert Record(files, "s").lines == Record(other, "s").lines
    assert Record(files, "s").digest == Record(other, "s").digest
