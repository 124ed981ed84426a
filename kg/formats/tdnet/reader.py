"""Filings of the Tokyo Stock Exchange (TDnet): forecasts, their revisions, and results, as statements.

They are read in the order of the days on which they were filed, so that a revision updates the
forecast of an earlier filing. What a filing recalls as its forecast before is no statement of its
day: it is the one that an earlier filing made, or was said on the day that this one tells.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.batch import Batch
from kg.formats.bounds import iterate_xml
from kg.formats.format import PublishedFormat
from kg.formats.inline import INLINE, MAX_BYTES, read_inline
from kg.formats.tdnet.archive import document_of, is_archive, is_document
from kg.formats.tdnet.filing import day_of_filing, read_filing
from kg.formats.tdnet.memory import FilingMemory
from kg.formats.tdnet.statements import FilingWriter
from kg.sources import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.opening import Opening
    from kg.formats.tdnet.filing import TdnetFiling

EXCHANGE: Final[Node] = {
    "id": "tokyo-stock-exchange",
    "type": "Organization",
    "label": "Tokyo Stock Exchange",
    "rdfs:label": {"@value": "東京証券取引所", "@language": "ja"},
}
"""Who publishes what companies file: they speak, and the exchange puts it on TDnet."""

ACCOUNTS: Final = {
    "consolidated-accounts": "consolidated accounts",
    "non-consolidated-accounts": "non-consolidated accounts",
}
"""What a number counts among: the accounts of the group, or of the company alone."""


def read_tdnet(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Read filings, in the order of their days.

    Yields:
        One batch a filing; or the error of a file that is none.
    """
    memory = FilingMemory()
    orders = {path: _order(path) for path in paths}
    for path in sorted(paths, key=orders.__getitem__):
        *_, digest = orders[path]
        # A copy of a file says nothing more.
        if digest and not memory.is_new(digest):
            continue
        try:
            with document_of(path) as document:
                batch = _batch(read_filing(read_inline(document), document), digest, memory)
        except SourceError as error:
            yield error
        else:
            yield batch


def _order(path: Path) -> tuple[date, bool, bool, str]:
    """Return by what files are ordered: the day of a filing, what it is, which stand near its beginning, and the digest.

    So it matters neither how they are called nor whether they are packed. What cannot be read comes last; it is
    told when it is read as a whole.
    """
    names = [f"{{{space}}}nonNumeric" for space in INLINE]
    digest = ""
    try:
        with document_of(path) as document:
            with opened(document, limit=MAX_BYTES) as file:
                digest = hashlib.sha256(file.read()).hexdigest()
            day = day_of_filing(
                (each.get("name", "").rpartition(":")[2], "".join(each.itertext()))
                for each in iterate_xml(document, *names, limit=MAX_BYTES)
            )
    except SourceError:
        day = None
    return (*(day or (date.max, True, True)), digest)


def _batch(filing: TdnetFiling, digest: str, memory: FilingMemory) -> Batch:
    writer = FilingWriter(
        filing, f"tdnet-{filing.code.lower()}-{filing.filed}-{digest[:8]}", memory
    )
    statements = tuple(writer.statements())
    source: Node = {
        "id": writer.source,
        "type": "Filing",
        "title": filing.title or f"Filing of {filing.code} of {filing.filed}",
        "publisher": EXCHANGE["id"],
        "author": writer.company,
        "published": str(filing.filed),
        "language": "ja",
        "sha256": digest,
    }
    scopes = dict.fromkeys(one["among"] for one in statements if "among" in one)
    things = [EXCHANGE, _company(filing, writer.company, memory)]
    things += [{"id": scope, "type": "Category", "label": ACCOUNTS[scope]} for scope in scopes]
    return Batch(source, tuple(things), statements, (), filing.left_out + writer.left_out)


def _company(filing: TdnetFiling, company: str, memory: FilingMemory) -> Node:
    node: Node = {
        "id": company,
        "type": "Company",
        # A filing in Japanese has no English name; the code is what it is known by abroad.
        "label": f"XTKS:{filing.code}",
        "ticker": f"XTKS:{filing.code}",
    }
    name = memory.name_of(filing.code, filing.name)
    if name:
        node["rdfs:label"] = {"@value": name, "@language": "ja"}
    if filing.name and filing.name != name:
        node["skos:altLabel"] = {"@value": filing.name, "@language": "ja"}
    return node


def _recognises(opening: Opening) -> bool:
    return is_document(opening) or is_archive(opening)


FORMAT: Final = PublishedFormat(
    "tdnet",
    "Tokyo Stock Exchange (TDnet): forecasts, revisions, dividends and results, as companies and investment corporations file them",
    "inline XBRL of the taxonomies tse-ed-t and tse-re-t (.htm), alone or in a zip: notices of revisions, and summaries of results",
    _recognises,
    read_tdnet,
    "formats",
)
"""Filings with the Tokyo Stock Exchange."""
