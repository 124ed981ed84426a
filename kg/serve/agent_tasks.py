"""What workers do for agents: call a tool, read a resource, complete what somebody types."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.agents import call_tool, complete, read_resource

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.serve.jobs import Given


def tool(graph: Graph, given: Given) -> tuple[str, bytes]:
    """Call the tool `name` with its `arguments`; see `kg.agents.call_tool`."""
    return _json(asdict(call_tool(graph, given["name"], given["arguments"])))


def resource(graph: Graph, given: Given) -> tuple[str, bytes]:
    """Read the resource at `uri`; see `kg.agents.read_resource`."""
    return _json({"text": read_resource(graph, given["uri"])})


def completion(graph: Graph, given: Given) -> tuple[str, bytes]:
    """Complete what was `typed` as the name of a `kind`; see `kg.agents.complete`."""
    return _json(asdict(complete(graph, given["kind"], given["typed"])))


def _json(value: object) -> tuple[str, bytes]:
    return "json", json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
