"""What a version costs is held against the one before, and whatever has become worse is told."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import compare, conditions, report, results

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.results import Results

RUN = "2026-01-31T12:00:00Z"


@pytest.fixture
def before() -> Results:
    """Return made-up figures of a version."""
    took = {"at-risk one": results.Question(seconds=0.004, raw=0.004, rows=7), "at-risk all": None}
    size: results.Size = {
        "steps": {
            "load": {
                "kg": {"run": RUN, "seconds": 2.0, "mb": 100.0},
                "rdflib": {"run": RUN, "seconds": 20.0, "mb": 900.0},
            },
            "rules": {"kg": {"run": RUN, "seconds": 0.2, "mb": 50.0}},
        },
        "questions": {"kg": results.summed(took, RUN)},
    }
    run: conditions.Run = {
        "date": "2026-01-31",
        "commit": "0000000",
        "machine": {"processor": "made up", "cores": 2},
        "libraries": {"pyoxigraph": "0.5.12"},
    }
    return {"version": "0.1.0", "runs": {RUN: run}, "sizes": {"10000": size}}


@pytest.fixture
def now(before: Results) -> Results:
    """Return the same figures, for a test to change."""
    return copy.deepcopy(before)


def told(before: Results, now: Results) -> list[str]:
    return [row.told for row in compare.rows(before, now) if row.told]


def compared(folder: Path, before: Results, now: Results) -> None:
    paths = folder / "before.json", folder / "now.json"
    for path, one in zip(paths, (before, now), strict=True):
        results.write(one, path)
    compare.main(list(map(str, paths)))


def test_equal_results_pass(
    tmp_path: Path, before: Results, now: Results, capsys: pytest.CaptureFixture[str]
) -> None:
    compared(tmp_path, before, now)
    printed = capsys.readouterr().out
    assert re.search(r"10,000 +load +2\.00 +2\.00 +1\.00 +100 +100 +1\.00", printed)
    assert "Nothing has become worse" in printed


def test_what_became_slower_is_told_in_a_sentence_and_fails(
    tmp_path: Path, before: Results, now: Results, capsys: pytest.CaptureFixture[str]
) -> None:
    now["sizes"]["10000"]["steps"]["load"]["kg"]["seconds"] = 3.0
    with pytest.raises(SystemExit) as left:
        compared(tmp_path, before, now)
    assert left.value.code == 1
    sentence = "load at 10,000 triples is 1.50 times slower: 2.00 s before, 3.00 s now."
    assert capsys.readouterr().out.splitlines()[-1] == sentence


def test_what_became_larger_is_told(before: Results, now: Results) -> None:
    now["sizes"]["10000"]["steps"]["load"]["kg"]["mb"] = 120.0
    sentence = "load at 10,000 triples is 1.20 times larger: 100 MB before, 120 MB now."
    assert told(before, now) == [sentence]


@pytest.mark.parametrize(
    ("task", "seconds", "mb"),
    [
        ("load", 2.5, 114.0),  # more than the least amounts, and not than the factors
        ("rules", 0.29, 59.0),  # the other way about
        ("load", 0.5, 10.0),  # better
    ],
)
def test_what_is_within_the_margins_is_not_told(
    before: Results, now: Results, task: str, seconds: float, mb: float
) -> None:
    now["sizes"]["10000"]["steps"][task]["kg"].update({"seconds": seconds, "mb": mb})
    assert told(before, now) == []


def test_others_may_become_slower(before: Results, now: Results) -> None:
    now["sizes"]["10000"]["steps"]["load"]["rdflib"]["seconds"] = 99.0
    assert told(before, now) == []


def test_times_may_grow_as_those_of_others_and_no_more(before: Results, now: Results) -> None:
    for one, seconds in ((before, 1.0), (now, 1.5)):
        for who in "abcde":
            step: results.Step = {"run": RUN, "seconds": seconds, "mb": 1.0}
            one["sizes"]["10000"]["steps"]["load"][who] = step
    load = now["sizes"]["10000"]["steps"]["load"]["kg"]
    load["seconds"] = 3.0
    assert told(before, now) == []
    assert "Others took 1.50 times what they took before, and so may we." in compare.differences(
        before, now
    )
    load["seconds"] = 4.5
    (sentence,) = told(before, now)
    assert sentence.endswith(
        "is 1.50 times slower: 2.00 s before, 4.50 s now, where others took 1.50 times their time."
    )


def test_a_single_question_that_became_slower_is_told_with_the_sum(
    before: Results, now: Results
) -> None:
    took = {"at-risk one": results.Question(seconds=0.008, rows=7), "at-risk all": None}
    now["sizes"]["10000"]["questions"]["kg"] = results.summed(took, RUN)
    assert [sentence.partition(":")[0] for sentence in told(before, now)] == [
        "all questions of one company at 10,000 triples is 2.00 times slower",
        "at-risk of one company at 10,000 triples is 2.00 times slower",
    ]


def test_what_fails_or_does_not_end_any_more_is_told(before: Results, now: Results) -> None:
    size = now["sizes"]["10000"]
    size["steps"]["load"]["kg"] = {"run": RUN, "why": "killed"}
    size["questions"]["kg"] = results.summed({"at-risk one": None}, RUN)
    assert [
        sentence.partition(" and now has no figure: ")[::2] for sentence in told(before, now)
    ] == [
        ("load at 10,000 triples took 2.00 s", "killed."),
        (
            "all questions of one company at 10,000 triples took 0.0040 s",
            "not every one ends in time.",
        ),
        ("at-risk of one company at 10,000 triples took 0.0040 s", "it does not end in time."),
    ]


def test_what_else_differs_is_said(before: Results, now: Results) -> None:
    now["runs"][RUN]["machine"] = {"processor": "another", "cores": 8}
    now["runs"][RUN]["libraries"] = {"pyoxigraph": "0.5.13"}
    del now["sizes"]["10000"]["steps"]["rules"]
    before["sizes"]["100000"] = before["sizes"]["10000"]
    machines, libraries, only = compare.differences(before, now)
    assert "different machines" in machines
    assert libraries == "Libraries have changed: pyoxigraph 0.5.12 -> 0.5.13."
    assert only == "Measured before only: 100,000 triples, rules at 10,000 triples."


def test_versions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("0.10.0", "0.9.1", "0.10.0rc1"):
        (tmp_path / f"{name}.json").touch()
    assert [path.stem for path in results.versions(tmp_path)] == ["0.9.1", "0.10.0rc1", "0.10.0"]


def test_a_size_that_is_measured_again_replaces_that_size_and_its_run_alone(
    tmp_path: Path, before: Results
) -> None:
    small = before["sizes"]["10000"]
    before["sizes"]["100000"] = copy.deepcopy(small)
    results.write(before, tmp_path / f"{conditions.project_version()}.json")
    again: Results = {
        "version": conditions.project_version(),
        "runs": {"later": before["runs"][RUN]},
        "sizes": {"10000": {"steps": {"load": {"kg": {"run": "later", "seconds": 1.0, "mb": 9.0}}},
                            "questions": {}}},
    }  # fmt: skip
    kept = results.add(again, [10_000], tmp_path)
    assert kept["sizes"] == {"10000": again["sizes"]["10000"], "100000": small}
    assert list(kept["runs"]) == [RUN, "later"]


def test_the_page_is_made_of_the_newest_figures() -> None:
    newest = results.versions()[-1]
    page = (results.FOLDER.parent / "RESULTS.md").read_text(encoding="utf-8")
    assert report.page(results.read(newest)) == page


def test_every_figure_is_of_a_run_that_its_file_tells_of() -> None:
    for path in results.versions():
        one = results.read(path)
        assert one["version"] == path.stem
        used = {part["run"] for size in one["sizes"].values() for part in results.measured(size)}
        assert used == set(one["runs"])
