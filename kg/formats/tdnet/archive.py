"""A filing in the archive (zip) in which the exchange hands it out, with the accounts and what belongs to them.

The filing is the document of the exchange's own taxonomy: the summary, in the folder `Summary`, or the notice.
It is the same filing as the document alone, and its evidence is that: its digest, and the elements in it.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from kg.base import SourceError, counted
from kg.formats.archives import open_zip
from kg.formats.inline import INLINE, MAX_BYTES
from kg.formats.opening import HEAD, Opening
from kg.formats.tdnet.filing import TAXONOMY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zipfile import ZipFile

_BEGINS: Final = b"PK\x03\x04"
_DOCUMENT: Final = (".htm", ".html", ".xhtml")
_SUMMARY: Final = "summary"  # a folder
_CALLED: Final = "-ixbrl.htm"

MOST: Final = 100
"""How many documents an archive may have; those of the exchange have some ten."""


def is_document(opening: Opening) -> bool:
    """Tell whether a file is inline XBRL of the exchange's taxonomy."""
    top = opening.xml
    return (
        top is not None
        and any(space.startswith(TAXONOMY) for space in top.namespaces)
        and not top.namespaces.isdisjoint(INLINE)
    )


def is_archive(opening: Opening) -> bool:
    """Tell whether a file is an archive in which such a document lies."""
    documents = _named(opening.members)
    if not 0 < len(documents) <= MOST:
        return False
    try:
        with open_zip(opening.path) as archive:
            return bool(_filings(archive))
    except (SourceError, OSError, RuntimeError):
        # The exchange calls its documents so: then what is wrong is told, and the archive not passed over.
        return any(name.lower().endswith(_CALLED) for name in documents)


@contextmanager
def document_of(path: Path) -> Iterator[Path]:
    """Lend the document of a filing: the file itself or, of an archive, what lies in it, unpacked meanwhile.

    What is wrong with that is told of the archive.

    Raises:
        SourceError: the archive is damaged or beyond the bounds, or holds no filing or several.
    """
    if not _is_packed(path):
        yield path
        return
    with open_zip(path) as archive:
        found = _filings(archive)
        if len(found) != 1:
            raise SourceError(
                path,
                f"holds {counted(len(found), 'filing')}; unpack it, and name those that are meant",
            )
        (name,) = found
        if archive.getinfo(name).file_size > MAX_BYTES:
            raise SourceError(path, f"holds a filing of more than {MAX_BYTES >> 20} MiB")
        data = archive.read(name)
    with TemporaryDirectory() as folder:
        document = Path(folder) / "filing.htm"
        document.write_bytes(data)
        try:
            yield document
        except SourceError as error:
            # Where the document lay meanwhile tells nobody anything.
            raise SourceError(path, f"holds {name}, which {error.problem}") from None


def _is_packed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except OSError:
        return False  # reading it tells why


def _named(members: Iterable[str]) -> list[str]:
    return sorted(name for name in members if name.lower().endswith(_DOCUMENT))


def _filings(archive: ZipFile) -> list[str]:
    """Return the documents of the exchange's taxonomy; of several those that lie where summaries do."""
    found = []
    for name in _named(archive.namelist())[:MOST]:
        with archive.open(name) as member:
            if is_document(Opening(Path(name), member.read(HEAD))):
                found.append(name)
    summaries = [name for name in found if _SUMMARY in name.lower().split("/")[:-1]]
    return summaries or found
