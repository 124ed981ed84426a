"""How many steps a pattern takes on a text, by trying what Python's own engine tries, in its order.

A count is the same on every machine, busy or not, where a clock is not. The engine is walked as it
is documented: greedy, from the left, and backtracking; what `re` leaves out by cleverness is counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

parser: Any = re._parser  # type: ignore[attr-defined]
_NAMES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
_NAMES |= {name.replace("_", "_NOT_", 1): sign.upper() for name, sign in [*_NAMES.items()]}


def steps(pattern: re.Pattern[Any], text: str) -> int:
    """Return how many steps it takes to find all matches of a pattern in a text."""
    walk = _Walk(pattern, text)
    start = 0
    while start <= len(text):
        end = next(walk.sequence([*walk.tree], start), None)
        start = max(start + 1, end or 0)
    return walk.count


class _Walk:
    def __init__(self, pattern: re.Pattern[Any], text: str) -> None:
        source = pattern.pattern
        source = source.decode("latin-1") if isinstance(source, bytes) else source
        self.tree = parser.parse(source, pattern.flags & ~re.ASCII & ~re.UNICODE)
        self.text, self.count = text, 0
        self.groups: dict[int | None, str] = {}

    def sequence(self, parts: Sequence[Any], at: int) -> Iterator[int]:
        """Yield where a sequence can end that begins at a place."""
        if not parts:
            yield at
            return
        for end in self.part(parts[0], at):
            yield from self.sequence(parts[1:], end)

    def part(self, part: Any, at: int) -> Iterator[int]:
        self.count += 1
        name, value = str(part[0]), part[1]
        match name:
            case "MAX_REPEAT" | "MIN_REPEAT":
                yield from self.repeated(*value, at, 0)
            case "POSSESSIVE_REPEAT":
                yield from self.possessed(*value, at)
            case "SUBPATTERN":
                for end in self.sequence([*value[3]], at):
                    self.groups[value[0]] = self.text[at:end]
                    yield end
            case "BRANCH":
                for branch in value[1]:
                    yield from self.sequence([*branch], at)
            case _:
                yield from self.single(name, value, at)

    def single(self, name: str, value: Any, at: int) -> Iterator[int]:
        """Yield where a part ends that can end in one place alone, if it holds there."""
        match name:
            case "GROUPREF":
                same = self.groups.get(value)
                yield from [at + len(same or "")] * (
                    same is not None and self.text.startswith(same, at)
                )
            case "ASSERT" | "ASSERT_NOT":
                yield from [at] * (self.is_seen(*value, at) == (name == "ASSERT"))
            case "AT":
                yield from [at] * self.is_at(str(value), at)
            case _:
                char = self.text[at : at + 1]
                yield from [at + 1] * (char != "" and self.is_one(name, value, char))

    def repeated(self, least: int, most: int, part: Any, at: int, done: int) -> Iterator[int]:
        if done < most:
            for end in self.sequence([*part], at):
                if end > at:
                    yield from self.repeated(least, most, part, end, done + 1)
        if done >= least:
            yield at

    def possessed(self, least: int, most: int, part: Any, at: int) -> Iterator[int]:
        done = 0
        while done < most and (end := next(self.sequence([*part], at), at)) > at:
            at, done = end, done + 1
        if done >= least:
            yield at

    def is_seen(self, way: int, part: Any, at: int) -> bool:
        begin = at - part.getwidth()[0] if way < 0 else at
        return begin >= 0 and next(self.sequence([*part], begin), None) is not None

    def is_at(self, where: str, at: int) -> bool:
        if where in {"AT_BEGINNING", "AT_BEGINNING_STRING"}:
            return at == 0
        if where in {"AT_END", "AT_END_STRING"}:
            return at == len(self.text)
        return bool(re.compile(r"\b" if where == "AT_BOUNDARY" else r"\B").match(self.text, at))

    def is_one(self, name: str, value: Any, char: str) -> bool:
        match name:
            case "LITERAL":
                return ord(char) == value
            case "NOT_LITERAL":
                return ord(char) != value
            case "ANY":
                return True
            case "RANGE":
                return bool(value[0] <= ord(char) <= value[1])
            case "CATEGORY":
                return bool(re.match(_NAMES[str(value)], char))
            case "IN":
                negated = str(value[0][0]) == "NEGATE"
                return negated != any(self.is_one(str(n), v, char) for n, v in value[negated:])
        raise AssertionError(name)
