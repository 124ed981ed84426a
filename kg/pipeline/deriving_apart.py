"""What follows of a graph that is larger than memory: neighbourhood by neighbourhood, to the same lines as over the whole.

First what is derived and shared, from the rules that this rests on; then all rules over each neighbourhood, and its
promises are judged. What is in memory is one group of neighbourhoods (`neighbourhoods.py`), what is shared, and the
names of what is joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import in_turn, nquads
from kg.pipeline.local_graph import (
    LocalGraph,
    Setting,
    add_triples,
    as_lines,
    constructed,
    store_of,
    triples_in,
    unsaid,
)
from kg.pipeline.local_rules import local_rules
from kg.pipeline.neighbourhood_files import part_graph
from kg.pipeline.neighbourhoods import survey_graph
from kg.pipeline.overlay import extreme_in
from kg.pipeline.strata import run_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.base import Spread
    from kg.pipeline.derivation import Rule
    from kg.pipeline.local_graph import Derived, Neighbours
    from kg.pipeline.local_rules import LocalRules
    from kg.pipeline.neighbourhoods import GraphSurvey
    from kg.pipeline.surroundings import LinesOf
    from kg.sources import Put

_SOMETHING: Final = b"<urn:x-kg:something>"


def derive_apart(  # noqa: PLR0913 - what is derived from, where that lies, and by whom
    asserted: Path,
    folder: Path,
    rules: Mapping[str, Rule],
    put: Put,
    lines_of: LinesOf,
    *,
    spread: Spread = in_turn,
) -> str | None:
    """Put what rules and judging derive of a graph, as lines in no order, some more than once.

    Returns None, or why that could not be, as a clause; then nothing was put.

    Args:
        asserted: the graph, which keeps all shapes, as sorted lines of canonical N-Quads.
        folder: an empty one, for what lies aside; it is not empty afterwards.
        rules: the rules.
        put: is given what is derived.
        lines_of: gives the lines of some subjects of the graph.
        spread: has groups of neighbourhoods derived from, wherever that may be.

    Raises:
        QueryError: as in `derive`.
        StoreError: the folder cannot be written.
        WorkerError: where they were to be derived from has gone.
    """
    local = local_rules(rules)
    if local is None:
        return "a rule looks at more than is joined"
    survey = survey_graph(asserted, local.links)
    if not local.allows(survey.words, survey.shared):
        return "the data have rules derive what rules look for"
    groups = part_graph(asserted, folder, local.links, survey, local.looked(survey.words))
    shared = triples_shared(local, survey)
    first = set[bytes]().union(*spread(_first_derived, Setting(local, shared), groups))
    derived = shared_after(local, shared, first)
    put(as_lines(derived))
    setting = Setting(local, shared | derived, frozenset(survey.words), told=survey.told)
    del survey, shared, derived  # a few names of each node that is joined
    kept = local.derived.union(setting.words)
    for found in spread(_derived, setting, groups):
        put(found.unsaid)
        if found.apart:
            subjects = sorted(set(map(nquads.subject_of, found.apart)))
            put(as_lines(unsaid(found.apart, lines_of(subjects), kept)))
    return None


def _derived(setting: Setting, group: Neighbours) -> Derived:
    return LocalGraph(setting, group).derive()


def _first_derived(setting: Setting, group: Neighbours) -> set[bytes]:
    return LocalGraph(setting, group).shared_derived()


def triples_shared(local: LocalRules, survey: GraphSurvey) -> frozenset[bytes]:
    """Return the triples that each neighbourhood is given: what is said and shared, and the last day of all, and such."""
    return frozenset(triples_in(survey.shared)).union(_extremes(local, survey))


def _extremes(local: LocalRules, survey: GraphSurvey) -> Iterator[bytes]:
    """Yield triples by which each neighbourhood knows the last day of all, and such."""
    for extreme in sorted(local.links.extremes):
        predicate = f"<{extreme.predicate}>".encode()
        said = [b"%b %b %b .\n" % (_SOMETHING, predicate, one) for one in survey.values[predicate]]
        last = extreme_in(store_of(said), extreme)
        if last is not None:
            yield b"%b %b %b .\n" % (_SOMETHING, predicate, str(last).encode())


def shared_after(local: LocalRules, shared: frozenset[bytes], first: set[bytes]) -> set[bytes]:
    """Return the triples that are derived and shared: what the first rules derived anywhere, and what follows once of all that is shared."""
    found = set(first)
    store = store_of(shared | found)

    def run(name: str) -> set[str]:
        fresh = constructed(store, name, local.rules[name].query)
        add_triples(store, fresh)
        found.update(fresh)
        return set()

    run_in_order(local.rules, run, local.once)
    return found - shared
