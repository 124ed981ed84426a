"""What things, units and indicators are called, and which numbers are ranks, for sentences to use."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.base import counted, to_text
from kg.query import select_named, select_rows, select_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.query import Index

_LABELS: Final = """SELECT ?s ?label (LANG(?label) AS ?language) {{
  {named} ?s rdfs:label ?label FILTER (isIRI(?s) && isLiteral(?label))
}}"""
_SYMBOLS: Final = """SELECT ?x ?symbol {
  { ?x cp:symbol ?symbol } UNION { ?x cp:unit/cp:symbol ?symbol . ?x a cp:Indicator }
}"""
_RANKS: Final = "SELECT ?x { ?x cp:aggregation cp:ordinal }"
_MEANINGS: Final = """SELECT ?verdict ?definition ?policy ?value {
  ?verdict skos:inScheme cp:verdicts ; skos:definition ?definition .
  OPTIONAL { ?verdict skos:related ?policy . ?policy cp:policyValue ?value }
}"""
POLICY: Final = " Policy: "
"""What stands between what a verdict means and the figures of policy that it goes by."""

POLICIES: Final[Mapping[str, str]] = {
    "half-of-the-way": "partly met is from {per_cent} % of the way on",
    "about-tolerance": "about is within {per_cent} %",
    "above-allowance": "more than, or at least, is up to {per_cent} % above",
    "years-after": "a figure tells until {years} after the last day",
}
"""What each figure of policy means, in words and in this order; the figures themselves are the ontology's."""

_REASONS: Final = """SELECT ?reason ?definition {
  ?reason skos:inScheme cp:undetermined-reasons ; skos:definition ?definition
}"""
_LAST: Final = "SELECT (MAX(?day) AS ?last) { ?source schema:datePublished ?day }"


def load_labels(index: Index, names: Iterable[str] | None = None) -> dict[str, str]:
    """Return the label of everything that has one, or of what is named, by shortest name; English ones first."""
    best: dict[str, tuple[bool, str, str]] = {}
    rows = (
        select_texts(index, "rdfs:label") if names is None else select_named(index, _LABELS, names)
    )
    for name, label, language in rows:
        ranked = (language != "en", str(language), str(label))  # False sorts before True
        best[str(name)] = min(best.get(str(name), ranked), ranked)
    return {name: label for name, (_, _, label) in best.items()}


def load_symbols(index: Index) -> dict[str, str]:
    """Return the symbol of every unit that has one, by its shortest name, and by indicator."""
    return {str(name): str(symbol) for name, symbol in select_rows(index, _SYMBOLS)}


def load_ranks(index: Index) -> frozenset[str]:
    """Return the indicators whose values are places in an order, by shortest name."""
    return frozenset(str(name) for (name,) in select_rows(index, _RANKS))


def load_meanings(index: Index) -> dict[str, str]:
    """Return what each verdict means, by its local name, with the figures of policy that it goes by.

    >>> import kg
    >>> load_meanings(kg.build(check=False).index)["partly"].partition("; ")[0][-45:]
    'Policy: partly met is from 50 % of the way on'
    """
    policies: dict[tuple[str, str], dict[str, Decimal]] = {}
    for verdict, definition, policy, value in sorted(select_rows(index, _MEANINGS), key=str):
        figures = policies.setdefault((str(verdict).removeprefix("cp:"), str(definition)), {})
        if policy is not None:
            figures[str(policy).removeprefix("cp:")] = Decimal(str(value))
    return {
        name: definition + (f"{POLICY}{_in_words(figures)}." if figures else "")
        for (name, definition), figures in policies.items()
    }


def _in_words(figures: Mapping[str, Decimal]) -> str:
    """Say by which figures of policy something goes; one that has no words here is told by its name."""
    unknown = (name for name in figures if name not in POLICIES)
    return "; ".join(
        POLICIES.get(name, f"{name} is {{value}}").format(
            value=to_text(figures[name]),
            per_cent=to_text((100 * figures[name]).normalize()),
            years=counted(int(figures[name]), "year"),
        )
        for name in (*POLICIES, *unknown)
        if name in figures
    )


def load_reasons(index: Index) -> dict[str, str]:
    """Return why nothing can be told of a promise, by local name.

    >>> import kg
    >>> load_reasons(kg.build(check=False).index)["no-figure"]
    'No source has observed what was promised.'
    """
    return {
        str(reason).removeprefix("cp:"): str(definition)
        for reason, definition in sorted(select_rows(index, _REASONS), key=str)
    }


def last_published(index: Index) -> str:
    """Return the last day on which a source was published, or "" where there is none."""
    return "".join(str(day) for (day,) in select_rows(index, _LAST) if day is not None)
