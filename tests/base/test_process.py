"""Work in a process of its own."""

from __future__ import annotations

import os

import pytest

from kg.base import TimeLimitError, run_limited


def test_process_that_dies_of_its_work_is_told_in_a_sentence() -> None:
    with pytest.raises(TimeLimitError, match="the engine died of it; ask for less"):
        run_limited(lambda: os._exit(1), seconds=60)
