"""A report package: a zip in which a company publishes its inline XBRL document with what belongs to it.

Its document lies in a folder `reports` (https://www.xbrl.org/Specification/report-package/REC-2023-10-04/).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.archives import open_zip
from kg.formats.inline import MAX_BYTES
from kg.formats.opening import HEAD, Opening
from kg.formats.vsme.inline import is_inline, read_report
from kg.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.formats.vsme.report import SustainabilityReport

_DOCUMENT: Final = (".htm", ".html", ".xhtm", ".xhtml")


def is_package(opening: Opening) -> bool:
    """Tell whether a file is a report package whose document is a sustainability report."""
    names = _documents(opening.members)
    if not names:
        return False
    try:
        with open_zip(opening.path) as archive, archive.open(names[0]) as member:
            return is_inline(Opening(opening.path, member.read(HEAD)))
    except (SourceError, OSError, RuntimeError):
        return False


def read_package(path: Path) -> SustainabilityReport:
    """Return what the document of a package reports.

    Raises:
        SourceError: it holds no document or several, or one that cannot be read.
        UsageError: lxml is not installed.
    """
    with open_zip(path) as archive:
        names = _documents(archive.namelist())
        if len(names) != 1:
            raise SourceError(
                path, f"holds {len(names)} reports; unpack it, and name those that are meant"
            )
        if archive.getinfo(names[0]).file_size > MAX_BYTES:
            raise SourceError(path, f"holds a report of more than {MAX_BYTES >> 20} MiB")
        data = archive.read(names[0])
    with TemporaryDirectory() as folder:
        document = Path(folder) / "report.xhtml"
        document.write_bytes(data)
        try:
            report = read_report(document)
        except SourceError as error:
            # Where the document lay meanwhile tells nobody anything.
            raise SourceError(path, f"holds {names[0]}, which {error.problem}") from None
    figures = (replace(one, place=f"{names[0]}{one.place}") for one in report.figures)
    digest = hashlib.sha256(read_bytes(path)).hexdigest()
    return replace(report, path=path, sha256=digest, figures=tuple(figures))


def _documents(members: Iterable[str]) -> list[str]:
    return sorted(filter(_is_document, members))


def _is_document(name: str) -> bool:
    """Tell whether a member is a document of the folder `reports`, at the top or in the one folder there."""
    parts = name.lower().split("/")
    return parts[-2:-1] == ["reports"] and len(parts) in (2, 3) and parts[-1].endswith(_DOCUMENT)
