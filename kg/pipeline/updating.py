"""Updates of what another company promised: whoever writes one has named the wrong target.

A joint venture and its owners may each tell of the other's plans, and so may a partner in one plan.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Final

from kg.base import CP, MOST_SHOWN, Finding, lengthen
from kg.query import select_named, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query import Index

UPDATES: Final = CP + "updates-of-another"
"""What a finding names as its shape where a statement updates what is another company's."""

_UPDATES: Final = """SELECT ?node ?value ?new ?old {
  ?node cp:updates ?value ; cp:about ?new .
  ?value cp:about ?old .
  FILTER (?new != ?old)
}"""
# A company has plans, and is spoken of itself.
_WHOSE: Final = """SELECT ?s ?company {{
  {{ {named} ?s cp:company ?company }}
  UNION {{ {named} ?s a ?class . ?class rdfs:subClassOf* cp:Organization BIND (?s AS ?company) }}
}}"""
_OWNING: Final = "{rdf:predicate=cp:owns|cp:ownsMajorityOf|cp:ownsMinorityOf}"
LOOKS_AT: Final = " ".join(
    f"{about}{whose}{looked}"
    # What updates is looked at from what it updates: few statements update any.
    for about in ("cp:updates/cp:about", "cp:updates/^cp:updates/cp:about")
    for whose, looked in (
        ("", "/rdf:type/rdfs:subClassOf*"),
        ("", f"/^rdf:subject{_OWNING}/(rdf:predicate|rdf:object)"),
        ("/cp:company", f"/^rdf:subject{_OWNING}/(rdf:predicate|rdf:object)"),
    )
)
"""What is looked at from a statement on; see `kg.pipeline.footprint`."""

_OWNED: Final = """SELECT ?owner ?owned {
  VALUES ?owns { cp:owns cp:ownsMajorityOf cp:ownsMinorityOf }
  ?relation rdf:predicate ?owns ; rdf:subject ?owner ; rdf:object ?owned
}"""


def find_foreign_updates(index: Index) -> Iterator[Finding]:
    """Yield a finding for every statement that updates one about another company.

    >>> import kg
    >>> list(find_foreign_updates(kg.build(check=False).index))
    []
    """
    rows = [tuple(map(str, row)) for row in select_rows(index, _UPDATES)]
    if not rows:
        return
    whose: defaultdict[str, set[str]] = defaultdict(set)
    for thing, company in select_named(
        index, _WHOSE, sorted({name for row in rows for name in row[2:]})
    ):
        whose[str(thing)].add(str(company))
    owned = {(str(owner), str(one)) for owner, one in select_rows(index, _OWNED)}
    for node, value, new, old in rows:
        ours, theirs = whose[new], whose[old]
        # Of what is nobody's, such as a place, nothing follows.
        if not ours or not theirs or ours & theirs:
            continue
        if not owned.intersection([*product(ours, theirs), *product(theirs, ours)]):
            message = (
                f"This updates what {' and '.join(sorted(theirs))} said, and is about {' and '.join(sorted(ours))}:"
                " name a target of the same company, or say contradicts or differs_from."
            )
            yield Finding(
                lengthen(node), CP + "updates", value[:MOST_SHOWN], message, UPDATES, violation=True
            )
