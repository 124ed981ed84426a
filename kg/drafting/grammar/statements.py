"""What the sentences of a text state, clause by clause, as proposed statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.grammar.attributes import is_attribute, is_few
from kg.drafting.grammar.clauses import Clause
from kg.drafting.grammar.counting import is_multiple
from kg.drafting.grammar.indicators import GRANTS
from kg.drafting.grammar.measures import measured
from kg.drafting.grammar.said import Said
from kg.drafting.grammar.senses import FUTURE, SILENT
from kg.drafting.grammar.status_reports import (
    counts_along,
    counts_beside,
    note_topic,
    reported,
)
from kg.drafting.grammar.telling import is_money
from kg.drafting.grammar.ties import tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.drafting.grammar.memory import Memory
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.proposals import Proposal


def write_down(memory: Memory, number: int, reading: Reading) -> Iterator[Proposal]:
    """Yield what the sentence of that number states; `memory` goes on with it.

    A question states nothing, and neither does a sentence on what was reported wrongly.
    """
    text = reading.text[reading.sentence.start : reading.sentence.end].rstrip('”"“») ')
    if memory.language.retracting.find(reading.words):
        return
    memory.begin(reading.sentence.line)
    _note_places(memory, reading)
    for clause in reading.clauses:
        said = Said(memory, number, reading, clause)
        note_topic(said)
        said.note_ahead()
        if clause.sense in SILENT or text.endswith("?"):
            continue
        if said.company is None:
            yield from _granted(said)
            continue
        numbers_and_ties = [*tied(said), *measured(said)]
        _note_kinds(memory, numbers_and_ties)
        yield from numbers_and_ties
        # A number of which nobody knows what it counts may be what a clause is about.
        is_beside = (not numbers_and_ties and counts_beside(said)) or counts_along(said)
        # "It is doubling its plant" and "its $28 billion plant is late" tell of the plant.
        numbers = [
            amount
            for amount in said.amounts
            if not any(tells(said, amount) for tells in (is_multiple, is_attribute, is_few))
        ]
        is_of_thing = not numbers and (not numbers_and_ties or _is_step(said))
        if is_of_thing or is_beside or said.goes_on:
            reports = [*reported(said)]
            _note_kinds(memory, reports)
            yield from reports
    memory.before = reading.words


def _note_places(memory: Memory, reading: Reading) -> None:
    """Remember where a sentence is, so that "the plant" may be there from then on."""
    whole = Clause(0, len(reading.words))
    strange = memory.whereabouts.strange(reading, whole)
    for place in {each for _, each in memory.whereabouts.places(reading)}:
        memory.place("", (), (place, strange))
    if strange:
        memory.place("", (), (None, strange))


def _note_kinds(memory: Memory, proposals: Iterable[Proposal]) -> None:
    """Remember of which sort the undertakings are that proposals describe."""
    for proposal in proposals:
        memory.kinds |= {str(t["id"]): str(t["kind"]) for t in proposal.things if "kind" in t}


def _is_step(said: Said) -> bool:
    """Whether a clause tells of a thing what became of it, beside how large it is: "the $28 billion plant is late"."""
    is_size = not any(is_money(amount) for amount in said.amounts)
    return bool(said.amounts) and (is_size or said.clause.sense not in FUTURE)


def _granted(said: Said) -> Iterator[Proposal]:
    """Yield what a government grants the company that the text speaks of, and nothing else of its plans."""
    said.company = said.memory.actors.thread.granted
    if said.company is None:
        return
    last, said.is_granting = said.memory.last, True
    for proposal in measured(said):
        if proposal.keys["indicator"] == GRANTS:
            yield proposal
        else:
            said.memory.last = last  # what is not proposed is not told of
