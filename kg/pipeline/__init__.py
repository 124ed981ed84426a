"""The pipeline: sources are read, checked and derived from; also the graph as it was on a day.

It uses `kg.sources`, `kg.query` and what lies below them, and names the snapshots of `kg.store`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
