"""From a paper to a source with proposals, by what a graph knows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.base import ID, SourceError, abridge, digest
from kg.drafting.files.writing import DraftedSource, write_source
from kg.drafting.files.written import WrittenMapping, read_written
from kg.drafting.known import KnownThings
from kg.drafting.papers.alike import TextBook
from kg.drafting.papers.documents import MAX_TEXT, read_paper
from kg.drafting.parties import Parties
from kg.drafting.proposing import propose_all
from kg.drafting.refusals import tell_refused
from kg.drafting.repeats import StatedTargets
from kg.drafting.slugs import source_slug
from kg.query import select_rows
from kg.sources import read_bytes, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kg.drafting.papers.documents import Paper, Particulars
    from kg.drafting.refusals import Sifted
    from kg.query import Index

    Proposer = Callable[[Paper, Index], Sifted]

_LONGEST_TITLE: Final = 100
_TEXTS: Final = """SELECT ?source ?sha256 { ?source cp:text ?text . ?text schema:sha256 ?sha256 }"""
_ADDRESSES: Final = "SELECT ?source ?url { ?source schema:headline ?title ; schema:url ?url }"


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted source: its `name`, which is its slug, the `data` of its file, and the `text` that it is of.

    `proposed` says how many statements wait in it, `remarks` what a person should know of it.
    """

    name: str
    data: bytes = field(repr=False)
    text: str = field(repr=False)
    proposed: int
    remarks: tuple[str, ...] = ()


class Drafter:
    """Drafts sources by what a graph knows, one after the other: each has a slug of its own."""

    def __init__(
        self, index: Index, proposer: Proposer = propose_all, *, beside: Path | None = None
    ) -> None:
        """Take the graph, who proposes statements of a paper, and the folder in which drafts are to lie.

        A source that lies there keeps its slug, and is drafted anew where it is of the same text.
        """
        self._index, self._proposer, self._beside = index, proposer, beside
        self._known = KnownThings.of(index)
        self._publishers, self._authors = (
            Parties(index, type_) for type_ in ("Organization", "Person")
        )
        rows = select_rows(index, _TEXTS)
        self._sources: dict[str, list[str]] = {}
        for source, sha256 in rows:
            self._sources.setdefault(str(sha256), []).append(str(source))
        self._addresses = {str(url): str(source) for source, url in select_rows(index, _ADDRESSES)}
        self._numbers: dict[str, int] = {}
        self._texts = TextBook()

    def add_texts(self, folder: Path) -> None:
        """Take the user's copies of texts (`SLUG.txt`), with which others are compared.

        Raises:
            SourceError: a copy that cannot be read.
        """
        for path in sorted(folder.glob("*.txt")):
            data = read_bytes(path, limit=MAX_TEXT)
            self._texts.add(path.stem, read_paper(data, str(path)).text)

    def draft(
        self, data: bytes, name: str, said: Particulars | None = None, *, url: str | None = None
    ) -> Draft:
        """Return a text or a page as a source.

        Args:
            data: its bytes.
            name: what it is called in errors.
            said: what the user says of it.
            url: where it was found.

        Raises:
            SourceError: as `read_paper`.
            MissingExtraError: as `read_paper`.
            KgError: a model cannot be asked, as `propose_all`.
        """
        return self.draft_paper(read_paper(data, name, said, url=url))

    def draft_paper(self, paper: Paper) -> Draft:
        """Return a paper as a source whose statements are proposed."""
        publisher, new_publisher = _party(self._publishers, paper.publisher)
        author, new_author = _party(self._authors, paper.author)
        slug = self._free(source_slug(paper, publisher), digest(paper.text))
        sifted = self._proposer(paper, self._index)
        source = DraftedSource(
            slug,
            replace(paper, title=paper.title or _beginning(paper.text)),
            publisher,
            author,
            things=tuple(thing for thing in (new_publisher, new_author) if thing),
            proposals=sifted.proposals,
            remarks=(
                *self._same(paper, slug),
                *_lacking(paper),
                *self._unclear(paper.text),
                *sifted.remarks,
            ),
        )
        self._texts.add(slug, paper.text)
        source = self._targets.confirmed(source)
        remarks = (*source.remarks, *tell_refused(sifted.refused))
        return Draft(slug, write_source(source), paper.text, len(source.proposals), remarks)

    @cached_property
    def _targets(self) -> StatedTargets:
        return StatedTargets(self._index)

    def _free(self, slug: str, sha256: str) -> str:
        """Return a slug with a number behind it, where a source of another text, a thing or a draft has it."""
        free, number = slug, self._numbers.get(slug, 1)
        while (
            free in self._numbers
            or (ID + free in self._index and free not in self._sources.get(sha256, ()))
            or self._lies_there(free, sha256)
        ):
            number += 1
            free = f"{slug}-{number}"
        self._numbers[slug] = number
        self._numbers.setdefault(free, 1)
        return free

    def _lies_there(self, slug: str, sha256: str) -> bool:
        """Whether a source of another text lies where the draft is to lie."""
        if self._beside is None:
            return False
        path = self._beside / f"{slug}.yaml"
        return path.exists() and _text_digest(path) != sha256

    def _same(self, paper: Paper, slug: str) -> Iterator[str]:
        """Tell of a source that is the same article, as far as anybody can know."""
        same = sorted(self._sources.get(digest(paper.text), ()))
        if slug in same:
            yield f"The graph has {slug} of this text already: this is it, drafted anew."
        elif same:
            yield f"This is the same text as {same[0]}."
        # The user's copy may be that of the same draft, made anew.
        elif (alike := self._texts.find(paper.text)) and alike[0] != slug:
            name, quite = alike
            yield f"This is {'' if quite else 'nearly '}the same text as {name}."
        known = self._addresses.get(paper.url) if paper.url else None
        if known and known != slug:
            yield f"{known} has the same address."

    def _unclear(self, text: str) -> Iterator[str]:
        """Tell of names that several things bear."""
        told: dict[str, tuple[str, ...]] = {}
        for one in self._known.find(text).ambiguous:
            told.setdefault(text[one.start : one.end], one.things)
        for name, things in told.items():
            yield f"{' '.join(name.split())!r} may be {' or '.join(things)}: nothing says which."


def has_statements(path: Path) -> bool:
    """Tell whether a source says something already, as one does of which proposals were accepted.

    What cannot be read as a source says nothing that anybody could have accepted.
    """
    top = _top_of(path)
    return top is not None and top.entry("statements") is not None


def _text_digest(path: Path) -> str | None:
    """Return the digest of the text that a source is of; None where it tells of none, or cannot be read."""
    top = _top_of(path)  # None of what cannot be read: whatever it is, it is not to be written over
    text = top.entry("text") if top else None
    return text.value.text("sha256") if text and isinstance(text.value, WrittenMapping) else None


def _top_of(path: Path) -> WrittenMapping | None:
    """Return what stands in a file, or None where it cannot be read as a source."""
    try:
        return read_written(read_yaml(read_bytes(path), path)).top
    except SourceError:
        return None


def _party(
    parties: Parties, name: str | None
) -> tuple[str | None, Mapping[str, str | list[str]] | None]:
    return parties.find(name) if name and name.strip() else (None, None)


def _lacking(paper: Paper) -> Iterator[str]:
    """Tell what a source needs and nobody has said, and what was only guessed."""
    if not paper.title:
        yield "Nothing says how this is called: the title is the beginning of its text."
    if not paper.publisher:
        yield "Nothing says who published this: name the publisher."
    if not paper.published:
        yield "Nothing says on which day this was published: give the day."
    elif "inferred" in paper.published_precision:
        yield f"The day of publication, {paper.published}, is only guessed: look at the page."


def _beginning(text: str) -> str:
    """Return what stands for a title where there is none."""
    first = " ".join(text.strip().partition("\n")[0].split())
    return abridge(first.removesuffix("."), _LONGEST_TITLE)
