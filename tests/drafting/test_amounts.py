"""Numbers of a text: one row an idea, with what it means."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.base import UsageError
from kg.drafting import Amount, find_amounts

D = Decimal


def told(amount: Amount) -> dict[str, object]:
    """Return what an amount says, without where it stands."""
    keys = ("value", "minimum", "maximum", "factor", "baseline", "comparator", "unit")
    found = {key: getattr(amount, key) for key in keys if getattr(amount, key) is not None}
    return found | ({"points": True} if amount.points else {})


def amounts_of(text: str, language: str = "en") -> list[tuple[str, dict[str, object]]]:
    return [(text[one.start : one.end], told(one)) for one in find_amounts(text, language)]


@pytest.mark.parametrize(
    ("text", "words", "meaning"),
    [
        ("It hires 1,500 people.", "1,500", {"value": D(1500)}),
        ("It hires 12 500 people.", "12 500", {"value": D(12500)}),
        ("It hires 1,00,000 people.", "1,00,000", {"value": D(100000)}),
        ("It costs Rs 1.5 lakh crore.", "Rs 1.5 lakh crore", {"value": D(10**12 * 3 // 2), "unit": "INR"}),
        ("It costs Rs. 4,915-crore.", "Rs. 4,915-crore", {"value": D(49150000000), "unit": "INR"}),
        ("It costs ₹672 million.", "₹672 million", {"value": D(672000000), "unit": "INR"}),
        ("It costs US$2.5bn.", "US$2.5bn", {"value": D(2500000000), "unit": "USD"}),
        ("It costs £3m.", "£3m", {"value": D(3000000), "unit": "GBP"}),
        ("It costs 2 trillion yen.", "2 trillion yen", {"value": D(2 * 10**12), "unit": "currency:JPY"}),
        ("It costs A$5 million.", "A$5 million", {"value": D(5000000), "unit": "currency:AUD"}),
        ("It is a $5 million plan.", "$5 million", {"value": D(5000000), "unit": "USD"}),
        ("It costs 300 million yuan.", "300 million yuan", {"value": D(300000000), "unit": "CNY"}),
        ("It earns 5 trillion won.", "5 trillion won", {"value": D(5 * 10**12), "unit": "currency:KRW"}),
        ("It sold half a million phones.", "half a million", {"value": D(500000)}),
        ("It has a dozen plants.", "a dozen", {"value": D(12)}),
        ("It has two dozen plants.", "two dozen", {"value": D(24)}),
        ("It sold two and a half million.", "two and a half million", {"value": D(2500000)}),
        ("It has a couple of hundred shops.", "a couple of hundred", {"value": D(200)}),
        ("It has twenty-five shops.", "twenty-five", {"value": D(25)}),
        ("It sold five lakh phones.", "five lakh", {"value": D(500000)}),
        ("A share of 95% is local.", "95%", {"value": D(95), "unit": "PERCENT"}),
        ("Profit was -5 per cent.", "-5 per cent", {"value": D(-5), "unit": "PERCENT"}),
        ("Profit was minus 5 per cent.", "minus 5 per cent", {"value": D(-5), "unit": "PERCENT"}),
        ("Up 20 percentage points.", "20 percentage points", {"value": D(20), "unit": "PERCENT", "points": True}),
        ("A shop of 300 square feet.", "300 square feet", {"value": D(300), "unit": "FT2"}),
        ("A plant of 35 GWh.", "35 GWh", {"value": D(35), "unit": "GigaW-HR"}),
        ("It makes 2 million tonnes.", "2 million tonnes", {"value": D(2000000), "unit": "TONNE"}),
        ("A 500-store network.", "500", {"value": D(500)}),
        ("At least 500 shops.", "At least 500", {"value": D(500), "comparator": "at-least"}),
        ("A minimum of 500 shops.", "A minimum of 500", {"value": D(500), "comparator": "at-least"}),
        ("There are 500+ shops.", "500+", {"value": D(500), "comparator": "at-least"}),
        ("There are 500 or more.", "500 or more", {"value": D(500), "comparator": "at-least"}),
        ("Up to 500 shops.", "Up to 500", {"value": D(500), "comparator": "at-most"}),
        ("As many as 500 shops.", "As many as 500", {"value": D(500), "comparator": "at-most"}),
        ("More than 2000 shops.", "More than 2000", {"value": D(2000), "comparator": "more-than"}),
        ("Fewer than 500 shops.", "Fewer than 500", {"value": D(500), "comparator": "less-than"}),
        ("Nearly 5,000 shops.", "Nearly 5,000", {"value": D(5000), "comparator": "approximately"}),
        ("Some 5,000 shops.", "Some 5,000", {"value": D(5000), "comparator": "approximately"}),
        ("Close to $15 billion.", "Close to $15 billion", {"value": D(15 * 10**9), "comparator": "approximately", "unit": "USD"}),
        ("It doubles sales.", "doubles", {"factor": D(2)}),
        ("A three-fold rise.", "three-fold", {"factor": D(3)}),
        ("A tenfold increase.", "tenfold", {"factor": D(10)}),
        ("A 10x rise.", "10x", {"factor": D(10)}),
        ("Five times as many.", "Five times", {"factor": D(5)}),
        ("It halves waste.", "halves", {"factor": D("0.5")}),
        ("Three in four do.", "Three in four", {"value": D(75), "unit": "PERCENT"}),
        ("One in five do.", "One in five", {"value": D(20), "unit": "PERCENT"}),
        ("It sold 2.5m tonnes.", "2.5m tonnes", {"value": D(2500000), "unit": "TONNE"}),
        ("A third of its phones.", "A third", {"value": D(33), "comparator": "approximately", "unit": "PERCENT"}),
        ("More than a third of them.", "More than a third", {"value": D(33), "comparator": "more-than", "unit": "PERCENT"}),
        ("Less than two-thirds of them.", "Less than two-thirds", {"value": D(67), "comparator": "less-than", "unit": "PERCENT"}),
        ("Half of its phones.", "Half", {"value": D(50), "unit": "PERCENT"}),
        ("It cuts waste by half.", "by half", {"value": D(50), "unit": "PERCENT"}),
        ("From 250 to 500 shops.", "From 250 to 500", {"value": D(500), "baseline": D(250)}),
        ("Cut from $10 billion to $672 million.", "from $10 billion to $672 million", {"value": D(672000000), "baseline": D(10**10), "unit": "USD"}),
        ("To 500 from 250 shops.", "To 500 from 250", {"value": D(500), "baseline": D(250)}),
        ("500, up from 250.", "500, up from 250", {"value": D(500), "baseline": D(250)}),
    ],
)  # fmt: skip
def test_a_number_says_what_its_words_say(text: str, words: str, meaning: object) -> None:
    assert amounts_of(text) == [(words, meaning)]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("$10-15 billion", 10**10, 15 * 10**9),
        ("between 5 and 7 million", 5000000, 7000000),
        ("between Rs 6 lakh and Rs 12 lakh", 600000, 1200000),
        ("5,000 to 6,000", 5000, 6000),
        ("six to seven hundred", 600, 700),
        ("five to six hundred thousand", 500000, 600000),
        ("250 to 1 million", 250, 1000000),
        ("15–20%", 15, 20),
        ("$500m-$700m", 500000000, 700000000),
        ("€1.2bn to €1.5bn", 1200000000, 1500000000),
        ("2000-2500", 2000, 2500),
    ],
)
def test_a_range_has_two_ends_with_one_scale(text: str, least: int, most: int) -> None:
    [one] = find_amounts(text)
    assert (one.minimum, one.maximum, one.comparator) == (least, most, "between")
    assert text[one.start : one.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "It was so in Q4 2016, in FY18, in 2017-18 and on 28 March 2017.",
        "The Mi 5, the Model 3, the iPhone 7 and the Boeing 737 fly; Flight 370 does not.",
        "A 64-bit chip, a 5-star car, a 6-inch screen and a 48-megapixel camera.",
        "One in three and two in three.",
        "Covid-19 came, and 5G, 4K and the 2020s.",
        "It is open 24/7 from 10:30 on.",
        "In section 3, phase 2 and scope 3, at No. 1.",
        "The second plant, the 21st and the third.",
        "It takes three years, 18 months or 24 hours.",
        "Hundreds of shops, millions of phones, several thousand people, a few hundred more.",
        "One of them is no one.",
        "Two thirds more, and the third of them.",
        "Less than a third of them, or more than two-thirds of them.",
        "A double-digit rise, and no doubling down.",
        "1) Plans\n2. More plans",
        "Call 044-2345-6789 or 1-2-3-4.",
        "It costs ¥500 million.",
        "Version 5.000,00 of S20, v2 and A4",
        "It was the first half of the year.",
    ],
)
def test_ordinals_names_times_and_vague_numbers_are_no_amounts(text: str) -> None:
    assert amounts_of(text) == []


def test_where_words_of_a_baseline_stand_apart_it_is_an_amount_of_its_own() -> None:
    assert amounts_of("from 5 shops in 2016 to 500") == [
        ("from 5", {"baseline": D(5)}),
        ("500", {"value": D(500)}),
    ]
    assert amounts_of("9,000 shops by 2025, up from around 6,000") == [
        ("9,000", {"value": D(9000)}),
        ("up from around 6,000", {"baseline": D(6000), "comparator": "approximately"}),
    ]


def test_what_a_number_is_counted_from_has_its_scale_or_is_left_out() -> None:
    [fall] = find_amounts("from 300 to 250 million euros")
    assert (fall.baseline, fall.value) == (300000000, 250000000)
    # 250, or 250 million?
    [rise] = find_amounts("from 250 to 1 million")
    assert (rise.baseline, rise.value) == (None, 1000000)


def test_in_a_list_the_last_number_lends_its_unit_and_scale() -> None:
    assert [told(one) for one in find_amounts("at 10 and 9 per cent")] == [
        {"value": D(10), "unit": "PERCENT"},
        {"value": D(9), "unit": "PERCENT"},
    ]


@pytest.mark.parametrize(
    ("text", "words", "meaning"),
    [
        ("täglich 540.000 Barrel", "540.000", {"value": D(540000)}),
        ("bis zu 1,5 Mrd. Euro", "bis zu 1,5 Mrd. Euro", {"value": D(1500000000), "unit": "EUR", "comparator": "at-most"}),
        ("mindestens zweihundertfünfzig Läden", "mindestens zweihundertfünfzig", {"value": D(250), "comparator": "at-least"}),
        ("eine halbe Million Autos", "eine halbe Million", {"value": D(500000)}),
        ("zweieinhalb Millionen Autos", "zweieinhalb Millionen", {"value": D(2500000)}),
        ("12 bis 14 Milliarden", "12 bis 14 Milliarden", {"minimum": D(12 * 10**9), "maximum": D(14 * 10**9), "comparator": "between"}),
        ("von 5 auf 10 Werke", "von 5 auf 10", {"value": D(10), "baseline": D(5)}),
        ("knapp 2000 Mitarbeiter", "knapp 2000", {"value": D(2000), "comparator": "approximately"}),
        ("Damit schafft Intel 300 Stellen", "300", {"value": D(300)}),
        ("die Hälfte der Stellen", "die Hälfte", {"value": D(50), "unit": "PERCENT"}),
        ("zwei Drittel der Autos", "zwei Drittel", {"value": D(67), "comparator": "approximately", "unit": "PERCENT"}),
        ("sich verdoppeln", "verdoppeln", {"factor": D(2)}),
    ],
)  # fmt: skip
def test_german_is_read_by_the_same_code(text: str, words: str, meaning: object) -> None:
    assert amounts_of(text, "de") == [(words, meaning)]


@pytest.mark.parametrize(
    "text",
    [
        "Hunderte Läden",
        "das 3. Werk in Köln",
        "drei Jahre",
        "Das Model 3 kommt",
    ],
)
def test_german_words_that_count_nothing_are_no_amounts(text: str) -> None:
    assert amounts_of(text, "de") == []


def test_a_language_without_words_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"no grammar of the language 'xx', only of de, en, ja, zh"
    ):
        find_amounts("500", "xx")


@pytest.mark.parametrize(
    ("text", "language", "words", "meaning"),
    [
        ("投资约10亿美元。", "zh", "约10亿美元", {"value": D(10**9), "comparator": "approximately", "unit": "USD"}),
        ("创造5万个岗位。", "zh", "5万", {"value": D(50000)}),
        ("收入超过1,000亿元。", "zh", "超过1,000亿元", {"value": D(10**11), "comparator": "more-than", "unit": "CNY"}),
        ("达到1万亿元。", "zh", "1万亿元", {"value": D(10**12), "unit": "CNY"}),
        ("百分之五十在当地。", "zh", "百分之五十", {"value": D(50), "unit": "PERCENT"}),
        ("共有三千万台以上。", "zh", "三千万", {"value": D(30000000), "comparator": "at-least"}),
        ("开设100多家店。", "zh", "100多", {"value": D(100), "comparator": "more-than"}),
        ("100至150亿元。", "zh", "100至150亿元", {"minimum": D(10**10), "maximum": D(15 * 10**9), "comparator": "between", "unit": "CNY"}),
        ("将翻一番。", "zh", "翻一番", {"factor": D(2)}),
        ("1兆2000億円を投資。", "ja", "1兆2000億円", {"value": D(1200000000000), "unit": "currency:JPY"}),
        ("約3万人を雇用。", "ja", "約3万", {"value": D(30000), "comparator": "approximately"}),
        ("500億円超。", "ja", "500億円超", {"value": D(5 * 10**10), "comparator": "more-than", "unit": "currency:JPY"}),
        ("店舗を500店以上に。", "ja", "500", {"value": D(500), "comparator": "at-least"}),
        ("工場は3倍に。", "ja", "3倍", {"factor": D(3)}),
    ],
)  # fmt: skip
def test_chinese_and_japanese_set_no_spaces(
    text: str, language: str, words: str, meaning: object
) -> None:
    assert amounts_of(text, language) == [(words, meaning)]


@pytest.mark.parametrize("text", ["三星和百度", "第二家工厂", "2025年3月", "数百家店", "十分重要"])
def test_chinese_characters_of_numbers_in_other_words_are_no_amounts(text: str) -> None:
    assert amounts_of(text, "zh") == []
