"""The page of what drafting was measured at: goals that are met and not, tools and texts that were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.drafting import __main__ as command, report
from tests.benchmarks.drafting.promises import measure
from tests.benchmarks.drafting.report import Figures, Measured
from tests.benchmarks.drafting.scores import score
from tests.benchmarks.drafting.texts import TUNED, read_texts
from tests.benchmarks.drafting.tools import OURS, Tool
from tests.benchmarks.drafting.world import World

if TYPE_CHECKING:
    from tests.benchmarks.conditions import Run

RUN: Run = {"date": "2026-11-28", "commit": "abc", "machine": {"cores": 2}}


@pytest.fixture(scope="module")
def perfect() -> Measured:
    drafts = [(text, text.statements) for text in read_texts(TUNED)[:2]]
    return Measured(OURS, "held", score(drafts, World()), measure(drafts))


def test_goal_is_met_where_recall_and_precision_are_and_what_was_not_measured_says_so(
    perfect,
) -> None:
    page = report.page(Figures([perfect], seconds={report.WHOLE: 61.0, OURS: 20.0}), RUN, 1.2)
    reached = "recall 1.00 (1.00 to 1.00), precision 1.00 (1.00 to 1.00)"
    assert f"| the three kinds, held | recall 0.7, precision 0.8 | {reached} | met |" in page
    assert "| the three kinds, seed | recall 0.8, precision 0.85 | not measured here |  |" in page
    assert "| a thousand articles | at most 60 s | 61.0 s | **not met** |" in page
    assert page.endswith(
        "Measured on 2026-11-28, of abc, on cores 2; its load was 1 when it began.\n"
    )


def test_goal_is_not_met_where_nothing_is_found() -> None:
    drafts = [(text, []) for text in read_texts(TUNED)[:2]]
    nothing = Measured(OURS, "held", score(drafts, World()), measure(drafts))
    page = report.page(Figures([nothing]), RUN, 0)
    assert "recall 0.00 (0.00 to 0.00), precision 1.00 (1.00 to 1.00) | **not met** |" in page
    assert "| held | Relation |" in page


def test_tool_that_was_not_there_is_named_on_the_page(perfect) -> None:
    page = report.page(Figures([perfect], absent=["spaCy's rules"]), RUN, 0)
    assert "spaCy's rules: not installed here; `pip install --group bench` brings it." in page


def test_seed_is_left_out_with_a_sentence_where_its_text_is_not_named(monkeypatch, capsys) -> None:
    monkeypatch.delenv("SEED", raising=False)
    assert set(command.texts_of(report.SETS)) == {"tuned", "structures", "held", "fresh", "later"}
    assert "SEED=path/to/article.txt names its text" in capsys.readouterr().out


def test_nothing_of_held_texts_is_told_of_what_is_missed(capsys) -> None:
    tuned = read_texts(TUNED)
    texts = {"tuned": tuned[:1], "held": tuned[1:3], "fresh": tuned[3:5]}
    command.tell_missed(Tool(OURS, lambda _: []), texts)
    told = capsys.readouterr().out
    assert texts["tuned"][0].name in told
    assert not any(text.name in told for text in (*texts["held"], *texts["fresh"]))
