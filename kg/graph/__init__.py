"""The graph: what everything is asked of, and how a store becomes one.

It uses all that stands below it: `kg.export`, `kg.reports`, `viz`, `kg.pipeline`, `kg.plans` and on.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
