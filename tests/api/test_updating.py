"""A store is brought up to date by what has changed in its sources, and so is a graph that is asked."""

from __future__ import annotations

import errno
import gc
import json
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

import kg
from kg import pipeline
from kg.api import building, publish, updating
from kg.base import CP, PREFIXES, FindingsError, SourceError, StoreError, UsageError, file_times
from kg.pipeline import rebuilding
from kg.pipeline.increments import derive_increment
from kg.sources import File, look, reader, record_lines
from kg.store import current_snapshot
from tests.benchmarks import generate
from tests.pipeline.test_derivation import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from kg.pipeline.increments import Increment


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources in `files`, and a store that was built of them in `store`."""
    root = tmp_path_factory.mktemp("world")
    generate.write_yaml(root / "files", 5000, 3)
    publish([root / "files"], store=str(root / "store"))
    return root


@pytest.fixture
def world(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "world")


@pytest.fixture
def never_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no build be made of everything."""

    def made(*_: object, **__: object) -> None:
        raise AssertionError("everything was made anew")

    monkeypatch.setattr(pipeline.building, "_made", made)


def a_target(folder: Path) -> Path:
    """A source that says a target of a plan, and a report of it."""
    found = [
        path
        for path in sorted(folder.rglob("*.yaml"))
        if "type: Target" in (text := path.read_text("utf-8")) and "type: StatusReport" in text
    ]
    assert found
    return found[0]


def changed_target(path: Path) -> None:
    text = path.read_text("utf-8")
    anew = text.replace("status: announced", "status: abandoned", 1).replace(
        "published: '20", "published: '30"
    )
    assert anew != text
    path.write_text(anew, "utf-8")


def assert_as_from_nothing(graph: kg.Graph, folder: Path) -> None:
    anew = kg.build([folder])
    assert graph.asserted == anew.asserted
    assert graph.derived == anew.derived
    assert graph.sources == anew.sources
    assert graph.report == anew.report
    assert set(graph.index.store) == set(anew.index.store)  # type: ignore[union-attr]


@pytest.mark.usefixtures("never_anew")
def test_build_into_a_store_makes_nothing_anew_where_little_has_changed(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kg.open(world / "store").derived
    changed_target(a_target(world / "files"))
    published = publish([world / "files"], store=str(world / "store"))
    assert published.written
    assert not publish([world / "files"], store=str(world / "store")).written
    monkeypatch.undo()
    found = kg.open(world / "store")
    assert found.derived != before
    assert_as_from_nothing(found, world / "files")


def test_what_breaks_a_shape_leaves_the_store_as_it_was(world: Path) -> None:
    name = current_snapshot(world / "store")
    path = a_target(world / "files")
    path.write_text(
        path.read_text("utf-8").replace("publisher: publisher-", "publisher: nobody-", 1), "utf-8"
    )
    with pytest.raises(FindingsError) as refused:
        publish([world / "files"], store=str(world / "store"))
    assert [finding.location.rpartition(":")[0] for finding in refused.value.findings] == [
        str(path)
    ]  # type: ignore[union-attr]
    assert current_snapshot(world / "store") == name
    assert [one.name for one in (world / "store").iterdir() if one.name.startswith(".kg-")] == []


def test_damaged_store_is_made_anew(world: Path) -> None:
    part = max((world / "store").glob("*/derived/*"), key=lambda path: path.stat().st_size)
    data = part.read_bytes()
    part.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    changed_target(a_target(world / "files"))
    publish([world / "files"], store=str(world / "store"))
    assert_as_from_nothing(kg.open(world / "store"), world / "files")


@pytest.mark.usefixtures("never_anew")
def test_graph_with_what_files_say_now(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = kg.open(world / "store")
    said, followed = graph.asserted, graph.derived
    path = a_target(world / "files")
    changed_target(path)
    now = graph.with_(path)
    again = now.with_(path)
    monkeypatch.undo()
    for one in (now, again):
        anew = kg.build([world / "files"])
        assert (one.asserted, one.derived) == (anew.asserted, anew.derived)
    assert (graph.asserted, graph.derived) == (said, followed)
    del now, one
    gc.collect()
    assert len(again.query("SELECT ?s { ?s a cp:Target }").rows) > 50
    del again
    gc.collect()
    assert [one.name for one in (world / "store").iterdir() if one.name.startswith(".kg-")] == []


def test_graph_that_is_in_no_store_is_told(acme: Path) -> None:
    with pytest.raises(UsageError, match="save the graph, and open that"):
        kg.build([acme]).with_(acme)


def test_another_source_of_the_same_name_takes_no_place(world: Path, tmp_path: Path) -> None:
    path = a_target(world / "files")
    folder = path.parent.relative_to(world / "files")
    other = tmp_path / "apart" / folder / path.name
    other.parent.mkdir(parents=True)
    text = path.read_text("utf-8")
    other.write_text(text.replace(path.stem, "another").replace("-plan-", "-idea-"), "utf-8")
    with pytest.raises(SourceError, match="as another source is that the graph has"):
        kg.open(world / "store").with_(tmp_path / "apart")


def test_content_of_a_graph_outlives_it(world: Path) -> None:
    path = a_target(world / "files")
    changed_target(path)
    content = kg.open(world / "store").with_(path).content
    gc.collect()
    assert content.derived == kg.build([world / "files"]).derived


def test_full_disk_is_told_of_the_store(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    changed_target(a_target(world / "files"))
    monkeypatch.setattr(rebuilding, "derive_increment", full)
    name = current_snapshot(world / "store")
    told = f"{world / 'store'}: cannot be written: No space left on device"
    with pytest.raises(StoreError, match=re.escape(told)):
        publish([world / "files"], store=str(world / "store"))
    assert current_snapshot(world / "store") == name


def test_rules_that_run_over_everything_are_named(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(*given: object) -> Increment:
        return derive_increment(*given)._replace(whole=("since",))  # type: ignore[arg-type]

    monkeypatch.setattr(rebuilding, "derive_increment", everything)
    changed_target(a_target(world / "files"))
    told = publish([world / "files"], store=str(world / "store")).summary
    assert told.endswith("; ran since over everything")


def test_why_every_promise_is_judged_again_is_told(world: Path) -> None:
    (world / "files" / "ranks.ttl").write_text(f"<{CP}achieved> <{CP}rank> 9 .", "utf-8")
    told = publish([world / "files"], store=str(world / "store")).summary
    assert told.endswith("; judged every promise again, since the ranks of statuses have changed")


def test_check_beside_a_damaged_store_is_told_of_it(world: Path) -> None:
    tables = [*(world / "store").glob("*/index/*.sst")]
    assert tables
    for table in tables:
        times = table.stat()
        data = bytearray(table.read_bytes())
        middle = slice(len(data) // 8, len(data) // 2)
        data[middle] = bytes(byte ^ 1 for byte in data[middle])
        table.write_bytes(data)
        os.utime(table, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(StoreError, match="is damaged; build it again"):
        kg.check([a_target(world / "files")], store=world / "store")


def test_store_of_another_version_is_not_checked_against(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "software_fingerprint", lambda: "other")
    with pytest.raises(StoreError, match="was built by another version; build it again"):
        kg.check([a_target(world / "files")], store=world / "store")


def forged(store: Path, name: str) -> None:
    """Have a file taken for the one that was read, by what the disk tells of it."""
    kept = json.loads((store / "seen.json").read_text())
    now = look([File(store.parent / "files" / f"{name}.yaml", name)])
    kept["told"][kept["names"].index(name)] = now.told[0]
    (store / "seen.json").write_text(json.dumps(kept))


@pytest.fixture
def settled(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A world of which all files were known when it was last built, as if they had been written long ago."""
    monkeypatch.setattr(file_times, "_GRAIN", -(10**12))
    publish([world / "files"], store=str(world / "store"))
    return world


def test_where_it_is_known_what_has_changed_nothing_else_is_looked_at(
    settled: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, store = settled / "files", settled / "store"
    path = a_target(folder)
    changed_target(path)
    new = path.with_name("zz-more.yaml")
    new.write_text(path.read_text("utf-8").partition("text:")[0].replace(path.stem, "zz-more"))
    monkeypatch.setattr(updating, "source_files", None)
    build = ("build", folder, "--store", store)
    done = run(*build, "--changed", path, "--changed", new)
    assert done.exit_code == 0, done.output
    assert "read 2 of" in done.stderr
    assert_as_from_nothing(kg.open(store), folder)
    new.unlink()
    assert run(*build, "--changed", new).exit_code == 0
    assert_as_from_nothing(kg.open(store), folder)


def test_what_has_changed_is_told_of_one_folder_and_its_store(
    settled: Path, run: Callable[..., Result]
) -> None:
    folder, store = settled / "files", settled / "store"
    path = a_target(folder)
    for more in ((folder,), (path, "--store", store), (folder, "--store", store, "--rehash")):
        done = run("build", *more, "--changed", path)
        assert done.exit_code == 2
        assert "--changed goes with one folder of sources and the --store" in done.stderr
    done = run("build", folder, "--store", store, "--changed", "-", stdin=f"{path}\n\nREADME.md\n")
    assert done.exit_code == 0, done.output
    done = run("build", folder, "--store", store, "--changed", folder / "mistyped.yaml")
    assert done.exit_code == 2
    assert "mistyped.yaml: is not there, and was not when the store was built" in done.stderr


def test_files_that_look_as_they_did_are_not_read(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    real = reader.digest_of_bytes
    monkeypatch.setattr(reader, "digest_of_bytes", lambda path: read.append(path) or real(path))
    path = a_target(settled / "files")
    changed_target(path)
    new = path.with_name("zz-more.yaml")
    new.write_text(path.read_text("utf-8").partition("text:")[0].replace(path.stem, "zz-more"))
    publish([settled / "files"], store=str(settled / "store"))
    assert read == [path]
    assert_as_from_nothing(kg.open(settled / "store"), settled / "files")
    new.unlink()
    publish([settled / "files"], store=str(settled / "store"))
    assert_as_from_nothing(kg.open(settled / "store"), settled / "files")


def test_what_is_remembered_of_other_files_is_not_read(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(_: object) -> None:
        raise AssertionError("all of it was read")

    monkeypatch.setattr(record_lines.RecordedSources, "_all", property(everything))
    path, store = a_target(settled / "files"), settled / "store"
    changed_target(path)
    assert kg.check([path], store=store).conforms
    now = kg.open(store).with_(path)
    assert publish([settled / "files"], store=str(store)).written
    monkeypatch.undo()
    assert now.derived == kg.open(store).derived
    assert_as_from_nothing(now, settled / "files")


def test_all_files_are_compared_where_that_is_asked_for(settled: Path) -> None:
    path, store = a_target(settled / "files"), settled / "store"
    changed_target(path)
    forged(store, path.relative_to(settled / "files").with_suffix("").as_posix())
    assert not publish([settled / "files"], store=str(store)).written
    assert publish([settled / "files"], store=str(store), rehash=True).written
    assert_as_from_nothing(kg.open(store), settled / "files")


@pytest.mark.parametrize("kept", [b"", b"{}", None])
def test_without_what_was_seen_all_files_are_compared(settled: Path, kept: bytes | None) -> None:
    if kept is None:
        (settled / "store" / "seen.json").unlink()
    else:
        (settled / "store" / "seen.json").write_bytes(kept)
    changed_target(a_target(settled / "files"))
    publish([settled / "files"], store=str(settled / "store"))
    assert_as_from_nothing(kg.open(settled / "store"), settled / "files")


def test_what_was_seen_for_another_graph_is_not_taken_for_this(settled: Path) -> None:
    store, path = settled / "store", a_target(settled / "files")
    kept, text = (store / "seen.json").read_bytes(), path.read_text("utf-8")
    changed_target(path)
    publish([settled / "files"], store=str(store))
    path.write_text(text, "utf-8")
    (store / "seen.json").write_bytes(kept)
    publish([settled / "files"], store=str(store))
    assert_as_from_nothing(kg.open(store), settled / "files")


@pytest.mark.parametrize("new", [True, False])
def test_what_two_files_introduce_otherwise_is_refused_without_reading_the_others(
    settled: Path, new: bool
) -> None:
    first, second = sorted((settled / "files").rglob("company-*-news-*.yaml"))[:2]
    thing = next(
        line for line in first.read_text("utf-8").splitlines() if line.startswith("- id: company-")
    ).removeprefix("- id: ")
    path = second.with_name("zz-more.yaml") if new else second
    text = re.sub("(?s)statements:.*", "", second.read_text("utf-8"))
    head = text.partition("things:")[0].replace(second.stem, path.stem)
    path.write_text(
        f"{head}things:\n- {{id: {thing}, type: Initiative, label: another}}\n", "utf-8"
    )
    with pytest.raises(SourceError, match=f"has the id {thing!r}, which .*another") as now:
        publish([settled / "files"], store=str(settled / "store"))
    with pytest.raises(SourceError) as anew:
        kg.build([settled / "files"])
    assert str(now.value) == str(anew.value)


RESULTS = """
id:res a cp:Article ; schema:publisher id:wire ; schema:headline "R" ;
    schema:datePublished "2022-01-31"^^xsd:date .
id:res.1 a cp:Observation ; cp:source id:res ; cp:about id:acme-shops ;
    cp:indicator id:retail-outlets ; cp:value 21.0 ; cp:kind cp:reported ; cp:when "2021-12-31"^^xsd:date .
"""
MORE = """
id:res.2 a cp:Observation ; cp:source id:res ; cp:about id:acme-shops ;
    cp:indicator id:retail-outlets ; cp:value 3.0 ; cp:kind cp:reported ; cp:when "2021-06-30"^^xsd:date .
"""
TARGET = """\
id: news-2020
type: Article
title: What is new
publisher: wire
published: 2020-01-31
language: en
statements:
- {id: news-2020.1, type: Target, about: acme-shops, indicator: retail-outlets, value: 20, due: 2021-12-31, due_precision: year}
"""


@pytest.fixture
def turtles(tmp_path: Path) -> Path:
    """A store of a folder in which two files have one name, and one of Turtle lies deeper."""
    files = tmp_path / "files"
    (files / "plans").mkdir(parents=True)
    (files / "acme.ttl").write_text(
        f'{HEAD}id:acme a cp:Company ; rdfs:label "Acme"@en .\n'
        'id:wire a cp:Organization ; rdfs:label "The Wire"@en .\n'
        'id:acme-shops a cp:Initiative ; rdfs:label "Shops"@en ; cp:company id:acme ;'
        " cp:kind cp:offline-retail .\n"
    )
    (files / "acme.yaml").write_text(TARGET)
    (files / "plans" / "results.ttl").write_text(HEAD + RESULTS + MORE)
    kg.build([files]).save(tmp_path / "store")
    return files


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plans/results.ttl", HEAD + RESULTS),
        ("plans/results.ttl", HEAD + RESULTS.replace("21.0", "12.0") + MORE),
        ("plans/results.ttl", HEAD + RESULTS.partition("id:res.1")[0] + MORE),
        ("acme.yaml", TARGET.replace("value: 20", "value: 25")),
        ("acme.ttl", None),
    ],
)
def test_a_file_is_known_by_its_path(turtles: Path, name: str, text: str | None) -> None:
    path, store = turtles / name, turtles.parent / "store"
    if text is not None:
        path.write_text(text)
    now, anew = kg.open(store).with_(path), kg.build([turtles])
    assert (now.asserted, now.derived) == (anew.asserted, anew.derived)
    assert kg.check([path], store=store).findings == ()


def test_a_file_that_may_be_either_of_two_is_refused(turtles: Path) -> None:
    path = turtles / "plans" / "other.ttl"
    path.write_text(f'{HEAD}id:far a cp:Company ; rdfs:label "Far"@en .\n')
    (turtles / "other.ttl").write_text(f'{HEAD}id:near a cp:Company ; rdfs:label "Near"@en .\n')
    kg.build([turtles]).save(turtles.parent / "store")
    told = "may be 'other' or 'plans/other' of those that the store was built of"
    with pytest.raises(SourceError, match=re.escape(told)):
        kg.open(turtles.parent / "store").with_(path)


def test_a_copy_under_another_name_is_no_new_source(turtles: Path) -> None:
    path = turtles / "copied.yaml"
    shutil.copy(turtles / "acme.yaml", path)
    findings = kg.check([path], store=turtles.parent / "store").findings
    assert "has the id 'news-2020', which acme-2 has already" in findings[0].message


def test_a_file_of_a_graph_of_which_another_is_a_part_is_refused(tmp_path: Path) -> None:
    files, store = tmp_path / "files", tmp_path / "store"
    files.mkdir()
    line = "<https://w3id.org/corporate-plans/id/{0}> <{1}> <{2}Company> <a:g> .\n"
    for name in "ab":
        (files / f"{name}.nq").write_text(
            line.format(name, f"{PREFIXES['rdf']}type", PREFIXES["cp"])
        )
    kg.build([files], check=False).save(store)
    told = "adds to <a:g>, as b does: give both"
    with pytest.raises(SourceError, match=re.escape(told)):
        kg.open(store).with_(files / "a.nq", check=False)
    with pytest.raises(SourceError, match=re.escape(told)):
        kg.check([files / "a.nq"], store=store)
    both = kg.open(store).with_(files, check=False)
    assert both.asserted == kg.open(store).asserted


def test_a_new_file_of_a_name_that_is_taken_is_refused(turtles: Path) -> None:
    path = turtles / "acme.nt"
    path.write_text("")
    store = turtles.parent / "store"
    with pytest.raises(
        SourceError, match="may be 'acme' of those that the store was built of, or a new one"
    ):
        kg.check([path], store=store)
    note = turtles / "plans" / "results.yaml"
    note.write_text(TARGET.replace("news-2020", "news-2021").replace("2020-01-31", "2021-01-31"))
    assert kg.check([note], store=store).conforms
