"""Reports: the card of a thing, figures, what differs, findings, evidence held against texts, what a source may say.

It uses `kg.plans`, `kg.query` and what lies below them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
