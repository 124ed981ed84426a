"""Worked cases of promises, each told as sources tell it, and what became of them."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import kg
from kg.promises import verdicts, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CASES = [
    case
    for name in ("verdicts", "harder_verdicts")
    for case in yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text())
]
PLACES = {"india": "world", "karnataka": "india", "rural-india": "india"}
THINGS = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix unit: <http://qudt.org/vocab/unit/> .
id:acme a cp:Company ; rdfs:label "Acme"@en .
id:acme-plan a cp:Initiative ; rdfs:label "the plan"@en ; cp:company id:acme ; cp:kind cp:growth .
id:world a cp:Place ; rdfs:label "the world"@en .
"""
PLACE = """id:{0} a cp:Place ; rdfs:label "{0}"@en ; cp:locatedIn id:{1} ;
    cp:gazetteer <https://gazetteer.example/{0}> .
"""
INDICATOR = """id:widgets a cp:Indicator ; rdfs:label "widgets"@en ; skos:definition "Widgets."@en ;
    cp:unit unit:NUM ; cp:direction cp:{0} ; cp:aggregation cp:{1} .
"""

Document = dict[str, Any]


def sources(case: Document) -> Iterator[Document]:
    """Tell a case as articles do, each published on the day that it tells of."""
    promise = case.get("promise") or case["milestone"]
    kind = promise.get("kind", "stock")
    house = {"id": "house", "type": "Organization", "label": "The House"}
    made = target(promise, kind) if "promise" in case else milestone(promise)
    yield article("house-promise", "house", date(2010, 1, 1), [made], [house])
    for number, figure in enumerate(case.get("figures", ())):
        origin = f"house-{figure.get('origin', number)}"
        said, day = observation(figure)
        said |= doubts(figure)
        yield article(f"{origin}-{number}", origin, day, [said],
                      [{"id": origin, "type": "Organization", "label": origin}])  # fmt: skip
    for number, report in enumerate(case.get("reports", ())):
        day = report.get("published") or report["from"]
        said = {"type": "StatusReport", "about": "acme-plan", "status": report["status"]}
        if "from" in report:
            said["from"] = report["from"]
        said |= place(report) | doubts(report)
        yield article(f"report-{number}", "house", day, [said], [])


def article(
    name: str, publisher: str, day: date, statements: list[Document], things: list[Document]
) -> Document:
    for number, statement in enumerate(statements, 1):
        statement["id"] = f"{name}.{number}"
    told = {"id": name, "type": "Article", "title": name, "publisher": publisher, "published": day,
            "language": "en", "statements": statements}  # fmt: skip
    return told | ({"things": things} if things else {})


def target(promise: Document, kind: str) -> Document:
    made = amount(promise["aim"], promise.get("comparator"))
    made |= {"type": "Target", "about": "acme-plan", "indicator": "widgets", "due": promise["due"]}
    if kind in ("flow", "unknown"):
        made["due_precision"] = "year"
    for key, name in {"baseline": "baseline", "start": "counts_from"}.items():
        if key in promise:
            made[name] = promise[key]
    return made | place(promise)


def milestone(promise: Document) -> Document:
    return {"type": "StatusReport", "about": "acme-plan", "status": "announced",
            "from": "2010-01-01", "due": promise["due"]} | place(promise)  # fmt: skip


def observation(figure: Document) -> tuple[Document, date]:
    """Return what is observed, and when it is published: the day after."""
    year = figure.get("when", figure.get("period"))
    said = amount(figure["value"], figure.get("comparator")) | place(figure)
    said |= {"type": "Observation", "about": "acme-plan", "indicator": "widgets",
             "kind": figure.get("said", "actual").replace("actual", "reported")}  # fmt: skip
    day = year if isinstance(year, date) else date(year, 12, 31)
    said["when"] = day
    if day is not year:
        said["when_precision"] = "year"
    if "since" in figure:
        said["when_start"] = figure["since"]
    return said, day + timedelta(days=1)


def amount(value: object, comparator: str | None) -> Document:
    if isinstance(value, list):
        return {"comparator": "between", "minimum": value[0], "maximum": value[1]}
    names = {"about": "approximately"}
    return {"value": value} | (
        {"comparator": names.get(comparator, comparator)} if comparator else {}
    )


def place(said: Document) -> Document:
    return {"place": said["scope"]} if "scope" in said else {}


def doubts(said: Document) -> Document:
    """Return whether what is said is read with low confidence, and the statement that it contradicts."""
    names = {"confidence": "confidence", "denies": "contradicts"}
    return {name: said[key] for key, name in names.items() if key in said}


def things(case: Document) -> str:
    """Return what a case is about, as Turtle."""
    promise = case.get("promise", {})
    kind = promise.get("kind", "stock")
    adds_up = {"share": "ratio", "rank": "ordinal", "unknown": "unknown-aggregation"}.get(
        kind, kind
    )
    places = "".join(PLACE.format(*pair) for pair in PLACES.items())
    better = promise.get("better", "more")
    other = {"unknown": "unknown-direction", "neutral": "neutral"}
    direction = other.get(better, f"{better}-is-better")
    return THINGS + places + INDICATOR.format(direction, adds_up)


def build(case: Document, folder: Path) -> kg.Graph:
    (folder / "things.ttl").write_text(things(case))
    for document in sources(case):
        # By way of JSON, so that days are texts and nothing is written as a reference to another.
        text = yaml.safe_dump(json.loads(json.dumps(document, default=str)), sort_keys=False)
        (folder / f"{document['id']}.yaml").write_text(text)
    return kg.build([folder])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case_ends_as_it_should(case: Document, tmp_path: Path) -> None:
    graph = build(case, tmp_path)
    day = case.get("as_of", date(2026, 11, 27))
    (row,) = graph.ask("outcome", date=day.isoformat(), company="acme")
    assert str(row["verdict"]).removeprefix("cp:").replace("-", " ") == case["verdict"]
    reason = row["reason"] and str(row["reason"]).removeprefix("cp:").replace("-", " ")
    assert reason == case.get("reason")
    assert bool(row["disputed"]) is case.get("disputed", False)
    if "share" in case:
        wanted = case["share"] if isinstance(case["share"], list) else [case["share"]] * 2
        found = [row["atLeast"], row["atMost"]]
        assert found == [None if end is None else 100 * Decimal(str(end)) for end in wanted]


def test_there_are_cases_of_every_verdict() -> None:
    assert {case["verdict"] for case in CASES} >= {
        "met", "met late", "partly", "missed", "abandoned", "undetermined", "open",
    }  # fmt: skip


def test_reasons_are_given_in_the_order_of_the_vocabulary() -> None:
    text = (ROOT / "ontology/vocab/undetermined-reasons.ttl").read_text()
    listed = re.findall(r"^cp:(\S+) a skos:Concept", text, re.MULTILINE)
    given = (*verdicts._ANY, *verdicts._ONLY)
    assert [reason for reason in listed if reason in given] == list(given)


def test_every_figure_of_policy_is_told_in_words() -> None:
    text = (ROOT / "ontology/vocab/policies.ttl").read_text()
    held = re.findall(r"^cp:(\S+) a skos:Concept ;", text, re.MULTILINE)
    assert list(vocabulary.POLICIES) == held
