"""What a user has of an article: its text, and what its page says of it."""

from __future__ import annotations

import re
from calendar import IllegalMonthError, monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kg.base import SourceError, UsageError, normalise
from kg.drafting.tongues import guess_language

MAX_TEXT: Final = 8 << 20
"""How many bytes a text or a page may have."""

BYTE_ORDER_MARK: Final = "\ufeff"
"""What begins no text: of the copy of a text it would be taken away, and all places would be others."""

_LONGEST_TITLE: Final = 200
# What files begin with that are no text, and what is to be done with them.
_KINDS: Final = (
    (b"%PDF", "is a PDF; save its text, with pdftotext for instance, and draft that"),
    (b"\x89PNG", "is a picture; type its text or have it recognised, and draft that"),
    (b"\xff\xd8\xff", "is a picture; type its text or have it recognised, and draft that"),
    (b"GIF8", "is a picture; type its text or have it recognised, and draft that"),
    (b"RIFF", "is a picture or a sound; type its text, and draft that"),
    (b"PK\x03\x04", "is an archive or an office document; save it as plain text, and draft that"),
    (b"\xd0\xcf\x11\xe0", "is an office document; save it as plain text, and draft that"),
    (b"\x1f\x8b", "is compressed; unpack it first"),
)
_MONTH: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")
_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<frameset")
_BEGINNING: Final = 4096


@dataclass(frozen=True, slots=True)
class Paper:
    """A text, normalised (`kg.base.normalise`), with what is known of where it was published.

    `published_precision` has terms of `kg terms precisions`, with `inferred` for a day that was only guessed;
    `companies` are names or slugs of those whose plans the text tells, as far as somebody has said so.
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_precision: tuple[str, ...] = ()
    language: str = "en"
    url: str | None = None
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a user says of an article, which counts for more than what its page says; None is nothing.

    `author`, `publisher` and `companies` are names or slugs of things, `published` is the day with its precision.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_precision: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    companies: tuple[str, ...] = ()


def read_paper(
    data: bytes, name: str, said: Particulars | None = None, *, url: str | None = None
) -> Paper:
    r"""Return a text in UTF-8, or the text of a page in HTML, as a paper.

    Args:
        data: the bytes.
        name: what they are called in errors, such as a path.
        said: what the user says of it.
        url: where a page was found.

    Raises:
        SourceError: it is neither, or too large, or there is no text in it.
        UsageError: what the user says cannot be.
        MissingExtraError: a page, and trafilatura is not installed.

    >>> paper = read_paper(b"Acme to open shops\n\nAcme will open 20 shops.\n", "a.txt")
    >>> paper.title, paper.language, paper.published
    ('Acme to open shops', 'en', None)
    """
    said = said or Particulars()
    _refuse_odd(said)
    if len(data) > MAX_TEXT:
        raise SourceError(name, f"is larger than {MAX_TEXT >> 20} MiB, which no article is")
    for start, problem in _KINDS:
        if data.startswith(start):
            raise SourceError(name, problem)
    if is_page(data):
        from kg.drafting.papers.pages import read_page  # a page alone needs the libraries

        return _with(read_page(data, name, said.url or url), said)
    return _with(replace(_plain(data, name), url=url), said)


def read_published(text: str) -> tuple[date, tuple[str, ...]]:
    """Return the day that a user gives for a publication, with its precision: of a month or year the last.

    Raises:
        UsageError: it is none.

    >>> read_published("2017-03-28"), read_published("2020-02")
    ((datetime.date(2017, 3, 28), ()), (datetime.date(2020, 2, 29), ('month',)))
    """
    try:
        if found := _MONTH.fullmatch(text):
            year, month = int(found[1]), int(found[2] or 12)
            last = date(year, month, monthrange(year, month)[1])
            return last, ("month" if found[2] else "year",)
        return date.fromisoformat(text), ()
    except (ValueError, IllegalMonthError):
        raise UsageError(f"{text!r} is no day; write 2017-03-28, or 2017-03, or 2017") from None


def is_page(data: bytes) -> bool:
    r"""Tell whether bytes are a page in HTML rather than plain text.

    >>> is_page(b"\n<!DOCTYPE html><p>Acme"), is_page(b"Acme <acme@acme.example> will open shops")
    (True, False)
    """
    start = data[:_BEGINNING].lower()
    return any(mark in start for mark in _MARKUP)


def _refuse_odd(said: Particulars) -> None:
    for text in (said.title, said.author, said.publisher):
        if text and not text.isprintable():
            raise UsageError(f"{text!r} has characters that nobody sees; type it anew")
    if said.language and not _LANGUAGE.fullmatch(said.language):
        raise UsageError(f"{said.language!r} is no tag of a language; write en, or de-AT")
    if said.url and not _ADDRESS.fullmatch(said.url):
        raise UsageError(f"{said.url!r} is no address of a page; it begins with https://")


def _plain(data: bytes, name: str) -> Paper:
    try:
        text = normalise(data).lstrip(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(name, "is not UTF-8; save it as UTF-8", line=line) from None
    if "\0" in text:
        raise SourceError(name, "is no text: it has a character NUL")
    if not text.strip():
        raise SourceError(name, "is empty; a draft needs the text of an article")
    return Paper(text, title=_first_line(text), language=guess_language(text) or "en")


def _first_line(text: str) -> str | None:
    """Return the first line where it can be a title: it is short, and more follows."""
    first, _, rest = text.strip().partition("\n")
    is_title = len(first) <= _LONGEST_TITLE and rest.strip() and not first.rstrip().endswith(".")
    return " ".join(first.split()) if is_title else None


def _with(paper: Paper, said: Particulars) -> Paper:
    """Return a paper with what the user says of it."""
    paper = replace(
        paper,
        title=said.title or paper.title,
        author=said.author or paper.author,
        publisher=said.publisher or paper.publisher,
        language=said.language or paper.language,
        url=said.url or paper.url,
        companies=said.companies,
    )
    if said.published is None:
        return paper
    return replace(paper, published=said.published, published_precision=said.published_precision)
