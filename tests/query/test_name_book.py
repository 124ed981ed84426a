"""Names at hand find what the engine finds."""

from __future__ import annotations

import pytest

from kg.query import NameBook, find_things

WORDS = (
    "xiaomi", "小米", "x", "india", "NESTLÉ", "cp:", "cp:m", "unit:", "lei jun", "é", "per cent", "nothing at all", "-",
    "'", "(", "\\", "$1", "https://w3id.org", "x" * 1_001,
)  # fmt: skip


@pytest.fixture(scope="module")
def book(graph) -> NameBook:
    return NameBook.of(graph.index)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word[:20])
def test_names_at_hand_find_what_the_engine_finds(graph, book, word):
    found, total = book.find(word, 1 << 20)
    assert found == find_things(graph.index, word)
    assert total == len(found)
    assert book.find(word, 3) == (found[:3], total)


def test_words_that_stand_together_in_no_name_are_looked_for_one_by_one(graph, book):
    assert find_things(graph.index, "jun lei") == []
    assert [match.name for match in book.find("jun lei", 5)[0]] == ["lei-jun"]
    assert book.find("jun xyzzy", 5) == ([], 0)


@pytest.mark.parametrize(
    ("slip", "meant"), [("xaiomi", "xiaomi"), ("Foxcon", "foxconn"), ("mobikwick", "mobikwik")]
)
def test_a_slip_is_near_what_was_meant(book, slip, meant):
    assert book.near(slip, 3)[0].name == meant


def test_nothing_is_near_what_is_like_nothing(book):
    assert book.near("qqqqqqqq", 5) == []
