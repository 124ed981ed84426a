"""Whom a file of FollowTheMoney comes from, as far as it says so: its datasets, and the `index.json` beside it.

Entities name their datasets and say when they were seen. Title and publisher stand in the metadata of a
dataset, which OpenSanctions and others put beside them under that name.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from kg.base import FTM_DATASET, FTM_PREFIX, SourceError
from kg.formats.bounds import load_json
from kg.formats.cells import stands_for_none
from kg.formats.named import plain_name

if TYPE_CHECKING:
    from pathlib import Path

    from kg.formats.batch import Node

METADATA: Final = "index.json"

_MAX_METADATA: Final = 1 << 20
_MOST_OF_SLUG: Final = 80


@dataclass
class FtmSource:
    """What the entities of a file say of themselves together: their datasets, and the last day they were seen."""

    path: Path
    sha256: str
    datasets: set[str] = field(default_factory=set)
    last_seen: str = ""

    @property
    def name(self) -> str | None:
        """The one dataset that all entities are of, if there is one."""
        return next(iter(self.datasets)) if len(self.datasets) == 1 else None

    def nodes(self) -> tuple[Node, list[Node]]:
        """Return the source, and those who publish it or are quoted in it.

        Raises:
            SourceError: nothing says when it was published.
        """
        told = self._metadata()
        name = told.get("name") or self.name
        stem = slug_of(name) if name else "ftm"
        source = f"{stem}-{self.sha256[:8]}"
        title = told.get("title")
        title = (plain_name(title) if isinstance(title, str) else "") or self._title()
        publisher, label = self._publisher(told, stem)
        published, is_told = self._published(told)
        url = told.get("url")
        is_address = isinstance(url, str) and re.match(r"https?://[^/\s]\S*$", url)
        node = {
            "id": source,
            "type": "Dataset",
            "title": title,
            "publisher": publisher,
            "published": published,
            "published_precision": None if is_told else "inferred",
            "url": url if is_address else None,
            "sha256": self.sha256,
        }
        # What some of several datasets say is quoted from them.
        quoted = sorted(self.datasets) if len(self.datasets) > 1 else []
        things = [{"id": publisher, "type": "Organization", "label": label}]
        things += [
            {"id": dataset_slug(one), "type": "Organization", "label": plain_name(one)}
            for one in quoted
        ]
        return {key: one for key, one in node.items() if one is not None}, things

    def _metadata(self) -> dict[str, Any]:
        """Return what stands beside the file, where that is of its dataset."""
        with suppress(SourceError):
            told = load_json(self.path.parent / METADATA, limit=_MAX_METADATA)
            if isinstance(told, dict) and self._is_of(told):
                return told
        return {}

    def _is_of(self, told: dict[str, Any]) -> bool:
        """Tell whether metadata are of the one dataset here, or of the collection of all of them."""
        name, parts = told.get("name"), told.get("datasets") or told.get("children")
        if not isinstance(name, str) or not name:
            return False
        within = {name, *parts} if isinstance(parts, list) else {name}
        return self.datasets <= within

    def _title(self) -> str:
        if self.name:
            return f"{plain_name(self.name)}, as entities of FollowTheMoney"
        if not self.datasets:
            return "Entities of FollowTheMoney"
        first = list(map(plain_name, sorted(self.datasets)[:3]))
        more = len(self.datasets) - len(first)
        named = ", ".join(first) + (f" and {more:,} more" if more else "")
        return f"Entities of FollowTheMoney from {named}"

    def _publisher(self, told: dict[str, Any], stem: str) -> tuple[str, str]:
        publisher = told.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and (label := plain_name(name)):
            return f"ftm-publisher-{slug_of(label)}", label
        whose = told.get("name") or self.name or "these entities"
        return f"ftm-publisher-of-{stem}", f"publisher of {plain_name(whose)}"

    def _published(self, told: dict[str, Any]) -> tuple[str, bool]:
        for key in ("updated_at", "last_export"):
            if (day := real_day(str(told.get(key) or "")[:10])) and day >= self.last_seen:
                return day, True
        if not self.last_seen:
            raise SourceError(
                self.path,
                "says nowhere when its entities were seen (first_seen, last_seen), so that the day of this"
                f" source is not known: lay its {METADATA} beside it, with name and updated_at",
            )
        return self.last_seen, False


def real_day(text: str) -> str:
    """Return a day if it is one of the calendar and does not stand for one that is not known, else "".

    >>> real_day("2024-02-29"), real_day("2023-02-29")
    ('2024-02-29', '')
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return "" if stands_for_none(day) else day.isoformat()


def slug_of(name: str) -> str:
    """Return a name as it may stand in an identifier.

    >>> slug_of("us_ofac_sdn")
    'us-ofac-sdn'
    """
    return re.sub(r"[^0-9A-Za-z.]+", "-", name)[:_MOST_OF_SLUG].strip("-.") or "dataset"


def dataset_slug(name: str) -> str:
    """Return what a dataset is called here, as the organization that says what stands in it."""
    return f"ftm-dataset-{quote(name, safe='')}"


def entity_slug(name: str, datasets: tuple[str, ...]) -> str:
    """Return what an entity is called here: one of our own as ever, all others apart from ours.

    >>> entity_slug("cp-xiaomi", ("corporate_plans",)), entity_slug("NK-1", ("gleif",))
    ('xiaomi', 'ftm-NK-1')
    """
    if datasets == (FTM_DATASET,) and name.startswith(FTM_PREFIX) and name != FTM_PREFIX:
        return quote(name.removeprefix(FTM_PREFIX), safe="")
    return f"ftm-{quote(name, safe='')}"
