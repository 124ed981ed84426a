"""What is asked in words that mean nothing here, or too much."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import QueryError, UnknownNameError, UsageError
from kg.query import engine
from kg.query.parameters import Parameter, read_argument

if TYPE_CHECKING:
    from pathlib import Path


def test_parameter_that_a_question_lacks_is_told_with_the_nearest(graph: kg.Graph) -> None:
    with pytest.raises(UnknownNameError, match=r"parameter of partners 'compny'.*'company'"):
        graph.ask("partners", compny="xiaomi")


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(UsageError, match=r"word is .*; give text in UTF-8"):
        read_argument(Parameter("word", "text", "a word"), "\udcff", str, date(2020, 1, 1))


def test_name_that_two_things_bear_is_told_with_both(acme: Path) -> None:
    path = acme / "things.ttl"
    path.write_text(path.read_text().replace('"Jo Doe"@en', '"The gazette"@en'))
    with pytest.raises(UnknownNameError, match=re.escape("The Gazette (gazette, jo-doe)")):
        kg.build([acme], check=False).resolve("The Gazette")


def test_variable_that_a_group_leaves_unbound_is_told_as_that(small: kg.Graph) -> None:
    with pytest.raises(QueryError, match="SELECT names a variable that GROUP BY leaves unbound"):
        _ = small.query("SELECT ?o { ?s ?p ?o } GROUP BY ?s").rows


def test_error_without_a_place_is_told_on_one_line() -> None:
    said = engine.unreadable("something is\n  odd", "ASK {}")
    assert said == "the query cannot be read: something is odd"


def test_day_is_given_as_a_date_or_a_text(graph: kg.Graph) -> None:
    day = date(2020, 12, 31)
    assert graph.ask("due", date=day).rows == graph.ask("due", date="2020-12-31").rows != []
