"""A file of IATI looked through once before anything of it is told: whole, within bounds, of which version and day."""

from __future__ import annotations

import re
import xml.parsers.expat
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kg.base import MAX_DEPTH, SourceError
from kg.formats.bounds import DOCTYPE, MAX_XML
from kg.formats.iati.habits import HabitFinder, Habits
from kg.formats.iati.values import read_moment
from kg.sources import opened

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

MAX_ELEMENTS: Final = 500_000
"""How many elements one activity may have: it is read as a whole. The largest that were seen have some thousand."""

_VERSION: Final = re.compile(r"2\.0[1-3]")
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file is: its digest, and the day on which it was made.

    The day is `inferred` where the file does not say it: then the newest of its activities is of that day.
    `habits` are those that it betrays.
    """

    path: Path
    sha256: str
    made: date
    inferred: bool
    habits: Habits


def survey_file(path: Path) -> Survey:
    """Look through a file of IATI activities.

    Raises:
        SourceError: it is no file, too large, no XML, declares a DOCTYPE, nests deeply, is of another
            version or says nowhere of which day it is.
    """
    look = _Look(path)
    digest = sha256()
    with opened(path, limit=MAX_XML) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            look.feed(piece)
        look.end()
    if look.made is None and look.newest is None:
        raise SourceError(path, "says nowhere when it was made (generated-datetime); add it")
    days = [day for day in (look.made, look.newest) if day is not None]
    inferred = look.made is None
    return Survey(path, digest.hexdigest(), max(days), inferred, look.finder.habits())


class _Look:
    """What an XML parser has seen of a file."""

    def __init__(self, path: Path) -> None:
        self.made: date | None = None
        self.newest: date | None = None
        self.finder = HabitFinder()
        self._path, self._depth, self._elements = path, 0, 0
        self._parser = xml.parsers.expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes) -> None:
        self._parse(piece, last=False)

    def end(self) -> None:
        self._parse(b"", last=True)

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except xml.parsers.expat.ExpatError as error:
            problem = xml.parsers.expat.ErrorString(error.code)
            raise SourceError(self._path, f"is not XML: {problem}", line=error.lineno) from None
        except (
            ValueError,
            LookupError,
        ):  # an encoding of several bytes a character, or none at all
            problem = "is in an encoding that is not read; save it as UTF-8"
            raise SourceError(self._path, problem) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise self._refused(f"nests more than {MAX_DEPTH} elements")
        if self._depth == 1:
            self._root(name, attributes)
        elif name == "iati-activity":
            self._activity(attributes)
        self.finder.see(name, attributes)
        if self._elements > MAX_ELEMENTS:
            raise self._refused(f"has an activity of more than {MAX_ELEMENTS:,} elements")

    def _activity(self, attributes: dict[str, str]) -> None:
        if self._depth != 2:  # noqa: PLR2004 - right below the root
            raise self._refused("has an activity within another element")
        self._elements = 0
        updated = read_moment(attributes.get("last-updated-datetime"))
        if updated and (self.newest is None or updated > self.newest):
            self.newest = updated

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name != "iati-activities":
            raise self._refused(f"is no file of IATI activities: its root is {name[:60]!r}")
        version = attributes.get("version", "")
        if not _VERSION.fullmatch(version):
            raise self._refused(
                f"is of version {version[:20]!r} of IATI, and 2.01 to 2.03 are read; convert it"
            )
        self.made = read_moment(attributes.get("generated-datetime"))

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _doctype(self, *_: object) -> None:
        raise self._refused(DOCTYPE)

    def _refused(self, problem: str) -> SourceError:
        return SourceError(self._path, problem, line=self._parser.CurrentLineNumber)
