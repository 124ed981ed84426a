"""Cards: what became of promises, each once and by what; what a source says; and no more than is wanted."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

import kg
from kg.reports import form, make_card, thing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.reports.form import Card, Section

TODAY = date(2026, 11, 22)


def card(graph: kg.Graph, name: str, today: date = TODAY) -> Card:
    return make_card(graph.index, graph.resolve(name), today=today)


def section(shown: Card, heading: str) -> Section:
    (found,) = [one for one in shown.sections if one.heading == heading]
    return found


def test_promises_of_a_speaker_are_those_of_the_question_each_once(graph: kg.Graph) -> None:
    asked = [
        (str(row["promise"]), str(row["verdict"]).removeprefix("cp:").replace("-", " "))
        for row in graph.ask("outcome", speaker="lei-jun", today=TODAY)
    ]
    lines = section(card(graph, "Lei Jun"), "Promised").lines
    assert len(lines) == len(asked) == 10
    for promise, verdict in asked:
        (told,) = [line for line in lines if line.behind[0].endswith(f" {promise}")]
        assert f" — {verdict}" in told.sentence


def test_promise_is_told_with_its_verdict_its_grounds_and_its_note(graph: kg.Graph) -> None:
    (line,) = section(card(graph, "xiaomi-india-service-centres"), "Promises").lines
    assert line.sentence == (
        "500 service centres by the first half of 2017, from 250 — met, by 500 service centres"
        " in India in June 2017 (The Hindu BusinessLine 2018-06-30), by its own word"
    )
    assert line.behind == (
        "MediaNama 2017-03-28 · section 3, characters 1740–1828 · medianama-2017-03-28.3.4",
        "note: The half-year is named without its year, which follows from the date of publication.",
        "also dt-next-2017-06-08.3, medianama-2017-03-28.3.6",
    )
    # Before it was published that they were reached, nothing was known; before March 2017 no promise.
    (line,) = section(
        card(graph, "xiaomi-india-service-centres", date(2017, 5, 1)), "Promises"
    ).lines
    assert line.sentence.endswith(
        "from 250 — open; latest: 250 service centres in India (MediaNama 2017-03-28)"
    )
    assert "Promises" not in {
        one.heading
        for one in card(graph, "xiaomi-india-service-centres", date(2017, 1, 1)).sections
    }


def test_promise_that_was_replaced_says_by_what(graph: kg.Graph) -> None:
    told = " ".join(line.sentence for line in section(card(graph, "lei-jun"), "Promised").lines)
    assert (
        "investment: 500 million USD by April 2022 — replaced; then: investment: at most 1 billion"
        " USD by November 2022 (Mint 2017-11-20)"
    ) in told


def test_company_shows_every_promise_of_the_question(graph: kg.Graph) -> None:
    shown = card(graph, "xiaomi")
    told = [
        sentence
        for line in section(shown, "Initiatives").lines
        for sentence in line.behind
        if " — " in sentence
    ]
    (jobs,) = [sentence for sentence in told if "20,000 jobs created by March 2020" in sentence]
    assert jobs.endswith(
        "— undetermined: counts from another day; searched: 8 sources on it, until 2021-02-28"
    )
    # What is partly met is so by so much.
    (shops,) = [sentence for sentence in told if "— partly met" in sentence]
    assert "— partly met, 75% to 94% of the way, by more than 75 " in shops
    asked = graph.ask("outcome", company="xiaomi", today=TODAY)
    own = [line for one in shown.sections if one.heading == "Promises" for line in one.lines]
    made = {str(row["promise"]) for row in asked}
    verdicts = re.compile(r" — (met|partly|missed|abandoned|undetermined|open|replaced)")
    assert len([one for one in told if verdicts.search(one)]) + len(own) == len(made)


def test_source_says_all_in_order(graph: kg.Graph) -> None:
    shown = card(graph, "mint-2017-11-20")
    assert shown.title == "Xiaomi looking to invest $1 billion in Indian startups"
    assert shown.subtitle.startswith("article · Mint · 2017-11-20 · http://www.livemint.com/")
    said, meanings = shown.sections
    assert [line.sentence for line in meanings.lines] == [
        (
            "undetermined: Due, and nothing that is known tells how it ended."
            " Policy: about is within 5 %; more than, or at least, is up to 25 % above;"
            " a figure tells until 1 year after the last day."
        )
    ]
    names = [line.behind[0].rpartition(" ")[2] for line in said.lines]
    held = graph.query("SELECT ?s { ?s cp:source id:mint-2017-11-20 }").rows
    assert sorted(names) == sorted(str(name) for (name,) in held)
    assert [int(name.rpartition(".")[2]) for name in names] == sorted(
        int(name.rpartition(".")[2]) for name in names
    )
    assert said.lines[0].sentence.startswith(
        "investment: at most 1 billion USD by November 2022 — "
    )
    medianama = section(card(graph, "medianama-2017-03-28"), "Says").lines
    places = [re.search(r"characters (\d+)", line.behind[0]) for line in medianama]
    starts = [int(place[1]) for place in places if place]
    assert len(starts) == len(medianama) > 80
    assert starts == sorted(starts)


def test_note_is_shown_with_what_cannot_be_seen_in_it(
    acme: Path, run: Callable[..., object]
) -> None:
    path = acme / "gazette-2020.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "    speaker: jo-doe\n", '    speaker: jo-doe\n    note: "one\\ntwo\\u202e"\n'
        ),
        encoding="utf-8",
    )
    for name in ("acme-shops", "jo-doe", "gazette-2020"):
        shown = run("show", name, "-s", acme).stdout  # type: ignore[attr-defined]
        assert "      note: one\\u000atwo\\u202e\n" in shown


def test_status_that_is_due_says_by_when(graph: kg.Graph) -> None:
    lines = section(card(graph, "xiaomi"), "Initiatives").lines
    told = [sentence for line in lines for sentence in line.behind if "Gurugram, due" in sentence]
    assert told == [
        (
            "Mi Home in Gurugram, due by 2017-08-19 — undetermined: no report;"
            " searched: 1 source on it, until 2017-08-17"
        )
    ]


PLANS = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """A company with a thousand plans, each with a promise of its own."""
    folder = tmp_path_factory.mktemp("large")
    plans = "".join(
        f'id:acme-{n} a cp:Initiative ; rdfs:label "plan {n:04}"@en ; cp:company id:acme .\n'
        f"id:gazette-2020.{n} a cp:Target ; cp:source id:gazette-2020 ; cp:about id:acme-{n} ;"
        f" cp:indicator id:retail-outlets ; cp:value {n}.0 ; cp:speaker id:jo-doe .\n"
        for n in range(1, 1001)
    )
    source = """id:acme a cp:Company ; rdfs:label "Acme"@en .
id:jo-doe a cp:Person ; rdfs:label "Jo Doe"@en .
id:gazette-2020 a cp:Article ; <https://schema.org/headline> "Plans"@en ;
  <https://schema.org/publisher> id:gazette ;
  <https://schema.org/datePublished> "2020-01-31"^^<http://www.w3.org/2001/XMLSchema#date> .
"""
    (folder / "plans.ttl").write_text(PLANS + source + plans, encoding="utf-8")
    return kg.build([folder], check=False)


def test_card_of_a_company_with_very_many_plans_stays_readable(
    large: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    real = thing.load_statements

    def load(index: object, about: object) -> object:
        found = real(index, about)  # type: ignore[arg-type]
        read.append(len(found))
        return found

    monkeypatch.setattr(thing, "load_statements", load)
    shown = card(large, "acme")
    plans, meanings = shown.sections
    assert [line.sentence for line in meanings.lines] == ["open: Not yet due, and not met before."]
    assert len(plans.lines) == form.MOST == 100
    assert plans.lines[1].sentence == "· plan 0002"
    assert plans.lines[1].behind[0] == "2 retail outlets — open"
    assert "  … and 900 more, which kg ask initiatives --company acme lists\n" in shown.to_text()
    assert sum(read) == 100
    promised = section(card(large, "jo-doe"), "Promised")
    assert len(promised.lines) == 100
    assert promised.left_out == "and 900 more, which kg ask outcome --speaker jo-doe lists"
    assert len(section(card(large, "gazette-2020"), "Says").lines) == 1000


@pytest.mark.parametrize("whose", [("bolt", "nuts"), ("bolt", "bolt")])
def test_table_of_several_companies_says_whose_each_plan_is(
    tmp_path: Path, whose: tuple[str, str]
) -> None:
    things = [
        f"  - {{id: {name}, type: Company, label: {name.title()}}}\n" for name in ("bolt", "nuts")
    ]
    things += [
        f"  - {{id: plan-{number}, type: Initiative, label: cuts, kind: climate, company: {company}}}\n"
        for number, company in enumerate(whose)
    ]
    said = [
        f"  - {{id: list.{number}, type: StatusReport, about: plan-{number}, status: announced}}\n"
        for number in range(2)
    ]
    path = tmp_path / "list.yaml"
    path.write_text(
        "id: list\ntype: Dataset\ntitle: A list\npublisher: bolt\npublished: 2026-01-31\n"
        f"sha256: {'ab' * 32}\nthings:\n{''.join(things)}statements:\n{''.join(said)}",
        encoding="utf-8",
    )
    shown = card(kg.build([path], check=False), "list")
    several = ["Bolt: cuts: announced", "Nuts: cuts: announced"]
    told = [line.sentence for line in shown.sections[0].lines]
    assert told == (several if len(set(whose)) > 1 else ["cuts: announced"] * 2)


def test_source_of_many_statements_shows_the_first_and_says_how_to_get_the_rest(
    run: object, tmp_path: Path
) -> None:
    lines = [
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> .",
        "@prefix id: <https://w3id.org/corporate-plans/id/> .",
        "@prefix schema: <https://schema.org/> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        'id:list a cp:Dataset ; schema:headline "A list"@en ; schema:publisher id:gazette ;',
        '    schema:datePublished "2030-01-31"^^xsd:date .',
        *(
            f"id:list.{number} a cp:Target ; cp:source id:list ; cp:about id:acme ;"
            f" cp:indicator id:retail-outlets ; cp:value {number}.0 ."
            for number in range(1, 1031)
        ),
    ]
    path = tmp_path / "list.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    shown = run("show", "list", "-s", str(path)).stdout  # type: ignore[operator]
    told = next(line for line in shown.splitlines() if "…" in line).strip()
    query = "SELECT ?statement { ?statement cp:source <https://w3id.org/corporate-plans/id/list> }"
    assert told == f"… and 30 more, which kg query '{query}' lists"
    rest = run("query", query, "-s", str(path)).stdout  # type: ignore[operator]
    assert len(rest.splitlines()) == 1031
