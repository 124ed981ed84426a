"""How many there are of something, in words."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[\w-]++")
_CLAUSE: Final = re.compile(r"(?: (?:of|before)\b.*?)?,? (?:that|which)(?= (\w+)\b)")
_VERBS: Final = {"are": "is", "were": "was", "have": "has", "do": "does"} | {
    verb: f"{verb}s" for verb in ("begin", "differ", "end", "exclude", "lie", "stand", "tell")
}
_JOINED: Final = re.compile(r"\b(?<=and |.or )(are|were|differ|stand|do|have)\b")
_THEY: Final = re.compile(r"\bthey (\w+)")
_ITS: Final = {"their": "its", "them": "it"}


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, which is `one`, or `many` where that is not just `one` with an s.

    >>> counted(1, "file"), counted(1200, "file"), counted(0, "check holds", "checks hold")
    ('1 file', '1,200 files', '0 checks hold')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def counted_as(number: int, many: str) -> str:
    """Return a number with what it counts, given by words in the plural, which of one are put into the singular.

    >>> counted_as(1, "numbers that are nil"), counted_as(1200, "numbers that are nil")
    ('1 number that is nil', '1,200 numbers that are nil')
    >>> counted_as(1, "rows without a name of their own"), counted_as(1, "values that are no numbers")
    ('1 row without a name of its own', '1 value that is no number')
    """
    plurals = (word for word in _WORD.finditer(many) if re.search(r"[^s]s\Z", word[0]))
    head = next(plurals, None) if number == 1 else None
    if head is None:
        return f"{number:,} {many}"
    rest = many[head.end() :]
    clause = _CLAUSE.match(rest)
    if clause and clause[1] in _VERBS:
        end = clause.end()
        rest = rest[:end] + re.sub(r"\w+", lambda verb: _VERBS[verb[0]], rest[end:], count=1)
        rest = re.sub(r"(?<= is no )\w+s\b", lambda noun: _one_of(noun[0]), rest)
    they = _THEY.search(rest)
    if they or (clause and clause[1] in _VERBS):
        rest = _JOINED.sub(lambda verb: _VERBS[verb[0]], rest)
    rest = _THEY.sub(lambda verb: f"it {_VERBS.get(verb[1], verb[1])}", rest)
    rest = re.sub(r"\b(?:their|them)\b", lambda word: _ITS[word[0]], rest)
    return f"1 {many[: head.start()]}{_one_of(head[0])}{rest}"


def in_seconds(number: float) -> str:
    """Return how long something takes.

    >>> in_seconds(1), in_seconds(0.5), in_seconds(90.0)
    ('1 second', '0.5 seconds', '90 seconds')
    """
    return f"{number:g} {'second' if number == 1 else 'seconds'}"


def _one_of(many: str) -> str:
    """Return the singular of a regular noun."""
    if many.endswith("ies"):
        return f"{many[:-3]}y"
    return many[:-2] if many.endswith(("ses", "xes", "ches", "shes")) else many[:-1]
