"""The command line: parses, calls one function, prints. May use every room.

Data goes to stdout, talk to stderr. Exit codes: 0 fine, 1 findings, 2 usage, 3 unreadable input,
4 out of time or memory.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
