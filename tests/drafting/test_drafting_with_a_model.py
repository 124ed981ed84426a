"""`kg draft` with a model: what it writes, what it tells, and what it does without one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.drafting.fake_model import FakeModel, fake_model, item, items, say, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "s3cret-of-the-address"
TEXT = "Xiaomi will open 1,500 service centres in India by 2031, Lei Jun said. It has 250 of them now.\n"
TARGET = {
    "about": "xiaomi-india-service-centres", "indicator": "service-centres", "value": "1500",
    "due": "2031-12-31", "due_precision": "year", "place": "india", "confidence": "high",
}  # fmt: skip
WORDS = "Xiaomi will open 1,500 service centres in India by 2031"
SAID = ("--title", "More", "--publisher", "The Hindu", "--published", "2029-05-31")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_MODEL", "KG_MODEL_URL", "KG_MODEL_KEY", "KG_MODEL_TIMEOUT", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with fake_model() as served:
        yield served


def proposed(result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return yaml.load(result.stdout, yaml.BaseLoader)["proposed"]  # noqa: S506 - strings alone


def test_what_both_propose_stands_there_once_with_both_named(run, model, article) -> None:
    model.answer = lambda handler, _: say(handler, items(item("Target", WORDS, **TARGET)))
    result = run("draft", article, *SAID, "--model", "small", "--model-url", model.url)
    (target,) = (one for one in proposed(result) if one["type"] == "Target")
    assert target["by"] == "grammar, model small"
    assert (target["confidence"], target["speaker"]) == ("high", "lei-jun")


def test_rivals_stand_there_both_and_say_in_what_they_differ(run, model, article) -> None:
    said = {**TARGET, "status": "considered"}
    model.answer = lambda handler, _: say(handler, items(item("Target", WORDS, **said)))
    result = run("draft", article, *SAID, "--model", "small", "--model-url", model.url)
    targets = proposed(result)[:2]
    assert {one["type"] for one in targets} == {"Target"}
    assert sorted((one["by"], one["status"], one["note"]) for one in targets) == [
        ("grammar", "announced", "model small differs: status: considered."),
        ("model small", "considered", "grammar differs: status: announced."),
    ]


def test_what_is_refused_is_counted_by_reason_on_stderr(run, model, article) -> None:
    lies = [item("Target", WORDS, **{**TARGET, "value": each}) for each in ("5", "6")]
    model.answer = lambda handler, _: say(handler, items(*lies, item("Target", "Gone.", **TARGET)))
    result = run("draft", article, *SAID, "--model", "small", "--model-url", model.url)
    assert (
        "2 proposals of model small are left out: its value does not stand in its words"
        in result.stderr
    )
    assert (
        "1 proposal of model small is left out: its words do not stand so in the text"
        in result.stderr
    )
    assert all(one["by"] == "grammar" for one in proposed(result))


def test_environment_names_the_model_and_its_credential(run, model, article, monkeypatch) -> None:
    settings = {"KG_MODEL": "small", "KG_MODEL_URL": model.url, "KG_MODEL_KEY": KEY}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    model.answer = lambda handler, _: say(handler, items(item("Target", WORDS, **TARGET)))
    result = run("draft", article, *SAID)
    assert model.sent[0].headers["authorization"] == f"Bearer {KEY}"
    assert "model small" in result.stdout
    assert KEY not in result.stdout + result.stderr


@pytest.mark.parametrize(("status", "code"), [(401, 3), (500, 3)])
def test_model_that_refuses_fails_the_draft_and_writes_nothing(
    run, model, article, monkeypatch, tmp_path, status, code
) -> None:
    monkeypatch.setenv("KG_MODEL_KEY", KEY)
    model.answer = lambda handler, _: send(handler, f"not {KEY}".encode(), status, Retry_After="0")
    out = tmp_path / "out.yaml"
    result = run("draft", article, *SAID, "--model", "small", "--model-url", model.url, "-o", out)
    assert result.exit_code == code
    assert result.stderr.startswith(f"kg: {model.url}: ")
    assert result.stderr.count("\n") == 1
    assert KEY not in result.output
    assert not out.exists()


def test_model_that_is_late_ends_as_any_work_that_is(run, model, article, monkeypatch) -> None:
    monkeypatch.setenv("KG_MODEL_TIMEOUT", "0.3")
    model.answer = lambda _handler, _sent: model.over.wait(20)
    result = run("draft", article, *SAID, "--model", "small", "--model-url", model.url)
    assert result.exit_code == 4
    assert "has not answered in 0.3 seconds; give it more with KG_MODEL_TIMEOUT" in result.stderr


def test_late_model_keeps_no_process_alive(model, article) -> None:
    model.answer = lambda _handler, _sent: model.over.wait(60)
    command = [
        sys.executable,
        "-m",
        "kg",
        "draft",
        article,
        *SAID,
        "--model",
        "x",
        "--model-url",
        model.url,
    ]
    import os

    settings = {**os.environ, "KG_MODEL_TIMEOUT": "1"}
    ended = subprocess.run(command, env=settings, capture_output=True, timeout=30, check=False)
    assert ended.returncode == 4


def test_without_a_model_nothing_of_it_is_imported(article) -> None:
    script = (
        "import sys; from kg.cli import main\n"
        f"main(['draft', {str(article)!r}, '--published', '2029-05-31'], standalone_mode=False)\n"
        "found = {'langextract', 'httpx', 'openai', 'absl'} & sys.modules.keys()\n"
        "found |= {name for name in sys.modules if name == 'kg.drafting.model.model'}\n"
        "sys.exit(str(found) if found else 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr.count("Traceback")) == (0, 0), ended.stderr


def test_same_answers_make_the_same_bytes(run, model, article) -> None:
    model.answer = lambda handler, _: say(handler, items(item("Target", WORDS, **TARGET)))
    one, other = (
        run("draft", article, *SAID, "--model", "small", "--model-url", model.url).stdout
        for _ in "12"
    )
    assert one == other
