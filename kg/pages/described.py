"""What a thing's description is, for programs: the thing, what is said and promised of it, and the evidence.

To the description of a thing belong all triples of the thing itself; of the statements about it, of
the spans, rows or elements in which they stand and of their sources; and of the promises that it has, with their outcomes.
That of a source has its statements and what was left out of it, that of a promise those that make it, and that of a statement the
promise that it makes. What is said of its plans is in their own descriptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import as_asked

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.query import Answer

_DESCRIBED: Final = """CONSTRUCT {{ ?node ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?node {{
    {{ BIND ({iri} AS ?node) }}
    UNION {{ VALUES ?s {{ {iri} }} {said} BIND (?x AS ?node) }}
    UNION {{ VALUES ?s {{ {iri} }} {said} ?x cp:evidence|cp:row|cp:element ?node }}
    UNION {{ VALUES ?s {{ {iri} }} {said} ?x cp:source ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:evidence|cp:row|cp:element ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:leftOut ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:source ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:text ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:source/cp:text ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:hasPromise ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:hasPromise/cp:hasOutcome ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?s cp:hasOutcome ?node }}
    UNION {{ VALUES ?s {{ {iri} }} ?node cp:statedBy ?s }}
    UNION {{ VALUES ?s {{ {iri} }} ?any cp:statedBy ?s . ?any cp:hasOutcome ?node }}
  }} }}
  ?node ?p ?o
}}"""
_SAID: Final = (
    "{ ?x cp:about ?s } UNION { ?x rdf:subject ?s } UNION { ?x rdf:object ?s }"
    " UNION { ?x cp:source ?s } UNION { ?s cp:statedBy ?x }"
)


def describe_thing(graph: Graph, iri: str) -> Answer:
    """Return the description of a thing as triples, with the values as the data write them.

    >>> import kg
    >>> from kg.base import ID
    >>> answer = describe_thing(kg.build(check=False), ID + "medianama-2017-03-28.3.4")
    >>> ("medianama-2017-03-28.3.4", "cp:value", 500) in answer.rows
    True
    """
    return graph.query(_DESCRIBED.format(iri=as_asked(ox.NamedNode(iri)), said="{ " + _SAID + " }"))
