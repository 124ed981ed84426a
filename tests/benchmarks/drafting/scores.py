"""Precision and recall by kind, how exact what was found is, and how well its words are placed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.drafting.matching import (
    GRADED,
    KINDS,
    OBSERVATION,
    TARGET,
    number_of,
    overlap,
    pair_up,
)
from tests.benchmarks.drafting.words import rouge_l
from tests.benchmarks.drafting.world import as_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.drafting import Proposal
    from tests.benchmarks.drafting.matching import Pair
    from tests.benchmarks.drafting.texts import GoldText
    from tests.benchmarks.drafting.world import Things, World

ALL: Final = "the three"
"""Targets, observations and status reports together: for these the goals are set."""

RESTS_ON: Final = ("company", "indicator", "value", "unit", "comparator", "day", "status")
"""What a verdict would rest on: a proposal that has all of it exact needs no correction there."""

ASPECTS: Final = (*RESTS_ON, "precision", "baseline", "about", "place", "speaker", "via", "mode")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements there are, how many were proposed, and how many of these are right."""

    gold: int = 0
    proposed: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Count both."""
        return Tally(
            self.gold + other.gold, self.proposed + other.proposed, self.right + other.right
        )

    @property
    def precision(self) -> float:
        """How much of what is proposed is right; of nothing proposed, nothing is wrong."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """How much of what is stated is proposed."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from the counts."""
        both = self.gold + self.proposed
        return 2 * self.right / both if both else 1.0


@dataclass
class Score:
    """What came of drafting some texts.

    `found` counts by kind, and `whole` counts as right only what is exact in all that a verdict
    would rest on. `exact` has for each aspect how many pairs agree in it, and how many have it at all.
    """

    found: dict[str, Tally] = field(default_factory=dict)
    whole: dict[str, Tally] = field(default_factory=dict)
    exact: dict[str, tuple[int, int]] = field(default_factory=dict)
    overlaps: list[float] = field(default_factory=list)
    rouges: list[float] = field(default_factory=list)

    @property
    def overlap(self) -> float:
        """The mean overlap (IoU) of the words of pairs."""
        return fmean(self.overlaps) if self.overlaps else 0.0

    @property
    def rouge(self) -> float:
        """The mean ROUGE-L of the words of pairs."""
        return fmean(self.rouges) if self.rouges else 0.0


def score(drafts: Iterable[tuple[GoldText, Sequence[Proposal]]], world: World) -> Score:
    """Return what came of drafting texts, each given with what was proposed of it."""
    result = Score(
        {kind: Tally() for kind in (*KINDS, ALL)}, {kind: Tally() for kind in (*GRADED, ALL)}
    )
    agreeing: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for text, proposed in drafts:
        described = things_of(text, proposed)
        for pair in _counted(result, text, proposed, world):
            for aspect, agrees in compare(pair, described, world):
                having[aspect] += 1
                agreeing[aspect] += agrees
            result.overlaps.append(overlap(pair.gold.spans, pair.proposed.spans))
            result.rouges.append(rouge_l(_words(text, pair.gold), _words(text, pair.proposed)))
    result.exact = {one: (agreeing[one], having[one]) for one in ASPECTS if having[one]}
    return result


def _counted(
    result: Score, text: GoldText, proposed: Sequence[Proposal], world: World
) -> Iterator[Pair]:
    """Count what was found in a text, and yield the pairs of the graded kinds."""
    pairs, described = pair_up(text.statements, proposed), things_of(text, proposed)
    for kind in KINDS:
        stated = sum(one.keys["type"] == kind for one in text.statements)
        offered = sum(one.keys["type"] == kind for one in proposed)
        here = [pair for pair in pairs if pair.gold.keys["type"] == kind]
        result.found[kind] += Tally(stated, offered, len(here))
        if kind in GRADED:
            result.found[ALL] += Tally(stated, offered, len(here))
            right = sum(is_whole(pair, described, world) for pair in here)
            result.whole[kind] += Tally(stated, offered, right)
            result.whole[ALL] += Tally(stated, offered, right)
            yield from here


def things_of(text: GoldText, proposed: Iterable[Proposal]) -> Things:
    """Return what is described beside the gold and beside proposals, by name; the gold goes first."""
    described = [*text.things, *(thing for one in proposed for thing in one.things)]
    return {str(thing["id"]): thing for thing in reversed(described) if "id" in thing}


def is_whole(pair: Pair, things: Things, world: World) -> bool:
    """Whether a proposal is exact in all that a verdict would rest on."""
    return all(agrees for aspect, agrees in compare(pair, things, world) if aspect in RESTS_ON)


def compare(pair: Pair, things: Things, world: World) -> Iterator[tuple[str, bool]]:
    """Yield each aspect that either of a pair has, and whether the two agree in it."""
    here = aspects(pair.gold, things, world)
    there = aspects(pair.proposed, things, world)
    for aspect in ASPECTS:
        one, other = here.get(aspect), there.get(aspect)
        if one or other:
            yield aspect, one == other


def aspects(statement: Proposal, things: Things, world: World) -> dict[str, object]:
    """Return what a statement says, so that the same said otherwise is equal.

    A number without a comparator is exact, a unit that is not said is the indicator's, and of what
    belongs to an initiative the company is that of the initiative. What the graph does not know is the
    same thing where its company and kind are: nobody can guess the name that the gold gave it.
    """
    keys = statement.keys
    about = [str(one) for one in as_list(keys.get("about", []))]
    said: dict[str, object] = {
        "about": frozenset(_identity(one, things, world) for one in about),
        "company": frozenset().union(*(world.company_of(one, things) for one in about)),
        **{
            name: keys.get(name)
            for name in ("indicator", "status", "place", "speaker", "via", "mode")
        },
    }
    day = "when" if keys["type"] == OBSERVATION else "due"
    said["day"] = keys.get(day)
    said["precision"] = frozenset(as_list(keys.get(f"{day}_precision", [])))
    if keys["type"] in {TARGET, OBSERVATION}:
        said["value"] = tuple(number_of(keys.get(one)) for one in ("value", "minimum", "maximum"))
        said["unit"] = _unit(keys, world)
        said["comparator"] = keys.get("comparator", "between" if keys.get("minimum") else "exactly")
        said["baseline"] = number_of(keys.get("baseline"))
    return said


def _identity(about: str, things: Things, world: World) -> object:
    if about in world.companies or about not in things:
        return about
    return world.company_of(about, things), things[about].get("kind")


def _unit(keys: Mapping[str, Any], world: World) -> str | None:
    """Return the unit by its short name, as a source may give it; the indicator's where none is said."""
    unit = keys.get("unit") or world.units.get(str(keys.get("indicator")))
    return unit and str(unit).rpartition(":")[2]


def _words(text: GoldText, statement: Proposal) -> str:
    return " ".join(text.paper.text[start:end] for start, end in statement.spans)
