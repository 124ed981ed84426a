"""IATI 2.01 to 2.03, activities with results: what development banks, agencies and foundations plan and reach."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.batch import Batch, element
from kg.formats.bounds import iterate_xml
from kg.formats.format import PublishedFormat
from kg.formats.iati.activity import Activity, updated_on
from kg.formats.iati.results import read_results
from kg.formats.iati.revisions import Revisions
from kg.formats.iati.survey import Survey, survey_file
from kg.formats.iati.values import UnclearError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.opening import Opening

MOST_AT_ONCE: Final = 2_000
"""How many things and statements a batch has, or those of one activity."""

_BEARERS: Final = ("Company", "Organization")

_STANCES: Final = ("considered", "abandoned")


def is_iati(opening: Opening) -> bool:
    """Tell whether a file is one of IATI activities."""
    return opening.xml is not None and opening.xml.name == "iati-activities"


def read_iati(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    """Read files of IATI activities, the older ones first: one source for each publisher of each file."""
    surveys = list[Survey]()
    for path in paths:
        try:
            surveys.append(survey_file(path))
        except SourceError as error:
            yield error
    described = dict[str, set[str]]()
    revisions = Revisions() if len(surveys) > 1 else None
    for survey in sorted(surveys, key=lambda one: (one.made, one.sha256)):
        try:
            yield from _ActivityFile(survey, described, revisions).batches()
        except SourceError as error:
            yield error


@dataclass
class _Pending:
    """What is to be told of one source next."""

    source: Node
    things: list[Node] = field(default_factory=list)
    statements: list[Node] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def batch(self) -> Batch:
        done = Batch(
            self.source, tuple(self.things), tuple(self.statements), left_out=self.left_out
        )
        self.things, self.statements, self.left_out = [], [], Counter()
        return done


class _ActivityFile:
    """One file, whose activities become sources by who reports them; `described` are things that were told before, by their names."""

    def __init__(
        self, survey: Survey, described: dict[str, set[str]], revisions: Revisions | None
    ) -> None:
        self._survey, self._described, self._revisions = survey, described, revisions
        self._pending: dict[str, _Pending] = {}
        self._seen = set[tuple[str, str]]()

    def batches(self) -> Iterator[Batch]:
        nameless = Counter[str]()
        for order, one in enumerate(iterate_xml(self._survey.path, "iati-activity"), 1):
            updated = updated_on(one, self._survey.made)
            activity = Activity(one, order, updated, self._survey.habits)
            if activity.reporter is None:
                nameless["activities that do not say who reports them"] += 1
                continue
            pending = self._source(activity.reporter)
            self._read(activity, pending)
            if len(pending.things) + len(pending.statements) > MOST_AT_ONCE:
                yield pending.batch()
        if not self._pending:
            raise SourceError(self._survey.path, "has no activity that says who reports it")
        next(iter(self._pending.values())).left_out.update(nameless)
        for pending in self._pending.values():
            yield pending.batch()

    def _source(self, reporter: Node) -> _Pending:
        if reporter["id"] not in self._pending:
            day = self._survey.made.isoformat()
            source = {
                "id": f"{reporter['id'].replace('iati-org-', 'iati-', 1)}-{day}-{self._survey.sha256[:8]}",
                "type": "Dataset", "title": f"Activities of {reporter['label']} by the standard of IATI",
                "publisher": reporter["id"], "published": day, "sha256": self._survey.sha256,
                "published_precision": "inferred" if self._survey.inferred else None,
            }  # fmt: skip
            self._pending[reporter["id"]] = _Pending(source)
            self._add(self._pending[reporter["id"]], reporter)
        return self._pending[reporter["id"]]

    def _add(self, pending: _Pending, *things: Node) -> None:
        """Add things that nobody has described yet: the first description stands, with other names of who has a reference."""
        for thing in things:
            if "type" not in thing:
                continue
            told, label = self._described.get(thing["id"]), thing.get("label", "")
            if told is None:
                self._described[thing["id"]] = {label}
                pending.things.append(thing)
            elif label not in told and thing["type"] in _BEARERS:
                # One file alone must not decide who bears a reference that another file calls otherwise.
                told.add(label)
                pending.things.append({"id": thing["id"], "alias": [label]})

    def _read(self, activity: Activity, pending: _Pending) -> None:
        reason = _problem(activity)
        if not reason and (pending.source["id"], activity.id) in self._seen:
            reason = "activities that stand there again"
        if reason:
            pending.left_out[reason] += 1
            return
        self._seen.add((pending.source["id"], activity.id))
        source, status = pending.source["id"], None
        try:
            status = activity.status()
        except UnclearError as unclear:
            pending.left_out[str(unclear)] += 1
        stance = status["status"] if status and status["status"] in _STANCES else None
        told = read_results(activity, source, stance)
        self._add(pending, *activity.owners, activity.initiative, *told.things)
        if activity.place:
            self._add(pending, activity.place)
        if status:
            path = f"/iati-activities/iati-activity[{activity.order}]/activity-status"
            pending.statements.append({
                "id": f"{source}.{activity.id.removeprefix('iati-')}.status", "type": "StatusReport",
                "about": activity.id, **status, "element": element(source, path),
            })  # fmt: skip
        pending.statements += (self._linked(one, pending.source) for one in told.statements)
        pending.left_out.update(told.left_out)

    def _linked(self, statement: Node, source: Node) -> Node:
        if self._revisions is None or "value" not in statement:
            return statement
        # What one organization says is no revision of what another one said.
        of = f"{source['publisher']} {statement['id'].removeprefix(source['id'] + '.')}"
        return self._revisions.linked(statement, of, self._survey.made)


def _problem(activity: Activity) -> str | None:
    """Return why nothing is told of an activity, if that is so."""
    if not activity.identifier:
        return "activities without an identifier"
    if not activity.has_title:
        return "activities without a title"
    if not activity.owners:
        return "activities that others report, and nobody is named who carries them out"
    return None


FORMAT: Final = PublishedFormat(
    name="iati",
    title="IATI 2.01 to 2.03: development banks, agencies and foundations",
    files="activities with results, in XML",
    recognises=is_iati,
    read=read_iati,
    extra="formats",
)
