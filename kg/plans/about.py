"""What programs, and whoever cites it, want to know of a graph: its version and its licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.query import select_rows

if TYPE_CHECKING:
    from kg.query import Index

_VERSION: Final = (
    "SELECT ?version { <https://w3id.org/corporate-plans/ontology> owl:versionInfo ?version }"
)


def about_data(
    index: Index, licence: str | None = None, creator: str | None = None
) -> dict[str, str]:
    """Return what is known of a graph, by the names of Dublin Core as metadata of HTML has them.

    >>> import kg
    >>> about_data(kg.build(check=False).index, "https://example.org/licence")["dcterms.license"]
    'https://example.org/licence'
    """
    versions = [str(version) for (version,) in select_rows(index, _VERSION)]
    known = {
        "dcterms.license": licence,
        "dcterms.creator": creator,
        "dcterms.hasVersion": min(versions, default=None),
    }
    return {name: value for name, value in known.items() if value}
