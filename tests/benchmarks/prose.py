"""What the page says beside its figures, in the order in which it stands there."""

from __future__ import annotations

from typing import Final

HEAD: Final = """# How fast, and how large

`make bench` makes seeded worlds in the project's own model (`generate.py`), measures each step in a
process of its own, and writes this page from `results/`. The times are seconds of the processor, over all threads and
children, since the machine may do other things too. Trust ratios, not figures. Sizes are triples that are said;
the rules add half as many.

![Costs by size](results.svg)
"""

SHAPES: Final = """
## Why this SHACL engine

The shapes are run by [`shacl`](https://pypi.org/project/shacl/) (MIT or Apache-2.0, one wheel for
all Pythons). Others were tried on the same worlds and on the 276 examples of `tests/ontology/shapes/`:

- `shacl` finds in every example what pySHACL finds, and what pySHACL finds in data broken at random
  (`tests/ontology/test_shapes_oracle.py`). It reads N-Quads as one graph, refuses a shape that it does not
  understand, and keeps literals as they are written. It is young and has one maintainer, so the tests hold
  it against pySHACL, and changing it again is a matter of one function.
- pyrudof agrees on a world that keeps the shapes, but is known to say "conforms" wrongly where a constraint is
  in SPARQL, and takes several times the time and the memory.
- pyshifty agrees there too, and takes several times the time. pyshacl-turbo takes two thirds of pySHACL's.
- shacl-rust does not read an alternative of paths that are sequences, which our shapes use.
- SHACL's own definitions in SPARQL, over the store: the store rewrites literals, so that datatypes could
  not be told there.

It breaks off at years of more than eighteen digits; those are made ill-typed before it sees them.
"""

PEERS: Final = """
## How the peers are run

- Virtuoso 7.2 (Debian) is a server: its time is that of its process, and of ours while it asks. It loads by its bulk
  loader, in two threads, and keeps the result on disk; it is asked over HTTP, with 2 GB of buffers.
- Jena 4.5 (Debian) is a Java machine a step, whose start of about a second counts. It loads and checks in memory, and
  is asked of a TDB2 store. Debian's cannot start without texts that it lost; `peers.py` puts them back.
- kglab, which wraps rdflib, morph-kgc and owlrl-turbo are each in an environment of their own.
- A change is a whole command, from its start to its end, on a store of as many files as a world has. Of what follows from one
  triple more, that a place lies in another, the time is that of deriving alone, in a process that has all before at hand: ours in a store, reasonable's in memory.
- The table is the Clean Investment Monitor, of four columns, by one mapping in SPARQL and the same in RML. `kg import`
  also holds every cell against the table's metadata, says more of the table itself, and sorts; morph-kgc does not.
"""

LEFT: Final = """
## Why some goals are not met, and some costs grow faster than the data

- Turtle: what Oxigraph dumps from a store is not what was said, `"5"^^xsd:nonNegativeInteger` becomes an `xsd:integer`. So
  ours is parsed from the lines that are kept, in their order, and written by the same serialiser; "parsed and written" is the
  engine doing that by itself.
- `kg ask`: Python, the engine's import, opening the store and asking are by themselves 1.5 to 1.7 times `oxigraph query`, so
  1.3 is out of reach for a command in Python. It costs the same in a graph of any size; a test pins what it imports.
- Questions: the engine answers some in a quarter of a millisecond, where the twentieth that binding the arguments takes shows.
- Growth: ten million triples are far beyond the caches of the processor, and the allocator of glibc searches what was freed
  among them. So loading grows thirteen times per tenfold, for raw pyoxigraph as for ours, and eleven times with mimalloc
  in its place (`LD_PRELOAD`). Large data is loaded by a thread, whose memory others need not fill, and the rules hold few
  triples at a time; before that they took more than twice as long at ten million.

## What is not measured

- Fuseki, the server of Jena: Debian has Jena 4.5 without it, and neither PyPI nor npm has a later Jena.
- At ten million triples only what fits in 24 GB beside itself: not rdflib, pySHACL, pyrudof, pyshifty, kglab and Jena.
  The system kills reasonable there, for want of memory.
- No reasoner derives what our rules do: reasonable and owlrl-turbo, an alpha, are held against the three rules that
  they have too (classes, places, symmetry), and derive much else besides."""
