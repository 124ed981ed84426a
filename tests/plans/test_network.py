"""The network of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.base import UsageError

if TYPE_CHECKING:
    import kg


def test_thing_that_nothing_is_linked_to_can_be_no_focus(graph: kg.Graph) -> None:
    assert graph.query("ASK { id:reuters a cp:Organization }")
    with pytest.raises(UsageError, match="nothing is linked to reuters; choose another thing"):
        graph.network(focus="reuters")
