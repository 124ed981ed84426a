"""Filings in the structure of TDnet's inline XBRL, of companies that do not exist."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

YEAR = ("2025-04-01", "2026-03-31")
HALF = ("2025-04-01", "2025-09-30")
BEFORE = ("2024-04-01", "2025-03-31")
AFTER = ("2026-04-01", "2027-03-31")

_SPACES = """\
 xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/{inline}/inlineXBRL"
 xmlns:ixt="{forms}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:tse-{of}-t="http://www.xbrl.tdnet.info/taxonomy/jp/tse/tdnet/{of}/t/2014-01-12\""""
_FORMS = {
    "2008": "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31",
    "2013": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
}
_UNITS = """\
<xbrli:unit id="JPY"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit>
<xbrli:unit id="Pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<xbrli:unit id="JPYPerShares"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:JPY</xbrli:measure>
</xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>
</xbrli:divide></xbrli:unit>
<xbrli:unit id="JPYPerUnits"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:JPY</xbrli:measure>
</xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xsd:positiveInteger</xbrli:measure></xbrli:unitDenominator>
</xbrli:divide></xbrli:unit>
"""
_AXES = {
    "scope": "ConsolidatedNonconsolidatedAxis",
    "moment": "PreviousCurrentAxis",
    "role": "ResultForecastAxis",
    "paid": "AnnualDividendPaymentScheduleAxis",
}


@dataclass(frozen=True)
class Number:
    """A number of a filing: `shown` as on the page, or None where it is nil.

    `role` is Forecast, Lower, Upper or Result, `moment` Previous, Current or "", `scope` Consolidated or
    NonConsolidated, `paid` for what a dividend is, such as SecondQuarter.
    """

    concept: str
    shown: str | None
    period: tuple[str, str] = YEAR
    role: str = "Forecast"
    moment: str = "Current"
    scope: str = "Consolidated"
    paid: str = ""
    loss: bool = False
    scale: str = "6"
    unit: str = "JPY"
    form: str = "numdotdecimal"

    @property
    def context(self) -> str:
        """The name of its context."""
        names = (self.paid, self.scope, self.moment, self.role)
        return "_".join((f"P{'_'.join(self.period)}", *(f"{name}Member" for name in names if name)))

    def element(self, inline: str, of: str = "ed") -> str:
        """Return the element that states it."""
        own = f'name="tse-{of}-t:{self.concept}" contextRef="{self.context}" unitRef="{self.unit}"'
        if self.shown is None:
            return f'<ix:nonFraction {own} xsi:nil="true"/>'
        form = (
            self.form if inline == "2008" else self.form.replace("numdotdecimal", "num-dot-decimal")
        )
        form = f' format="ixt:{form}"' if form else ""
        sign = ' sign="-"' if self.loss else ""
        scale = f' scale="{self.scale}"' if self.scale else ""
        rest = f'{form}{scale} decimals="INF"{sign}'
        return f"{'△' if self.loss else ''}<ix:nonFraction {own}{rest}>{escape(self.shown)}</ix:nonFraction>"

    def members(self, of: str = "ed") -> str:
        """Return the members of its context."""
        return "".join(
            f'<xbrldi:explicitMember dimension="tse-{of}-t:{axis}">tse-{of}-t:{member}Member</xbrldi:explicitMember>'
            for key, axis in _AXES.items()
            if (member := getattr(self, key))
        )


def per_share(concept: str, shown: str | None, **more: object) -> Number:
    """Return an amount a share."""
    return replace(Number(concept, shown, scale="0", unit="JPYPerShares"), **more)  # type: ignore[arg-type]


def dividend(shown: str | None, paid: str, **more: object) -> Number:
    """Return a dividend; it is always of the company alone."""
    return per_share("DividendPerShare", shown, paid=paid, scope="NonConsolidated", **more)


def write_filing(
    path: Path,
    numbers: Iterable[Number],
    *,
    filed: str = "令和7年10月31日",
    day: str = "ReportingDateOfFinancialForecastCorrection",
    code: str = "99990",
    name: str = "架空電機株式会社",
    title: str = "業績予想の修正に関するお知らせ",
    inline: str = "2008",
    words: Sequence[tuple[str, str]] = (),
    more: str = "",
    of: str = "ed",
) -> Path:
    """Write a filing of some numbers; `words` are other facts, `more` is what else stands on the page.

    It is `of` the taxonomy of companies (ed), or of investment corporations for real estate (re).
    """
    path.write_text(
        filing(list(numbers), filed, day, code, name, title, inline, words, more, of), "utf-8"
    )
    return path


def filing(
    numbers: Sequence[Number],
    filed: str,
    day: str,
    code: str,
    name: str,
    title: str,
    inline: str,
    words: Sequence[tuple[str, str]] = (),
    more: str = "",
    of: str = "ed",
) -> str:
    """Return a filing as text."""
    said = [
        (day, filed),
        ("CompanyName" if of == "ed" else "IssuerNameREIT", name),
        ("SecuritiesCode", code),
        ("DocumentName", title),
        *words,
    ]
    contexts = {number.context: number for number in numbers}
    spaces = _SPACES.format(inline=inline, forms=_FORMS[inline], of=of)
    return "\n".join((
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<html{spaces}><head><title>{title}</title></head><body>",
        '<div style="display:none"><ix:header><ix:references>',
        '<link:schemaRef xlink:type="simple" xlink:href="tse-rvfc-99990.xsd"/>',
        "</ix:references><ix:resources>",
        *_contexts(contexts, code, of),
        _UNITS + "</ix:resources></ix:header></div>",
        *(_text(*one, inline, of) for one in said),
        "<table>",
        *(f"<tr><td>{number.element(inline, of)}</td></tr>" for number in numbers),
        f"</table>{more}</body></html>",
    ))  # fmt: skip


def _text(concept: str, words: str, inline: str, of: str) -> str:
    eras = words.startswith(("令和", "平成", "昭和")) and len(words) < len("令和77年77月77日") + 1
    names = {"2008": "dateerayearmonthdayjp", "2013": "date-jpn-era-year-month-day"}
    form = f' format="ixt:{names[inline]}"' if eras else ""
    return f'<p><ix:nonNumeric name="tse-{of}-t:{concept}" contextRef="Now"{form}>{words}</ix:nonNumeric></p>'


def _contexts(contexts: dict[str, Number], code: str, of: str) -> Iterator[str]:
    entity = (
        '<xbrli:entity><xbrli:identifier scheme="http://www.tse.or.jp/sicc">'
        f"{code}</xbrli:identifier></xbrli:entity>"
    )
    yield (
        f'<xbrli:context id="Now">{entity}<xbrli:period><xbrli:instant>{YEAR[1]}</xbrli:instant>'
        "</xbrli:period></xbrli:context>"
    )
    for context, number in contexts.items():
        start, end = number.period
        yield (
            f'<xbrli:context id="{context}">{entity}<xbrli:period><xbrli:startDate>{start}</xbrli:startDate>'
            f"<xbrli:endDate>{end}</xbrli:endDate></xbrli:period><xbrli:scenario>{number.members(of)}"
            "</xbrli:scenario></xbrli:context>"
        )
