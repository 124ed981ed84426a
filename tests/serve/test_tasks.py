"""What becomes of a task that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.serve import tasks
from kg.serve.jobs import Job

if TYPE_CHECKING:
    import kg


def broken(_graph: object, given: object) -> tuple[str, bytes]:
    raise LookupError(given)


@pytest.fixture
def run_broken(monkeypatch: pytest.MonkeyPatch, graph: kg.Graph):
    monkeypatch.setitem(tasks.TASKS, "broken", f"{__name__}:broken")
    return lambda: tasks.run(graph, Job("broken", {"of": "ours"}), 1000)


def test_a_fault_of_ours_is_told_in_a_sentence_and_where_it_is_in_the_log(run_broken, capsys):
    reply, data = run_broken()
    assert (reply.outcome, data) == ("failed", b"")
    assert reply.message == "the server has failed over this; its log tells more"
    log = capsys.readouterr().err
    assert "LookupError: {'of': 'ours'}" in log
    assert "in broken" in log
