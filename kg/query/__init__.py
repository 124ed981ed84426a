"""Questions and answers: the index, canned questions, names looked up, answers in every form.

It uses `kg.base`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
