"""A cell is held against the form of its datatype before it is a value."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from kg.base import SourceError
from kg.tables.lexical import reader
from kg.tables.metadata import metadata_path
from kg.tables.pattern import MOST, Pattern
from kg.tables.table import Table

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = {"decimalChar": ",", "groupChar": "."}
FRENCH = {"decimalChar": ",", "groupChar": "\u202f"}
SWEDISH = {"decimalChar": ",", "groupChar": "\u00a0"}
SWISS = {"groupChar": "’"}

GOOD = [
    ("decimal", None, "20.50", "20.50"),
    ("decimal", None, "+5", "5"),
    ("decimal", None, ".5", "0.5"),
    ("decimal", None, "5.", "5"),
    ("decimal", None, "-0012", "-12"),
    # Python's own arithmetic would round it to 28 digits.
    ("decimal", None, "1234567890123456789012345678901234.5678", "1234567890123456789012345678901234.5678"),
    ("decimal", {"decimalChar": ","}, "20,5", "20.5"),
    ("decimal", GERMAN, "-1.234.567,89", "-1234567.89"),
    ("decimal", GERMAN, "1234567,89", "1234567.89"),
    ("decimal", FRENCH, "1\u202f234,5", "1234.5"),
    ("decimal", SWEDISH, "1\u00a0234,5", "1234.5"),
    ("decimal", {"decimalChar": ",", "groupChar": " "}, "1\u202f234\u00a0567,5", "1234567.5"),
    ("decimal", SWISS, "1’234.5", "1234.5"),
    ("decimal", {**GERMAN, "pattern": "#.##0,##"}, "1.234,5", "1234.5"),
    ("decimal", {**GERMAN, "pattern": "#,##0.##"}, "1.234,5", "1234.5"),
    ("decimal", "#,##,##0", "12,34,567", "1234567"),
    ("decimal", "0.##%", "45%", "0.45"),
    ("decimal", "0.##%", "4.5%", "0.045"),
    ("decimal", "0‰", "5‰", "0.005"),
    ("integer", None, "007", "7"),
    ("integer", {"groupChar": ","}, "1,234", "1234"),
    ("double", None, "1e3", "1000"),
    ("double", None, "2.5E10", "25000000000"),
    ("double", None, "1e-3", "0.001"),
    ("double", None, "1e30", "1e+30"),
    ("double", None, "1e400", "INF"),
    ("double", "0.##%", "45%", "0.45"),
    ("double", None, "-INF", "-INF"),
    ("double", None, "NaN", "NaN"),
    ("number", {"decimalChar": ","}, "1,5", "1.5"),
    ("date", None, "2020-01-31", "2020-01-31"),
    ("date", None, "2020-01-31Z", "2020-01-31Z"),
    ("date", "dd.MM.yyyy", "31.01.2020", "2020-01-31"),
    ("date", "d/M/yyyy", "1/2/2020", "2020-02-01"),
    ("date", "M/d/yyyy", "1/2/2020", "2020-01-02"),
    ("date", "yyyyMMdd", "20200131", "2020-01-31"),
    ("datetime", None, "2020-01-31T10:00:00", "2020-01-31T10:00:00"),
    ("datetime", None, "2020-01-31T10:00:00.5+05:30", "2020-01-31T10:00:00.500000+05:30"),
    ("dateTime", "yyyy-MM-dd HH:mm", "2020-01-31 10:00", "2020-01-31T10:00:00"),
    ("datetime", "yyyy-MM-ddTHH:mm:ssX", "2020-01-31T10:00:00-08", "2020-01-31T10:00:00-08:00"),
    ("boolean", None, "1", "true"),
    ("boolean", "Yes|No", "No", "false"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "form", "cell", "text"), GOOD)
def test_a_cell_in_its_form_is_the_value_that_it_stands_for(base, form, cell, text):
    assert reader(base, form)(cell).text == text


BAD = [
    *[("decimal", None, cell) for cell in (
        "2019_2020", "２０", "٢٠", "1e3", "NaN", "INF", "", "-", ".", "1.2.3", "0x1F", "1 234", "−5", "$5")],
    ("decimal", {"decimalChar": ","}, "20.5"),
    ("decimal", {"decimalChar": ","}, "1.234,5"),
    ("decimal", {"decimalChar": ","}, "1,2,3"),
    # What is a thousand in one country is one point something in another: a tenfold of 20.5 is 205.
    *[("decimal", GERMAN, cell) for cell in ("20.5", "1.23.4", "12.3456,7", "1.234.5", ".234", "1,234.5", "1..234")],
    ("decimal", FRENCH, "1.234,5"),
    ("decimal", {**GERMAN, "pattern": "#.##0,##"}, "1,234"),
    ("decimal", {**GERMAN, "pattern": "#.##0,##"}, "20.5"),
    ("decimal", "#,##,##0", "100,000"),
    ("decimal", "0.##%", "45"),
    ("decimal", "0.##%", "45‰"),
    ("decimal", "0.##%", "%45"),
    ("integer", None, "5.0"),
    ("integer", None, "1_000"),
    ("double", None, "1_0"),
    ("double", None, "nan"),
    ("double", None, "Infinity"),
    *[("date", None, cell) for cell in (
        "43861", "2020", "31.01.2020", "2020-1-31", "2020-01-31x", "20200131", "2020-W05-5", "2020-01-31T00:00:00")],
    ("date", None, "2020-02-30"),
    ("date", "dd.MM.yyyy", "2020-01-31"),
    ("date", "dd.MM.yyyy", "31.01.2020Z"),
    ("datetime", None, "2020-01-31"),
    ("datetime", None, "2020-01-31 10:00:00"),
    ("boolean", None, "True"),
    ("boolean", "Yes|No", "yes"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "form", "cell"), BAD)
def test_a_cell_in_any_other_form_is_told(base, form, cell):
    with pytest.raises(ValueError, match=r"^is (no|neither) "):
        reader(base, form)(cell)


HINTS = [
    ("decimal", None, "45%", 'is no decimal; where all of the column is so, give it the format "0.###%"'),
    ("decimal", None, "20,5", '; if that is a decimal comma, give the column the format {"decimalChar": ","}'),
    ("decimal", None, "1,000", '; if the comma groups digits, give the column the format {"groupChar": ","}'),
    ("integer", None, "1,000", 'format {"groupChar": ","}'),
    ("decimal", None, "20.500.000", "; if those are groups of digits, name their groupChar"),
    ("decimal", GERMAN, "20.5", "is no decimal with ',' before its decimals and '.' between groups of three digits"),
    ("date", None, "43861", "is no date of the form yyyy-MM-dd; as the day number of a spreadsheet it is 2020-01-31"),
    ("date", None, "2020", "is no date of the form yyyy-MM-dd"),
    ("date", None, "31.01.2020", "; if it is one of dd.MM.yyyy, make that its format"),
    ("date", None, "01/02/2020", "; if it is one of dd/MM/yyyy or MM/dd/yyyy, make that its format"),
    ("date", None, "2020-02-30", "is no day of the calendar"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "form", "cell", "told"), HINTS)
def test_what_is_likely_meant_is_told_with_what_to_do(base, form, cell, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        reader(base, form)(cell)


BAD_FORMATS = [
    ("decimal", "many"),
    ("decimal", "0" * 101),
    ("decimal", 5),
    ("decimal", {"decimal": ","}),
    ("decimal", {"decimalChar": ",,"}),
    ("decimal", {"decimalChar": "0"}),
    ("decimal", {"decimalChar": ",", "groupChar": ","}),
    ("date", "day"),
    ("date", "yyyy-MM-dd" * 11),
    ("date", {"pattern": "dd.MM.yyyy"}),
    ("datetime", "HH:mm"),
    ("boolean", "Yes"),
    ("boolean", "Y|N|?"),
]


@pytest.mark.parametrize(("base", "form"), BAD_FORMATS)
def test_a_format_that_is_none_is_told(base, form):
    with pytest.raises(ValueError, match=r"^has "):
        reader(base, form)


# Patterns


@pytest.mark.parametrize("text", ["(a+)+", "(a|aa)+", "(.*)*x", "a{0,900}a{0,900}"])
def test_no_pattern_takes_longer_than_the_text_is_long(text):
    begun = time.process_time()
    assert not Pattern(text).fits("a" * 50_000 + "!")
    assert time.process_time() - begun < 5


def test_a_pattern_has_to_fit_the_whole_text():
    fits = Pattern("open|planned").fits
    assert [fits(text) for text in ("open", "planned", "opened", "open\n", "reopen", "")] == [
        *(True, True),
        *(False, False, False, False),
    ]


def test_patterns_tell_of_many_texts_what_they_tell_of_each():
    texts = {f"{letter}{number}" for letter in 'AB\n"\\é' for number in range(300)}
    pattern = Pattern("A[0-9]|B.*|é1")
    pattern.learn(texts)
    assert {text for text in texts if pattern.fits(text)} == {
        text for text in texts if re.fullmatch("A[0-9]|B.*|é1", text)
    }


@pytest.mark.parametrize(
    "text", ["[a-z", r"(a)\1", "(?=a)b", "(x{1000}){1000}", "a" * (MOST + 1), 5]
)
def test_a_pattern_that_is_none_or_needs_several_passes_is_told(text):
    with pytest.raises(ValueError, match=r"^has "):
        Pattern(text)


# Columns


def table(folder: Path, text: str, *columns: dict[str, Any], **said: Any) -> Table:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    whole = {"@context": "http://www.w3.org/ns/csvw", "@id": "t", "url": path.name, **said}
    whole["tableSchema"] = {"columns": list(columns)}
    metadata_path(path).write_text(json.dumps(whole), encoding="utf-8")
    return Table(path)


def told(made: Table) -> list[str]:
    return [str(fault).partition("t.csv ")[2] for lot in made.lots() for fault in lot.faults]


def test_a_pattern_that_would_keep_an_import_busy_for_a_year_takes_no_time(tmp_path):
    column = {"name": "n", "datatype": {"base": "string", "format": "(a+)+"}}
    begun = time.process_time()
    text = "a" * 40
    assert told(table(tmp_path, f"n\n{text}!\n", column)) == [
        f"row 2: n ({text}!): is none of the form (a+)+"
    ]
    assert time.process_time() - begun < 5


def test_a_format_that_is_none_is_told_with_its_column(tmp_path):
    column = {"name": "n", "datatype": {"base": "decimal", "format": "0.0.0"}}
    made = table(tmp_path, "n\n5\n", column)
    with pytest.raises(SourceError, match=r"t\.csv-metadata\.json: "):
        list(made.lots())


def test_numbers_and_days_may_have_white_space_around_them_and_texts_keep_it(tmp_path):
    columns = (
        {"name": "n", "datatype": "decimal"},
        {"name": "day", "datatype": "date"},
        {"name": "t"},
    )
    (lot,) = table(tmp_path, "n,day,t\n 5 ,2020-01-31 , a \n ,,\n", *columns).lots()
    assert [line.split(" ", 2)[2].partition("^^")[0].rstrip(" .\n") for line in lot.triples()] == [
        '"5"', '"2020-01-31"', '" a "',
    ]  # fmt: skip
    assert lot.good == [2, 3]


def test_lists_are_read_value_by_value(tmp_path):
    column = {"name": "n", "datatype": {"base": "decimal", "minimum": "0"}, "separator": ";"}
    made = table(tmp_path, "n\n1;2.5; 3 \n1;x\n1;-1\n", column)
    (lot,) = made.lots()
    assert [line.split('"')[1] for line in lot.triples()] == ["1", "2.5", "3"]
    assert [str(fault).partition("t.csv ")[2] for fault in lot.faults] == [
        "row 3: n (1;x): is no decimal",
        "row 4: n (1;-1): value must be >= 0",
    ]


def test_bounds_of_days_hold_in_every_format(tmp_path):
    column = {
        "name": "d",
        "datatype": {"base": "date", "format": "dd.MM.yyyy", "minimum": "01.02.2020"},
    }
    assert told(table(tmp_path, "d\n31.01.2020\n01.02.2020\n", column)) == [
        "row 2: d (31.01.2020): value must be >= 2020-02-01 00:00:00"
    ]


def test_a_time_with_a_zone_is_not_held_against_one_without(tmp_path):
    column = {"name": "d", "datatype": {"base": "datetime", "minimum": "2020-01-01T00:00:00"}}
    (fault,) = told(table(tmp_path, "d\n2020-01-31T00:00:00Z\n", column))
    assert fault.endswith("only one of them has a time zone")
