"""The manifest of an export, as the library of RO-Crates reads it."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from rocrate.rocrate import ROCrate

from kg.base import SHIPPED_LICENCE, MissingExtraError
from kg.export import MANIFEST, write_manifest
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import kg


def test_folder_is_a_crate_with_licence_day_versions_and_counts(
    graph: kg.Graph, tmp_path: Path, run
) -> None:
    out = tmp_path / "plans"
    for _ in range(2):
        assert run("export", "-f", "neo4j", "-o", out, "--manifest").exit_code == 0
    crate = ROCrate(out)
    root = crate.root_dataset
    assert root["license"].id == SHIPPED_LICENCE
    assert str(root["datePublished"])[:10] == "2026-01-31"
    assert (
        root["version"]
        == graph.query("SELECT ?v { ?o a owl:Ontology ; owl:versionInfo ?v }").rows[0][0]
    )
    assert root["creator"]["version"]
    counts = {figure["name"]: figure["value"] for figure in root["variableMeasured"]}
    ((statements,),) = graph.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s cp:source ?x }").rows
    assert counts["statements"] == statements > 700
    assert counts["triples"] == len(graph.index)
    assert counts["sources"] == 131
    assert counts["promises"] > 100
    files = {one.id: one for one in crate.data_entities}
    assert files.keys() == graph.export_files("neo4j").keys()
    for name, one in files.items():
        data = (out / name).read_bytes()
        assert one["sha256"] == hashlib.sha256(data).hexdigest()
        assert one["contentSize"] == str(len(data))
    assert files["entities.csv"]["encodingFormat"] == "text/csv"
    # Without it, the one from before would tell of files that are no more.
    assert run("export", "-f", "neo4j", "-o", out).exit_code == 0
    assert not (out / MANIFEST).exists()


def test_licence_of_what_ships_is_the_one_that_is_told() -> None:
    assert SHIPPED_LICENCE in (ROOT / "data" / "LICENSE.md").read_text("utf-8")


def beside(path: Path) -> dict[str, Any]:
    entities = json.loads(path.read_bytes())["@graph"]
    return {one["@id"]: one for one in entities}


def test_manifest_of_a_file_lies_beside_it_and_is_always_the_same(tmp_path: Path, run) -> None:
    out, told = tmp_path / "plans.ttl", tmp_path / f"plans.ttl-{MANIFEST}"
    assert run("export", "-o", out, "--manifest").exit_code == 0
    first = told.read_bytes()
    entities = beside(told)
    assert entities["plans.ttl"]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert entities["plans.ttl"]["encodingFormat"] == "text/turtle"
    assert entities["./"]["license"] == {"@id": SHIPPED_LICENCE}
    assert run("export", "-o", out, "--manifest").exit_code == 0
    assert told.read_bytes() == first
    crate = tmp_path / "crate"
    crate.mkdir()
    shutil.copy(out, crate)
    shutil.copy(told, crate / MANIFEST)
    assert [one.id for one in ROCrate(crate).data_entities] == ["plans.ttl"]


def test_graph_of_ones_own_needs_a_licence_of_its_own(acme: Path, tmp_path: Path, run) -> None:
    out = tmp_path / "plans.ttl"
    asked = ("export", "-s", acme, "-o", out, "--manifest")
    result = run(*asked)
    assert (result.exit_code, out.exists()) == (2, False)
    assert "say under which licence your graph is: --license URL" in result.stderr
    assert run(*asked, "--license", "https://example.org/mine").exit_code == 0
    entities = beside(tmp_path / f"plans.ttl-{MANIFEST}")
    assert entities["./"]["license"] == {"@id": "https://example.org/mine"}
    assert entities["./"]["datePublished"] == "2020-01-31"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "-", "--manifest"], "a manifest lies beside a file"),
        (["-o", "x.ttl", "--license", "https://a.example/"], "give --manifest as well"),
        (["-o", "x.ttl", "--manifest", "--license", "MIT"], "'MIT' names no licence"),
    ],
)
def test_manifest_that_cannot_be_is_told_and_nothing_is_written(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(tmp_path.glob("x*")) == []


def test_graph_without_a_day_has_no_manifest(acme: Path, tmp_path: Path, run) -> None:
    out = tmp_path / "plans.ttl"
    told = ("--manifest", "--license", "https://example.org/mine")
    result = run("export", "-s", acme / "things.ttl", "-o", out, *told)
    assert (result.exit_code, out.exists()) == (2, False)
    assert "no source here has a day" in result.stderr


def test_missing_library_is_told_with_its_extra(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rocrate.rocrate", None)
    with pytest.raises(MissingExtraError, match=r"needs rocrate.* '\.\[export\]'"):
        write_manifest(graph.index, {}, SHIPPED_LICENCE)


def test_file_and_manifest_are_written_both_or_neither(tmp_path: Path, run) -> None:
    out, told = tmp_path / "plans.ttl", tmp_path / f"plans.ttl-{MANIFEST}"
    out.write_bytes(b"old")
    told.mkdir()
    result = run("export", "-o", out, "--manifest")
    assert result.exit_code == 3
    assert f"{told.name}: cannot be written: Is a directory" in result.stderr
    assert out.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == [out, told]
