"""Where `kg build` writes: a store alone, unless files are asked for as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"plans.ttl", "plans.html", ".built.json", ".built.lock"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that one works in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_store_is_written_alone(acme: Path, here: Path, tmp_path: Path, run) -> None:
    store = tmp_path / "store"
    for words in ("wrote store", "unchanged: store"):
        result = run("build", acme, "--store", store)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.splitlines()[-1] == f"{words} {store}"
        assert names(here) == set()
    assert kg.open(store).query("ASK { id:gazette-2020.1 a cp:Target }")


def test_store_and_files_are_written_where_both_are_named(
    acme: Path, here: Path, tmp_path: Path, run
) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    result = run("build", acme, "--store", store, "-o", out)
    assert result.exit_code == 0
    told = f"{out / 'plans.ttl'} and {out / 'plans.html'}, store {store}"
    assert result.stderr.splitlines()[-1] == f"wrote {told}"
    assert names(out) == FILES
    assert names(here) == set()
    again = run("build", acme, "--store", store, "-o", out)
    assert again.stderr.splitlines()[-1] == f"unchanged: {told}"
    _, _, turtle = (
        (out / "plans.ttl").read_bytes().partition(b"\n")
    )  # the stamp is of a build alone
    assert kg.open(store).export() == turtle


def test_files_are_written_to_out_where_nothing_is_named(acme: Path, here: Path, run) -> None:
    assert run("build", acme, "-q").output == ""
    assert names(here) == {"out"}
    assert names(here / "out") == FILES


def test_store_of_the_environment_is_for_reading(
    acme: Path, here: Path, tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
    assert run("build", acme, "-q").exit_code == 0
    assert names(here) == {"out"}
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("more", [(), ("-o", "files")])
def test_build_with_findings_writes_nothing(
    acme: Path, here: Path, tmp_path: Path, run, more: tuple[str, ...]
) -> None:
    (acme / "gazette-2020.yaml").write_text("id: gazette-2020\ntype: Article\n", encoding="utf-8")
    store = tmp_path / "store"
    assert run("build", acme, "--store", store, *more).exit_code == 1
    assert not store.exists()
    assert names(here) == set()
