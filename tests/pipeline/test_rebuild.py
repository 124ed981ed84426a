"""A rebuild reads only what has changed, and comes to the same bytes as a build from nothing."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import grimp
import pytest
from hypothesis import given, settings, strategies as st

import kg
from kg.base import FindingsError, SourceError, StoreError
from kg.graph import open_earlier
from kg.pipeline import building
from kg.sources import files, fingerprint, parallel, reader
from tests import blocks
from tests.conftest import ARTICLE, THINGS, parts

if TYPE_CHECKING:
    from collections.abc import Callable

ID = "https://w3id.org/corporate-plans/id"


def yaml(name: str, value: int) -> str:
    return f"""\
id: {name}
type: Article
title: Number {value}
publisher: gazette
published: 2020-01-31
statements:
  - {{id: {name}.1, type: Target, about: acme-shops, indicator: retail-outlets, value: {value},
     due: 2030-12-31, place: india}}
  - {{id: {name}.2, type: Relation, subject: acme, predicate: partnerOf, object: other-{value}}}
"""


def quads(graph: str, value: int) -> str:
    """Quads in a graph of their own, in that of an article, and around a blank node."""
    return (
        f'<{ID}/acme> <{ID}/says> "{value}" <{ID}/{graph}> .\n'
        f'<{ID}/acme> <{ID}/says> "all" <{ID}/one> .\n'
        f"<{ID}/acme> <{ID}/has> _:b <{ID}/{graph}> .\n"
    )


def turtle(value: int) -> str:
    return f'<{ID}/acme> <{ID}/has> [ <{ID}/says> "{value}" ] .\n'


# Two articles that are also graphs of the N-Quads, two names that differ in their ending alone.
FILES: dict[str, Callable[[int], str]] = {
    "one.yaml": lambda value: yaml("one", value),
    "two.yaml": lambda value: yaml("two", value),
    "mixed.nq": lambda value: quads("two", value),
    "more.nq": lambda value: quads("own", value),
    "blank.ttl": turtle,
    "blank.nt": lambda value: f'<{ID}/acme> <{ID}/says> "{value}" .\n',
    "sub/blank.ttl": turtle,
}
EDITS = st.lists(
    st.tuples(st.sampled_from(sorted(FILES)), st.none() | st.integers(1, 3)), min_size=1, max_size=3
)


def same(one: kg.Graph, other: kg.Graph) -> bool:
    return (one.asserted, one.derived, one.sources) == (
        other.asserted,
        other.derived,
        other.sources,
    )


def edit(folder: Path, name: str, value: int | None) -> None:
    """Write a file, or remove it where there is no value."""
    path = folder / name
    if value is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(FILES[name](value), encoding="utf-8")


@cache
def unedited() -> kg.Graph:
    """Return the graph of all files as they are first."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "things.ttl").write_text(THINGS, encoding="utf-8")
        for name in FILES:
            edit(Path(folder), name, 1)
        return kg.build([folder], check=False)


@settings(max_examples=25, deadline=None)
@given(rounds=st.lists(EDITS, min_size=1, max_size=4))
def test_any_edits_give_the_graph_of_a_build_from_nothing(rounds) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "things.ttl").write_text(THINGS, encoding="utf-8")
        for name in FILES:
            edit(folder, name, 1)
        graph = unedited()
        for edits in rounds:
            for name, value in edits:
                edit(folder, name, value)
            graph = kg.build([folder], check=False, before=graph)
            assert same(graph, kg.build([folder], check=False))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources that have been read since."""
    names: list[str] = []
    real = reader.parse_source

    def parse(file: files.File, data: bytes, *, whole: bool = True) -> reader.Source:
        names.append(file.name)
        return real(file, data, whole=whole)

    for module in (reader, parallel):
        monkeypatch.setattr(module, "parse_source", parse)
    return names


def test_unchanged_sources_are_neither_read_nor_checked_nor_derived_again(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = kg.build([acme])
    made = graph.save(tmp_path / "s")
    for module, work in (
        (reader, "parse_source"),
        (parallel, "parse_source"),
        (building, "examine"),
        (building, "derive"),
    ):
        monkeypatch.setattr(module, work, None)
    again = kg.build([acme], before=open_earlier(tmp_path / "s"))
    assert same(again, graph)
    assert again.report == graph.report
    assert again.save(tmp_path / "s") == made


def test_only_the_changed_source_is_read_and_its_graph_replaced(
    acme: Path, read: list[str]
) -> None:
    before = kg.build([acme])
    (acme / "gazette-2020.yaml").write_text(ARTICLE.replace("value: 20", "value: 30"))
    read.clear()
    graph = kg.build([acme], before=before)
    assert read == ["gazette-2020"]
    query = "SELECT ?v { id:gazette-2020.1 cp:value ?v }"
    assert [(int(v),) for (v,) in graph.query(query).rows] == [(30,)]


def test_source_that_shares_the_graph_of_a_removed_one_is_read_again(
    tmp_path: Path, read: list[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.nq").write_text(f'<a:s> <a:p> "{name}", <a:g> .'.replace(",", ""))
    before = kg.build([tmp_path], check=False)
    (tmp_path / "a.nq").unlink()
    read.clear()
    graph = kg.build([tmp_path], check=False, before=before)
    assert "b" in read
    assert graph.query("SELECT ?o { <a:s> <a:p> ?o }").rows == [("b",)]


def test_renamed_and_reinterpreted_source_is_read_anew(tmp_path: Path) -> None:
    quads = '<a:s> <a:p> "o" .\n'
    (tmp_path / "a.ttl").write_text(quads)
    before = kg.build([tmp_path], check=False)
    (tmp_path / "a.ttl").rename(tmp_path / "b.ttl")
    renamed = kg.build([tmp_path], check=False, before=before)
    assert same(renamed, kg.build([tmp_path], check=False))
    (tmp_path / "b.ttl").rename(tmp_path / "b.jsonld")
    with pytest.raises(SourceError, match="is not JSON-LD"):
        kg.build([tmp_path], check=False, before=renamed)


def test_change_that_breaks_what_another_source_says_is_found(acme: Path) -> None:
    before = kg.build([acme])
    (acme / "things.ttl").write_text(THINGS.replace("id:jo-doe a", "id:jo-smith a"))
    with pytest.raises(FindingsError) as incremental:
        kg.build([acme], before=before)
    with pytest.raises(FindingsError) as full:
        kg.build([acme])
    assert incremental.value.report == full.value.report
    assert "gazette-2020.yaml:17" in str(full.value.report.findings[0])


def test_id_that_an_unchanged_source_has_already_is_refused(acme: Path) -> None:
    before = kg.build([acme])
    (acme / "other.yaml").write_text(ARTICLE.replace("id: gazette-2020\n", "id: other\n"))
    with pytest.raises(SourceError) as incremental:
        kg.build([acme], before=before)
    with pytest.raises(SourceError) as full:
        kg.build([acme])
    assert str(incremental.value) == str(full.value)
    assert "has the id 'gazette-2020.1'" in str(full.value)


def test_graph_that_was_not_checked_is_checked_when_it_matters(acme: Path) -> None:
    (acme / "things.ttl").write_text(THINGS.replace("id:jo-doe a", "id:jo-smith a"))
    before = kg.build([acme], check=False)
    with pytest.raises(FindingsError):
        kg.build([acme], before=before)


def test_another_ontology_engine_or_version_reads_everything_again(
    acme: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kg.build([acme])
    read.clear()
    monkeypatch.setattr(building, "software_fingerprint", lambda: "of another day")
    assert same(kg.build([acme], before=before), before)
    assert {"gazette-2020", "things"} <= set(read)


def test_what_a_graph_is_made_from_counts_and_what_it_is_asked_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from kg.base import resources

    shutil.copytree(resources.ontology_folder(), tmp_path / "ontology")
    monkeypatch.setattr(fingerprint, "ontology_folder", lambda: tmp_path / "ontology")
    made_of = fingerprint.software_fingerprint.__wrapped__
    first = made_of()
    (tmp_path / "ontology" / "questions" / "more.rq").write_text("ASK {}")
    assert made_of() == first
    seen = {first}
    for part in ("context.jsonld", "rules/labels.rq", "shapes/values.ttl", "core/place.ttl"):
        path = tmp_path / "ontology" / part
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(made_of())
    assert len(seen) == 5


@pytest.mark.parametrize("room", fingerprint.ROOMS)
def test_every_module_of_a_room_counts_however_deep_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    module = tmp_path / room / "deeper" / "module.py"
    module.parent.mkdir(parents=True)
    module.write_text("one = 1")
    monkeypatch.setattr(fingerprint, "package_folder", lambda: tmp_path)
    first = fingerprint.software_fingerprint.__wrapped__()
    module.write_text("one = 2")
    assert fingerprint.software_fingerprint.__wrapped__() != first


def rooms_below(room: str) -> set[str]:
    """Return the rooms that a room imports when it works, itself included."""
    imports = grimp.build_graph("kg", exclude_type_checking_imports=True)
    modules = imports.find_upstream_modules(f"kg.{room}", as_package=True)
    return {name.split(".")[1] for name in modules if "." in name} | {room}


def test_fingerprint_covers_exactly_the_rooms_that_make_a_graph() -> None:
    assert set(fingerprint.ROOMS) == rooms_below("pipeline")


def test_fingerprint_names_the_libraries_of_the_rooms_that_make_a_graph() -> None:
    imports = grimp.build_graph(
        "kg", include_external_packages=True, exclude_type_checking_imports=True
    )
    ours = [name for room in fingerprint.ROOMS for name in imports.find_descendants(f"kg.{room}")]
    used = {name for ours_ in ours for name in imports.find_modules_directly_imported_by(ours_)}
    # What answers are shown in, or read from tables, or travels to a cluster, makes no graph.
    elsewhere = {"kg", "lazy_loader", "rdflib", "oxrdflib", "rich", "py4j", "pyspark"}
    elsewhere |= {"cleanco", "rapidfuzz"}
    libraries = {name.partition(".")[0] for name in used} - sys.stdlib_module_names - elsewhere
    called = {"pyyaml": "yaml", "python-stdnum": "stdnum"}
    assert libraries == {called.get(name, name) for name in fingerprint.LIBRARIES}


@pytest.mark.parametrize("name", ["asserted", "derived", "record.json", "index"])
def test_damaged_store_is_built_anew(acme: Path, tmp_path: Path, run, name: str) -> None:
    build = ("build", acme, "-o", tmp_path / "out", "--store", tmp_path / "s")
    assert run(*build).exit_code == 0
    (made,) = (path for path in (tmp_path / "s").iterdir() if path.is_dir())
    if name == "index":
        for path in (made / name).glob("*.sst"):
            path.unlink()
    else:
        path = parts(made, name)[-1]
        path.write_bytes(path.read_bytes()[::-1])
    assert open_earlier(tmp_path / "s") is None
    assert run(*build).exit_code == 0
    assert same(kg.open(tmp_path / "s"), kg.build([acme]))
    assert open_earlier(tmp_path / "s") is not None


def test_rebuild_of_the_command_says_the_same(acme: Path, tmp_path: Path, run) -> None:
    build = ("build", acme, "-o", tmp_path / "out", "--store", tmp_path / "s")

    def made() -> tuple[str, list[bytes]]:
        result = run(*build)
        assert result.exit_code == 0
        read, _, _ = result.stderr.rpartition(";")
        written = sorted(path for path in (tmp_path / "out").iterdir())
        return read, [path.read_bytes() for path in written]

    assert made() == made()


def test_earlier_build_that_turns_out_damaged_is_not_built_upon(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kg.build([acme])

    def damaged(*_: object, **__: object) -> None:
        raise StoreError("is damaged")

    monkeypatch.setattr(building, "_rebuilt", damaged)
    assert kg.build([acme], before=before).asserted == before.asserted


def test_unchanged_outputs_are_left_and_damaged_ones_made_again(
    acme: Path, tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = ("build", acme, "-o", tmp_path / "out", "--store", tmp_path / "s")
    assert "wrote " in run(*build).stderr
    page = tmp_path / "out" / "plans.html"
    made = page.read_bytes()
    os.utime(page, (0, 0))
    with monkeypatch.context() as patch:
        for work in ("viz.render", "kg.export.export_graph", "kg.api.outputs.count_figures"):
            patch.setattr(work, None)
        assert "unchanged: " in run(*build).stderr
    assert page.stat().st_mtime > 0  # for make it is as good as new
    for damage in (page, tmp_path / "out" / ".built.json"):
        damage.write_bytes(b"{}")
        assert "wrote " in run(*build).stderr
        assert page.read_bytes() == made
    (acme / "things.ttl").write_text(THINGS.replace("Jo Doe", "Jo Roe"))
    assert "wrote " in run(*build).stderr
    assert "Jo Roe" in blocks.texts(page.read_text("utf-8"))["graph-statements"]
