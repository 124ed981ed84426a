"""Rules turn statements into the plain graph that people query.

A rule is a SPARQL CONSTRUCT in `ontology/rules/*.rq`. The rules run over all that was
said and derived so far, each as long as there is something new that it reads. None of them negates
what another derives, but to leave out what is known already, so the order of the rules does not
matter, and the same files run on any SPARQL 1.1 store.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import DERIVED, QueryError, ontology_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.query import LocalIndex

_GRAPH: Final = ox.NamedNode(DERIVED)
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

_BATCH: Final = 500
"""How many triples of a rule are held as objects at a time: few, so that they stay in the caches of
the processor, and the next ones take the memory of the last."""

_PREFIX: Final = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_COMMENT: Final = re.compile(r"^\s*#.*$", re.MULTILINE)
_WHERE: Final = re.compile(r"\bWHERE\b(.*)", re.IGNORECASE | re.DOTALL)
_LISTED: Final = re.compile(r"(?:SELECT|GROUP\s+BY)[^{}]*", re.IGNORECASE)
_NAME: Final = re.compile(r"<([^<>\s]+)>|([\w-]*):([\w-]+)")
# A predicate that is a variable, a path that negates, or one that may be empty.
_ANY: Final = re.compile(
    r"""(?:[?$]\w+|[\w-]*:[\w-]+|>|;)\s+[?$]\w+\s+(?:[?$<"\d]|[\w-]*:)
    | !\s*[(^]*\s*(?:[\w-]*:|<) | [\w>)][*?](?=[\s/|)])""",
    re.VERBOSE,
)
# A class that is a variable, or more than a name.
_ANY_CLASS: Final = re.compile(
    r"(?<![\w:?$-])(?:a|rdf:type|<[^<>]*#type>)(?:\s+[^;.{}]*[?$]|(?!\s+(?:[\w-]*:|<)))"
)


def load_rules(folder: Path | None = None) -> dict[str, str]:
    """Return the rules by name, from `folder` or the shipped ones.

    >>> "relations" in load_rules()
    True
    """
    folder = folder or ontology_folder() / "rules"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rq"))}


def derive(index: LocalIndex, rules: Mapping[str, str]) -> bytes:
    r"""Run `rules` over what `index` holds, to a fixpoint, and add what they derive to it.

    Returns what was derived as sorted N-Quads in the graph `id:derived`. A triple that a source
    says already is not derived again.

    Raises:
        QueryError: a rule that is no CONSTRUCT query.

    >>> from kg.query import Index
    >>> index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    >>> derive(index, {"symmetric": "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }"})
    b'<a:o> <a:p> <a:s> <https://w3id.org/corporate-plans/id/derived> .\n'
    """
    readers = {name: reads(rule) for name, rule in rules.items()}
    waiting = dict.fromkeys(rules)
    lines: list[bytes] = []
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        fresh: set[str] = set()
        results = _run(index.store, name, rules[name])
        while some := list(islice(results, _BATCH)):
            new = [_quad(t) for t in dict.fromkeys(some) if not _said(index.store, t)]
            index.store.extend(new)
            text = ox.serialize(new, format=ox.RdfFormat.N_QUADS) or b""
            lines += text.splitlines(keepends=True)
            fresh |= {name for quad in new for name in _names(quad)}
        for other, read in readers.items():
            if fresh and (read is None or fresh & read):
                # To the end, for what else is waiting may feed it as well before it runs.
                waiting.pop(other, None)
                waiting[other] = None
    lines.sort()
    return b"".join(lines)


def reads(rule: str) -> frozenset[str] | None:
    """Return the names of what a rule looks for: predicates, and classes; None if it is anything.

    Of classes `rdf:type` stands for any. It may be more than the rule looks for, and is never less.

    >>> sorted(reads("PREFIX : <a:> CONSTRUCT { ?s :q ?o } WHERE { ?s a :C ; :p/^:r ?o }"))
    ['a:C', 'a:p', 'a:r']
    >>> reads("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }") is None
    True
    """
    # The word may be left out (SPARQL 1.1, section 19.8, [17]).
    found = _WHERE.search(_COMMENT.sub("", rule))
    pattern = _LISTED.sub("", found[1]) if found else ""
    if found is None or _ANY.search(pattern):
        return None
    prefixes = dict(_PREFIX.findall(rule))
    names = {full or prefixes.get(head, "") + rest for full, head, rest in _NAME.findall(pattern)}
    return frozenset(names | {_TYPE.value} if _ANY_CLASS.search(pattern) else names)


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


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, _GRAPH)


def _names(quad: ox.Quad) -> Iterable[str]:
    """Return what a rule may look for to find a quad; see `reads`."""
    if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
        return quad.object.value, _TYPE.value
    return (quad.predicate.value,)
