"""The editor begins with queries that answer, and works without a script."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from kg.base import PREFIXES
from kg.pages.editor import example_queries
from tests.pages.site import Read


@pytest.mark.parametrize("example", example_queries(), ids=lambda example: example.title)
def test_every_example_has_an_answer_and_needs_no_prefix_of_the_server(dated, example):
    import pyoxigraph as ox

    assert len(dated.query(example.text)) > 0
    store = ox.Store()
    store.query(example.text)  # which knows no prefix but those that it declares
    assert len(example_queries()) == 12


def test_examples_tell_the_verdicts_that_the_question_tells(graph):
    by_title = {example.title: example.text for example in example_queries()}
    told = {row["promise"]: row["verdict"] for row in graph.ask("outcome")}
    counted = dict(graph.query(by_title["How many promises ended how"]).rows)
    assert counted == Counter(told.values())
    of_one = {
        (row["promise"], row["verdict"]) for row in graph.ask("outcome", company="xiaomi")
        if row["company"] == "xiaomi"
    }  # fmt: skip
    query = by_title["What a company promised, and what became of it"]
    assert {(row["promise"], row["verdict"]) for row in graph.query(query)} == of_one
    assert len(of_one) > 20


def test_without_a_script_it_is_a_form(read):
    page = read("/editor")
    (form,) = [one for one in page.all("action") if one["action"] == "/sparql"]
    assert form["method"] == "post"
    assert {"query", "format"} <= {one["name"] for one in page.all("name")}
    assert example_queries()[0].text.split()[0] in page.text


def test_it_is_told_the_prefixes_and_terms_that_are_here(read):
    (room,) = read("/editor").all("data-prefixes")
    assert json.loads(str(room["data-prefixes"])) == PREFIXES
    terms = json.loads(str(room["data-terms"]))
    assert {"cp:partnerOf", "cp:Target", "cp:met"} <= set(terms)


def test_a_query_in_the_address_stands_in_the_form_and_is_no_markup(site):
    answer = site.get("/editor?query=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert "<script>alert" not in answer.text
    assert "&lt;/textarea&gt;" in answer.text
    assert Read(answer.text).all("data-prefixes")
