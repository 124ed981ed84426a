"""Facts of a sustainability report as JSON: xBRL-JSON of any tool, and the list of facts of EFRAG's converter.

xBRL-JSON (https://www.xbrl.org/Specification/xbrl-json/REC-2021-10-13/xbrl-json-REC-2021-10-13.html) says all of a
fact. The converter's list is made to be compared with another: it says neither who reports nor of which period, so it
is read with the workbook that it was made of, or as far as its facts name a year themselves.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from kg.base import SourceError
from kg.formats.bounds import parse_json
from kg.formats.cells import day_of_plans
from kg.formats.vsme.found import ESRS, NIL, VSME, FoundFacts
from kg.formats.vsme.indicators import PURE, is_measured
from kg.formats.vsme.report import (
    BASE_YEAR_CONCEPT,
    CHOICES,
    TARGET_YEAR_CONCEPT,
    ReportedFigure,
    ReportedSpan,
    SustainabilityReport,
)
from kg.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.formats.opening import Opening

MAX_BYTES: Final = 64 << 20
"""How many bytes a file of facts may have; that of a full template has sixty thousand."""

_XBRL_JSON: Final = "https://xbrl.org/2021/xbrl-json"
_OWN: Final = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})
_VERSION: Final = re.compile(
    r"https://xbrl\.efrag\.org/taxonomy/[a-z]+/([0-9]{4}-[0-9]{2}-[0-9]{2})[/#]"
)
_MOST_DIGITS: Final = 100
_LISTED: Final = re.compile(r'"(?:vsme|esrs):[A-Z]')


def is_facts(opening: Opening) -> bool:
    """Tell whether a file is JSON with facts of a sustainability report."""
    values, text = opening.json, opening.text or ""
    if values.get("/documentInfo/documentType") == _XBRL_JSON:
        return VSME in text or ESRS in text
    is_list = values.get("/facts") == "[" and "/facts/0/concept" in values
    return is_list and _LISTED.search(text) is not None


def read_facts(path: Path, workbook: SustainabilityReport | None = None) -> SustainabilityReport:
    """Return what a file of facts reports.

    Args:
        path: the file.
        workbook: the filled template that a list of facts was made of, which says whose they are.

    Raises:
        SourceError: it is no JSON that can be read, or holds no facts of such a report.
    """
    data = read_bytes(path, limit=MAX_BYTES)
    document = parse_json(data, path)
    facts = document.get("facts") if isinstance(document, dict) else None
    digest = hashlib.sha256(data).hexdigest()
    if isinstance(facts, dict):
        return _of_xbrl(path, digest, document, facts)
    if isinstance(facts, list):
        return _of_list(path, digest, facts, workbook)
    raise SourceError(path, "has no facts of a sustainability report")


def _of_xbrl(
    path: Path, digest: str, document: Mapping[str, Any], facts: Mapping[str, Any]
) -> SustainabilityReport:
    info = document.get("documentInfo")
    names = info.get("namespaces") if isinstance(info, dict) else None
    if not isinstance(names, dict):
        raise SourceError(path, "has no namespaces in documentInfo, so that it is no xBRL-JSON")
    found = FoundFacts(path)
    for key, fact in facts.items():
        place = f"/facts/{key.replace('~', '~0').replace('/', '~1')}"
        dimensions = fact.get("dimensions") if isinstance(fact, dict) else None
        if not isinstance(dimensions, dict):
            raise SourceError(path, f"has a fact without dimensions at {place}")
        span = _period(path, place, dimensions.get("period"))
        axes = {_local(key): str(one) for key, one in dimensions.items() if key not in _OWN}
        members = {axis: _local(member) for axis, member in axes.items()}
        scheme, _, code = str(dimensions.get("entity")).rpartition(":")
        found.add_context((str(names.get(scheme, scheme)), code), span, list(members.values()))
        concept, unit = _local(str(dimensions.get("concept"))), dimensions.get("unit")
        value = fact.get("value")
        # A number that counts nothing has no unit there, and one that is exact no decimals.
        is_number = unit is not None or "decimals" in fact or is_measured(concept)
        if value is None:
            found.left_out[NIL] += 1
        elif is_number:
            number, measure = _decimal(path, place, value), _measure(str(unit or PURE))
            found.add_figure(ReportedFigure(concept, number, measure, place, members, span))
        else:
            found.add_words(concept, str(value))
    report = found.report(digest, is_law=any(str(uri).startswith(ESRS) for uri in names.values()))
    if report.span is None or report.identifier is None:
        raise SourceError(path, "has no facts of a period")
    return report


def _of_list(
    path: Path, digest: str, facts: Iterable[Any], workbook: SustainabilityReport | None
) -> SustainabilityReport:
    found = FoundFacts(path)
    versions: set[str] = set()
    for number, fact in enumerate(facts):
        place = f"/facts/{number}"
        if not isinstance(fact, dict) or not isinstance(fact.get("aspects"), dict):
            raise SourceError(path, f"has a fact without aspects at {place}")
        concept, aspects = _local(str(fact.get("concept"))), fact["aspects"]
        value = str(fact.get("value"))
        choice = str(aspects.get("hidden-value", "")).strip('"')
        versions.update(_VERSION.findall(choice))
        if "decimals" in aspects and concept not in (BASE_YEAR_CONCEPT, TARGET_YEAR_CONCEPT):
            exact = _decimal(path, place, value).scaleb(_scale(aspects))
            unit = _listed_unit(aspects)
            found.add_figure(ReportedFigure(concept, exact, unit, place, _members(aspects)))
        else:
            found.add_words(concept, choice if concept in CHOICES else value)
    if workbook is None and not versions:
        raise SourceError(
            path,
            "says neither who reports nor when; give the workbook that it was made of along with it",
        )
    # Nobody can have reported by a taxonomy before it was there.
    report = found.report(digest, saved=max(map(date.fromisoformat, versions), default=None))
    if workbook is None:
        return report
    figures = [
        replace(one, unit=workbook.currency) if one.unit == "" else one for one in report.figures
    ]
    return replace(
        report, name=workbook.name, identifier=workbook.identifier, span=workbook.span,
        figures=tuple(figures), title=workbook.title, saved=workbook.saved,
    )  # fmt: skip


def _members(aspects: Mapping[str, Any]) -> dict[str, str]:
    named = {key: str(value) for key, value in aspects.items() if ":" in key}
    return {_local(key.removeprefix("typed ")): _local(value) for key, value in named.items()}


def _scale(aspects: Mapping[str, Any]) -> int:
    text = str(aspects.get("numeric-scale", "0")).strip('"')
    return int(text) if re.fullmatch("-?[0-9]{1,2}", text) else 0


def _listed_unit(aspects: Mapping[str, Any]) -> str:
    """Return the unit of a fact of a list; "" for money, whose currency the list does not say."""
    return _measure(str(aspects.get("complex-units", aspects.get("units", ""))).strip('"'))


def _measure(unit: str) -> str:
    return "/".join(_local(one.strip("()")) for one in unit.split("/"))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _decimal(path: Path, place: str, value: Any) -> Decimal:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise SourceError(path, f"has {str(value)[:40]!r} for a number at {place}")
    return number


def _period(path: Path, place: str, text: Any) -> ReportedSpan | None:
    """Return a period of xBRL-JSON, whose end is the midnight after its last day."""
    if text is None:
        return None
    try:
        days = [day_of_plans(one[:10]) for one in str(text).split("/")]
        timed = [one[10:] for one in str(text).split("/")]
    except ValueError:
        days, timed = [], [""]
    if len(days) not in (1, 2) or any(one != "T00:00:00" for one in timed):
        raise SourceError(path, f"has {str(text)[:60]!r} for a period at {place}")
    last = days[-1] - timedelta(days=1)
    return ReportedSpan(last, days[0] if days[1:] else None)
