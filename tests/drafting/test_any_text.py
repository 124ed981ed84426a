"""What holds for amounts and times of any text, and of numbers written in any way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from kg.drafting import find_amounts, find_periods
from kg.drafting.language import languages
from kg.drafting.tokens import TokenPhrases, tokenise

if TYPE_CHECKING:
    from decimal import Decimal

WORDS = st.sampled_from(
    [
        *("from", "to", "between", "and", "at", "least", "up", "half", "a", "million", "lakh", "crore", "dozen", "two", "three"),
        *("years", "the", "next", "of", "by", "in", "first", "quarter", "Q", "FY", "H", "March", "May", "2017", "18", "28", "5"),
        *("1,500", "1.500", "12 500", "$", "US$", "₹", "Rs", "%", "per cent", "-", "–", "/", ":", ".", ",", "\n", "\n\n", "'"),
        *("bis", "auf", "Ende", "Jahr", "Millionen", "亿", "万", "年", "月", "底", "a", "double", "times", "ago", "end", "mid", "²"),
    ]
)  # fmt: skip
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(["", " "])), max_size=30).map(
    lambda pairs: "".join(word + space for word, space in pairs)
) | st.text(max_size=60)
SCALES = {"thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "lakh crore": 12}


@given(TEXTS, st.sampled_from(languages()), st.dates() | st.none(), st.integers(1, 12))
def test_places_lie_in_any_text_in_order_and_apart(
    text: str, language: str, published: date | None, ends: int
) -> None:
    periods = find_periods(text, published, fiscal_year_ends=ends, language=language)
    for found in (find_amounts(text, language), periods):
        before = 0
        for one in found:
            assert before <= one.start < one.end <= len(text)
            assert not text[one.start].isspace()
            assert not text[one.end - 1].isspace()
            before = one.end
    for period in periods:
        assert (period.earliest is None) == (period.latest is None)
        assert not period.earliest or not period.latest or period.earliest <= period.latest
        assert period.role in {"by", "in", "since", "until", "from", "at"}


@given(st.integers(1, 10**15), st.sampled_from(["{:,}", "{}", "{: }"]))
def test_a_whole_number_is_read_back_as_itself(number: int, form: str) -> None:
    shown = f"{number:,}".replace(",", " ") if form == "{: }" else form.format(number)
    [one] = find_amounts(f"more than {shown} shops")
    assert one.value == number


@given(st.integers(1, 10**9))
def test_a_number_in_the_indian_way_is_read_back_as_itself(number: int) -> None:
    shown = str(number)
    head, tail = shown[:-3], shown[-3:]
    while head:
        head, tail = head[:-2], f"{head[-2:]},{tail}"
    [one] = find_amounts(f"more than {tail} shops")
    assert one.value == number


@given(st.decimals(0, 999, places=2), st.sampled_from(sorted(SCALES)), st.sampled_from(" -"))
def test_a_number_with_a_scale_is_read_back_as_itself(
    number: Decimal, scale: str, joint: str
) -> None:
    [one] = find_amounts(f"It costs ${number}{joint}{scale}.")
    assert one.value == number * 10 ** SCALES[scale]
    assert one.unit == "USD"


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["-", "–", " to "]))
def test_a_range_is_read_back_as_itself(number: int, more: int, joint: str) -> None:
    [one] = find_amounts(f"It costs ${number}{joint}{number + more} billion.")
    assert (one.minimum, one.maximum) == (number * 10**9, (number + more) * 10**9)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_read_back_as_itself(day: date) -> None:
    months = "January February March April May June July August September October November December"
    month = months.split()[day.month - 1]
    for text in (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        day.isoformat(),
    ):
        [one] = find_periods(f"It is so on {text}.", None)
        assert (one.earliest, one.latest, one.precision) == (day, day, ("day",))


@given(st.dates(date(1901, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_the_next_months_never_end_early(published: date, months: int) -> None:
    [one] = find_periods(f"in the next {months} months", published)
    assert one.latest is not None
    assert one.latest >= published + timedelta(days=28 * months)


@pytest.mark.parametrize("unit", ["1 ", "1 111 ", "a ", "from 5 to ", "-", "the next ", "by the end of ", "1-", "2017-", "million ", "$", "Q1 ", "28 March ", "亿", "x"])  # fmt: skip
@pytest.mark.parametrize("language", languages())
def test_time_grows_with_the_length_of_a_text(
    unit: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    plain = TokenPhrases.at

    def at(self: TokenPhrases[object], *args: object) -> object:
        nonlocal asked
        asked += 1
        return plain(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(TokenPhrases, "at", at)
    counts = []
    for times in (200, 400):
        asked = 0
        text = unit * times
        find_amounts(text, language)
        find_periods(text, date(2017, 3, 28), language=language)
        counts.append(asked)
    assert counts[1] <= 2.2 * counts[0] + 100


def test_tokens_cover_all_but_white_space() -> None:
    text = "Rs 1,500-crore by FY18 (1,000亿元)"
    tokens = tokenise(text)
    shown = "".join(tokens.shown(at) for at in range(len(tokens)))
    assert shown == text.replace(" ", "")
