"""A sustainability report as an inline XBRL document, which is what a company publishes by VSME or ESRS."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.inline import INLINE, MAX_BYTES, read_inline
from kg.formats.vsme.found import ESRS, NIL, VSME, FoundFacts
from kg.formats.vsme.report import ReportedFigure, ReportedSpan
from kg.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.formats.inline import Context, Fact
    from kg.formats.opening import Opening
    from kg.formats.vsme.report import SustainabilityReport

_TITLE: Final = "{http://www.w3.org/1999/xhtml}title"


def is_inline(opening: Opening) -> bool:
    """Tell whether a file is an inline XBRL document by one of the two taxonomies."""
    top = opening.xml
    if top is None or not top.namespaces.intersection(INLINE):
        return False
    return any(one.startswith((VSME, ESRS)) for one in top.namespaces)


def read_report(path: Path) -> SustainabilityReport:
    """Return what a document reports.

    Raises:
        SourceError: it is none that can be read, is of several companies, or of no period.
        UsageError: lxml is not installed.
    """
    digest = hashlib.sha256(read_bytes(path, limit=MAX_BYTES)).hexdigest()
    facts = read_inline(path)
    found = FoundFacts(path)
    own = [fact for fact in facts if fact.namespace.startswith((VSME, ESRS))]
    if len(facts) > len(own):
        found.left_out["facts of another taxonomy"] += len(facts) - len(own)
    for fact in own:
        _add(fact, found)
    is_law = any(fact.namespace.startswith(ESRS) for fact in own)
    report = found.report(digest, name=_name(own), is_law=is_law)
    if report.span is None:
        raise SourceError(path, "has no facts of a period by VSME or ESRS")
    return report


def _add(fact: Fact, found: FoundFacts) -> None:
    span, members = _span(fact.context), _members(fact.context)
    entity = fact.context.scheme, fact.context.entity
    found.add_context(entity, span, list(members.values()))
    if fact.is_nil:
        found.left_out[NIL] += 1
    elif not fact.is_number:
        found.add_words(fact.name, fact.words)
    elif fact.value is None:
        found.left_out["numbers that cannot be read"] += 1
    else:
        found.add_figure(
            ReportedFigure(fact.name, fact.value, _unit(fact), fact.place, members, span)
        )


def _span(context: Context) -> ReportedSpan | None:
    return ReportedSpan(context.end, context.start) if context.end else None


def _members(context: Context) -> dict[str, str]:
    return {_local(axis): _local(member) for axis, member in context.dimensions.items()}


def _unit(fact: Fact) -> str | None:
    if fact.unit is None:
        return None
    parts = ("*".join(map(_local, some)) for some in (fact.unit.over, fact.unit.under) if some)
    return "/".join(parts)


def _name(facts: Sequence[Fact]) -> str | None:
    """Return the name of who reports, which no fact tells: EFRAG's converter puts it first in the title."""
    root = facts[0].element.getroottree().getroot() if facts else None
    title = root.find(f".//{_TITLE}") if root is not None else None
    words = "" if title is None else " ".join("".join(title.itertext()).split())
    parts = re.split(" [\u2013\u2014] ", words)
    return parts[0].strip() or None if parts[1:] else None


def _local(name: str) -> str:
    return name.rpartition("}")[2]
