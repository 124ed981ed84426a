"""Stores: a graph in a folder as snapshots, or on any SPARQL 1.1 endpoint.

It uses `kg.sources`, `kg.query` and what lies below them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
