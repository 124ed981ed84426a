"""Which file says what a finding is about, told by the graphs that the lines of N-Quads stand in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg.base import CP, MOST_SHOWN, lengthen, nquads, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.base import Finding

_SHARED: Final = frozenset({CP + "one-identity"})
"""The shapes of findings that two nodes have one value: whoever gives it to the other may be wrong as well."""

_MOST_OTHERS: Final = 3
"""How many other files a finding names at most."""


class PlacedPart(NamedTuple):
    """What the file of a number says: a node, and its property and value where it is these."""

    number: int
    node: str
    path: str | None = None
    value: str | None = None


class SaidOfNodes:
    r"""What is said of the nodes of findings, and where.

    >>> from kg.base import Finding
    >>> lines = b'<a:s> <a:p> "1" <a:f> .\n<a:s> <a:p> "2" <a:g> .\n<a:s> <a:q> "3" <a:f> .\n'
    >>> one, all_ = (Finding("a:s", "a:p", value, "", "", violation=True) for value in ("1", None))
    >>> said = SaidOfNodes([one, all_], lines.splitlines(keepends=True), {"a:f": 0, "a:g": 1})
    >>> [part.number for part in said.parts(one)], [part.number for part in said.parts(all_)]
    ([0], [1, 0])
    """

    def __init__(
        self, findings: Iterable[Finding], asserted: Iterable[bytes], owners: Mapping[str, int]
    ) -> None:
        """Go through what all files say, given by the graphs that each of them has."""
        findings = list(findings)
        self._described: dict[str, int] = {}
        self._mentioned: dict[str, tuple[int, str, str]] = {}
        self._values: defaultdict[tuple[str, str], defaultdict[int, set[bytes]]]
        self._values = defaultdict(lambda: defaultdict(set))
        self._saying: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
        self._bearers: dict[tuple[str, str], str] = {}
        self._sharing: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        of = {f"<{finding.node}>".encode() for finding in findings}
        shared = {(one.path, one.value) for one in findings if one.shape in _SHARED and one.path}
        paths = {f"<{path}>".encode() for path, _ in shared}
        for line in asserted:
            subject, predicate, value, graph = nquads.parts(line)
            is_shared = predicate in paths
            if not (subject in of or value in of or is_shared):
                continue
            number = owners.get(graph.decode()[1:-1])
            if number is None:
                continue  # of the ontology
            node, path = subject.decode()[1:-1], predicate.decode()[1:-1]
            if subject in of:
                self._described[node] = min(number, self._described.get(node, number))
                self._values[node, path][number].add(value)
                self._saying[node, path, _shown(value)].add(number)
                if value.startswith(b'"'):
                    self._bearers.setdefault((node, _shown(value)), path)
            if value in of:
                mention, thing = (number, node, path), value.decode()[1:-1]
                self._mentioned[thing] = min(mention, self._mentioned.get(thing, mention))
            if is_shared and (path, _shown(value)) in shared:
                self._sharing[path, _shown(value)].append((number, node))
        # One more than are named: one of them may be the node that is asked about.
        some = {key: sorted(found)[: _MOST_OTHERS + 1] for key, found in self._sharing.items()}
        self._sharing = defaultdict(list, some)
        self.nodes = {
            *self._described,
            *(node for _, node, _ in self._mentioned.values()),
            *(node for several in self._sharing.values() for _, node in several),
        }
        """The nodes that are in the parts of any finding."""

    def parts(self, finding: Finding) -> list[PlacedPart]:
        """Return where a finding lies, and behind that where else what it is about is said; or nothing."""
        node, value = finding.node, finding.value and lengthen(finding.value)
        if node not in self._described:
            if node not in self._mentioned:
                return []
            number, bearer, path = self._mentioned[node]
            return [PlacedPart(number, bearer, path, node)]
        path_ = finding.path or self._bearers.get((node, finding.value or ""))
        numbers = self._numbers(node, path_, finding) or [self._described[node]]
        found = [PlacedPart(number, node, path_, value) for number in numbers]
        if finding.shape in _SHARED:
            others = self._sharing[str(path_), str(finding.value)]
            found += [PlacedPart(n, other, path_, value) for n, other in others if other != node]
        return found[: 1 + _MOST_OTHERS]

    def _numbers(self, node: str, path: str | None, finding: Finding) -> list[int]:
        """Return which files say it: a value the first, and of all values the last that has others than those before it."""
        if path is None:
            return []
        if finding.value is not None:
            return sorted(self._saying.get((node, path, finding.value), ()))
        values: Mapping[int, set[bytes]] = self._values.get((node, path), {})
        numbers: list[int] = []
        before: set[bytes] = set()
        for number in sorted(values):
            if not values[number] <= before:
                numbers.append(number)
            before |= values[number]
        return numbers[::-1]


def _shown(term: bytes) -> str:
    """Return a term as a finding has a value."""
    if term.startswith(b"<"):
        text = term[1:-1].decode()
    elif b"\\" not in term:
        text = term[1 : term.rindex(b'"')].decode()
    else:
        (quad,) = ox.parse(b"<a:s> <a:p> %b ." % term, ox.RdfFormat.N_TRIPLES)
        text = str(getattr(quad.object, "value", ""))
    return shorten(text)[:MOST_SHOWN]
