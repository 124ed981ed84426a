"""Things of a graph found in a text by their names."""

import pytest

from kg.drafting import KnownThings
from tests.work import calls

TYPES = {
    "acme": "Company",
    "acme-india": "Company",
    "air-zealand": "Company",
    "zealand": "Country",
    "apple": "Company",
    "xiaomi": "Company",
    "byd": "Company",
    "manu-jain": "Person",
    "lei-jun": "Person",
    "jun-wei": "Person",
    "bolt-us": "Company",
    "bolt-eu": "Company",
    "india": "Country",
}
NAMES = [
    ("acme", "Acme"),
    ("acme-india", "Acme India"),
    ("air-zealand", "Air Zealand"),
    ("zealand", "Zealand"),
    ("apple", "Apple"),
    ("xiaomi", "Xiaomi"),
    ("xiaomi", "小米"),
    ("xiaomi", "Mi"),
    ("byd", "BYD"),
    ("manu-jain", "Manu Kumar Jain"),
    ("lei-jun", "Lei Jun"),
    ("lei-jun", "Jun"),
    ("lei-jun", "雷军"),
    ("jun-wei", "Jun Wei"),
    ("bolt-us", "Bolt"),
    ("bolt-eu", "Bolt"),
    ("india", "India"),
    ("india", "भारत"),
]


@pytest.fixture(scope="module")
def known():
    return KnownThings(NAMES, TYPES)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Acme went to India.", ["acme Acme", "india India"]),
        ("ACME\n  INDIA grows", ["acme-india ACME\n  INDIA"]),
        ("Air Zealand's jets", ["air-zealand Air Zealand"]),
        ("Äcmé is Acme", ["acme Äcmé", "acme Acme"]),
        ("an apple, a byd, Byd", []),
        ("Apple and BYD", ["apple Apple", "byd BYD"]),
        ("Acmeish, Pacme", []),
        ("Acme-led", ["acme Acme"]),
        ("www.acme.com, jobs@acme.com, ACME.COM", []),
        ("We like Acme.", ["acme Acme"]),
        ("小米公司。", ["xiaomi 小米"]),
        ("भारत में", ["india भारत"]),
        ("भारती", []),
        ("Mi fans", []),
        ("Mi fans like Xiaomi; do re mi", ["xiaomi Mi", "xiaomi Xiaomi"]),
        ("Jun went home", []),
        ("Lei Jun went; Jun ate", ["lei-jun Lei Jun", "lei-jun Jun"]),
        ("Jun Wei went; Wei ate", ["jun-wei Jun Wei", "jun-wei Wei"]),
        ("雷军 went", ["lei-jun 雷军"]),
        ("", []),
        ("\u200b \x00", []),
    ],
)
def test_a_name_is_found_where_readers_read_it(known, text, things):
    found = known.find(text)

    assert [f"{each.thing} {text[each.start : each.end]}" for each in found.mentions] == things
    assert found.ambiguous == ()


def test_a_name_of_two_things_is_told_and_stands_for_neither(known):
    found = known.find("Bolt grows")

    assert found.mentions == ()
    assert [(each.start, each.end, each.things) for each in found.ambiguous] == [
        (0, 4, ("bolt-eu", "bolt-us"))
    ]


def test_a_given_name_of_two_who_are_both_named_is_told_and_stands_for_neither():
    known = KnownThings(
        [("a-roe", "Ann Roe"), ("b-roe", "Bob Roe")], {"a-roe": "Person", "b-roe": "Person"}
    )

    found = known.find("Ann Roe met Bob Roe. Roe left with Ann.")

    assert [each.thing for each in found.mentions] == ["a-roe", "b-roe", "a-roe"]
    assert [each.things for each in found.ambiguous] == [("a-roe", "b-roe")]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Manu Kumar Jain spoke. Then Jain left, said Jain.", 3),
        ("Manu Kumar Jain spoke. Chief Jain left.", 2),
        ("Manu Kumar Jain spoke. Jain Irrigation grew.", 1),
        # Somebody else of that name is in the text: who is meant later nobody can tell.
        ("Manu Kumar Jain spoke to old Rahul Jain. Jain left.", 1),
        ("Manu Kumar Jain spoke. It was a jain temple.", 1),
        ("Jain left.", 0),
    ],
)
def test_a_part_of_a_name_counts_beside_the_whole_and_nobody_else_of_that_name(known, text, times):
    assert [each.thing for each in known.find(text).mentions] == ["manu-jain"] * times


def test_what_is_described_in_common_words_is_no_name(graph):
    found = KnownThings.of(graph.index).find("Spending on research at Shell is net zero.")

    assert [each.thing for each in found.mentions] == ["shell"]


def test_the_names_of_a_graph_are_read_once(graph):
    assert KnownThings.of(graph.index) is KnownThings.of(graph.index)


@pytest.mark.parametrize(
    "text", ["Acme ", "Lei Jun ", "Manu Kumar Jain, Jain ", "a", "a b ", "小", "\x00"]
)
def test_the_work_grows_with_the_text_and_not_with_its_square(known, text):
    few, many = (calls(lambda times=times: known.find(text * times)) for times in (500, 5_000))

    assert many < 12 * few


def test_the_work_does_not_grow_with_the_names():
    names = [(f"t{number}", f"Acme {number} Works") for number in range(5_000)]
    few, many = KnownThings(names[:10], dict(names)), KnownThings(names, dict(names))
    text = "Acme 3 Works and Acme 7 Plants"
    few.find(text)  # after which its words are folded

    assert calls(lambda: many.find(text)) == calls(lambda: few.find(text))
