"""What a server asks of its workers, and what they reply: values that go from one process to another."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

Outcome = Literal["ok", "bad-query", "no-form", "too-large", "failed"]


@dataclass(frozen=True)
class Budget:
    """What one query may cost: `seconds` of time, `memory` and `answer` in bytes."""

    seconds: float = 10.0
    memory: int = 2 << 30
    answer: int = 64 << 20


@dataclass(frozen=True)
class Job:
    """A query to be answered in a `form` of `kg.base.ANSWER_FORMATS`.

    `default` and `named` are the graphs of the dataset that the request names; where it names none, the
    default graph is the union of all, or with `strict` the one that has no name.
    """

    query: str
    forms: tuple[str, ...]
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    strict: bool = False

    def to_bytes(self) -> bytes:
        """Return the job as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def of(cls, data: bytes) -> Job:
        """Read a job that `to_bytes` has written.

        >>> job = Job("ASK {}", ("json",))
        >>> Job.of(job.to_bytes()) == job
        True
        """
        given = json.loads(data)
        forms, default, named = (tuple(given[key]) for key in ("forms", "default", "named"))
        return cls(given["query"], forms, default, named, given["strict"])


@dataclass(frozen=True)
class Reply:
    """What became of a job: with `ok` the answer is there, in the `form` that suited it; else a `message`."""

    outcome: Outcome
    form: str = ""
    message: str = ""

    def to_bytes(self) -> bytes:
        """Return the reply as a line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> Reply:
        """Read a reply that `to_bytes` has written."""
        return cls(**json.loads(line))
