"""A page in HTML as a paper: the text of its article without markup, and what it says of itself.

trafilatura finds the article and most of what is said of it. It is asked for formatting, since
without it the marks of footnotes are glued to figures: 500 and a note 1 would be 5001.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Final

from kg.base import MissingExtraError, SourceError, normalise
from kg.drafting.papers.bylines import (
    canonical_address,
    published_day,
    stated_language,
    stated_publisher,
    written_by,
)
from kg.drafting.papers.documents import BYTE_ORDER_MARK, Paper
from kg.drafting.tongues import guess_language

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 250
"""How deeply elements may nest: at 256 lxml leaves out all that follows without a word."""

MAX_TAGS: Final = 50_000
"""How many elements a page may have: as many are read in three seconds, and six times as many can take all memory."""

MAX_LISTS: Final = 2_000
"""How many lists and tables a page may have, with whose square trafilatura's time grows."""

_LONGEST: Final = 500
"""How many characters a title or a name may have."""

_TAG: Final = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]*+)")
_LISTS: Final = frozenset(b"ul ol dl table".split())

_BLOCKS: Final = frozenset(
    {"p", "head", "quote", "item", "row", "list", "table", "code", "fw", "ab"}
)
_SPACE: Final = re.compile(r"[^\S\n]+")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_MARK: Final = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*\u2020\u2021\u00a7])[\])]?")
_RAISED: Final = str.maketrans(
    "0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)
_UNIT: Final = re.compile(
    r"(?:(?<![^\W\d_])(?:k|c|m|d)?m|(?<![^\W\d_])ft|(?<!\d)10)$", re.IGNORECASE
)


def read_page(data: bytes, name: str, url: str | None = None) -> Paper:
    """Return the article of a page; `url` is where it was found, `name` what it is called in errors.

    Raises:
        SourceError: there is no article in it, or it is made to be a burden.
        MissingExtraError: trafilatura is not installed.
    """
    _refuse_burdens(data, name)
    try:
        import trafilatura
        from trafilatura.utils import load_html
    except ImportError:
        raise MissingExtraError("a page", "trafilatura", "draft") from None
    # It tells what it leaves out on the user's screen, and we tell it in a sentence of our own.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = load_html(data)
    if tree is not None and _depth(tree) >= MAX_DEPTH:
        raise SourceError(
            name, f"nests deeper than {MAX_DEPTH} elements; save its text, and draft that"
        )
    found = None if tree is None else trafilatura.bare_extraction(
        tree, url=url, include_comments=False, include_formatting=True, output_format="txt",
        with_metadata=True, date_extraction_params=_DATES,
    )  # fmt: skip
    if tree is None or found is None or isinstance(found, dict) or found.body is None:
        raise SourceError(name, "has no article in it; save its text, and draft that")
    title = _one_line(found.title)
    text = _with_title(title, "\n\n".join(_blocks(found.body)))
    if not text.strip():
        raise SourceError(name, "has no article in it; save its text, and draft that")
    published, precision = published_day(tree, found.date)
    return Paper(
        normalise(text.encode("utf-8", "replace")).lstrip(BYTE_ORDER_MARK),
        title=title,
        author=written_by(found.author),
        publisher=_one_line(stated_publisher(tree) or found.sitename) or found.hostname,
        published=published,
        published_precision=precision,
        language=guess_language(text) or stated_language(tree) or "en",
        url=canonical_address(tree, url) or url or found.url,
    )


_DATES: Final[dict[str, Any]] = {
    # An extensive search takes "by 2024" for the day of publication.
    "extensive_search": False,
    "original_date": True,
    # By default it is today, by which the same page would make another draft tomorrow.
    "max_date": "2100-01-01",
}


def _refuse_burdens(data: bytes, name: str) -> None:
    """Refuse what has too many tags, by a scan that counts too much rather than too little."""
    tags = lists = 0
    for tag in _TAG.finditer(data):
        tags += 1
        lists += tag[1].lower() in _LISTS
    if tags > MAX_TAGS or lists > MAX_LISTS:
        raise SourceError(name, "has more elements than any article; save its text, and draft that")


def _depth(tree: Any) -> int:
    """Return how deeply a tree nests, which its tags do not tell: many need no end, and scripts have some, too."""
    from lxml.etree import iterwalk

    depth = deepest = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _one_line(text: str | None) -> str | None:
    """Return a title or a name on one line; None for what is longer than any."""
    line = " ".join((text or "").split())
    return line if 0 < len(line) <= _LONGEST else None


def _with_title(title: str | None, text: str) -> str:
    if title is None or text.startswith(title):
        return f"{text}\n"
    return f"{title}\n\n{text}\n"


def _blocks(body: Any) -> Iterator[str]:
    """Yield the paragraphs of a body as trafilatura makes it, without markup."""
    pieces: list[str] = []

    def end() -> Iterator[str]:
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
        pieces.clear()
        if block := "\n".join(filter(None, lines)):
            yield block

    for kind, what in _walk(body):
        if kind == "text":
            pieces.append(what)
        elif kind == "block":
            yield from end()
        else:
            _raise_mark(pieces, what)
    yield from end()


def _walk(body: Any) -> Iterator[tuple[str, str]]:
    """Yield texts, ends of blocks and raised texts of a tree, in their order."""
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        element, is_read = stack.pop()
        tag = element.tag
        if is_read:
            if tag in _BLOCKS:
                yield "block", ""
            elif tag == "cell" and element.getnext() is not None:
                yield "text", " | "
            yield "text", _seen(element.tail)
            continue
        if tag in _BLOCKS:
            yield "block", ""
        stack.append((element, True))
        if element.get("rend") == "#sup":
            yield "raised", _seen("".join(element.itertext()))
            continue
        yield "text", "\n" if tag == "lb" else _seen(element.text)
        stack.extend((child, False) for child in reversed(element))


def _seen(text: str | None) -> str:
    # A line of the source is no line of the text.
    return _UNSEEN.sub("", text or "").replace("\n", " ").replace("\r", " ")


def _raise_mark(pieces: list[str], raised: str) -> None:
    """Add a raised text: a power of a unit as a sign, no mark of a footnote, anything else as it is."""
    before = "".join(pieces[-3:])[-8:]
    if raised.isascii() and raised.isdigit() and _UNIT.search(before):
        pieces.append(raised.translate(_RAISED))
    elif not _MARK.fullmatch(raised.strip()):
        pieces.append(raised)
