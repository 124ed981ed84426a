"""One activity of IATI: whose initiative it is, how it stands, where, and since when."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kg.formats.iati.profile import Profile, profile_of
from kg.formats.iati.values import (
    LONGEST_LABEL,
    UnclearError,
    cut,
    exact_slug,
    language_of,
    named,
    read_day,
    read_moment,
    read_truth,
    text_of,
)
from kg.formats.named import plain_name
from kg.formats.places_by_code import country_of, geonames_place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kg.formats.batch import Node
    from kg.formats.iati.habits import Habits

_LEI: Final = re.compile(r"XI-LEI-([0-9A-Z]{18}[0-9]{2})")
_COMPANIES: Final = frozenset({"70", "71", "72", "73"})  # the private sector
_IMPLEMENTING, _ACCOUNTABLE = "4", "2"
_PLANNED_START, _START, _END = "1", "2", "4"
_GEONAMES: Final = "G1"
_PAYMENTS: Final = frozenset({"3", "4"})  # disbursements and expenditures

# How far an activity is. Finalisation (3) says that it is done or that all is paid, and not which.
_STATUSES: Final = {
    "1": "considered", "2": "underway", "4": "achieved", "5": "abandoned", "6": "postponed",
}  # fmt: skip


@dataclass(frozen=True)
class Activity:
    """An activity in a file: `order` is its number there, from 1, and `updated` the last day by which it tells.

    `habits` are those that the file betrays.
    """

    element: Any = field(repr=False)
    order: int
    updated: date
    habits: Habits

    @cached_property
    def language(self) -> str:
        """The language of its texts, where one names none."""
        return language_of(self.element)

    @cached_property
    def identifier(self) -> str:
        """What it is called by everybody who reports it."""
        return plain_name(self.element.findtext("iati-identifier") or "")

    @cached_property
    def id(self) -> str:
        """The id of the initiative.

        An identifier begins with the reference of who reports it. What begins otherwise may be an activity of another
        one: who reports that says whose it is, and would give it to whom they like were both one initiative.
        """
        reporting = self.element.find("reporting-org")
        reference = "" if reporting is None else plain_name(reporting.get("ref") or "")
        rest = self.identifier.removeprefix(reference)
        if rest != self.identifier and not rest[:1].isalnum():
            return f"iati-{exact_slug(self.identifier)}"
        reporter = self.reporter["id"].removeprefix("iati-org-") if self.reporter else ""
        return f"iati-{exact_slug(f'{reporter} {self.identifier}')}"

    @cached_property
    def profile(self) -> Profile:
        """What is peculiar to who reports it."""
        reporting = self.element.find("reporting-org")
        reference = "" if reporting is None else reporting.get("ref", "")
        profile = profile_of(reference)
        if reference in self.habits.ascending:
            profile = replace(profile, ascending="with-baseline")
        if reference in self.habits.early and profile.actuals == "of-period":
            profile = replace(profile, actuals="of-short-period")
        return profile

    @cached_property
    def reporter(self) -> Node | None:
        """Who publishes it, as a thing; None where that is not told."""
        reporting = self.element.find("reporting-org")
        return None if reporting is None else self._organization(reporting)

    @cached_property
    def owners(self) -> tuple[Node, ...]:
        """Whose initiative it is: who reports, or, where that is of others, who implements it or answers for it."""
        reporting = self.element.find("reporting-org")
        if reporting is None or not read_truth(reporting.get("secondary-reporter")):
            return (self.reporter,) if self.reporter else ()
        taking_part = list(self.element.iterfind("participating-org"))
        for role in (_IMPLEMENTING, _ACCOUNTABLE):
            found = [self._organization(one) for one in taking_part if one.get("role") == role]
            if owners := {one["id"]: one for one in found if one}:
                return tuple(owners.values())
        return ()

    def _organization(self, element: Any) -> Node | None:
        name, language = text_of(element, self.language)
        reference = plain_name(element.get("ref") or "")
        name = name or reference
        if not name:
            return None
        kind = "Company" if element.get("type") in _COMPANIES else "Organization"
        lei = _LEI.fullmatch(reference)
        return {
            "id": f"iati-org-{exact_slug(reference or name)}", "type": kind,
            **named(name, language), "lei": lei[1] if lei else None,
        }  # fmt: skip

    @cached_property
    def initiative(self) -> Node:
        """The activity as a thing."""
        return self.part(self.id, *text_of(self.element.find("title"), self.language))

    def part(self, id_: str, name: str, language: str) -> Node:
        """Return a piece of the work as a thing, or all of it."""
        return {
            "id": id_, "type": "Initiative", **named(name, language),
            "company": [one["id"] for one in self.owners], "kind": "development",
        }  # fmt: skip

    @cached_property
    def has_title(self) -> bool:
        """Whether it has a name that people can read."""
        return bool(text_of(self.element.find("title"), self.language)[0])

    @cached_property
    def start(self) -> date | None:
        """The day on which it starts: really, else by plan."""
        return self._day(_START) or self._day(_PLANNED_START)

    def _day(self, kind: str) -> date | None:
        for one in self.element.iterfind("activity-date"):
            if one.get("type") == kind:
                with suppress(UnclearError):
                    return read_day(one.get("iso-date"))
        return None

    @cached_property
    def place(self) -> Node | None:
        """The country that it is in, where it is in one alone."""
        countries = {one.get("code", "") for one in self.element.iterfind("recipient-country")}
        if len(countries) != 1 or self.element.find("recipient-region") is not None:
            return None
        return country_of(countries.pop().strip())

    @cached_property
    def locations(self) -> Mapping[str, Node]:
        """The places that a code of GeoNames names, by the references that figures give."""
        inside = self.place["id"] if self.place else "world"
        found: dict[str, Node] = {}
        for location in self.element.iterfind("location"):
            name, _ = text_of(location.find("name"), self.language)
            reference = location.get("ref")
            for one in location.iterfind("location-id"):
                if reference and one.get("vocabulary") == _GEONAMES:
                    place = geonames_place(one.get("code", ""), cut(name, LONGEST_LABEL), inside)
                    if place:
                        found[reference] = place
        return found

    def status(self) -> Node:
        """Return how it stands: what a report of its status says.

        Raises:
            UnclearError: that is not told, or contradicts its days.
        """
        told = self.element.find("activity-status")
        code = "" if told is None else told.get("code", "")
        status = _STATUSES.get(code)
        if status is None:
            raise UnclearError(
                "statuses of activities that are missing, or do not say what is done"
            )
        begun, ended = self._day(_START), self._day(_END)
        if code == "1" and ((begun and begun <= self.updated) or self._has_paid()):
            raise UnclearError("statuses of activities that are in the pipeline and have begun")
        if code == "2" and begun and begun > self.updated:
            raise UnclearError("statuses of activities that are under way and have not begun")
        if code == "4" and ended is None:
            # Closed is also what has been paid in full, and may be building still (codelist ActivityStatus).
            raise UnclearError("statuses of activities that are closed, and not told to have ended")
        day = {"2": begun, "4": ended}.get(code)
        since = day.isoformat() if day and day <= self.updated else None
        return {"status": status, "from": since}

    def _has_paid(self) -> bool:
        """Tell whether money was paid out: one bank reports its running loans as planned."""
        kinds = (one.get("code") for one in self.element.iterfind("transaction/transaction-type"))
        return not _PAYMENTS.isdisjoint(kinds)


def updated_on(element: Any, made: date) -> date:
    """Return the last day by which an activity tells: that of its update, else of the file."""
    updated = read_moment(element.get("last-updated-datetime"))
    return made if updated is None else min(updated, made)
