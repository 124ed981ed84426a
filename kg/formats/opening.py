"""The beginning of a file, by which a format knows its own: what it is, and not what it is called."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
import xml.parsers.expat
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kg.base import SourceError, UsageError
from kg.formats.archives import BROKEN_ZIP, MAX_ARCHIVE, archive_in
from kg.formats.workbooks import open_workbook
from kg.sources import opened
from kg.tables import utf_16_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HEAD: Final = 64 << 10
"""How many bytes of a file its format is known by."""

MAX_BYTES: Final = 16 << 30
"""How large a file of any format may be; most formats allow much less."""

MOST_ROWS: Final = 5
"""How many rows of a table its format is known by."""

_PIECE: Final = 1 << 20
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}:,]|[^\s"\[\]{}:,]++', re.DOTALL)
_DEEP: Final = 3  # steps of a pointer
_SEPARATORS: Final = ",;\t|"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


@dataclass(frozen=True)
class XmlTop:
    """The root of a file of XML: its local name, its namespace or "", its attributes; and all namespaces near it.

    Attributes are by local name, or `NAMESPACE name`.
    """

    name: str
    namespace: str
    attributes: Mapping[str, str]
    namespaces: frozenset[str]


@dataclass(frozen=True)
class Opening:
    """A file and its first bytes; what else there is to know is found when it is asked for."""

    path: Path
    head: bytes

    @cached_property
    def members(self) -> frozenset[str]:
        """The names of what lies in it, where it is a zip."""
        if not self.head.startswith(b"PK\x03\x04"):
            return frozenset()
        with (
            suppress(*BROKEN_ZIP, SourceError),
            opened(self.path, limit=MAX_ARCHIVE) as file,
            archive_in(file) as archive,
        ):
            return frozenset(archive.namelist())
        return frozenset()

    @cached_property
    def text(self) -> str | None:
        r"""Its beginning as text, without a mark, or None where it is none.

        >>> from pathlib import Path
        >>> Opening(Path("a"), b"\xef\xbb\xbfa").text, Opening(Path("a"), b"\0\1").text
        ('a', None)
        """
        encoding, mark = next(
            ((name, bom) for bom, name in _BOMS if self.head.startswith(bom)), ("utf-8", b"")
        )
        data = self.head[len(mark) :]
        if not mark and b"\0" in data:
            if (known := utf_16_of(data)) is None:
                return None
            encoding = known
        # The last character may be cut in two.
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            return None if encoding != "utf-8" else data.decode("cp1252", errors="replace")

    @cached_property
    def xml(self) -> XmlTop | None:
        """Its root, where it is XML.

        >>> from pathlib import Path
        >>> top = Opening(Path("a"), b'<!-- x --><a xmlns="u:1" b="c"><d xmlns:e="u:2"/>').xml
        >>> top.name, top.namespace, top.attributes, sorted(top.namespaces)
        ('a', 'u:1', {'b': 'c'}, ['u:1', 'u:2'])
        """
        return _xml_top(self.head)

    @cached_property
    def json(self) -> Mapping[str, str]:
        """The first values of JSON by pointers of up to three steps, where it is JSON; {} where it is not.

        A text is given without quotation marks; of an object or a list there is `{` or `[`. The whole is "".

        >>> from pathlib import Path
        >>> dict(Opening(Path("a"), b'{"a": {"b": [1, 2]}, "c": "d"').json)
        {'': '{', '/a': '{', '/a/b': '[', '/a/b/0': '1', '/a/b/1': '2', '/c': 'd'}
        """
        text = (self.text or "").lstrip()
        return _pointers(text) if text.startswith(("{", "[")) else {}

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        r"""The first rows of a table of delimited text, however it is delimited; () where it is none.

        >>> from pathlib import Path
        >>> Opening(Path("a"), b"Company;ISIN\r\nAcme;X\r\n").rows
        (('Company', 'ISIN'), ('Acme', 'X'))
        """
        text = self.text
        return () if text is None or text.lstrip()[:1] in ("<", "{", "[") else _rows(text)

    @cached_property
    def sheets(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The first rows of the sheets of a workbook (XLSX) by their names; {} where it is none.

        Without openpyxl it has none.
        """
        return _sheets(self.path) if "xl/workbook.xml" in self.members else {}


def open_beginning(path: Path) -> Opening:
    """Return the beginning of a file.

    Raises:
        SourceError: it cannot be read, or is no file.
    """
    with opened(path, limit=MAX_BYTES) as file:
        return Opening(path, file.read(HEAD))


def sha256_of(path: Path) -> str:
    """Return the digest of a file, in hexadecimal, by which a source says which file it was read from.

    Raises:
        SourceError: it cannot be read, or is no file.
    """
    with opened(path, limit=MAX_BYTES) as file:
        sha = hashlib.sha256()
        while piece := file.read(_PIECE):
            sha.update(piece)
        return sha.hexdigest()


class _EnoughError(Exception):
    """Leaves the XML parser from inside a handler."""


def _xml_top(head: bytes) -> XmlTop | None:
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    namespaces: set[str] = set()
    roots: list[tuple[str, dict[str, str]]] = []
    doctypes: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not roots:
            roots.append((name, attributes))
        # Nothing is read of what stands behind a DOCTYPE: its reader refuses the file.
        if doctypes:
            raise _EnoughError

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = lambda name, *_: doctypes.append(name)
    parser.StartNamespaceDeclHandler = lambda _, uri: namespaces.add(uri or "")
    with suppress(xml.parsers.expat.ExpatError, _EnoughError, ValueError, LookupError):
        parser.Parse(head, False)
    if not roots:
        return None
    namespace, _, name = roots[0][0].rpartition(" ")
    return XmlTop(name, namespace, roots[0][1], frozenset(namespaces - {""}))


def _pointers(text: str) -> dict[str, str]:
    """Return the values of JSON by pointers, as far as its text goes; what is no JSON gives anything."""
    found: dict[str, str] = {}
    around: list[_Around] = []
    for token in _TOKEN.finditer(text):
        one = token[0]
        if one in ("}", "]"):
            around = around[:-1]
        elif around and around[-1].takes(one):
            continue
        elif len(around) <= _DEEP:
            found.setdefault("".join(f"/{each.step}" for each in around), one.strip('"'))
        if one in ("{", "["):
            around.append(_Around(one == "["))
        if not around:
            break  # a second value, as JSON lines have it, is none of the first
    return found


class _Around:
    """An object or a list around the values that come."""

    def __init__(self, is_list: bool) -> None:  # noqa: FBT001 - which of two it is
        self.is_list = is_list
        self.step = "0" if is_list else ""
        self._has_key = is_list

    def takes(self, mark: str) -> bool:
        """Tell whether a mark is none of its values: what stands between them, or a key."""
        if mark == ",":
            self.step = str(int(self.step) + 1) if self.is_list else ""
            self._has_key = self.is_list
        elif mark != ":" and not self._has_key:
            self.step = mark.strip('"').replace("~", "~0").replace("/", "~1")
            self._has_key = True
        elif mark != ":":
            return False
        return True


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    lines = text.splitlines(keepends=True)
    if len(lines) > 1 and len(text) >= HEAD // 4:
        lines.pop()  # which may be cut off
    first = next((line for line in lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    if separator not in first:
        return ()
    rows: list[tuple[str, ...]] = []
    with suppress(csv.Error):  # what is read until then
        for row in csv.reader(lines, delimiter=separator):
            rows.append(tuple(cell.strip() for cell in row))
            if len(rows) == MOST_ROWS:
                break
    return tuple(rows)


def _sheets(path: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    with suppress(SourceError, UsageError), open_workbook(path) as book:
        return {name: tuple(map(_texts, book.rows(name, MOST_ROWS))) for name in book.sheets}
    return {}  # its reader tells what is wrong with it


def _texts(cells: Iterable[Any]) -> tuple[str, ...]:
    """Return the cells of a row as texts, without the empty ones at its end."""
    texts = ["" if cell.value is None else str(cell.value).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
