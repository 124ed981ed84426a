"""A source says more than a card shows: agents read all of it, portion by portion."""

from __future__ import annotations

import pytest

import kg
from kg.agents import call_tool, things
from kg.base import CP, ID, RDF, RDFS
from tests.agents.conftest import every_row


@pytest.fixture(scope="module")
def told_much(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """A source that says more than one card shows, of two companies one after the other."""
    source = f"<{ID}list-1>"
    lines = [f"<{ID}list-1> <{RDF}type> <{CP}Dataset> {source} .\n",
             f'<{ID}list-1> <https://schema.org/headline> "A list" {source} .\n',
             f'<{ID}list-1> <https://schema.org/datePublished> "2020-01-31"^^<http://www.w3.org/2001/XMLSchema#date> {source} .\n']  # fmt: skip
    for company in ("acme", "bolt"):
        lines += [f"<{ID}{company}> <{RDF}type> <{CP}Company> {source} .\n",
                  f'<{ID}{company}> <{RDFS}label> "{company.title()}"@en {source} .\n',
                  f"<{ID}{company}-shops> <{RDF}type> <{CP}Initiative> {source} .\n",
                  f'<{ID}{company}-shops> <{RDFS}label> "shops"@en {source} .\n',
                  f"<{ID}{company}-shops> <{CP}company> <{ID}{company}> {source} .\n"]  # fmt: skip
    for number in range(2_150):
        target = f"<{ID}list-1.{number:04}>"
        about = "acme" if number < 1_100 else "bolt"
        lines += [f"{target} <{RDF}type> <{CP}Target> {source} .\n",
                  f"{target} <{CP}source> <{ID}list-1> {source} .\n",
                  f"{target} <{CP}about> <{ID}{about}-shops> {source} .\n",
                  f"{target} <{CP}indicator> <{ID}retail-outlets> {source} .\n",
                  f'{target} <{CP}value> "{number + 1}"^^<http://www.w3.org/2001/XMLSchema#decimal> {source} .\n']  # fmt: skip
    path = tmp_path_factory.mktemp("list") / "list.nq"
    path.write_text("".join(sorted(lines)), "utf-8")
    return kg.build([path], check=False)


def test_all_that_a_source_says_is_shown_portion_by_portion(told_much: kg.Graph) -> None:
    rows = every_row(told_much, "show", thing="list-1", limit=200)
    says = [row for row in rows if row["section"] == "Says"]
    assert [row["statements"] for row in says] == [[f"list-1.{number:04}"] for number in range(2_150)]  # fmt: skip
    whose = [row["says"].partition(":")[0] for row in says]
    assert whose == ["Acme"] * 1_100 + ["Bolt"] * 1_050
    answer = call_tool(told_much, "show", {"thing": "list-1", "section": "says"}).values
    assert (answer["total"], answer.get("note")) == (2_150, None)


def test_portion_of_what_a_source_says_reads_only_its_part(
    told_much: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    whole = things.make_card
    monkeypatch.setattr(
        things, "make_card", lambda *a, **b: read.append(b.get("part", 0)) or whole(*a, **b)
    )
    call_tool(told_much, "show", {"thing": "list-1", "limit": 200})
    assert read == [0]
