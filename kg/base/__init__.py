"""The ground floor: errors, findings, names, terms, formats, bounds, files written whole.

Every other room may use it; it uses none of ours.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
