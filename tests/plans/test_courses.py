"""A promise over time: what was promised when, and which figures are held against it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import kg
from kg.plans import Words, draw_courses
from kg.plans.courses import MOST, _bounded
from kg.promises import Sighting, load_courses, load_promises, load_statements

ID = "https://w3id.org/corporate-plans/id/"


@pytest.fixture(scope="module")
def shipped():
    index = kg.build(check=False).index
    statements = load_statements(index)
    return index, statements, draw_courses(index, statements, Words.of(index))


def test_a_course_has_the_baseline_the_promise_and_the_figures(shipped):
    course = shipped[2][ID + "medianama-2017-03-28.3.4"]
    assert (course["measure"], course["unit"], course["up"]) == ("service centres", "", True)
    assert course["baseline"] == 250
    [revision] = course["revisions"]
    assert (revision["value"], revision["day"]) == (500, "2017-06-30")
    assert revision["words"] == "the first half of 2017"
    assert ID + "businessline-2018-06.7" in {figure["fact"] for figure in course["figures"]}


def test_a_figure_that_cannot_decide_says_why(shipped):
    asides = {
        figure["aside"] for course in shipped[2].values() for figure in course.get("figures", ())
    }
    assert "from before it was promised" in asides
    assert "" in asides
    assert not {aside for aside in asides if aside.startswith("only-")}


def test_what_decides_a_promise_is_in_its_course(shipped):
    index, statements, drawn = shipped
    decided = {
        promise.first.name: promise.rests_on
        for promise in load_promises(index, statements).values()
        if promise.is_ended and statements[promise.rests_on].kind == "Observation"
    }
    assert len(decided) > 9
    for target, figure in decided.items():
        course = drawn[ID + target]
        course = drawn[course["within"]] if "within" in course else course
        assert ID + figure in {one["fact"] for one in course["figures"]}, target


def test_a_promise_that_another_took_the_place_of_is_a_revision_of_it(shipped):
    drawn = shipped[2]
    assert drawn[ID + "9to5mac-2017-07-26.1"] == {"within": ID + "upnewsinfo-2021-04-20.2"}
    values = [one["value"] for one in drawn[ID + "upnewsinfo-2021-04-20.2"]["revisions"]]
    assert values == [10_000_000_000, 672_000_000]
    assert drawn[ID + "upnewsinfo-2021-04-20.2"]["revisions"][1]["moved"] == "lowered"


def test_a_range_is_told_by_both_ends(shipped):
    [revision] = shipped[2][ID + "yjcw-2015.4"]["revisions"]
    assert (revision["low"], revision["high"]) == (25, 33)


def test_a_promise_of_which_nothing_else_is_known_has_no_course(shipped):
    for course in shipped[2].values():
        assert "within" in course or (
            course["figures"] or course["baseline"] is not None or len(course["revisions"]) > 1
        )
    assert len(shipped[2]) < len(load_courses(*shipped[:2]))


def test_the_same_graph_has_the_same_courses(shipped):
    index, statements, drawn = shipped
    assert repr(draw_courses(index, statements, Words.of(index))) == repr(drawn)


def test_of_many_figures_the_latest_stay_and_those_that_decide():
    day = date(2020, 1, 1)
    one = Sighting("x", Decimal(1), Decimal(1), Decimal(1), day, day)
    seen = [replace(one, statement=f"s{number:04}") for number in range(MOST + 50)]
    kept = _bounded(seen, {"s0003", None})
    assert len(kept) == MOST
    assert [kept[place].statement for place in (0, 1, -1)] == ["s0003", "s0051", "s0449"]
