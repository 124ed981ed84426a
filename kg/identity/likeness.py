"""Companies that are merely called alike, for people to look at: the most alike of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import MissingExtraError, shorten
from kg.identity.company_names import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ALIKE: Final = 90
"""How alike two names have to be for their pair to be reviewed, out of 100."""

MOST_PAIRS: Final = 10_000
"""How many pairs are kept for review."""

MOST_BEARERS: Final = 200
"""How many known names may share a word for it to be looked up: a word that more have says little of any."""


class Pair(NamedTuple):
    """A company of a table, the known one that it may be, and how alike they are, out of 100."""

    name: str
    iri: str
    known: str
    known_iri: str
    likeness: int


class AlikeNames:
    """Pairs of companies that are merely alike, of which only so many are kept.

    Only names that share a word, or the beginning of one, are held against each other, so that the work
    grows with the number of companies of a table and not with that of the known ones, too.
    """

    def __init__(self, by_name: Mapping[str, Mapping[str, str]]) -> None:
        """Take the known companies: by bare name who bears it, each with the name as it is written."""
        self._by_name = by_name
        self._kept: list[Pair] = []
        self._all = 0
        having = Counter(word for name in by_name for word in _keys(name))
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        for name in by_name:
            words = _keys(name)
            rarest = min((having[word] for word in words), default=0)
            for word in words:
                # Whose every word is common is still found by its rarest.
                if having[word] <= max(MOST_BEARERS, rarest):
                    self._by_word[word].append(name)

    def add(
        self, iri: str, called: Iterable[str], is_another: Callable[[str], bool] = lambda _: False
    ) -> None:
        """Add what a company of the table may be, but those that are certainly others, by their IRIs."""
        found = {
            Pair(name, shorten(iri), label, shorten(known), likeness)
            for name in called
            for known, label, likeness in self._alike(name)
            if not is_another(known)
        }
        self._all += len(found)
        self._kept += found
        if len(self._kept) > 2 * MOST_PAIRS:
            self._kept = self._best()

    def _best(self) -> list[Pair]:
        return sorted(self._kept, key=lambda pair: (-pair.likeness, pair))[:MOST_PAIRS]

    def most_alike(self) -> tuple[tuple[Pair, ...], int]:
        """Return the most alike, and how many more there are."""
        best = tuple(self._best())
        return best, self._all - len(best)

    def _alike(self, name: str) -> Iterable[tuple[str, str, int]]:
        try:
            from rapidfuzz import fuzz, process  # an extra
        except ImportError:
            raise MissingExtraError("a table of companies", "rapidfuzz", "tables") from None
        wanted = bare(name)
        near = {known for word in _keys(wanted) for known in self._by_word.get(word, ())}
        found = process.extract(
            wanted, sorted(near), scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=None
        )
        for known, likeness, _ in found:
            for iri, label in self._by_name[known].items():
                yield iri, label, round(likeness)


_STEM: Final = 5


def _keys(name: str) -> set[str]:
    """Return by what a bare name is looked up: its words, and the beginnings of long ones."""
    words = name.split()
    return {*words, *(word[:_STEM] + "\u2026" for word in words if len(word) > _STEM)}
