"""A statement that rests on an element of a file, and what was left out of it, are told wherever rows are."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import kg
from kg.agents import call_tool
from kg.base import ID
from kg.formats.batch import Batch, element
from kg.formats.quads import batch_lines, left_out_lines
from kg.plans import project_network
from kg.promises import load_left_out, load_statements
from kg.reports import count_figures, make_card
from tests.pages.site import client_of

if TYPE_CHECKING:
    from pathlib import Path

FILE = b"<notice><p>20 shops</p></notice>"
SHA256 = hashlib.sha256(FILE).hexdigest()
SOURCE = {
    "id": "notice-1", "type": "Filing", "title": "Notice of shops", "publisher": "acme",
    "published": "2020-01-31", "sha256": SHA256,
}  # fmt: skip
ACME = {"id": "acme", "type": "Company", "label": "Acme"}
SHOPS = {
    "id": "shops", "type": "Indicator", "label": "shops", "direction": "more-is-better",
    "definition": "The number of shops of a company that are open on a day.", "aggregation": "stock", "unit": "NUM",
}  # fmt: skip


def _target(number: int, *places: str) -> dict[str, object]:
    return {
        "id": f"notice-1.shops-{number}", "type": "Target", "about": "acme",
        "indicator": "shops", "value": str(20 + number), "due": f"20{30 + number}-12-31",
        "due_precision": "year", "mode": "filing",
        "element": [element("notice-1", place) for place in places],
    }  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    left_out = Counter({"numbers that are nil": 36, "changes, which are no targets": 4})
    batch = Batch(SOURCE, (ACME, SHOPS), (_target(1, "/notice/p[10]"), _target(2, "/notice/p[2]", "/notice/p[3]")))  # fmt: skip
    path = tmp_path_factory.mktemp("imported") / "notice.nq"
    path.write_bytes(b"".join([*batch_lines(batch), *left_out_lines("notice-1", left_out)]))
    return path


@pytest.fixture(scope="module")
def noticed(source: Path) -> kg.Graph:
    return kg.build([source])


def test_statements_stand_in_the_order_of_their_elements(noticed: kg.Graph) -> None:
    said = load_statements(noticed.index, ["acme"])
    assert [(one.name, one.locator) for one in said.values()] == [
        ("notice-1.shops-2", "element /notice/p[2], element /notice/p[3]"),
        ("notice-1.shops-1", "element /notice/p[10]"),
    ]


def test_card_of_a_source_tells_elements_and_what_was_left_out(noticed: kg.Graph) -> None:
    card = make_card(noticed.index, noticed.resolve("notice-1"))
    lines = {section.heading: section.lines for section in card.sections}
    assert [line.sentence for line in lines["Left out"]] == [
        "numbers that are nil (36)",
        "changes, which are no targets (4)",
    ]
    assert any("element /notice/p[10]" in behind for behind in lines["Says"][1].behind)


def test_a_source_of_which_nothing_was_left_out_says_nothing_of_it(seed: kg.Graph) -> None:
    assert load_left_out(seed.index, "medianama-2017-03-28") == ()
    card = make_card(seed.index, seed.resolve("medianama-2017-03-28"))
    assert "Left out" not in [section.heading for section in card.sections]


def test_figures_count_elements_as_evidence(noticed: kg.Graph) -> None:
    assert count_figures(noticed.index, ["statements with an element"]) == {
        "statements with an element": 2
    }


def test_agents_are_told_the_element_and_what_was_left_out(noticed: kg.Graph) -> None:
    told = call_tool(noticed, "show", {"thing": "notice-1"}).values
    assert told["statements"]["notice-1.shops-1"]["locator"] == "element /notice/p[10]"
    left_out = [row["says"] for row in told["rows"] if row["section"] == "Left out"]
    assert left_out == ["numbers that are nil (36)", "changes, which are no targets (4)"]


def test_pages_show_the_element_the_digest_of_the_file_and_what_was_left_out(
    noticed: kg.Graph,
) -> None:
    site = client_of(noticed)
    page = site.get("/id/notice-1").text
    assert "element /notice/p[10]" in page
    assert SHA256 in page
    assert "What was left out of it" in page
    assert '<span dir="auto">numbers that are nil</span> (36)' in page
    assert "Element /notice/p[10]." in site.get("/id/notice-1.shops-1").text


def test_description_of_a_statement_has_its_elements_and_that_of_a_source_what_was_left_out(
    noticed: kg.Graph,
) -> None:
    site = client_of(noticed)
    assert '<http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "/notice/p[10]"' in (
        site.get("/id/notice-1.shops-1.nt").text
    )
    assert '"36"' in site.get("/id/notice-1.nt").text


def test_exported_tables_have_the_places_of_elements(noticed: kg.Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(noticed.export("csv").decode("utf-8-sig"))))
    assert [row["element"] for row in rows] == ["/notice/p[10]", "/notice/p[2]; /notice/p[3]"]


def test_picture_and_calendar_tell_the_element(noticed: kg.Graph) -> None:
    drawn = project_network(noticed.index).graph["statements"]
    assert drawn[ID + "notice-1.shops-1"]["locator"] == "element /notice/p[10]"
    assert b"element /notice/p[10]" in noticed.export("ics").replace(b"\r\n ", b"")


def test_digest_of_a_file_is_held_against_a_copy_whatever_it_is_called(
    noticed: kg.Graph, tmp_path: Path
) -> None:
    (missing,) = noticed.verify(tmp_path)
    assert missing.problem == (
        f"no copy: put the file that was read into {tmp_path}, whatever it is called"
    )
    (tmp_path / "within").mkdir()
    copy = tmp_path / "within" / "a (1).xml"
    copy.write_bytes(FILE)
    (held,) = noticed.verify(tmp_path)
    assert (held.what, held.file, held.problem) == ("notice-1", copy, None)
