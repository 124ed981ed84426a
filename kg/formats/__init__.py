"""What the world publishes, in its own formats, becomes statements: one reader a format, one door.

It uses `kg.tables`, `kg.drafting` and what lies below them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
