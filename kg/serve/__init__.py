"""The graph on the web: the SPARQL 1.1 protocol, read-only, with every query in a process that can be ended.

It uses `kg.graph` and what stands below it. It comes with the extra `serve`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
