"""Words are found where they stand, nearly so only where they stand nowhere, and never within others."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from kg.drafting.passages import WAYS, find_near, find_passages

EXACT, SIGNS, CASE = WAYS


def found(text: str, words: str) -> list[str]:
    return [text[one.start : one.end] for one in find_passages(text, words)]


@pytest.mark.parametrize(
    ("text", "words", "passages", "way"),
    [
        ("It plans 500 shops.", "500 shops", ["500 shops"], EXACT),
        ("500 shops, then 500 shops", "500 shops", ["500 shops"] * 2, EXACT),
        # Of a text that has them as they are, what is only alike counts no more.
        ("Many shops. many shops", "many shops", ["many shops"], EXACT),
        ("It plans 500\n  shops.", "500 shops", ["500\n  shops"], SIGNS),
        ("It plans 500\u00a0shops.", "500 shops", ["500\u00a0shops"], SIGNS),
        ("“Acme’s” shops – many", "\"Acme's\" shops - many", ["“Acme’s” shops – many"], SIGNS),
        ("ser\u00advice cen\u00adtres", "service centres", ["ser\u00advice cen\u00adtres"], SIGNS),
        ("five hundred", "five\u200b hundred", ["five hundred"], SIGNS),
        ("FIVE HUNDRED SHOPS", "Five hundred", ["FIVE HUNDRED"], CASE),
        ("Straße 5", "STRASSE 5", ["Straße 5"], CASE),
        ("\uff15\uff10\uff10 shops", "500 shops", ["\uff15\uff10\uff10 shops"], CASE),
        ("小米将开设500家服务中心。", "500家服务", ["500家服务"], EXACT),
        ("小米将开设500家服务\n中心。", "500家服务中心", ["500家服务\n中心"], SIGNS),
        ("インドで500店を開く", "500店", ["500店"], EXACT),
        ("จะเปิด 500 สาขาในอินเดีย", "500 สาขา", ["500 สาขา"], EXACT),
        ("인도에 500개의 매장을", "500개", ["500개"], EXACT),
        ("cafe\u0301".encode().decode(), "x", [], EXACT),
        ("Caf\u00e9 shops", "Cafe\u0301 shops", ["Caf\u00e9 shops"], EXACT),
    ],
)  # fmt: skip
def test_words_are_found_where_they_stand(
    text: str, words: str, passages: list[str], way: str | None
) -> None:
    assert found(text, words) == passages
    assert {one.way for one in find_passages(text, words)} <= {way}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It plans 1,500 shops.", "500 shops"),
        ("It plans 1.500 shops.", "500 shops"),
        ("It plans 1\u202f500 shops.", "500 shops"),
        ("It plans 1500 shops.", "500 shops"),
        ("about 5.5 per cent", "about 5"),
        ("in 20,000 jobs", "in 20"),
        ("ten shops", "ten shop"),
        ("often shops", "ten shops"),
        ("小米将开设1500家", "500家"),
        ("ß", "s"),
        ("words", ""),
        ("words", " \u00ad "),
    ],
)
def test_a_part_of_a_longer_word_or_number_is_no_evidence(text: str, words: str) -> None:
    assert found(text, words) == []


@given(st.text(max_size=40), st.data())
def test_what_is_cut_out_of_a_text_is_found_at_its_place_or_stands_in_a_word(
    text: str, data: st.DataObject
) -> None:
    import unicodedata

    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    for one in find_passages(text, words):
        assert 0 <= one.start < one.end <= len(text)
        if one.way is None:
            assert text[one.start : one.end] == unicodedata.normalize("NFC", words).strip()


def test_nearest_words_are_those_of_which_most_stand_in_a_row() -> None:
    text = "Acme plans many shops.\nIt has 500 service centers in India."
    near = find_near(text, "500 service centres in India")
    assert near is not None
    assert text[slice(*near)] == "500 service"
    assert find_near(text, "quagga") is None
    assert find_near("a " * 600_000, "a") is None
