"""What becomes of a task that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.base import KgError, StoreError, TimeLimitError
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


def lost(_graph, given):
    raise {"store": StoreError, "source": KgError, "endpoint": TimeLimitError}[given["of"]](
        "/srv/secret/store and http://inside.example/sparql: cannot be read"
    )


@pytest.mark.parametrize(
    ("of", "outcome", "told"),
    [
        ("store", "no-store", "the graph cannot be read now; ask again later"),
        ("source", "failed", "the graph cannot be read now; ask again later"),
        ("endpoint", "too-late", "what this server asks took too long; ask for less"),
    ],
)
def test_what_names_a_file_or_a_host_of_ours_is_in_the_log_alone(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch, capsys, of, outcome, told
):
    monkeypatch.setitem(tasks.TASKS, "lost", f"{__name__}:lost")
    reply, _ = tasks.run(graph, Job("lost", {"of": of}), 1000)
    assert (reply.outcome, reply.message) == (outcome, told)
    assert "/srv/secret/store and http://inside.example/sparql" in capsys.readouterr().err
