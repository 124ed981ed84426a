"""What two sources may both describe: a thing, of which they say the same.

A source stands for itself, so that it names the publisher that another source names, too. A
statement is made once, and what two files say differently is told before it becomes two values of one thing.
"""

from __future__ import annotations

from collections import defaultdict
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
    """Return what is wrong with the ids that two YAML-LD files introduce."""
    owners: dict[str, File] = {}
    again: list[tuple[str, File, File]] = []
    for file in files:
        for name in fingerprints[file.name].ids:
            owner = owners.setdefault(name, file)
            if owner is not file:
                again.append((name, owner, file))
    if not again:
        return []
    said = _said(said_of({_iri(name).encode() for name, _, _ in again}))
    clashes = []
    for name, owner, file in again:
        graphs = [fingerprints[one.name].graphs[0] for one in (owner, file)]
        path, fault = _fault(*(said[_iri(name), graph] for graph in graphs))
        if fault is None and graphs[0] != graphs[1]:
            continue
        problem = f"has the id {name!r}, which {owner.path} has already{fault or ''}"
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


def _fault(
    one: Mapping[str, set[bytes]], other: Mapping[str, set[bytes]]
) -> tuple[str | None, str | None]:
    """Return in what property the second description does not suit the first, if in one, and how."""
    if _SOURCE in one or _SOURCE in other:
        return None, "; give the statement an id of its own"
    for predicate in sorted(one.keys() & other.keys() - _OPEN):
        if one[predicate] != other[predicate]:
            path = predicate[1:-1]
            key = key_of(path) or predicate
            return path, f", with another {key!r}; say the same in both, or describe it in one"
    return None, None
