"""What a page tells programs: schema.org as JSON-LD.

A ClaimReview says that somebody looked into a claim and found something out. So there is one only of a
promise of which something is decided and not disputed, and only where it is known who says so: of what is
open, of which no result is known, or where another source contradicts what decides, nothing was found out. What was found out by a day that is past need not
hold any more, so the page as of a day tells of the claim alone. A review names the verdict in words and no number,
for there is no scale from best to worst on which an abandoned plan would have a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.base import lengthen
from viz.style import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.pages.frame import Frame
    from kg.pages.identity import Identity
    from kg.pages.telling import Cited, Pledge
    from kg.promises import Origin, PromiseRecord

    Linked = dict[str, Any]

CONTEXT: Final = "https://schema.org"

TYPES: Final = ("Organization", "Person", "City", "Place", "Product")
"""The classes of schema.org of which things are told, the more specific ones first."""

_AGENTS: Final = {"Person": "Person", "Company": "Organization", "Organization": "Organization"}
"""The classes of schema.org of whoever speaks, by ours: an author has to be of one of them."""


def dataset(frame: Frame, name: str, description: str) -> Linked:
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
        }
    )


def describe_identity(frame: Frame, identity: Identity, label: str) -> Linked | None:
    """Return what the page of a thing tells, or None of what schema.org has no class for."""
    type_ = next((name for name in TYPES if name in identity.schema_types), None)
    if type_ is None:
        return None
    names = [*identity.texts("rdfs:label"), *identity.texts("skos:altLabel")]
    places = (
        [_place(one) for one in identity.texts("cp:locatedIn")] if type_ != "Organization" else []
    )
    latitude, longitude = (identity.texts(f"schema:{key}") for key in ("latitude", "longitude"))
    return _filled(
        {
            "@context": CONTEXT,
            "@type": type_,
            "@id": identity.iri,
            "name": label,
            "alternateName": [name for name in names if name != label],
            "description": " ".join(identity.described),
            "url": frame.canonical,
            "sameAs": identity.matches,
            "containedInPlace": places,
            "geo": {"@type": "GeoCoordinates", "latitude": latitude[0], "longitude": longitude[0]}
            if latitude and longitude
            else None,
        }
    )


def describe_source(origin: Origin, publisher: str, more: Mapping[str, Sequence[str]]) -> Linked:
    """Return what the page of a source tells: it is about an article, which is elsewhere."""
    return {"@context": CONTEXT, **_article(origin, publisher), **_filled({
        "inLanguage": next(iter(more.get("schema:inLanguage", ())), None),
    })}  # fmt: skip


def describe_claim(frame: Frame, cited: Cited, origin: Origin, who: str) -> Linked:
    """Return what the page of a statement tells: that something was claimed, where and by whom, who is of that class."""
    return {"@context": CONTEXT, **_claim(cited, origin, who), "url": frame.canonical}


def describe_promise(  # noqa: PLR0913, PLR0917 - a part of what is told each
    frame: Frame,
    record: PromiseRecord,
    first: Cited,
    origin: Origin,
    who: str,
    pledge: Pledge | None,
    label: Callable[[object], str],
) -> Linked:
    """Return what the page of a promise tells: the claim, and what was found out of it, if anything was.

    Whoever has spoken is of the class `who`.
    """
    claim = {
        **_claim(first, origin, who),
        "@id": lengthen(record.name),
        **_filled({
            "author": [
                {"@type": "Organization", "@id": lengthen(name), "name": label(name)} for name in record.companies
            ]
        }),
    }  # fmt: skip
    author = _creator(frame)
    decided = pledge is not None and pledge.decided and not pledge.disputed
    if pledge is None or not decided or author is None or frame.as_of is not None:
        return {"@context": CONTEXT, **claim, "url": frame.canonical}
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "url": frame.canonical,
            "claimReviewed": first.sentence,
            "author": author,
            "itemReviewed": claim,
            "reviewRating": _filled(
                {
                    "@type": "Rating",
                    "alternateName": OUTCOMES[pledge.outcome].name,
                    "ratingExplanation": _explained(pledge),
                }
            ),
        }
    )


def _explained(pledge: Pledge) -> str:
    """Say what decides on a promise and who published it when, and what to bear in mind with that."""
    cited = pledge.rests_on
    if cited is None:
        return " ".join(pledge.caveats)
    said = f"{cited.sentence}: {cited.status}" if cited.status else cited.sentence
    return " ".join([f"{said} ({cited.source} {cited.published}).", *pledge.caveats])


def _claim(cited: Cited, origin: Origin, who: str) -> Linked:
    speaker = _filled(
        {"@type": _AGENTS.get(who), "@id": lengthen(cited.who_name), "name": cited.who}
    )
    return _filled(
        {
            "@type": "Claim",
            "@id": lengthen(cited.name),
            "text": cited.sentence,
            "datePublished": cited.published,
            "author": speaker if cited.who_name else None,
            "appearance": _article(origin, cited.source),
        }
    )


def _article(origin: Origin, publisher: str) -> Linked:
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": lengthen(origin.name),
            "headline": origin.title,
            "datePublished": origin.published,
            "url": origin.url
            if origin.url and origin.url.startswith(("http://", "https://"))
            else None,
            "publisher": {
                "@type": "Organization",
                "@id": lengthen(origin.publisher),
                "name": publisher,
            }
            if origin.publisher
            else None,
        }
    )


def _place(name: str) -> Linked:
    return {"@type": "Place", "@id": lengthen(name)}


def _creator(frame: Frame) -> Linked | None:
    name = frame.about.get("dcterms.creator")
    return {"@type": "Organization", "name": name} if name else None


def _filled(values: Linked) -> Linked:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
