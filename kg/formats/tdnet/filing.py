"""A filing of the Tokyo Stock Exchange: who files what on which day, and its lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.inline_values import DAY, find_days, plain_words
from kg.formats.named import plain_name
from kg.formats.tdnet.lines import PAID
from kg.formats.tdnet.numbers import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kg.formats.inline import Fact
    from kg.formats.tdnet.numbers import FiledLine, Key

_TAXONOMIES: Final = "http://www.xbrl.tdnet.info/taxonomy/jp/tse/tdnet/"
TAXONOMY: Final = (f"{_TAXONOMIES}ed/t/", f"{_TAXONOMIES}re/t/")
"""How the namespaces of the concepts begin, of companies and of investment corporations for real estate; the day
of the taxonomy follows."""

FILED: Final = (
    "FilingDate",
    "ReportingDateOfFinancialForecastCorrection",
    "ReportingDateOfDividendForecastCorrection",
    "ReportingDateOfDistributionForecastCorrectionREIT",
)
"""The concepts of the day on which a filing was made, first that of a summary."""

_CODE: Final = re.compile(r"[0-9][0-9A-Z]{3}[0-9A-Z]?")
_PUBLISHED: Final = re.compile(
    rf"{DAY}(?:\([月火水木金土日]\))?(?:付け?)?の?(?:「[^「」。]{{0,60}}」)?"
    r"(?:において|にて|に|で)?、?(?:公表|発表|開示|お知らせ)(?=(?P<what>[^。]{0,60}))"
)
_NAMES: Final = ("CompanyName", "IssuerNameREIT")
_CORRECTED: Final = "訂正"
_QUARTER: Final = re.compile("第([1-4一二三四])四半期")
# Who forecasts nothing of its own accounts tells by how much they differ from those of the year before.
_YEAR_BEFORE: Final = re.compile(
    "前(?:期|年|年度|事業年度|連結会計年度)の?(?:個別|連結)?(?:業績|決算)?の?実績[^。]{0,40}差異"
)
_OF_FORECASTS: Final = ("予想", "見通し", "短信")
_OF_RESULTS: Final = ("差異", "実績")
# That there is going to be a difference is why a forecast is revised.
_DIFFERED: Final = re.compile("差異(?!が?(?:生じ|生ず|発生す|見込ま)れ?る)")


@dataclass(frozen=True, slots=True)
class TdnetFiling:
    """A filing: by whom (`code` of four or five digits and letters, `name`), when and what.

    `announced` has the day on which the forecasts before these were published, of earnings and of
    dividends or distributions, where the file tells it. Only a notice of a difference `tells_results` where another one has
    its forecasts: of a period that is over, that revises what is still reckoned with. Where it `recalls_results`,
    what stands in the place of the forecasts before are the results of the year before.
    """

    code: str
    name: str
    title: str
    filed: date
    lines: tuple[FiledLine, ...]
    left_out: Counter[str]
    announced: Mapping[bool, date]
    tells_results: bool
    recalls_results: bool

    @property
    def is_correction(self) -> bool:
        """Whether it is an earlier filing that is filed again, mended (teisei)."""
        return _CORRECTED in self.title

    @property
    def quarter(self) -> str:
        """Which quarter its title names, or "": what is mended is a filing of the same one."""
        found = _QUARTER.search(plain_words(self.title))
        return found[1] if found else ""

    def announced_of(self, key: Key) -> date | None:
        """Return the day on which the forecast before that of a key was published, if it is told."""
        return self.announced.get(key.indicator in PAID)


def read_filing(facts: Sequence[Fact], path: Path) -> TdnetFiling:
    """Return what the facts of a file say as a filing.

    Raises:
        SourceError: no fact is of the exchange's taxonomy, or its day or company is not told, or twice.
    """
    own = [fact for fact in facts if fact.namespace.startswith(TAXONOMY)]
    if not own:
        raise SourceError(
            path, "has no fact of the Tokyo Stock Exchange's taxonomies (tse-ed-t, tse-re-t)"
        )
    words: dict[str, list[str]] = {}
    for fact in own:
        if not fact.is_number and not fact.is_nil:
            words.setdefault(fact.name, []).append(fact.words)
    filed = _filed(words, path)
    left_out: Counter[str] = Counter()
    return TdnetFiling(
        _code(words, own, path),
        plain_name(next((said for name in _NAMES for said in words.get(name, ())), "")),
        plain_name(next(iter(words.get("DocumentName", ())), "")),
        filed,
        tuple(read_lines(own, filed, left_out)),
        left_out,
        dict(_announced(words, filed)),
        _tells_results(words),
        any(_YEAR_BEFORE.search(plain_words(said)) for said in _subject(words)),
    )


def day_of_filing(words: Iterable[tuple[str, str]]) -> tuple[date, bool, bool] | None:
    """Return the first day that facts tell, by local name and text, and what comes later among those of that day.

    A notice comes before the summary of its day, for it recalls what stood before both; and a correction after
    what it corrects. So whether it is a summary, and a correction, is told with the day.
    """
    day, is_summary, title = None, False, None
    for name, said in words:
        if day is None and name in FILED and (days := find_days(said)):
            day, is_summary = days[0], name == FILED[0]
        elif title is None and name == "DocumentName":
            title = said
        if day is not None and title is not None:
            break
    return None if day is None else (day, is_summary, _CORRECTED in plain_words(title or ""))


def _subject(words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what a filing says that it is about."""
    for name in ("DocumentName", "NoticeOfForecastCorrection"):
        yield from words.get(name, ())


def _tells_results(words: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a filing is about how results differ from what was forecast."""
    titles, notices = (
        words.get(name, ()) for name in ("DocumentName", "NoticeOfForecastCorrection")
    )
    return any(word in said for said in titles for word in _OF_RESULTS) or any(
        _DIFFERED.search(plain_words(said)) for said in notices
    )


def _filed(words: Mapping[str, Sequence[str]], path: Path) -> date:
    days = {day for name in FILED for said in words.get(name, ()) for day in find_days(said)[:1]}
    if not days:
        raise SourceError(path, "does not tell the day on which it was filed")
    if len(days) > 1:
        told = " and ".join(map(str, sorted(days)))
        raise SourceError(path, f"was filed on several days: {told}")
    return days.pop()


def _code(words: Mapping[str, Sequence[str]], facts: Iterable[Fact], path: Path) -> str:
    """Return the code of a company; the fifth digit of ordinary shares is 0, and left out."""
    codes = {plain_words(plain_name(one)).upper() for one in words.get("SecuritiesCode", ())}
    codes = codes or {fact.context.entity for fact in facts}
    codes = {code.removesuffix("0") if len(code) == 5 else code for code in codes}  # noqa: PLR2004 - four and the share
    if len(codes) != 1:
        told = f"is of several companies: {', '.join(sorted(codes))}"
        raise SourceError(path, told if codes else "does not tell the code of its company")
    code = codes.pop()
    if not _CODE.fullmatch(code):
        raise SourceError(path, f"has {code[:20]!r} for the code of a company")
    return code


def _announced(words: Mapping[str, Sequence[str]], filed: date) -> Iterator[tuple[bool, date]]:
    """Yield the days on which the forecasts before these were published: of earnings, and of dividends."""
    notices = words.get("NoticeOfForecastCorrection", ())
    told = {day for said in notices for day in _days_of_publication(said)}
    for is_dividend, names in (
        (False, ("PreviousReportingDate",)),
        (True, ("PreviousReportingDateOfDividendForecast",)),
    ):
        days = {day for name in names for said in words.get(name, ()) for day in find_days(said)}
        days = {day for day in days or told if day < filed}
        # Of several days nothing tells which one is meant.
        if len(days) == 1:
            yield is_dividend, days.pop()


def _days_of_publication(notice: str) -> Iterator[date]:
    """Yield the days of which a notice says that forecasts were published on them."""
    for found in _PUBLISHED.finditer(plain_words(notice)):
        said = found[0] + found["what"]
        # A plan of several years was published on a day of its own.
        if any(word in said for word in _OF_FORECASTS) and "計画" not in said:
            yield from find_days(said)[:1]
