"""The footprint of a rule: the patterns that it looks for from its focus on, each bound to those before it.

A rule has a *focus*, a variable that its header names, such as the relation of which it tells. Back along the
patterns a triple that has changed leads to the values of the focus that it may concern; forward a value leads
to all that can matter to it. Filters are left out: a superset, which is always right.

`rule_analysis.py` finds it. Those of the shipped rules are kept beside them, in `footprints.json`, since a parser of
SPARQL takes longer to read the rules than a change to derive; `make footprints` writes it, and a test holds it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.base import ontology_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pipeline.derivation import Rule

KEPT: Final = ontology_folder() / "rules" / "footprints.json"
"""The footprints of the shipped rules."""


class Extreme(NamedTuple):
    """The one value that a whole query asks for: the last (`MAX`) or first (`MIN`) that a predicate has."""

    function: str
    predicate: str


class Comparison(NamedTuple):
    """A variable is held against an extreme: `?until < MAX`."""

    sign: str
    extreme: Extreme


class Slot(NamedTuple):
    """What may stand at one place of a pattern.

    A term that it `is`, as N-Triples write it; a variable of a focus, which `focus` names and `at` has the place of;
    what stands `at` a place of another pattern, `met`; or anything.
    """

    is_: str | None = None
    focus: int | None = None
    met: int | None = None
    at: int = 0


ANYTHING: Final = Slot()


class BoundPattern(NamedTuple):
    """A pattern, bound to the focus, by itself or by what others have met; one that is `apart` is not, and concerns everything."""

    subject: Slot
    predicate: Slot
    object: Slot
    repeated: bool = False

    @property
    def leads_straight(self) -> bool:
        """Tell whether it has a focus itself, and nothing that another pattern has met."""
        return (
            not self.repeated
            and any(place.focus is not None for place in self[:3])
            and all(place.met is None for place in self[:3])
        )

    @property
    def apart(self) -> bool:
        """Tell whether nothing binds it to a focus."""
        return all(place.focus is None and place.met is None for place in self[:3])


class Threshold(NamedTuple):
    """A place of a pattern where a value is held against an extreme, which the comparison names."""

    pattern: int
    at: int
    comparison: Comparison


class Head(NamedTuple):
    """How a triple that a rule may derive leads to the values of a focus that it may be derived for.

    `straight` are the places of the triple that are the focus itself; else what matches `pattern` with
    the value of the triple `at` a place there, `of` another, leads on; `checks` are patterns that
    must hold beside, of places of the triple, of that match (`met`) and of terms.
    """

    template: int
    focus: int
    straight: tuple[int, ...] | None = None
    pattern: int = 0
    at: int = 0
    of: int = 0
    checks: tuple[tuple[Slot, Slot, Slot], ...] = ()


@dataclass(frozen=True)
class RuleFootprint:
    """The patterns of a rule, each behind those that it is bound by, and what else it says of its focus.

    `foci` are the variables of each focus: of a row of the query the first one counts that it has whole. `template`
    is what the rule constructs, by terms and by the names of variables. `anchors` are the patterns that have all of a
    focus of several variables, and `needs` those beside that must match for it. One that only `grows` derives no less
    where more is said: it asks for nothing that is not there, for no last day and no number. `bases` are, a way of
    meeting the query, the predicates that a focus must have itself, or be a value of.
    """

    foci: tuple[tuple[str, ...], ...]
    template: tuple[tuple[str, str, str], ...]
    patterns: tuple[BoundPattern, ...]
    thresholds: tuple[Threshold, ...]
    heads: tuple[Head, ...]
    anchors: Mapping[int, int]
    needs: Mapping[int, tuple[int, ...]]
    grows: bool = False
    bases: tuple[tuple[str, ...], ...] = ()


@cache
def _kept() -> dict[str, Any]:
    """Return the kept footprints by the digests of their rules."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def digest_of(rule: Rule) -> str:
    """Return the digest of all of a rule that its footprint is made of."""
    return sha256("\n".join([*rule.focus, rule.query]).encode()).hexdigest()


@cache
def footprint_of(rule: Rule) -> RuleFootprint | None:
    """Return the footprint of a rule, or None where it can only be run over the whole."""
    kept = _kept().get(digest_of(rule))
    if kept is not None:
        return told_footprint(kept)
    from kg.pipeline.rule_analysis import find_footprint  # brings a parser of SPARQL

    return find_footprint(rule.query, rule.focus)


def tell_footprint(footprint: RuleFootprint) -> dict[str, Any]:
    """Return a footprint as values of JSON; see `told_footprint`."""
    return {
        "foci": [" ".join(names) for names in footprint.foci],
        "template": [list(triple) for triple in footprint.template],
        "patterns": [
            [*map(_told, pattern[:3]), pattern.repeated] for pattern in footprint.patterns
        ],
        "thresholds": [
            [
                threshold.pattern,
                threshold.at,
                threshold.comparison.sign,
                *threshold.comparison.extreme,
            ]
            for threshold in footprint.thresholds
        ],
        "heads": [
            [*head[:2], head.straight, *head[3:6], [list(map(_told, one)) for one in head.checks]]
            for head in footprint.heads
        ],
        "anchors": list(footprint.anchors.items()),
        "needs": list(footprint.needs.items()),
        "grows": footprint.grows,
        "bases": footprint.bases,
    }


def told_footprint(told: Mapping[str, Any]) -> RuleFootprint:
    """Return the footprint that `tell_footprint` told of."""
    return RuleFootprint(
        tuple(tuple(names.split()) for names in told["foci"]),
        tuple((s, p, o) for s, p, o in told["template"]),
        tuple(
            BoundPattern(_place(s), _place(p), _place(o), again)
            for s, p, o, again in told["patterns"]
        ),
        tuple(
            Threshold(pattern, at, Comparison(sign, Extreme(*extreme)))
            for pattern, at, sign, *extreme in told["thresholds"]
        ),
        tuple(
            Head(
                template,
                focus,
                None if straight is None else tuple(straight),
                pattern,
                at,
                of,
                tuple((_place(s), _place(p), _place(o)) for s, p, o in checks),
            )
            for template, focus, straight, pattern, at, of, checks in told["heads"]
        ),
        dict(told["anchors"]),
        {focus: tuple(patterns) for focus, patterns in told["needs"]},
        told["grows"],
        tuple(map(tuple, told["bases"])),
    )


def _told(place: Slot) -> str:
    """Return a place as a text: a term, `?FOCUS.AT`, `PATTERN.AT` or `*`."""
    if place.is_ is not None:
        return place.is_
    if place.focus is not None:
        return f"?{place.focus}.{place.at}"
    return "*" if place.met is None else f"{place.met}.{place.at}"


def _place(told: str) -> Slot:
    if told[0] in '<"':
        return Slot(is_=told)
    if told == "*":
        return ANYTHING
    number, at = map(int, told.removeprefix("?").split("."))
    return Slot(focus=number, at=at) if told[0] == "?" else Slot(met=number, at=at)
