"""The order in which rules run: each when all that it reads is complete.

A rule that asks for what is not there, for the last or for how many, is right only once nothing more of
that can come. So a rule runs after every rule that derives what it reads. Rules that feed each other, or
themselves, are one stratum, which is run until nothing new comes; within it nothing is negated or
counted, to which a test holds the shipped ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from kg.pipeline.derivation import Rule


def strata(rules: Mapping[str, Rule]) -> list[tuple[str, ...]]:
    """Return the names of `rules`, stratum by stratum, whatever their order.

    >>> from kg.pipeline.derivation import load_rules
    >>> order = [name for stratum in strata(load_rules()) for name in stratum]
    >>> order.index("subclasses") < order.index("reports") < order.index("current-status")
    True
    """
    fed = {
        name: {other for other in rules if rules[other].feeds(rule)} for name, rule in rules.items()
    }
    feeders = {name: _closure(name, fed) for name in rules}
    placed: set[str] = set()
    order = []
    while len(placed) < len(rules):
        ready = [
            name
            for name in rules
            if name not in placed
            # What feeds it is done, or is fed by it in turn.
            and all(one in placed or name in feeders[one] for one in feeders[name])
        ]
        # What may derive anything comes as early as it can: what it brings by then is read by all others.
        first = min(ready, key=lambda name: (not rules[name].open, name))
        together = {one for one in feeders[first] if first in feeders[one]} | {first}
        placed |= together
        order.append(tuple(sorted(together)))
    return order


def _closure(name: str, fed: Mapping[str, set[str]]) -> set[str]:
    """Return all rules that feed a rule, be it through others; itself where it comes round."""
    reached: set[str] = set()
    waiting = list(fed[name])
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += fed[one]
    return reached


def run_in_order(
    rules: Mapping[str, Rule], run: Callable[[str], set[str]], only: Container[str] | None = None
) -> None:
    """Run `rules`, stratum by stratum; `run` is given the name of one, and returns what it derived that was not there.

    That are the predicates of triples, and their classes where that is `rdf:type`. Of the rules `only` some may be run, as if the
    others had been, which then have read what there is by then.

    Raises:
        QueryError: the data have a rule derive what another one has read by then.
    """
    done: list[str] = []
    for stratum in strata(rules):
        done += stratum
        # A dict, since it keeps the order and finds a rule at once.
        waiting = dict.fromkeys(name for name in stratum if only is None or name in only)
        while waiting:
            name = next(iter(waiting))
            del waiting[name]
            fresh = run(name)
            refuse_late(name, fresh, rules, done)
            for other in stratum:
                if only is not None and other not in only:
                    continue
                if rules[other].is_fed_by(fresh) and not (other == name and rules[other].closes):
                    # To the end, for what else is waiting may feed it as well before it runs.
                    waiting.pop(other, None)
                    waiting[other] = None


def refuse_late(name: str, fresh: set[str], rules: Mapping[str, Rule], done: Sequence[str]) -> None:
    """Raise a QueryError where a rule derived what one of those that are `done` reads, and was not to.

    Such as where the data call a property symmetric that rules look for.
    """
    declared = rules[name].derives
    # What a template names itself was known when the order was made.
    if not rules[name].open or declared is None or not (late := fresh - declared):
        return
    for other in done:
        reads = rules[other].reads
        if reads is not None and (met := sorted(late & reads)):
            raise QueryError(
                f"the rule {name!r} derives {met[0]} from these data, which the rule {other!r} has read"
                " by then: say that in another way"
            )
