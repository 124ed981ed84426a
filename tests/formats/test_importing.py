"""Files of published formats become sources: known by what they are, read whole, and counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.base import SourceError, UnknownNameError
from kg.formats import importing, registry
from kg.formats.batch import Batch, element
from kg.formats.format import PublishedFormat
from kg.formats.quads import batch_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.opening import Opening

LIST = "kg import --list lists those, and a table needs a mapping (-m)"


def _is_plan(opening: Opening) -> bool:
    return opening.head.startswith(b"PLAN ")


def _read(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    for path in paths:
        _, _, value = path.read_text("utf-8").partition(" ")
        if not value.strip().isdigit():
            yield SourceError(path, f"has {value.strip()!r} for a number")
            continue
        source = {"id": path.stem, "type": "Filing", "title": "A plan", "sha256": "ab" * 32}
        target = {
            "id": f"{path.stem}.1", "type": "Target", "about": "acme", "value": value.strip(),
            "unit": "PERCENT", "element": element(path.stem, "/plan"),
        }  # fmt: skip
        acme = {"id": "acme-2", "type": "Company", "label": "Xiaomi Corporation"}
        yield Batch(source, (acme,), (target,), left_out=Counter({"numbers that are nil": 2}))


@pytest.fixture(autouse=True)
def _plans(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = PublishedFormat("plan", "Plans", "a text", _is_plan, _read)
    monkeypatch.setattr(registry, "formats", lambda: {"plan": plan})


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "one.htm"
    path.write_text("PLAN 5\n")
    return path


def test_file_is_known_by_what_it_is_and_says_what_its_reader_makes_of_it(good: Path) -> None:
    imported = importing.import_files([good])
    text = b"".join(imported.lines).decode()
    assert text.count('ontology#value> "5"^^<http://www.w3.org/2001/XMLSchema#decimal>') == 1
    assert "qudt.org/vocab/unit/PERCENT" in text
    assert text.count('rdf-syntax-ns#value> "/plan"') == 1
    assert text.count('ontology#count> "2"') == 1
    assert {line.split()[-2] for line in text.splitlines()} == {
        "<https://w3id.org/corporate-plans/id/one>"
    }


def test_a_company_that_is_known_is_called_as_it_is(good: Path) -> None:
    imported = importing.import_files([good])
    assert list(imported.matches.certain.values()) == ["https://w3id.org/corporate-plans/id/xiaomi"]


def test_files_that_cannot_be_read_are_all_told_or_left_out(good: Path, tmp_path: Path) -> None:
    bad, odd = tmp_path / "bad.htm", tmp_path / "odd.htm"
    bad.write_text("PLAN many")
    odd.write_text("a poem")
    with pytest.raises(SourceError) as told:
        importing.import_files([good, bad, odd])
    assert [str(one) for one in told.value.problems] == [
        f"{odd}: is of no format that can be imported; {LIST}",
        f"{bad}: has 'many' for a number",
    ]
    imported = importing.import_files([good, bad, odd], skip_bad=True)
    assert len(imported.refused) == 2
    assert len(imported.lines) > 10


def test_format_can_be_named(good: Path) -> None:
    with pytest.raises(UnknownNameError, match="plam"):
        importing.import_files([good], name="plam")
    assert len(importing.import_files([good], name="plan").lines) > 10


@pytest.mark.parametrize("node", [{"id": "a", "titel": "b"}, {"id": "a", "value": 5}])
def test_reader_that_writes_what_means_nothing_is_told(node: Node) -> None:
    with pytest.raises((ValueError, TypeError)):
        batch_lines(Batch({"id": "s", "type": "Filing"}, statements=(node,)))
