"""What surrounds every page: its address, the day as of which it tells, and what is said of the data."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from kg.base import UsageError, lengthen
from kg.pages.addresses import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

AS_OF: Final = "as-of"
"""The parameter of an address that says as of which day a page tells."""

NAV: Final = (
    ("/", "Scoreboard"),
    ("/questions", "Questions"),
    ("/picture", "Picture"),
    ("/ontology", "Ontology"),
    ("/editor", "SPARQL"),
)
"""What every page links to, by address."""


@dataclass(frozen=True)
class Frame:
    """The surroundings of a page.

    Attributes:
        base: What its address begins with, `https://example.org`.
        path: The rest of its address, quoted, without parameters.
        given: The parameters of the address by name, but for the day.
        as_of: The day as of which it tells; None is now.
        about: What is known of the data, by the names of Dublin Core (`kg.plans.about_data`).
        corrections: Where a wrong fact is told, if anywhere.
        root: The prefix of all addresses here, `/kg`, which a proxy takes from them.
        known: The last day of which anything is known, and `today`, on which one asks, as ISO 8601 writes them.
    """

    base: str = ""
    path: str = "/"
    given: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    corrections: str | None = None
    known: str = ""
    today: str = ""
    root: str = ""

    def link(self, path: str, **parameters: str | None) -> str:
        """Return the address of another page, as of the same day.

        >>> Frame(as_of=date(2018, 6, 1)).link("/id/xiaomi", sort="due")
        '/id/xiaomi?sort=due&as-of=2018-06-01'
        """
        wished = {name: value for name, value in parameters.items() if value}
        if self.as_of:
            wished[AS_OF] = self.as_of.isoformat()
        return self.root + path + (f"?{urlencode(wished)}" if wished else "")

    def to(self, name: str) -> str:
        """Return the address of the page about what is called `name`, the shortest of its names.

        >>> Frame().to("xiaomi"), Frame().to("http://example.org/a?b")
        ('/id/xiaomi', '/thing?iri=http%3A%2F%2Fexample.org%2Fa%3Fb')
        """
        path = path_of(name)
        return self.link(path) if path.startswith("/") else self.link("/thing", iri=lengthen(name))

    def as_data(self, ending: str) -> str:
        """Return the address of the same as triples, by the ending of their form.

        >>> Frame(path="/id/xiaomi").as_data("ttl")
        '/id/xiaomi.ttl'
        """
        if self.path.startswith("/id/"):
            return self.link(f"{self.path}.{ending}")
        return self.link(self.path, **self.given, format=ending)

    @property
    def canonical(self) -> str:
        """The whole address by which this page is to be known: how its tables are sorted is no part of it."""
        return self.base + self.link(
            self.path, **{k: v for k, v in self.given.items() if k != "sort"}
        )

    @property
    def now(self) -> str:
        """The address of this page as of now."""
        return replace(self, as_of=None).link(self.path or "/", **self.given)


def frame_of(given: Mapping[str, Any]) -> Frame:
    """Return the frame of a page that a request asks for.

    Args:
        given: The `base`, the `root` and the `path` of its address, the `parameters` of that by name, and the address
            for `corrections`.

    Raises:
        UsageError: the day is none.

    >>> frame_of({"path": "/", "parameters": {"as-of": "2018-06-01"}}).as_of
    datetime.date(2018, 6, 1)
    """
    parameters = dict(given.get("parameters") or {})
    return Frame(
        str(given.get("base") or ""),
        str(given.get("path") or "/"),
        as_of=read_day(parameters.pop(AS_OF, "")),
        given=parameters,
        corrections=given.get("corrections"),
        root=str(given.get("root") or ""),
    )


def read_day(text: str) -> date | None:
    """Return the day that an address says; None where it says none.

    Raises:
        UsageError: it is no day.

    >>> read_day("2018-06-01"), read_day("")
    (datetime.date(2018, 6, 1), None)
    """
    if not text:
        return None  # an empty field of the form
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text:  # and not 2018-W22-5, or 20180601
            return day
    raise UsageError(
        f"{text[:40]!r} is no day; write one as 2018-06-01, or none for what is known now"
    )
