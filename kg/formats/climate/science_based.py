"""The list of companies taking action of the Science Based Targets initiative.

It gives each company a status per horizon: near term, long term, net zero. A target that is set is to be
reached by its year. A commitment is another thing, to set targets within two years; where it is removed
for having expired, that is what the initiative says of it, and no word of the company.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.base import MAX_TEXT, SourceError
from kg.formats.batch import Batch
from kg.formats.cells import day_in
from kg.formats.climate.commitments import Horizon, horizon_of, told_of
from kg.formats.columns import has_columns, headed_table, row
from kg.formats.format import PublishedFormat, each_file
from kg.formats.named import Codes, one_or_many, plain_name
from kg.formats.spool import Spool
from kg.tables import HeadedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.climate.target_texts import TargetTexts
    from kg.formats.opening import Opening

MAX_COMPANIES: Final = 200_000
"""How many rows the list may have; in 2026 it had some fifteen thousand."""

_AT_ONCE: Final = 500
_SBTI: Final = "science-based-targets-initiative"
_PUBLISHER: Final = {
    "id": _SBTI,
    "type": "Organization",
    "label": "Science Based Targets initiative",
}
_COLUMNS: Final = frozenset(
    (
        *("sbti_id", "company_name", "isin", "lei", "near_term_status", "near_term_target_year"),
        *("near_term_target_classification", "long_term_status", "long_term_target_year"),
        *("long_term_target_classification", "net_zero_status", "net_zero_year"),
        *("full_target_language", "ba15_status", "reason_for_extension_or_removal", "date_updated"),
    )
)
_NEEDED: Final = ("sbti_id", "company_name", "near_term_status", "net_zero_status", "date_updated")
_HORIZONS: Final = (
    Horizon(
        "near-term", "near_term_status", "near_term_target_year", "near_term_target_classification"
    ),
    Horizon(
        "long-term", "long_term_status", "long_term_target_year", "long_term_target_classification"
    ),
    Horizon("net-zero", "net_zero_status", "net_zero_year", None),
)


def key_of(title: str) -> str | None:
    """Return the key of a column by its title.

    >>> key_of("near_term_status"), key_of("region")
    ('near_term_status', None)
    """
    return title.casefold() if title.casefold() in _COLUMNS else None


def read(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Yield what the columns of lists of companies taking action say; see `Reader`."""
    return each_file(paths, partial(_read, free_text=False))


def propose(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Yield what `read` does, and what the words of targets propose."""
    return each_file(paths, partial(_read, free_text=True))


def _read(path: Path, *, free_text: bool) -> Iterator[Batch]:
    table, _ = headed_table(path, key_of, _NEEDED)
    rows = _ListedRows()
    left_out: Counter[str] = Counter()
    seen = set[str]()
    codes, published = Codes(), None
    for each in table:
        if each.number > MAX_COMPANIES:
            raise SourceError(path, f"has more than {MAX_COMPANIES:,} rows")
        name, number = plain_name(each.cells["company_name"]), each.cells["sbti_id"]
        if not name or not (number.isascii() and number.isalnum()) or number in seen:
            left_out["rows without a company, or with the number of another"] += 1
            continue
        seen.add(number)
        updated = day_in(each.cells["date_updated"])
        published = max(filter(None, (published, updated)), default=None)
        for kind in ("isin", "lei"):
            codes.add(number, kind, each.cells.get(kind, ""), left_out)
        rows.append(each)
    if published is None:
        raise SourceError(path, "has no row with a company and the day on which it was updated")
    listed = _CompanyList(table.digest, published, codes)
    if free_text:
        listed.have_read()
    yield from listed.batches(rows, left_out)


class _ListedRows:
    """The rows of a list, which are read before the first of them says anything: some at once, the others in a file."""

    def __init__(self) -> None:
        self._spool, self._last = Spool(), list[HeadedRow]()

    def append(self, one: HeadedRow) -> None:
        """Add a row."""
        self._last.append(one)
        if len(self._last) == _AT_ONCE:
            self._spool.add("", self._last)
            self._last = []

    def __iter__(self) -> Iterator[list[HeadedRow]]:
        """Yield them, some hundreds at once."""
        for some in self._spool.pieces(""):
            yield [HeadedRow(*one) for one in some]
        if self._last:
            yield self._last


class _CompanyList:
    """A list as it was published on a day: no earlier than the newest of its rows was updated."""

    def __init__(self, digest: str, published: date, codes: Codes) -> None:
        self._published = published
        self._source = {
            "id": f"sbti-{published}",
            "type": "Dataset",
            "title": f"SBTi: companies taking action, as of {published}",
            "url": "https://sciencebasedtargets.org/target-dashboard",
            "publisher": _SBTI,
            "published": published.isoformat(),
            "published_precision": "inferred",
            "sha256": digest,
        }
        self._codes, self._shared = codes.by_company(), codes.shared()
        self._texts: TargetTexts | None = None
        self._unread = "texts of targets, which are read with --proposals alone"

    def have_read(self) -> None:
        """Have the words of targets read, if there is a grammar: that takes most of the time."""
        from kg.formats.climate.target_texts import TargetTexts, has_grammar

        if has_grammar():
            self._texts = TargetTexts(self._published)
        self._unread = "texts of targets, which are read with the extra draft alone"

    def batches(self, rows: Iterable[list[HeadedRow]], left_out: Counter[str]) -> Iterator[Batch]:
        """Yield what the rows say, some of them at once."""
        if self._shared:
            left_out["codes that several companies have"] += self._shared
        for some in rows:
            things: list[Node] = [_PUBLISHER]
            statements: list[Node] = []
            proposals: list[Node] = []
            for each in some:
                described, said, proposed = self._row(each, left_out)
                things += described
                statements += said
                proposals += proposed
            yield Batch(self._source, tuple(things), tuple(statements), tuple(proposals), left_out)
            left_out = Counter()

    def _row(
        self, each: HeadedRow, left_out: Counter[str]
    ) -> tuple[list[Node], list[Node], list[Node]]:
        cells = each.cells
        number = cells["sbti_id"]
        company = f"sbti-{number}"
        evidence = row(self._source["id"], each.number)
        things: dict[str, Node] = {}
        statements: list[Node] = []
        dues: dict[str, str] = {}
        for horizon in _HORIZONS:
            told = told_of(horizon, cells, self._published, left_out)
            if told is None:
                continue
            about = f"{company}-{horizon.name}{told.of}"
            things[about] = _plan(about, told.label, company)
            if "due" in told.keys:
                dues[horizon.name] = told.keys["due"]
            statements.append(
                {
                    "id": f"{self._source['id']}.{number}.{horizon.name}",
                    "type": "StatusReport",
                    "about": about,
                    **told.keys,
                    "speaker": _SBTI,
                    "mode": "reporters-own",
                    "row": evidence,
                }
            )
        if cells.get("ba15_status"):
            left_out["memberships of Business Ambition for 1.5°C"] += 1
        proposals = list(self._proposals(cells, company, dues, left_out, evidence))
        for one in proposals:
            if (scope := one.pop("among")) is not None:
                things[scope["id"]] = scope
                one["among"] = scope["id"]
        codes = one_or_many(self._codes.get(number, {}))
        whose = {
            "id": company,
            "type": "Company",
            "label": plain_name(cells["company_name"]),
            **codes,
        }
        return [whose, *things.values()] if things else [], statements, proposals

    def _proposals(
        self,
        cells: dict[str, str],
        company: str,
        dues: dict[str, str],
        left_out: Counter[str],
        evidence: Node,
    ) -> Iterator[Node]:
        text = cells.get("full_target_language", "")
        if not text:
            return
        if len(text) > MAX_TEXT:
            left_out["texts of targets that are longer than any is"] += 1
            return
        if self._texts is None:
            left_out[self._unread] += 1
            return
        found = 0
        numbers: Counter[str] = Counter()
        for heading, target in self._texts.read(text, plain_name(cells["company_name"])):
            found += 1
            horizon = horizon_of(heading, target, dues)
            if horizon is None:
                left_out["targets in words that are of no horizon of their company"] += 1
                continue
            numbers[horizon] += 1
            name = (
                f"{self._source['id']}.{company.removeprefix('sbti-')}.{horizon}.{numbers[horizon]}"
            )
            yield {
                "id": name,
                **target,
                "about": f"{company}-{horizon}",
                "speaker": company,
                "mode": "paraphrased",
                "row": evidence["id"],
            }
        if not found:
            left_out["texts of targets in which the grammar finds no cut with its year"] += 1


def _plan(name: str, label: str, company: str) -> Node:
    return {"id": name, "type": "Initiative", "label": label, "company": company, "kind": "climate"}


def _recognises(opening: Opening) -> bool:
    return has_columns(opening, key_of, _NEEDED)


FORMAT: Final = PublishedFormat(
    "science-based-targets",
    "Companies taking action, by the Science Based Targets initiative",
    "XLSX or CSV with columns such as near_term_status and full_target_language",
    _recognises,
    read,
    extra="tables",
    propose=propose,
)
