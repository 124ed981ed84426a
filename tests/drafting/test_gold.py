"""The gold texts: what is written of each is sound, placed in its words, and ours."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

import kg
from kg.base import data_folder
from kg.drafting import find_sections, section_at
from tests.benchmarks.drafting.matching import GRADED, KINDS
from tests.benchmarks.drafting.texts import (
    FRESH,
    HELD,
    LATER,
    STRUCTURES,
    TUNED,
    GoldError,
    read_text,
    read_texts,
)
from tests.benchmarks.drafting.words import words_of

FOLDERS = [TUNED, STRUCTURES, HELD, FRESH, LATER]
TEXTS = {folder.name: read_texts(folder) for folder in FOLDERS}
ALL = [text for texts in TEXTS.values() for text in texts]
STATEMENTS = [statement for text in ALL for statement in text.statements]


def test_as_many_are_tuned_and_held_as_the_readme_says() -> None:
    told = re.findall(
        r"^\| `(\w+)/` \| (\d+) \|", (TUNED.parent / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert {name: len(texts) for name, texts in TEXTS.items()} == {
        name: int(count) for name, count in told
    }
    assert len({text.name for text in ALL}) == len(ALL)


def test_every_file_is_a_sound_source_beside_what_ships() -> None:
    report = kg.check(FOLDERS, shipped=True)
    assert report.violations == ()
    # Another source states most of these targets already, and these are no sources.
    assert {hint.message.split(" is stated in ")[0] for hint in report.hints} <= {"The same target"}


@pytest.mark.parametrize("folder", FOLDERS, ids=["tuned", "structures", "held", "fresh", "later"])
def test_every_place_holds_against_its_text(folder) -> None:
    checks = kg.build([folder], check=False).verify(folder)
    assert [check for check in checks if check.problem] == []
    spans = sum(len(one.spans) for text in read_texts(folder) for one in text.statements)
    assert len(checks) >= spans >= 100


def test_every_statement_of_every_kind_has_its_words() -> None:
    assert all(statement.spans for statement in STATEMENTS)
    counted = {kind: sum(one.keys["type"] == kind for one in STATEMENTS) for kind in KINDS}
    assert sum(counted.values()) == len(STATEMENTS)
    assert all(counted[kind] >= 100 for kind in GRADED)


def test_sections_are_those_that_drafting_finds() -> None:
    for text in ALL:
        sections = find_sections(text.paper.text)
        source = next(
            (folder / f"{text.name}.yaml") for folder in FOLDERS if text in TEXTS[folder.name]
        )
        written = re.findall(r'section: "(\d+)"\n +start: (\d+)', source.read_text("utf-8"))
        assert written
        assert [name for name, _ in written] == [
            section_at(sections, int(start)) for _, start in written
        ]


def test_texts_are_as_long_as_short_news() -> None:
    assert [text.name for text in ALL if not 60 <= len(text.paper.text.split()) <= 150] == []


def test_six_are_in_german_and_the_others_in_english() -> None:
    assert sorted(text.paper.language for text in ALL) == ["de"] * 6 + ["en"] * (len(ALL) - 6)


def test_no_two_texts_say_anything_in_the_same_words() -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[at : at + 9]) for at in range(len(words) - 8)}

    cut = {text.name: runs(words_of(text.paper.text)) for text in ALL}
    assert [(one, two) for one, two in combinations(sorted(cut), 2) if cut[one] & cut[two]] == []


def test_nothing_that_ships_rests_on_them() -> None:
    shipped = "".join(path.read_text("utf-8") for path in data_folder().rglob("*.yaml"))
    assert "example-gazette" not in shipped
    assert [text.name for text in ALL if f"{text.name}." in shipped] == []


def test_another_text_is_refused(tmp_path) -> None:
    name = ALL[0].name
    (tmp_path / "other.txt").write_text("Acme will open 20 shops.\n")
    with pytest.raises(GoldError, match=rf"other\.txt is not the text that {name}\.yaml was made"):
        read_text(TUNED / f"{name}.yaml", tmp_path / "other.txt")
