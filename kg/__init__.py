"""The knowledge graph of corporate plans: who promised what, where, by when, on whose word.

>>> import kg
>>> graph = kg.build()
>>> for row in graph.ask("changes", initiative="xiaomi-india-phone-exports"):
...     print(row["day"], row["after"])
2015-08-10 cp:considered
2020-01-01 cp:underway
2020-12-31 cp:postponed
2023-05-30 cp:announced

Importing this package imports no engine: names come when they are first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
