"""The facts of an inline XBRL document: exactly what another reader finds, and nothing of a hostile one."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from kg.base import SourceError
from kg.formats import inline
from kg.formats.inline import read_inline
from kg.formats.inline_values import find_days, plain_number, read_number
from tests.formats.filings import BEFORE, HALF, Number, dividend, per_share, write_filing

HAS_ARELLE = importlib.util.find_spec("arelle") is not None
ARELLE = os.environ.get("KG_ARELLE") or (sys.executable if HAS_ARELLE else None)

NUMBERS = [
    Number("NetSales", "12,345"),
    Number("NetSales", None, role="Lower"),
    Number("OperatingIncome", "1,234", loss=True),
    Number("OrdinaryIncome", "1234.5", HALF, form="", scale=""),
    Number("NetIncome", "0", moment="Previous"),
    Number("ChangeInNetSales", "9.3", scale="-2", unit="Pure"),
    Number("NetSales", "9,999", BEFORE, "Result", scope="NonConsolidated"),
    per_share("NetIncomePerShare", "12.30", loss=True),
    dividend("5.00", "SecondQuarter"),
    dividend(None, "Annual", role="Upper"),
    Number("RevenueIFRS", "7,320", moment=""),
    per_share("NetIncomePerUnitREIT", "2,470", unit="JPYPerUnits"),
]


@pytest.fixture(params=["2008", "2013"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A filing in one of the two versions of inline XBRL."""
    return write_filing(tmp_path / "a.htm", NUMBERS, inline=request.param)


def test_number_has_its_value_sign_scale_period_unit_and_dimensions(document: Path) -> None:
    facts = [fact for fact in read_inline(document) if fact.is_number]
    assert [fact.value for fact in facts] == [
        Decimal(12345000000), None, Decimal(-1234000000), Decimal("1234.5"), Decimal(0),
        Decimal("0.093"), Decimal(9999000000), Decimal("-12.30"), Decimal("5.00"), None,
        Decimal(7320000000), Decimal(2470),
    ]  # fmt: skip
    assert [fact.is_nil for fact in facts].count(True) == 2
    assert not any(fact.fault for fact in facts)
    half, eps = facts[3], facts[7]
    assert (half.context.start, half.context.end) == (date(2025, 4, 1), date(2025, 9, 30))
    assert eps.unit is not None
    assert [name.rpartition("}")[2] for name in (*eps.unit.over, *eps.unit.under)] == [
        "JPY",
        "shares",
    ]
    members = {
        axis.rpartition("}")[2]: of.rpartition("}")[2]
        for axis, of in facts[8].context.dimensions.items()
    }
    assert members["AnnualDividendPaymentScheduleAxis"] == "SecondQuarterMember"
    assert facts[0].context.entity == "99990"


def test_place_leads_to_the_element(document: Path) -> None:
    for fact in read_inline(document):
        tree = fact.element.getroottree()
        spaces = {prefix: space for prefix, space in tree.getroot().nsmap.items() if prefix}
        assert tree.xpath(fact.place, namespaces=spaces) == [fact.element]


@pytest.mark.skipif(
    ARELLE is None, reason="Arelle is not installed; KG_ARELLE may name a Python that has it"
)
def test_other_reader_finds_the_same_facts(tmp_path: Path) -> None:
    # The taxonomies of companies, and of investment corporations for real estate.
    paths = [
        write_filing(tmp_path / f"{kind}-{of}.htm", NUMBERS, inline=kind, of=of)
        for kind, of in product(("2008", "2013"), ("ed", "re"))
    ]
    script = Path(__file__).with_name("arelle_facts.py")
    told = subprocess.run(
        [str(ARELLE), str(script), *map(str, paths)], check=True, capture_output=True, text=True
    )
    for path, line in zip(paths, told.stdout.splitlines(), strict=True):
        theirs = json.loads(line)
        ours = read_inline(path)
        assert len(ours) == len(theirs) == len(NUMBERS) + 4
        for own, other in zip(ours, theirs, strict=True):
            unit = own.unit and [list(own.unit.over), list(own.unit.under)]
            start, end = own.context.start, own.context.end
            assert other["concept"] == own.concept
            assert other["nil"] == own.is_nil
            assert other["period"] == [start and str(start), str(end)]
            assert other["members"] == own.context.dimensions
            assert other["entity"] == [own.context.scheme, own.context.entity]
            assert other["unit"] == unit
            if own.value is not None:
                assert Decimal(other["value"]) == own.value


@pytest.mark.parametrize(
    ("words", "form", "number"),
    [
        ("1,234,567", "numdotdecimal", "1234567"), ("1.234,5", "num-comma-decimal", "1234.5"),
        ("1 234.5", "numdotdecimal", "1234.5"), ("1\u00a0234", "num-dot-decimal", "1234"),
        ("―", "zerodash", "0"), ("-", "fixed-zero", "0"), ("5円5銭", "numunitdecimal", "5.05"),
        (".5", "numdotdecimal", "0.5"),
    ],
)  # fmt: skip
def test_number_is_read_in_its_format(words: str, form: str, number: str) -> None:
    assert read_number(words, form) == Decimal(number)


@pytest.mark.parametrize(
    ("words", "form", "scale", "sign"),
    [
        ("", "numdotdecimal", "", ""), ("1,234", "", "", ""), ("-5", "", "", ""), ("5", "oddform", "", ""),
        ("5", "", "many", ""), ("5", "", "31", ""), ("5", "", "", "△"), ("9" * 61, "", "", ""),
        ("5", "zerodash", "", ""), ("1e5", "numdotdecimal", "", ""), ("△5", "numdotdecimal", "", ""),
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(words: str, form: str, scale: str, sign: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_number(words, form, scale, sign)


@given(st.decimals(min_value=0, max_value=10**15, places=2), st.integers(-6, 12), st.booleans())
def test_scaled_number_is_exact(number: Decimal, scale: int, loss: bool) -> None:
    read = read_number(f"{number:,f}", "numdotdecimal", str(scale), "-" if loss else "")
    assert read == (-1 if loss else 1) * number.scaleb(scale)
    assert Decimal(plain_number(read)) == read


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("平成26年1月16日", "2014-01-16"), ("令和元年５月１日", "2019-05-01"), ("昭和64年1月7日", "1989-01-07"),
        ("令和 7年 10月 31日", "2025-10-31"), ("2025年10月31日", "2025-10-31"), ("2025-10-31", "2025-10-31"),
        ("R7.10.31", "2025-10-31"), ("（平成25年5月10日発表）", "2013-05-10"), ("2025/1/9", "2025-01-09"),
    ],
)  # fmt: skip
def test_day_is_read_by_era_and_by_year(words: str, day: str) -> None:
    assert find_days(words) == [date.fromisoformat(day)]


def test_what_is_no_day_is_none() -> None:
    assert find_days("平成26年2月30日、東証1.2.3、03-5114-1177") == []


def test_words_are_put_together_without_what_is_excluded(tmp_path: Path) -> None:
    more = (
        '<ix:nonNumeric name="tse-ed-t:Note" contextRef="Now" continuedAt="b">one<!-- no --><b> two</b>'
        '<ix:exclude> page 3</ix:exclude></ix:nonNumeric><ix:continuation id="b"> three</ix:continuation>'
    )
    path = write_filing(tmp_path / "a.htm", NUMBERS, inline="2013", more=more)
    assert [fact.words for fact in read_inline(path) if fact.name == "Note"] == ["one two three"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('contextRef="Now"', 'contextRef="Then"', "has a fact in the context 'Then', which is not there"),
        ("2025-04-01<", "0001-01-01<", "has a period with '0001-01-01' for a day"),
        ("2026-03-31<", "9999-12-31<", "has a period with '9999-12-31' for a day"),
        ("2025-04-01<", "2025-04-31<", "has a period with '2025-04-31' for a day"),
        ('name="tse-ed-t:NetSales"', 'name="odd:NetSales"', "has the prefix 'odd', which stands for nothing"),
        ("<xbrli:instant>", "<xbrli:moment>", "is not XML"),
        ("<html xmlns=", "<!DOCTYPE html><html xmlns=", "declares a DOCTYPE"),
    ],
)  # fmt: skip
def test_document_that_contradicts_itself_is_refused_with_its_line(
    old: str, new: str, problem: str, tmp_path: Path
) -> None:
    path = write_filing(tmp_path / "a.htm", NUMBERS)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(SourceError, match=problem) as told:
        read_inline(path)
    assert told.value.line


def test_continuation_that_goes_round_is_refused(tmp_path: Path) -> None:
    more = (
        '<ix:nonNumeric name="tse-ed-t:Note" contextRef="Now" continuedAt="b">one</ix:nonNumeric>'
        '<ix:continuation id="b" continuedAt="b"> two</ix:continuation>'
    )
    path = write_filing(tmp_path / "a.htm", [], inline="2013", more=more)
    with pytest.raises(SourceError, match="continues at 'b' for ever"):
        read_inline(path)


def test_number_of_facts_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "MAX_FACTS", 20)
    read_inline(write_filing(tmp_path / "a.htm", NUMBERS))
    with pytest.raises(SourceError, match="has more than 20 facts"):
        read_inline(write_filing(tmp_path / "b.htm", NUMBERS * 2))


def test_midnight_is_the_end_of_the_day_before(tmp_path: Path) -> None:
    path = write_filing(tmp_path / "a.htm", NUMBERS[:1])
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("2025-04-01<", "2025-04-01T00:00:00<").replace("2026-03-31</xbrli:end", "2026-04-01T00:00:00</xbrli:end"),
        "utf-8",
    )  # fmt: skip
    fact = next(fact for fact in read_inline(path) if fact.is_number)
    assert (fact.context.start, fact.context.end) == (date(2025, 4, 1), date(2026, 3, 31))
