"""What a page says of itself beside its text: the day of its publication, its language, who wrote it."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from kg.drafting.papers.linked import linked_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# Names of `meta` by which sites say when an article was published; see https://ogp.me/#type_article,
# Dublin Core, and what publishers' own systems write.
_META: Final = frozenset(
    {
        "article:published_time", "og:article:published_time", "og:published_time", "date", "pubdate",
        "publishdate", "publish-date", "publish_date", "publication_date", "publication-date",
        "datepublished", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date",
        "dcterms.created", "dcterms.issued", "citation_publication_date", "citation_date",
        "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime",
    }
)  # fmt: skip
_DAY: Final = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
_NAME: Final = re.compile(r"^(?:[^\W\d_][\w.'\u2019-]*)(?: [^\W\d_][\w.'\u2019-]*){1,4}")
_ARTICLE: Final = re.compile(r"^https?://[^/\s<>\"]+/[^?#\s<>\"][^\s<>\"]*")
_BY: Final = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)


def published_day(tree: HtmlElement, guessed: str | None) -> tuple[date | None, tuple[str, ...]]:
    """Return the day on which a page says that it was published, with its precision.

    A day that stands nowhere for machines to read, and one of several that differ, is `inferred`.

    >>> from lxml.html import fromstring
    >>> page = fromstring('<html><meta name="date" content="2020-01-31T08:00"><p>Acme')
    >>> published_day(page, None), published_day(fromstring("<p>Acme"), "2020-01-31")
    ((datetime.date(2020, 1, 31), ()), (datetime.date(2020, 1, 31), ('inferred',)))
    """
    stated = sorted(set(_stated_days(tree)))
    if stated:
        return stated[0], () if len(stated) == 1 else ("inferred",)
    day = _day(guessed)
    return day, ("inferred",) if day else ()


def stated_language(tree: HtmlElement) -> str | None:
    """Return the language that a page says it is in, or None."""
    found = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found = found.strip().replace("_", "-")
    return found if _LANGUAGE.fullmatch(found) else None


def stated_publisher(tree: HtmlElement) -> str | None:
    """Return the name of who publishes the article, as JSON-LD says it, or None.

    >>> from lxml.html import fromstring
    >>> linked = '{"@type": "NewsArticle", "publisher": [{"name": "The Gazette"}]}'
    >>> stated_publisher(fromstring(f'<p>A<script type="application/ld+json">{linked}</script>'))
    'The Gazette'
    """
    for article in linked_articles(tree):
        publishers = article.get("publisher")
        for one in publishers if isinstance(publishers, list) else [publishers]:
            name = one.get("name") if isinstance(one, dict) else None
            if isinstance(name, str) and name.strip():
                return name.strip()
    return None


def canonical_address(tree: HtmlElement, url: str | None) -> str | None:
    """Return the address that a page found at `url` says is its own, unless that is none of an article."""
    for link in tree.iter("link"):
        if link.get("rel", "").strip().lower() != "canonical":
            continue
        try:
            address: str = urljoin(url or "", link.get("href", "").strip())
        except ValueError:  # it is no address, and so it is nobody's
            continue
        # A template may point from everywhere to the page of the whole site.
        if _ARTICLE.fullmatch(address):
            return address
    return None


def written_by(author: str | None) -> str | None:
    """Return the first author where that reads like a name: no address, no desk of a newspaper.

    >>> written_by("By Jo Doe; Ann Roe"), written_by("https://gazette.example/jo"), written_by("PTI")
    ('Jo Doe', None, None)
    """
    first = _BY.sub("", " ".join((author or "").partition(";")[0].split()))
    if not _NAME.fullmatch(first) or re.search(
        r"\b(?:staff|desk|bureau|team|editor|agenc)", first, re.IGNORECASE
    ):
        return None
    return first


def _stated_days(tree: HtmlElement) -> Iterator[date]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.strip().lower() in _META and (day := _day(meta.get("content"))):
            yield day
    for element in tree.iter("time"):
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if marked and (day := _day(element.get("datetime"))):
            yield day
    for article in linked_articles(tree):
        if day := _day(article.get("datePublished")):
            yield day


def _day(text: Any) -> date | None:
    if not isinstance(text, str):
        return None
    found = _DAY.match(text.strip())
    try:
        return date(*map(int, found.groups())) if found else parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError):
        return None
