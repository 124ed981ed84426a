"""Times of a text, told against the 28th of March 2017 and a fiscal year that ends in March."""

from __future__ import annotations

from datetime import date

import pytest

from kg.drafting import find_periods

DAY = date(2017, 3, 28)


def periods_of(text: str, language: str = "en", ends: int = 3) -> list[tuple[object, ...]]:
    """Return words, first and last day, precision and role of the times of a text."""
    return [
        (
            text[one.start : one.end],
            str(one.earliest or ""),
            str(one.latest or ""),
            " ".join(one.precision),
            one.role,
        )
        for one in find_periods(text, DAY, fiscal_year_ends=ends, language=language)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "role"),
    [
        ("by the first half of this year", "2017-01-01", "2017-06-30", "half-year inferred", "by"),
        ("in the next three years", "2017-03-28", "2020-03-31", "month inferred", "in"),
        ("over the next 12-18 months", "2017-03-28", "2018-09-30", "month inferred", "in"),
        ("in the last three years", "2014-03-31", "2017-03-28", "day inferred", "in"),
        ("by FY18", "2017-04-01", "2018-03-31", "fiscal-year", "by"),
        ("in FY2017-18", "2017-04-01", "2018-03-31", "fiscal-year", "in"),
        ("in fiscal 2026", "2025-04-01", "2026-03-31", "fiscal-year", "in"),
        ("in the financial year ending June 2026", "2025-07-01", "2026-06-30", "fiscal-year", "in"),
        ("for the year ended 31 March 2017", "2016-04-01", "2017-03-31", "fiscal-year", "in"),
        ("in the quarter ended 30 June 2019", "2019-04-01", "2019-06-30", "quarter", "in"),
        ("in the six months to September 2018", "2018-04-01", "2018-09-30", "day", "in"),
        ("in the 12 months to March 2019", "2018-04-01", "2019-03-31", "fiscal-year", "in"),
        ("in the first nine months of 2019", "2019-01-01", "2019-09-30", "day", "in"),
        ("in January-March 2019", "2019-01-01", "2019-03-31", "quarter", "in"),
        ("over the past decade", "2007-03-31", "2017-03-28", "day inferred", "in"),
        ("over the past year", "2016-03-31", "2017-03-28", "day inferred", "in"),
        ("in H1 FY20", "2019-04-01", "2019-09-30", "day", "in"),
        ("in Q3 2019", "2019-07-01", "2019-09-30", "quarter", "in"),
        ("in Q3 FY18", "2017-10-01", "2017-12-31", "quarter", "in"),
        ("in the third quarter of fiscal 2026", "2025-10-01", "2025-12-31", "quarter", "in"),
        ("in H2 2016", "2016-07-01", "2016-12-31", "half-year", "in"),
        ("in 1H20", "2020-01-01", "2020-06-30", "half-year", "in"),
        ("this quarter", "2017-01-01", "2017-03-31", "quarter inferred", "in"),
        ("by mid-2021", "2021-01-01", "2021-12-31", "year", "by"),
        ("by the end of 2025", "2025-01-01", "2025-12-31", "year", "by"),
        ("by the end of the year 2024", "2024-01-01", "2024-12-31", "year", "by"),
        ("by the end of the year", "2017-01-01", "2017-12-31", "year inferred", "by"),
        ("by year-end", "2017-01-01", "2017-12-31", "year inferred", "by"),
        ("early next year", "2018-01-01", "2018-06-30", "half-year inferred", "in"),
        ("in late 2018", "2018-07-01", "2018-12-31", "half-year", "in"),
        ("later this year", "2017-01-01", "2017-12-31", "year inferred", "in"),
        ("last year", "2016-01-01", "2016-12-31", "year inferred", "in"),
        ("by the end of the decade", "2011-01-01", "2020-12-31", "year inferred", "by"),
        ("by the middle of the decade", "", "", "", "by"),
        ("by 2020 or 2021", "2020-01-01", "2021-12-31", "year", "by"),
        ("in 2020's first quarter", "2020-01-01", "2020-03-31", "quarter", "in"),
        ("in the June quarter of 2018", "2018-04-01", "2018-06-30", "quarter", "in"),
        ("this Thursday", "2017-03-30", "2017-03-30", "day inferred", "at"),
        ("in Q4'18", "2018-10-01", "2018-12-31", "quarter", "in"),
        ("last July", "2016-07-01", "2016-07-31", "month inferred", "in"),
        ("since July last year", "2016-07-01", "2016-07-31", "month inferred", "since"),
        ("since 2014", "2014-01-01", "2014-12-31", "year", "since"),
        ("until 2030", "2030-01-01", "2030-12-31", "year", "until"),
        ("from 2018 to 2020", "2018-01-01", "2020-12-31", "year", "in"),
        ("between 2018 and 2020", "2018-01-01", "2020-12-31", "year", "in"),
        ("before 2020", "2019-12-31", "2019-12-31", "day", "by"),
        ("after March 2018", "2018-04-01", "2018-04-01", "day", "from"),
        ("in March 2019", "2019-03-01", "2019-03-31", "month", "in"),
        ("by the end of March", "2017-03-01", "2017-03-31", "month inferred", "by"),
        ("on 28 March 2017", "2017-03-28", "2017-03-28", "day", "at"),
        ("on March 28, 2017", "2017-03-28", "2017-03-28", "day", "at"),
        ("28-29 March 2017", "2017-03-28", "2017-03-29", "day", "at"),
        ("on the 28th of March", "2017-03-28", "2017-03-28", "day inferred", "at"),
        ("on 2017-03-28", "2017-03-28", "2017-03-28", "day", "at"),
        ("two years ago", "2015-01-01", "2015-12-31", "year inferred", "in"),
        ("yesterday", "2017-03-27", "2017-03-27", "day inferred", "at"),
        ("by Diwali", "", "", "", "by"),
        ("by Diwali 2018", "2018-01-01", "2018-12-31", "year", "by"),
        ("soon", "", "", "", "in"),
        ("in the coming years", "", "", "", "in"),
        ("next May", "", "", "month inferred", "in"),
    ],
)  # fmt: skip
def test_a_time_says_what_its_words_say(
    text: str, first: str, last: str, precision: str, role: str
) -> None:
    assert periods_of(f"It is so {text}.") == [(text, first, last, precision, role)]


@pytest.mark.parametrize(
    "text",
    ["Jun said so.", "It may open.", "The future is bright.", "It costs $2000 or Rs 2016.", "More than 2000 shops.", "It hires 2000 people.", "It hires 2000-2500 people.", "The second half was better."],
)  # fmt: skip
def test_names_and_numbers_that_look_like_times_are_none(text: str) -> None:
    assert periods_of(text) == []


def test_a_month_without_a_year_is_told_only_on_the_side_where_its_sentence_lies() -> None:
    assert periods_of("It will open in May.")[0][2] == "2017-05-31"
    assert periods_of("It opened in December.")[0][2] == "2016-12-31"
    # May of 2016 is as far off as May of 2017 is near.
    assert periods_of("It opened in May.")[0][1:4] == ("", "", "month inferred")


def test_before_the_verb_that_tells_what_is_to_come_only_the_beginning_of_a_sentence_is_told() -> (
    None
):
    assert periods_of("In June it will open.")[0][2] == "2017-06-30"
    assert periods_of("In December, it said it would open.")[0][2] == ""
    assert periods_of("It opened shops in December and will open more.")[0][2] == ""


def test_so_many_years_are_told_only_where_they_are_to_come() -> None:
    assert periods_of("It wants 500 shops within three years.")[0][2] == "2020-03-31"
    assert periods_of("It opened 500 shops within three years.")[0][2] == ""


def test_a_fiscal_year_in_two_years_has_no_days_where_its_end_is_not_known() -> None:
    assert periods_of("in FY2017-18", ends=12) == [("in FY2017-18", "", "", "fiscal-year", "in")]
    assert periods_of("in Q1 FY18", ends=1) == [
        ("in Q1 FY18", "2017-02-01", "2017-04-30", "day", "in")
    ]


def test_without_a_day_of_publication_only_what_the_words_fix_has_days() -> None:
    found = find_periods("by 2020, and by the end of this year", None)
    assert [(one.latest, one.precision) for one in found] == [
        (date(2020, 12, 31), ("year",)),
        (None, ("year", "inferred")),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "role"),
    [
        ("bis Ende des dritten Quartals", "2017-07-01", "2017-09-30", "quarter inferred", "by"),
        ("bis zum Jahr 2025", "2025-01-01", "2025-12-31", "year", "by"),
        ("im ersten Halbjahr 2017", "2017-01-01", "2017-06-30", "half-year", "in"),
        ("am 28. März 2017", "2017-03-28", "2017-03-28", "day", "at"),
        ("in den nächsten drei Jahren", "2017-03-28", "2020-03-31", "month inferred", "in"),
        ("Anfang nächsten Jahres", "2018-01-01", "2018-06-30", "half-year inferred", "in"),
        ("im Geschäftsjahr 2017/18", "2017-04-01", "2018-03-31", "fiscal-year", "in"),
        ("vor zwei Jahren", "2015-01-01", "2015-12-31", "year inferred", "in"),
        ("bis Jahresende", "2017-01-01", "2017-12-31", "year inferred", "by"),
        ("von 2018 bis 2020", "2018-01-01", "2020-12-31", "year", "in"),
        ("bald", "", "", "", "in"),
    ],
)
def test_german_is_read_by_the_same_code(
    text: str, first: str, last: str, precision: str, role: str
) -> None:
    assert periods_of(f"Es ist so {text}.", "de") == [(text, first, last, precision, role)]


@pytest.mark.parametrize(
    ("text", "language", "first", "last", "precision", "role"),
    [
        ("到2025年底", "zh", "2025-01-01", "2025-12-31", "year", "by"),
        ("2030年前", "zh", "2030-01-01", "2030-12-31", "year", "by"),
        ("今年上半年", "zh", "2017-01-01", "2017-06-30", "half-year inferred", "in"),
        ("截至2017年3月28日", "zh", "2017-03-28", "2017-03-28", "day", "at"),
        ("2018年第三季度", "zh", "2018-07-01", "2018-09-30", "quarter", "in"),
        ("2030年までに", "ja", "2030-01-01", "2030-12-31", "year", "by"),
        ("2025年度", "ja", "2025-04-01", "2026-03-31", "fiscal-year", "in"),
        ("2024年3月末までに", "ja", "2024-03-01", "2024-03-31", "month", "by"),
    ],
)
def test_chinese_and_japanese_have_units_behind_numbers(
    text: str, language: str, first: str, last: str, precision: str, role: str
) -> None:
    assert periods_of(f"{text}。", language) == [(text, first, last, precision, role)]
