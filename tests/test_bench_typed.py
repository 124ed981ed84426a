"""Figures of commands are of the commands as one types them, and stand in one place."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import cold
from tests.benchmarks.typed import BEGIN, END, PAGE, Cost, compared, cost_of, replaced, table

if TYPE_CHECKING:
    from pathlib import Path


def test_a_row_names_the_command_as_it_was_typed() -> None:
    assert table([("kg --help", Cost(1.26, 1, 1240.2))]).splitlines()[-1] == (
        "| `kg --help` | 1.3 | 1.0 | 1,240 |"
    )


def test_forms_are_held_against_the_first_one() -> None:
    rows = compared([("nq", Cost(1, 2, 50)), ("csv", Cost(4, 3, 100))]).splitlines()
    assert rows[-2:] == ["| `nq` | 2.0 | 50 | 1.0 | 1.0 |", "| `csv` | 3.0 | 100 | 1.5 | 2.0 |"]


def test_only_what_is_between_the_marks_is_written_anew() -> None:
    page = f"a\n{BEGIN}old\n{END}b\n"
    assert replaced(page, "new\n") == f"a\n{BEGIN}\nnew\n\n{END}b\n"


def test_the_page_has_a_place_for_them() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1


def test_memory_of_what_a_command_starts_counts(tmp_path: Path) -> None:
    script = tmp_path / "one.py"
    script.write_text(
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'b = bytearray(1) * 200_000_000; b[::4096] = b[::4096]'])\n",
        encoding="utf-8",
    )
    cost = cost_of("python one.py", tmp_path)
    assert cost.mb > 190


def test_a_command_that_fails_has_no_cost(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        cost_of("kg ask no-such-question", tmp_path)


def test_two_versions_are_compared_pair_by_pair() -> None:
    # A machine that is slow for one pair is so for both of it.
    pairs = [(Cost(1, 1, 50), Cost(2, 2, 50)), (Cost(10, 10, 50), Cost(20, 20, 50))]
    row = cold.table([("kg --help", pairs)]).splitlines()[-1]
    assert row == "| `kg --help` | 5.50 | 11.00 | 0.50 | 0.50 | 1.00 |"


def test_both_versions_run_in_folders_of_their_own() -> None:
    pairs = cold.pairs_of("kg --help", cold.HERE, cold.HERE, times=2)
    assert len(pairs) == 2
    assert all(cost.mb > 10 for pair in pairs for cost in pair)
