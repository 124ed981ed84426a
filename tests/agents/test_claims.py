"""A claim is held against promises aspect by aspect; what is not known is told as that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.agents import call_tool
from kg.base import UsageError

if TYPE_CHECKING:
    import kg

CENTRES = {"company": "xiaomi", "what": "service centres"}


def checked(graph: kg.Graph, **claim: Any) -> tuple[str, dict[str, str]]:
    """Return what was found, and of the promise that is told first how each aspect agrees."""
    values = call_tool(graph, "check_claim", claim).values
    rows = values["rows"]
    aspects = {one["aspect"]: one["agrees"] for one in rows[0]["compared"]} if rows else {}
    return values["finding"], aspects


@pytest.mark.parametrize(
    ("more", "finding", "aspects"),
    [
        ({"value": 500}, "as-claimed", {"value": "yes"}),
        ({"value": 500.0, "place": "india"}, "as-claimed", {"value": "yes", "place": "yes"}),
        ({"value": 600}, "differs", {"value": "no"}),
        ({"value": 250}, "differs", {"value": "no"}),  # from where it began
        ({"value": 2}, "differs", {"value": "no"}),  # by what it was to grow
        ({"value": 500, "due": "2017"}, "as-claimed", {"value": "yes", "due": "yes"}),
        ({"value": 500, "due": "2017-06"}, "as-claimed", {"value": "yes", "due": "yes"}),
        ({"value": 500, "due": "2017-06-30"}, "as-claimed", {"value": "yes", "due": "yes"}),
        ({"value": 500, "due": "2018"}, "differs", {"value": "yes", "due": "no"}),
        ({"value": 500, "said": "2017-03-28"}, "as-claimed", {"value": "yes", "said": "yes"}),
        ({"value": 500, "said": "2015"}, "differs", {"value": "yes", "said": "no"}),
        ({"value": 500, "place": "indonesia"}, "differs", {"value": "yes", "place": "no"}),
        ({"value": 500, "verdict": "met"}, "as-claimed", {"value": "yes", "verdict": "yes"}),
        ({"value": 500, "verdict": "missed"}, "differs", {"value": "yes", "verdict": "no"}),
        ({"value": 500, "unit": "service centres"}, "as-claimed", {"value": "yes", "unit": "yes"}),
        ({"value": 500, "unit": "USD"}, "differs", {"value": "yes", "unit": "no"}),
    ],
)
def test_each_aspect_agrees_or_differs(
    graph: kg.Graph, more: dict[str, Any], finding: str, aspects: dict[str, str]
) -> None:
    assert checked(graph, **CENTRES, **more) == (finding, {"what": "yes", **aspects})


@pytest.mark.parametrize(
    "what", ["service-centres", "service centers", "Service Centre", "xiaomi-india-service-centres"]
)
def test_what_is_known_by_slug_by_label_and_by_words_like_it(graph: kg.Graph, what: str) -> None:
    finding, aspects = checked(graph, company="xiaomi", what=what, value=500)
    assert (finding, aspects["what"]) == ("as-claimed", "yes")


def test_a_number_is_of_what_is_claimed(graph: kg.Graph) -> None:
    # Another source tells the same promise as growth.
    growth = {"company": "xiaomi", "what": "service-centre-growth"}
    assert checked(graph, **growth, value=2)[1] == {"what": "yes", "value": "yes"}
    assert checked(graph, **growth, value=500)[1]["value"] == "no"


def test_money_is_compared_by_unit(graph: kg.Graph) -> None:
    claim = {"company": "xiaomi", "what": "revenue", "value": 15_000_000_000}
    assert checked(graph, **claim, unit="USD")[0] == "as-claimed"
    assert checked(graph, **claim, unit="US dollar")[1]["value"] == "yes"
    assert checked(graph, **claim, unit="CNY")[1]["unit"] == "no"
    # The same promise in another currency is another number, and the two are never mixed.
    other = {**claim, "value": 100_000_000_000}
    assert checked(graph, **other, unit="CNY")[0] == "as-claimed"
    assert checked(graph, **other, unit="USD")[1]["unit"] == "no"


def test_a_verdict_that_nobody_knows_is_no_difference(graph: kg.Graph) -> None:
    rows = call_tool(graph, "outcome", {"verdict": "undetermined", "limit": 200}).values["rows"]
    (row,) = [row for row in rows if row["promise"] == "yjcw-2015.1"]
    claim = {"company": "xiaomi", "what": row["about"], "verdict": "missed", "due": "2015"}
    assert checked(graph, **claim) == (
        "in-part",
        {"what": "yes", "due": "yes", "verdict": "unsaid"},
    )


@pytest.mark.parametrize(
    ("verdict", "agrees"),
    [("met", "unsaid"), ("abandoned", "unsaid"), ("open", "yes"), ("missed", "no")],
)
def test_an_open_promise_is_not_missed_and_may_be_met_unseen(
    graph: kg.Graph, verdict: str, agrees: str
) -> None:
    claim = {"company": "unilever", "what": "net emissions", "verdict": verdict}
    values = call_tool(graph, "check_claim", claim).values
    rows = [row for row in values["rows"] if row["verdict"] == "open"]
    assert rows
    for row in rows:
        assert {one["aspect"]: one["agrees"] for one in row["compared"]}["verdict"] == agrees


@pytest.mark.parametrize("unit", ["billion USD", "bn USD", "Millions", "USD crore"])
def test_a_number_in_part_is_refused_and_not_told_to_differ(graph: kg.Graph, unit: str) -> None:
    claim = {"company": "foxconn", "what": "investment", "value": 10, "unit": unit}
    with pytest.raises(UsageError, match="give the value in full"):
        call_tool(graph, "check_claim", claim)
    whole = {**claim, "value": 10_000_000_000, "unit": "USD"}
    assert checked(graph, **whole)[0] == "as-claimed"


@pytest.mark.parametrize(
    "claim",
    [
        {"company": "xiaomi", "what": "flying cars"},
        {"company": "xiaomi", "what": "the of"},
        {"company": "mobikwik"},
        {"company": "xiaomi", "value": 123456789},
    ],
)
def test_nothing_is_told_as_nothing_and_refutes_nothing(
    graph: kg.Graph, claim: dict[str, Any]
) -> None:
    values = call_tool(graph, "check_claim", claim).values
    assert (values["finding"], values["rows"]) == ("nothing", [])
    assert values["note"].startswith("Nothing in this graph says so. That refutes nothing")
    assert "statements" not in values


def test_who_finds_nothing_is_told_what_is_promised(graph: kg.Graph) -> None:
    note = call_tool(graph, "check_claim", {"company": "xiaomi", "what": "flying cars"}).values[
        "note"
    ]
    assert "Promised here: " in note
    assert "[branded-shops]" in note


def test_promises_that_differ_least_come_first(graph: kg.Graph) -> None:
    claim = {"company": "xiaomi", "what": "jobs created", "value": 20_000, "due": "2020"}
    rows = call_tool(graph, "check_claim", {**claim, "limit": 200}).values["rows"]
    differs = [sum(one["agrees"] == "no" for one in row["compared"]) for row in rows]
    assert len(rows) > 2
    assert differs == sorted(differs)
    assert rows[0]["promise"] == "medianama-2017-03-28.6.1"


def test_what_a_joint_venture_promised_is_told_as_its_own(graph: kg.Graph) -> None:
    claim = {"what": "jobs created", "value": 5000, "place": "kentucky"}
    values = call_tool(graph, "check_claim", {"company": "ford", **claim}).values
    (whose, *others) = values["rows"][0]["compared"]
    assert values["finding"] == "near"
    assert values["rows"][0]["company"] == ["BlueOval SK"]
    assert (whose["aspect"], whose["claimed"], whose["agrees"]) == ("company", "Ford", "near")
    assert whose["here"] == "BlueOval SK, through which Ford acts, and not Ford itself"
    assert {one["agrees"] for one in others} == {"yes"}
    own = call_tool(graph, "check_claim", {"company": "blueoval-sk", **claim}).values
    assert own["finding"] == "as-claimed"
    assert "company" not in {one["aspect"] for one in own["rows"][0]["compared"]}


def test_own_promise_comes_before_one_of_a_joint_venture(graph: kg.Graph) -> None:
    claim = {"company": "ford", "what": "investment"}
    rows = call_tool(graph, "check_claim", claim).values["rows"]
    whose = [row["company"] for row in rows]
    assert whose == sorted(whose, key=lambda one: one != ["Ford"])
    assert ["BlueOval SK"] in whose


@pytest.mark.parametrize(
    ("value", "agrees"),
    [(14, "no"), (15, "near"), (17.5, "near"), (20, "near"), (21, "no")],
)
def test_one_number_is_told_to_lie_within_the_range_that_was_stated(
    graph: kg.Graph, value: float, agrees: str
) -> None:
    claim = {"company": "shell", "what": "shell-carbon-intensity-2030", "value": value}
    values = call_tool(graph, "check_claim", claim).values
    row = next(row for row in values["rows"] if row["promise"] == "energysufficiency-2024-03-14.1")
    (told,) = [one for one in row["compared"] if one["aspect"] == "value"]
    assert told["agrees"] == agrees
    assert told["here"].startswith("within the range that was stated: ") is (agrees == "near")


def test_finding_is_near_where_only_a_range_was_stated(graph: kg.Graph) -> None:
    claim = {"company": "volvo-cars", "what": "volvo-cars-electric", "value": 95}
    assert checked(graph, **claim)[0] == "near"


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("find", {"text": "xiaomi", "limit": True}, "limit is True; give a number"),
        ("check_claim", {"company": "xiaomi", "value": True}, "value is True; give a number"),
    ],
)
def test_truth_value_is_no_number(
    graph: kg.Graph, tool: str, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        call_tool(graph, tool, arguments)
