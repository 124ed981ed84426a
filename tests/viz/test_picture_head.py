"""What the head of the page says of it, for programs."""

from html.parser import HTMLParser

import viz


class Head(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given["content"]


def test_the_head_names_title_and_day_and_what_is_given(network):
    meta = Head(viz.render(network, title="Plans", meta={"dcterms.license": "urn:l"})).meta
    assert meta["dcterms.title"] == "Plans"
    assert meta["dcterms.date"] == "2011-05-11"
    assert meta["dcterms.license"] == "urn:l"


def test_what_is_given_counts_before_what_is_found(network):
    meta = Head(viz.render(network, title="Plans", meta={"dcterms.date": "2020-01-01"})).meta
    assert meta["dcterms.date"] == "2020-01-01"
