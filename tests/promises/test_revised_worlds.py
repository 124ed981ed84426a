"""Promises that were revised, corrected, split or made through others: what became of each, argued from the texts.

The verdicts were written down before anything was asked.
"""

from __future__ import annotations

import pytest

from tests.promises.test_what_texts_say import Told, outcomes, told as told  # noqa: PLC0414 - a fixture

SHOPS = "type: Target, about: plant, indicator: retail-outlets"
COUNT = "type: Observation, about: plant, indicator: retail-outlets, kind: reported"
SALES = "indicator: revenue, unit: USD, place: india"
YEAR = "due: 2021-03-31, due_precision: fiscal-year, counts_from: 2020-04-01"

WORLDS = {
    # Who takes three turns and comes back to the first number promises it again: it stands, and what came between does not.
    "revised thrice and back": (
        [
            ("p", "2019-01-01", f"- {{{SHOPS}, value: 100, due: 2021-12-31}}"),
            ("q", "2019-06-01", f"- {{{SHOPS}, value: 200, due: 2021-12-31, updates: p.1}}"),
            ("r", "2020-01-01", f"- {{{SHOPS}, value: 150, due: 2021-12-31, updates: q.1}}"),
            ("s", "2020-06-01", f"- {{{SHOPS}, value: 100, due: 2021-12-31, updates: r.1}}"),
            ("o", "2022-01-05", f"- {{{COUNT}, value: 120, when: 2021-12-31}}"),
        ],
        [
            ("2019-07-01", {"p.1": "replaced", "q.1": "open"}),
            ("2020-07-01", {"p.1": "open", "q.1": "replaced", "r.1": "replaced"}),
            ("2026-01-01", {"p.1": "met", "q.1": "replaced", "r.1": "replaced"}),
        ],
    ),
    # What is given up until a day is taken up again after it, and may be kept.
    "given up for a time": (
        [
            ("p", "2018-01-01", f"- {{{SHOPS}, value: 100, due: 2020-12-31}}"),
            ("a", "2019-01-05", "- {type: StatusReport, about: plant, status: abandoned, from: 2019-01-01, until: 2019-09-30}"),
            ("o", "2020-06-05", f"- {{{COUNT}, value: 110, when: 2020-05-31}}"),
        ],
        [
            ("2019-02-01", {"p.1": "abandoned"}),
            ("2019-09-30", {"p.1": "abandoned"}),
            ("2019-10-01", {"p.1": "open"}),
            ("2026-01-01", {"p.1": "met"}),
        ],
    ),
    "milestone given up for a time": (
        [
            ("p", "2018-01-01", "- {type: StatusReport, about: plant, status: announced, due: 2019-12-31}"),
            ("a", "2019-03-05", "- {type: StatusReport, about: plant, status: abandoned, from: 2019-03-01, until: 2020-06-30}"),
            ("d", "2021-02-05", "- {type: StatusReport, about: plant, status: achieved, from: 2021-02-01}"),
        ],
        [
            ("2020-06-30", {"p.1": "abandoned"}),
            ("2020-07-01", {"p.1": "undetermined"}),
            ("2026-01-01", {"p.1": "met-late"}),
        ],
    ),
    # A promise that is put off after its day keeps its verdict; the count of before tells nothing of the new one.
    "put off after its day": (
        [
            ("p", "2018-01-01", f"- {{{SHOPS}, value: 100, due: 2019-12-31}}"),
            ("o", "2020-01-05", f"- {{{COUNT}, value: 50, when: 2019-12-31}}"),
            ("q", "2020-02-01", f"- {{{SHOPS}, value: 100, due: 2021-12-31, updates: p.1}}"),
        ],
        [("2026-01-01", {"p.1": "partly", "q.1": "undetermined"})],
    ),
    # What is corrected itself corrects nothing, so that the count holds again.
    "correction that was wrong": (
        [
            ("p", "2019-01-01", f"- {{{SHOPS}, value: 500, due: 2020-12-31}}"),
            ("o", "2021-01-05", f"- {{{COUNT}, value: 510, when: 2020-12-31}}"),
            ("c", "2021-02-05", f"- {{{COUNT}, value: 51, when: 2020-12-31, corrects: o.1}}"),
            ("d", "2021-03-05", "- {type: Retraction, corrects: c.1}"),
        ],
        [("2021-01-31", {"p.1": "met"}), ("2026-01-01", {"p.1": "met"})],
    ),
    # Nine months that reach a year's sales do; the calendar year is another period than the fiscal one.
    "fiscal year": (
        [
            ("p", "2019-01-01", f"- {{type: Target, about: plant, value: 100, {SALES}, {YEAR}}}"),
            ("o", "2021-01-05", f"- {{type: Observation, about: plant, kind: reported, value: 120, {SALES}, when: 2020-12-31, when_precision: year}}"),
            ("n", "2021-02-05", f"- {{type: Observation, about: plant, kind: reported, value: 110, {SALES}, when: 2020-12-31, when_start: 2020-04-01}}"),
        ],
        [("2021-02-01", {"p.1": "open"}), ("2021-02-05", {"p.1": "met"})],
    ),
    # What an owner has by itself is nothing of the venture's; what the venture has in the same place is.
    "venture": (
        [
            ("p", "2019-01-01", """
- {type: Target, about: cells, indicator: retail-outlets, value: 100, due: 2020-12-31, place: india}
- {type: Relation, subject: acme, predicate: owns, object: acme-bolt}
"""),
            ("o", "2021-01-05", "- {type: Observation, about: acme, indicator: retail-outlets, kind: reported, value: 150, when: 2020-12-31, place: india}"),
            ("n", "2021-02-05", "- {type: Observation, about: acme-bolt, indicator: retail-outlets, kind: reported, value: 150, when: 2020-12-31, place: india}"),
        ],
        [("2021-02-01", {"p.1": "undetermined"}), ("2021-02-05", {"p.1": "met"})],
    ),
    # That a licence was granted keeps no promise that waits for it.
    "condition": (
        [
            ("p", "2019-01-01", """
- {type: StatusReport, about: plant, status: announced, due: 2020-12-31}
- {type: Relation, subject: plant, predicate: dependsOn, object: licence}
"""),
            ("l", "2020-05-05", "- {type: StatusReport, about: licence, status: achieved}"),
        ],
        [("2020-06-01", {"p.1": "open"}), ("2026-01-01", {"p.1": "undetermined"})],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORLDS)
def test_world_ends_as_its_texts_say(told: Told, name: str) -> None:
    articles, wanted = WORLDS[name]
    for article in articles:
        told.article(*article)
    graph = told.graph()
    for day, verdicts in wanted:
        found = outcomes(graph, day)
        assert {one: str(found[one][1]).removeprefix("cp:") for one in verdicts} == verdicts


def test_first_forecast_of_a_day_is_the_one_that_updates_no_other(told: Told) -> None:
    # By their names the newer one would come first.
    forecast = f"type: Target, about: acme, {SALES}, due: 2020-12-31, counts_from: 2020-01-01"
    told.article("a", "2019-01-01", f"- {{{forecast}, value: 150, updates: z.1}}")
    told.article("z", "2019-01-01", f"- {{{forecast}, value: 100}}")
    [row] = told.graph().ask("guidance", company="acme", date="2019-06-01")
    assert (row["first"], row["last"], row["revisions"], row["promise"]) == (100, 150, 1, "a.1")
