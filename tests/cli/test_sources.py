"""`kg locate` and `kg fmt` write a file whole or not at all, and tell all that is wrong at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.drafting.files import formatting
from tests.conftest import ARTICLE, TEXT, THINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from kg.drafting import ChangedSource

HEAD, _, EVIDENCE = ARTICLE.partition("    evidence:\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sources with evidence in words, one of which stands nowhere, and the text of both."""
    (tmp_path / "things.ttl").write_text(THINGS)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "gazette-2020.txt").write_text(TEXT)
    (tmp_path / "good.yaml").write_text(
        HEAD + '    evidence: "Acme will open 20 shops in Ruritania by 2030"\n'
    )
    bad = HEAD.replace("gazette-2020.1", "gazette-2020.2")
    (tmp_path / "bad.yaml").write_text(bad + "    evidence: Acme will shut\n")
    return tmp_path


def test_words_get_the_place_that_was_counted_by_hand(
    folder: Path, run: Callable[..., Result]
) -> None:
    path = folder / "good.yaml"
    asked = run("locate", path, "--texts", folder / "texts", "--check")
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert asked.stderr == f"would change {path}\n0 problems; would change 1 file\n"
    done = run("locate", path, "--texts", folder / "texts")
    assert (done.exit_code, done.stderr) == (0, f"changed {path}\n0 problems; changed 1 file\n")
    assert path.read_text() == ARTICLE
    again = run("locate", path, "--texts", folder / "texts", "--check")
    assert (again.exit_code, again.stderr) == (0, "0 problems; would change 0 files\n")
    checks = kg.build([folder / "things.ttl", path]).verify(folder / "texts")
    assert [one.problem for one in checks] == [None, None]


def test_all_that_is_wrong_in_all_files_is_told_and_the_others_are_written(
    folder: Path, run: Callable[..., Result]
) -> None:
    before = (folder / "bad.yaml").read_bytes()
    files = [folder / name for name in ("bad.yaml", "good.yaml", "none.yaml")]
    done = run("locate", *files, "--texts", folder / "texts")
    assert done.exit_code == 3
    words, missing = done.stdout.splitlines()
    assert words.startswith(f"{files[0]}:18: has words that do not stand in {folder / 'texts'}")
    assert missing == f"{files[2]}: cannot be read: No such file or directory"
    assert done.stderr == f"changed {files[1]}\n2 problems; changed 1 file\n"
    assert files[0].read_bytes() == before
    assert run("locate", files[0], "--texts", folder / "texts").exit_code == 1


def test_folder_of_sources_is_taken_whole(folder: Path, run: Callable[..., Result]) -> None:
    done = run("locate", folder, "--texts", folder / "texts", "--check")
    assert done.stderr.endswith("1 problem; would change 1 file\n")
    (folder / "empty").mkdir()
    assert run("fmt", folder / "empty").exit_code == 3
    assert run("locate", folder, "--texts", folder / "none").exit_code == 3


def test_form_is_held_in_continuous_integration(folder: Path, run: Callable[..., Result]) -> None:
    path = folder / "good.yaml"
    asked = run("fmt", "--check", path)
    assert (asked.exit_code, asked.stdout) == (1, "")
    before = path.read_text()
    assert before == path.read_text()
    assert run("fmt", path).stderr == f"changed {path}\n0 problems; changed 1 file\n"
    assert 'title: "Acme to open shops"\n' in path.read_text()
    assert run("fmt", "--check", path).exit_code == 0
    path.write_text("tpye: Article\n")
    wrong = run("fmt", path)
    assert (wrong.exit_code, wrong.stdout.splitlines()[0]) == (
        3,
        f"{path}:1: has the key 'tpye', which means nothing here; did you mean 'type'?",
    )


def test_form_passes_through_a_pipe(run: Callable[..., Result]) -> None:
    done = run("fmt", "-", stdin="title: T\nid: a\n")
    assert (done.exit_code, done.stdout) == (0, 'id: a\ntitle: "T"\n')
    assert run("fmt", "-", stdin="- a\n").exit_code == 3


def test_shipped_sources_are_in_their_form_and_located(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    from kg.base import data_folder

    assert (
        run("fmt", "--check", data_folder() / "sources").stderr
        == "0 problems; would change 0 files\n"
    )
    done = run("locate", "--check", data_folder() / "sources", "--texts", tmp_path)
    assert done.stderr == "0 problems; would change 0 files\n"


def test_what_somebody_else_has_written_meanwhile_is_kept(
    folder: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "good.yaml"
    change = formatting.change_files

    def slowly(*args: Any) -> list[ChangedSource]:
        changed = change(*args)
        path.write_text("id: theirs\n")
        return changed

    monkeypatch.setattr(formatting, "change_files", slowly)
    path.write_text("type: Article\nid: a\n")
    done = run("fmt", path)
    assert done.exit_code == 3
    assert done.stdout == f"{path}: was written by somebody else meanwhile; do it again\n"
    assert done.stderr == "1 problem; changed 0 files\n"
    assert path.read_text() == "id: theirs\n"
