"""Files that are none, that nobody can read, or that say what a source cannot say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg
from kg import sources
from kg.base import CP, Finding, Report, SourceError, UsageError, nquads
from kg.sources import files, locations, parallel, reader
from kg.sources.files import File, Piece
from kg.sources.yamlld import read_document

if TYPE_CHECKING:
    from collections.abc import Callable


def test_name_that_is_too_long_is_told() -> None:
    with pytest.raises(SourceError, match="cannot be read: File name too long"):
        sources.read_together(sources.one_by_one, files.find_files(["a" * 5000 + ".ttl"]))


def test_folder_that_is_called_as_a_source_is_told(acme: Path) -> None:
    (acme / "odd.ttl").mkdir()
    with pytest.raises(SourceError, match=r"odd\.ttl: is a folder"):
        kg.build([acme])


def test_file_that_is_gone_is_one_piece_and_no_longer_what_it_was(tmp_path: Path) -> None:
    file = File(tmp_path / "a.nq", "a")
    file.path.write_text("<a:s> <a:p> <a:o> <a:g> .\n")
    fingerprint = reader.read_source(file).fingerprint
    assert reader.is_unchanged(file, fingerprint)
    file.path.unlink()
    assert not reader.is_unchanged(file, fingerprint)
    assert files.split(file) == [Piece(file)]
    with pytest.raises(SourceError, match="No such file"):
        sources.read_together(sources.processes(2), [file])


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("read", [parallel.one_by_one, parallel.processes(2)])
def test_error_in_a_file_of_one_piece_is_told_with_its_line(
    acme: Path, read: Callable[..., object]
) -> None:
    (acme / "broken.ttl").write_text("<a:s> <a:p>\n what")
    with pytest.raises(SourceError, match=r"broken\.ttl:2: is not Turtle"):
        sources.read_together(read, files.find_files([acme]))


def test_lines_of_a_document_that_has_broken_since_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("id: a\ntitle: one\n")
    assert reader.lines_of(path)["a", "title"] == 2
    path.write_text("id: [")
    assert reader.lines_of(path) == {}
    path.unlink()
    assert reader.lines_of(path) == {}


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("odd"), "a.nt: is not N-Triples: odd"),
        (MemoryError(), "a.nt: holds a text that is too long for the engine"),
    ],
)
def test_whatever_the_engine_raises_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ox, "parse", fail)
    with pytest.raises(SourceError) as told:
        reader.parse_source(File(Path("a.nt"), "a"), b"<a:s> <a:p> <a:o> .")
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id: \x07", "a.yaml: is not YAML: unacceptable character #x0007"),
        ("id: a\n---\nid: b\n", "a.yaml: has more than one document; make it one file each"),
        ("id: a\n? [x]\n: b\n", "a.yaml:2: has a key that is not a plain word"),
        ("id: a\ntext: {id: [b], length: 3}", "a.yaml:2: has an 'id' that is not a word"),
    ],
)
def test_document_that_is_no_source_is_told(text: str, sentence: str) -> None:
    with pytest.raises(SourceError) as told:
        read_document(text, "a.yaml")
    assert str(told.value).startswith(sentence)


def test_finding_about_what_no_file_says_has_no_place(small: kg.Graph) -> None:
    found = Finding("urn:nobody", None, None, "is odd", "urn:shape", violation=True)
    nodes = ("urn:nobody", CP + "Company")  # which the ontology describes, and no file
    report = Report(tuple(replace(found, node=node) for node in nodes))
    assert locations.locate(report, nquads.split(small.asserted), (), {}) == report


@pytest.mark.parametrize("path", ["data", Path("data")])
def test_one_path_in_place_of_several_is_refused(path: str | Path) -> None:
    with pytest.raises(UsageError, match=r"give the paths as a list: \['data'\]"):
        kg.build(path)  # type: ignore[arg-type]
