"""What the grammar of plans finds in the texts that it is mended by: no change may make it find less, or say more that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.drafting import propose
from tests.benchmarks.drafting.scores import ALL, Score, score
from tests.benchmarks.drafting.texts import STRUCTURES, TUNED, read_texts
from tests.benchmarks.drafting.world import read_world

if TYPE_CHECKING:
    from pathlib import Path

    import kg


class Floor(NamedTuple):
    """What was reached of some texts, rounded down: whoever reaches more puts more here."""

    folder: Path
    recall: float
    precision: float
    whole_precision: float
    companies: float


FLOORS = {
    "tuned": Floor(TUNED, 0.63, 0.93, 0.66, 0.93),
    "structures": Floor(STRUCTURES, 0.75, 0.93, 0.63, 0.85),
}


@pytest.fixture(scope="module", params=FLOORS)
def reached(request: pytest.FixtureRequest, graph: kg.Graph) -> tuple[Floor, Score]:
    floor = FLOORS[request.param]
    drafts = [(text, propose(text.paper, graph.index)) for text in read_texts(floor.folder)]
    return floor, score(drafts, read_world(graph.index))


def test_as_much_is_found_as_was(reached) -> None:
    floor, found = reached
    assert found.found[ALL].recall >= floor.recall


def test_as_much_of_what_is_proposed_is_right_as_was(reached) -> None:
    floor, found = reached
    assert found.found[ALL].precision >= floor.precision
    assert found.whole[ALL].precision >= floor.whole_precision


def test_no_company_is_told_of_what_another_does(reached) -> None:
    # Short and long names of a company that is new are two to the score: "Brisco", "Brisco Tyres".
    floor, found = reached
    agreeing, having = found.exact["company"]
    assert agreeing / having >= floor.companies
