"""A text or a page becomes a paper: its words without markup, and what its page says of it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kg.base import KgError, SourceError, UsageError, normalise
from kg.drafting import Particulars, read_paper, read_published
from tests.work import calls

WORDS = "Acme will open 20 shops in India by 2030, said Ann Roe, who is its chief, on Monday. " * 4


def page(body: str = f"<p>{WORDS}</p>", head: str = "", html: str = "") -> bytes:
    return (
        f"<!doctype html><html {html}><head><title>More shops</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>More shops</h1>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def read(*parts: str, **more: str):
    return read_paper(page(*parts, **more), "a.html")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("500<sup>1</sup> shops", "500 shops"),
        ("500<sup>[2]</sup> shops", "500 shops"),
        ("500<sup><a href='#n'>3</a></sup> shops", "500 shops"),
        ("500<sup>*</sup> shops", "500 shops"),
        ("6 million m<sup>2</sup> of shops", "6 million m² of shops"),
        ("10<sup>6</sup> shops", "10⁶ shops"),
        ("2010<sup>6</sup> shops", "2010 shops"),
        ("the 1<sup>st</sup> shop", "the 1st shop"),
        ("tons of CO<sub>2</sub>", "tons of CO2"),
        ("<b>500</b> shops, <em>at</em> <i>least</i>", "500 shops, at least"),
        ("5*3 shop_s, #1 [sic] &amp; \\ more", "5*3 shop_s, #1 [sic] & \\ more"),
        ("500&nbsp;shops\n   of\tours", "500 shops of ours"),
        ("500<br>shops", "500\nshops"),
        ("ser\u00advice cen\u200btres", "service centres"),
    ],
)
def test_markup_and_marks_of_footnotes_are_no_part_of_the_text(markup, text):
    found = read(f"<p>{markup}, they said. {WORDS}</p>").text

    assert found.startswith(f"More shops\n\n{text}, they said. Acme")


def test_paragraphs_lists_and_rows_stand_apart_and_the_rest_of_the_page_is_left_out():
    body = f"<p>{WORDS}</p><ul><li>One</li><li>Two</li></ul><table><tr><th>Year</th><th>Shops</th></tr><tr><td>2019</td><td>250</td></tr></table>"

    _, _, *blocks = read(body).text.rstrip("\n").split("\n\n")

    assert blocks == ["One", "Two", "Year | Shops", "2019 | 250"]


def test_a_text_is_what_its_copy_gives_again():
    for text in (read().text, read_paper("\ufeff\ufeffNe\u0301\r\nB\r".encode(), "a.txt").text):
        assert normalise(text.encode()) == text


@pytest.mark.parametrize(
    ("head", "published", "precision"),
    [
        ("", None, ()),
        ('<meta property="article:published_time" content="2020-01-31T23:30:00-05:00">', date(2020, 1, 31), ()),
        ('<meta name="date" content="Fri, 31 Jan 2020 22:00:00 GMT">', date(2020, 1, 31), ()),
        ('<meta name="DC.date.issued" content="20200131">', date(2020, 1, 31), ()),
        ('<script type="application/ld+json">[{"@type": "Person"}, {"@type": ["NewsArticle"], "datePublished": "2020-01-31"}]</script>', date(2020, 1, 31), ()),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2020-01-31", "dateModified": "2021-05-05"}]}</script>', date(2020, 1, 31), ()),
        ('<script type="application/ld+json">{"@type": "Movie", "datePublished": "1999-01-31"}</script><meta name="date" content="2020-01-31">', date(2020, 1, 31), ()),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="2020-01-31">', date(2020, 1, 31), ()),
        # Two days that differ: the first, and only guessed.
        ('<meta name="date" content="2020-02-05"><meta property="article:published_time" content="2020-01-31">', date(2020, 1, 31), ("inferred",)),
        ('<meta name="date" content="2020-13-45">', None, ()),
        ('<link rel="canonical" href="https://gazette.example/2020/01/31/acme">', date(2020, 1, 31), ("inferred",)),
    ],
)  # fmt: skip
def test_a_day_is_what_the_page_says_to_machines_and_else_only_guessed(head, published, precision):
    paper = read(f"<p>{WORDS}</p>", head)

    assert (paper.published, paper.published_precision) == (published, precision)


def test_a_day_in_the_words_is_no_day_of_publication():
    assert read(f"<p>By 2024, or by 31 March 2024, more. {WORDS}</p>").published is None


@pytest.mark.parametrize(
    ("html", "body", "language"),
    [
        ('lang="en"', "Der Konzern wird die Fabrik in Berlin nicht bauen, sagte sie. Das ist nicht für die Stadt. " * 4, "de"),
        ('lang="de"', WORDS, "en"),
        ('lang="sv-SE"', "Bolaget öppnar tjugo butiker 2030. " * 9, "sv-SE"),
        ("", "小米公司将在印度开设五百家服务中心，雷军说。" * 9, "zh"),
        ('lang="??"', "Acme 2030. " * 40, "en"),
    ],
)  # fmt: skip
def test_the_language_is_that_of_the_words_rather_than_of_the_template(html, body, language):
    assert read(f"<p>{body}</p>", html=html).language == language


def test_who_published_and_wrote_it_and_where_is_what_the_page_says():
    head = (
        '<meta property="og:site_name" content="The Gazette"><meta name="author" content="By Jo Doe">'
        '<link rel="canonical" href="https://gazette.example/acme">'
    )
    paper = read_paper(page(head=head), "a.html", url="https://mirror.example/copy?utm=1")

    assert (paper.title, paper.publisher, paper.author) == ("More shops", "The Gazette", "Jo Doe")
    assert paper.url == "https://gazette.example/acme"


def test_a_publisher_in_a_list_and_a_relative_address_are_read():
    linked = (
        '{"@type": "NewsArticle", "publisher": [{"@type": "Organization", "name": "The Gazette"}]}'
    )
    head = f'<script type="application/ld+json">{linked}</script><link rel="canonical" href="/2020/acme">'
    paper = read_paper(page(head=head), "a.html", url="https://gazette.example/2020/acme?utm=1")

    assert (paper.publisher, paper.url) == ("The Gazette", "https://gazette.example/2020/acme")


@pytest.mark.parametrize(
    "href", ["javascript:x", "http://[", "", "https://gazette.example/a b", "//"]
)
def test_a_canonical_address_that_is_none_is_passed_over(href):
    paper = read_paper(
        page(head=f'<link rel="canonical" href="{href}">'), "a", url="https://g.example/a"
    )

    assert paper.url == "https://g.example/a"


def test_what_is_longer_than_any_title_or_name_is_none():
    long = "Word " * 200
    paper = read_paper(
        f"<html><head><title>{long}</title><meta property='og:site_name' content='{long}'></head>"
        f"<body><p>{WORDS}</p></body></html>".encode(),
        "a",
    )
    assert (paper.title, paper.publisher) == (None, None)


def test_a_canonical_address_of_the_whole_site_is_none_of_the_article():
    head = '<link rel="canonical" href="https://gazette.example/">'

    paper = read_paper(page(head=head), "a.html", url="https://gazette.example/acme")

    assert paper.url == "https://gazette.example/acme"


def test_what_the_user_says_counts_for_more_than_the_page():
    said = Particulars(
        "T", "A. Uthor", "P", date(2021, 1, 1), ("month",), "de", "https://u.example/x"
    )

    paper = read_paper(page(head='<meta name="date" content="2020-01-31">'), "a.html", said)

    assert (paper.title, paper.author, paper.publisher) == ("T", "A. Uthor", "P")
    assert (paper.published, paper.published_precision) == (date(2021, 1, 1), ("month",))
    assert (paper.language, paper.url) == ("de", "https://u.example/x")


def test_a_short_first_line_of_a_text_is_its_title():
    assert read_paper(b"More  shops\n\nAcme opens 20.\n", "a").title == "More shops"
    assert read_paper(b"Acme opens 20.\nMore follow.\n", "a").title is None
    assert read_paper(b"Acme opens 20", "a").title is None


DEEP = b"<html><body>" + b"<div>" * 251 + b"<p>Acme"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty; a draft needs the text of an article"),
        (b" \n\t", "is empty; a draft needs the text of an article"),
        (b"ab\n\xff", "2: is not UTF-8; save it as UTF-8"),
        (b"a\0b", "is no text: it has a character NUL"),
        (b"%PDF-1.7 ...", "is a PDF; save its text, with pdftotext for instance, and draft that"),
        (b"\x89PNG\r\n", "is a picture; type its text or have it recognised, and draft that"),
        (b"PK\x03\x04", "is an archive or an office document; save it as plain text, and draft that"),
        (b"<html></html>", "has no article in it; save its text, and draft that"),
        (b"<html><frameset><frame src=a></frameset></html>", "has no article in it; save its text, and draft that"),
        (b"<!doctype html>", "has no article in it; save its text, and draft that"),
        (DEEP, "nests deeper than 250 elements; save its text, and draft that"),
        (b"<html>" + b"<b>a</b>" * 50_001, "has more elements than any article; save its text, and draft that"),
        (b"<html>" + b"<ul><li>a</ul>" * 2_001, "has more elements than any article; save its text, and draft that"),
        (b"a" * (8 << 20) + b"a", "is larger than 8 MiB, which no article is"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_told_in_a_sentence(data, told):
    with pytest.raises(SourceError) as error:
        read_paper(data, "a")

    assert str(error.value) in (f"a: {told}", f"a:{told}")


@pytest.mark.parametrize(
    ("markup", "times"),
    [("<ul><li>", 130), ("<table><tr><td>", 90), ("<div>", 251)],
)
def test_a_page_of_which_the_parser_would_lose_the_rest_is_refused(markup, times):
    with pytest.raises(SourceError, match="nests deeper than 250 elements"):
        read(markup * times + f"<p>{WORDS}")


def test_elements_that_nest_but_not_too_deeply_are_read():
    body = (
        "<div>" * 200
        + f"<p>{WORDS}</p>"
        + "</div>" * 200
        + "<p>Bolt will close 30 shops by then.</p>"
    )

    assert "Bolt will close 30 shops" in read(body).text


def test_markup_within_a_script_is_none_of_the_page():
    script = "<script>" + json.dumps({"html": "<div>" * 400}).replace("</", "<\\/") + "</script>"

    assert read(f"{script}<p>{WORDS}</p>").text.startswith("More shops\n\nAcme")


def test_sloppy_pages_without_ends_of_paragraphs_are_read():
    assert "shops" in read("<p>" + "<p>".join([WORDS] * 400)).text


def test_a_page_of_five_megabytes_is_read():
    filler = "<script>" + "x" * (5 << 20) + "</script>"

    assert read(f"{filler}<p>{WORDS}</p>").text.startswith("More shops\n\nAcme")


def test_the_guard_takes_time_that_grows_with_the_page_and_not_with_its_square():
    from kg.drafting.papers import pages

    few, many = (
        calls(lambda times=times: pages._refuse_burdens(b"<div><p>a</div" * times, "a"))
        for times in (100, 1_000)
    )
    assert many < 12 * few


@pytest.mark.parametrize("text", ["2017-13", "17-03-28", "yesterday", "2017-02-30", "0000"])
def test_what_is_no_day_is_told(text):
    with pytest.raises(KgError, match="is no day; write 2017-03-28, or 2017-03, or 2017"):
        read_published(text)


@pytest.mark.parametrize("key", ["title", "author", "publisher"])
def test_what_a_user_says_may_hold_nothing_unseen(key: str) -> None:
    for text in ("a\nb", "\x1b[31m", "\udcff", "\u202ea"):
        with pytest.raises(UsageError, match="has characters that nobody sees"):
            read_paper(b"Acme opens.", "a.txt", Particulars(**{key: text}))
