from .graph import (
    Graph as Graph,
    open as open,  # noqa: A004 - kg.open reads as it should
    open_earlier as open_earlier,
    open_graph as open_graph,
)
