"""Each tool finds what agents ask for, says what is wrong in words, and cites what it tells."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from kg.agents import INSTRUCTIONS, all_tools, call_tool
from kg.base import UsageError
from kg.query import question_names
from tests.agents.conftest import every_row

if TYPE_CHECKING:
    from collections.abc import Callable

    import kg

    Call = Callable[..., dict[str, Any]]

MOST_TOKENS = 4000
CHARACTERS = 3.5
DEEP = base64.urlsafe_b64encode(b"[" * 10_000).decode()
"""No cursor, and nested deeper than anybody reads."""
"""How many characters one token has of JSON, at least, by the usual vocabularies."""

CALLS = [
    ("outcome", {"company": "xiaomi"}),
    ("outcome", {"about": "service centres", "place": "india"}),
    ("outcome", {"speaker": "Lei Jun", "verdict": "undetermined", "as_of": "2019-01-01"}),
    ("check_claim", {"company": "xiaomi", "what": "jobs", "value": 20000, "due": "2020", "said": "2017"}),
    ("check_claim", {"company": "xiaomi", "what": "flying cars"}),
    ("find", {"text": "mi", "limit": 100}),
    ("find", {"text": "zzzz"}),
    ("show", {"thing": "xiaomi", "limit": 60}),
    ("show", {"thing": "medianama-2017-03-28.3.4"}),
    ("show", {"thing": "medianama-2017-03-28"}),
    ("ask", {"question": "status", "arguments": {"company": "xiaomi", "date": "2018-01-01"}}),
    ("ask", {"question": "connected", "arguments": {"hops": 2}}),
    ("ask", {"question": "places"}),
    ("schema", {}),
    ("schema", {"of": "Target"}),
    ("schema", {"of": "indicators"}),
    ("query", {"sparql": "ASK { id:xiaomi a cp:Company }"}),
    ("query", {"sparql": "DESCRIBE id:mobikwik"}),
    ("query", {"sparql": "SELECT ?s ?v ?d { ?s cp:value ?v OPTIONAL { ?s cp:due ?d } } ORDER BY ?s"}),
]  # fmt: skip


# What is listed


def test_tools_are_few_and_their_listing_is_short() -> None:
    tools = all_tools().values()
    listing = [
        {
            "name": tool.name, "description": tool.description, "inputSchema": tool.takes,
            "outputSchema": tool.gives,
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }
        for tool in tools
    ]  # fmt: skip
    assert 5 < len(tools) <= 12
    assert len(json.dumps(listing, separators=(",", ":"))) / CHARACTERS < MOST_TOKENS
    assert len(INSTRUCTIONS) / CHARACTERS < 400


def test_every_question_is_in_the_catalogue_with_its_parameters() -> None:
    tool = all_tools()["ask"]
    listed = {line.partition("(")[0] for line in tool.description.splitlines()[1:]}
    assert listed == set(question_names())
    assert tool.takes["properties"]["arguments"]["properties"]["hops"] == {"type": "number"}


@pytest.mark.parametrize("name", list(all_tools()))
def test_schemas_are_such_and_say_what_every_argument_is(name: str) -> None:
    tool = all_tools()[name]
    for schema in (tool.takes, tool.gives):
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"
    assert {"as_of", "limit", "cursor"} <= set(tool.takes["properties"])
    assert tool.takes["additionalProperties"] is False


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_answers_keep_their_schemas_and_are_the_same_again(
    graph: kg.Graph, name: str, arguments: dict[str, Any]
) -> None:
    tool = all_tools()[name]
    jsonschema.validate(arguments, tool.takes)
    answer = call_tool(graph, name, arguments)
    jsonschema.validate(answer.values, tool.gives)
    assert answer.values["rows"] or answer.values["note"]
    assert call_tool(graph, name, arguments) == answer


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_text_is_shorter_than_json_and_tells_the_same(
    graph: kg.Graph, name: str, arguments: dict[str, Any]
) -> None:
    answer = call_tool(graph, name, arguments)
    whole = json.dumps(answer.values, ensure_ascii=False, separators=(",", ":"))
    assert len(answer.text) < len(whole)
    for statement in answer.values.get("statements", {}):
        assert f"\n{statement}\t" in answer.text
    for source in answer.values.get("sources", {}).values():
        assert source["title"] in answer.text


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_what_is_cited_is_there_with_its_source(
    graph: kg.Graph, name: str, arguments: dict[str, Any]
) -> None:
    values = call_tool(graph, name, arguments).values
    for statement in values.get("statements", {}).values():
        source = values["sources"][statement["source"]]
        assert {"title", "publisher", "published"} <= set(source)
        assert statement["locator"]


# What is asked wrongly


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("outcom", {}, "there is no tool 'outcom'; did you mean 'outcome'?"),
        ("outcome", {"compnay": "x"}, "there is no argument of outcome 'compnay'; did you mean 'company'?"),
        ("outcome", {"company": "xiomi"}, "there is no thing 'xiomi'; did you mean 'xiaomi'"),
        ("outcome", {"verdict": "broken"}, "verdict is 'broken'; give 'met', 'met-late', 'partly'"),
        ("outcome", {"limit": "many"}, "limit is 'many'; give a valid integer"),
        ("outcome", {"limit": 201}, "limit is 201; give less than or equal to 200"),
        ("outcome", {"as_of": "yesterday"}, "as_of is 'yesterday'; give a day as YYYY-MM-DD"),
        ("outcome", {"as_of": "2999-01-01"}, "as_of is 2999-01-01, which is still to come, and nobody knows what will be known then; ask without it, or a question with the argument date"),
        ("outcome", {"company": ["a", "b"]}, "company is ['a', 'b']; give a valid string"),
        ("outcome", {"cursor": "nonsense"}, "this cursor is of another question or of another build"),
        ("outcome", {"cursor": DEEP}, "this cursor is of another question or of another build"),
        ("check_claim", {"what": "jobs"}, "check_claim needs company"),
        ("check_claim", {"company": "xiaomi", "due": "soon"}, "'soon' is no day; give YYYY, YYYY-MM or"),
        ("check_claim", {"company": "xiaomi", "due": "2020-13"}, "'2020-13' is no day"),
        ("check_claim", {"company": "xiaomi", "value": "a lot"}, "value is 'a lot'; give a valid number"),
        ("find", {}, "find needs text"),
        ("show", {"thing": "xiaomi", "section": "Partner"}, "there is no section of xiaomi 'Partner'; did you mean 'Partners'?"),
        ("ask", {"question": "partner"}, "there is no question 'partner'; did you mean 'partners' or"),
        ("ask", {"question": "due", "arguments": {"form": "2020-01-01"}}, "there is no parameter of due 'form'; did you mean 'from'?"),
        ("ask", {"question": "due", "arguments": {"from": "2020"}}, "from is '2020'; give a day as YYYY-MM-DD"),
        ("schema", {"of": "Targt"}, "there is no term 'Targt'; did you mean 'Target'"),
        ("query", {"sparql": "SELECT ?x { "}, "line 1, column"),
        ("query", {"sparql": "CLEAR ALL"}, "cannot be read"),
        ("query", {"sparql": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE would send"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused_in_words(
    graph: kg.Graph, name: str, arguments: dict[str, Any], told: str
) -> None:
    with pytest.raises(UsageError) as refused:
        call_tool(graph, name, arguments)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "/" not in str(refused.value).replace("http://", "")


def test_what_is_empty_is_not_given(call: Call) -> None:
    assert call("outcome", company="", verdict=None, limit=3) == call("outcome", limit=3)


# Portions


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("outcome", {"company": "xiaomi"}),
        ("check_claim", {"company": "xiaomi"}),
        ("find", {"text": "xiaomi"}),
        ("show", {"thing": "xiaomi"}),
        ("ask", {"question": "changes"}),
        ("schema", {}),
    ],
)
def test_portions_are_the_whole(graph: kg.Graph, name: str, arguments: dict[str, Any]) -> None:
    whole = every_row(graph, name, limit=200, **arguments)
    assert len(whole) > 17
    assert every_row(graph, name, limit=17, **arguments) == whole


def test_a_query_computes_no_more_than_a_portion_and_goes_on(graph: kg.Graph) -> None:
    query = "SELECT ?s ?p { ?s ?p ?o } ORDER BY ?s ?p ?o"
    first = call_tool(graph, "query", {"sparql": query, "limit": 3}).values
    assert "total" not in first
    then = call_tool(graph, "query", {"sparql": query, "limit": 3, "cursor": first["more"]}).values
    both = call_tool(graph, "query", {"sparql": query, "limit": 6}).values
    assert first["rows"] + then["rows"] == both["rows"]


def test_a_cursor_is_of_its_question_its_day_and_its_content(
    graph: kg.Graph, small: kg.Graph
) -> None:
    cursor = call_tool(graph, "find", {"text": "a", "limit": 1}).values["more"]
    assert call_tool(graph, "find", {"text": "a", "limit": 5, "cursor": cursor}).values["rows"]
    for asked, name, arguments in (
        (graph, "find", {"text": "e"}),
        (graph, "find", {"text": "a", "type": "Company"}),
        (graph, "find", {"text": "a", "as_of": "2018-01-01"}),
        (graph, "schema", {}),
        (small, "find", {"text": "a"}),
    ):
        with pytest.raises(UsageError, match="this cursor is of another question"):
            call_tool(asked, name, {**arguments, "cursor": cursor})


# Each tool


def test_outcome_is_found_by_what_it_is_about(call: Call) -> None:
    rows = call("outcome", company="xiaomi", about="service-centres")["rows"]
    assert [(row["promise"], row["verdict"]) for row in rows] == [
        ("medianama-2017-03-28.3.4", "met")
    ]
    same = call("outcome", about="medianama-2017-03-28.3.6")["rows"]
    assert same == rows  # another statement of the same promise
    assert call("outcome", about="xiaomi-india-service-centres", verdict="missed")["rows"] == []


def test_nothing_found_is_no_refutation(call: Call) -> None:
    answer = call("outcome", company="mobikwik")
    assert answer["rows"] == []
    assert "says nothing of the world" in answer["note"]


def test_find_finds_sources_and_keeps_to_a_type(call: Call) -> None:
    found = call("find", text="medianama", type="Source", limit=200)["rows"]
    assert {row["type"] for row in found} == {"Source"}
    assert "medianama-2017-03-28" in {row["name"] for row in found}
    assert "MediaNama of 2017-03-28" in {name for row in found for name in row["also"]}
    assert {row["type"] for row in call("find", text="india", type="Place")["rows"]} >= {"Country"}
    assert "did you mean 'xiaomi'" in call("find", text="xiaomii")["note"]


def test_sources_are_found_whatever_their_accents(call: Call) -> None:
    plain = call("find", text="xiaomi opens premium", type="Source")["rows"]
    assert [row["name"] for row in plain] == ["bharat-horizon-2026-01"]
    assert call("find", text="XIAOMI  Öpéns premium", type="Source")["rows"] == plain
    assert call("find", text="2026-01-31", type="Source")["total"] >= 1


def test_show_tells_a_statement_and_what_became_of_it(call: Call) -> None:
    card = call("show", thing="medianama-2017-03-28.3.4")
    assert card["title"] == "500 service centres by the first half of 2017, from 250"
    assert any(row["statements"][:1] == ["medianama-2017-03-28.3.4"] for row in card["rows"])


def test_rows_about_initiatives_are_told_with_what_was_last_said_of_them_by_then(
    call: Call,
) -> None:
    arguments = {"company": "xiaomi", "date": "2018-01-01"}
    answer = call("ask", question="status", arguments=arguments, limit=200)
    at = answer["columns"].index("behind")
    named = [row[at] for row in answer["rows"] if row[at]]
    assert len(named) > 10
    for name in named:
        statement = answer["statements"][name]
        assert answer["sources"][statement["source"]]["published"] <= "2018-01-01"


def test_rows_that_count_say_where_their_statements_are(call: Call) -> None:
    answer = call("ask", question="places")
    assert "statements" not in answer
    assert "outcome" in answer["note"]


def test_rows_that_count_name_what_they_count_and_tell_it(call: Call) -> None:
    answer = call("ask", question="track-record", arguments={"speaker": "Lei Jun"})
    (values,) = answer["rows"]
    row = dict(zip(answer["columns"], values, strict=True))
    assert row["metNames"] == ["repost-of-the-economic-times-2017-03.1", "the-hindu-2017-03-27.5"]
    assert row["lateNames"] == []
    assert {*row["metNames"], *row["openNames"]} <= answer["statements"].keys()
    assert len(answer["statements"]) == row["promises"]


@pytest.mark.parametrize("name", question_names())
def test_every_question_can_be_asked(call: Call, name: str) -> None:
    answer = call("ask", question=name, limit=2)
    assert answer["columns"]
    assert answer["rows"] or answer["note"]


def test_schema_has_what_the_data_use_and_queries_that_run(graph: kg.Graph) -> None:
    start = call_tool(graph, "schema", {"limit": 200}).values
    classes = [row for row in start["rows"] if row["term"].startswith("cp:")]
    assert {"cp:Target", "cp:Company", "cp:Promise"} <= {row["term"] for row in classes}
    for of in ("Target", "Company", "promise", "cp:due", "org:memberOf"):
        answer = call_tool(graph, "schema", {"of": of}).values if of != "org:memberOf" else start
        assert call_tool(graph, "query", {"sparql": answer["example"]}).values["rows"]
    for name in ("indicators", "units", "kinds", "predicates", "types", "verdicts", "statuses"):
        rows = call_tool(graph, "schema", {"of": name}).values["rows"]
        assert rows
        assert all(row["term"] and row["means"] for row in rows)


def test_query_cites_the_statements_that_it_finds(call: Call) -> None:
    answer = call("query", sparql="SELECT ?s { ?s cp:source id:medianama-2017-03-28 } ORDER BY ?s")
    assert len(answer["statements"]) == 25
    assert list(answer["sources"]) == ["medianama-2017-03-28"]


def test_answer_of_a_day_to_come_says_that_nobody_knows_what_becomes_of_it(graph: kg.Graph) -> None:
    for company in ("unilever", "mobikwik"):
        arguments = {"company": company, "date": "2999-01-01"}
        values = call_tool(graph, "ask", {"question": "due", "arguments": arguments}).values
        assert values["note"].startswith(
            "2999-01-01 is still to come: the answer is what would follow"
        )
        assert ("No row" in values["note"]) == (not values["rows"])
