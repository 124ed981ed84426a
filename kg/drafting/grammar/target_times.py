"""By when a number is to be reached, when that was set, and against which year it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.telling import due_keys, unit_name, uttered_keys

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.telling import Keys
    from kg.drafting.times.days import Period


_NEAR: Final = 5


def base_keys(said: Said, amount: Amount) -> Keys:
    """Return the year that a change in per cent is counted against."""
    bases = said.bases() if unit_name(amount) == "PERCENT" else []
    return {"baseline_date": bases[0].latest.isoformat()} if bases and bases[0].latest else {}


def target_times(said: Said, period: Period | None, amount: Amount) -> Keys:
    """Return by when a target is due, or when it was set, and the year that it is counted against."""
    published = said.memory.published
    base = base_keys(said, amount)
    if period is None or period.latest is None or said.is_beyond(period):
        return base
    # A plan of today is for days to come: an older day is that on which it was made.
    is_past = published is not None and period.latest < published
    is_today = published is not None and period.earliest == period.latest == published
    if is_today:
        return base | uttered_keys(period)  # "today announced 12 new centres"
    is_due = said.is_told_ahead() and period.start >= amount.end and period.role != "since"
    is_old = is_due or said.clause.sense in {"former", "missed"}
    if _is_of_promise(said, period):
        return base | (uttered_keys(period) if is_past else {})
    is_last = (
        period.role in {"by", "until"} or _is_of_aim(said, period) or _is_against(said, amount)
    )
    if is_past and is_last and not said.is_planned:
        return base  # "281 of the promised 13,000 by the end of 2019": so many were there by then
    # What was to be by a day was to be by it, however long ago that is.
    is_old = is_old or is_last
    is_set = is_past and (not is_old or (period.end <= amount.start and not is_last))
    between = said.reading.words[
        said.reading.number(amount.end) : said.reading.number(period.start)
    ]
    if (is_set or (is_past and is_due)) and any(word.folded == "," for word in between):
        return base  # "500 people, up from the 200 announced in 2021": that was another plan
    return (uttered_keys(period) if is_set else due_keys(period)) | base


def _is_of_aim(said: Said, period: Period) -> bool:
    """Whether a time stands right before an aim, which is due then: "its 2023 target"."""
    words, last = said.reading.words, said.reading.number(period.end)
    behind = words[last].folded if last < len(words) else ""
    return period.role in {"in", "at"} and behind in said.memory.language.plan_nouns


def _is_against(said: Said, amount: Amount) -> bool:
    """Whether what was reached in a time is held against an aim, which was due then: "21 last year, against a target of 25"."""
    language, last = said.memory.language, said.reading.number(amount.start)
    before = [word.folded for word in said.reading.words[max(0, last - _NEAR) : last]]
    aims = [number for number, word in enumerate(before) if word in language.plan_nouns]
    return bool(aims) and bool(language.measured_by & set(before[: aims[-1]]))


def _is_of_promise(said: Said, period: Period) -> bool:
    """Whether a time stands between the verb of a promise and what is promised: "promised in March to hire 500 people"."""
    words, cue = said.reading.words, said.clause.cue
    last = said.reading.number(period.end)
    is_behind = cue is not None and words[cue].start < period.start
    # "It cut its target for 2027 to 300 shops": a number is no promise.
    behind = words[last + 1].start if last + 1 < len(words) else -1
    is_number = any(each.start <= behind < each.end for each in said.amounts)
    leads_on = last < len(words) and words[last].folded in said.memory.language.to and not is_number
    return is_behind and leads_on and period.role in {"in", "at"}
