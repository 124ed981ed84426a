"""A graph made on a cluster of Spark: read, checked and derived where the pieces lie, to the same lines as here.

What is here of the graph is what all neighbourhoods share, what is wrong with it, and a few lines of each part. Lines travel in letters of many (`homes.py`): from the
files to the homes of their nodes, from there to the places of the neighbourhoods with what is looked at around them, and what is
derived back to the homes, which know what is said already.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kg.base import UsageError, nquads
from kg.pipeline.at_places import (
    KnownEverywhere,
    by_home,
    derived_at,
    examined_at,
    first_derived_at,
)
from kg.pipeline.building import ontology_quads
from kg.pipeline.change_examined import footprint_with, meant_by
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
from kg.pipeline.local_graph import Setting, as_lines, unsaid
from kg.pipeline.local_rules import local_rules
from kg.pipeline.looked_up_on_spark import LookedUpOnSpark
from kg.pipeline.looks import looks_along, looks_around
from kg.pipeline.neighbourhood_files import LINES
from kg.pipeline.neighbourhoods import GraphSurvey, survey_lines
from kg.pipeline.shape_engine import order_of
from kg.pipeline.sorted_on_spark import in_order_on
from kg.pipeline.validation import as_told, load_shapes
from kg.query import Index
from kg.sources import on_disk, software_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark import RDD, SparkContext

    from kg.base import Finding
    from kg.pipeline.homes import Letter
    from kg.pipeline.links import Links
    from kg.pipeline.looks import Looks


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
        self._cluster, self._said, self._housed = cluster, said, housed
        self._homes, self._count = homes, count
        self._allowed = local.allows(survey.words, survey.shared)
        self._places = on_disk(letters.groupByKey(post.places))
        shared, words = triples_shared(local, survey), frozenset(survey.words)
        self._known = KnownEverywhere(
            software_fingerprint(),
            Setting(local, shared, words, survey.told),
            frozenset(survey.shared),
            local.looked(survey.words),
        )

    def broken(self) -> list[Finding]:
        """Return all that is wrong, as `find_broken` would of the whole graph."""
        given = self._cluster.broadcast(self._known)
        found = self._places.flatMap(partial(examined_at, given)).collect()
        return sorted(set(found), key=order_of)

    def findings(self) -> Sequence[Finding]:
        """Return all that is wrong with what may be meant, as `examine` would of the whole graph."""
        found, shapes = self.broken(), load_shapes()
        meant = Index.of(meant_by(LookedUpOnSpark(self._said), found, shapes))
        return as_told(found, meant, shapes).findings

    def parts(self) -> RDD[bytes]:
        """Return what is said and what follows, which nobody else may say: some thousand lines at a time.

        The lines are in order, and each part goes on where the one before ends. What breaks a shape may derive anything.

        Raises:
            UsageError: the data cannot be derived from in pieces.
        """
        if not self._allowed:
            raise UsageError(f"the data have rules derive what rules look for{_NOT_THERE}")
        known, setting, homes = self._known, self._known.setting, self._homes
        given = self._cluster.broadcast(known)
        first = self._places.map(partial(first_derived_at, given)).toLocalIterator()
        derived = shared_after(setting.local, setting.shared, set[bytes]().union(*first))
        setting = setting._replace(shared=setting.shared | derived)
        given = self._cluster.broadcast(known._replace(setting=setting))
        followed = self._places.flatMap(partial(derived_at, given, homes)).union(
            self._cluster.parallelize([*by_home(derived, homes)], 1)
        )
        kept = setting.local.derived.union(setting.words)
        whole = self._housed.cogroup(followed, homes).flatMap(partial(_all_of_home, kept))
        return in_order_on(on_disk(whole), homes, self._count)


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
    # Kept, as each is gone through twice: for what is seen, and for who is asked next.
    answered = on_disk(housed.flatMap(partial(_first_answers, looks, post)))
    seen = answered.filter(_is_seen)
    for _ in range(looks.depth - 1):
        asked = answered.filter(_is_asked)
        answered = on_disk(
            housed.cogroup(asked, post.homes).flatMap(partial(_answers, looks, post))
        )
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


def _all_of_home(kept: frozenset[bytes], pair: tuple[int, Any]) -> Iterator[list[bytes]]:
    """Yield all lines of a home: what is said there, and what follows and nobody says."""
    homes, letters = pair[1]
    derived = {one for letter in letters for one in nquads.split(letter)}
    for home in homes:
        lines = nquads.split(home.said)
        yield [*lines, *nquads.split(as_lines(unsaid(derived, lines, kept)))]
