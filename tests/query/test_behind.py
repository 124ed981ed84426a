"""Numbers with the names of what they count: the same wherever a graph is held, in every form."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from kg.query import load_questions, split_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    import kg

DAY = "2026-11-22"
COUNTING = [question for question in load_questions() if question.behind]


def test_track_record_names_what_each_number_counts(graph: kg.Graph) -> None:
    # What each of these is, and why, stands in tests/promises/shipped_outcomes.csv.
    (row,) = graph.ask("track-record", speaker="Lei Jun", date=DAY)
    named = {key: value for key, value in row.items() if key.endswith("Names") and value}
    assert named == {
        "metNames": "repost-of-the-economic-times-2017-03.1, the-hindu-2017-03-27.5",
        "undeterminedNames": "android-headlines-2017-11-07.2, medianama-2017-03-28.6.1,"
        " mint-2017-11-20.1, mint-2017-11-20.2, pandaily-2018-02.2, the-hindu-2017-03-27.2",
        "openNames": "factordaily-2017-03-27.2",
        "replacedNames": "pocketgamer-biz-2017-11.2",
    }


@pytest.mark.parametrize("day", ["2017-04-01", "2019-11-30", DAY])
@pytest.mark.parametrize("company", [None, "xiaomi"])
def test_each_number_counts_what_it_names_and_outcome_tells_the_same(
    graph: kg.Graph, day: str, company: str | None
) -> None:
    found = list(graph.ask("track-record", date=day, company=company))
    assert found
    for row in found:
        told = defaultdict(list)
        asked = {"speaker": str(row["speaker"]), "date": day, "company": company}
        for one in graph.ask("outcome", arguments=asked):
            verdict = str(one["verdict"]).removeprefix("cp:").removeprefix("met-")
            told[verdict].append(one["promise"])
        for column in COUNTING[0].behind.counts:
            names = split_names(row[f"{column}Names"])
            assert len(names) == row[column]
            assert names == sorted(set(told[column]))


@pytest.mark.parametrize("question", COUNTING, ids=lambda question: question.name)
def test_another_engine_finds_the_same_names(
    graph: kg.Graph, rdflib_rows: Callable[[kg.Graph, str], list[list[str]]], question
) -> None:
    found = json.loads(graph.query(question.behind.text).to_bytes("json"))["results"]["bindings"]
    ours = sorted(sorted(cell["value"] for cell in row.values()) for row in found)
    assert ours
    assert sorted(map(sorted, rdflib_rows(graph, question.behind.text))) == ours


def test_table_for_people_stays_as_narrow_and_has_the_names_below(
    run: Callable[..., Result],
) -> None:
    told = run("ask", "track-record", "--speaker", "lei-jun", "--date", DAY, "-f", "table").stdout
    head, _, _, *below = told.splitlines()
    assert head.split()[-1] == "replaced"
    assert "- lei-jun, replaced: pocketgamer-biz-2017-11.2" in below
    assert len([line for line in below if line.startswith("- ")]) == 4
    in_markdown = run("ask", "track-record", "--date", DAY, "-f", "md").stdout
    assert "\n\n- manu-kumar-jain, met: business-standard-2017-06-01.3, dt-next-" in in_markdown
    nobody = run("ask", "track-record", "--speaker", "foxconn", "-f", "table").stdout
    assert len(nobody.splitlines()) == 2


def test_names_are_columns_for_programs(run: Callable[..., Result], tmp_path: Path) -> None:
    asked = ("ask", "track-record", "--speaker", "lei-jun", "--date", DAY)
    assert run(*asked, "--only", "met,metNames,lateNames", "-f", "csv").stdout.splitlines() == [
        "met,metNames,lateNames",
        '2,"repost-of-the-economic-times-2017-03.1, the-hindu-2017-03-27.5",',
    ]
    assert run(*asked, "-f", "json", "-o", tmp_path / "told.json").exit_code == 0
    answer = json.loads((tmp_path / "told.json").read_bytes())
    (row,) = answer["results"]["bindings"]
    assert row["openNames"] == {"type": "literal", "value": "factordaily-2017-03-27.2"}
    assert "lateNames" in answer["head"]["vars"]
    assert "lateNames" not in row
    assert "metNames" not in run(*asked, "--sparql").stdout
