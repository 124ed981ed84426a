"""What the page tells of promises is what the questions answer, on every day and whatever is picked."""

from datetime import date

import pytest

import kg
from kg.base import ID
from tests.benchmarks.generate import write_nquads
from tests.viz.conftest import SHIPPED_DAY

ON = "([day]) => viz.state.change({ ...viz.state.open(), until: day })"
TOLD = """() => viz.data.promises.filter(({ now }) => now).flatMap(({ companies, fact, now }) => companies.map((company) => ({
  key: [viz.data.nodes[company].iri, fact], outcome: now.outcome, reason: now.reason ?? null, fact: now.fact || null, day: now.day ?? null,
  least: now.least ?? null, most: now.most ?? null, by: now.by === undefined ? null : viz.data.promises[now.by].fact,
  moved: now.moved ?? [], disputed: Boolean(now.disputed), own: Boolean(now.own) })))"""
SCORES = """() => viz.scores.rows(viz.state.now()).rows.flatMap(({ company, counts }) =>
  [...counts].map(([outcome, count]) => [viz.data.nodes[company].iri, outcome, count]))"""
PICKED = """([part, iri]) => {
  viz.state.change({ ...viz.facets.none(), [part]: new Set([viz.facets.numbers(part).get(iri)]) });
  const { rows } = viz.listing.list({ ...viz.state.now(), query: "" }, "promises");
  return rows.flatMap(({ item }) => item.companies.map((company) => [viz.data.nodes[company].iri, item.fact]));
}"""
COUNTED = "() => [...viz.facets.counts('outcome', viz.state.now()).values()].reduce((sum, each) => sum + each, 0)"


def asked(graph, day, **more):
    """What `kg ask outcome` answers, by company and promise; and `overdue` says which results are awaited."""
    late = {row["promise"] for row in graph.ask("overdue", date=day)}
    found = {}
    for row in graph.ask("outcome", date=day, **more):
        verdict = row["verdict"].removeprefix("cp:")
        one = found.setdefault(
            (ID + row["company"], ID + row["promise"]),
            {
                "outcome": "no-result" if row["promise"] in late else verdict,
                "reason": row["reason"] and row["reason"].removeprefix("cp:"),
                "fact": row["restsOn"] and ID + row["restsOn"],
                "day": row["on"] and str(row["on"]),
                "least": share(row["atLeast"]),
                "most": share(row["atMost"]),
                "by": row["replacedBy"] and ID + row["replacedBy"],
                "moved": [],
                "disputed": bool(row["disputed"]),
                "own": bool(row["ownCount"]),
            },
        )
        if row["moved"]:
            one["moved"] = sorted(row["moved"].split(", "))
    return found


def share(percent):
    return None if percent is None else pytest.approx(float(percent) / 100, abs=1e-4)


def told(page):
    return {tuple(one.pop("key")): one for one in page.evaluate(TOLD)}


def hold(page, graph, day):
    answers = asked(graph, day)
    assert answers
    assert told(page) == answers
    counts = {}
    for (company, _), one in answers.items():
        counts[company, one["outcome"]] = counts.get((company, one["outcome"]), 0) + 1
    assert {(company, outcome): n for company, outcome, n in page.evaluate(SCORES)} == counts


DAYS = ["2016-12-31", "2018-06-15", "2020-12-31", "2023-03-01"]


def test_every_outcome_is_that_of_the_question_wherever_the_slider_stands(read_shipped, graph):
    page = read_shipped().page
    hold(page, graph, SHIPPED_DAY)
    for day in DAYS:
        page.evaluate(ON, [day])
        hold(page, graph, day)


@pytest.mark.parametrize("day", DAYS[1:3])
def test_so_it_is_on_a_page_of_a_day_and_on_one_of_what_was_known(reader, graph, tmp_path, day):
    when = date.fromisoformat(day)
    then = graph.as_of(when)
    for name, view, asking in (("on", graph.view(today=when), graph), ("as-of", then.view(), then)):
        path = tmp_path / f"{name}.html"
        path.write_bytes(view.html)
        hold(reader("", path=path).page, asking, day)


def test_so_it_is_of_a_world_that_nobody_has_written(reader, tmp_path):
    write_nquads(tmp_path / "world.nq", 9_000)
    graph = kg.build([tmp_path / "world.nq"], check=False)
    path = tmp_path / "world.html"
    path.write_bytes(graph.view(today=SHIPPED_DAY).html)
    page = reader("", path=path).page
    hold(page, graph, SHIPPED_DAY)
    for day in ("2014-06-30", "2019-03-15", "2022-12-31"):
        page.evaluate(ON, [day])
        hold(page, graph, day)


@pytest.mark.parametrize("day", [SHIPPED_DAY.isoformat(), "2018-06-15"])
@pytest.mark.parametrize("part", ["company", "place", "speaker"])
def test_what_is_picked_leaves_the_promises_that_the_question_names(read_shipped, graph, part, day):
    page = read_shipped(f"#view=table&until={day}").page
    values = [iri for iri, _ in page.evaluate("(part) => viz.data.facets[part]", part)]
    assert len(values) > 10
    for iri in values:
        answers = asked(graph, day, **{part: iri})
        if part == "company":  # those of its ventures are picked by the name of the venture
            answers = {key for key in answers if key[0] == iri or (iri, key[1]) in answers}
        assert {tuple(key) for key in page.evaluate(PICKED, [part, iri])} == set(answers), iri
        assert page.evaluate(COUNTED) == len({fact for _, fact in answers})


def test_whoever_only_speaks_of_a_plan_has_promised_nothing(read_shipped, graph):
    assert not list(graph.ask("outcome", speaker="imf", date=SHIPPED_DAY))
    it = read_shipped("#view=overview&speaker=imf")
    assert it.text(".overview .plain") == "No promise passes what is picked."


def test_a_plan_is_disputed_from_the_day_on_which_somebody_gainsays_it(read_shipped):
    it = read_shipped("#view=contradictions&disputed=yes")
    pairs = it.page.evaluate("viz.data.contradictions.map(({ facts }) => facts)")
    assert len(pairs) > 20
    for day in ("2017-12-31", "2021-06-30"):
        it.page.evaluate("(day) => viz.state.change({ until: day })", day)
        wanted = it.page.evaluate(
            """([pairs, day]) => { const early = new Set(pairs.filter((pair) => pair.every((fact) => viz.data.said(fact).published <= day)).flat());
            return viz.data.things.filter((node) => node.facts.some((fact) => early.has(fact))).map(({ iri }) => iri); }""",
            [pairs, day],
        )
        shown = it.page.evaluate(
            "viz.data.things.filter((node) => viz.facets.disputed(node) && !node.told?.disputed).map(({ iri }) => iri)"
        )
        assert wanted
        assert set(shown) <= set(wanted)
        assert len(wanted) < len(
            it.page.evaluate("viz.data.things.filter((node) => node.disputed.length)")
        )


def test_the_pairs_are_those_of_the_question(read_shipped, graph):
    it = read_shipped("#view=contradictions")
    pairs = it.page.evaluate(
        "viz.data.contradictions.map(({ facts, kind, differs }) => [facts.toSorted().join(' '), kind, differs.join(', ')])"
    )
    answers = [
        [
            " ".join(sorted((ID + row["statement"], ID + row["other"]))),
            row["kind"],
            row["differs"] or "",
        ]
        for row in graph.ask("contradictions")
    ]
    assert len(answers) > 20
    assert sorted(pairs) == sorted(answers)
