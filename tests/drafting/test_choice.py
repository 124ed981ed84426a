"""Which model is asked, and what of the environment goes where."""

from __future__ import annotations

import pytest

from kg.base import UsageError
from kg.drafting import ModelChoice


def test_options_come_before_the_environment() -> None:
    settings = {"KG_MODEL": "one", "KG_MODEL_URL": "http://one/v1", "KG_MODEL_TIMEOUT": "20"}
    choice = ModelChoice.of(settings)
    assert (choice.name, choice.url, choice.seconds) == ("one", "http://one/v1", 20)
    choice = ModelChoice.of(settings, "two", "http://two/v1/")
    assert (choice.name, choice.url) == ("two", "http://two/v1")


def test_nothing_named_is_no_model() -> None:
    assert ModelChoice.of({}) is None
    assert ModelChoice.of({"KG_MODEL": "", "KG_MODEL_KEY": "s3cret"}) is None


def test_whole_address_of_the_completions_is_taken_too() -> None:
    choice = ModelChoice.of({}, "x", "https://m.example.org/v1/chat/completions/")
    assert choice.url == "https://m.example.org/v1"


def test_credentials_are_not_shown() -> None:
    settings = {"KG_MODEL_KEY": "s3cret", "OPENAI_API_KEY": "t4cret", "GEMINI_API_KEY": "u5cret"}
    choice = ModelChoice.of(settings, "x")
    assert (choice.key, choice.openai_key) == ("s3cret", "t4cret")
    assert "cret" not in repr(choice)


@pytest.mark.parametrize(
    "url",
    [
        "localhost:11434", "ftp://localhost/v1", "http://", "http://a b/v1", "http://a/v1?key=s3cret",
        "http://a/v1#s3cret", "http://me:s3cret@a/v1", "http://s3cret@a/v1", "http://a:0/v1", "http://a:x/v1",
        "file:///etc/passwd", "http://a/\u202ev1", "http://[::1/v1",
    ],
)  # fmt: skip
def test_address_that_cannot_be_asked_is_refused_without_its_credential(url) -> None:
    with pytest.raises(UsageError, match=r"^--model-url ") as refused:
        ModelChoice.of({}, "x", url)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", "86401"])
def test_time_that_is_none_is_refused(seconds) -> None:
    with pytest.raises(UsageError, match=r"^KG_MODEL_TIMEOUT is "):
        ModelChoice.of({"KG_MODEL_TIMEOUT": seconds}, "x")


def test_address_without_a_model_is_refused() -> None:
    with pytest.raises(UsageError, match="name it with --model or KG_MODEL"):
        ModelChoice.of({"KG_MODEL_URL": "http://a/v1"})


@pytest.mark.parametrize("name", ["a b", "a\nb", "a\u200bb"])
def test_name_that_is_none_is_refused(name) -> None:
    with pytest.raises(UsageError, match="is no name"):
        ModelChoice.of({}, name)
