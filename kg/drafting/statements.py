"""Clauses become proposed statements: targets, observations and status reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dataclasses import replace

from kg.drafting.clauses import FUTURE
from kg.drafting.indicators import MONEY, Indicators
from kg.drafting.proposals import Proposal
from kg.drafting.reading import SPEAKERS, within
from kg.drafting.speakers import Voice
from kg.drafting.subjects import Undertakings
from kg.drafting.telling import (
    due_keys,
    from_keys,
    is_money,
    number_keys,
    plain,
    unit_name,
    uttered_keys,
    voice_keys,
    when_keys,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kg.drafting.amounts import Amount
    from kg.drafting.background import Background
    from kg.drafting.clauses import Clause
    from kg.drafting.days import Period
    from kg.drafting.known import Mention
    from kg.drafting.plan_words import PlanWords
    from kg.drafting.reading import Reading
    from kg.drafting.speakers import Voices
    from kg.drafting.subjects import Actors, Scenes
    from kg.drafting.telling import Keys

TARGETED: Final = FUTURE | {"former", "postponed", "abandoned", "reduced"}
STATUSES: Final = FUTURE | {"underway", "achieved", "postponed", "abandoned", "reduced", "missed"}
_TURNS: Final = frozenset({"postponed", "abandoned", "reduced", "missed"})
_SILENT: Final = frozenset({"refused", "condition", "question"})
_LEADING: Final = frozenset(
    {",", ";", ":", "-", "–", "—", "and", "but", "or", "that", "“", "„", '"', "'", "«", ".", ")"}
)
_NEAR: Final = 4
_CUTS: Final = frozenset({",", "and", "und", ";"})
_TRAILING: Final = frozenset(
    {",", ";", ":", ".", "!", "?", "”", "“", '"', "'", "»", "…", "and", "-", "–", "—"}
)


class Clerk:
    """Who writes down what the clauses of one text state."""

    def __init__(
        self,
        published: date | None,
        language: PlanWords,
        background: Background,
        indicators: Indicators,
        voices: Voices,
        actors: Actors,
        scenes: Scenes,
        barred: frozenset[str],
    ) -> None:
        """Take what is known of the text."""
        self._published, self._language, self._background = published, language, background
        self._indicators, self._voices, self._actors, self._scenes = (
            indicators,
            voices,
            actors,
            scenes,
        )
        self._undertakings = Undertakings(background)
        self._last: tuple[str, str] | None = None
        self._topic: tuple[str, list[str], Sequence[Word]] | None = None
        self._counted: dict[str, str] = {}
        self._sentence: dict[str, str] = {}
        self._line = -1
        self._before: Sequence[Word] = ()
        self._barred = barred

    def write(self, number: int, reading: Reading) -> Iterator[Proposal]:
        """Yield what a sentence states, clause by clause."""
        text = reading.text[reading.sentence.start : reading.sentence.end].rstrip('”"“») ')
        if self._language.retracting.find(reading.words):
            return
        if reading.sentence.line != self._line:
            self._line, self._before = reading.sentence.line, ()
        self._sentence.clear()
        for clause in reading.clauses:
            said = _Said(self, number, reading, clause)
            said.note()
            if clause.sense in _SILENT or text.endswith("?") or said.company is None:
                continue
            ties = list(said.tied())
            measured = list(said.measured())
            yield from (*ties, *measured)
            if not (measured or ties) or said.goes_on:
                yield from said.reported()
        self._before = reading.words


class _Said:
    """One clause, with who acts in it, who says it and where."""

    def __init__(self, clerk: Clerk, number: int, reading: Reading, clause: Clause) -> None:
        self._clerk, self._reading, self._clause = clerk, reading, clause
        start, end = reading.span(clause)
        self._words = reading.words[clause.first : clause.last]
        self._barred = clerk._barred
        portions = {
            reading.words[hit.last - 1].end for hit in clerk._language.portions.find(reading.words)
        }
        self._amounts, self._origins = _with_baselines(
            [
                each
                for each in within(reading.amounts, start, end)
                if not _is_portion(each, portions, reading)
            ],
            reading,
            clerk._language.origins,
        )
        has_share = any(unit_name(a) == "PERCENT" for a in reading.amounts)
        self._periods = [
            p
            for p in within(reading.periods, start, end)
            if p.latest and not (has_share and self._is_base(p))
        ]
        self._leading = self._led()
        at = reading.words[clause.first if clause.cue is None else clause.cue].start
        if clause.cue is None and self._amounts:
            at = self._amounts[0].start
        self._strange = clerk._scenes.is_strange(reading, clause)
        self._voice, self._quoted = clerk._voices.at(number, at)
        own: str | None = None
        if self._voice and self._voice.speaker:
            own = clerk._actors.company_of(self._voice.speaker)
        self._own = own
        self.company = clerk._actors.actor(reading, clause, own if self._quoted else None)
        person = clerk._actors.person
        if self._voice is None and person and clause.sense in FUTURE | _TURNS:
            # Who wants something, or gives it up, has said so.
            self._voice, self._own = Voice(at, person, is_person=True), self.company

    @property
    def goes_on(self) -> bool:
        """Whether something had begun that numbers tell the state of: it is a report of its own."""
        return self._clause.sense == "underway" and self._clause.past

    def note(self) -> None:
        """Remember what the clause is about, for those that only say "the project"."""
        kinds = self._kinds()
        if kinds and self.company:
            self._clerk._topic = self.company, kinds, self._words
            self._clerk._last = None

    def _kinds(self) -> list[str]:
        """Return the sorts of undertaking that the clause speaks of, those behind its verb if there are any."""
        hits = self._clerk._language.kinds.find_all(self._words)
        if not hits and self._clause.joint == "resumed":
            # "The plant that it is building will open": what acts stands before.
            hits = self._clerk._language.kinds.find_all(self._reading.words[: self._clause.first])
            return [kind for hit in hits for kind in hit.meanings]
        cue = 0 if self._clause.cue is None else self._clause.cue - self._clause.first
        behind = [hit for hit in hits if hit.first >= cue]
        return [kind for hit in behind or hits for kind in hit.meanings]

    def _led(self) -> list[Period]:
        """Return the times that stand before all verbs: "In July 2015, Acme announced that it would"."""
        first = min((c.cue for c in self._reading.clauses if c.cue is not None), default=0)
        if not first or self._periods:
            return []
        end = self._reading.words[first].start
        return [
            p for p in within(self._reading.periods, self._reading.words[0].start, end) if p.latest
        ]

    def tied(self) -> Iterator[Proposal]:
        """Yield the partners, stakes and the like that a clause names behind its verb."""
        words, sense = self._words, self._clause.sense
        if sense in {"considered", "former", "forecast"} | _TURNS:
            return
        for hit in self._clerk._language.verbs.find(words):
            others = list(self._objects(words[hit.last - 1].end))
            for other in others:
                keys: Keys = {
                    "type": "Relation",
                    "subject": str(self.company),
                    "predicate": hit.meaning,
                    "object": other.thing,
                }
                if sense == "announced":
                    keys["status"] = sense
                span = self._trimmed(self._clause.first, self._reading.number(other.end))
                yield Proposal(keys | self._told(self._place(other.start)), (span,))

    def _objects(self, place: int) -> Iterator[Mention]:
        """Yield the organizations that follow a place, one behind the other: "A, B and C"."""
        reading = self._reading
        at = reading.number(place)
        for mention in reading.mentions:
            first = reading.number(mention.start)
            if (
                mention.type in SPEAKERS - {"Person"}
                and at <= first <= at + _NEAR
                and mention.thing != self.company
            ):
                yield mention
                at = reading.number(mention.end)

    def measured(self) -> Iterator[Proposal]:
        """Yield the targets and observations of a clause, for each number of which the words tell what it counts."""
        if self._clause.sense == "missed":
            return
        for number, amount in enumerate(self._amounts):
            yield from self._one(number, amount)
        yield from self._rank()

    def _one(self, number: int, amount: Amount) -> Iterator[Proposal]:
        indicator = self._indicator(number, amount)
        if indicator is None:
            return
        self._clerk._counted[_unit(amount)] = indicator
        self._clerk._sentence[_unit(amount)] = indicator
        keys = number_keys(self._signed(amount))
        yield self._measure(
            indicator, keys, self._period(number, amount), self._span(number, amount), amount
        )
        if amount.baseline is not None and self._is_now(indicator):
            counted: Keys = {"value": plain(amount.baseline)}
            if is_money(amount):
                counted["unit"] = keys["unit"]
            origin = self._origins.get(amount.start)
            then = [p for p in self._periods if origin and p.start >= origin[1]]
            span = self._origin(amount)
            place = self._place(amount.start)
            yield self._observation(indicator, counted, place, next(iter(then), None), span)

    def _is_now(self, indicator: str) -> bool:
        """Whether a number that something grows from is so today, and not what was planned before."""
        return self._clause.sense != "reduced" and self._clerk._indicators.is_stock(indicator)

    def _signed(self, amount: Amount) -> Amount:
        """Return a number with the sign and the comparator that the words beside it give: a loss, "has passed"."""
        reading = self._reading
        at = reading.number(amount.start)
        near = reading.words[max(self._clause.first, at - 3) : at]
        if (
            amount.value is not None
            and amount.value > 0
            and self._clerk._indicators.is_negative(near)
        ):
            return replace(amount, value=-amount.value)
        if amount.comparator is None and any(
            w.folded in self._clerk._language.exceeding for w in near[-1:]
        ):
            return replace(amount, comparator="more-than")
        return amount

    def _origin(self, amount: Amount) -> tuple[int, int]:
        """Return where a number stands that something grows from: "from 250" of "from 250 to 500"."""
        reading = self._reading
        words = reading.words[reading.number(amount.start) : reading.number(amount.end)]
        to = next(
            (n for n, word in enumerate(words) if n and word.folded in self._clerk._language.to),
            None,
        )
        digits = [n for n, word in enumerate(words) if word.folded[0].isdigit()]
        if to and digits and digits[0] < to:
            return words[0].start, words[to - 1].end
        origins = [
            n for n, word in enumerate(words) if word.folded in self._clerk._language.origins
        ]
        whole = (words[origins[-1]].start, words[-1].end) if origins else (amount.start, amount.end)
        return self._origins.get(amount.start, whole)

    def _indicator(self, number: int, amount: Amount) -> str | None:
        clerk, reading, clause = self._clerk, self._reading, self._clause
        unit = _unit(amount)
        first, last = reading.number(amount.start), reading.number(amount.end)
        earlier = self._amounts[number - 1].end if number else 0
        later = self._amounts[number + 1].start if number + 1 < len(self._amounts) else None
        left = max(clause.first, reading.number(earlier))
        right = clause.last if later is None else reading.number(later)
        wanted = "unit:NUM" if unit == "unit:FRACTION" else unit
        counted = clerk._counted.get(wanted)
        if counted and clerk._language.again.find(
            reading.words[max(clause.first, first - 4) : last + 3]
        ):
            return counted
        for begin, end in ((left, right), (clause.first, clause.last)):
            part, number_at = self._bare(begin, end, first, last)
            found = clerk._indicators.choose(
                part, number_at, wanted, self.company, counted, self._barred
            )
            if found:
                break
        else:
            found = self._carried(wanted, first)
        if found and wanted == "unit:NUM":
            found = self._turned(found, first)
        if found is None or self._is_scope(number, amount) or self._is_change(found, amount):
            return None
        if unit == "unit:FRACTION":
            return clerk._indicators.growth_of(found)
        return found

    def _turned(self, indicator: str, first: int) -> str | None:
        """Return what counts what goes ("cut 500 jobs") or comes, where the number is not that which is then there."""
        clerk, words = self._clerk, self._reading.words
        if first and words[first - 1].folded in clerk._language.to:
            return indicator
        if clerk._language.undone.find(self._words):
            return clerk._indicators.undone(indicator)
        if clerk._language.gaining.find(self._words):
            return clerk._indicators.gained(indicator)
        return indicator

    def _is_change(self, indicator: str, amount: Amount) -> bool:
        """Whether a number tells how much something changes, which is no level of it: "by 500"."""
        if self._reading.before(amount.start) not in self._clerk._language.by:
            return False
        if unit_name(amount) == "PERCENT":
            return self._clerk._indicators.is_share(indicator)
        return self._clerk._indicators.is_stock(indicator) or is_money(amount)

    def _is_scope(self, number: int, amount: Amount) -> bool:
        """Whether a number only tells in how many places another number of things is."""
        before = self._amounts[number - 1] if number else None
        return (
            before is not None
            and before.unit == amount.unit
            and self._cut(number - 1) is None
            and self._reading.before(amount.start) in self._clerk._language.scopes
        )

    def _bare(
        self, begin: int, end: int, first: int, last: int
    ) -> tuple[Sequence[Word], tuple[int, int]]:
        """Return words without those that phrases leave out, and where a number stands among them."""
        words = self._reading.words
        adverbs = self._clerk._language.adverbs
        kept = [n for n in range(begin, end) if words[n].folded not in adverbs or first <= n < last]
        before = sum(n < first for n in kept)
        inside = sum(first <= n < last for n in kept)
        return [words[n] for n in kept], (before, before + inside)

    def _carried(self, unit: str, first: int) -> str | None:
        """Return what a number counts that has no words of its own: what stands before it does."""
        clerk, reading = self._clerk, self._reading
        if unit in clerk._sentence:
            return clerk._sentence[unit]
        before = reading.words[: self._clause.first]
        places = [*before, *reading.words[self._clause.first : first]]
        found = clerk._indicators.choose(
            places, (len(places), len(places)), unit, self.company, None, self._barred
        )
        if found or self._clause.sense not in TARGETED:
            return found
        before = clerk._before
        return clerk._indicators.choose(
            before, (len(before), len(before)), unit, self.company, None, self._barred
        )

    def _measure(
        self,
        indicator: str,
        keys: Keys,
        period: Period | None,
        span: tuple[int, int],
        amount: Amount,
    ) -> Proposal:
        place = self._place(amount.start)
        sense = self._clause.sense
        if sense in TARGETED or (sense == "underway" and not self._clause.past):
            return self._target(indicator, keys, place, period, span, amount.start)
        kind = "forecast" if sense == "forecast" else None
        return self._observation(indicator, keys, place, period, span, kind)

    def _target(
        self,
        indicator: str,
        keys: Keys,
        place: str | None,
        period: Period | None,
        span: tuple[int, int],
        amount_start: int = 0,
    ) -> Proposal:
        sense = self._clause.sense
        status = "announced" if sense in {"former", None} else str(sense)
        times: Keys = {}
        published = self._clerk._published
        if period and period.latest:
            is_past = published is not None and period.latest < published
            # A plan of today is for days to come: an older day is that on which it was made.
            is_uttered = is_past and (sense != "former" or period.end <= amount_start)
            times = uttered_keys(period) if is_uttered else due_keys(period)
        times |= self._base(amount_start)
        about, things = self._about(indicator, place)
        place = place or self._known_place(about)
        told = {
            "type": "Target",
            "about": about,
            "indicator": indicator,
            **keys,
            **times,
            "status": status,
            **self._told(place),
        }
        if sense == "former":
            told["confidence"] = "medium"
        return Proposal(told, (span,), things)

    def _observation(
        self,
        indicator: str,
        keys: Keys,
        place: str | None,
        period: Period | None,
        span: tuple[int, int],
        kind: str | None = None,
    ) -> Proposal:
        keys = {key: value for key, value in keys.items() if key != "baseline"}
        about, things = self._about(indicator, place, observed=True)
        place = place or self._known_place(about)
        analyst = self._voice is not None and self._voice.is_figure and not self._is_outlet()
        told = {
            "type": "Observation",
            "about": about,
            "indicator": indicator,
            **keys,
            **when_keys(period, self._clerk._published),
            "kind": kind or ("counted" if analyst else "reported"),
            **self._told(place),
        }
        return Proposal(told, (span,), things)

    def _rank(self) -> Iterator[Proposal]:
        found = self._clerk._indicators.rank(self._words, self._reading.words, self.company)
        if found is None:
            return
        hit, indicator = found
        place = self._place(self._words[hit.first].start)
        period = self._periods[0] if self._periods else None
        span = self._trimmed(self._clause.first, self._clause.last)
        keys: Keys = {"value": hit.meaning}
        if self._clause.sense in FUTURE:
            yield self._target(indicator, keys, place, period, span)
        else:
            yield self._observation(indicator, keys, place, period, span)

    def reported(self) -> Iterator[Proposal]:
        """Yield the status of the undertaking that a clause tells of."""
        sense = self._clause.sense
        status = "announced" if sense == "former" else sense
        if status not in STATUSES or self.company is None or self._only_names():
            return
        if self._quoted and self._own is None:
            # Who is quoted is not of the company, as far as we know: what they tell of is not its plan.
            return
        cue = self._reading.words[self._clause.cue or 0].start
        place = self._place(cue)
        found = self._undertaking(str(status), place)
        if found is None:
            return
        about, things = found
        place = place or self._known_place(about)
        period = self._own_period(str(status))
        told: Keys = {
            "type": "StatusReport",
            "about": about,
            "status": str(status),
            **self._times(str(status), period),
            **self._told(place),
        }
        if sense == "former":
            told["confidence"] = "medium"
        self._clerk._last = (self.company, about)
        yield Proposal(told, (self._trimmed(self._clause.first, self._clause.last),), things)

    def _only_names(self) -> bool:
        """Whether a clause only says which thing its sentence tells of: "the plant that it is building will open"."""
        later = (c for c in self._reading.clauses if c.first == self._clause.last)
        return self._clause.joint == "that" and any(c.joint == "resumed" for c in later)

    def _own_period(self, status: str) -> Period | None:
        """Return the time of a status: the first one that is no beginning, of what is past a past one."""
        published = self._clerk._published
        periods = [p for p in self._periods if p.role != "from"] or self._periods
        if status in _TURNS | {"achieved"} - {"postponed"}:
            periods = [p for p in periods if published and p.earliest and p.earliest <= published]
        return next(iter(periods or self._leading), None)

    def _times(self, status: str, period: Period | None) -> Keys:
        published = self._clerk._published
        if period is None or period.latest is None:
            return {}
        if self._clause.sense == "former":
            return due_keys(period)
        is_past = published is not None and period.latest <= published
        if status in {"achieved", "missed"} or (
            status in {"underway", "abandoned", "announced"} and is_past
        ):
            return from_keys(period, published)
        return due_keys(period) if period.role != "since" else from_keys(period, published)

    def _undertaking(
        self, status: str, place: str | None
    ) -> tuple[str, tuple[dict[str, str | list[str]], ...]] | None:
        clerk, company = self._clerk, str(self.company)
        kinds, words = self._kinds(), self._words
        if not kinds:
            said = {word.folded for word in self._words}
            if status in FUTURE or not said & clerk._language.same:
                return None
            if clerk._last and clerk._last[0] == company:
                return clerk._last[1], ()
            if clerk._topic is None or clerk._topic[0] != company:
                only = clerk._undertakings.located(company, place)
                return (only, ()) if only else None
            _, kinds, words = clerk._topic
        if status not in _TURNS and clerk._language.undone.find(words) and "climate" not in kinds:
            # What closes is no step of the plan that opened it.
            return None
        known = clerk._undertakings.reported(company, kinds, place, words)
        if known and not self._strange:
            return known, ()
        new = clerk._undertakings.new(company, kinds[0], place)
        return str(new["id"]), (new,)

    def _about(
        self, indicator: str, place: str | None, *, observed: bool = False
    ) -> tuple[str, tuple[dict[str, str | list[str]], ...]]:
        clerk, company = self._clerk, str(self.company)
        last = clerk._last[1] if clerk._last and clerk._last[0] == company else None
        known = clerk._undertakings.measured(
            company, indicator, place, self._reading.words, observed=observed, last=last
        )
        if known and (not self._strange or known == company):
            clerk._last = (company, known)
            return known, ()
        there = None if self._strange else clerk._undertakings.located(company, place)
        if there and not observed:
            clerk._last = (company, there)
            return there, ()
        kind = clerk._undertakings.kind_of(indicator)
        if observed or kind is None:
            return company, ()
        new = clerk._undertakings.new(company, kind, place)
        clerk._last = (company, str(new["id"]))
        return str(new["id"]), (new,)

    def _told(self, place: str | None) -> Keys:
        keys: Keys = {"place": place} if place else {}
        company = self._own or self.company
        return keys | voice_keys(
            self._voice, company, quoted=self._quoted, is_outlet=self._is_outlet()
        )

    def _is_outlet(self) -> bool:
        via = self._voice.via if self._voice else None
        return via in self._clerk._background.publishers

    def _place(self, at: int) -> str | None:
        scenes, number = self._clerk._scenes, self._reading.number(at)
        place = scenes.place(self._reading, self._clause, number)
        # In a place that nobody knows is not where the rest of the text is.
        return None if self._strange and place == scenes.main else place

    def _known_place(self, about: str) -> str | None:
        """Return where an undertaking is, unless the text says somewhere else."""
        return None if self._strange else self._clerk._undertakings.place_of(about)

    def _period(self, number: int, amount: Amount) -> Period | None:
        """Return the time of a number: the one in its own part of the clause, else the only one of the clause."""
        later = self._amounts[number + 1].start if number + 1 < len(self._amounts) else None
        origin = self._origins.get(amount.start)
        later = origin[0] if origin else later
        earlier = self._amounts[number - 1].end if number else -1
        own = [
            p for p in self._periods if p.start >= amount.end and (later is None or p.end <= later)
        ]
        own += [p for p in self._periods if earlier <= p.start < amount.start]
        if own:
            return own[0]
        # What is planned together is due together; what was counted was counted apart.
        is_plan = self._clause.sense in TARGETED
        if is_plan and not self._periods and len(self._leading) == 1:
            return self._leading[0]
        return self._periods[-1] if is_plan and len(self._periods) == 1 else None

    def _span(self, number: int, amount: Amount) -> tuple[int, int]:
        first = self._cut(number - 1) if number else None
        last = self._cut(number) if number + 1 < len(self._amounts) else None
        return self._trimmed(first or self._clause.first, last or self._clause.last)

    def _cut(self, number: int) -> int | None:
        """Return where the part of a number ends, by the comma or "and" before the next one."""
        reading = self._reading
        begin = reading.number(self._amounts[number].end)
        end = reading.number(self._amounts[number + 1].start)
        cuts = [n for n in range(begin, end) if reading.words[n].folded in _CUTS]
        return cuts[-1] if cuts else None

    def _base(self, place: int) -> Keys:
        """Return the year that a change in per cent is counted against."""
        shares = any(a.start == place and unit_name(a) == "PERCENT" for a in self._amounts)
        bases = [period for period in self._reading.periods if self._is_base(period)]
        last = bases[0].latest if shares and bases else None
        return {"baseline_date": last.isoformat()} if last else {}

    def _is_base(self, period: Period) -> bool:
        """Whether a time is the year that something is compared with: "on 2016 levels"."""
        published, reading = self._clerk._published, self._reading
        is_old = published is not None and period.latest is not None and period.latest < published
        if not is_old or tuple(period.precision) != ("year",):
            return False
        first, last = reading.number(period.start), reading.number(period.end)
        hits = self._clerk._language.baselines.find(reading.words[max(0, first - 3) : last])
        return any(max(0, first - 3) + hit.last >= first for hit in hits)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        words = self._reading.words
        while first < last - 1 and words[first].folded in _LEADING:
            first += 1
        while last - 1 > first and words[last - 1].folded in _TRAILING:
            last -= 1
        return words[first].start, words[last - 1].end


def _is_portion(amount: Amount, ends: set[int], reading: Reading) -> bool:
    """Whether a number only says of how many something is one: "the second of two plants"."""
    number = reading.number(amount.start)
    return bool(number) and reading.words[number - 1].end in ends


def _with_baselines(
    amounts: list[Amount], reading: Reading, origins: frozenset[str]
) -> tuple[list[Amount], dict[int, tuple[int, int]]]:
    """Join what something grows from to what it grows to, where other words stand between the two.

    The places of what was joined are returned by those of what it was joined to.
    """
    joined: list[Amount] = []
    places: dict[int, tuple[int, int]] = {}
    for amount in amounts:
        before = joined[-1] if joined else None
        is_from = reading.before(amount.start) in origins
        origin = amount.baseline if amount.value is None else amount.value if is_from else None
        if (
            before
            and before.value is not None
            and before.baseline is None
            and origin is not None
            and before.unit == amount.unit
        ):
            joined[-1] = replace(before, baseline=origin)
            places[before.start] = amount.start, amount.end
        elif amount.value is None and amount.minimum is None and amount.factor is None:
            joined.append(replace(amount, value=amount.baseline, baseline=None))
        else:
            joined.append(amount)
    return joined, places


def _unit(amount: Amount) -> str:
    if amount.factor is not None and amount.value is None:
        return "unit:FRACTION"
    if is_money(amount):
        return MONEY
    return f"unit:{unit_name(amount) or 'NUM'}"
