"""Declarations at the start of a query are scanned once, and nothing hides in them."""

import pytest

from kg.base import PREFIXES, Prologue, Reach
from kg.base.prologue import _MOST


def test_the_prefixes_of_a_prologue_count_for_the_rest():
    query = "PREFIX a: <urn:a:>\nprefix : <urn:b#>SELECT * FROM a:x FROM NAMED :y { ?s ?p ?o }"
    assert Prologue.of(query).count == 2
    assert Reach.of(query).graphs == ("urn:a:x", "urn:b#y")


def test_of_two_declarations_the_last_counts():
    query = "PREFIX a: <urn:1:> PREFIX id: <urn:2:> PREFIX a: <urn:3:> "
    assert Prologue.of(query).prefixes == {**PREFIXES, "a": "urn:3:", "id": "urn:2:"}


@pytest.mark.parametrize(
    "start",
    [
        "",
        "# PREFIX a: <urn:a>\n",
        "BASE <urn:a> PREFIX a: <b>",
        "PREFIX a: <urn:(a)>",
        "PREFIX a: <urn:'a'>",
        "PREFIX service: <urn:a>",
        "PREFIX a: <urn:a>" * (_MOST // 17 + 1),
    ],
)
def test_what_is_not_plain_is_left_to_the_rest(start: str):
    assert Prologue.of(f"{start} ASK {{}}").size == 0


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX a: <urn:a> SELECT * { SERVICE a:b {} }",
        "PREFIX a: <urn:a>SERVICE a:b {}",
        "PREFIX serviceex: <urn:a> SELECT * { serviceex:b {} }",
        "PREFIX a: <urn:a> # ?\nSELECT * { ?s ?p ?o FILTER(?a<?b).SERVICE:x> {} }",
        "PREFIX a: <urn:a> LOAD <http://example.org/>",
    ],
)
def test_nothing_hides_behind_a_prologue(query: str):
    assert Reach.of(query).problem


def test_declarations_count_among_the_parts_of_a_query():
    declared = "".join(f"PREFIX a{at}: <urn:a> " for at in range(400))
    assert Reach.of(f"{declared}ASK {{}}").problem is None
    assert "keywords" in str(Reach.of(f"{declared}ASK {{ FILTER({'!' * 100}true) }}").problem)
