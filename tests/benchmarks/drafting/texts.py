"""The gold: texts with all that they state, as the sources beside them have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.base import data_folder, digest, normalise
from kg.drafting import Paper, Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parent
TUNED: Final = FOLDER / "tuned"
HELD: Final = FOLDER / "held"
FRESH: Final = FOLDER / "fresh"
LATER: Final = FOLDER / "later"
STRUCTURES: Final = FOLDER / "structures"

_SEED: Final = "medianama-2017-03-28.yaml"
# The one in C is a tenth of the work.
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOT_KEYS: Final = frozenset({"id", "evidence"})


class GoldError(Exception):
    """A text and its gold that do not belong together; the message names both."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text, what it states, and the things that its own source describes."""

    name: str
    paper: Paper
    statements: tuple[Proposal, ...]
    things: tuple[Mapping[str, Any], ...] = ()


@cache
def read_texts(folder: Path) -> tuple[GoldText, ...]:
    """Return the texts of a folder, by name; each folder is read once.

    Raises:
        GoldError: a text that is not the one that its source was made of.
    """
    sources = sorted(folder.glob("*.yaml"))
    return tuple(read_text(path, path.with_suffix(".txt")) for path in sources)


def read_seed(text: Path) -> GoldText:
    """Return the first shipped source with its article, which only a user has, at `text`.

    Raises:
        GoldError: it is another text.
    """
    return read_text(data_folder() / "sources" / _SEED, text)


def read_text(source: Path, text: Path) -> GoldText:
    """Return the text at `text` with what `source` states of it.

    Raises:
        GoldError: it is another text.
    """
    # Every scalar stays the string that it is, as in a proposal: `kg check` has read the file more strictly.
    gold = yaml.load(source.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
    words = normalise(text.read_bytes())
    if digest(words) != gold["text"]["sha256"]:
        raise GoldError(f"{text} is not the text that {source.name} was made of")
    paper = Paper(
        text=words,
        title=gold["title"],
        publisher=gold["publisher"],
        published=date.fromisoformat(gold["published"]),
        published_precision=tuple(_list(gold.get("published_precision", []))),
        language=gold["language"],
    )
    statements = tuple(_statement(one) for one in gold["statements"])
    return GoldText(gold["id"], paper, statements, tuple(gold.get("things", ())))


def _statement(written: Mapping[str, Any]) -> Proposal:
    keys = {key: value for key, value in written.items() if key not in _NOT_KEYS}
    places = _list(written.get("evidence", []))
    return Proposal(keys, tuple((int(at["start"]), int(at["end"])) for at in places), by="gold")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
