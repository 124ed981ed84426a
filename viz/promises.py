"""From promises and what became of them to plain records, cleaned, each at its node.

Nothing is judged here, nor in the page: which outcome stands on a day is looked up by its days.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from viz.courses import number_of
from viz.facets import FACETS
from viz.plans import day
from viz.select import Records, clean
from viz.speaking import add_speakers
from viz.style import OUTCOMES

VOICES = ("speaker", "publisher")
"""On whose word a promise is: who merely speaks of the same plan has not promised it."""
EARLIEST = "0001-01-01"
"""The day from which on an outcome stands that is given none."""
UNKNOWN = "undetermined"
"""What is drawn for an outcome that has no mark of its own: no verdict that the page could show."""


def records(
    promises: Iterable[Mapping[str, Any]],
    graph: Records,
    facets: Mapping[str, list[list[str]]] | None = None,
) -> list[dict[str, Any]]:
    """Read promises into records, in the order of their nodes.

    Args:
        promises: Each with the IRI of the `node` that shows it, of the `first` statement of it, of all its
            `statements` and of the `companies` that keep it; the days on which it was `said` and is
            `due`, and `dueWords`; its `speakers` and `publishers` by IRI, each with the day from which on that
            was known; and `told`, what could be told of it, each from the day `since` to the
            day `until` with an `outcome` of `viz.style.OUTCOMES` (of another the word is given as the reason why nothing
            is determined), a `reason` where it has none, the
            statement that it `rests_on` and the `day` of which that tells, the parts of the way, `least`
            and `most`, the promise it was `replaced_by` and how that `moved` it, `is_disputed` and
            `is_own_count`. Anything but the node may be missing.
        graph: The records of the network; a promise of what is not in it is left out.
        facets: By what can be picked, as `viz.facets.tables` gives it.

    Returns:
        The records. Things and other promises are named by their numbers, statements by their keys.
    """
    number = {node.iri: index for index, node in enumerate(graph.nodes)}
    given = [one for one in promises if clean(one.get("node")) in number]
    given.sort(key=lambda one: (number[clean(one["node"])], str(one.get("iri"))))
    place = {clean(one.get("iri") or ""): index for index, one in enumerate(given)}
    voices = {
        part: {iri: at for at, (iri, _) in enumerate((facets or {}).get(part, ()))}
        for part in VOICES
    }
    found = [
        _record(one, number, place)
        | {part: _since(one.get(FACETS[part]), values) for part, values in voices.items()}
        for one in given
    ]
    add_speakers(found)
    return found


def _since(given: Mapping[str, Any] | None, numbers: Mapping[str, int]) -> list[list[Any]]:
    """Return the numbers of values, each with the day from which on it counts."""
    found = ((numbers.get(clean(iri)), day(since)) for iri, since in (given or {}).items())
    return sorted([at, since or EARLIEST] for at, since in found if at is not None)


def _record(
    given: Mapping[str, Any], number: Mapping[str, int], place: Mapping[str, int]
) -> dict[str, Any]:
    companies = (number.get(clean(iri)) for iri in given.get("companies") or ())
    return {
        "node": number[clean(given["node"])],
        "fact": clean(given.get("first") or ""),
        "facts": [clean(iri) for iri in given.get("statements") or ()],
        "companies": [company for company in companies if company is not None],
        "said": day(given.get("said")),
        "due": day(given.get("due")),
        "words": clean(given.get("dueWords") or "") or day(given.get("due")),
        "told": [_told(told, place) for told in given.get("told") or () if told.get("outcome")],
    }


def _told(told: Mapping[str, Any], place: Mapping[str, int]) -> dict[str, Any]:
    later = told.get("replaced_by")
    outcome, reason = clean(told["outcome"]), clean(told.get("reason") or "")
    record = {
        "since": day(told.get("since")) or EARLIEST,
        "until": day(told.get("until")),
        "outcome": outcome if outcome in OUTCOMES else UNKNOWN,
        "reason": reason or ("" if outcome in OUTCOMES else outcome),
        "fact": clean(told.get("rests_on") or ""),
        "day": day(told.get("day")),
        "least": number_of(told.get("least")),
        "most": number_of(told.get("most")),
        "by": None if later is None else place.get(clean(later)),
        "moved": [clean(way) for way in told.get("moved") or ()],
        "disputed": bool(told.get("is_disputed")),
        "own": bool(told.get("is_own_count")),
    }
    return {key: value for key, value in record.items() if not _empty(value)}


def _empty(value: object) -> bool:
    return value is None or value is False or value in ("", [])
