"""The facts of an inline XBRL document: what a filing states, each with its context, unit and place.

Inline XBRL of 2008 (1.0) and of 2013 (1.1) are read, and no taxonomy is needed: a fact is what its
element, its context and its unit say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from kg.base import SourceError
from kg.formats.bounds import parse_xml
from kg.formats.cells import day_of_plans
from kg.formats.inline_values import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from pathlib import Path

INLINE: Final = ("http://www.xbrl.org/2008/inlineXBRL", "http://www.xbrl.org/2013/inlineXBRL")
"""The namespaces of inline XBRL 1.0 and 1.1."""

MAX_BYTES: Final = 32 << 20
"""How many bytes a document may have; a filing with all its statements has five million."""

MAX_FACTS: Final = 100_000
"""How many facts, and how many contexts, a document may have."""

_XBRLI: Final = "{http://www.xbrl.org/2003/instance}"
_XBRLDI: Final = "{http://xbrl.org/2006/xbrldi}"
_EXCLUDE: Final = f"{{{INLINE[1]}}}exclude"
_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_DATE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T00:00:00(?:\.0+)?Z?)?")


@dataclass(frozen=True, slots=True)
class Context:
    """Of whom and of when a fact is: `start` is None for a moment, and both days where it is for ever.

    `dimensions` are members by dimension, both as `{namespace}name`; of a typed one the member is its text.
    """

    name: str
    entity: str
    scheme: str
    start: date | None
    end: date | None
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts: measures as `{namespace}name`, those `under` the line where it is a ratio."""

    over: tuple[str, ...]
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: of a `concept` (`{namespace}name`), in a `context`.

    A number has a `value`, or is nil, or has a `fault`, which says in a clause why it cannot be read;
    anything else has its `words`. `order` is where it stands among all, `id` its own name, if it has one.
    """

    concept: str
    context: Context
    order: int
    words: str
    is_number: bool
    is_nil: bool
    value: Decimal | None
    unit: Unit | None
    decimals: str | None
    id: str | None
    fault: str | None
    element: Any = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """The local name of the concept."""
        return self.concept.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        """The namespace of the concept."""
        return self.concept[1:].rpartition("}")[0]

    @property
    def place(self) -> str:
        """The XPath of the element, with the prefixes of its document."""
        return str(self.element.getroottree().getpath(self.element))


def read_inline(path: Path) -> list[Fact]:
    """Return the facts of an inline XBRL document, in its order.

    Raises:
        SourceError: it is no XML or no inline XBRL, breaks the bounds, or a fact lacks its context.
        UsageError: lxml is not installed.
    """
    root = parse_xml(path, limit=MAX_BYTES)
    return list(_Document(root, path).facts())


class _Document:
    """A parsed document, whose facts refer to contexts, units and continuations by name."""

    def __init__(self, root: Any, path: Path) -> None:
        self._root, self._path = root, path
        self._contexts = {
            context.name: context
            for element in self._bounded(root.iter(f"{_XBRLI}context"), "contexts")
            for context in [self._context(element)]
        }
        self._units = {
            str(element.get("id")): self._unit(element) for element in root.iter(f"{_XBRLI}unit")
        }
        self._continued = {
            element.get("id"): element for element in root.iter(f"{{{INLINE[1]}}}continuation")
        }

    def facts(self) -> Iterator[Fact]:
        """Yield the facts in the order of the document."""
        names = [f"{{{space}}}{kind}" for space in INLINE for kind in ("nonFraction", "nonNumeric")]
        for order, element in enumerate(self._bounded(self._root.iter(*names), "facts")):
            yield self._fact(element, order)

    def _bounded(self, elements: Iterator[Any], what: str) -> Iterator[Any]:
        for count, element in enumerate(elements):
            if count == MAX_FACTS:
                raise self._error(element, f"has more than {MAX_FACTS:,} {what}")
            yield element

    def _fact(self, element: Any, order: int) -> Fact:
        is_number = element.tag.endswith("nonFraction")
        is_nil = element.get(_NIL, "").strip() in ("true", "1")
        context = self._contexts.get(element.get("contextRef"))
        if context is None:
            name = element.get("contextRef")
            raise self._error(element, f"has a fact in the context {name!r}, which is not there")
        words = "" if is_nil else self._words(element)
        value, fault = None, None
        if is_number and not is_nil:
            try:
                value = read_number(
                    words,
                    element.get("format", "").rpartition(":")[2],
                    element.get("scale", "").strip(),
                    element.get("sign", "").strip(),
                )
            except ValueError as error:
                fault = str(error)
        return Fact(
            self._whole(element, element.get("name", "")), context, order, words, is_number, is_nil,
            value, self._units.get(element.get("unitRef")), element.get("decimals"),
            element.get("id"), fault, element,
        )  # fmt: skip

    def _words(self, element: Any) -> str:
        """Return the text of a fact: what is excluded left out, what is continued elsewhere added."""
        said: list[str] = []
        seen: set[str] = set()
        while element is not None:
            said += _shown(element)
            following = element.get("continuedAt")
            if following in seen:
                raise self._error(element, f"continues at {following!r} for ever")
            seen.add(following)
            element = self._continued.get(following)
        return "".join(said)

    def _context(self, element: Any) -> Context:
        identifier = element.find(f"{_XBRLI}entity/{_XBRLI}identifier")
        period = element.find(f"{_XBRLI}period")
        if identifier is None or period is None:
            raise self._error(element, "has a context without an entity or a period")
        start, end = period.find(f"{_XBRLI}startDate"), period.find(f"{_XBRLI}endDate")
        moment = period.find(f"{_XBRLI}instant")
        last = moment if end is None else end
        return Context(
            element.get("id", ""),
            (identifier.text or "").strip(),
            identifier.get("scheme", ""),
            None if start is None else self._day(start, is_end=False),
            None if last is None else self._day(last, is_end=True),
            dict(self._dimensions(element)),
        )

    def _dimensions(self, context: Any) -> Iterator[tuple[str, str]]:
        for element in context.iter(f"{_XBRLDI}explicitMember"):
            dimension = self._whole(element, element.get("dimension", ""))
            yield dimension, self._whole(element, (element.text or "").strip())
        for element in context.iter(f"{_XBRLDI}typedMember"):
            dimension = self._whole(element, element.get("dimension", ""))
            yield dimension, "".join(element.itertext()).strip()

    def _unit(self, element: Any) -> Unit:
        over = element.findall(f"{_XBRLI}divide/{_XBRLI}unitNumerator/{_XBRLI}measure")
        under = element.findall(f"{_XBRLI}divide/{_XBRLI}unitDenominator/{_XBRLI}measure")
        plain = element.findall(f"{_XBRLI}measure")
        return Unit(
            tuple(self._whole(one, (one.text or "").strip()) for one in over or plain),
            tuple(self._whole(one, (one.text or "").strip()) for one in under),
        )

    def _day(self, element: Any, *, is_end: bool) -> date:
        said = (element.text or "").strip()
        found = _DATE.fullmatch(said)
        try:
            day = day_of_plans(found[1] if found else said)
        except ValueError:
            raise self._error(element, f"has a period with {said[:40]!r} for a day") from None
        # Midnight is the end of the day before, where a period ends at it.
        midnight = found is not None and found[2] and is_end
        return day - timedelta(days=1) if midnight else day

    def _whole(self, element: Any, name: str) -> str:
        """Return a name with a prefix as `{namespace}name`."""
        prefix, _, local = name.strip().rpartition(":")
        space = element.nsmap.get(prefix or None)
        if space is None and prefix:
            raise self._error(element, f"has the prefix {prefix[:40]!r}, which stands for nothing")
        return f"{{{space}}}{local}" if space else local

    def _error(self, element: Any, problem: str) -> SourceError:
        return SourceError(self._path, problem, line=element.sourceline)


def _shown(element: Any) -> Iterator[str]:
    """Yield the texts in an element, without comments and what is excluded from its value."""
    if not isinstance(element.tag, str) or element.tag == _EXCLUDE:
        return
    yield element.text or ""
    for child in element:
        yield from _shown(child)
        yield child.tail or ""
