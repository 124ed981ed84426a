"""What two sources may both describe: a thing, of which they say the same.

A source stands for itself, so that it names the publisher that another source names, too. A
statement is made once, and what two files say differently is told before it becomes two values of one thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kg.base import CP, ID, SKOS, SourceError, expand, nquads
from kg.sources import File, adding_to, key_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kg.base import Change
    from kg.sources import Fingerprint
    from kg.store import Snapshot

# Of these a thing may have several, whoever gives them.
_OPEN: Final = frozenset({f"<{SKOS}altLabel>", f"<{SKOS}exactMatch>"})
_SOURCE: Final = f"<{CP}source>"

SaidOf: TypeAlias = "Callable[[set[bytes]], Iterable[bytes]]"
"""Gives the lines of N-Quads of some subjects, given as N-Quads have them."""

_MOST: Final = 3
"""Against how many other sayings of a property one file is held: there may be as many as files."""

_Said = defaultdict[tuple[str, str], defaultdict[str, set[bytes]]]


class Clash(NamedTuple):
    """What two files do not say the same of: a node, the property if it is one, and what is told."""

    node: str
    path: str | None
    problem: SourceError


def refuse_shared_ids(
    files: Sequence[File], fingerprints: Mapping[str, Fingerprint], said_of: SaidOf
) -> None:
    """Refuse what two YAML-LD files introduce and do not say the same of; see `shared_ids`.

    Raises:
        SourceError: there is such a thing, or a statement or a source that two files introduce.
    """
    problems = [clash.problem for clash in shared_ids(files, fingerprints, said_of)]
    if problems:
        raise SourceError.of([one for one in problems if one.path == problems[0].path])


def shared_ids(
    files: Sequence[File], fingerprints: Mapping[str, Fingerprint], said_of: SaidOf
) -> list[Clash]:
    """Return what is wrong with the ids that two YAML-LD files introduce, each with those that it does not agree with."""
    counts = Counter(name for file in files for name in set(fingerprints[file.name].ids))
    again = {name: _Describers() for name, count in counts.items() if count > 1}
    if not again:
        return []
    said = _said(said_of({_iri(name).encode() for name in again}))
    clashes = []
    for file in files:
        fingerprint = fingerprints[file.name]
        for name in dict.fromkeys(fingerprint.ids):
            if name not in again:
                continue
            graph = fingerprint.graphs[0]
            for other, path, fault in again[name].hold(file, graph, said[_iri(name), graph]):
                problem = f"has the id {name!r}, which {other.path} has already{fault}"
                told = SourceError(file.path, problem, line=lines_of(file.path).get(name))
                clashes.append(Clash(_iri(name)[1:-1], path, told))
    return clashes


def sharing_files(
    before: Snapshot,
    change: Change,
    sources: Mapping[str, Fingerprint],
    given: Iterable[Fingerprint],
) -> set[str]:
    """Return the names of the files that introduce what another one does, as far as a change may concern it.

    What is introduced by files that say what they said, in graphs that say what they said, is as it was. So all that is
    looked up is what the files that are `given` introduce, and what the change speaks of.

    Args:
        before: the graph before.
        change: what is asserted otherwise than there.
        sources: all files after the change, by name.
        given: what was read anew.
    """
    nodes = {_iri(name)[1:-1] for one in given for name in one.ids}
    nodes |= {
        nquads.subject_of(line).decode()[1:-1] for data in change for line in nquads.split(data)
    }
    graphs = before.graphs_of(nodes)
    for line in nquads.split(change.fresh):
        graphs[nquads.subject_of(line).decode()[1:-1]].add(nquads.graph_of(line))
    files = {graph: adding_to(sources, graph) for graph in set().union(*graphs.values())}
    introducing: defaultdict[str, set[str]] = defaultdict(set)
    for node in nodes:
        names = set().union(*(files[graph] for graph in graphs[node]))
        # Whoever is the only one to speak of it shares it with nobody.
        for name in names if len(names) > 1 else ():
            for known in sources[name].ids:
                if _iri(known)[1:-1] == node:
                    introducing[known].add(name)
    return set().union(*(names for names in introducing.values() if len(names) > 1))


def in_order(names: Collection[str], files: Iterable[File]) -> list[File]:
    """Return the files of some names in the order of `files`, behind those that are none of these.

    >>> from kg.sources import File
    >>> [file.name for file in in_order({"b", "a", "c"}, [File(Path("c.nt"), "c"), File(Path("d.nt"), "d")])]
    ['a', 'b', 'c']
    """
    ours = [file for file in files if file.name in names] if names else []
    others = sorted(set(names).difference(file.name for file in ours))
    return [*(File(Path(name), name) for name in others), *ours]


def _iri(name: str) -> str:
    return f"<{expand(name) or ID + name}>"


def said_in(quads: bytes) -> SaidOf:
    """Return what gives the lines of some subjects among `quads`, which all are gone through."""

    def said_of(nodes: set[bytes]) -> Iterator[bytes]:
        return (line for line in nquads.split(quads) if nquads.subject_of(line) in nodes)

    return said_of


def _said(lines: Iterable[bytes]) -> _Said:
    """Return what each graph says of each node that `lines` are of, by property."""
    said: _Said = defaultdict(lambda: defaultdict(set))
    for line in lines:
        subject, predicate, value, graph = nquads.parts(line)
        said[subject.decode(), graph.decode()[1:-1]][predicate.decode()].add(value)
    return said


_Differing: TypeAlias = "tuple[File, str | None, str]"
"""A file with which another one does not agree: in what property, if in one, and how that is told."""


class _Describers:
    """The files that describe one thing, taken one after the other, by what they say of it.

    Each is held against a file for each thing that is said otherwise, and not against every other file: of a publisher
    that ten thousand sources describe that is work for ten thousand, and whoever differs from anybody is told.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._first: File | None = None
        self._statement: File | None = None
        self._graphs: dict[str, File] = {}
        self._sayings: dict[str, dict[frozenset[bytes], list[File]]] = {}

    def hold(self, file: File, graph: str, said: Mapping[str, set[bytes]]) -> list[_Differing]:
        """Take a file and what it says, by property; return those before it with which it does not agree."""
        other = self._first if _SOURCE in said else self._statement
        if other:
            told: list[_Differing] = [(other, None, "; give the statement an id of its own")]
        elif same := self._graphs.get(graph):
            told = [(same, None, "")]
        else:
            told = [*self._differing(said)]
        self._take(file, graph, said)
        return told

    def _differing(self, said: Mapping[str, set[bytes]]) -> Iterator[_Differing]:
        told = set[str]()
        for predicate in sorted(said.keys() & self._sayings.keys()):
            path = predicate[1:-1]
            fault = f", with another {key_of(path) or predicate!r}; say the same in both, or describe it in one"
            for other in islice(self._others(predicate, said[predicate], told), _MOST):
                told.add(other.name)
                yield other, path, fault

    def _others(self, predicate: str, values: set[bytes], told: set[str]) -> Iterator[File]:
        """Yield a file for each other saying, which has not been told of yet."""
        for others, files in self._sayings[predicate].items():
            if others != values:
                yield from islice((file for file in files if file.name not in told), 1)

    def _take(self, file: File, graph: str, said: Mapping[str, set[bytes]]) -> None:
        self._first = self._first or file
        self._graphs.setdefault(graph, file)
        if _SOURCE in said:
            self._statement = self._statement or file
        for predicate in said.keys() - _OPEN:
            sayings = self._sayings.setdefault(predicate, {})
            sayings.setdefault(frozenset(said[predicate]), []).append(file)
