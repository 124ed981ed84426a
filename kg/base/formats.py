"""The RDF formats that are read and written: the one table of their names, endings and grammars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox


@dataclass(frozen=True)
class Format:
    """An RDF format.

    `name` is what `-f` takes, `suffixes` the endings of files in lower case, `syntax` the engine's
    own; `graphs` says whether it can hold named graphs, `lines` whether a line is a statement.
    """

    name: str
    suffixes: tuple[str, ...]
    syntax: ox.RdfFormat
    graphs: bool = False
    lines: bool = False


RDF_FORMATS: Final = {
    one.name: one
    for one in (
        Format("ttl", (".ttl",), ox.RdfFormat.TURTLE),
        Format("nt", (".nt",), ox.RdfFormat.N_TRIPLES, lines=True),
        Format("nq", (".nq",), ox.RdfFormat.N_QUADS, graphs=True, lines=True),
        Format("trig", (".trig",), ox.RdfFormat.TRIG, graphs=True),
        Format("jsonld", (".jsonld",), ox.RdfFormat.JSON_LD, graphs=True),
        Format("rdf", (".rdf", ".xml"), ox.RdfFormat.RDF_XML),
    )
}
"""The formats by name, in the order in which people are told of them."""

RDF_SUFFIXES: Final = {suffix: one for one in RDF_FORMATS.values() for suffix in one.suffixes}
"""The formats by the ending of a file."""
