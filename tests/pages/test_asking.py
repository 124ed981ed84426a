"""Questions answer the same on a page, to programs, on the command line and as SPARQL."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest

import kg
from kg.query import THINGS, load_questions
from tests.pages.conftest import TODAY
from tests.pages.site import Read, client_of

ASKED = [
    (question.name, given)
    for question in load_questions()
    for given in (
        {},
        *({one.name: one.example} for one in question.parameters if one.example),
        {one.name: one.example for one in question.parameters if one.example},
    )
]
HOSTILE = [
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "} } # ", "<http://evil.example/>", "javascript:alert(1)",
    "x" * 10_000, "{{ 7 * 7 }}", "\x00\x01", "\u202eabc", "a\nb", "?x ?y ?z", "\\u0022 .", "😀",
]  # fmt: skip


def of(name: str, given: dict[str, str], form: str = "") -> str:
    return f"/questions/{name}{form}" + (f"?{urlencode(given)}" if given else "")


def plainly(cell):
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell


@pytest.mark.parametrize(("name", "given"), ASKED, ids=str)
def test_every_form_has_the_rows_that_the_command_has(site, dated, name, given):
    answer = dated.ask(name, arguments=given)
    wanted = [
        {key: plainly(cell) for key, cell in row.items() if cell is not None} for row in answer
    ]
    told = site.get(of(name, given, ".json")).json()
    assert [{key: plainly(cell) for key, cell in row.items()} for row in told["rows"]] == wanted
    assert (told["total"], told["columns"]) == (len(wanted), list(answer.columns))
    text = site.get(of(name, given, ".csv")).content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(wanted)
    page = site.get(of(name, given))
    assert page.status_code == 200
    read = Read(page.text)
    assert page.text.count("<tr>") == min(len(wanted), 100) + bool(wanted)
    assert of(name, given, ".csv") in read.links if wanted else "Nothing is known" in read.text


@pytest.mark.parametrize("name", [question.name for question in load_questions()])
def test_the_query_that_is_shown_gives_the_same_rows(site, dated, name):
    told = site.get(of(name, {}, ".json")).json()
    found = dated.query(told["sparql"])
    put_in = next(one.put_in for one in load_questions() if one.name == name)
    assert [one for one in told["columns"] if one not in put_in] == list(found.columns)
    without = [
        {key: cell for key, cell in row.items() if key not in put_in} for row in told["rows"]
    ]
    assert without == [
        {key: plainly_as_json(cell) for key, cell in row.items() if cell is not None}
        for row in found
    ]
    page = Read(site.get(of(name, {})).text)
    assert " ".join(told["sparql"].split()) in page.text


def plainly_as_json(cell):
    told = plainly(cell)
    return int(told) if isinstance(told, float) and told.is_integer() else told


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:20])
@pytest.mark.parametrize(
    "question",
    [one for one in load_questions() if one.parameters],
    ids=lambda question: question.name,
)
def test_what_means_nothing_is_refused_and_nothing_of_it_becomes_markup(site, question, value):
    given = {one.name: value for one in question.parameters}
    page = site.get(of(question.name, given))
    assert page.status_code == 400
    read = Read(page.text)
    assert not [tag for tag, attributes in read.tags if tag == "img" or "onerror" in attributes]
    assert [a for a, text in read.blocks if not a.get("src") and a.get("type") not in {"application/json", "application/ld+json"}] == []  # fmt: skip
    for parameter in question.parameters:
        (field,) = [one for one in read.all("id") if one["id"] == f"ask-{parameter.name}"]
        assert field["aria-invalid"] == "true"
        wrong, told = f"ask-{parameter.name}-wrong", field["aria-describedby"]
        assert wrong in str(told).split()
        assert wrong in read.ids
    for form in (".json", ".csv"):
        told = site.get(of(question.name, given, form), headers={"Accept": "*/*"})
        assert (told.status_code, len(told.text.splitlines())) == (400, 1)
        assert len(told.text) < 500


def test_a_question_or_a_parameter_that_is_not_there_is_told_with_the_nearest(site):
    answer = site.get("/questions/partner")
    assert answer.status_code == 404
    assert "did you mean &#39;partners&#39;" in answer.text
    answer = site.get("/questions/partners?compny=xiaomi")
    assert answer.status_code == 400
    assert "&#39;company&#39;" in answer.text


def test_a_thing_is_named_by_any_of_its_names_and_a_slip_is_told(site, read):
    for name in (
        "xiaomi",
        "Xiaomi",
        " 小米 ",
        "id:xiaomi",
        "https://w3id.org/corporate-plans/id/xiaomi",
    ):
        assert "Partners of a company: Xiaomi" in read(of("partners", {"company": name})).text
    slip = site.get("/questions/partners?company=xaiomi")
    assert slip.status_code == 400
    assert "did you mean &#39;xiaomi&#39;" in slip.text
    assert "?." not in Read(slip.text).text


def test_rows_are_turned_over_until_all_have_been_seen(site, dated):
    whole = site.get(of("single-origin", {}, ".json")).json()
    assert whole["total"] == len(dated.ask("single-origin")) > 400
    address, seen, pages = "/questions/single-origin?limit=150", 0, 0
    while address:
        page = site.get(address).text
        assert (
            f"Rows {seen + 1:,} to {min(seen + 150, whole['total']):,} of {whole['total']:,}"
            in page
        )
        seen, pages = seen + page.count("<tr>") - 1, pages + 1
        ahead = [one for one in Read(page).all("rel") if one["rel"] == "next"]
        address = str(ahead[0]["href"]) if ahead else ""
    assert (seen, pages) == (whole["total"], -(-whole["total"] // 150))
    part = site.get(of("single-origin", {"offset": "10", "limit": "5"}, ".json")).json()
    assert part["rows"] == whole["rows"][10:15]
    assert site.get("/questions/single-origin?offset=9999").text.count("There are only") == 1


@pytest.mark.parametrize(
    "given",
    ["limit=x", "offset=-1", "limit=1e3", "as-of=soon", "as-of=2999-01-01", "limit=" + "9" * 50],
)
def test_a_part_that_cannot_be_is_refused(site, given):
    for form in ("", ".json", ".csv"):
        assert site.get(f"/questions/partners{form}?{given}").status_code == 400


def test_a_day_is_that_of_what_was_known_then(site, dated):
    day = date(2017, 4, 1)
    then = [row["partner"] for row in dated.as_of(day).ask("partners")]
    told = site.get("/questions/partners.json?as-of=2017-04-01").json()
    assert [row["partner"] for row in told["rows"]] == then
    assert (told["as_of"], told["arguments"]["date"]) == ("2017-04-01", "2017-04-01")
    assert 0 < len(then) < len(dated.ask("partners"))
    page = Read(site.get("/questions/partners?as-of=2017-04-01").text)
    assert {
        one for one in page.links if one.startswith("/id/") and "as-of=2017-04-01" not in one
    } == set()


def test_a_column_that_only_repeats_a_link_is_left_out_and_what_is_empty_is_said(read):
    page = read("/questions/partners")
    heads = page.text.split("Partner Role Purpose")
    assert len(heads) == 2
    assert "Nothing here is said of: until" in page.text


def test_a_number_opens_into_what_it_counts(site, read):
    record = {"speaker": "lei-jun"}
    page = read(of("track-record", record))
    told = site.get(of("track-record", record, ".json")).json()
    (row,) = told["rows"]
    counted = [name for key in row if key.endswith("Names") for name in row[key].split(", ")]
    assert len(counted) == row["promises"] == 10
    assert {f"/id/{name}" for name in counted} <= set(page.links)
    assert "rank in smartphone shipments: 1 by 2021" in page.text
    assert "Met names" not in page.text
    # Each number that counts something opens, and no other does.
    opened = [
        tag for tag, given in page.tags if tag == "details" and given.get("class") == "behind"
    ]
    assert len(opened) == sum(1 for key in row if key.endswith("Names"))


def test_labels_stand_beside_the_rows_of_programs(site):
    told = site.get("/questions/partners.json?limit=3").json()
    assert told["labels"]["bank-of-china"] == "Bank of China"
    assert json.dumps(told) == json.dumps(site.get("/questions/partners.json?limit=3").json())


def test_every_question_is_in_the_catalogue_with_addresses_that_answer(read):
    page = read("/questions")
    for question in load_questions():
        assert f"/questions/{question.name}" in page.links
        told = question.description.replace("`", "")
        assert told.split() == [word for word in told.split() if word in page.text]
        assert question.title in page.text
        for one in question.parameters:
            if one.example and one.type in THINGS:
                assert of(question.name, {one.name: one.example}) in page.links
    assert str(TODAY.year) in page.text


def test_what_takes_too_long_keeps_its_form(dated):
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.testclient import TestClient

    from kg.base import TimeLimitError
    from kg.serve.forms import form_routes
    from kg.serve.tasks import run

    asked = []

    async def deliver(_request, job, types, headers):
        asked.append(job)
        if len(asked) == 1:
            raise TimeLimitError("the query took longer than 1 second; ask for less")
        reply, data = run(dated, job, 1 << 26)
        code = {"late": 504}.get(reply.form, 200)
        return Response(data, code, {**headers, "Content-Type": types[reply.form]})

    client = TestClient(Starlette(routes=form_routes(deliver, {})))
    answer = client.get("/questions/outcome?place=india", headers={"Accept": "text/html"})
    assert answer.status_code == 504
    assert "took longer than 1 second" in answer.text
    (field,) = [one for one in Read(answer.text).all("id") if one["id"] == "ask-place"]
    assert field["value"] == "india"


def test_answer_of_a_day_to_come_says_that_nobody_knows_what_becomes_of_it(site):
    given = {"company": "xiaomi", "date": "2999-01-01"}
    page = Read(site.get(of("outcome", given)).text)
    told = "2999-01-01 is still to come: the answer is what would follow on that day from what is known now"
    assert told in page.text
    assert site.get(of("outcome", given, ".json")).json()["note"].startswith(told)
    given["date"] = TODAY.isoformat()
    assert "still to come" not in Read(site.get(of("outcome", given)).text).text
    assert site.get(of("outcome", given, ".json")).json()["note"] is None


def test_examples_are_of_the_graph_that_is_served(acme):
    graph = kg.build([acme], check=False)
    site = client_of(graph)
    linked = [
        link for link in Read(site.get("/questions").text).links if link.startswith("/questions/")
    ]
    linked += [
        link for question in load_questions()
        for link in Read(site.get(of(question.name, {})).text).links if link.startswith(of(question.name, {}) + "?")
    ]  # fmt: skip
    asked = [link for link in linked if "?" in link]
    assert of("outcome", {"company": "acme"}) in asked
    assert not any("xiaomi" in link or "india" in link for link in asked if "place" not in link)
    assert [link for link in asked if site.get(link).status_code != 200] == []


def test_examples_of_the_shipped_graph_are_those_of_the_questions(read):
    assert of("outcome", {"speaker": "lei-jun"}) in read(of("outcome", {})).links
