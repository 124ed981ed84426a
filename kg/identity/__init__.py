"""Who is who: which companies of a table or a filing are known already, by identifiers first and by names second.

It uses `kg.query` and `kg.base`. A wrong join makes a wrong verdict on a named company, so that
whatever does not follow, and whatever contradicts itself, joins nobody and is told.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
