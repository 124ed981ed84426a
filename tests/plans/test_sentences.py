"""What a statement says, in a sentence of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.plans import statements
from kg.plans.sentences import Words

if TYPE_CHECKING:
    import kg


@pytest.fixture(scope="module")
def observed(graph: kg.Graph) -> dict[str, str]:
    words = Words.of(graph.index)
    said = statements.load_statements(graph.index).values()
    return {s.name: words.sentence(s) for s in said if s.kind == "Observation" and s.one("when")}


def test_a_figure_is_of_a_period_or_on_a_day(observed: dict[str, str]) -> None:
    assert observed["businessline-2018-06.7"] == "500 service centres in India in June 2017"
    assert "2,000 service centres in India on 2019-07-25" in observed.values()
