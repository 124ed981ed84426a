"""Rules turn statements into the plain graph that people query.

A rule is a SPARQL CONSTRUCT in `ontology/rules/*.rq`. The rules run in rounds over all that was
said and derived so far until a round adds nothing. None of them negates what another derives, so
the order of the rules does not matter, and the same files run on any SPARQL 1.1 store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import home
from kg.errors import QueryError
from kg.namespaces import DERIVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.index import Local

_GRAPH = ox.NamedNode(DERIVED)


def load(folder: Path | None = None) -> dict[str, str]:
    """Return the rules by name, from `folder` or the shipped ones.

    >>> "relations" in load()
    True
    """
    folder = folder or home.ontology() / "rules"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rq"))}


def derive(index: Local, rules: Mapping[str, str]) -> bytes:
    r"""Run `rules` over what `index` holds, to a fixpoint, and add what they derive to it.

    Returns what was derived as sorted N-Quads in the graph `id:derived`. A triple that a source
    says already is not derived again.

    Raises:
        QueryError: a rule that is no CONSTRUCT query.

    >>> from kg.index import Index
    >>> index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    >>> derive(index, {"symmetric": "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }"})
    b'<a:o> <a:p> <a:s> <https://w3id.org/corporate-plans/id/derived> .\n'
    """
    found: set[ox.Triple] = set()
    ran_at: dict[str, int] = {}
    while any(ran_at.get(name) != len(found) for name in rules):
        for name, rule in rules.items():
            if ran_at.get(name) == len(found):
                continue  # nothing is new since it ran
            ran_at[name] = len(found)
            results = _run(index.store, name, rule)
            new = [triple for triple in results if triple not in found]
            new = list(dict.fromkeys(triple for triple in new if not _said(index.store, triple)))
            found.update(new)
            index.store.extend(_quads(new))
    lines = ox.serialize(_quads(found), format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _run(store: ox.Store, name: str, rule: str) -> ox.QueryTriples:
    # Straight to the engine: rules are the project's own, and are asked many times.
    try:
        results = store.query(rule, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QueryError(f"the rule {name!r} cannot be read: {error}") from None
    if not isinstance(results, ox.QueryTriples):
        raise QueryError(f"the rule {name!r} is no CONSTRUCT query")
    return results


def _said(store: ox.Store, triple: ox.Triple) -> bool:
    return any(
        True for _ in store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    )


def _quads(triples: Iterable[ox.Triple]) -> Iterable[ox.Quad]:
    return (ox.Quad(t.subject, t.predicate, t.object, _GRAPH) for t in triples)
