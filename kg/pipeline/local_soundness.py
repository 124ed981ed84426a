"""Whether rules that run neighbourhood by neighbourhood come to what they come to over the whole.

What a rule reads has to be at hand wherever it may start, and what it derives wherever that is read. Each question is
answered by the footprints of the rules alone; where one cannot be answered, the rules run over the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import RDF
from kg.pipeline.rule_footprint import footprint_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.pipeline.derivation import Rule
    from kg.pipeline.local_rules import LocalRules
    from kg.pipeline.rule_footprint import BoundPattern, RuleFootprint

_TYPE: Final = f"<{RDF}type>"
_ENDS: Final = {0, 2}


def is_sound(local: LocalRules, name: str) -> bool:
    """Tell whether what a rule reads is at hand where it runs, and what it derives where that is read."""
    rule, footprint = local.rules[name], footprint_of(local.rules[name])
    return (
        footprint is not None
        and _runs_in_time(local, name, rule)
        and _starts_at_home(local, footprint)
        and all(
            _is_told_where_read(local, footprint, number)
            for number in range(len(footprint.template))
        )
    )


def _runs_in_time(local: LocalRules, name: str, rule: Rule) -> bool:
    """Tell whether a rule that runs first needs nothing of those that run once, and no other derives what is shared."""
    if name in local.first:
        brought = (local.rules[one].derives or frozenset() for one in local.once)
        return rule.reads is not None and all(rule.reads.isdisjoint(names) for names in brought)
    shared = {one[1:-1] for one in local.links.shared}
    return name in local.once or shared.isdisjoint(rule.derives or ())


def _starts_at_home(local: LocalRules, footprint: RuleFootprint) -> bool:
    """Tell whether a rule derives nothing too much of a node of which not all is there."""
    copied = local.links.shared.union(*local.links.around.values())
    return footprint.grows or not any(copied.issuperset(base) for base in footprint.bases)


def _is_told_where_read(local: LocalRules, footprint: RuleFootprint, number: int) -> bool:
    """Tell whether what a rule derives by a triple of its template is at hand wherever that is read."""
    subject, predicate, value = footprint.template[number]
    links = local.links
    if predicate.startswith("?") or predicate in links.shared:
        return True  # words of the data are looked at when these are known; what is shared all see
    if predicate in links.around or predicate[1:-1] in {one.predicate for one in links.extremes}:
        return False
    if predicate in frozenset[str]().union(*links.around.values()):
        return _is_copied_alike(local, footprint, footprint.template[number])
    if predicate in links.joined:
        return _joins(local, footprint, number)
    # What a rule tells of its own focus it derives where all of that is.
    return subject in _own(footprint) or _is_read_alone(local, {predicate[1:-1], value[1:-1]})


def _own(footprint: RuleFootprint) -> set[str]:
    """Return the variables of a focus."""
    return {f"?{one}" for focus in footprint.foci for one in focus}


def _is_copied_alike(
    local: LocalRules, footprint: RuleFootprint, triple: tuple[str, str, str]
) -> bool:
    """Tell whether what is derived of a node that others look at is derived of the copy as well."""
    subject, predicate, value = triple
    if predicate != _TYPE:
        return False
    if value.startswith("?"):
        near = local.links.shared | {_TYPE}
        patterns = footprint.patterns
        return (
            footprint.grows
            and subject in _own(footprint)
            and all(one.predicate.is_ in near for one in patterns)
        )
    return _is_read_alone(local, {value[1:-1]})


def _joins(local: LocalRules, footprint: RuleFootprint, number: int) -> bool:
    """Tell whether both ends of what is derived are joined by what it is derived from."""
    return all(
        any(
            check[1].is_ in local.links.joined
            and {check[0].at, check[2].at} == _ENDS
            and None not in (check[0].focus, check[2].focus)
            for check in head.checks
        )
        for head in footprint.heads
        if head.template == number
    )


def _is_read_alone(local: LocalRules, names: Collection[str]) -> bool:
    """Tell whether whoever reads what may be told elsewhere reads nothing beside it but what all see."""
    if not local.exact.isdisjoint(names):
        return False
    readers = (
        footprint_of(rule)
        for rule in local.rules.values()
        if rule.reads is None or not rule.reads.isdisjoint({*names, RDF + "type"})
    )
    return all(
        one is not None and (one.grows or not _reads(one, names)) and _is_alone(local, one, names)
        for one in readers
    )


def _reads(footprint: RuleFootprint, names: Collection[str]) -> bool:
    return any(_may_match(pattern, names) for pattern in footprint.patterns)


def _may_match(pattern: BoundPattern, names: Collection[str]) -> bool:
    name, kind = pattern.predicate.is_, pattern.object.is_
    if name == _TYPE:
        return kind is None or kind[1:-1] in names
    return name is None or name[1:-1] in names


def _is_alone(local: LocalRules, footprint: RuleFootprint, names: Collection[str]) -> bool:
    """Tell whether a rule that may read something of these names needs no more than one such triple, and what all see."""
    if not _reads(footprint, names):
        return True
    links = local.links
    rest = [
        one
        for one in footprint.patterns
        if one.predicate.is_ not in links.shared
        and not (one.predicate.is_ == _TYPE and one.object.is_ in links.kinds)
    ]
    return len(rest) <= 1
