"""Drafting: a text becomes a source whose statements are proposed, and wait for a person.

It uses `kg.promises`, `kg.query`, `kg.sources` and `kg.base`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
