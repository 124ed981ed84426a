"""The tree of the classes of the ontology, as `rdfs:subClassOf` in the graph tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg.base import CP
from kg.query.selected import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set as AbstractSet

    from kg.query.index import Index

_SUBCLASSES: Final = """SELECT ?class ?above {
  ?class rdfs:subClassOf ?above .
  FILTER (STRSTARTS(STR(?class), STR(cp:)) && STRSTARTS(STR(?above), STR(cp:)))
}"""

# What a graph is about is below these. Properties have classes too, and a name of theirs tells
# people nothing: so they are answered with none.
_ROOTS: Final = frozenset({"Thing", "Statement"})

# Read once for each index, which never changes, and forgotten together with it.
_trees: WeakKeyDictionary[Index, ClassTree] = WeakKeyDictionary()


class ClassTree:
    """All that is above each class of things and statements, by local names."""

    def __init__(self, above: Mapping[str, frozenset[str]]) -> None:
        """Take what is `above` each class, at any remove."""
        self.above = above

    @classmethod
    def of(cls, index: Index) -> ClassTree:
        """Return the tree of the classes in `index`."""
        if index not in _trees:
            _trees[index] = cls.from_pairs(
                (_local(str(class_)), _local(str(above)))
                for class_, above in select_rows(index, _SUBCLASSES)
            )
        return _trees[index]

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> ClassTree:
        """Return the tree of pairs of a class and one above it.

        >>> tree = ClassTree.from_pairs([("Company", "Organization"), ("Organization", "Thing")])
        >>> sorted(tree.above["Company"])
        ['Organization', 'Thing']
        """
        direct: dict[str, set[str]] = {}
        for class_, above in pairs:
            direct.setdefault(class_, set()).add(above)
        reached = {class_: _reachable(class_, direct) for class_ in direct}
        return cls(
            {
                # Of classes that are each below the other, neither is the more specific one.
                class_: frozenset(up for up in above if class_ not in reached.get(up, ()))
                for class_, above in reached.items()
                if above & _ROOTS
            }
        )

    def most_specific(self, classes: Iterable[str]) -> str:
        """Return the one of some classes that none of the others is below, by its local name, or "".

        Classes are IRIs, `cp:` names or local names. Where the tree leaves several, the first by
        name is taken, so that the answer is always the same.

        >>> tree = ClassTree.from_pairs([("Company", "Organization"), ("Organization", "Thing")])
        >>> tree.most_specific(["cp:Thing", "cp:Organization", "cp:Company"])
        'Company'
        """
        names = self.above.keys() & set(map(_local, classes))
        return min(names.difference(*(self.above[name] for name in names)), default="")

    def nearest(self, classes: Iterable[str], known: AbstractSet[str]) -> str:
        """Return the most specific class that is `known` among some classes and all above them, or "".

        >>> tree = ClassTree.from_pairs([("Company", "Organization"), ("Organization", "Thing")])
        >>> tree.nearest(["cp:Company"], {"Organization", "Person"})
        'Organization'
        """
        names = set(map(_local, classes))
        return self.most_specific(known & names.union(*(self.above.get(n, ()) for n in names)))


def _local(name: str) -> str:
    return name.removeprefix(CP).removeprefix("cp:")


def _reachable(class_: str, direct: Mapping[str, AbstractSet[str]]) -> set[str]:
    """Return all that is above a class; itself only where it is above itself."""
    reached: set[str] = set()
    ahead = [class_]
    while ahead:
        new = direct.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached
