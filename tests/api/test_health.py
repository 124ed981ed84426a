"""What `kg doctor` finds: what is well is called so, and each thing that is wrong is named with a way out."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.api import cache, examine, health_disks, health_installation, write_health
from kg.base import MissingExtraError, StoreError
from tests.conftest import EXTRAS, ROOT, generation, parts
from tests.store import servers

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from kg.api import Health


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def of(what: str, *args: object) -> list[Health]:
    """Return what is found of one thing."""
    return [health for health in examine(*args) if health.what == what]


def wrong(found: list[Health]) -> list[tuple[str, str]]:
    """Return what is wrong, each with its way out."""
    return [(health.says, health.advice) for health in found if health.state == "wrong"]


def damaged(store: Path) -> Path:
    """Damage a store where it is not told on opening."""
    table = max(generation(store).glob("index/*.sst"), key=lambda path: path.stat().st_size)
    with table.open("r+b") as file:
        file.seek(1000)
        byte = file.read(1)
        file.seek(1000)
        file.write(bytes([byte[0] ^ 1]))
    return table


def test_sound_installation_has_nothing_wrong() -> None:
    found = examine()
    assert wrong(list(found)) == []
    assert [health.what for health in found[:2]] == ["kg", "libraries"]
    assert {"ontology", "data", "cache", "disk of cache", "disk of TMPDIR"} <= {
        health.what for health in found
    }
    for library in ("pyoxigraph", "rdflib"):
        assert f"{library} {metadata.version(library)}" in found[1].says


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make libraries be there in other versions than they are; None is for not at all."""
    real = metadata.version

    def install(**versions: str | None) -> None:
        def version(name: str) -> str:
            if name.lower() not in versions:
                return real(name)
            found = versions[name.lower()]
            if found is None:
                raise metadata.PackageNotFoundError(name)
            return found

        monkeypatch.setattr(health_installation.metadata, "version", version)

    return install


def test_extra_that_is_missing_is_no_fault_and_says_the_same_as_an_error(installed) -> None:
    installed(xlsxwriter=None)
    (extra,) = of("extra export")
    command = str(MissingExtraError("", "", "export")).rpartition("; ")[2]
    assert (extra.state, extra.says) == ("note", f"xlsxwriter is not installed; {command}")


def test_library_that_is_missing_or_of_a_version_that_will_not_do_is_wrong(installed) -> None:
    installed(shacl="99.0", rdflib=None, httpx="0.1")
    ((says, advice),) = wrong(of("libraries"))
    assert says.startswith("shacl is 99.0, and needed is ")
    assert advice == "pip install -e ."
    ((says, advice),) = wrong(of("extra endpoint"))
    assert (says.partition(",")[0], advice) == ("httpx is 0.1", "pip install -e '.[endpoint]'")
    installed(rdflib=None)
    assert wrong(of("libraries")) == [("rdflib is not installed", "pip install -e .")]


def test_every_extra_is_looked_at() -> None:
    named = {health.what for health in examine() if health.what.startswith("extra ")}
    assert named == {f"extra {name}" for name in EXTRAS}


def test_checkout_that_is_not_installed_is_told(installed) -> None:
    installed(**{health_installation.DISTRIBUTION: None})
    ((says, advice),) = wrong(of("kg"))
    assert says.startswith("is not installed, only lies here; Python 3.")
    assert advice == "pip install -e ."


def test_folder_that_is_not_there_or_not_whole_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacks() -> Path:
        raise StoreError("the installation lacks its folder 'data'; install it again")

    monkeypatch.setattr(health_installation, "data_folder", lacks)
    monkeypatch.setattr(health_installation, "ontology_folder", lambda: tmp_path)
    ((says, _),) = wrong(of("data"))
    assert "lacks its folder 'data'" in says
    assert wrong(of("ontology")) == [(f"{tmp_path}: is empty", "install kg again")]


def test_file_of_the_installation_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "data" / "things", tmp_path / "data")
    real = Path.open

    def refuse(path: Path, *args, **more):
        if path.name == "companies.ttl":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **more)

    monkeypatch.setattr(health_installation, "data_folder", lambda: tmp_path / "data")
    monkeypatch.setattr(Path, "open", refuse)
    ((says, advice),) = wrong(of("data"))
    assert says == f"{tmp_path / 'data' / 'companies.ttl'}: cannot be read: Permission denied"
    assert advice == "install kg again"


def test_cache_says_what_it_keeps_and_what_of_it_is_damaged(small: kg.Graph) -> None:
    (empty,) = of("cache")
    assert (empty.state, empty.says) == ("ok", f"nothing in {cache.cache_folder()} yet")
    cache.keep(small)
    (kept,) = of("cache")
    assert kept.state == "ok"
    assert kept.says.startswith("1 store of 4 at most, ")
    store = cache.kept_folder()
    table = damaged(store)
    assert wrong(of("cache")) == [
        (f"{store}: is damaged: index/{table.name}: is not what was written", f"rm -r {store}")
    ]
    (generation(store) / "manifest.json").write_text('{"format": 1}')
    assert [health.state for health in of("cache")] == ["ok", "note"]


@pytest.mark.parametrize("told", [False, True])
def test_damaged_cache_is_made_anew_at_once_or_by_the_next_command(
    graph: kg.Graph, run: Callable[..., Result], *, told: bool
) -> None:
    cache.keep(graph)
    store = cache.kept_folder()
    asked = ("query", "SELECT * { GRAPH ?g { ?s ?p ?o } }", "-f", "tsv")
    sound = run(*asked).stdout
    for table in generation(store).glob("index/*.sst"):
        state, data = table.stat(), bytearray(table.read_bytes())
        for at in range(100, len(data) // 2, 500):
            data[at] ^= 1 if len(data) > 200_000 else 0
        table.write_bytes(data)
        if told:  # as a disk that gives other bytes than it was given
            os.utime(table, ns=(state.st_atime_ns, state.st_mtime_ns))
    first, second = run(*asked), run(*asked)
    if told:
        assert (first.exit_code, first.stdout) == (3, "")
        sentence = "is damaged and is made anew when it is next needed; ask again"
        assert first.stderr == f"kg: {store}: {sentence}\n"
    else:
        assert sorted(first.stdout) == sorted(sound)
    assert sorted(second.stdout) == sorted(sound), second.stderr
    assert kg.store.find_damage(store) is None


def test_sound_store_says_how_large_it_is_and_what_made_it(stored: Path) -> None:
    store, *notes = of("store", stored)
    assert store.state == "ok"
    triples = len(kg.open(stored).asserted.splitlines()) + len(kg.open(stored).derived.splitlines())
    for part in (f"{triples:,} quads of ", "Oxigraph ", "every file is as it was written"):
        assert part in store.says
    assert [note.state for note in notes] in ([], ["note"])


@pytest.mark.parametrize("name", ["asserted", "manifest.json", "index"])
def test_damage_of_a_store_is_named_with_a_way_out(stored: Path, name: str) -> None:
    assert wrong(of("store", stored)) == []
    if name == "index":
        name = f"index/{damaged(stored).name}"
    else:
        path = parts(generation(stored), name)[0]
        name = path.relative_to(generation(stored)).as_posix()
        path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    ((says, advice),) = wrong(of("store", stored))
    assert says == f"{stored}: is damaged: {name}: is not what was written"
    assert advice == f"run again the kg build that made it, with --store {stored}"


def test_store_that_is_none_or_out_of_reach_is_told(tmp_path: Path) -> None:
    told = (f"{tmp_path}: is no store", "make one with kg build --store")
    assert wrong(of("store", tmp_path)) == [told]
    ((says, _),) = wrong(of("store", "http://localhost:1/query"))
    assert says.startswith("http://localhost:1/query: cannot be reached")


def test_what_killed_builds_have_left_is_told_unless_a_build_is_at_it(stored: Path) -> None:
    (stored / ".kg-abcd1234.part").mkdir()
    assert f"{stored}: 1 thing of killed builds" in of("store", stored)[-1].says
    with (stored / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = of("store", stored)[-1]
    assert (told.state, told.says) == ("note", f"{stored}: a build is writing it")


@pytest.mark.server
def test_endpoint_is_held_against_its_manifest(small: kg.Graph, tmp_path: Path) -> None:
    with servers.oxigraph(tmp_path, "--union-default-graph") as root:
        url = f"{root}/query"
        small.save(url)
        (sound,) = of("store", url)
        triples = len(small.asserted.splitlines()) + len(small.derived.splitlines())
        assert (sound.state, f" of {triples:,} triples in " in sound.says) == ("ok", True)
        remote = kg.open(url).content
        (name, *_) = sorted(remote.graphs)
        remote.endpoint.drop(name)
        ((says, advice),) = wrong(of("store", url))
        assert says == f"{url}: 1 graph of the build not there, the first <{name}>"
        assert advice == f"run again the kg build that made it, with --store {url}"


def test_disk_without_room_is_wrong(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(stored)
    monkeypatch.setattr(health_disks.shutil, "disk_usage", lambda _: usage._replace(free=10 << 20))
    found = wrong([health for health in examine(stored) if health.what.startswith("disk of ")])
    assert len(found) == 3
    assert {says.partition(": ")[2] for says, _ in found} == {"10 MiB free, a build needs 64 MiB"}
    assert {advice for _, advice in found} == {"make room, or name a folder elsewhere"}


def test_files_that_killed_commands_have_left_beside_outputs_are_told(tmp_path: Path) -> None:
    (tmp_path / "plans.ttl").touch()
    assert [health.state for health in of("outputs", None, [tmp_path])] == ["ok"]
    (tmp_path / ".kg-abcd1234.part").touch()
    (left,) = of("outputs", None, [tmp_path])
    assert (left.state, ".kg-abcd1234.part" in left.says) == ("note", True)


def test_turtle_and_page_that_are_not_of_one_build_are_wrong(
    acme: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    out = tmp_path / "out"
    assert run("build", acme, "-o", out, "-q").exit_code == 0
    assert [health.state for health in of("outputs", None, [out])] == ["ok", "ok"]
    with (out / "plans.html").open("ab") as page:
        page.write(b"<!-- -->")
    told = (f"{out / 'plans.html'}: has been changed since", "build it again")
    assert wrong(of("outputs", None, [out])) == [told]


def test_folder_that_is_none_is_no_folder_in_which_all_is_well(tmp_path: Path) -> None:
    told = (f"{tmp_path / 'no'}: is no folder", "name one that a build has written")
    assert wrong(of("outputs", None, [tmp_path / "no"])) == [told]


def test_text_and_json_say_the_same() -> None:
    found = examine()
    said = json.loads(write_health(found, "json"))
    assert [one["what"] for one in said] == [health.what for health in found]
    lines = write_health(found).decode().splitlines()
    assert len(lines) == len(found) + sum(bool(health.advice) for health in found)


def test_command_exits_with_1_where_something_is_wrong(
    stored: Path, tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(stored))
    sound = run("doctor")
    assert (sound.exit_code, sound.stderr) == (0, "")
    assert "ok     store" in sound.stdout
    assert "outputs" not in sound.stdout
    (tmp_path / "out").mkdir()
    damaged(stored)
    told = run("doctor")
    assert told.exit_code == 1
    assert "\nwrong  store" in told.stdout
    assert "ok     outputs" in told.stdout
    assert run("doctor", "-f", "json").exit_code == 1


def test_store_that_can_only_be_read_is_worth_a_note(
    small: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.save(tmp_path / "s")
    allowed = os.access
    monkeypatch.setattr(
        os, "access", lambda path, how: path != tmp_path / "s" and allowed(path, how)
    )
    told = {health.what: health for health in examine(tmp_path / "s")}
    assert told["disk of store"].state == "note"
    assert (
        told["disk of store"].says
        == f"{tmp_path / 's'}: cannot be written: it can be asked, and not built"
    )
    assert told["store"].state == "ok"
