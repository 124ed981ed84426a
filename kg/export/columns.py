"""The columns of the tables that statements and promises are exported as, called as in YAML sources."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["text", "texts", "number", "numbers", "day", "boolean"]


class ExportColumn(NamedTuple):
    """A column: the `name` in the table, the property that fills it by local name, and the kind of its cells."""

    name: str
    property: str
    kind: Kind = "text"


_FIGURE: Final = (
    ExportColumn("about", "about", "texts"),
    ExportColumn("indicator", "indicator"),
    ExportColumn("comparator", "comparator"),
    ExportColumn("value", "value", "number"),
    ExportColumn("minimum", "minimum", "number"),
    ExportColumn("maximum", "maximum", "number"),
    ExportColumn("unit", "unit"),
    ExportColumn("baseline", "baseline", "number"),
    ExportColumn("baseline_date", "baselineDate", "day"),
    ExportColumn("among", "among"),
    ExportColumn("place", "place", "texts"),
)
_DUE: Final = (
    ExportColumn("due", "due", "day"),
    ExportColumn("due_earliest", "dueEarliest", "day"),
    ExportColumn("due_precision", "duePrecision", "texts"),
    ExportColumn("promised_by", "promisedBy", "texts"),
)
_LASTING: Final = (
    ExportColumn("from", "from", "day"),
    ExportColumn("from_precision", "fromPrecision", "texts"),
    ExportColumn("until", "until", "day"),
    ExportColumn("until_precision", "untilPrecision", "texts"),
)
OWN: Final[dict[str, tuple[ExportColumn, ...]]] = {
    "Target": (
        *_FIGURE,
        *_DUE,
        ExportColumn("counts_from", "countsFrom", "day"),
        ExportColumn("part_of", "partOfTarget"),
        ExportColumn("status", "status"),
    ),
    "Observation": (
        *_FIGURE,
        ExportColumn("kind", "kind"),
        ExportColumn("when", "when", "day"),
        ExportColumn("when_start", "whenStart", "day"),
        ExportColumn("when_precision", "whenPrecision", "texts"),
    ),
    "StatusReport": (
        ExportColumn("about", "about", "texts"),
        ExportColumn("status", "status"),
        ExportColumn("place", "place", "texts"),
        *_LASTING,
        *_DUE,
    ),
    "Relation": (
        ExportColumn("subject", "subject"),
        ExportColumn("predicate", "predicate"),
        ExportColumn("object", "object"),
        ExportColumn("purpose", "purpose"),
        ExportColumn("status", "status"),
        ExportColumn("place", "place", "texts"),
        *_LASTING,
    ),
    "Retraction": (),
}
SAID: Final = (
    ExportColumn("reason", "reason", "texts"),
    ExportColumn("outlook", "outlook"),
    ExportColumn("speaker", "speaker"),
    ExportColumn("on_behalf_of", "onBehalfOf"),
    ExportColumn("via", "via", "texts"),
    ExportColumn("uttered", "uttered", "day"),
    ExportColumn("uttered_precision", "utteredPrecision", "texts"),
    ExportColumn("mode", "mode"),
    ExportColumn("confidence", "confidence"),
    ExportColumn("note", "note"),
    ExportColumn("confirms", "confirms", "texts"),
    ExportColumn("contradicts", "contradicts", "texts"),
    ExportColumn("updates", "updates", "texts"),
    ExportColumn("corrects", "corrects", "texts"),
    ExportColumn("differs_from", "differsFrom", "texts"),
    ExportColumn("corrected_on", "correctedOn", "day"),
)
BEFORE: Final = (
    ExportColumn("statement", ""),
    ExportColumn("class", ""),
    ExportColumn("says", ""),
)
AFTER: Final = (
    ExportColumn("source", ""),
    ExportColumn("title", ""),
    ExportColumn("url", ""),
    ExportColumn("publisher", ""),
    ExportColumn("published", "", "day"),
    ExportColumn("section", "", "texts"),
    ExportColumn("start", "", "numbers"),
    ExportColumn("end", "", "numbers"),
    ExportColumn("row", "", "numbers"),
    ExportColumn("element", "", "texts"),
    ExportColumn("more", ""),
)
PROMISES: Final = (
    ExportColumn("promise", "promise"),
    ExportColumn("says", ""),
    ExportColumn("company", "company", "texts"),
    ExportColumn("about", "about", "texts"),
    ExportColumn("indicator", "indicator"),
    ExportColumn("aim", "value", "number"),
    ExportColumn("unit", "unit"),
    ExportColumn("said", "said", "day"),
    ExportColumn("due", "due", "day"),
    ExportColumn("verdict", "verdict"),
    ExportColumn("reason", "reason"),
    ExportColumn("at_least", "atLeast", "number"),
    ExportColumn("at_most", "atMost", "number"),
    ExportColumn("observed", "observed", "number"),
    ExportColumn("observed_on", "on", "day"),
    ExportColumn("rests_on", "restsOn"),
    ExportColumn("replaced_by", "replacedBy"),
    ExportColumn("moved", "moved"),
    ExportColumn("disputed", "disputed", "boolean"),
    ExportColumn("own_count", "ownCount", "boolean"),
    ExportColumn("as_of", "", "day"),
)
# What a column of its own tells, and what the rules derive and any reader of the tables can look up.
ELSEWHERE: Final = frozenset({
    "type", "source", "evidence", "row", "element", "agreesWith", "disagreesWith", "reportsOn", "since",
    "relates", "relatesAs", "relatesTo",
})  # fmt: skip
NAMES: Final = {
    "Target": "targets",
    "Observation": "observations",
    "StatusReport": "status_reports",
    "Relation": "relations",
    "Retraction": "retractions",
}
"""What the table of each class of statements is called."""
