"""A source as YAML, with proposals that wait for a person: the same source gives the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.base import NORMALISER, digest, visible
from kg.drafting.files.form import format_with, format_written
from kg.drafting.files.written import (
    WrittenEntry,
    WrittenList,
    WrittenMapping,
    WrittenSource,
    written_value,
)
from kg.drafting.papers.sections import find_sections, section_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.drafting.papers.documents import Paper
    from kg.drafting.papers.sections import TextSection
    from kg.drafting.proposals import Proposal

_Value: TypeAlias = "str | list[str] | Mapping[str, str] | Sequence[Mapping[str, str]]"

_NUMBER: Final = re.compile(r"^[\d.)\s]+")
_STOPS: Final = (".", "!", "?", '"', "\u201d", "\u3002")
_LONGEST_HEADING: Final = 80


@dataclass(frozen=True, slots=True)
class DraftedSource:
    """All that stands in a drafted source.

    `publisher` and `author` are slugs, `things` what is proposed beside the `proposals` and not known
    yet, and `remarks` what a person should know of it, one sentence each.
    """

    name: str
    paper: Paper
    publisher: str | None = None
    author: str | None = None
    things: tuple[Mapping[str, str | list[str]], ...] = ()
    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[str, ...] = field(default=())


def write_source(source: DraftedSource, *, accepted: bool = False) -> bytes:
    """Return a source in YAML; were all `accepted`, what it would say.

    >>> from kg.drafting.papers.documents import Paper
    >>> from kg.drafting.proposals import Proposal
    >>> paper = Paper("Acme will open 20 shops.", title="Acme: more shops")
    >>> twenty = Proposal({"type": "Target", "about": "acme-shops", "value": "20"}, ((0, 23),))
    >>> lines = write_source(DraftedSource("a-2020", paper, proposals=(twenty,))).decode().splitlines()
    >>> lines[2], lines[9], lines[12:14]
    ('title: "Acme: more shops"', 'proposed:', ['  - id: a-2020.1.1', '    type: Target'])
    >>> lines[-1].strip()
    'words: "Acme will open 20 shops"'
    """
    top = _entries(_head(source))
    top[0].comments += [f"# {_line(remark)}" for remark in source.remarks]
    waiting = [*_things(source), *_statements(source, accepted=accepted)]
    if waiting:
        key = "statements" if accepted else "proposed"
        items = [
            WrittenEntry(
                None,
                WrittenMapping(_entries(entry)),
                comments=[f"# {heading}", ""] if heading else [],
            )
            for heading, entry in waiting
        ]
        top.append(WrittenEntry(key, WrittenList(items)))
    return format_written(WrittenSource(WrittenMapping(top))).encode()


def write_proposed(
    source: Mapping[str, Any], proposed: Iterable[Mapping[str, Any]]
) -> Iterator[bytes]:
    """Yield a source in YAML, line by line: all that is said of it stands, and what is proposed waits.

    Args:
        source: what describes it by the keys of the context, but for its statements.
        proposed: statements and things, one at least, each with an id and who proposes it (`by`).

    >>> lines = write_proposed({"id": "a", "type": "Dataset"}, [{"id": "a.1", "by": "grammar"}])
    >>> print(b"".join(lines).decode(), end="")
    id: a
    type: Dataset
    <BLANKLINE>
    proposed:
      - id: a.1
        by: grammar
    """
    items = (WrittenEntry(None, written_value(one)) for one in proposed)
    for line in format_with(WrittenMapping(_entries(source)), "proposed", items):
        yield f"{line}\n".encode()


def _entries(mapping: Mapping[str, _Value]) -> list[WrittenEntry]:
    return [WrittenEntry(key, written_value(value)) for key, value in mapping.items()]


def _head(source: DraftedSource) -> dict[str, _Value]:
    paper = source.paper
    said: dict[str, _Value | None] = {
        "id": source.name,
        "type": "Article",
        "title": paper.title,
        "url": paper.url,
        "publisher": source.publisher,
        "author": source.author,
        "published": paper.published.isoformat() if paper.published else None,
        "published_precision": _one_or_more(paper.published_precision),
        "language": paper.language,
        "text": {
            "sha256": digest(paper.text),
            "length": str(len(paper.text)),
            "normaliser": NORMALISER,
        },
    }
    return {key: value for key, value in said.items() if value}


def _one_or_more(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


_Entry: TypeAlias = "tuple[str, dict[str, _Value]]"


def _things(source: DraftedSource) -> Iterator[_Entry]:
    """Yield what is new, each thing once, with a heading above the first."""
    new: dict[str, Mapping[str, str | list[str]]] = {}
    for thing in (*source.things, *(thing for one in source.proposals for thing in one.things)):
        new.setdefault(str(thing["id"]), thing)
    heading = "Things that the graph does not know"
    for thing in new.values():
        yield heading, dict(thing)
        heading = ""


def named_proposals(source: DraftedSource) -> list[tuple[str, Proposal]]:
    """Return the proposals in the order of the text, each with its id: `SOURCE.SECTION.NUMBER`."""
    sections = find_sections(source.paper.text)
    numbers: dict[str, int] = {}
    named = []
    for one in sorted(source.proposals, key=_place):
        section = section_at(sections, one.spans[0][0] if one.spans else 0)
        numbers[section] = numbers.get(section, 0) + 1
        named.append((f"{source.name}.{section}.{numbers[section]}", one))
    return named


def _statements(source: DraftedSource, *, accepted: bool) -> Iterator[_Entry]:
    """Yield what is proposed, with a heading above the first of each section."""
    text = source.paper.text
    sections = find_sections(text)
    by_name = {section.name: section for section in sections}
    for name, one in named_proposals(source):
        entry: dict[str, _Value] = {"id": name, **one.keys}
        if not accepted:
            entry["by"] = one.by
        places = [_evidence(text, sections, *span, accepted=accepted) for span in one.spans]
        if places:
            evidence: _Value = places if len(places) > 1 else places[0]
            entry["evidence"] = evidence
        section, _, number = name.removeprefix(f"{source.name}.").rpartition(".")
        yield _heading(text, by_name[section]) if number == "1" else "", entry


def _place(proposal: Proposal) -> tuple[object, ...]:
    return proposal.spans, sorted((key, str(value)) for key, value in proposal.keys.items())


def _heading(text: str, section: TextSection) -> str:
    """Return the line above a section: its name, and its heading where it has one."""
    first, _, more = text[section.start : section.end].strip().partition("\n")
    called = _NUMBER.sub("", first)
    is_heading = more and len(called) <= _LONGEST_HEADING and not called.endswith(_STOPS)
    return f"{section.name}  {_line(called)}" if is_heading else section.name


def _evidence(
    text: str, sections: Sequence[TextSection], start: int, end: int, *, accepted: bool
) -> dict[str, str]:
    words = text[start:end]
    place = {
        "section": section_at(sections, start),
        "start": str(start),
        "end": str(end),
        "sha256": digest(words),
    }
    return place if accepted else {**place, "words": words}


def _line(text: str) -> str:
    """Return a text as one line of a comment."""
    return visible(" ".join(text.split()))
