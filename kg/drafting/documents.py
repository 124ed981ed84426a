"""What a user has of an article: its text, and what its page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Paper:
    """A text, normalised (`kg.base.normalise`), with what is known of where it was published.

    `published_precision` has terms of `kg terms precisions`, with `inferred` for a day that was only guessed.
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_precision: tuple[str, ...] = ()
    language: str = "en"
    url: str | None = None
