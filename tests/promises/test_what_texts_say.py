"""What texts say besides a figure and a day: corrections, reasons, parts, bases, and who is to keep it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import kg
from tests import blocks

THINGS = yaml.safe_load("""
- {id: acme, type: Company, label: Acme}
- {id: bolt, type: Company, label: Bolt}
- {id: acme-bolt, type: JointVenture, label: Acme Bolt}
- {id: freedonia-government, type: Organization, label: Government of Freedonia}
- {id: gazette, type: Organization, label: The Gazette}
- {id: licence, type: Condition, label: a licence}
- {id: engineers, type: Category, label: engineers}
- {id: plant, type: Initiative, label: the plant, company: acme, kind: manufacturing}
- {id: shops, type: Initiative, label: the shops, company: [acme, bolt], kind: offline-retail}
- {id: cells, type: Initiative, label: the cells, company: acme-bolt, kind: manufacturing}
""")

Statement = dict[str, Any]


class Told:
    """Builds a graph of articles, each with a name, a day and its statements in YAML."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._write("things", "2019-01-01", [], THINGS)

    def article(self, name: str, day: str, statements: str) -> None:
        self._write(name, day, yaml.load(statements, yaml.BaseLoader), [])  # noqa: S506

    def _write(
        self, name: str, day: str, statements: list[Statement], things: list[Statement]
    ) -> None:
        document: Statement = {
            "id": name, "type": "Article", "title": name, "publisher": "gazette",
            "published": day, "language": "en",
        }  # fmt: skip
        for number, statement in enumerate(statements, 1):
            statement["id"] = f"{name}.{number}"
        document |= {
            key: value for key, value in (("things", things), ("statements", statements)) if value
        }
        (self._folder / f"{name}.yaml").write_text(yaml.safe_dump(document, sort_keys=False))

    def graph(self) -> kg.Graph:
        graph = kg.build([self._folder, *SHIPPED])
        assert graph.report is not None
        assert graph.report.findings == ()
        return graph


SHIPPED = [Path(kg.__file__).parents[1] / "data/things"]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path)


def outcomes(
    graph: kg.Graph, day: str = "2026-01-01", company: str | None = None
) -> dict[str, tuple[Any, ...]]:
    return {
        str(row["promise"]): (row["company"], row["verdict"], row["restsOn"], row["reason"])
        for row in graph.ask("outcome", date=day, company=company)
    }


def verdicts(graph: kg.Graph, day: str) -> dict[str, str]:
    return {name: str(told[1]) for name, told in outcomes(graph, day, "acme").items()}


PROMISED = """
- {type: Target, about: plant, indicator: jobs-created, value: 500, due: 2020-12-31, place: india}
"""


def test_corrected_figure_counts_until_it_is_corrected(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article(
        "count",
        "2021-01-10",
        """
- {type: Observation, about: plant, indicator: jobs-created, value: 510, when: 2020-12-31, kind: reported, place: india}
""",
    )
    told.article(
        "correction",
        "2021-02-01",
        """
- {type: Observation, about: plant, indicator: jobs-created, value: 51, when: 2020-12-31, kind: reported, place: india, corrects: count.1}
""",
    )
    graph = told.graph()
    assert outcomes(graph, "2021-01-31")["promise.1"][1:3] == ("cp:met", "count.1")
    assert outcomes(graph, "2021-02-01")["promise.1"][1:3] == ("cp:missed", "correction.1")
    assert not graph.query("ASK { id:count.1 cp:disagreesWith ?other }")


def test_retraction_takes_a_promise_back(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article("sorry", "2019-03-01", "- {type: Retraction, corrects: promise.1}")
    graph = told.graph()
    assert outcomes(graph, "2019-02-28") == {"promise.1": ("acme", "cp:open", None, None)}
    assert outcomes(graph, "2019-03-01") == {}
    assert [row["speaker"] for row in graph.ask("track-record", date="2026-01-01")] == []


def test_retraction_takes_a_status_and_a_relation_back(told: Told) -> None:
    told.article(
        "news",
        "2019-02-01",
        """
- {type: StatusReport, about: plant, status: announced}
- {type: StatusReport, about: plant, status: abandoned}
- {type: Relation, subject: acme, predicate: partnerOf, object: bolt}
""",
    )
    told.article("sorry", "2019-02-02", "- {type: Retraction, corrects: [news.2, news.3]}")
    graph = told.graph()
    assert graph.query("ASK { id:plant cp:currentStatus cp:announced }")
    assert not graph.query("ASK { id:acme cp:partnerOf id:bolt }")
    then = graph.as_of(date(2019, 2, 1))
    assert then.query(
        "ASK { id:acme cp:partnerOf id:bolt . id:plant cp:currentStatus cp:abandoned }"
    )


def test_whole_and_part_are_told_apart(told: Told) -> None:
    told.article(
        "promise",
        "2019-02-01",
        PROMISED
        + """
- {type: Target, about: plant, indicator: jobs-created, value: 200, among: engineers, part_of: promise.1, due: 2020-12-31, place: india}
""",
    )
    told.article(
        "count",
        "2021-01-10",
        """
- {type: Observation, about: plant, indicator: jobs-created, value: 510, when: 2020-12-31, kind: reported, place: india}
""",
    )
    graph = told.graph()
    told_of = outcomes(graph)
    assert told_of["promise.1"][1:] == ("cp:met", "count.1", None)
    assert told_of["promise.2"][1:] == ("cp:undetermined", None, "cp:only-other-parts")
    parts = {
        row["promise"]: (row["among"], row["partOf"])
        for row in graph.ask("targets", company="acme")
    }
    assert parts == {"promise.1": (None, None), "promise.2": ("engineers", "promise.1")}


def test_change_counts_against_its_own_base(told: Told) -> None:
    said = "{type: %s, about: plant, indicator: emissions-reduction, value: %s, place: world, %s}"
    told.article("promise", "2019-02-01",
                 "- " + said % ("Target", 30, "baseline_date: 2015-12-31, due: 2020-12-31"))  # fmt: skip
    told.article("other", "2021-02-01",
                 "- " + said % ("Observation", 40, "baseline_date: 1990-12-31, when: 2020-12-31, kind: reported"))  # fmt: skip
    assert outcomes(told.graph())["promise.1"][1:] == ("cp:undetermined", None, "cp:other-base")
    told.article("same", "2021-03-01",
                 "- " + said % ("Observation", 12, "baseline_date: 2015-12-31, when: 2020-12-31, kind: reported"))  # fmt: skip
    (row,) = told.graph().ask("outcome", date="2026-01-01")
    assert (row["verdict"], row["restsOn"], row["atLeast"]) == ("cp:missed", "same.1", 40)


def test_promise_is_of_who_is_to_keep_it(told: Told) -> None:
    told.article(
        "promise",
        "2019-02-01",
        """
- {type: Target, about: plant, indicator: subsidies, value: 1000000, unit: "currency:USD", due: 2020-12-31, place: india,
   promised_by: freedonia-government}
""",
    )
    told.article(
        "count",
        "2021-01-10",
        """
- {type: Observation, about: plant, indicator: subsidies, value: 0, unit: "currency:USD", when: 2021-01-05, kind: reported, place: india}
""",
    )
    graph = told.graph()
    assert outcomes(graph, company="acme") == {}
    ((company, verdict, *_),) = outcomes(graph, company="freedonia-government").values()
    assert (company, verdict) == ("freedonia-government", "cp:missed")


def test_plan_of_two_is_a_plan_of_each_and_counts_once(told: Told) -> None:
    told.article(
        "promise",
        "2019-02-01",
        """
- {type: Target, about: shops, indicator: retail-outlets, value: 5, due: 2020-12-31, speaker: gazette, place: india}
""",
    )
    graph = told.graph()
    for company in ("acme", "bolt"):
        (row,) = graph.ask("targets", company=company)
        assert (row["promise"], row["company"]) == ("promise.1", company)
    (row,) = graph.ask("track-record", date="2026-01-01")
    assert (row["promises"], row["undetermined"]) == (1, 1)


def test_owners_of_a_venture_promise_through_it(told: Told) -> None:
    told.article(
        "promise",
        "2019-02-01",
        """
- {type: Target, about: cells, indicator: jobs-created, value: 5, due: 2020-12-31, place: india}
- {type: Relation, subject: acme, predicate: ownsMajorityOf, object: acme-bolt}
- {type: Relation, subject: bolt, predicate: ownsMinorityOf, object: acme-bolt}
- {type: Relation, subject: bolt, predicate: ownsMinorityOf, object: gazette}
""",
    )
    graph = told.graph()
    for company in ("acme", "bolt"):
        (row,) = graph.ask("targets", company=company)
        assert row["company"] == "acme-bolt"
    assert {row["initiative"] for row in graph.ask("initiatives", company="bolt")} == {
        "cells",
        "shops",
    }
    # Who owns less than half of what is no joint venture speaks not for it.
    assert not graph.query("ASK { id:bolt cp:actsThrough id:gazette }")


def test_reason_and_outlook_are_told(told: Told) -> None:
    told.article(
        "news",
        "2019-02-01",
        """
- {type: StatusReport, about: plant, status: announced, due: 2020-12-31}
- {type: StatusReport, about: shops, status: underway, outlook: on-track}
""",
    )
    told.article(
        "late",
        "2020-02-01",
        """
- {type: StatusReport, about: plant, status: postponed, due: 2022-12-31, reason: [labour, costs], updates: news.1}
""",
    )
    graph = told.graph()
    reasons = {row["reason"] for row in graph.ask("changes", initiative="plant") if row["before"]}
    assert reasons == {"costs, labour"}
    sentences = blocks.texts(graph.view().html.decode())["graph-statements"]
    assert "because of costs and labour" in sentences
    assert "on track by own account" in sentences


def test_what_waited_for_a_licence_waits_until_it_is_granted(told: Told) -> None:
    told.article(
        "news",
        "2019-02-01",
        """
- {type: StatusReport, about: plant, status: announced}
- {type: Relation, subject: plant, predicate: dependsOn, object: licence}
"""
        + PROMISED,
    )
    told.article(
        "granted",
        "2019-08-01",
        """
- {type: StatusReport, about: licence, status: achieved, from: 2019-07-15, speaker: freedonia-government}
""",
    )
    graph = told.graph()
    waiting = {
        day: [row["initiative"] for row in graph.ask("waiting", date=day)]
        for day in ("2019-07-14", "2019-07-15")
    }
    assert waiting == {"2019-07-14": ["plant"], "2019-07-15": []}
    at_risk = {
        day: len(list(graph.ask("at-risk", date=day))) for day in ("2019-07-14", "2019-07-15")
    }
    assert at_risk == {"2019-07-14": 1, "2019-07-15": 0}


def test_count_of_one_of_two_plans_tells_nothing_of_both(told: Told) -> None:
    told.article(
        "promise",
        "2019-02-01",
        """
- {type: Target, about: [plant, cells], indicator: jobs-created, value: 500, due: 2020-12-31, place: india}
""",
    )
    told.article(
        "count",
        "2021-01-10",
        """
- {type: Observation, about: plant, indicator: jobs-created, value: 510, when: 2020-12-31, kind: reported, place: india}
""",
    )
    assert outcomes(told.graph(), company="acme")["promise.1"][1:] == (
        "cp:undetermined", None, "cp:no-figure",
    )  # fmt: skip


def test_what_is_only_considered_takes_the_place_of_no_promise(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article(
        "thought",
        "2019-06-01",
        """
- {type: Target, about: plant, indicator: jobs-created, value: 300, due: 2021-12-31, place: india, status: considered, updates: promise.1}
""",
    )
    assert outcomes(told.graph(), "2020-01-01") == {"promise.1": ("acme", "cp:open", None, None)}


def test_second_place_of_a_plan_counts_from_the_day_on_which_it_is_told(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article(
        "count",
        "2019-12-10",
        """
- {type: Observation, about: plant, indicator: jobs-created, value: 510, when: 2019-12-01, kind: reported}
""",
    )
    told.article(
        "elsewhere",
        "2020-02-01",
        """
- {type: Target, about: plant, indicator: revenue, unit: "currency:USD", value: 5, due: 2030-12-31, place: china}
""",
    )
    graph = told.graph()
    assert outcomes(graph, "2020-01-31")["promise.1"][1] == "cp:met"
    assert outcomes(graph, "2020-02-01")["promise.1"][1] == "cp:open"
    assert outcomes(graph, "2020-02-01") == outcomes(graph.as_of(date(2020, 2, 1)), "2020-02-01")


def test_promise_is_replaced_by_what_was_known_to_take_its_place(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    said = "indicator: jobs-created, due: 2021-12-31, place: india, updates: promise.1"
    told.article("soon", "2019-06-01", f"- {{type: Target, about: plant, value: 300, {said}}}")
    told.article(
        "recalled",
        "2022-06-01",
        f"- {{type: Target, about: plant, value: 200, uttered: 2019-05-01, {said}}}",
    )
    graph = told.graph()
    for day, later in (
        ("2019-05-31", None),
        ("2019-06-01", "soon.1"),
        ("2022-06-01", "recalled.1"),
    ):
        (row,) = (r for r in graph.ask("outcome", date=day) if str(r["promise"]) == "promise.1")
        assert row["replacedBy"] == later


def test_what_was_considered_first_is_promised_once_somebody_promises_it(told: Told) -> None:
    told.article("thought", "2018-02-01", PROMISED.replace("}", ", status: considered}"))
    told.article("promise", "2019-02-01", PROMISED)
    graph = told.graph()
    assert outcomes(graph, "2018-06-01") == {}
    ((company, verdict, *_),) = outcomes(graph, "2019-06-01").values()
    assert (company, verdict) == ("acme", "cp:open")


def test_figure_of_one_partner_tells_nothing_of_what_two_do(told: Told) -> None:
    told.article(
        "promise",
        "2019-02-01",
        """
- {type: Target, about: shops, indicator: retail-outlets, value: 500, due: 2020-12-31, place: india}
""",
    )
    told.article(
        "count",
        "2021-01-10",
        """
- {type: Observation, about: bolt, indicator: retail-outlets, value: 10, when: 2020-12-31, kind: reported, place: india}
""",
    )
    for row in told.graph().ask("outcome", date="2026-01-01"):
        assert (row["verdict"], row["reason"]) == ("cp:undetermined", "cp:no-figure")


def test_changes_against_two_bases_are_two_promises(told: Told) -> None:
    said = "- {type: Target, about: plant, indicator: emissions-reduction, value: 30, due: 2020-12-31, place: world, baseline_date: %s}"
    told.article("one", "2019-02-01", said % "2015-12-31")
    told.article("two", "2019-02-02", said % "2018-12-31")
    told.article(
        "count",
        "2021-01-10",
        """
- {type: Observation, about: plant, indicator: emissions-reduction, value: 40, when: 2020-12-31, kind: reported, place: world, baseline_date: 2015-12-31}
- {type: Observation, about: plant, indicator: emissions-reduction, value: 5, when: 2020-12-31, kind: reported, place: world, baseline_date: 2018-12-31}
""",
    )
    told_of = outcomes(told.graph())
    assert told_of["one.1"][1:3] == ("cp:met", "count.1")
    assert told_of["two.1"][1:3] == ("cp:missed", "count.2")


def test_retraction_that_is_taken_back_takes_nothing_back(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article("sorry", "2019-03-01", "- {type: Retraction, corrects: promise.1}")
    told.article("after-all", "2019-04-01", "- {type: Retraction, corrects: sorry.1}")
    assert list(outcomes(told.graph())) == ["promise.1"]


def test_plan_that_is_given_up_is_no_act_of_the_state_that_promised_to_pay(told: Told) -> None:
    told.article(
        "promise",
        "2019-02-01",
        """
- {type: Target, about: plant, indicator: subsidies, value: 100, unit: "currency:USD", due: 2020-12-31, place: india, promised_by: freedonia-government}
""",
    )
    told.article(
        "end",
        "2020-02-01",
        """
- {type: StatusReport, about: plant, status: abandoned}
""",
    )
    ((company, verdict, *_),) = outcomes(told.graph()).values()
    assert (company, verdict) == ("freedonia-government", "cp:undetermined")


def test_partner_is_one_from_its_day_until_it_is_taken_back(told: Told) -> None:
    told.article(
        "news",
        "2019-02-01",
        """
- {type: Relation, subject: acme, predicate: partnerOf, object: bolt, from: 2019-06-01}
""",
    )
    told.article("sorry", "2020-03-01", "- {type: Retraction, corrects: news.1}")
    graph = told.graph()
    days = ("2019-05-31", "2019-06-01", "2020-03-01")
    assert [len(graph.ask("partners", company="acme", date=day)) for day in days] == [0, 1, 0]
    assert "(corrected on 2020-03-01)" in str(
        [row["says"] for row in graph.ask("who-said", thing="bolt")]
    )


COUNT = """
- {type: Observation, about: plant, indicator: jobs-created, value: 510, when: 2020-12-31, kind: reported, place: india}
"""


def disputed(graph: kg.Graph, day: str) -> tuple[object, bool]:
    (row,) = graph.ask("outcome", date=day)
    return row["verdict"], row["disputed"] is True


def test_verdict_is_disputed_from_the_day_on_which_what_decides_is_contradicted_until_that_is_corrected(
    told: Told,
) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article("count", "2021-01-15", COUNT)
    denial = "- {type: StatusReport, about: plant, status: missed, contradicts: count.1}"
    told.article("denial", "2021-03-01", denial)
    told.article("sorry", "2021-04-01", "- {type: Retraction, corrects: denial.1}")
    graph = told.graph()
    days = ("2021-02-28", "2021-03-01", "2021-03-31", "2021-04-01")
    assert [disputed(graph, day) for day in days] == [
        ("cp:met", False), ("cp:met", True), ("cp:met", True), ("cp:met", False),
    ]  # fmt: skip
    assert disputed(graph.as_of(date(2021, 3, 15)), "2021-03-15") == ("cp:met", True)


def test_relation_that_contradicts_what_decides_makes_it_disputed(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article("count", "2021-01-15", COUNT)
    told.article(
        "denial",
        "2021-03-01",
        "- {type: Relation, subject: acme, predicate: partnerOf, object: bolt, contradicts: count.1}",
    )
    assert disputed(told.graph(), "2026-01-01") == ("cp:met", True)


@pytest.mark.parametrize(("confidence", "verdict"), [("high", "cp:open"), ("low", "cp:abandoned")])
def test_target_that_somebody_gives_up_and_somebody_keeps_is_given_up_for_nobody_but_a_rumour(
    told: Told, confidence: str, verdict: str
) -> None:
    target = "type: Target, about: plant, indicator: jobs-created, value: 500, due: 2030-12-31, place: india"
    told.article("promise", "2019-02-01", f"- {{{target}}}")
    told.article("end", "2020-02-01", f"- {{{target}, status: abandoned, confirms: promise.1}}")
    kept = "type: StatusReport, about: plant, status: underway, contradicts: end.1"
    told.article("going-on", "2020-02-01", f"- {{{kept}, confidence: {confidence}}}")
    assert disputed(told.graph(), "2026-01-01") == (verdict, True)


def test_two_targets_that_were_given_up_alike_dispute_no_verdict(told: Told) -> None:
    target = (
        "type: Target, about: plant, indicator: jobs-created, due: 2030-12-31, status: abandoned"
    )
    told.article("one", "2020-02-01", f"- {{{target}, value: 500}}")
    told.article("other", "2020-02-01", f"- {{{target}, value: 510, contradicts: one.1}}")
    rows = list(told.graph().ask("outcome", date="2026-01-01"))
    assert [(row["verdict"], row["disputed"]) for row in rows] == [("cp:abandoned", None)] * 2


def test_pair_of_which_one_is_corrected_later_is_told_of_earlier_days(told: Told) -> None:
    told.article("promise", "2019-02-01", PROMISED)
    told.article("count", "2021-01-15", COUNT)
    other = COUNT.replace("510", "410").replace("}", ", contradicts: count.1}")
    told.article("other", "2021-02-15", other)
    told.article("sorry", "2021-04-01", "- {type: Retraction, corrects: other.1}")
    graph = told.graph()
    for day, pairs in (("2021-03-31", 1), ("2021-04-01", 0)):
        assert len(graph.ask("contradictions", date=day)) == pairs
        assert len(graph.as_of(date.fromisoformat(day)).ask("contradictions")) == pairs
    network = graph.network()
    (pair,) = network.graph["contradictions"]
    assert {side.rpartition("/")[2] for side in pair["sides"]} == {"count.1", "other.1"}
    periods = [node["disputed"] for node in network.nodes.values() if node["disputed"]]
    assert periods == [[("2021-02-15", "2021-04-01")]] * len(periods)
    assert periods


SLIP = "type: Target, about: plant, indicator: jobs-created, due: 2020-12-31, place: india"


def test_slip_promises_nothing_once_a_surer_target_contradicts_it(told: Told) -> None:
    told.article("slip", "2019-02-01", f"- {{{SLIP}, value: 50, confidence: low}}")
    told.article("right", "2019-06-01", f"- {{{SLIP}, value: 500, contradicts: slip.1}}")
    graph = told.graph()
    assert verdicts(graph, "2019-03-01") == {"slip.1": "cp:open"}
    assert verdicts(graph, "2019-06-01") == {"right.1": "cp:open"}


@pytest.mark.parametrize("confidence", ["low", "medium"])
def test_targets_that_contradict_each_other_no_less_surely_stay_two(
    told: Told, confidence: str
) -> None:
    told.article("one", "2019-02-01", f"- {{{SLIP}, value: 50, confidence: {confidence}}}")
    told.article(
        "other",
        "2019-06-01",
        f"- {{{SLIP}, value: 500, confidence: {confidence}, contradicts: one.1}}",
    )
    assert verdicts(told.graph(), "2019-06-01") == {"one.1": "cp:open", "other.1": "cp:open"}


def test_slip_of_what_somebody_said_is_no_reading(told: Told) -> None:
    said = f"{SLIP}, speaker: lei-jun"
    told.article("right", "2019-02-01", f"- {{{said}, value: 500}}")
    told.article(
        "slip", "2019-03-01", f"- {{{said}, value: 900, confidence: low, contradicts: right.1}}"
    )
    told.article("count", "2020-12-31", "- {type: Observation, about: plant, indicator: jobs-created, kind: reported, "
                 "value: 600, when: 2020-12-01, when_start: 2019-02-01, place: india}")  # fmt: skip
    assert verdicts(told.graph(), "2021-01-01") == {"right.1": "cp:met"}
