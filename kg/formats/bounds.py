"""The bounds of what users bring: XML and JSON are held against them before anything is built of them.

Every reader opens its files by these functions, or those of `archives.py` and `workbooks.py`, so that a
hostile file ends in one sentence, and in no more memory or time than a large honest one.
"""

from __future__ import annotations

import codecs
import json
import re
import xml.parsers.expat
from collections import Counter
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.base import MissingExtraError, SourceError, abridge, json_too_deep
from kg.sources import opened, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_XML: Final = 512 << 20
"""How many bytes a file of XML may have that is read element by element."""

MAX_TREE: Final = 64 << 20
"""How many bytes a file of XML may have that is read as a whole: its tree takes ten times as much."""

MAX_JSON: Final = 256 << 20
"""How many bytes a file of JSON may have, or the lines of one together."""

MAX_LINE: Final = 4 << 20
"""How many bytes one line of JSON may have."""

MAX_DIGITS: Final = 100
"""How many digits a number of JSON may have, and how far its exponent may go."""

DOCTYPE: Final = (
    "declares a DOCTYPE, which is refused: entities can be made to explode; take it out"
)

_BEYOND: Final = (
    "nests more than 256 elements, or has a text, a name or an attribute that is too long"
)
_PIECE: Final = 64 << 10
_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse_xml(path: Path, *, limit: int = MAX_TREE) -> Any:
    """Return the root of a file of XML, an element of lxml, all of it in memory.

    Nothing is fetched, no entity is read, and 256 elements may nest.

    Args:
        path: the file.
        limit: how many bytes it may have.

    Raises:
        SourceError: it is no file, too large, no XML, declares a DOCTYPE or nests too deeply.
        UsageError: lxml is not installed.
    """
    etree = _lxml()
    with opened(path, limit=limit) as file:
        look_at_prolog(file, path)
        with _xml_errors(path):
            return etree.parse(file, _parser(etree.XMLParser)).getroot()
    raise AssertionError  # `opened` lets its errors pass


def iterate_xml(path: Path, *names: str, limit: int = MAX_XML) -> Iterator[Any]:
    """Yield the elements of a file of XML that have one of some names, each whole, and forget each afterwards.

    Where one stands is to be counted: `getpath()` does not see what has been forgotten.

    Args:
        path: the file.
        names: as lxml writes them: `name`, `{namespace}name`, `{*}name`.
        limit: how many bytes it may have.

    Raises:
        SourceError: as `parse_xml`, once that place of the file is reached.
        UsageError: lxml is not installed.
    """
    etree = _lxml()
    with opened(path, limit=limit) as file:
        look_at_prolog(file, path)
        with _xml_errors(path):
            for _, element in _parser(etree.iterparse, file, events=("end",), tag=names):
                yield element
                element.clear(keep_tail=True)
                # What has been read stays on hand as empty elements otherwise.
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]


def _lxml() -> Any:
    try:
        from lxml import etree  # only those who bring XML wait for it
    except ImportError:
        raise MissingExtraError("a published file of XML", "lxml", "formats") from None
    return etree


def _parser(kind: Any, *given: Any, **more: Any) -> Any:
    return kind(
        *given, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, **more
    )


@contextmanager
def _xml_errors(path: Path) -> Iterator[None]:
    etree = _lxml()
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            raise
        # So lxml tells of bytes that mean nothing in the encoding, where it reads from a file of ours.
        raise SourceError(
            path, "is not XML: it has bytes that its encoding does not know"
        ) from None
    except etree.XMLSyntaxError as error:
        if error.code in (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG):
            raise SourceError(path, _BEYOND, line=error.lineno or None) from None
        # A page of a megabyte on one line is usual: the column says more there than the line.
        problem = " ".join(str(error.msg or "it is empty").split())
        raise SourceError(path, f"is not XML: {problem}", line=error.lineno or None) from None


def look_at_prolog(file: BinaryIO, path: Path) -> None:
    """Refuse a DOCTYPE, which can only stand before the root: that far expat reads, and goes back."""
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise SourceError(path, DOCTYPE, line=parser.CurrentLineNumber)

    def stop(*_: object) -> None:
        raise _SeenError

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        while piece := file.read(_PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _SeenError:
        file.seek(0)
    except xml.parsers.expat.ExpatError as error:
        problem = xml.parsers.expat.ErrorString(error.code)
        raise SourceError(path, f"is not XML: {problem}", line=error.lineno) from None
    except (ValueError, LookupError):  # an encoding of several bytes a character, or none at all
        raise SourceError(path, "is in an encoding that is not read; save it as UTF-8") from None


class _SeenError(Exception):
    """Leaves the XML parser from inside a handler, at what was looked for."""


def load_json(path: Path, *, limit: int = MAX_JSON) -> Any:
    """Return what a file of JSON holds: its numbers with a point are decimals, exactly as written.

    UTF-8 is read, and UTF-16 with its mark.

    Raises:
        SourceError: it is no file, too large, no JSON, nests too deeply, or has a number of too many
            digits, a text that is none or a key twice in one object.
    """
    return parse_json(read_bytes(path, limit=limit), path)


def iterate_json_lines(path: Path, *, limit: int = MAX_JSON) -> Iterator[tuple[int, Any]]:
    """Yield what each line of a file of JSON lines holds, with its number from 1; blank ones hold nothing.

    Raises:
        SourceError: as `load_json`, or a line is too long, once that line is reached.
    """
    with opened(path, limit=limit) as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), 1):
            if len(line) > MAX_LINE:
                raise SourceError(path, f"has a line of more than {MAX_LINE:,} bytes", line=number)
            if line.strip():
                # Without its end, behind which a line that breaks off would seem to be wrong.
                yield number, parse_json(line.rstrip(), path, line=number)


def parse_json(data: bytes, path: Path, *, line: int = 0) -> Any:
    """Return what bytes of JSON hold, as `load_json`; `line` is where they stand in the file, if not its beginning.

    >>> from pathlib import Path
    >>> parse_json(b'{"share": 0.10}', Path("a.json"))
    {'share': Decimal('0.10')}
    >>> parse_json(b"[" * 65, Path("a.json"))
    Traceback (most recent call last):
    kg.base.errors.SourceError: a.json:1: nests more than 64 brackets
    """
    if data.startswith(_UTF_16):
        with suppress(UnicodeDecodeError):  # then it is not UTF-8 either, and told below
            data = data.decode("utf-16").encode()
    before = max(line - 1, 0)
    if deep := json_too_deep(data):
        raise SourceError(path, "nests more than 64 brackets", line=before + deep)
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_none,
            object_pairs_hook=_object,
        )
        if _SURROGATE.search(data):
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as error:
        raise SourceError(path, f"is not JSON: {error.msg}", line=before + error.lineno) from None
    except UnicodeDecodeError as error:
        at = before + data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, "is not UTF-8; save it as UTF-8", line=at) from None
    except UnicodeEncodeError:
        raise SourceError(
            path, "has half a character, such as '\\ud83d' alone", line=line or None
        ) from None
    except _JsonError as error:
        raise SourceError(path, f"has the {error}", line=line or None) from None
    return value


class _JsonError(Exception):
    """What JSON cannot have, or what nobody means by it."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        # One of its values would go without a word.
        (key, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise _JsonError(f"key {abridge(key, 60)!r} twice in one object")
    return made


def _decimal(text: str) -> Decimal:
    number = Decimal(_short(text))
    if abs(number.adjusted()) > MAX_DIGITS:
        raise _JsonError(f"number {text}, which is out of all bounds")
    return number


def _integer(text: str) -> int:
    return int(_short(text))


def _short(text: str) -> str:
    if len(text) > MAX_DIGITS:
        raise _JsonError(f"number {text[:20]}…, which has more than {MAX_DIGITS} digits")
    return text


def _none(text: str) -> None:
    raise _JsonError(f"number {text}, which is none")
