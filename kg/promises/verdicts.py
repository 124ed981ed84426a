"""When a promise is kept: the one place that judges.

`docs/verdicts.md` gives the rules in words, and their reasons. A verdict is given only where it
follows from what was observed or reported; where it does not, it says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.promises.days import years_after
from kg.promises.disputes import contested, more_numerous
from kg.promises.firsts import Firsts
from kg.promises.shares import share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.promises.shares import Share

CONCLUSIVE: Final = ("met", "met-late", "partly", "missed", "abandoned")
"""The verdicts that say how a promise ended; the others are open, undetermined and replaced."""

_ONLY: Final = (
    "no-figure", "direction-not-known", "wants-nothing", "only-before-it-was-due",
    "only-before-it-was-promised", "only-other-places", "only-other-parts", "counts-from-another-day", "other-base", "other-period", "only-forecasts",
)  # fmt: skip
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
    add up: stock, flow, cumulative, ratio, ordinal or unknown-aggregation; `due` None is no day at all.
    It `is_free` where any value there can be reaches it: nobody has done anything by that.
    """

    value: Decimal
    up: bool
    due: date | None
    counted: str = "stock"
    binding: bool = True
    slack: Decimal = Decimal(0)
    baseline: Decimal | None = None
    is_free: bool = False

    @property
    def is_cap(self) -> bool:
        """Whether what only grows is to stay below the number: until the last day nothing tells that it did."""
        return self.counted == "cumulative" and not self.up


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
class Verdict:
    """What can be told of a promise.

    `name` is one of `CONCLUSIVE`, or open, undetermined or replaced; `reason` says why nothing
    follows. `rests_on` is the observation or the report that decides, else the latest that is
    comparable, `first` and `day` its first and last day; `share` is the part of the way that was gone by it, as bounds.
    """

    name: str
    reason: str | None = None
    rests_on: str | None = None
    day: date | None = None
    share: Share | None = None
    first: date | None = None
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
    if verdict.is_conclusive or verdict.disputed or len(firm) == len(figures):
        return verdict
    # A rumour decides nothing of a moment of which something surer tells.
    moments = {(figure.first, figure.last) for figure in firm if not figure.empty}
    rumours = [f for f in figures if f.unsure and (f.first, f.last) not in moments]
    return _weigh(aim, [*firm, *rumours], as_of, policy)


def _weigh(aim: Aim, figures: Sequence[Figure], as_of: date, policy: Policy) -> Verdict:
    """Judge by the figures; of origins that gainsay each other the more numerous side counts."""
    disputed, left_out = False, set[int]()
    firsts = _firsts(aim, figures, policy)
    for moment in contested(figures):
        beside = firsts.without(moment)
        alone = [_settle(aim, [*beside, figure], as_of, policy).name for figure in moment]
        told = zip(moment, alone, strict=True)
        sides = {figure: side for figure, name in told if (side := _side(aim, figure, name))}
        if len(set(sides.values())) < 2:  # noqa: PLR2004 - there are not two
            continue
        disputed, kept = True, more_numerous(sides)
        if not kept:
            if as_of <= (aim.due or date.max):
                return Verdict("open", disputed=True)
            return Verdict("undetermined", "disputed", disputed=True)
        lost = {id(figure) for figure in moment}.difference(map(id, kept))
        firsts.drop(figure for figure in moment if id(figure) in lost)
        left_out |= lost
    figures = [figure for figure in figures if id(figure) not in left_out]
    return replace(_settle(aim, figures, as_of, policy), disputed=disputed)


def _firsts(aim: Aim, figures: Iterable[Figure], policy: Policy) -> Firsts[Figure]:
    """Return the figures that a verdict can depend on: the name of it follows from the first of each kind."""
    telling = sorted((figure for figure in figures if not figure.empty), key=_order)
    reaching = [figure for figure in telling if _reaches(aim, figure)]
    late = [figure for figure in reaching if figure.first > (aim.due or date.max)]
    return Firsts(reaching, late, _timely(aim, telling, policy))


def _side(aim: Aim, figure: Figure, alone: str) -> str | None:
    """Return what a figure says of its moment where it would be `alone`; who cannot tell takes no side."""
    if alone in CONCLUSIVE:
        return alone
    # Before the last day it ends nothing that the aim was not reached; but it denies that it was.
    return "short" if _falls_short(aim, figure) else None


def _settle(aim: Aim, figures: Sequence[Figure], as_of: date, policy: Policy) -> Verdict:
    """Judge by figures that do not gainsay each other."""
    due = aim.due or date.max
    telling = sorted((figure for figure in figures if not figure.empty), key=_order)
    reaching = [figure for figure in telling if _reaches(aim, figure)]
    if reaching and (reaching[0].last <= due or aim.is_cap):
        return _by("met", reaching[0], aim)
    if as_of <= due:
        return _so_far("open", None, aim, telling)
    short = _short(aim, telling, reaching, policy)
    late = _late(aim, reaching, short, due) if reaching else None
    if verdict := late or _missed(aim, short, policy):
        return verdict
    reason = _reason(aim, figures, years_after(due, policy.years))
    return _so_far("undetermined", reason, aim, telling)


def _order(figure: Figure) -> tuple[date, date, str]:
    return figure.last, figure.first, figure.name


def _missed(aim: Aim, short: Sequence[Figure], policy: Policy) -> Verdict | None:
    """Return the verdict on what fell short and was never reached, if a figure tells of it."""
    if not short or not aim.binding:
        return None
    return _by(_part_or_miss(aim, short[0], policy), short[0], aim)


def _short(
    aim: Aim, telling: Sequence[Figure], reaching: Sequence[Figure], policy: Policy
) -> list[Figure]:
    """Return the figures from the due day on that fall short, and are in time to tell of it."""
    short = _timely(aim, telling, policy)
    if aim.counted != "cumulative" and reaching:
        # What fell again after the aim was reached does not tell how it was on the day.
        return [figure for figure in short if figure.last < reaching[0].first]
    return short


def _timely(aim: Aim, telling: Iterable[Figure], policy: Policy) -> list[Figure]:
    due = aim.due or date.max
    if aim.is_cap:
        # What was above the number by the last day was so on it; what is above it later need not have been.
        return [one for one in telling if _falls_short(aim, one) and one.last <= due]
    lasting, limit = aim.counted in ("cumulative", "flow"), years_after(due, policy.years)
    return [
        figure
        for figure in telling
        if _falls_short(aim, figure) and figure.first >= due and (lasting or figure.last <= limit)
    ]


def _late(
    aim: Aim, reaching: Sequence[Figure], short: Sequence[Figure], due: date
) -> Verdict | None:
    """Return the verdict on what was reached, though not surely by its day, if there is one."""
    if not short:
        return replace(_by("undetermined", reaching[0], aim), reason="by-then-or-later-not-known")
    # A count that only grows and fell short after the day was reached after it, however vaguely.
    growing = aim.counted == "cumulative"
    late = next((figure for figure in reaching if growing or figure.first > due), None)
    return _by("met-late", late, aim) if late else None


def _part_or_miss(aim: Aim, figure: Figure, policy: Policy) -> str:
    least, _ = share_of(aim, figure) or (None, None)
    return "partly" if least is not None and least >= policy.half else "missed"


def _by(name: str, figure: Figure, aim: Aim) -> Verdict:
    return Verdict(name, None, figure.name, figure.last, share_of(aim, figure), figure.first)


def _so_far(name: str, reason: str | None, aim: Aim, telling: Sequence[Figure]) -> Verdict:
    """Return a verdict that nothing decides, with the latest figure that is wholly comparable."""
    whole = [figure for figure in telling if not (figure.no_reach or figure.no_short)]
    return replace(_by(name, whole[-1], aim), reason=reason) if whole else Verdict(name, reason)


def _goal(aim: Aim) -> Decimal:
    slack = abs(aim.value) * aim.slack
    return aim.value - slack if aim.up else aim.value + slack


def _reaches(aim: Aim, figure: Figure) -> bool:
    early = aim.is_cap and figure.first < (aim.due or date.max)
    return _lies_within(aim, figure) and not early


def _lies_within(aim: Aim, figure: Figure) -> bool:
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


def _reason(aim: Aim, figures: Iterable[Figure], limit: date) -> str:
    """Return why nothing follows from the figures, the first reason that applies."""
    reasons = {_reason_of(aim, figure, limit) for figure in figures} or {"no-figure"}
    return next(reason for reason in (*_ANY, *_ONLY) if reason in reasons)


def _reason_of(aim: Aim, figure: Figure, limit: date) -> str:
    due = aim.due or date.max
    if figure.empty:
        return figure.empty
    if _falls_short(aim, figure) and figure.first >= due:
        timely = (figure.last <= limit or aim.counted == "cumulative") and not aim.is_cap
        return "binds-no-one" if timely else "too-long-after"
    if _falls_short(aim, figure) or _lies_within(aim, figure):
        return "only-before-it-was-due"
    return figure.no_reach or figure.no_short or "straddles"
