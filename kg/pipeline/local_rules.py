"""How rules run neighbourhood by neighbourhood: which of them once, which before, and whether that comes to the same.

A rule that reads nothing but what is shared runs once, over that. Rules that it rests on run before, for what
they derive that is shared. A rule that grows may see half of what is said of somebody else's node, and derives no
more than it should. Any other starts from what is copied to nobody, so that it sees everything of whatever it starts from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import RDF, nquads
from kg.pipeline.links import Links, links_of
from kg.pipeline.local_soundness import is_sound
from kg.pipeline.rule_footprint import footprint_of
from kg.promises import JUDGED, JUDGED_BY, JUDGED_LINKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.pipeline.derivation import Rule

_TYPE: Final = f"<{RDF}type>".encode()
# What a relation says is derived of its subject: it is where all is that is said of that, and what leads back from there.
_OF_SUBJECTS: Final = f"<{RDF}subject>"


@dataclass(frozen=True)
class LocalRules:
    """Rules that run neighbourhood by neighbourhood.

    Attributes:
        rules: all of them, by name.
        links: how what is said hangs together, for them and for judging.
        once: those that read nothing but what is shared.
        first: those that these rest on.
        seen: the IRIs of the predicates and classes that any of them, or judging, reads or derives.
        exact: those of which a neighbourhood has to have all that is said of its own nodes.
        derived: the predicates that a rule or judging may derive values of, as N-Triples write them.
    """

    rules: Mapping[str, Rule]
    links: Links
    once: frozenset[str]
    first: frozenset[str]
    seen: frozenset[str]
    exact: frozenset[str]
    derived: frozenset[bytes]

    def allows(self, words: Collection[bytes], shared: Iterable[bytes]) -> bool:
        """Tell whether all is at hand where data have rules derive some predicates, and all that is shared of it is known.

        A word that rules look for, or that all see, they may derive where it is not read; a class under one that all see
        makes more of these.
        """
        known = {
            f"<{name}>" for rule in self.rules.values() if rule.open for name in rule.derives or ()
        }
        looked = {
            f"<{name}>"
            for name in self.exact.union(*(rule.reads or () for rule in self.rules.values()))
        }
        looked |= self.links.shared | {f"<{RDF}type>"}
        if not {word.decode() for word in words}.isdisjoint(looked - known):
            return False
        kinds = {kind.encode() for kind in self.links.kinds}
        classes = (nquads.parts(line) for line in shared)
        return not any(value in kinds for _, predicate, value, _ in classes if predicate != _TYPE)

    def looked(self, words: Collection[bytes]) -> frozenset[bytes]:
        """Return the predicates of a neighbourhood's own that are looked at, in angle brackets; words of the data are as well."""
        seen = {f"<{name}>".encode() for name in self.seen}
        return frozenset(seen.union(words).difference(map(str.encode, self.links.shared)))

    def read_by_first(self, without: str = "") -> frozenset[bytes]:
        """Return what the first rules look for, in angle brackets, and what is shared; `without` one that need not see what it derives."""
        reads = (self.rules[name].reads or () for name in self.first if name != without)
        names = {f"<{name}>" for each in reads for name in each}
        return frozenset(name.encode() for name in names | self.links.shared)


def local_rules(rules: Mapping[str, Rule]) -> LocalRules | None:
    """Return how `rules` run neighbourhood by neighbourhood, or None where they run over the whole alone.

    >>> from kg.pipeline.derivation import load_rules
    >>> local = local_rules(load_rules())
    >>> sorted(local.once), "relations" in local.first
    (['acting-through-others', 'location'], True)
    """
    links = links_of(rules)
    if links is None:
        return None
    links.add(*JUDGED_LINKS)
    links.add([_OF_SUBJECTS], {}, [])
    links.settle()
    if not links.are_near:
        return None
    shared = {name[1:-1] for name in links.shared}
    once = {n for n, one in rules.items() if one.reads is not None and one.reads <= shared}
    wary = [one for one in rules.values() if not _grows(one)]
    exact = JUDGED_BY.union(*(one.reads or () for one in wary)) - shared
    derived = JUDGED.union(*(one.derives or () for one in rules.values()))
    named = [one for rule in rules.values() for one in (rule.reads, rule.classes_derived)]
    local = LocalRules(
        rules,
        links,
        frozenset(once),
        frozenset(_resting(rules, once)),
        JUDGED_BY.union(derived, *filter(None, named)),
        exact,
        frozenset(f"<{name}>".encode() for name in derived),
    )
    return local if all(is_sound(local, name) for name in rules) else None


def _grows(rule: Rule) -> bool:
    footprint = footprint_of(rule)
    return footprint is not None and footprint.grows


def _resting(rules: Mapping[str, Rule], once: Collection[str]) -> set[str]:
    """Return the rules that some rest on, be it through others."""
    found: set[str] = set()
    waiting = list(once)
    while waiting:
        fed = rules[waiting.pop()]
        more = {name for name, rule in rules.items() if rule.feeds(fed)} - found - {*once}
        found |= more
        waiting += more
    return found
