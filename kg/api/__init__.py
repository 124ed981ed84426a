"""The calls that people and the command line make: build, check, publish, and the shipped graph.

It uses every room below the command line.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
