"""What the questions are asked of a generated world: of one company, and of all."""

from __future__ import annotations

from datetime import date
from typing import Final

from kg.query import questions

TODAY: Final = date(2020, 6, 30)

# The same company in a world of any size, so that the work is the same too.
_NAMED: Final = {
    "company": "company-0",
    "one": "company-0",
    "other": "company-1",
    "thing": "company-0-plan-0",
    "speaker": "company-0-voice-0",
}
_OTHERWISE: Final = {
    "at-risk": {"date": "2023-06-30"},
    "compared": {"place": "country-0"},
    "contradictions": {"thing": "company-0"},
    "shared-partners": {"one": "company-0", "other": "company-1"},
}


def one(name: str) -> dict[str, str]:
    """Return the arguments with which a question is asked of `company-0`."""
    parameters = {parameter.name for parameter in questions.load_question(name).parameters}
    named = {key: value for key, value in _NAMED.items() if key in parameters}
    return named | _OTHERWISE.get(name, {})


def all_(name: str) -> dict[str, str] | None:
    """Return the arguments with which a question is asked of everything; None where it cannot be."""
    needed = {
        p.name
        for p in questions.load_question(name).parameters
        if p.default and p.type in ("thing", "company")
    }
    return None if needed else {}
