"""A graph made on a cluster of Spark: read, checked and derived where the pieces lie, to the same lines as here.

What is here of the graph is what all neighbourhoods share, and counts. Lines travel in letters of many (`homes.py`): from the
files to the homes of their nodes, from there to the places of the neighbourhoods with what is looked at around them, and what is
derived back to the homes, which know what is said already.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.base import UsageError, nquads
from kg.pipeline.building import ontology_quads
from kg.pipeline.change_examined import footprint_with
from kg.pipeline.derivation import load_rules
from kg.pipeline.deriving_apart import shared_after, triples_shared
from kg.pipeline.homes import (
    Home,
    Post,
    answers,
    first_asked,
    home_of,
    lines_to_homes,
    number_of,
    own_letters,
)
from kg.pipeline.joined_on_spark import heads_of
from kg.pipeline.local_graph import LocalGraph, Neighbours, as_kept, as_lines, triples_in
from kg.pipeline.local_rules import local_rules
from kg.pipeline.looks import looks_along, looks_around
from kg.pipeline.neighbourhood_files import LINES
from kg.pipeline.neighbourhoods import GraphSurvey, survey_lines
from kg.pipeline.shape_engine import against_shapes, order_of
from kg.pipeline.validation import find_broken, load_shapes
from kg.query import Index
from kg.sources import on_disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark import RDD, Broadcast, SparkContext

    from kg.base import Finding
    from kg.pipeline.homes import Letter
    from kg.pipeline.links import Links
    from kg.pipeline.local_rules import LocalRules
    from kg.pipeline.looks import Looks


class _Known(NamedTuple):
    """What is known wherever a neighbourhood is looked at.

    Attributes:
        local: how rules run there.
        lines: what is said and shared, as N-Quads.
        shared: what is shared, as N-Triples.
        words: predicates that the data have rules derive.
        told: whether a source may say what judging tells.
        looked: the predicates of a neighbourhood's own that rules look at.
    """

    local: LocalRules
    lines: frozenset[bytes]
    shared: frozenset[bytes]
    words: frozenset[bytes]
    told: bool
    looked: frozenset[bytes]


class GraphOnSpark:
    """A graph that lies on a cluster."""

    def __init__(self, cluster: SparkContext, quads: RDD[bytes], homes: int) -> None:
        """Have what is said lie in neighbourhoods.

        Args:
            cluster: the cluster.
            quads: what the sources say, as pieces of N-Quads in no order.
            homes: into how many pieces the graph is parted.

        Raises:
            UsageError: a rule cannot be run in pieces.
        """
        local = local_rules(load_rules())
        if local is None:
            raise UsageError(f"a rule looks at more than is joined{_NOT_THERE}")
        around, checked = looks_around(local.links), looks_along(footprint_with(), local.links)
        said = quads.union(cluster.parallelize([ontology_quads()], 1))
        sent = said.flatMap(partial(_to_homes, homes, checked)).partitionBy(homes)
        lines = on_disk(_kept_together(sent, _home_alone))

        surveys = on_disk(lines.map(partial(_surveyed, local.links)))
        survey = _survey_of(surveys.map(_without_edges).collect())
        heads = heads_of(surveys.flatMap(_edges), homes).map(partial(_head_letter, homes))
        housed = on_disk(_kept_together(lines.cogroup(heads, homes), _housed))

        count = sum(surveys.map(_count).collect())
        post = Post(homes, max(cluster.defaultParallelism, count // LINES))
        own = housed.flatMap(partial(_own, post))
        for_rules = _seen(housed, around, post).mapValues(_as_around)
        letters = own.union(for_rules).union(_seen(housed, checked, post))
        self._cluster, self._housed, self._homes, self._count = cluster, housed, homes, count
        self._allowed = local.allows(survey.words, survey.shared)
        self._places = on_disk(letters.groupByKey(post.places))
        self._known = _Known(
            local,
            frozenset(survey.shared),
            frozenset(triples_shared(local, survey)),
            frozenset(survey.words),
            survey.told,
            local.looked(survey.words),
        )

    def findings(self) -> list[Finding]:
        """Return all that is wrong, in order, without what may be meant instead."""
        given = self._cluster.broadcast(self._known)
        return sorted(set(self._places.flatMap(partial(_examined, given)).collect()), key=order_of)

    def parts(self) -> RDD[bytes]:
        """Return what is said and what follows, which nobody else may say: some thousand lines at a time.

        The lines are in order, and each part goes on where the one before ends. What breaks a shape may derive anything.

        Raises:
            UsageError: the data cannot be derived from in pieces.
        """
        if not self._allowed:
            raise UsageError(f"the data have rules derive what rules look for{_NOT_THERE}")
        known, homes = self._known, self._homes
        given = self._cluster.broadcast(known)
        first = self._places.map(partial(_first_derived, given)).toLocalIterator()
        derived = shared_after(known.local, {*known.shared}, set[bytes]().union(*first))
        given = self._cluster.broadcast(known._replace(shared=known.shared | derived))
        followed = self._places.flatMap(partial(_derived, given, homes)).union(
            self._cluster.parallelize([*_by_home(derived, homes)], 1)
        )
        kept = frozenset(known.local.derived.union(known.words))
        whole = self._housed.cogroup(followed, homes).flatMap(partial(_all_of_home, kept))
        return _sorted(on_disk(whole), homes, max(1, self._count // (homes * _SAMPLED)))


_NOT_THERE: Final = ", which cannot be had in parts; leave out --parts"


# What runs elsewhere: plain functions of this module, found there by their names.


def _to_homes(homes: int, looks: Looks, piece: bytes) -> Iterator[Letter]:
    return lines_to_homes(nquads.split(piece), homes, looks)


def _kept_together(pairs: RDD[Any], function: Any) -> RDD[Any]:
    """Return what comes of each part of pairs with one key, under that key."""
    return pairs.mapPartitionsWithIndex(function, preservesPartitioning=True)


def _home_alone(number: int, letters: Iterable[Letter]) -> Iterator[tuple[int, Home]]:
    yield number, home_of((letter for _, letter in letters), {})


def _housed(number: int, pairs: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Home]]:
    for _, (homes, heads) in pairs:
        for home in homes:
            yield number, home._replace(heads=dict(heads))


def _surveyed(
    links: Links, pair: tuple[int, Home]
) -> tuple[GraphSurvey, list[tuple[int, int]], int]:
    lines = nquads.split(pair[1].said)
    survey = survey_lines(lines, links)
    edges = [(number_of(node), number_of(head)) for node, head in survey.joined.pairs()]
    return (
        GraphSurvey(
            shared=survey.shared, words=survey.words, values=survey.values, told=survey.told
        ),
        edges,
        len(lines),
    )


def _without_edges(surveyed: tuple[GraphSurvey, Any, Any]) -> GraphSurvey:
    return surveyed[0]


def _edges(surveyed: tuple[Any, list[tuple[int, int]], Any]) -> list[tuple[int, int]]:
    return surveyed[1]


def _count(surveyed: tuple[Any, Any, int]) -> int:
    return surveyed[2]


def _survey_of(surveys: Iterable[GraphSurvey]) -> GraphSurvey:
    """Return what several looks at parts of a graph tell together, but for who is joined."""
    told = GraphSurvey()
    for one in surveys:
        told.shared.extend(one.shared)
        told.words.update(one.words)
        for predicate, values in one.values.items():
            told.values[predicate].update(values)
        told.told = told.told or one.told
    return told


def _head_letter(homes: int, edge: tuple[int, int]) -> Letter:
    return edge[0] % homes, edge


def _own(post: Post, pair: tuple[int, Home]) -> Iterator[Letter]:
    return own_letters(pair[1], post)


def _seen(housed: RDD[tuple[int, Home]], looks: Looks, post: Post) -> RDD[Letter]:
    """Return letters to places with what is looked at there."""
    answered = housed.flatMap(partial(_first_answers, looks, post))
    seen = answered.filter(_is_seen)
    for _ in range(looks.depth - 1):
        asked = answered.filter(_is_asked)
        answered = housed.cogroup(asked, post.homes).flatMap(partial(_answers, looks, post))
        seen = seen.union(answered.filter(_is_seen))
    return seen


def _is_seen(letter: Letter) -> bool:
    return bool(letter[1][0] == "seen")


def _is_asked(letter: Letter) -> bool:
    return bool(letter[1][0] == "asked")


def _as_around(value: tuple[str, bytes]) -> tuple[str, bytes]:
    return "around", value[1]


def _first_answers(looks: Looks, post: Post, pair: tuple[int, Home]) -> Iterator[Letter]:
    return answers(pair[1], first_asked(pair[1], post), looks, post)


def _answers(looks: Looks, post: Post, pair: tuple[int, Any]) -> Iterator[Letter]:
    homes, letters = pair[1]
    asked: defaultdict[bytes, set[tuple[int, int]]] = defaultdict(set)
    for _, nodes in letters:
        for node, place, state in nodes:
            asked[node].add((place, state))
    for home in homes:
        yield from answers(home, asked, looks, post)


def _examined(
    given: Broadcast[_Known], pair: tuple[int, Iterable[tuple[str, bytes]]]
) -> list[Finding]:
    """Return what is wrong with the nodes of a place."""
    came = _came(pair)
    about = {nquads.subject_of(line)[1:-1].decode() for line in came["own"]}
    about |= {nquads.parts(line)[2][1:-1].decode() for line in came["mention"]}
    region = b"".join(sorted(set().union(*came.values(), given.value.lines)))
    return find_broken(Index.of(region), against_shapes(region, load_shapes()), about)


def _came(pair: tuple[int, Iterable[tuple[str, bytes]]]) -> defaultdict[str, set[bytes]]:
    came: defaultdict[str, set[bytes]] = defaultdict(set)
    for sort, lines in pair[1]:
        came[sort].update(nquads.split(lines))
    return came


def _graph_at(
    given: Broadcast[_Known], pair: tuple[int, Iterable[tuple[str, bytes]]]
) -> LocalGraph:
    """Return the graph of a place, as rules see it."""
    known, came = given.value, _came(pair)
    own = (line for line in came["own"] if line.split(b" ", 2)[1] in known.looked)
    sides = (b"".join(sorted(triples_in(lines))) for lines in (own, came["around"]))
    return LocalGraph(known.local, Neighbours(*sides), known.shared)


def _first_derived(given: Broadcast[_Known], pair: tuple[int, Any]) -> set[bytes]:
    return _graph_at(given, pair).shared_derived()


def _derived(given: Broadcast[_Known], homes: int, pair: tuple[int, Any]) -> Iterator[Letter]:
    found = _graph_at(given, pair).derive(words=given.value.words, told=given.value.told)
    return _by_home({*triples_in(nquads.split(found.unsaid)), *found.apart}, homes)


def _by_home(triples: Iterable[bytes], homes: int) -> Iterator[Letter]:
    letters: defaultdict[int, list[bytes]] = defaultdict(list)
    for one in triples:
        letters[number_of(nquads.subject_of(one)) % homes].append(one)
    return ((home, b"".join(some)) for home, some in letters.items())


def _all_of_home(kept: frozenset[bytes], pair: tuple[int, Any]) -> Iterator[list[bytes]]:
    """Yield all lines of a home: what is said there, and what follows and nobody says."""
    homes, letters = pair[1]
    derived = {one for letter in letters for one in nquads.split(letter)}
    for home in homes:
        lines = nquads.split(home.said)
        said = triples_in(lines)
        said |= as_kept(said, kept)
        yield [*lines, *nquads.split(as_lines(derived - said))]


_SAMPLED: Final = 50
"""How many lines of each part are looked at, about, to part all of them evenly: they are here together."""

_TOGETHER: Final = 5000
"""How many lines travel together."""


def _sorted(pieces: RDD[list[bytes]], parts: int, every: int) -> RDD[bytes]:
    """Return all lines in order, in parts that follow each other and are even by one line of `every` so many."""
    samples = sorted(pieces.flatMap(partial(_sample, every)).collect())
    bounds = [samples[len(samples) * n // parts] for n in range(1, parts)] if samples else []
    letters = pieces.flatMap(partial(_to_parts, bounds)).partitionBy(len(bounds) + 1)
    return letters.mapPartitions(_in_order)


def _sample(every: int, lines: list[bytes]) -> list[bytes]:
    return lines[::every]


def _to_parts(bounds: list[bytes], lines: list[bytes]) -> Iterator[Letter]:
    from bisect import bisect_right

    parts: defaultdict[int, list[bytes]] = defaultdict(list)
    for line in lines:
        parts[bisect_right(bounds, line)].append(line)
    return ((part, b"".join(some)) for part, some in parts.items())


def _in_order(letters: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    lines = sorted({line for _, some in letters for line in nquads.split(some)})
    return (b"".join(lines[at : at + _TOGETHER]) for at in range(0, len(lines), _TOGETHER))
