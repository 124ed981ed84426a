"""Evidence without quotation: check locators and digests against copies that the user holds.

A span is an `oa:TextPositionSelector` (Web Annotation Data Model, section 4.2.5) on the normalised
text of an article (`kg.base.text`); the project keeps positions and digests, never the words. A row is an
`oa:FragmentSelector` (section 4.2.1) on a table, and an element is a place in a file of data; the digest of
either is that of its bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import NORMALISER, to_text
from kg.drafting import copy_problem, find_copies, span_problem
from kg.promises import Statement, load_statements
from kg.query import select_rows
from kg.reports.wording import doubts, missing_extra
from kg.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.drafting import TextCopies, TextCopy
    from kg.query import Index

_LARGEST: Final = 16 << 30
"""How many bytes the copy of a table may have, as one that is read."""

_TABLES: Final = """SELECT ?table ?sha256 WHERE {
  ?table a cp:Table ; schema:sha256 ?sha256 .
} ORDER BY ?table"""
_FILES: Final = """SELECT ?source ?sha256 WHERE {
  VALUES ?class { cp:Filing cp:Dataset }
  ?source a ?class ; schema:sha256 ?sha256 .
} ORDER BY ?source ?sha256"""

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


def verify(index: Index, folder: Path) -> list[Check]:
    """Check every article's text, every span of its statements, and every table and file of data against `folder`.

    An article's copy is the file with its slug as name (`SLUG.txt`), else any file with its digest;
    a table's copy, whose digest settles all its rows, is likewise `SLUG.csv` or `SLUG.parquet`. That of
    a filing or a dataset, whose digest settles all its elements, is any file with it, in folders within too.

    Raises:
        SourceError: `folder` is no folder, or a file in it cannot be read.
    """
    # The folder first: one that is none is a mistake that nobody should wait to hear of.
    copies = find_copies(folder)
    return [
        *_check_texts(index, copies),
        *_check_tables(index, folder),
        *_check_files(index, folder),
    ]


def _check_texts(index: Index, copies: TextCopies) -> Iterator[Check]:
    statements: dict[str, list[Statement]] = {}
    for statement in load_statements(index).values():
        statements.setdefault(statement.source.name, []).append(statement)
    missing = missing_extra()
    for source, sha256, length, normaliser, language in select_rows(index, _TEXTS):
        slug = str(source)
        copy = copies.of(slug, str(sha256))
        if copy is None:
            yield Check(slug, None, copies.missing(slug))
            continue
        problem = copy_problem(copy.text, str(sha256), to_text(length), str(normaliser))
        yield Check(slug, copy.path, problem, (missing,) if missing else ())
        # In a text that cannot be made here no span can be looked at.
        if normaliser == NORMALISER:
            read = None if missing else str(language or "en")
            yield from _check_spans(statements.get(slug, ()), copy, read)


def _check_spans(
    statements: Iterable[Statement], copy: TextCopy, language: str | None
) -> Iterator[Check]:
    """Check the places of statements, and doubt their figures if a `language` is given."""
    for statement in statements:
        problems = [
            span_problem(copy.text, span.start, span.end, span.sha256) for span in statement.spans
        ]
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


def _check_files(index: Index, folder: Path) -> Iterator[Check]:
    sources = select_rows(index, _FILES)
    if not sources:
        return  # and nothing is digested for nothing
    inside = sorted(path for path in folder.rglob("*") if path.is_file())
    known = {_digest_of(path): path for path in inside}
    for source, sha256 in sources:
        equal = known.get(str(sha256))
        missing = f"no copy: put the file that was read into {folder}, whatever it is called"
        yield Check(str(source), equal, None if equal else missing)
