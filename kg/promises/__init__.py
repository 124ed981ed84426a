"""Promises: what sources state as values, what makes one promise of it, and when that is kept.

It uses `kg.query` and `kg.base`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
