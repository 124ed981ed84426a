"""What agents ask of a graph: a few tools, resources and prompts, every answer with its evidence.

They are functions of a graph, and know nothing of the protocol by which agents reach them, which is
`kg.serve`'s. The room uses `kg.graph` and what stands below it. It comes with the extra `mcp`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
