"""Texts that are one article are found, and others are not."""

from kg.drafting.papers.alike import TextBook
from tests.work import calls

WORDS = [f"word{number}" for number in range(400)]
TEXT = " ".join(WORDS)


def book():
    made = TextBook()
    made.add("a", TEXT)
    return made


def test_white_space_and_case_make_no_other_text():
    assert book().find(f"\n\n{TEXT.upper().replace(' ', '  ')}") == ("a", True)


def test_a_changed_sentence_makes_it_nearly_the_same():
    assert book().find(TEXT.replace("word200", "another")) == ("a", False)


def test_another_text_with_some_of_the_words_is_another():
    assert book().find(" ".join(WORDS[::-1])) is None
    assert book().find(" ".join(WORDS[:150] + [f"other{n}" for n in range(250)])) is None
    assert book().find("") is None


def test_texts_without_spaces_are_compared_too():
    text = "".join(chr(0x4E00 + number * 7) for number in range(300))
    made = TextBook()
    made.add("a", text)

    assert made.find(text.replace(text[150], "好")) == ("a", False)
    assert made.find(text[::-1]) is None


def test_the_first_of_two_that_are_the_same_is_named():
    made = book()
    made.add("b", TEXT)

    assert made.find(TEXT) == ("a", True)


def test_to_find_one_takes_no_longer_among_a_thousand_that_share_a_notice():
    few, many = TextBook(), TextBook()
    for made, number in ((few, 40), (many, 1_000)):
        for at in range(number):
            made.add(str(at), f"All rights of the Gazette are reserved by us. {at}")

    def work(made):
        return calls(lambda: made.find("All rights of the Gazette are reserved by us. Acme"))

    assert work(many) < 2 * work(few)
