"""From what a change touches to what it concerns: the tracks of a rule, found in its patterns.

A rule has a *focus*, a variable that its header names, such as the relation of which it tells. A track is
a pattern with the way that leads from it to the focus, by patterns that must hold where it does. Along
tracks a triple that has changed leads back to the values of the focus that it may concern, and a value
leads forward to all that can matter to it. Filters are left out: a superset, which is always right.

`laying.py` lays them. Those of the shipped rules are kept beside them, in `tracks.json`, since a parser of SPARQL takes
longer to read the rules than a change to derive; `make tracks` writes it, and a test holds it.
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

KEPT: Final = ontology_folder() / "rules" / "tracks.json"
"""The tracks of the shipped rules."""


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
    what stands `at` a place of another track, `met`; or anything.
    """

    is_: str | None = None
    focus: int | None = None
    met: int | None = None
    at: int = 0


ANYTHING: Final = Slot()


class Track(NamedTuple):
    """A pattern with its way to the focus. One that is `apart` has none: what matches it concerns everything."""

    subject: Slot
    predicate: Slot
    object: Slot
    repeated: bool = False

    @property
    def leads_straight(self) -> bool:
        """Tell whether it has a focus itself, and nothing that another track has met."""
        return (
            not self.repeated
            and any(place.focus is not None for place in self[:3])
            and all(place.met is None for place in self[:3])
        )

    @property
    def apart(self) -> bool:
        """Tell whether nothing leads from here to a focus."""
        return all(place.focus is None and place.met is None for place in self[:3])


class Turn(NamedTuple):
    """A place of a track where a value is held against an extreme, which the comparison names."""

    track: int
    at: int
    comparison: Comparison


class Head(NamedTuple):
    """How a triple that a rule may derive leads to the values of a focus that it may be derived for.

    `straight` are the places of the triple that are the focus itself; else what matches `track` with
    the value of the triple `at` a place there, `of` another, leads on; `checks` are patterns that
    must hold beside, of places of the triple, of that match (`met`) and of terms.
    """

    template: int
    focus: int
    straight: tuple[int, ...] | None = None
    track: int = 0
    at: int = 0
    of: int = 0
    checks: tuple[tuple[Slot, Slot, Slot], ...] = ()


@dataclass(frozen=True)
class Tracks:
    """The tracks of a rule, each behind those that it leads over.

    `foci` are the variables of each focus: of a row of the query the first one counts that it has whole. `template`
    is what the rule constructs, by terms and by the names of variables. `anchors` are the tracks that have all of a
    focus of several variables, and `needs` those beside that must match for it.
    """

    foci: tuple[tuple[str, ...], ...]
    template: tuple[tuple[str, str, str], ...]
    tracks: tuple[Track, ...]
    turns: tuple[Turn, ...]
    heads: tuple[Head, ...]
    anchors: Mapping[int, int]
    needs: Mapping[int, tuple[int, ...]]


@cache
def _kept() -> dict[str, Any]:
    """Return the kept tracks by the digests of their rules."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def digest_of(rule: Rule) -> str:
    """Return the digest of all of a rule that its tracks are made of."""
    return sha256("\n".join([*rule.focus, rule.query]).encode()).hexdigest()


@cache
def tracks_of(rule: Rule) -> Tracks | None:
    """Return the tracks of a rule, or None where it can only be run over the whole."""
    kept = _kept().get(digest_of(rule))
    if kept is not None:
        return told_tracks(kept)
    from kg.pipeline.laying import lay_tracks  # brings a parser of SPARQL

    return lay_tracks(rule.query, rule.focus)


def tell_tracks(tracks: Tracks) -> dict[str, Any]:
    """Return tracks as values of JSON; see `told_tracks`."""
    return {
        "foci": [" ".join(names) for names in tracks.foci],
        "template": [list(triple) for triple in tracks.template],
        "tracks": [[*map(_told, track[:3]), track.repeated] for track in tracks.tracks],
        "turns": [
            [turn.track, turn.at, turn.comparison.sign, *turn.comparison.extreme]
            for turn in tracks.turns
        ],
        "heads": [
            [*head[:2], head.straight, *head[3:6], [list(map(_told, one)) for one in head.checks]]
            for head in tracks.heads
        ],
        "anchors": list(tracks.anchors.items()),
        "needs": list(tracks.needs.items()),
    }


def told_tracks(told: Mapping[str, Any]) -> Tracks:
    """Return the tracks that `tell_tracks` told of."""
    return Tracks(
        tuple(tuple(names.split()) for names in told["foci"]),
        tuple((s, p, o) for s, p, o in told["template"]),
        tuple(Track(_place(s), _place(p), _place(o), again) for s, p, o, again in told["tracks"]),
        tuple(
            Turn(track, at, Comparison(sign, Extreme(*extreme)))
            for track, at, sign, *extreme in told["turns"]
        ),
        tuple(
            Head(
                template,
                focus,
                None if straight is None else tuple(straight),
                track,
                at,
                of,
                tuple((_place(s), _place(p), _place(o)) for s, p, o in checks),
            )
            for template, focus, straight, track, at, of, checks in told["heads"]
        ),
        dict(told["anchors"]),
        {focus: tuple(tracks) for focus, tracks in told["needs"]},
    )


def _told(place: Slot) -> str:
    """Return a place as a text: a term, `?FOCUS.AT`, `TRACK.AT` or `*`."""
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
