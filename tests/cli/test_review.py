"""`kg review` writes each decision at once, loses nothing, and shows what a decision needs."""

from __future__ import annotations

import os
import pty
import random
import select
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import kg
from kg.drafting import find_waiting
from kg.sources import read_yaml
from tests.conftest import ARTICLE, TEXT, THINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

PROPOSED = """
proposed:
  - {id: bolt, type: Company, label: Bolt}

  - id: gazette-2020.2
    type: Target
    about: acme-shops
    indicator: retail-outlets
    value: 20
    due: 2030-12-31
    due_precision: year
    confirms: gazette-2020.1
    by: model
    evidence: {section: "1", start: 15, end: 23, words: "20 shops"}

  - id: gazette-2020.3
    type: Relation
    subject: acme
    predicate: partnerOf
    object: bolt
    evidence: "Jo Doe said so"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "things.ttl").write_text(THINGS)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "gazette-2020.txt").write_text(TEXT)
    path = tmp_path / "gazette-2020.yaml"
    digest = "2b0a4b1b9f4a6dbb4f1d6e9f5ac9e8a6b0f1c5a3e9d8b7c6a5f4e3d2c1b0a998"
    path.write_text(ARTICLE + PROPOSED.replace("end: 23,", f"end: 23, sha256: {digest},"))
    return path


@pytest.fixture
def review(source: Path, run: Callable[..., Result]) -> Callable[..., str]:
    """Review with some answers, and return what was shown."""

    def call(*answers: str, code: int = 0) -> str:
        done = run(
            "review",
            source,
            "-s",
            source.with_name("things.ttl"),
            stdin="".join(f"{one}\n" for one in answers),
        )
        assert done.exit_code == code, done.output
        return done.stdout + done.stderr

    return call


def waiting(path: Path) -> list[str]:
    return [one.name for one in find_waiting(read_yaml(path.read_bytes(), path))]


def test_proposal_is_shown_as_a_sentence_with_its_words_and_what_it_brings(
    review: Callable[..., str],
) -> None:
    shown = review("n", "q")
    assert "1 of 3  gazette-2020.2, by model" in shown
    assert "  Target: Acme's shops: 20 retail outlets by 2030\n" in shown
    assert "“20 shops”" in shown
    assert "brings along bolt (type: Company · label: Bolt)" in shown
    assert "words of it have no place yet: kg locate " in shown
    assert "\x1b" not in shown
    assert "3 proposals wait; next: kg check --with-shipped " in shown


def test_figure_that_is_not_in_the_words_is_doubted_as_soon_as_it_is_given(
    review: Callable[..., str],
) -> None:
    doubt = "  look at it again: its value, 200, does not stand in its words, “20 shops”\n"
    assert "look at it again" not in review("q")
    assert doubt in review("c", "value=200", "q")


def test_article_and_what_is_remarked_of_it_are_shown_before_anything_is_decided(
    review: Callable[..., str], source: Path
) -> None:
    editor, guessed = "# yaml-language-server: $schema=a.json\n", "The day is only guessed."
    source.write_text(f"{editor}# {guessed}\n{source.read_text()}")
    assert review("q").startswith(f"Acme to open shops · gazette · 2020-01-31\n{guessed}\n\n1 of 3")


def test_whoever_names_a_folder_is_told_how_to_find_what_waits_in_it(
    source: Path, run: Callable[..., Result]
) -> None:
    done = run("review", source.parent)
    told = f"is a folder; name one source: kg check --with-shipped {source.parent} tells in which"
    assert (done.exit_code, told in done.stderr) == (3, True)
    checked = run("check", "--with-shipped", source.parent).stdout
    assert f"wait for you: kg review {source}\n" in checked


def test_folder_of_the_source_may_be_looked_at_beside_it(
    source: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source.parent)
    for path, beside in (
        (source.name, "."),
        (source, source.parent),
        (f"./{source.name}", source.parent),
    ):
        shown = run("review", path, "-s", beside, stdin="q\n")
        assert shown.exit_code == 0
        assert "has already" not in shown.stdout


COMPANY = "id: acme-things\nthings:\n  - {id: acme, type: Company, label: Acme}\n"


def test_things_that_lie_in_the_folder_of_the_source_are_known(
    source: Path, run: Callable[..., Result]
) -> None:
    relation = "proposed:\n  - {id: gazette-2020.3, type: Relation, subject: acme, predicate: partnerOf, object: amazon}\n"
    source.write_text(f"{ARTICLE.partition('statements:')[0]}{relation}")
    alone = run("review", source, stdin="q\n").stdout
    assert "acme is partner of Amazon" in alone
    assert "! gazette-2020.3 subject (acme): Nothing says what this is" in alone

    source.with_name("things.yaml").write_text(COMPANY)
    source.with_name("broken.yaml").write_text("id: [")
    source.with_name(".hidden.yaml").write_text(COMPANY.replace("Acme", "Bolt"))
    beside = run("review", source, stdin="q\n").stdout
    assert "Acme is partner of Amazon" in beside
    assert "!" not in beside


@pytest.mark.parametrize("own", ["a b", ""])
def test_what_is_to_be_checked_next_is_what_was_looked_at(
    source: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, own: str
) -> None:
    folder = source.parent / own
    folder.mkdir(exist_ok=True)
    path = source.rename(folder / source.name).relative_to(source.parent)
    monkeypatch.chdir(source.parent)

    def told(*options: str) -> str:
        return run("review", path, *options, stdin="q\n").stderr.rpartition("next: ")[2]

    assert (
        told("-s", "things.ttl") == f"kg check --with-shipped {shlex.quote(str(path))} things.ttl\n"
    )
    (folder / "things.yml").write_text(COMPANY)
    before = f"{shlex.quote(own)}/" if own else ""
    assert told() == f"kg check --with-shipped {before}*.yaml {before}*.yml\n"


def test_what_is_missing_since_it_is_only_proposed_is_told_with_what_accepts_it(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    path = tmp_path / "gazette-2020.yaml"
    author = "author: jo-doe\nproposed:\n  - {id: jo-doe, type: Person, label: Jo Doe}\n"
    head = "id: gazette-2020\ntype: Article\ntitle: T\npublisher: reuters\npublished: 2020-01-31\nlanguage: en\n"
    path.write_text(head + author)
    told = f"name one; it is only proposed yet: kg review {path}\n"

    assert run("build", "--with-shipped", path, "--store", tmp_path / "s").stderr.count(told) == 1
    assert run("check", "--with-shipped", path).stdout.count(told) == 1
    run("review", path, stdin="a\n")
    assert run("check", "--with-shipped", path).stdout == ""

    # What something describes already is wrong for another reason than that it waits.
    path.write_text((head + author).replace("jo-doe", "india"))
    checked = run("check", "--with-shipped", path)
    assert (checked.exit_code, "only proposed" in checked.stdout) == (1, False)


def test_words_are_shown_in_their_sentence_where_there_is_a_copy(
    source: Path, run: Callable[..., Result]
) -> None:
    arguments = [
        "review",
        source,
        "-s",
        source.with_name("things.ttl"),
        "--texts",
        source.with_name("texts"),
    ]
    assert "other words stand at 15–23 in " in run(*arguments, stdin="q\n").stdout
    text = source.read_text()
    source.write_text(
        text.replace(text[text.index(", sha256: 2b") : text.index(', words: "20')], "")
    )
    shown = run(*arguments, stdin="q\n").stdout
    assert "Acme will open >>20 shops<< in Ruritania by 2030." in shown


def test_what_is_accepted_is_said_and_what_is_supposed_is_asked(
    review: Callable[..., str], source: Path
) -> None:
    shown = review("accept", "a", "q")
    assert (
        "the same target as gazette-2020.1: confirms? It says: 20 retail outlets by 2030" in shown
    )
    assert waiting(source) == ["bolt", "gazette-2020.3"]
    assert "    confirms: gazette-2020.1\n" in source.read_text()
    assert "20 shops" not in source.read_text()
    assert "1 accepted, 2 proposals wait; next: " in shown


def test_what_is_supposed_is_left_out_or_nothing_is_done(
    review: Callable[..., str], source: Path
) -> None:
    before = source.read_bytes()
    assert "not accepted" in review("a", "x", "q")
    assert "not accepted" in review("a")
    assert source.read_bytes() == before
    review("a", "d", "q")
    assert "confirms" not in source.read_text()


def test_things_are_asked_about_by_themselves_where_nothing_needs_them(
    review: Callable[..., str], source: Path
) -> None:
    source.write_text(source.read_text().replace("object: bolt", "object: amazon"))
    shown = review("d", "d", "a")
    assert "1 of 1  bolt\n  new Company: Bolt\n" in shown
    assert waiting(source) == []
    assert "  - {id: bolt, type: Company, label: Bolt}\n" in source.read_text()
    assert "1 accepted, 2 dropped, 0 proposals wait; next: " in shown
    assert "nothing is proposed in " in review()


def test_dropped_statement_takes_the_thing_along_that_it_alone_brought(
    review: Callable[..., str], source: Path
) -> None:
    shown = review("n", "d", "q")
    assert waiting(source) == ["gazette-2020.2"]
    assert "1 dropped, 1 proposal waits; next: " in shown


def test_change_is_checked_at_once(review: Callable[..., str], source: Path) -> None:
    shown = review(
        "c place=narnia",
        "c",
        "place=",
        "c valeu=1",
        "c bolt.label=x",
        "n",
        "c bolt.label=Bolt Ltd",
        "q",
    )
    assert "gazette-2020.2 place (narnia): A statement holds within at most one place" in shown
    assert "not done: 'valeu=1' is no KEY=VALUE of a proposal, such as place=india" in shown
    assert "not done: 'bolt.label=x' is no KEY=VALUE" in shown
    assert "brings along bolt (type: Company · label: Bolt Ltd)" in shown
    assert "3 changed, 3 proposals wait" in shown
    assert "narnia" not in source.read_text()


def test_change_that_would_make_the_file_unreadable_is_not_written(
    review: Callable[..., str], source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.read_bytes()
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/id: gazette-2020.2/id: gazette-2020.1/" "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    shown = review("c", "e", "q")
    assert "not done: " in shown
    assert "has the id 'gazette-2020.1' twice" in shown
    assert source.read_bytes() == before


def test_proposal_is_changed_in_an_editor(
    review: Callable[..., str], source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/value: 20/value: 25/" "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    assert "25 retail outlets by 2030" in review("c", "e", "q")
    assert "    value: 25\n" in source.read_text()


def test_editor_that_fails_ends_nothing(
    review: Callable[..., str], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.read_bytes()
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.delenv("VISUAL", raising=False)
    assert review("c", "e", "n", "q").count("not done: false: Editing failed") == 1
    assert source.read_bytes() == before


def test_file_that_somebody_else_has_written_is_read_anew(source: Path) -> None:
    from kg.api import ReviewSession

    session = ReviewSession(source)
    assert session.current
    source.write_text(source.read_text() + "# Mine.\n")
    assert not session.drop(session.current)
    assert "# Mine." in source.read_text()
    assert session.drop(session.current)
    assert source.read_text().endswith("# Mine.\n")
    assert waiting(source) == ["bolt", "gazette-2020.3"]


def test_beyond_the_ends_and_unknown_keys_are_told(review: Callable[..., str]) -> None:
    shown = review("b", "z", "n", "b", "q")
    assert "this is the first" in shown
    assert "'z' is none of: a accept" in shown


def test_file_that_cannot_be_read_is_one_sentence(review: Callable[..., str], source: Path) -> None:
    source.write_text("id: a\ntpye: b\n")
    assert "has the key 'tpye', which means nothing here" in review(code=3)


def test_keys_are_single_and_words_stand_out_on_a_terminal(source: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kg",
        "review",
        str(source),
        "-s",
        str(source.with_name("things.ttl")),
    ]
    lead, end = pty.openpty()
    with subprocess.Popen(
        command, stdin=end, stdout=end, stderr=end, env={**os.environ, "TERM": "xterm"}
    ) as done:
        os.close(end)
        shown, asked = b"", time.monotonic() + 30
        with suppress(OSError):  # a terminal of which the other end is closed
            while time.monotonic() < asked:
                # A key that is pressed before the question is there goes unheard, so it is pressed again.
                if select.select([lead], [], [], 0.3)[0]:
                    shown += os.read(lead, 1 << 16)
                elif shown.endswith(b"q quit: "):
                    os.write(lead, b"q" if b"1 of 2" in shown else b"d")
        assert done.wait(20) == 0
    os.close(lead)
    assert b"\x1b[" in shown
    assert waiting(source) == ["bolt", "gazette-2020.3"]


def test_killed_at_any_moment_it_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    count = 6
    path = tmp_path / "gazette-2020.yaml"
    entries = "".join(
        f"  - {{id: gazette-2020.{number}, type: Target, about: acme-shops, indicator: retail-outlets, value: {number}}}\n"
        for number in range(2, 2 + count)
    )
    path.write_text(ARTICLE + "proposed:\n" + entries)
    (tmp_path / "things.ttl").write_text(THINGS)
    chance = random.Random(17)  # noqa: S311 - which moments is no secret
    command = [sys.executable, "-m", "kg", "review", str(path), "-s", str(tmp_path / "things.ttl")]
    everything = {f"gazette-2020.{number}" for number in range(1, 2 + count)}
    killed = 0
    while left := waiting(path):
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        ) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.write("a\n" * 2)
            process.stdin.flush()
            process.stdout.readline()
            time.sleep(chance.random())
            if process.poll() is None:
                killed += 1
                os.killpg(process.pid, signal.SIGKILL)
        statements = kg.build([tmp_path / "things.ttl", path], check=False).query(
            "SELECT ?s { ?s cp:source ?source }"
        )
        said = {str(name) for (name,) in statements.rows}
        assert said | {*waiting(path)} == everything
        assert not said & {*waiting(path)}
        assert {*waiting(path)} <= {*left}
    assert killed
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".kg")] == []


def test_only_a_key_or_its_whole_word_decides(source: Path, review: Callable[..., str]) -> None:
    before = source.read_bytes()
    shown = review("abandon it", "delete", "A!", "another", "a", "all of it does", "q")
    assert "'abandon' is none of: a accept" in shown
    assert "not accepted" in shown
    assert source.read_bytes() == before
    review("drop")
    assert b"id: gazette-2020.2" not in source.read_bytes()


def test_an_editor_that_writes_no_text_is_told(
    source: Path, review: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.read_bytes()
    editor = source.with_name("editor.sh")
    editor.write_text(f"#!{sys.executable}\nimport os, sys, time\n"
        "open(sys.argv[1], 'wb').write(b'\\xff\\xfe'); os.utime(sys.argv[1], (0, 0))\n")  # fmt: skip
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    assert "not done: the editor wrote no UTF-8; save it as UTF-8" in review("c e", "q")
    assert source.read_bytes() == before
