"""Evidence without quotation: check locators and digests against copies that the user holds.

A span is an `oa:TextPositionSelector` (Web Annotation Data Model, section 4.2.5) on the normalised
text of an article (`kg.base.text`); the project keeps positions and digests, never the words. A row is an
`oa:FragmentSelector` (section 4.2.1) on a table, whose digest is that of its bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import NORMALISER, Cell, SourceError, digest, normalise, to_text
from kg.promises import Span, Statement, load_statements
from kg.query import select_rows
from kg.reports.wording import doubts, missing_extra
from kg.sources import opened, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.query import Index

_LARGEST: Final = 16 << 30
"""How many bytes the copy of a table may have, as one that is read."""

_TABLES: Final = """SELECT ?table ?sha256 WHERE {
  ?table a cp:Table ; schema:sha256 ?sha256 .
} ORDER BY ?table"""

_TEXTS: Final = """SELECT ?source ?sha256 ?length ?normaliser ?language WHERE {
  ?source cp:text ?text .
  ?text schema:sha256 ?sha256 ; cp:length ?length ; cp:normaliser ?normaliser .
  OPTIONAL { ?source schema:inLanguage ?language }
} ORDER BY ?source"""


@dataclass(frozen=True)
class Check:
    """What became of one check.

    `what` is the slug of an article or a statement, `file` the copy that it was held against (None
    where there is none), `problem` what is wrong, or None where all is well. `doubts` are what of a
    statement does not stand in the words of its places, which fails nothing: see `kg.reports.wording`.
    """

    what: str
    file: Path | None
    problem: str | None
    doubts: tuple[str, ...] = ()


class _Copy(NamedTuple):
    path: Path
    text: str


def verify(index: Index, folder: Path) -> list[Check]:
    """Check every article's text, every span of its statements and every table against `folder`.

    An article's copy is the file with its slug as name (`SLUG.txt`), else any file with its digest;
    a table's copy, whose digest settles all its rows, is likewise `SLUG.csv` or `SLUG.parquet`.

    Raises:
        SourceError: `folder` is no folder, or a file in it cannot be read.
    """
    # The folder first: one that is none is a mistake that nobody should wait to hear of.
    copies = _copies(folder)
    return [*_check_texts(index, folder, copies), *_check_tables(index, folder)]


def _check_texts(index: Index, folder: Path, copies: Mapping[str, _Copy]) -> Iterator[Check]:
    by_digest = {digest(copy.text): copy for copy in copies.values()}
    statements: dict[str, list[Statement]] = {}
    for statement in load_statements(index).values():
        statements.setdefault(statement.source.name, []).append(statement)
    missing = missing_extra()
    for source, sha256, length, normaliser, language in select_rows(index, _TEXTS):
        slug = str(source)
        copy = copies.get(slug) or by_digest.get(str(sha256))
        if copy is None:
            problem = f"no copy: put its text, unaltered, into {folder} as {slug}.txt"
            yield Check(slug, None, problem)
        elif normaliser != NORMALISER:
            # Offsets count in a text that cannot be made here, so its spans are not looked at.
            problem = f"its text was normalised by {normaliser}, which is not known here"
            yield Check(slug, copy.path, problem)
        else:
            problems = _text_problem(copy.text, str(sha256), length)
            yield Check(slug, copy.path, problems, (missing,) if missing else ())
            read = None if missing else str(language or "en")
            yield from _check_spans(statements.get(slug, ()), copy, read)


def _check_spans(
    statements: Iterable[Statement], copy: _Copy, language: str | None
) -> Iterator[Check]:
    """Check the places of statements, and doubt their figures if a `language` is given."""
    for statement in statements:
        problems = [_span_problem(copy.text, span) for span in statement.spans]
        told: tuple[str, ...] = ()
        if language and problems and not any(problems):
            # A blank line parts what stands in two places.
            words = "\n\n".join(copy.text[span.start : span.end] for span in statement.spans)
            told = tuple(doubts(statement, words, language))
        for at, problem in enumerate(problems):
            yield Check(statement.name, copy.path, problem, () if at else told)


def _check_tables(index: Index, folder: Path) -> Iterator[Check]:
    digests = _digests(folder)
    for table, sha256 in select_rows(index, _TABLES):
        yield _check_table(folder, digests, str(table), str(sha256))


def _digests(folder: Path) -> dict[Path, str]:
    """Return the digests of the tables in a folder."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in {".csv", ".parquet"}]
    return {path: _digest_of(path) for path in paths}


def _digest_of(path: Path) -> str:
    sha = hashlib.sha256()
    with opened(path, limit=_LARGEST) as file:
        while piece := file.read(1 << 20):
            sha.update(piece)
    return sha.hexdigest()


def _check_table(folder: Path, digests: Mapping[Path, str], slug: str, sha256: str) -> Check:
    equal = next((path for path, known in digests.items() if known == sha256), None)
    if equal:
        return Check(slug, equal, None)
    named = next((path for path in digests if path.stem == slug), None)
    if named:
        return Check(slug, named, "the copy has other rows than the table that was read")
    return Check(slug, None, f"no copy: put the table into {folder} as {slug}.csv")


def _copies(folder: Path) -> dict[str, _Copy]:
    try:
        if not folder.is_dir():
            raise SourceError(folder, "is no folder; give the one that holds the texts")
        paths = sorted(folder.glob("*.txt"))
    except OSError as error:
        raise SourceError(folder, f"cannot be read: {error.strerror}") from None
    return {path.stem: _Copy(path, _text_of(path)) for path in paths}


def _text_of(path: Path) -> str:
    try:
        return normalise(read_bytes(path))
    except UnicodeDecodeError:
        raise SourceError(path, "is not UTF-8; save it as UTF-8") from None


def _text_problem(text: str, sha256: str, length: Cell) -> str | None:
    if digest(text) == sha256:
        return None
    # The length is told where it differs: it shows whether something was cut off or added.
    if len(text) != length:
        return f"the copy has {len(text):,} characters, the text that was read {to_text(length)}"
    return "the copy has other words than the text that was read"


def _span_problem(text: str, span: Span) -> str | None:
    if span.end > len(text):
        return f"the span {span.start}–{span.end} ends after the copy's {len(text):,} characters"
    # Without a digest only the place can be checked.
    if span.sha256 and digest(text[span.start : span.end]) != span.sha256:
        return f"other words stand at {span.start}–{span.end} in the copy"
    return None
