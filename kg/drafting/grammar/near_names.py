"""Who is named near a verb of saying: the first one behind it, the last one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.grammar.reading import SPEAKERS

if TYPE_CHECKING:
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.known import Mention


def first_name(reading: Reading, first: int, last: int) -> Mention | None:
    """Return who is named first among some words, who may speak."""
    return next(iter(_names(reading, first, last)), None)


def last_name(reading: Reading, first: int, last: int) -> Mention | None:
    """Return who is named last among some words, who may speak."""
    return next(reversed(_names(reading, first, last)), None)


def speaking_name(reading: Reading, last: int, far: int, language: PlanWords) -> Mention | None:
    """Return who is named last before a verb of saying, at most `far` words away.

    Behind words such as "of" nobody speaks, and neither does whom they name with others: "of Acme and Bolt".
    """
    found, aside = None, -1
    for mention in reading.mentions:
        number, before = reading.number(mention.start), reading.before(mention.start)
        is_joined = number - 1 == aside and before in language.joining
        is_aside = before in language.others or is_joined
        if mention.type in SPEAKERS and last - far <= number < last and not is_aside:
            found = mention
        aside = reading.number(mention.end) if is_aside else -1
    return found


def _names(reading: Reading, first: int, last: int) -> list[Mention]:
    return [
        mention
        for mention in reading.mentions
        if mention.type in SPEAKERS and first <= reading.number(mention.start) < last
    ]
