"""An answer that is remembered is one to the very same question."""

from __future__ import annotations

import pytest

from tests.remembered import Remembered


class Cache(dict):
    def set(self, key: str, value: object) -> None:
        self[key] = value


@pytest.fixture
def asked() -> list[str]:
    return []


def answers(asked: list[str], word: str) -> str:
    asked.append(word)
    return word


def test_answer_is_asked_for_once_and_again_where_anything_differs(asked: list[str]) -> None:
    cache = Cache()
    for run in range(2):
        remembered = Remembered(cache)
        for of in (("a", "b"), ("a", "b"), ("ab", ""), ("a", "c"), ("b", "a")):
            assert remembered.get(lambda of=of: answers(asked, "-".join(of)), *of) == "-".join(of)
        remembered.keep(all_were_asked=run == 0)
    assert asked == ["a-b", "ab-", "a-c", "b-a"]


def test_answer_that_a_whole_run_did_not_ask_for_is_dropped(asked: list[str]) -> None:
    cache = Cache()
    for words, whole in (("ab", True), ("a", False), ("ab", True), ("a", True), ("b", True)):
        remembered = Remembered(cache)
        for word in words:
            remembered.get(lambda word=word: answers(asked, word), word)
        remembered.keep(all_were_asked=whole)
    assert asked == ["a", "b", "b"]


def test_what_went_wrong_is_not_remembered() -> None:
    def fails() -> str:
        raise ValueError

    remembered = Remembered(Cache())
    with pytest.raises(ValueError, match=r"^$"):
        remembered.get(fails, "a")
    assert remembered.get(lambda: "done", "a") == "done"
