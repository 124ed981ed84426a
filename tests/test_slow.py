"""What `make check` leaves out is named in `slow.txt`, and is there."""

from __future__ import annotations

import re

from tests.conftest import ROOT, SLOW


def test_every_test_that_is_called_slow_is_there() -> None:
    for name in SLOW:
        file, _, function = name.partition("::")
        assert re.search(rf"^def {function}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)


def test_names_are_in_order_so_that_each_is_found() -> None:
    lines = (ROOT / "tests" / "slow.txt").read_text("utf-8").splitlines()
    assert lines == sorted(SLOW)
