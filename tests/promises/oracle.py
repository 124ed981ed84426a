"""What becomes of a promise, from the words of docs/verdicts.md: slow, plain, and apart from the product.

In the order of that page, a short function or two a paragraph; it imports nothing of the product. It
was written before the product's code was read. Where the page is silent it follows the product, and a
comment that begins with "Silent" says how. It knows no corrections, parts, bases, facilities or joint
ventures, and nothing of who else is to keep a promise.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, combinations, groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HALF, ABOUT, ABOVE, YEARS_AFTER = Fraction(1, 2), Fraction(1, 20), Fraction(1, 4), 1
REASONS = (
    "by-then-or-later-not-known", "disputed", "readings-differ", "no-report", "straddles",
    "too-long-after", "binds-no-one", "no-figure", "direction-not-known", "wants-nothing",
    "only-before-it-was-due", "only-before-it-was-promised", "only-other-places", "only-other-parts", "counts-from-another-day",
    "other-base", "other-period", "only-forecasts",
)  # fmt: skip

Span = tuple[date, date]
Share = tuple[Fraction | None, Fraction | None]
NOTHING: Share = (None, None)


@dataclass(frozen=True, kw_only=True)
class Said:
    name: str
    publisher: str
    published: date
    about: frozenset[str]
    place: str | None = None
    speaker: str | None = None
    via: str | None = None
    uttered: date | None = None
    uttered_precision: str = "day"
    low: bool = False
    status: str | None = None
    due: date | None = None
    due_precision: str = "day"
    confirms: frozenset[str] = frozenset()
    contradicts: frozenset[str] = frozenset()
    differs_from: frozenset[str] = frozenset()
    updates: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Amount(Said):
    indicator: str
    unit: str
    comparator: str | None
    low_end: Fraction
    high_end: Fraction


@dataclass(frozen=True, kw_only=True)
class Target(Amount):
    baseline: Fraction | None = None
    counts_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class Observation(Amount):
    kind: str = "reported"
    when: date | None = None
    when_start: date | None = None
    when_precision: str = "day"


@dataclass(frozen=True, kw_only=True)
class Report(Said):
    start: date | None = None
    start_precision: str = "day"
    until: date | None = None


@dataclass(frozen=True)
class Indicator:
    direction: str
    aggregation: str
    counts_from_plan: bool


@dataclass(frozen=True)
class World:
    company: dict[str, str]
    """The company of each plan."""
    inside: dict[str, str]
    """The place around each place."""
    indicators: dict[str, Indicator]
    said: tuple[Said, ...]


@dataclass
class Outcome:
    verdict: str
    reason: str | None = None
    rests_on: dict[str, Share] = field(default_factory=dict)
    """What it can rest on, each with its share of the way: more than one where the text leaves a tie."""
    days: Span | None = None
    """Of what it rests on."""
    disputed: bool = False
    denied: set[str] = field(default_factory=set)
    """Of what it can rest on, that with which it is disputed, too."""

    @property
    def ended(self) -> bool:
        return self.verdict in {"met", "met-late", "partly", "missed", "abandoned"}


def outcomes(world: World, day: date) -> list[tuple[frozenset[str], Outcome]]:
    """Return every promise that was known by a day, as the names of its statements, and its outcome."""
    known = [said for said in world.said if said.published <= day]
    made = promises(world, known)
    return [
        (frozenset(said.name for said in promise), outcome(world, known, made, promise, day))
        for promise in made
        if any(said.status != "considered" for said in promise)
        and not all(is_misread(said, known) for said in promise)
    ]


# One promise


def promises(world: World, known: Sequence[Said]) -> list[list[Said]]:
    """Return the statements of each promise, that which stands for all first."""
    ordered = sorted(known, key=lambda said: said.name)
    milestones: list[Said] = [
        s for s in ordered if isinstance(s, Report) and s.due and s.status != "considered"
    ]
    targets = [said for said in ordered if isinstance(said, Target)]
    groups: list[list[Said]] = [[said] for said in (*targets, *milestones)]
    for one, other in combinations(targets, 2):
        if confirms(one, other) or memories_of_one_saying(one, other):
            join(groups, one, other)
    # Silent: of rivals only one can join those that want the same, and who agrees with all comes before.
    rival = {s.name for pair in combinations(targets, 2) if rivals(*pair) for s in pair}
    wishes = by_wish(sorted(targets, key=lambda s: s.name in rival))
    for same in (*wishes, *by_place(world, milestones)):
        for said in same[1:]:
            join(groups, same[0], said)
    return [sorted(group, key=stands_for_all) for group in groups]


def by_wish(said: Iterable[Said]) -> list[list[Said]]:
    found: dict[tuple[object, ...], list[Said]] = {}
    for each in said:
        found.setdefault(wish(each), []).append(each)
    return list(found.values())


def by_place(world: World, milestones: list[Said]) -> list[list[Said]]:
    """Part what wants the same; of two places that lie apart each is to be done for itself."""
    found: list[list[Said]] = []
    for same in by_wish(milestones):
        mine: list[list[Said]] = []
        for said in sorted(same, key=lambda s: (said_on(s), s.published, s.name)):
            fitting = [group for group in mine if not any(apart(world, said, s) for s in group)]
            if fitting:
                fitting[0].append(said)
            else:
                mine.append([said])
        found += mine
    return found


def wish(said: Said) -> tuple[object, ...]:
    if isinstance(said, Target):
        number = said.comparator == "between", said.low_end, said.high_end
        return (
            said.about,
            said.place,
            said.due,
            said.counts_from,
            said.indicator,
            said.unit,
            *number,
        )
    return said.about, said.due


def stands_for_all(said: Said) -> tuple[bool, bool, date, str]:
    return said.due is None, bool(said.confirms), said.published, said.name


def confirms(one: Said, other: Said) -> bool:
    return one.name in other.confirms or other.name in one.confirms


def contradict(one: Said, other: Said) -> bool:
    return one.name in other.contradicts or other.name in one.contradicts


def gainsay(one: Said, other: Said) -> bool:
    differ = one.name in other.differs_from or other.name in one.differs_from
    return differ or contradict(one, other)


def rivals(one: Said, other: Said) -> bool:
    # Silent: who gainsays another of a status that is due may want the same to be done by the same day.
    if isinstance(one, Report):
        return False
    return gainsay(one, other) and not memories_of_one_saying(one, other)


def memories_of_one_saying(one: Said, other: Said) -> bool:
    # Silent: where a source does not say on which day it was, nothing says that it was another occasion.
    if not isinstance(one, Target) or not isinstance(other, Target):
        return False
    same = (one.about, one.indicator, one.place, one.unit, one.speaker)
    alike = same == (other.about, other.indicator, other.place, other.unit, other.speaker)
    occasion = one.uttered == other.uttered or None in {one.uttered, other.uttered}
    return gainsay(one, other) and alike and one.speaker is not None and occasion


def is_misread(said: Said, known: Sequence[Said]) -> bool:
    """Tell whether a target is a rumour that a surer target of the same thing contradicts."""
    return isinstance(said, Target) and said.low and any(
        isinstance(s, Target) and not s.low and contradict(said, s) and said.about & s.about
        for s in known
    )  # fmt: skip


def join(groups: list[list[Said]], one: Said, other: Said) -> None:
    mine, theirs = (next(group for group in groups if said in group) for said in (one, other))
    if mine is not theirs and not any(rivals(a, b) for a in mine for b in theirs):
        mine.extend(theirs)
        groups.remove(theirs)


def readings(promise: list[Said]) -> list[list[Target]]:
    targets = [said for said in promise if isinstance(said, Target)]
    other = [s for s in targets[1:] if any(gainsay(s, each) for each in targets)]
    return [[said for said in targets if said not in other], *([said] for said in other)]


# Verdicts


def outcome(
    world: World, known: list[Said], made: list[list[Said]], promise: list[Said], day: date
) -> Outcome:
    """Return what could be told, unless another promise took its place before its day."""
    told = without(world, known, promise, day)
    if told.ended and not told.disputed:
        told.denied = {
            said.name
            for said in known
            if said.name in told.rests_on and is_denied(world, known, promise, said, told, day)
        }
    taken = replaced_on(made, promise, known)
    due = due_of(promise)
    # Silent: what was replaced by its day stays so where it was given up as well.
    met = told.verdict == "met" and taken and told.days and told.days[1] <= taken
    return Outcome("replaced") if taken and not (due and taken > due) and not met else told


def without(
    world: World,
    known: list[Said],
    promise: list[Said],
    day: date,
    but: frozenset[str] = frozenset(),
) -> Outcome:
    """Return what could be told without some of what was said, were the promise not replaced."""
    if not isinstance(promise[0], Target):
        return milestone(world, known, promise, day, but)
    told = by_figures(world, known, promise, day, but)
    words = by_words(world, known, promise, day, but)
    if told.verdict in {"met", "met-late"}:
        begun = told.days[0] if told.days else date.max
        before = words.verdict == "abandoned" and words.days and words.days[1] < begun
        return words if before else told
    if words.verdict == "abandoned" or (words.ended and not told.ended):
        return words
    if words.disputed and not told.ended:
        told.disputed = True
        told.reason = "disputed" if told.verdict == "undetermined" else told.reason
    return told


def due_of(promise: list[Said]) -> date | None:
    return next((said.due for said in promise if said.due), None)


def replaced_on(made: list[list[Said]], promise: list[Said], known: list[Said]) -> date | None:
    """Return when a promise was said to take the place: of the same measure, and neither a rumour nor considered."""
    mine, sure = {said.name for said in promise}, any(not said.low for said in promise)
    days = [
        said_on(said)
        for other in made
        if other is not promise and any(each.status != "considered" for each in other)
        and same_measure(other, promise)
        for said in other
        if said.updates & mine and not (said.low and sure) and not is_misread(said, known)
        # Who makes the first promise anew takes the place of the other in turn.
        and not any(each.updates and said_on(each) > said_on(said) for each in promise)
    ]  # fmt: skip
    return min(days, default=None)


def same_measure(one: list[Said], other: list[Said]) -> bool:
    measure = [getattr(promise[0], "indicator", None) for promise in (one, other)]
    about = [frozenset(chain.from_iterable(s.about for s in promise)) for promise in (one, other)]
    return measure[0] == measure[1] and bool(about[0] & about[1])


def by_figures(
    world: World, known: list[Said], promise: list[Said], day: date, but: frozenset[str]
) -> Outcome:
    # Silent: each reading counts as it is put first, else as others put it, the first that tells; and
    # while one of them is not due, all is open.
    told = []
    for reading in readings([said for said in promise if not is_misread(said, known)]):
        found = [judge(world, known, promise, target, day, but) for target in reading]
        ended = [each for each in found if each.ended] or [each for each in found if each.rests_on]
        told.append([*ended, *found][0])
    verdicts = {each.verdict for each in told}
    if len(verdicts) == 1:
        return told[0]
    return Outcome("open") if "open" in verdicts else Outcome("undetermined", "readings-differ")


@dataclass(frozen=True)
class Figure:
    said: Observation
    days: Span
    side: str
    """Reaches, short, straddles, or nothing, where it cannot show what it says."""
    share: Share
    blocks: tuple[str | None, str | None]
    """Why it cannot show that the aim was reached, and why not that it fell short."""
    why: str | None = None
    """Why it says nothing at all, or not what it says."""
    empty: bool = False


def judge(
    world: World,
    known: list[Said],
    promise: list[Said],
    target: Target,
    day: date,
    but: frozenset[str],
) -> Outcome:
    aim = Aim(world.indicators[target.indicator], target, promise)
    figures = [
        figure_of(world, known, promise, target, aim, said)
        for said in known
        if isinstance(said, Observation)
        and said.name not in but
        and of_the_same(world, known, target, said)
    ]
    sure = [figure for figure in figures if not figure.said.low]
    told = weigh(aim, sure, day)
    if told.ended or told.disputed or len(sure) == len(figures):
        return told
    # Silent on where: a rumour decides nothing of a moment of which something surer speaks.
    moments = {figure.days for figure in sure if not figure.empty}
    return weigh(aim, [f for f in figures if f in sure or f.days not in moments], day)


def settle(aim: Aim, figures: Sequence[Figure], day: date) -> Outcome:
    """Return what follows from figures that do not gainsay each other."""
    return (stays_below if aim.is_cap else gets_there)(aim, figures, day)


def gets_there(aim: Aim, figures: Sequence[Figure], day: date) -> Outcome:
    """Return what follows where a number is to be reached."""
    due = aim.due or date.max
    telling = [figure for figure in figures if not figure.empty]
    reached = earliest([figure for figure in telling if figure.side == "reaches"])
    if reached and reached[0].days[1] <= due:
        return rests("met", reached)
    if day <= due:
        return so_far("open", None, telling)
    after = [f for f in telling if f.side == "short" and f.days[0] >= due]
    timely = [f for f in after if aim.lasting or f.days[1] <= year_after(due)]
    if reached:
        # What fell again after it was reached does not tell how it was on the day.
        before = timely if aim.grows else [f for f in timely if f.days[1] < reached[0].days[0]]
        late = earliest(
            [f for f in telling if f.side == "reaches" and (aim.grows or f.days[0] > due)]
        )
        if before and late:
            return rests("met-late", late)
        return rests("undetermined", reached, "by-then-or-later-not-known")
    if timely and not aim.binds_no_one:
        last = earliest(timely)
        return rests("partly" if half(last[0]) else "missed", last)
    return so_far("undetermined", reason(aim, figures, due), telling)


def stays_below(aim: Aim, figures: Sequence[Figure], day: date) -> Outcome:
    """Return what follows where a count that only grows is to stay below a number."""
    due = aim.due or date.max
    telling = [figure for figure in figures if not figure.empty]
    kept = earliest([f for f in telling if f.side == "reaches" and f.days[0] >= due])
    if kept:
        return rests("met", kept)
    if day <= due:
        return so_far("open", None, telling)
    passed = earliest([f for f in telling if f.side == "short" and f.days[1] <= due])
    if passed and not aim.binds_no_one:
        return rests("partly" if half(passed[0]) else "missed", passed)
    return so_far("undetermined", reason(aim, figures, due), telling)


def year_after(due: date) -> date:
    return due.replace(year=due.year + YEARS_AFTER)


def half(figure: Figure) -> bool:
    return figure.share[0] is not None and figure.share[0] >= HALF


def earliest(figures: Sequence[Figure]) -> list[Figure]:
    ordered = sorted(figures, key=moment)
    return [figure for figure in ordered if moment(figure) == moment(ordered[0])]


def moment(figure: Figure) -> Span:
    return figure.days[1], figure.days[0]


def rests(verdict: str, figures: list[Figure], why: str | None = None) -> Outcome:
    return Outcome(verdict, why, {f.said.name: f.share for f in figures}, figures[0].days)


def so_far(verdict: str, why: str | None, figures: Sequence[Figure]) -> Outcome:
    whole = sorted((figure for figure in figures if figure.blocks == (None, None)), key=moment)
    last = [figure for figure in whole if moment(figure) == moment(whole[-1])]
    return rests(verdict, last, why) if last else Outcome(verdict, why)


def reason(aim: Aim, figures: Sequence[Figure], due: date) -> str:
    """Return the first reason, in the order of the vocabulary, that any figure gives."""
    given = {reason_of(aim, figure, due) for figure in figures}
    return min(given, key=REASONS.index, default="no-figure")


def reason_of(aim: Aim, figure: Figure, due: date) -> str:
    if figure.why:
        return figure.why
    if figure.side == "straddles":
        return "straddles"
    if figure.days[0] < due:
        return "only-before-it-was-due"
    if aim.is_cap:
        return "too-long-after"
    return "binds-no-one" if aim.lasting or figure.days[1] <= year_after(due) else "too-long-after"


# What a figure says


def interval(said: Amount) -> tuple[Fraction | None, Fraction | None]:
    low, high = said.low_end, said.high_end
    if said.comparator == "approximately":
        return low - low * ABOUT, high + high * ABOUT
    if said.comparator in {"more-than", "at-least"}:
        return low, high + high * ABOVE if high else None
    if said.comparator in {"at-most", "less-than"}:
        return None, high
    return low, high


class Aim:
    """What is wanted: a number, and on which side of it."""

    def __init__(self, indicator: Indicator, target: Target, promise: list[Said]) -> None:
        words, better, upper = target.comparator, indicator.direction, ("at-most", "less-than")
        self.due = target.due or due_of(promise)
        self.rank, self.grows = (
            indicator.aggregation == "ordinal",
            indicator.aggregation == "cumulative",
        )
        self.lasting = self.grows or indicator.aggregation == "flow"
        self.up = better != "less-is-better"
        if better == "neutral" and target.baseline is not None:
            self.up = target.low_end > target.baseline
        if words in {*upper, "at-least", "more-than"}:
            self.up = words not in upper or better == "more-is-better"
        self.up = self.up and not self.rank
        told = better != "unknown-direction" or words in {"at-least", "more-than"} or self.rank
        self.no_sense = not told
        self.value = target.low_end if self.up else target.high_end
        self.wants_nothing = self.up and self.value <= 0 and words != "more-than"
        off = ABOUT * self.value if words == "approximately" else 0
        self.enough = self.value - off if self.up else self.value + off
        # Silent: where it began, and that it binds no one, may be told by another who puts it so.
        same = [s for s in promise if isinstance(s, Target) and s.unit == target.unit
                and (s.low_end, s.high_end) == (target.low_end, target.high_end)]  # fmt: skip
        baselines = [s.baseline for s in (target, *same) if s.baseline is not None]
        self.baseline = baselines[0] if baselines else None
        self.binds_no_one = better == "more-is-better" and any(s.comparator in upper for s in same)

    @property
    def is_cap(self) -> bool:
        return self.grows and not self.up

    def side(self, said: Observation) -> str:
        low, high = interval(said)
        sure, possible = (low, high) if self.up else (high, low)
        sign = 1 if self.up else -1
        if sure is not None and sign * sure >= sign * self.enough:
            return "reaches"
        if possible is not None and sign * possible < sign * self.enough:
            return "short"
        return "straddles"

    def share(self, said: Observation, fit: Fit) -> Share:
        if self.rank or (self.baseline is None and (not self.up or self.value <= 0)):
            return NOTHING
        begin = self.baseline or Fraction(0)
        if self.value == begin:
            return NOTHING
        ends = interval(said)
        low, high = (None if end is None else (end - begin) / (self.value - begin) for end in ends)
        if self.value < begin:
            low, high = high, low
        return None if fit.no_reach else low, None if fit.no_short else high


# What is comparable


def of_the_same(world: World, known: list[Said], target: Target, said: Observation) -> bool:
    """Tell whether a figure is of the same plan, or of its company where the place is the same and named."""
    if (said.indicator, said.unit) != (target.indicator, target.unit):
        return False
    place = target.place or own_place(known, target)
    companies = {world.company[plan] for plan in target.about}
    of_company = said.about >= companies and said.place is not None and said.place == place
    return said.about >= target.about or of_company


def figure_of(
    world: World,
    known: list[Said],
    promise: list[Said],
    target: Target,
    aim: Aim,
    said: Observation,
) -> Figure:
    fit = Fit(world, known, promise, target, aim, said)
    days, side = figure_days(said, world.indicators[said.indicator].aggregation), aim.side(said)
    empty = fit.no_reach if fit.no_reach and fit.no_short else None
    if said.kind == "forecast":
        empty = "only-forecasts"
    elif not empty and fit.promised and days[1] < fit.promised:
        empty = "only-before-it-was-promised"
    why = empty or (fit.no_short if side == "short" else fit.no_reach or fit.no_short)
    if (side == "reaches" and fit.no_reach) or (side == "short" and fit.no_short):
        side = "nothing"
    blocks = fit.no_reach, fit.no_short
    return Figure(said, days, side, aim.share(said, fit), blocks, why, empty is not None)


class Fit:
    """Why a figure's place, period or beginning keeps it from showing that the aim was reached, or not."""

    def __init__(
        self,
        world: World,
        known: list[Said],
        promise: list[Said],
        target: Target,
        aim: Aim,
        said: Observation,
    ) -> None:
        indicator = world.indicators[target.indicator]
        self.promised = promised(promise)
        sizes = [("only-other-places", place_compares(world, known, target, said))]
        if indicator.aggregation == "cumulative":
            size = beginning_compares(indicator, target, said, self.promised)
            sizes.append(("counts-from-another-day", size))
        if indicator.aggregation == "flow":
            sizes.append(
                ("other-period", period_compares(period_of_target(target), period_of_figure(said)))
            )
        if indicator.aggregation == "unknown-aggregation":
            mine, its = period_of_target(target), period_of_figure(said)
            size = "same" if mine and mine == its else "another"
            sizes.append(("other-period", size))
        if aim.no_sense:
            sizes.append(("direction-not-known", "not known"))
        # What nothing is enough for can be fallen short of only by what is less than nothing.
        nothing = "wants-nothing" if aim.wants_nothing else None
        strict = not aim.up or indicator.aggregation in {"ratio", "ordinal", "unknown-aggregation"}
        reach, short = ({"same"}, {"same"}) if strict else ({"same", "narrower"}, {"same", "wider"})
        self.no_reach = next((why for why, size in sizes if size not in reach), nothing)
        self.no_short = next((why for why, size in sizes if size not in short), None)


def promised(promise: list[Said]) -> date | None:
    # Silent: the first day on which it can have been said; who recalls it after its day does not tell.
    due = due_of(promise)
    if due and min(map(said_on, promise)) > due:
        return None
    return min(span(said_on(s), s.uttered_precision if s.uttered else "day")[0] for s in promise)


def own_place(known: list[Said], target: Target) -> str | None:
    # Silent: the places of a plan are those of its targets and reports, not those of figures.
    about = [s for s in known if s.about & target.about and not isinstance(s, Observation)]
    own = {said.place for said in about if said.place}
    return own.pop() if len(own) == 1 else None


def place_compares(world: World, known: list[Said], target: Target, said: Observation) -> str:
    ours, theirs = target.place, said.place
    if (ours is None) != (theirs is None):
        only = own_place(known, target)
        ours, theirs = ours or only, theirs or only
    if ours == theirs:
        return "same"
    if ours is None or theirs is None:
        return "other"
    if theirs in around(world, ours):
        return "wider"
    return "narrower" if ours in around(world, theirs) else "other"


def around(world: World, place: str) -> Iterable[str]:
    while place in world.inside:
        place = world.inside[place]
        yield place


def period_of_target(target: Target) -> Span | None:
    return period(target.due, target.due_precision, target.counts_from)


def period_of_figure(said: Observation) -> Span | None:
    return period(said.when, said.when_precision, said.when_start)


def period(last: date | None, precision: str, begin: date | None) -> Span | None:
    """Return the period that an amount is of: as stated, else the year that the words name."""
    if last and begin:
        return begin, last
    return span(last, precision) if last and precision in {"year", "fiscal-year"} else None


def period_compares(ours: Span | None, theirs: Span | None) -> str:
    if ours is None or theirs is None:
        return "other"
    if ours == theirs:
        return "same"
    if theirs[0] <= ours[0] and ours[1] <= theirs[1]:
        return "wider"
    return "narrower" if ours[0] <= theirs[0] and theirs[1] <= ours[1] else "other"


def beginning_compares(
    indicator: Indicator, target: Target, said: Observation, plan_day: date | None
) -> str:
    ours, theirs = target.counts_from, said.when_start
    named = period_of_target(target)
    if named and named == (theirs, said.when):
        return "same"
    if indicator.counts_from_plan:
        ours = ours or plan_day
        theirs = theirs or ours
    if ours == theirs:
        return "same"
    if ours is None or theirs is None:
        return "other"
    return "wider" if theirs < ours else "narrower"


# Days


def span(day: date, precision: str) -> Span:
    """Return the first and the last day of the period that a day ends, or lies in."""
    months = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
    if precision == "fiscal-year":
        return date(day.year - (day.month < 12), day.month % 12 + 1, 1), day
    if precision not in months:
        return day, day
    length = months[precision]
    begin = (day.month - 1) // length * length + 1
    end = begin + length - 1
    return date(day.year, begin, 1), date(day.year, end, monthrange(day.year, end)[1])


def figure_days(said: Observation, adds_up: str) -> Span:
    if not said.when:
        return said.published, said.published
    # Silent: a share or a rank of a period holds at its end, a stock on any day of it.
    if adds_up in {"flow", "unknown-aggregation"} or (
        adds_up in {"ratio", "ordinal"} and said.when_start
    ):
        return said.when, said.when
    begin = span(said.when, said.when_precision)[0]
    # Silent: of a year that was not over, what was reported was so by the day of the report.
    end = min(said.when, max(begin, said.published))
    if said.when_start and adds_up != "cumulative":
        begin = min(begin, said.when_start)
    return begin, end


def said_on(said: Said) -> date:
    return said.uttered or said.published


def held(said: Said) -> Span:
    # Silent: what was missed or given up, without a day, also holds at the latest when it is told; what
    # is still to come holds on that day; and what is reported has begun by the day of the report.
    if isinstance(said, Report) and said.start:
        begin, end = span(said.start, said.start_precision)
        if said.start_precision == "fiscal-year":
            begin, end = (
                said.start,
                said.start.replace(year=said.start.year + 1) - timedelta(days=1),
            )
        return begin, max(said.start, min(end, said.published))
    ends = isinstance(said, Report) and said.status in {"achieved", "missed", "abandoned"}
    return date.min if ends else said_on(said), said_on(said)


def apart(world: World, one: Said, other: Said) -> bool:
    """Tell whether two name places of which neither is the other, or lies in it."""
    if not one.place or not other.place or one.place == other.place:
        return False
    return one.place not in around(world, other.place) and other.place not in around(
        world, one.place
    )


def reports_of(world: World, known: list[Said], promise: list[Said]) -> list[Report]:
    """Return what is reported of what was promised, but for what is of elsewhere."""
    return [
        s
        for s in known
        if isinstance(s, Report)
        and s.about >= promise[0].about
        and not all(apart(world, s, said) for said in promise)
    ]


def milestone(
    world: World, known: list[Said], promise: list[Said], day: date, but: frozenset[str]
) -> Outcome:
    due = promise[0].due
    assert due
    said = min(map(said_on, promise))
    heard = [s for s in known if s.name not in but]
    of_it = reports_of(world, heard, promise)
    reports = [
        s for s in of_it if (s.due in {None, due} or s.status not in {"missed", "announced", "underway"})
        and not taken_up(s, day)
        and (said > due or s.status != "achieved" or held(s)[1] >= said)
    ]  # fmt: skip
    told = by_reports(reports, due, day)
    alone = [s for s in reports if [s.name] == [*told.rests_on]]
    if alone and not settles(alone[0], of_it, heard):
        rest = by_reports([s for s in reports if s not in alone], due, day)
        if rest.verdict != told.verdict:
            return Outcome("undetermined", "disputed", told.rests_on, disputed=True)
    return told


def taken_up(said: Report, day: date) -> bool:
    """Tell whether what was given up until a day is taken up again: an end that is past ends nothing."""
    return said.status == "abandoned" and said.until is not None and said.until < day


def by_words(
    world: World, known: list[Said], promise: list[Said], day: date, but: frozenset[str]
) -> Outcome:
    # Silent: a status on a target tells where no figure does, and who gives up a plan gives up what
    # was promised before that day.
    due = due_of(promise)
    own = [
        s for s in promise if s.status in {"achieved", "missed", "abandoned"} and s.name not in but
        and not is_misread(s, known)
    ]  # fmt: skip
    heard = [s for s in known if s.name not in but]
    reports = reports_of(world, heard, promise)
    said, unsure = min(map(said_on, promise)), all(s.low for s in promise)
    given_up: list[Said] = [
        s for s in reports if s.status == "abandoned" and said_on(s) > said and (unsure or not s.low)
        and not taken_up(s, day)
    ]  # fmt: skip
    settled = [s for s in own if settles(s, [], heard)]
    settled += [s for s in given_up if settles(s, reports, heard)]

    def judged(ends: list[Said]) -> Outcome:
        in_time = [s for s in ends if s.status != "abandoned" or held(s)[1] <= (due or date.max)]
        return by_reports(in_time, due, day)

    told = judged(settled)
    told.disputed = not told.ended and judged([*own, *given_up]).ended
    return told


def by_reports(reports: Sequence[Said], due: date | None, day: date) -> Outcome:
    last = due or date.max
    sure = [s for s in reports if not s.low] or list(reports)
    done, given_up = (
        first_told([s for s in sure if s.status == status]) for status in ("achieved", "abandoned")
    )
    if given_up and (not done or held(given_up[0])[1] < held(done[0])[0]):
        return words("abandoned", given_up)
    missed = first_told([s for s in sure if tells_missed(s, last)])
    if done:
        begun, ended = held(done[0])
        if ended <= last:
            return words("met", done)
        if begun > last or (missed and held(missed[0])[1] <= ended):
            return words("met-late", done)
        if day > last:
            return words("undetermined", done, "by-then-or-later-not-known")
    if day <= last:
        return Outcome("open")
    return words("missed", missed) if missed else Outcome("undetermined", "no-report")


def tells_missed(said: Said, due: date) -> bool:
    begun, ended = held(said)
    # Silent: what is said to be missed is, and what is still to come after its day is.
    if said.status == "missed":
        return ended > due or begun >= due
    return said.status in {"announced", "underway", "postponed"} and begun > due


def first_told(reports: Sequence[Said]) -> list[Said]:
    ordered = sorted(reports, key=lambda s: held(s)[::-1])
    return [said for said in ordered if held(said) == held(ordered[0])]


def words(verdict: str, reports: list[Said], why: str | None = None) -> Outcome:
    return Outcome(verdict, why, {said.name: NOTHING for said in reports}, held(reports[0]))


# When sources disagree


def weigh(aim: Aim, figures: list[Figure], day: date) -> Outcome:
    """Settle each moment for the more numerous origins, where its figures lead to different verdicts."""
    disputed = False
    for told in contested_moments(figures):
        rest = [figure for figure in figures if figure not in told]
        alone = [(settle(aim, [*rest, figure], day), figure) for figure in told]
        # Who cannot tell takes no side; who says before its day that it fell short denies that it was reached.
        sides = [
            (verdict.verdict if verdict.ended else "short", figure)
            for verdict, figure in alone
            if verdict.ended or figure.side == "short"
        ]
        if len({verdict for verdict, _ in sides}) > 1:
            reached = [(str(verdict in {"met", "met-late"}), figure) for verdict, figure in sides]
            kept = majority(reached)
            kept = majority([(verdict, figure) for verdict, figure in sides if figure in kept])
            disputed, figures = True, [*rest, *kept]
            if not kept and day <= (aim.due or date.max):
                return Outcome("open", disputed=True)
            if not kept:
                return Outcome("undetermined", "disputed", disputed=True)
    found = settle(aim, figures, day)
    found.disputed = disputed
    return found


def contested_moments(figures: list[Figure]) -> list[list[Figure]]:
    # Silent: figures of one moment are of one place, period and beginning as well, or wider ones, or narrower.
    def key(figure: Figure) -> str:
        return str((figure.days, figure.blocks))

    telling = sorted((figure for figure in figures if not figure.empty), key=key)
    moments = [list(same) for _, same in groupby(telling, key)]
    return [told for told in moments if len({origin(figure.said) for figure in told}) > 1]


def majority(sides: list[tuple[str, Figure]]) -> list[Figure]:
    """Return the figures of the side that most origins take, none in a tie."""
    votes = {
        side: len({origin(f.said) for other, f in sides if other == side}) for side, _ in sides
    }
    most = [side for side in votes if votes[side] == max(votes.values())]
    return [figure for side, figure in sides if [side] == most]


def origin(said: Said) -> str:
    # Silent on who quotes several: the speaker counts, else the outlet or analyst, else the publisher.
    return said.speaker or said.via or said.publisher


def settles(said: Said, reports: Sequence[Said], known: Sequence[Said]) -> bool:
    """Tell whether a report settles something by itself: nobody gainsays it who is as sure."""
    # Silent: who differs from a report contradicts it, too.
    against = [s for s in reports if gainsay(said, s)] + deniers(said, known)
    return not any(said.low or not s.low for s in against)


def deniers(said: Said, known: Sequence[Said]) -> list[Said]:
    """Return who contradicts something, but for targets of which both say that it came to the same."""
    return [s for s in known if contradict(said, s) and not (
        isinstance(said, Target) and isinstance(s, Target) and said.status and said.status == s.status
    )]  # fmt: skip


def is_denied(
    world: World, known: list[Said], promise: list[Said], decides: Said, told: Outcome, day: date
) -> bool:
    """Tell whether those who contradict what decides tell otherwise, where they are heard in the place of its side."""
    against = deniers(decides, known)
    if not against:
        return False
    side = {s.name for s in known if any(contradict(s, each) for each in against)} | {decides.name}
    if decides.status:
        told_so = [*promise, *reports_of(world, known, promise)]
        side |= {s.name for s in told_so if s.status == decides.status}
    counts = [s for s in known if isinstance(s, Observation)]
    moments = {days_of(world, s) for s in counts if s.name in side and measured_alike(s, promise)}
    side |= {s.name for s in counts if days_of(world, s) in moments}
    other = without(world, known, promise, day, frozenset(side - {s.name for s in against}))
    return other.verdict != told.verdict


def measured_alike(said: Observation, promise: list[Said]) -> bool:
    units = {(s.indicator, s.unit) for s in promise if isinstance(s, Target)}
    return (said.indicator, said.unit) in units


def days_of(world: World, said: Observation) -> Span:
    return figure_days(said, world.indicators[said.indicator].aggregation)
