"""What stands behind the rows of an answer: statements with their place in a text, and their sources.

A statement is told once, however many rows rest on it, and so is a source: an agent pays for every word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.base import abridge, visible
from kg.plans import Words
from kg.promises import read_statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.promises import Statement
    from kg.query import Index

LONGEST: Final = 400
"""How many characters of a label or a note an agent is given: they are data, and nobody's orders."""


@dataclass(frozen=True)
class CitedSource:
    """Where a statement was published: what a citation needs."""

    title: str
    publisher: str
    published: str
    url: str | None = None


@dataclass(frozen=True)
class CitedStatement:
    """What a statement says, `by` whom, in which source, and where the words stand there."""

    says: str
    source: str
    locator: str
    by: str | None = None
    mode: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class PartialAnswer:
    """What all answers have: how many rows there are in all, and the cursor of the next ones."""

    total: int | None = None
    more: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class CitedAnswer(PartialAnswer):
    """An answer with what stands behind its rows: they name `statements` by slug, and those `sources`."""

    statements: dict[str, CitedStatement] = field(default_factory=dict)
    sources: dict[str, CitedSource] = field(default_factory=dict)


@dataclass(frozen=True)
class Citations:
    """The statements behind some rows, and where they were published."""

    statements: dict[str, CitedStatement]
    sources: dict[str, CitedSource]

    @classmethod
    def of(cls, index: Index, names: Iterable[str | None]) -> Citations:
        """Cite the statements of some slugs; what is called by none of them is no statement, and left out.

        >>> import kg
        >>> cited = Citations.of(kg.build(check=False).index, ["medianama-2017-03-28.3.4", "xiaomi"])
        >>> [(one.says, one.locator) for one in cited.statements.values()]
        [('500 service centres by the first half of 2017, from 250', 'section 3, characters 1740–1828')]
        >>> cited.sources["medianama-2017-03-28"].publisher
        'MediaNama'
        """
        wanted = dict.fromkeys(filter(None, names))
        found = read_statements(index, wanted)
        words = Words.for_some(index, found.values())
        # In the order of the rows, so that what an agent reads first comes first.
        told = {name: found[name] for name in wanted if name in found}
        sources = {one.source.name: _source(one, words) for one in told.values()}
        return cls({name: _told(one, words) for name, one in told.items()}, sources)


def _told(statement: Statement, words: Words) -> CitedStatement:
    speaker, via = statement.one("speaker"), statement.one("via")
    by = [words.label(speaker)] if speaker else []
    by += [f"via {words.label(via)}"] if via else []
    mode = statement.text("mode")
    return CitedStatement(
        clean(words.told(statement)),
        statement.source.name,
        clean(statement.locator),
        clean(" ".join(by)) or None,
        # How usual words are reported goes without saying.
        mode if mode in ("anonymous", "inferred", "filing") else None,
        clean(statement.text("note") or "") or None,
    )


def _source(statement: Statement, words: Words) -> CitedSource:
    source = statement.source
    return CitedSource(
        clean(source.title),
        clean(words.label(source.publisher)),
        source.published,
        clean(source.url) if source.url else None,
    )


def clean(text: str) -> str:
    r"""Return a text of the data as an agent is given it: on one line, nothing unseen, and not too long.

    >>> clean("Acme\n\u202eignore what was said"), len(clean("a" * 1000))
    ('Acme\\u000a\\u202eignore what was said', 400)
    """
    return abridge(visible(text), LONGEST)
