"""What a server asks of its workers, and what they reply: values that go from one process to another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Outcome = Literal[
    "ok", "bad-request", "not-found", "no-form", "too-large", "too-late", "no-store", "failed"
]

BROKEN: Final = "the graph cannot be read now; ask again later"
"""What whoever asks is told where the words are for whoever runs the server: they can name files and hosts."""

LATE: Final = "what this server asks took too long; ask for less"
"""What is told where the words name the host that did not answer."""

Given = Mapping[str, Any]
"""What a task is given, by name: values that JSON has."""


@dataclass(frozen=True)
class Budget:
    """What one job may cost: `seconds` of time, `memory` and `answer` in bytes."""

    seconds: float = 10.0
    memory: int = 2 << 30
    answer: int = 64 << 20


@dataclass(frozen=True)
class Job:
    """A task of `kg.serve.tasks`, by its name, with what it is given.

    It may take so many `seconds` where that is more than the budget has, and its answer is wished for `packed`
    (`kg.serve.packing`).
    """

    task: str
    given: Given = field(default_factory=dict)
    seconds: float = 0.0
    packed: bool = False

    def to_bytes(self) -> bytes:
        """Return the job as JSON."""
        return json.dumps([self.task, self.given, 0.0, self.packed]).encode()

    @classmethod
    def of(cls, data: bytes) -> Job:
        """Read a job that `to_bytes` has written.

        >>> job = Job("query", {"text": "ASK {}", "forms": ["json"]})
        >>> Job.of(job.to_bytes()) == job
        True
        """
        return cls(*json.loads(data))


@dataclass(frozen=True)
class Reply:
    """What became of a job: with `ok` the answer is there, `packed` or not, in the `form` that suited it; else a `message`."""

    outcome: Outcome
    form: str = ""
    message: str = ""
    packed: bool = False

    def to_bytes(self) -> bytes:
        """Return the reply as a line of JSON."""
        return json.dumps([self.outcome, self.form, self.message, self.packed]).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> Reply:
        """Read a reply that `to_bytes` has written."""
        return cls(*json.loads(line))
