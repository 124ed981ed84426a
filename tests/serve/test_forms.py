"""Questions, search, the ontology and the editor over HTTP."""

from __future__ import annotations

import io

import httpx
import pandas as pd
import pytest

from kg.query import load_questions

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def get(server):
    base = server.url.removesuffix("/sparql")

    def ask(path: str, accept: str = BROWSER, method: str = "GET") -> httpx.Response:
        return httpx.request(method, base + path, headers={"Accept": accept}, timeout=30)

    return ask


@pytest.mark.parametrize(
    ("path", "accept", "status", "type_"),
    [
        ("/questions", BROWSER, 200, "text/html; charset=utf-8"),
        ("/questions/partners", BROWSER, 200, "text/html; charset=utf-8"),
        ("/questions/partners", "*/*", 200, "text/html; charset=utf-8"),
        ("/questions/partners", "application/json", 200, "application/json"),
        ("/questions/partners", "text/csv", 200, "text/csv; charset=utf-8"),
        ("/questions/partners", "text/csv;q=0.3, application/json;q=0.4", 200, "application/json"),
        ("/questions/partners", "image/png", 406, "text/plain; charset=utf-8"),
        ("/questions/partners?date=soon", BROWSER, 400, "text/html; charset=utf-8"),
        ("/questions/partners.json?date=soon", "*/*", 400, "text/plain; charset=utf-8"),
        ("/questions/nothing", BROWSER, 404, "text/html; charset=utf-8"),
        ("/questions/nothing.csv", "*/*", 404, "text/plain; charset=utf-8"),
        ("/questions/..%2F..%2Fetc%2Fpasswd", "*/*", 404, "text/plain; charset=utf-8"),
        ("/search?q=xiaomi", BROWSER, 200, "text/html; charset=utf-8"),
        ("/search.json?q=xiaomi", "*/*", 200, "application/json"),
        ("/ontology", BROWSER, 200, "text/html; charset=utf-8"),
        ("/ontology/met", BROWSER, 200, "text/html; charset=utf-8"),
        ("/ontology/met", "text/turtle", 200, "text/turtle; charset=utf-8"),
        ("/ontology/met.jsonld", "*/*", 200, "application/ld+json"),
        ("/ontology/nothing", BROWSER, 404, "text/html; charset=utf-8"),
        ("/editor", BROWSER, 200, "text/html; charset=utf-8"),
    ],
)
def test_addresses_answer_in_the_form_that_is_wanted(get, path, accept, status, type_):
    answer = get(path, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (status, type_)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in answer.headers["content-security-policy"]
    head = get(path, accept, "HEAD")
    assert head.status_code == status
    assert head.content == b""


def test_every_question_has_the_same_rows_at_its_address_and_at_the_endpoint(get, server):
    for question in load_questions():
        told = get(f"/questions/{question.name}.json").json()
        answer = httpx.post(
            server.url, data={"query": told["sparql"], "format": "json"}, timeout=30
        ).json()
        assert len(answer["results"]["bindings"]) == told["total"] == len(told["rows"])
        assert answer["head"]["vars"] == [
            name for name in told["columns"] if name not in question.put_in
        ]


def test_a_spreadsheet_reads_an_answer_by_its_address(get):
    answer = get("/questions/partners.csv?company=xiaomi", "*/*")
    assert answer.headers["content-disposition"] == 'inline; filename="partners.csv"'
    frame = pd.read_csv(io.BytesIO(answer.content))
    assert frame["partner"].str.contains("mobikwik").any()
    assert "MobiKwik" in set(frame["partner label"])


def test_the_form_without_a_script_asks_the_endpoint(get, server):
    assert get("/editor").status_code == 200
    form = {"query": "SELECT ?x { id:xiaomi cp:partnerOf ?x }", "format": "csv"}
    answer = httpx.post(server.url, data=form, headers={"Accept": BROWSER}, timeout=30)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "mobikwik" in answer.text


def test_the_rules_for_styles_are_looser_in_the_editor_alone(get):
    policies = {path: get(path).headers["content-security-policy"] for path in ("/", "/questions", "/search", "/ontology", "/editor")}  # fmt: skip
    assert [path for path, policy in policies.items() if "sha256-" in policy] == ["/editor"]
    assert {policy.replace("'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=' ", "") for policy in policies.values()} == {policies["/"]}  # fmt: skip


def test_behind_a_proxy_that_takes_a_prefix_every_address_has_it():
    import re

    from tests.serve.conftest import Server

    behind = Server("--workers", "1", "--root-path", "/kg")
    try:
        base = behind.url.removesuffix("/sparql").removesuffix("/kg")
        for path in ("/", "/id/xiaomi", "/questions", "/questions/partners", "/search?q=x", "/ontology/met", "/editor", "/nothing"):  # fmt: skip
            page = httpx.get(base + path, headers={"Accept": BROWSER}, timeout=60)
            assert page.status_code == (404 if path == "/nothing" else 200), path
            ours = re.findall(r'\b(?:href|src|action|data-search)="(/[^"]*)"', page.text)
            assert len(ours) > 5
            assert [one for one in ours if not one.startswith("/kg/")] == [], path
            assert "/kg/kg" not in page.text
        sheet = re.search(r'href="/kg(/static/page[^"]*)"', page.text)
        assert sheet
        assert httpx.get(base + sheet[1]).status_code == 200
    finally:
        behind.stop()
