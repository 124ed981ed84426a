"""When a promise is kept: the one place that judges.

`docs/verdicts.md` gives the rules in words, and their reasons. A verdict is given only where it
follows from what was observed or reported; where it does not, it says what is missing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.promises.days import years_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CONCLUSIVE: Final = ("met", "met-late", "partly", "missed", "abandoned")
"""The verdicts that say how a promise ended; the others are open, undetermined and replaced."""

_ONLY: Final = (
    "no-figure", "only-before-it-was-due", "only-before-it-was-promised", "only-other-places",
    "counts-from-another-day", "other-period", "only-forecasts",
)  # fmt: skip
_PENDING: Final = ("considered", "announced", "underway", "postponed")
_ANY: Final = ("straddles", "too-long-after", "binds-no-one")


@dataclass(frozen=True)
class Policy:
    """The figures that are a choice and no fact; the ontology holds them, `docs/verdicts.md` argues.

    `half` is the share of the way from which a promise is partly kept, `tolerance` how far "about"
    reaches, `above` how far "more than" may lie above the number, `years` for how many years after
    the due day a figure still tells of it.
    """

    half: Decimal
    tolerance: Decimal
    above: Decimal
    years: int


@dataclass(frozen=True)
class Aim:
    """What was promised: `up` where at least `value` is wanted, else at most; `binding` if it binds.

    `slack` is the part of `value` by which the aim may be missed ("about"); `counted` is how values
    add up: stock, flow, cumulative, ratio or ordinal; `due` None is no day at all.
    """

    value: Decimal
    up: bool
    due: date | None
    counted: str = "stock"
    binding: bool = True
    slack: Decimal = Decimal(0)
    baseline: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """What an observation certainly says of a promise.

    The value lies between `low` and `high`, as of some day from `first` to `last`; None is no bound.
    `no_reach` and `no_short` are the reasons why it cannot show that the aim was reached or not, and
    `empty` why it says nothing at all. `origin` is on whose word; `unsure` is low confidence.
    """

    name: str
    low: Decimal | None
    high: Decimal | None
    first: date
    last: date
    origin: str = ""
    no_reach: str | None = None
    no_short: str | None = None
    empty: str | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Reported:
    """A report of a `status`, which began on some day from `first` to `last`."""

    name: str
    status: str
    first: date
    last: date
    unsure: bool = False


@dataclass(frozen=True)
class Verdict:
    """What can be told of a promise.

    `name` is one of `CONCLUSIVE`, or open, undetermined or replaced; `reason` says why nothing
    follows. `rests_on` is the observation or the report that decides,
    else the latest that is comparable, and `day` its last day; `share` is the part of the way that
    was gone by it, as bounds.
    """

    name: str
    reason: str | None = None
    rests_on: str | None = None
    day: date | None = None
    share: tuple[Decimal | None, Decimal | None] | None = None
    disputed: bool = False

    @property
    def is_conclusive(self) -> bool:
        """Whether this says how a promise ended."""
        return self.name in CONCLUSIVE


def judge_figures(aim: Aim, figures: Sequence[Figure], as_of: date, policy: Policy) -> Verdict:
    """Judge a promise of a figure by what was known on a day.

    >>> policy = Policy(Decimal("0.5"), Decimal("0.05"), Decimal("0.25"), 1)
    >>> aim = Aim(Decimal(500), up=True, due=date(2017, 6, 30), baseline=Decimal(250))
    >>> count = Figure("count", Decimal(400), Decimal(400), date(2017, 7, 1), date(2017, 7, 1))
    >>> verdict = judge_figures(aim, [count], date(2018, 1, 1), policy)
    >>> verdict.name, str(verdict.share[0])
    ('partly', '0.6')
    """
    firm = [figure for figure in figures if not figure.unsure]
    verdict = _weigh(aim, firm, as_of, policy)
    if verdict.is_conclusive or len(firm) == len(figures):
        return verdict
    return _weigh(aim, figures, as_of, policy)


def _weigh(aim: Aim, figures: Sequence[Figure], as_of: date, policy: Policy) -> Verdict:
    """Judge by the figures; of origins that gainsay each other the more numerous side counts."""
    disputed = False
    for moment in _contested(figures):
        rest = [figure for figure in figures if figure not in moment]
        alone = {figure: _settle(aim, [*rest, figure], as_of, policy).name for figure in moment}
        if len(set(alone.values())) == 1:
            continue
        sides = Counter(dict.fromkeys((figure.origin, name) for figure, name in alone.items()))
        votes = Counter(name for _, name in sides).most_common(2)
        if len(votes) > 1 and votes[0][1] == votes[1][1]:
            return Verdict("undetermined", "disputed", disputed=True)
        disputed = True
        figures = [*rest, *(figure for figure in moment if alone[figure] == votes[0][0])]
    return replace(_settle(aim, figures, as_of, policy), disputed=disputed)


def _contested(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Return the figures of the same moment that differ, where they come from several origins."""
    moments: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if not figure.empty:
            key = (figure.first, figure.last, figure.no_reach, figure.no_short)
            moments.setdefault(key, []).append(figure)
    return [
        moment
        for _, moment in sorted(moments.items(), key=str)
        if len({figure.origin for figure in moment}) > 1
        and len({(figure.low, figure.high) for figure in moment}) > 1
    ]


def _settle(aim: Aim, figures: Sequence[Figure], as_of: date, policy: Policy) -> Verdict:
    """Judge by figures that do not gainsay each other."""
    due = aim.due or date.max
    telling = sorted(
        (figure for figure in figures if not figure.empty),
        key=lambda figure: (figure.last, figure.first, figure.name),
    )
    reaching = [figure for figure in telling if _reaches(aim, figure)]
    by_then = next((figure for figure in reaching if figure.last <= due), None)
    if by_then:
        return _by("met", by_then, aim)
    if as_of <= due:
        return _so_far("open", None, aim, telling)
    short = [figure for figure in telling if _falls_short(aim, figure) and figure.first >= due]
    if aim.counted != "cumulative" and reaching:
        # What fell again after the aim was reached does not tell how it was on the day.
        short = [figure for figure in short if figure.last < reaching[0].first]
    # A count that only grows and fell short after the day was reached after it, however vaguely.
    growing = aim.counted == "cumulative"
    late = next((figure for figure in reaching if growing or figure.first > due), None)
    if late and short:
        return _by("met-late", late, aim)
    if reaching and not short:
        return replace(_by("undetermined", reaching[0], aim), reason="by-then-or-later-not-known")
    limit = years_after(due, policy.years)
    timely = [f for f in short if aim.counted in ("cumulative", "flow") or f.last <= limit]
    if timely and aim.binding:
        share = share_of(aim, timely[0])
        half = share is not None and share[0] is not None and share[0] >= policy.half
        return _by("partly" if half else "missed", timely[0], aim)
    return _so_far("undetermined", _reason(aim, figures, limit), aim, telling)


def _by(name: str, figure: Figure, aim: Aim) -> Verdict:
    return Verdict(name, None, figure.name, figure.last, share_of(aim, figure))


def _so_far(name: str, reason: str | None, aim: Aim, telling: Sequence[Figure]) -> Verdict:
    """Return a verdict that nothing decides, with the latest figure that is wholly comparable."""
    whole = [figure for figure in telling if not (figure.no_reach or figure.no_short)]
    return replace(_by(name, whole[-1], aim), reason=reason) if whole else Verdict(name, reason)


def _goal(aim: Aim) -> Decimal:
    slack = abs(aim.value) * aim.slack
    return aim.value - slack if aim.up else aim.value + slack


def _reaches(aim: Aim, figure: Figure) -> bool:
    if figure.no_reach:
        return False
    if aim.up:
        return figure.low is not None and figure.low >= _goal(aim)
    return figure.high is not None and figure.high <= _goal(aim)


def _falls_short(aim: Aim, figure: Figure) -> bool:
    if figure.no_short:
        return False
    if aim.up:
        return figure.high is not None and figure.high < _goal(aim)
    return figure.low is not None and figure.low > _goal(aim)


def share_of(aim: Aim, figure: Figure) -> tuple[Decimal | None, Decimal | None] | None:
    """Return the part of the way from the baseline to the aim that a figure has gone, as bounds.

    Without a baseline the way begins at nothing where more is wanted; a place in an order is no part
    of a way. Above 1 it went further, below 0 the wrong way.
    """
    start = aim.baseline
    if start is None and aim.up and aim.value > 0:
        start = Decimal(0)
    if start is None or start == aim.value or aim.counted == "ordinal":
        return None
    way = aim.value - start
    low, high = (None if end is None else (end - start) / way for end in (figure.low, figure.high))
    if way < 0:
        low, high = high, low
    # Of a wider place only the most is known that can be of the narrower one, and the reverse.
    if figure.no_reach:
        low = None
    if figure.no_short:
        high = None
    return None if low is None and high is None else (low, high)


def _reason(aim: Aim, figures: Iterable[Figure], limit: date) -> str:
    """Return why nothing follows from the figures, the first reason that applies."""
    reasons = {_reason_of(aim, figure, limit) for figure in figures} or {"no-figure"}
    return next(reason for reason in (*_ANY, *_ONLY) if reason in reasons)


def _reason_of(aim: Aim, figure: Figure, limit: date) -> str:
    due = aim.due or date.max
    if figure.empty:
        return figure.empty
    if not _falls_short(aim, figure):
        # It reaches, straddles, or cannot show that the aim was not reached.
        blocked = figure.no_reach or figure.no_short
        if blocked:
            return blocked
        return "straddles" if figure.first >= due else "only-before-it-was-due"
    if figure.first < due:
        return "only-before-it-was-due"
    return (
        "binds-no-one" if figure.last <= limit or aim.counted == "cumulative" else "too-long-after"
    )


def judge_reports(due: date | None, reports: Iterable[Reported], as_of: date) -> Verdict:
    """Judge a promise that something is done by a day, by what was reported by another day.

    >>> reports = [Reported("a", "achieved", date(2024, 1, 12), date(2024, 1, 12))]
    >>> judge_reports(date(2020, 6, 30), reports, date(2024, 2, 1)).name
    'met-late'
    """
    ordered = sorted(reports, key=lambda report: (report.last, report.first, report.name))
    if any(not report.unsure for report in ordered):
        ordered = [report for report in ordered if not report.unsure]
    by = due or date.max
    achieved = [report for report in ordered if report.status == "achieved"]
    abandoned = next((report for report in ordered if report.status == "abandoned"), None)
    first = achieved[0] if achieved else None
    if abandoned and (first is None or abandoned.last < first.first):
        return _told("abandoned", abandoned)
    missed = next((report for report in ordered if _is_miss(report, by)), None)
    if first:
        # What was still to come after the day was done after it, though nobody says when.
        late = missed is not None and missed.last <= first.last
        return _told("met-late", first) if late else _achieved(first, by, as_of)
    if as_of <= by:
        return Verdict("open")
    return _told("missed", missed) if missed else Verdict("undetermined", "no-report")


def _achieved(report: Reported, due: date, as_of: date) -> Verdict:
    if report.last <= due:
        return _told("met", report)
    if report.first > due:
        return _told("met-late", report)
    if as_of <= due:
        return Verdict("open")
    return replace(_told("undetermined", report), reason="by-then-or-later-not-known")


def _is_miss(report: Reported, due: date) -> bool:
    if report.status == "missed":
        return report.last > due or report.first >= due
    return report.first > due and report.status in _PENDING


def _told(name: str, report: Reported) -> Verdict:
    return Verdict(name, None, report.name, report.last)
