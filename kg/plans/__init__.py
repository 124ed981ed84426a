"""Plans: sentences, the timeline and the network, of what is stated and promised.

It uses `kg.promises`, `kg.query` and `kg.base`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
