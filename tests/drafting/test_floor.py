"""What the grammar of plans finds in the tuned texts: no change may make it find less, or say more that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.drafting import propose
from tests.benchmarks.drafting.scores import ALL, Score, score
from tests.benchmarks.drafting.texts import TUNED, read_texts
from tests.benchmarks.drafting.world import read_world

if TYPE_CHECKING:
    import kg

RECALL, PRECISION = 0.55, 0.89
WHOLE_PRECISION = 0.59
"""What was reached, rounded down: whoever reaches more puts more here."""


@pytest.fixture(scope="module")
def reached(graph: kg.Graph) -> Score:
    texts = read_texts(TUNED)
    drafts = [(text, propose(text.paper, graph.index)) for text in texts]
    return score(drafts, read_world(graph.index))


def test_as_much_is_found_as_was(reached) -> None:
    assert reached.found[ALL].recall >= RECALL


def test_as_much_of_what_is_proposed_is_right_as_was(reached) -> None:
    assert reached.found[ALL].precision >= PRECISION
    assert reached.whole[ALL].precision >= WHOLE_PRECISION


def test_no_company_is_told_of_what_another_does(reached) -> None:
    agreeing, having = reached.exact["company"]
    assert agreeing / having >= 0.9
