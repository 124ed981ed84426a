"""Figures and years that do not stand in the words of their statement are told, and fail nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import digest
from kg.reports import wording

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """id: gazette-2021
type: Article
title: Acme
publisher: gazette
published: 2021-02-01
language: {language}
text: {{sha256: "{sha256}", length: {length}, normaliser: nfc-lf-1}}
things:
  - {{id: acme, type: Company, label: Acme}}
  - {{id: gazette, type: Organization, label: The Gazette}}
statements:
  - id: gazette-2021.1
    type: Target
    about: acme
    indicator: retail-outlets
    evidence: {{section: "1", start: 0, end: {length}, sha256: "{sha256}"}}
    {keys}
"""


def doubts_of(folder: Path, words: str, keys: str, language: str = "en") -> list[str]:
    """Return what is doubted of a statement with some keys whose words are those."""
    (folder / "texts").mkdir()
    (folder / "texts" / "gazette-2021.txt").write_text(words)
    source = SOURCE.format(
        language=language,
        sha256=digest(words),
        length=len(words),
        keys=keys.replace("; ", "\n    "),
    )
    (folder / "gazette.yaml").write_text(source)
    checks = kg.build([folder / "gazette.yaml"], check=False).verify(folder / "texts")
    assert [check.problem for check in checks] == [None, None]
    return [doubt for check in checks for doubt in check.doubts]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("672 million rupees by 2030", "value: 672000000; due: 2030-12-31; due_precision: year"),
        ("a third of all sales", "value: 33"),
        ("more than 95% are local", "value: 95"),
        ("double its 250 shops", "value: 500; baseline: 250"),
        ("halve the 250 shops", "value: 125; baseline: 250"),
        ("the second largest vendor", "value: 2"),
        ("the largest vendor", "value: 1"),
        ("no shop was opened", "value: 0"),
        ("a loss of 5 million", "value: -5000000"),
        ("$10-15 billion", "minimum: 10000000000; maximum: 15000000000"),
        ("half a million shops", "value: 500000"),
        ("500 shops", "value: 500; due: 2030-12-31; due_precision: year"),
        ("500 shops by Diwali", "value: 500; due: 2021-12-31; due_precision: year"),
        ("500 shops in the next three years", "value: 500; due: 2024-02-29; due_precision: month"),
        ("500 shops by FY24", "value: 500; due: 2024-03-31; due_precision: fiscal-year"),
        ("500 shops by FY24", "value: 500; due: 2025-03-31; due_precision: fiscal-year"),
        ("500 shops by 2030", "value: 500; due: 2040-12-31; due_precision: [year, inferred]"),
        ("500 shops by 2030", "value: 700; mode: inferred"),
    ],
)
def test_what_the_words_say_is_not_doubted(tmp_path: Path, words: str, keys: str) -> None:
    assert doubts_of(tmp_path, words, keys) == []


@pytest.mark.parametrize(
    ("words", "keys", "doubt"),
    [
        ("672 million rupees", "value: 762000000", "its value, 762,000,000, does not stand in its words, “672 million rupees”"),
        ("from 250 to 500 shops", "value: 500; baseline: 350", "its baseline, 350, does not stand in its words, “from 250 to 500 shops”"),
        ("$15 billion", "value: 1000000000", "its value, 1,000,000,000, does not stand in its words, “$15 billion”"),
        ("double its 250 shops", "value: 600; baseline: 250", "its value, 600, does not stand in its words, “double its 250 shops”"),
        ("500 shops by 2030", "value: 500; due: 2031-12-31; due_precision: year", "its due, 2031-12-31, is in no year that its words name, “500 shops by 2030”"),
        ("500 shops by 2030", "value: 500; due: 2040-12-31; due_precision: year", "its due, 2040-12-31, is in no year that its words name, “500 shops by 2030”"),
    ],
)  # fmt: skip
def test_a_slip_of_the_hand_is_told_with_the_words(
    tmp_path: Path, words: str, keys: str, doubt: str
) -> None:
    assert doubts_of(tmp_path, words, keys) == [doubt]


def test_what_has_no_words_of_ours_is_not_doubted(tmp_path: Path) -> None:
    assert doubts_of(tmp_path, "500 winkels", "value: 700", "nl") == []


def test_without_the_extra_it_is_told_once_and_the_rest_is_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording, "find_spec", lambda _: None)
    [doubt] = doubts_of(tmp_path, "500 shops", "value: 700")
    assert doubt.startswith("holding figures against their words needs text2num, which is not")


def test_doubts_go_to_the_standard_error_stream_and_fail_nothing(tmp_path: Path, run) -> None:
    doubts_of(tmp_path, "500 shops", "value: 700")
    told = run("verify", "--texts", tmp_path / "texts", "-s", tmp_path / "gazette.yaml")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == (
        "gazette-2021.1: its value, 700, does not stand in its words, “500 shops”\n"
        "2 of 2 checks hold\n"
    )
