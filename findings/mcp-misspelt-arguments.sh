#!/usr/bin/env bash
# What: an argument that a tool does not have is dropped without a word, and `true` passes as the number 1, though the schema
#   that the client was shown says "integer". An agent that misspells an optional argument gets the answer to another question.
# Version: mcp 2.3.0 (`MCPServer`, its own client).
# Measured: November 2026.
# Why it matters: `as_off` in place of `as_of` tells what is known today as if it had been known then.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check mcp==2.3.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - 2> "$work/log" <<'PYTHON' || { cat "$work/log" >&2; exit 1; }
import asyncio
import sys

import mcp
from mcp.server import MCPServer

server = MCPServer("plans")


@server.tool()
def outcome(company: str, as_of: str | None = None, limit: int = 25) -> str:
    """Tell what became of promises."""
    return f"{limit} promises of {company} as of {as_of or 'today'}"


CALLS = [
    ({"company": "acme", "as_off": "2018-06-01"}, "25 promises of acme as of today"),
    ({"company": "acme", "limit": True}, "1 promises of acme as of today"),
]


async def ask() -> None:
    async with mcp.Client(server) as client:
        (tool,) = (await client.list_tools()).tools
        print("the schema closes its properties:", "additionalProperties" in tool.input_schema)
        for arguments, then in CALLS:
            answer = await client.call_tool("outcome", arguments)
            told = answer.content[0].text
            print(f"{arguments}: {'refused' if answer.is_error else told}")
            if answer.is_error or told != then:
                sys.exit(f"changed: in November 2026 the answer was {then!r}")


asyncio.run(ask())
PYTHON
