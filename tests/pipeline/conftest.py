"""Builds that do all of their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import pipeline
from kg.pipeline import building

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package", autouse=True)
def _derived_anew() -> Iterator[None]:
    """Derive in every build: that the same comes out is what is tested here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_made", building._made.__wrapped__)  # type: ignore[attr-defined]
        yield


@pytest.fixture(scope="module")
def vocabulary() -> bytes:
    return pipeline.build([], check=False).asserted
