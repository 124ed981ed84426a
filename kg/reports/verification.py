"""Evidence without quotation: check locators and digests against copies that the user holds.

A span is an `oa:TextPositionSelector` (Web Annotation Data Model, section 4.2.5) on the normalised
text of an article; the project keeps positions and digests, never the words. The normaliser
`nfc-lf-1` decodes UTF-8, makes every line end LF and every character NFC. A row is an
`oa:FragmentSelector` (section 4.2.1) on a table, whose digest is that of its bytes.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import Cell, SourceError, to_text
from kg.plans import Span, Statement, load_statements
from kg.query import select_rows

if TYPE_CHECKING:
    from pathlib import Path

    from kg.query import Index

NORMALISER: Final = "nfc-lf-1"

_TABLES: Final = """SELECT ?table ?sha256 WHERE {
  ?table a cp:Table ; schema:sha256 ?sha256 .
} ORDER BY ?table"""

_TEXTS: Final = """SELECT ?source ?sha256 ?length ?normaliser WHERE {
  ?source cp:text ?text .
  ?text schema:sha256 ?sha256 ; cp:length ?length ; cp:normaliser ?normaliser .
} ORDER BY ?source"""


@dataclass(frozen=True)
class Check:
    """What became of one check.

    `what` is the slug of an article or a statement, `file` the copy that it was held against (None
    where there is none), `problem` what is wrong, or None where all is well.
    """

    what: str
    file: Path | None
    problem: str | None


class _Copy(NamedTuple):
    path: Path
    text: str


def normalise(data: bytes) -> str:
    r"""Return the text that offsets count in.

    >>> normalise(b"a\r\nb")
    'a\nb'

    Raises:
        UnicodeDecodeError: `data` is not UTF-8.
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def verify(index: Index, folder: Path) -> list[Check]:
    """Check every article's text, every span of its statements and every table against `folder`.

    An article's copy is the file with its slug as name (`SLUG.txt`), else any file with its digest;
    a table's copy, whose digest settles all its rows, is likewise `SLUG.csv` or `SLUG.parquet`.

    Raises:
        SourceError: `folder` is no folder, or a file in it cannot be read.
    """
    copies = _copies(folder)
    by_digest = {digest(copy.text): copy for copy in copies.values()}
    said: dict[object, list[Statement]] = {}
    for statement in load_statements(index).values():
        said.setdefault(statement.source.name, []).append(statement)
    checks: list[Check] = []
    for source, sha256, length, normaliser in select_rows(index, _TEXTS):
        copy = copies.get(str(source)) or by_digest.get(str(sha256))
        problem: str | None
        if copy is None:
            problem = f"no copy: put its text, unaltered, into {folder} as {source}.txt"
        elif normaliser != NORMALISER:
            problem = f"its text was normalised by {normaliser}, which is not known here"
        else:
            problem = _whole(copy.text, str(sha256), length)
        checks.append(Check(str(source), copy and copy.path, problem))
        if copy is None or normaliser != NORMALISER:
            continue
        checks += [
            Check(statement.name, copy.path, _span(copy.text, span))
            for statement in said.get(source, ())
            for span in statement.spans
        ]
    tables = _digests(folder)
    checks += [
        _table(folder, tables, str(table), str(sha256))
        for table, sha256 in select_rows(index, _TABLES)
    ]
    return checks


def _digests(folder: Path) -> dict[Path, str]:
    """Return the digests of the tables in a folder."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in {".csv", ".parquet"}]
    try:
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    except OSError as error:
        raise SourceError(error.filename, f"cannot be read: {error.strerror}") from None


def _table(folder: Path, digests: dict[Path, str], slug: str, sha256: str) -> Check:
    if same := [path for path, found in digests.items() if found == sha256]:
        return Check(slug, same[0], None)
    if named := [path for path in digests if path.stem == slug]:
        return Check(slug, named[0], "the copy has other rows than the table that was read")
    return Check(slug, None, f"no copy: put the table into {folder} as {slug}.csv")


def _copies(folder: Path) -> dict[str, _Copy]:
    copies: dict[str, _Copy] = {}
    path = folder
    try:
        if not folder.is_dir():
            raise SourceError(folder, "is no folder; give the one that holds the texts")
        for path in sorted(folder.glob("*.txt")):
            copies[path.stem] = _Copy(path, normalise(path.read_bytes()))
    except UnicodeDecodeError:
        raise SourceError(path, "is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}") from None
    return copies


def _whole(text: str, sha256: str, length: Cell) -> str | None:
    if digest(text) == sha256:
        return None
    if len(text) != length:
        return f"the copy has {len(text):,} characters, the text that was read {to_text(length)}"
    return "the copy has other words than the text that was read"


def _span(text: str, span: Span) -> str | None:
    if span.end > len(text):
        return f"the span {span.start}–{span.end} ends after the copy's {len(text):,} characters"
    if span.sha256 and digest(text[span.start : span.end]) != span.sha256:
        return f"other words stand at {span.start}–{span.end} in the copy"
    return None
