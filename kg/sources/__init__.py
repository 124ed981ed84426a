"""Sources: a file becomes quads with a fingerprint, here, in processes or on a cluster.

It uses `kg.base`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
