"""The pattern that a text has to fit, in time that grows with the text alone.

The regular expressions of Python try one way after another: `(a+)+` and thirty letters would keep an
import busy for a year. Those of the engine never do, so it is asked; for many texts at once, as a
question of its own for each would take fifty times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Set as AbstractSet

MOST: Final = 64 << 10
"""How many characters a pattern may have: enough for a list of all countries."""

_SHOWN: Final = 60
_AT_ONCE: Final = 256 << 10  # characters in one question


class Pattern:
    """A regular expression that a whole text fits or does not.

    >>> fits = Pattern("open|planned").fits
    >>> fits("open"), fits("opened")
    (True, False)
    """

    def __init__(self, text: object) -> None:
        """Take the `format` of a column of texts.

        Raises:
            ValueError: it is no regular expression, or one that takes more than a single pass.
        """
        if not isinstance(text, str) or len(text) > MOST:
            raise ValueError(f"has a format that is no text of at most {MOST:,} characters")
        self._text = text
        self._engine = ox.Store()
        self._known: dict[str, bool] = {}
        self._regex = ox.Literal(f"^(?:{text})$")
        sound = f"SELECT (REGEX('', {self._regex}) AS ?sound) {{}}"
        if next(iter(self._solutions(sound)))[0] is None:
            raise ValueError(
                f"has the format {self._text[:_SHOWN]!r}, which is no regular expression"
                " without references and looks around"
            )

    def __str__(self) -> str:
        """Return the pattern, abridged."""
        return self._text if len(self._text) <= _SHOWN else f"{self._text[:_SHOWN]}…"

    def learn(self, texts: AbstractSet[str]) -> None:
        """Find out which of many texts fit, in place of those that were known."""
        self._known = dict.fromkeys(texts, True)
        for some in _in_turn(texts):
            listed = " ".join(str(ox.Literal(str(text))) for text in some)
            asked = f"SELECT ?v {{ VALUES ?v {{ {listed} }} FILTER (!REGEX(?v, {self._regex})) }}"
            for solution in self._solutions(asked):
                self._known[solution[0].value] = False

    def fits(self, text: str) -> bool:
        """Tell whether a text fits."""
        if text not in self._known:
            self.learn({text})
        return self._known[text]

    def _solutions(self, query: str) -> Iterable[ox.QuerySolution]:
        return self._engine.query(query)  # type: ignore[return-value] # a SELECT has solutions


def _in_turn(texts: Iterable[str]) -> Iterable[list[str]]:
    """Cut texts into lists whose lengths add up to no more than one question can hold."""
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text) + 4
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some
