"""Sorted lines in parts: the same lines are the same parts, whatever they were before."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kg.base import Change, nquads, parting, parts_of
from kg.query import Index, change_written, list_written, written_of
from kg.store.index_patching import change_between
from kg.store.sheaf import PartError, Sheaf
from kg.store.sheaf_writing import change_sheaf, described, write_sheaf
from tests.store.test_changing import change_of, joined, lines, save, small_parts

if TYPE_CHECKING:
    from pathlib import Path


__all__ = ["small_parts"]


def sheaf_of(folder: Path, said: set[bytes], known: Sheaf | None = None) -> Sheaf:
    data = joined(said)
    return write_sheaf(folder, parts_of(data), known)


def changed(somewhere: random.Random, said: set[bytes]) -> set[bytes]:
    """Return other lines, with a tenth to all of the others gone or none."""
    gone = somewhere.choice((0, 1, 1, len(said) // 10, len(said)))
    come = somewhere.choice((0, 1, 1, 30))
    return said - set(somewhere.sample(sorted(said), gone)) | lines(somewhere, come)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("seed", range(5))
def test_parts_follow_from_the_lines_alone(tmp_path: Path, seed: int) -> None:
    somewhere = random.Random(seed)  # noqa: S311 - repeatable, not secret
    said = lines(somewhere, 300)
    sheaf, most = sheaf_of(tmp_path / "s", said), 0
    for _ in range(60):
        now = changed(somewhere, said)
        before = {path.name: path.stat().st_ino for path in sheaf.folder.iterdir()}
        sheaf, written = change_sheaf(sheaf, change_of(said, now))
        after = {path.name: path.stat().st_ino for path in sheaf.folder.iterdir()}
        assert [part._replace(modified=0) for part in sheaf.parts] == list(described(joined(now)))
        assert set(after) == {part.name for part in sheaf.parts}
        assert {path.name for path in written} == after.keys() - before.keys()
        assert all(before[name] == after[name] for name in before.keys() & after.keys())
        assert b"".join(sheaf.pieces()) == b"".join(sheaf.lines()) == joined(now)
        most = max(most, len(sheaf.parts))
        said = now or lines(somewhere, 300)
        if not now:
            sheaf, _ = change_sheaf(sheaf, Change(fresh=joined(said)))
    assert most > 5


@pytest.mark.usefixtures("small_parts")
def test_what_has_changed_is_told_by_the_parts_that_differ(tmp_path: Path) -> None:
    somewhere = random.Random(1)  # noqa: S311 - repeatable, not secret
    old = lines(somewhere, 300)
    first = sheaf_of(tmp_path / "0", old)
    for number in range(1, 8):
        new = changed(somewhere, old)
        second = sheaf_of(tmp_path / str(number), new, first)
        assert change_between(first, second, 10**6) == change_of(old, new)
        (there, back) = (len(old - new), len(new - old))
        assert (change_between(first, second, there + back - 1) is None) == (there + back > 0)


@pytest.mark.usefixtures("small_parts")
def test_part_that_is_damaged_is_not_taken_for_what_was_written(tmp_path: Path) -> None:
    said = lines(random.Random(2), 300)  # noqa: S311 - repeatable, not secret
    sheaf = sheaf_of(tmp_path / "s", said)
    part = sheaf.parts[1]
    path = sheaf.folder / part.name
    path.write_bytes(path.read_bytes().replace(b"<a:p", b"<a:q", 1))
    line = part.first.encode() + b" <a:zzz> <a:o> <a:g> .\n"
    for read in (
        lambda: list(sheaf.pieces()),
        lambda: next(iter(sheaf.lines())),
        lambda: list(sheaf.of_subjects([part.first.encode()])),
        lambda: change_sheaf(sheaf, Change(fresh=line)),
    ):
        with pytest.raises(PartError, match="is not what was written"):
            read()


@pytest.mark.parametrize("seed", range(5))
def test_table_of_written_values_changes_with_the_data(seed: int) -> None:
    somewhere = random.Random(seed)  # noqa: S311 - repeatable, not secret
    said = lines(somewhere, 60)
    for _ in range(60):
        now = changed(somewhere, said)
        table = list_written([joined(said)])
        change = change_written(change_of(said, now), table, Index.of(joined(said)).store)
        assert set(nquads.split(change.gone)) <= set(nquads.split(table))
        kept = set(nquads.split(table)) - set(nquads.split(change.gone))
        assert not kept & set(nquads.split(change.fresh))
        assert joined(kept | set(nquads.split(change.fresh))) == list_written([joined(now)])
        said = now or lines(somewhere, 60)


@pytest.mark.usefixtures("small_parts")
def test_store_knows_how_values_are_written_as_memory_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = lines(random.Random(4), 500)  # noqa: S311 - repeatable, not secret
    snapshot = save(tmp_path / "s", said, 0)
    monkeypatch.setattr("kg.store.sheaf._OPEN", 3)
    for small in (1 << 18, -1):
        monkeypatch.setattr("kg.query.written._SMALL", small)
        there = written_of(snapshot.asserted, snapshot.derived)
        vars(snapshot).pop("written", None)
        here = snapshot.written
        assert there
        assert here
        assert len(snapshot.sheaf("asserted").parts) > 5
        assert here.properties == there.properties
        values = {str(quad.object).encode() for quad in snapshot.index.store}
        assert any(here.forms(value) for value in values)
        assert all(here.forms(value) == there.forms(value) for value in values)
        for line in sorted(said):
            subject, name, form, _ = nquads.parts(line)
            asked = subject[1:-1].decode(), name[1:-1].decode()
            assert here.says(*asked, form)
            assert not here.says(*asked, b'"other"')


@pytest.mark.parametrize("number", [40_000, 400_000])
def test_work_of_a_change_grows_with_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    sheaf = sheaf_of(
        tmp_path / "s", {b'<a:%06d> <a:p> "%d" <a:g> .\n' % (n, n) for n in range(number)}
    )
    read: list[object] = []
    real = Sheaf.read
    monkeypatch.setattr(Sheaf, "read", lambda *of: read.append(of) or real(*of))
    sheaf, written = change_sheaf(sheaf, Change(fresh=b'<a:020000> <a:q> "more" <a:g> .\n'))
    assert len(sheaf.parts) > number // 20_000
    assert 1 <= len(read) <= 2
    assert 1 <= len(written) <= 2


def test_line_longer_than_a_part_is_one(tmp_path: Path) -> None:
    said = {b'<a:%d> <a:p> "%s" <a:g> .\n' % (n, b"x" * (2 * parting.PART)) for n in range(4)}
    sheaf = sheaf_of(tmp_path / "s", said)
    assert [part.lines for part in sheaf.parts] == [1, 1, 1, 1]
