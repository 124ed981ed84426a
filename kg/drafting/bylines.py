"""What a page says of itself beside its text: the day of its publication, its language, who wrote it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.base import json_too_deep

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
_BY: Final = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
_MOST_SCRIPTS: Final = 50


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
    for number, script in enumerate(tree.iter("script")):
        if (
            number < _MOST_SCRIPTS
            and script.get("type", "").strip().lower() == "application/ld+json"
        ):
            yield from _linked_days(script.text or "")


def _linked_days(text: str) -> Iterator[date]:
    """Yield the days of publication that JSON-LD says, of which a page may have a list or a graph."""
    if json_too_deep(text.encode("utf-8", "replace")):
        return
    try:
        waiting: list[Any] = [json.loads(text)]
    except ValueError:  # as many pages have it; what else the page says still counts
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            # What an article mentions, such as a film, was published on another day.
            if day := _day(one.get("datePublished")) if _is_article(one.get("@type")) else None:
                yield day
            waiting += [one[key] for key in ("@graph", "mainEntity") if key in one]


def _is_article(kinds: Any) -> bool:
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(str(name).endswith(("Article", "Posting", "Report", "WebPage")) for name in names)


def _day(text: Any) -> date | None:
    found = _DAY.match(text.strip()) if isinstance(text, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
