"""How every promise fared, day by day: derived facts, each with what it rests on.

An outcome stands from the day on which it could be known until another one could; so what is asked
of a day, past or present, is looked up and not judged again. Nothing depends on today.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.promises.days import day_after
from kg.promises.evidence import Evidence, Figures
from kg.promises.followers import followers_of
from kg.promises.known import counts_on, is_considered, published, said_from, said_on
from kg.promises.milestones import judge_milestone, judge_words
from kg.promises.promise import Outcome, Promise, made_promises
from kg.promises.readings import Wanted, completed_aims, readings_of
from kg.promises.verdicts import Verdict, judge_figures
from kg.promises.wants import Want, aim_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from kg.promises.claims import Claims
    from kg.promises.followers import Follower
    from kg.promises.statement import Statement
    from kg.promises.verdicts import Aim, Policy


def judge_promises(
    claims: Claims, policy: Policy, of: Container[str] | None = None
) -> list[Promise]:
    """Return every promise of a graph, or those `of` some statements, with its outcomes, in order of names."""
    promises = list(made_promises(claims))
    judge = _Judge(claims, policy, promises)
    wanted = (
        promise
        for promise in promises
        if of is None or any(one.name in of for one in promise.statements)
    )
    return sorted(map(judge.judged, wanted), key=lambda promise: promise.name)


def wanted_of_promises(
    claims: Claims, policy: Policy
) -> Iterator[tuple[Promise, Sequence[Wanted]]]:
    """Yield every promise of a figure, not judged, with what it wants and the figures that are held against that."""
    promises = list(made_promises(claims))
    judge = _Judge(claims, policy, promises)
    for promise in promises:
        if wanted := judge.wanted(promise):
            yield promise, wanted


class _Judge:
    """Judges promises by all that is claimed."""

    def __init__(self, claims: Claims, policy: Policy, promises: Sequence[Promise]) -> None:
        self._claims, self._policy = claims, policy
        self._evidence = Evidence(claims, policy)
        self._followers = followers_of(promises)

    def judged(self, promise: Promise) -> Promise:
        """Return a promise with its outcomes; what is only considered has none."""
        wanted = self.wanted(promise)
        if wanted:
            first = wanted[0].want.aim
            promise = replace(promise, aim=first.value, baseline=first.baseline)
        if all(map(is_considered, promise.statements)):
            return promise
        return replace(promise, outcomes=tuple(self._outcomes(promise, wanted)))

    def _outcomes(self, promise: Promise, wanted: Sequence[Wanted]) -> Iterator[Outcome]:
        """Yield what could be told of a promise, each time that this changed."""
        reports = self._evidence.reports(promise.statements)
        followers = self._followers.get(promise.name, ())
        distinct = {id(one.figures): one.figures for one in wanted}.values()
        evidence = [*reports, *(one for figures in distinct for one in figures.observations)]
        contradictions = self._claims.contradictions
        against = contradictions.against
        denied = (*promise.statements, *evidence, *(one.statement for one in followers))
        evidence += [other for one in denied for other in against.get(one.name, ())]
        before: tuple[object, ...] = ()
        places = self._evidence.place_days(promise.about) if wanted else ()
        for day in _days(promise, evidence, followers, places):
            outcome = Outcome(day, self._verdict(promise, wanted, reports, day))
            # What was said first may be told last: of those that are known, the first took its place.
            known = (one for one in followers if contradictions.counts(one.statement, day))
            follower = next((one for one in known if not _is_renewed(promise, one, day)), None)
            if follower:
                outcome = self._followed(promise, outcome, follower)
            told = outcome.verdict, outcome.replaced_by, outcome.moved
            if told != before:
                yield outcome
                before = told

    def wanted(self, promise: Promise) -> list[Wanted]:
        """Return what a promise of a figure wants, as each of its statements puts it."""
        if promise.statements[0].kind != "Target":
            return []
        # Who recalls a promise after its day does not tell when it was made.
        recalled = promise.due is not None and promise.said > promise.due
        said = None if recalled else min(map(said_from, promise.statements))
        wants = [
            Want(one, aim, said)
            for one, aim in completed_aims(
                [(one, self._aim(promise, one)) for one in promise.statements]
            )
        ]
        # Many can say the same: what was observed is held against it once.
        figures: dict[tuple[object, ...], Figures] = {}
        for want in wants:
            if want.scope not in figures:
                figures[want.scope] = Figures(want, self._evidence)
        return [Wanted(want, figures[want.scope]) for want in wants]

    def _aim(self, promise: Promise, target: Statement) -> Aim | None:
        due = target.one("due")
        day = due if isinstance(due, date) else promise.due
        return aim_of(target, day, self._claims, self._policy)

    def _verdict(
        self, promise: Promise, wanted: Sequence[Wanted], reports: Sequence[Statement], day: date
    ) -> Verdict:
        """Return what could be told of a promise on a day, were it not replaced; disputed, if who denies what decides tells otherwise."""
        verdict = self._told(promise, wanted, reports, day)
        if verdict.is_conclusive and not verdict.disputed:
            decides = self._claims.statements[str(verdict.rests_on)]
            deniers = {one.name for one in self._claims.contradictions.of(decides, day)}
            if deniers:
                side = self._side(decides, [*promise.statements, *reports], wanted, day) - deniers
                other = self._told(promise, wanted, reports, day, side)
                return replace(verdict, disputed=other.name != verdict.name)
        return verdict

    def _side(
        self, decides: Statement, said: Iterable[Statement], wanted: Iterable[Wanted], day: date
    ) -> set[str]:
        """Return the names of what decides and of all that says the same or that those who deny it deny."""
        side = self._claims.contradictions.shaken(decides, day)
        status = decides.one("status")
        side |= {one.name for one in said if status is not None and one.one("status") == status}
        figures = {one for each in wanted for one in each.figures.known(day)}
        moments = {(one.first, one.last) for one in figures if one.name in side}
        return side.union(one.name for one in figures if (one.first, one.last) in moments)

    def _told(
        self,
        promise: Promise,
        wanted: Sequence[Wanted],
        reports: Sequence[Statement],
        day: date,
        but: Container[str] = (),
    ) -> Verdict:
        """Return what follows of a promise from all that counts on a day, `but` some of it."""
        known = [one for one in reports if counts_on(one, day) and one.name not in but]

        def denied(one: Statement) -> list[Statement]:
            return self._claims.contradictions.of(one, day, but)

        if promise.statements[0].kind != "Target":
            return judge_milestone(promise, known, day, denied)
        verdict = self._by_figures(promise, wanted, day, but)
        counts = self._claims.contradictions.counts
        own = [one for one in promise.statements if one.name not in but and counts(one, day)]
        told = judge_words(promise, own, known, day, denied)
        if verdict.name in ("met", "met-late"):
            # What was given up before it was met stays so, whatever was measured later.
            before = told.name == "abandoned" and (told.day or date.max) < (
                verdict.first or date.min
            )
            return told if before else verdict
        # What was given up by its day is not missed; else figures count for more than words.
        if told.name == "abandoned" or (told.is_conclusive and not verdict.is_conclusive):
            return told
        if told.disputed and not verdict.is_conclusive:
            reason = "disputed" if verdict.name == "undetermined" else verdict.reason
            return replace(verdict, reason=reason, disputed=True)
        return verdict

    def _by_figures(
        self, promise: Promise, wanted: Sequence[Wanted], day: date, but: Container[str]
    ) -> Verdict:
        counts = self._claims.contradictions.counts
        spoken = [one for one in wanted if counts(one.want.target, day)]
        if not spoken:
            past = promise.due is not None and day > promise.due
            return Verdict("undetermined", "no-figure") if past else Verdict("open")
        verdicts = [self._reading(reading, day, but) for reading in readings_of(spoken)]
        names = {verdict.name for verdict in verdicts}
        if len(names) == 1:
            return verdicts[0]
        return Verdict("open") if "open" in names else Verdict("undetermined", "readings-differ")

    def _reading(self, wanted: Sequence[Wanted], day: date, but: Container[str]) -> Verdict:
        """Judge one reading of a promise: as it is put first, else as others put the same."""
        # Who repeats a promise in another unit counts where no figure in the first one tells.
        verdicts: list[Verdict] = []
        for aim, figures in dict.fromkeys((one.want.aim, one.figures) for one in wanted):
            counted = [figure for figure in figures.known(day) if figure.name not in but]
            verdict = judge_figures(aim, counted, day, self._policy)
            if verdict.is_conclusive:
                return verdict
            verdicts.append(verdict)
        return next((verdict for verdict in verdicts if verdict.rests_on), verdicts[0])

    def _followed(self, promise: Promise, outcome: Outcome, follower: Follower) -> Outcome:
        """Return the outcome of a promise that another took the place of."""
        # What is replaced before its day is neither kept nor broken; what was met by then is met.
        before = promise.due is None or follower.said <= promise.due
        verdict = outcome.verdict
        met = verdict.name == "met" and (verdict.day or date.max) <= follower.said
        if before and not met:
            verdict = Verdict("replaced")
        moved = self._moved(promise, follower.promise)
        return Outcome(outcome.since, verdict, follower.promise.name, moved)

    def _moved(self, promise: Promise, later: Promise) -> tuple[str, ...]:
        """Return how a later promise moved an earlier one."""
        old, new = (self._aim(one, one.statements[0]) for one in (promise, later))
        values = (old.value, new.value) if old and new else (0, 0)
        days = (promise.due, later.due) if promise.due and later.due else (date.min, date.min)
        moves = {
            "lowered": values[1] < values[0],
            "raised": values[1] > values[0],
            "later": days[1] > days[0],
            "earlier": days[1] < days[0],
        }
        return tuple(name for name, is_so in moves.items() if is_so)


def _is_renewed(promise: Promise, follower: Follower, day: date) -> bool:
    """Tell whether a promise was made again after another had taken its place: 100, then 90, then 100."""
    return any(
        "updates" in one.says and said_on(one) > follower.said and counts_on(one, day)
        for one in promise.statements
    )


def _days(
    promise: Promise,
    evidence: Sequence[Statement],
    followers: Iterable[Follower],
    places: Iterable[date],
) -> list[date]:
    """Return the days on which the verdict on a promise can have changed.

    `places` are the days on which another place of its plan became known.
    """
    said = (*promise.statements, *evidence, *(one.statement for one in followers))
    days = {published(statement) for statement in said} | set(places)
    days |= {day for one in said if isinstance(day := one.one("correctedOn"), date)}
    made = (published(one) for one in promise.statements if not is_considered(one))
    begin, end = min(made), promise.taken_back or date.max
    due = (one.one("due") for one in promise.statements)
    ends = (one.one("until") for one in evidence if one.text("status") == "abandoned")
    days |= {day_after(day) for day in (*due, *ends) if isinstance(day, date)}
    return sorted(day for day in days if begin <= day <= end and day != promise.taken_back)
