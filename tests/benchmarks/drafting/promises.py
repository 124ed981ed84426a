"""The measures of the published work: is there a promise, when is it to be looked at, is it borne out.

ML-Promise (Seki et al., EMNLP 2025, arXiv 2411.04473) and SemEval-2025 task 6, PromiseEval, ask of a paragraph
of a report on sustainability: is there a promise; is there evidence that supports it; is the pair clear;
when should one come back, within 2 years, in 2 to 5, later, or at no told time ("other"). Here the same is
told of what was proposed, and of the gold:

- A **promise** is a target, unless it is given up or missed, and a status report that is announced, or has
  a day by which. A sentence has one where its words overlap the sentence.
- Its **timing** is by the last day of the first promise of a sentence, counted from publication.
- Its **evidence** is what the text says has been done or measured: an observation, or a status report that
  is underway or achieved. It is told of a text that has a promise.

The clarity of a pair is a judgement on the reporter's words, for which the model has no term: it is left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING, Final

from tests.benchmarks.drafting.matching import OBSERVATION, STATUS_REPORT, TARGET, covered
from tests.benchmarks.drafting.words import rouge_l, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.drafting import Proposal
    from tests.benchmarks.drafting.texts import GoldText

NONE: Final = "no promise"
OTHER: Final = "other"
_ENDED: Final = frozenset({"abandoned", "missed"})
_DONE: Final = frozenset({"underway", "achieved"})
_SOON: Final = 2
_LATER: Final = 5


@dataclass
class Confusion:
    """How often what is so was called what."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def accuracy(self) -> float:
        """How often it was called what it is."""
        return sum(n for (one, other), n in self.pairs.items() if one == other) / max(
            1, self.pairs.total()
        )

    def f1(self, label: str) -> float:
        """Return the F1 of one label."""
        right = self.pairs[label, label]
        gold = sum(n for (one, _), n in self.pairs.items() if one == label)
        called = sum(n for (_, other), n in self.pairs.items() if other == label)
        return 2 * right / (gold + called) if gold + called else 0.0

    @property
    def macro_f1(self) -> float:
        """The mean of the F1 of all labels that are."""
        labels = sorted({one for one, _ in self.pairs})
        return fmean(self.f1(label) for label in labels) if labels else 0.0


@dataclass
class Published:
    """The measures of the published work, over some texts; labels of yes and no are "yes" and "no"."""

    identified: Confusion = field(default_factory=Confusion)
    in_texts: Confusion = field(default_factory=Confusion)
    timing: Confusion = field(default_factory=Confusion)
    evidence: Confusion = field(default_factory=Confusion)
    rouges: list[float] = field(default_factory=list)

    @property
    def rouge(self) -> float:
        """The mean ROUGE-L of the words of all promises of a text."""
        return fmean(self.rouges) if self.rouges else 0.0


def measure(drafts: Iterable[tuple[GoldText, Sequence[Proposal]]]) -> Published:
    """Return the measures over texts, each given with what was proposed of it."""
    result = Published()
    for text, proposed in drafts:
        published = text.paper.published
        here = [one for one in text.statements if is_promise(one)]
        there = [one for one in proposed if is_promise(one)]
        result.in_texts.pairs[_yes(here), _yes(there)] += 1
        for start, end in sentences(text.paper.text):
            one, other = _first(here, start, end), _first(there, start, end)
            result.identified.pairs[_yes([one]), _yes([other])] += 1
            if one:
                result.timing.pairs[timing(one, published), timing(other, published)] += 1
        if here:
            result.evidence.pairs[_borne_out(text.statements), _borne_out(proposed)] += 1
            result.rouges.append(rouge_l(_words(text, here), _words(text, there)))
    return result


def is_promise(statement: Proposal) -> bool:
    """Whether a statement says that somebody is to do something."""
    keys = statement.keys
    if keys["type"] == TARGET:
        return keys.get("status") not in _ENDED
    if keys["type"] == STATUS_REPORT:
        return keys.get("status") not in _ENDED and (
            keys.get("status") == "announced" or "due" in keys
        )
    return False


def timing(promise: Proposal | None, published: date | None) -> str:
    """Return when to come back to a promise, in the classes of PromiseEval."""
    if promise is None:
        return NONE
    due = promise.keys.get("due")
    if not isinstance(due, str) or published is None:
        return OTHER
    last = _parts(date.fromisoformat(due))
    if last < _parts(published):
        return OTHER  # which there is also what has been verified already
    if last <= _parts(published, _SOON):
        return "within 2 years"
    return "2 to 5 years" if last <= _parts(published, _LATER) else "more than 5 years"


def _parts(day: date, years: int = 0) -> tuple[int, int, int]:
    return day.year + years, day.month, day.day


def _borne_out(statements: Iterable[Proposal]) -> str:
    return (
        "yes"
        if any(
            one.keys["type"] == OBSERVATION
            or (one.keys["type"] == STATUS_REPORT and one.keys.get("status") in _DONE)
            for one in statements
        )
        else "no"
    )


def _first(promises: Sequence[Proposal], start: int, end: int) -> Proposal | None:
    """Return the first promise whose words stand in a sentence, at least in part."""
    within = [
        one for one in promises if any(begin < end and start < close for begin, close in one.spans)
    ]
    return min(within, key=lambda one: (min(one.spans), max(one.spans)), default=None)


def _yes(promises: Sequence[Proposal | None]) -> str:
    return "yes" if any(promises) else "no"


def _words(text: GoldText, statements: Sequence[Proposal]) -> str:
    places = covered([span for one in statements for span in one.spans])
    return "".join(
        letter if place in places else " " for place, letter in enumerate(text.paper.text)
    )
