"""The graph for people: pages of HTML, pure functions of a graph and of what is asked of it.

It uses `kg.graph` and what stands below it, and the colours of `viz`. It comes with the extra `serve`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
