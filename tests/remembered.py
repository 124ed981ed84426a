"""What others have answered, kept from one run to the next for as long as they are asked the same.

Another engine's answer follows from its version and from what it is asked, whatever our code does, and
takes it many times longer than us. pytest keeps the answers in its cache; `make clean` removes them.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

_Answer = TypeVar("_Answer")


class Remembered:
    """Answers by the digest of all that they follow from; those that nobody asks for are dropped."""

    def __init__(self, cache: pytest.Cache) -> None:
        self._cache = cache
        self._before: dict[str, Any] = cache.get("kg/remembered", {})
        self._asked: dict[str, Any] = {}

    def get(self, ask: Callable[[], _Answer], *of: str | bytes) -> _Answer:
        """Return what `ask` returned when it was last called with all that is `of` the question.

        It has to be JSON, and `of` has to name the version of whoever answers.
        """
        parts = (part.encode() if isinstance(part, str) else part for part in of)
        digest = hashlib.sha256(
            b"".join(hashlib.sha256(part).digest() for part in parts)
        ).hexdigest()
        if digest not in self._asked:
            known = digest in self._before
            self._asked[digest] = self._before[digest] if known else json.loads(json.dumps(ask()))
        return self._asked[digest]

    def keep(self, *, all_were_asked: bool) -> None:
        """Keep the answers for the next run; of a run of some tests alone those of others, too."""
        before = {} if all_were_asked else self._before
        self._cache.set("kg/remembered", {**before, **self._asked})
