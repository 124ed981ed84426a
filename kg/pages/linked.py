"""What a page tells programs: schema.org as JSON-LD.

A verdict is told as the rating of a ClaimReview only where one is decided: of what is open or of which no
result is known nothing was found out, and a review that says so would read as if it had been.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pages.frame import Frame

CONTEXT = "https://schema.org"


def dataset(frame: Frame, name: str, description: str) -> dict[str, Any]:
    """Return what the front page tells: that there is a data set.

    >>> from kg.pages.frame import Frame
    >>> dataset(Frame("https://example.org"), "Plans", "Some.")["@type"]
    'Dataset'
    """
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "name": name,
            "description": description,
            "url": frame.canonical,
            "license": frame.about.get("dcterms.license"),
            "version": frame.about.get("dcterms.hasVersion"),
            "creator": _creator(frame),
            "temporalCoverage": f"../{frame.as_of}" if frame.as_of else None,
        }
    )


def _creator(frame: Frame) -> dict[str, str] | None:
    name = frame.about.get("dcterms.creator")
    return {"@type": "Organization", "name": name} if name else None


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
