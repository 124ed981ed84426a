"""What has changed between two graphs."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """The lines of N-Quads that have gone and that have come, each sorted and each once; no line is in both."""

    gone: bytes = b""
    fresh: bytes = b""
