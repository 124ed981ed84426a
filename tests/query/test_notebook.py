"""What a notebook shows of an answer and of a page, without a notebook."""

from __future__ import annotations

import html
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from IPython.core.formatters import DisplayFormatter

from kg.base import OutputError, UnknownNameError
from kg.query.answer import Answer
from kg.query.index import Index
from kg.query.notebook import MOST_CHARACTERS, MOST_ROWS, View

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</td><script>alert(1)</script>\u202e&amp;\"'"


def ask(query: str) -> Answer:
    index = Index.of(b"")
    return Answer(lambda: index.query(query))


def shown(value: object) -> str:
    data, _ = DisplayFormatter().format(value)
    return data["text/html"]


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_a_notebook_shows_an_answer_as_a_table(graph) -> None:
    answer = graph.ask("who-said", thing="medianama-2017-03-28.6.1")
    table = shown(answer)
    assert [tag for tag, _ in Tags(table).tags].count("th") == len(answer.columns)
    assert "<td>20,000 jobs created by March 2020</td>" in table


def test_words_of_an_answer_are_only_words() -> None:
    escaped = HOSTILE.replace('"', r"\"")
    table = shown(ask(f'SELECT ("{escaped}" AS ?a) {{}}'))
    assert [tag for tag, _ in Tags(table).tags] == [
        "table",
        "thead",
        "tr",
        "th",
        "tbody",
        "tr",
        "td",
    ]
    assert "\u202e" not in table
    assert r"\u202e" in table


@pytest.mark.parametrize(
    ("rows", "told"),
    [(0, ""), (MOST_ROWS, ""), (MOST_ROWS + 1, "<p>1 more row</p>"),
     (MOST_ROWS + 2_000, "<p>2,000 more rows</p>")],
)  # fmt: skip
def test_a_table_says_how_many_rows_it_leaves_out(rows: int, told: str) -> None:
    values = " ".join(map(str, range(rows)))
    table = shown(ask(f"SELECT ?a {{ VALUES ?a {{ {values} }} }}"))
    assert table.count("<td>") == min(rows, MOST_ROWS)
    assert table.partition("</table>")[2] == told


def test_a_long_cell_is_cut() -> None:
    table = shown(ask(f'SELECT ("{"x" * 100_000}" AS ?a) {{}}'))
    assert len(table) < MOST_CHARACTERS + 200


def test_a_truth_value_and_a_graph_are_tables_too() -> None:
    assert "<td>yes</td>" in shown(ask("ASK {}"))
    assert "<td>partnerOf</td>" in shown(ask("CONSTRUCT { id:a cp:partnerOf id:b } {}"))


def test_a_notebook_shows_the_page_in_a_frame_without_an_origin() -> None:
    page = "<!doctype html><title>&lt;\"'</title>"
    ((tag, attributes),) = Tags(shown(View(HOSTILE, page.encode()))).tags
    assert tag == "iframe"
    assert attributes["srcdoc"] == page
    assert attributes["title"] == HOSTILE
    allowed = str(attributes["sandbox"]).split()
    assert "allow-scripts" in allowed
    assert "allow-same-origin" not in allowed


def test_view_is_the_page_of_the_command(graph, run, tmp_path: Path) -> None:
    view = graph.view(focus="mobikwik", hops=1)
    saved = view.save(tmp_path / "page.html")
    run("view", "--focus", "mobikwik", "--hops", "1", "-o", tmp_path / "same.html")
    assert saved.read_bytes() == view.html == (tmp_path / "same.html").read_bytes()
    assert html.escape(view.title) in view.html.decode()
    assert len(repr(view)) < 200


def test_a_view_of_the_past_says_of_which_day_it_is(graph) -> None:
    then = graph.as_of(date(2017, 4, 1)).view(focus="mobikwik", hops=1)
    assert '<p class="subtitle">as of 2017-04-01</p>' in then.html.decode()
    assert '<p class="subtitle">' not in graph.view(focus="mobikwik", hops=1).html.decode()


def test_a_view_of_nothing_is_an_error(graph) -> None:
    with pytest.raises(UnknownNameError):
        graph.view(focus="mobikwick")


def test_a_view_that_cannot_be_saved_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no/page\.html: cannot be written: No such file"):
        View("T", b"").save(tmp_path / "no" / "page.html")
