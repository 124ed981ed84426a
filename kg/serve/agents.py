"""The Model Context Protocol: tools, resources and prompts of `kg.agents` for whoever speaks it.

Nothing here touches the graph: workers do (`kg.serve.agent_tasks`). Whatever goes wrong over a call reaches
the agent as a sentence that says what to do, and never as more than that.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import mcp_types as types
from mcp import MCPError
from mcp.server.caching import CacheHint
from mcp.server.lowlevel import Server

from kg.agents import INSTRUCTIONS, PROMPTS, RESOURCES, TEMPLATES, all_tools, write_prompt
from kg.base import KgError, UnknownNameError
from kg.serve.jobs import BROKEN, Job

if TYPE_CHECKING:
    from typing import TypeAlias

    from mcp.server.context import ServerRequestContext

    from kg.serve.pool import Pool

    Context: TypeAlias = ServerRequestContext[Any, Any]

_TEXT: Final = "text/plain"
_STAYS: Final = CacheHint(ttl_ms=3_600_000, scope="public")
"""How long what the software lists, whatever the graph, may be kept."""


class CallError(KgError):
    """A call that is not answered; its text is for the agent."""


def make_agent_server(pool: Pool) -> Server[Any]:
    """Return the server of the protocol over a pool of workers, whichever way it is reached."""
    service = _AgentService(pool)
    return Server(
        "kg",
        version=version("corporate-plans-kg"),
        title="Corporate plans",
        instructions=INSTRUCTIONS,
        cache_hints={
            "tools/list": _STAYS,
            "prompts/list": _STAYS,
            "resources/list": _STAYS,
            "resources/templates/list": _STAYS,
        },
        on_list_tools=service.list_tools,
        on_call_tool=service.call_tool,
        on_list_resources=service.list_resources,
        on_list_resource_templates=service.list_templates,
        on_read_resource=service.read_resource,
        on_list_prompts=service.list_prompts,
        on_get_prompt=service.get_prompt,
        on_completion=service.complete,
    )


class _AgentService:
    """What is asked by the protocol, done by the workers of a pool."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def list_tools(self, _ctx: Context, _params: object) -> types.ListToolsResult:
        """List all tools."""
        reads = types.ToolAnnotations(read_only_hint=True, open_world_hint=False)
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    description=tool.description,
                    input_schema=tool.takes,
                    output_schema=tool.gives,
                    annotations=reads,
                )
                for tool in all_tools().values()
            ]
        )

    async def call_tool(
        self, _ctx: Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        """Call a tool; what is wrong with the call is an answer for the agent to read."""
        if params.name not in all_tools():
            raise _invalid(UnknownNameError("tool", params.name, all_tools()))
        given = {"name": params.name, "arguments": params.arguments or {}}
        try:
            answer = await self._done(Job("agent-tool", given))
        except KgError as error:
            return types.CallToolResult(content=[_text(str(error))], is_error=True)
        return types.CallToolResult(
            content=[_text(answer["text"])], structured_content=answer["values"]
        )

    async def list_resources(self, _ctx: Context, _params: object) -> types.ListResourcesResult:
        """List what can be read as it is; things and sources are found by templates."""
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=one.uri, name=one.name, description=one.description, mime_type=_TEXT
                )
                for one in RESOURCES
            ]
        )

    async def list_templates(
        self, _ctx: Context, _params: object
    ) -> types.ListResourceTemplatesResult:
        """List the templates of things and sources."""
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=one.uri,
                    name=one.name,
                    description=one.description,
                    mime_type=_TEXT,
                )
                for one in TEMPLATES
            ]
        )

    async def read_resource(
        self, _ctx: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Read a resource."""
        try:
            answer = await self._done(Job("agent-resource", {"uri": params.uri}))
        except KgError as error:
            raise _invalid(error) from None
        contents = types.TextResourceContents(uri=params.uri, mime_type=_TEXT, text=answer["text"])
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(self, _ctx: Context, _params: object) -> types.ListPromptsResult:
        """List the prompts."""
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(
                    name=prompt.name,
                    title=prompt.title,
                    description=prompt.description,
                    arguments=[
                        types.PromptArgument(
                            name=name, description=said, required=name in prompt.needs
                        )
                        for name, said in prompt.arguments.items()
                    ],
                )
                for prompt in PROMPTS.values()
            ]
        )

    async def get_prompt(
        self, _ctx: Context, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        """Write a prompt out."""
        try:
            text = write_prompt(params.name, params.arguments or {})
        except KgError as error:
            raise _invalid(error) from None
        return types.GetPromptResult(
            messages=[types.PromptMessage(role="user", content=_text(text))]
        )

    async def complete(
        self, _ctx: Context, params: types.CompleteRequestParams
    ) -> types.CompleteResult:
        """Complete the argument of a prompt, or the name in the address of a resource."""
        kind = params.argument.name
        if isinstance(params.ref, types.ResourceTemplateReference):
            named = {one.uri: one.name for one in TEMPLATES}
            kind = named.get(params.ref.uri, "") if kind == "name" else ""
        given = {"kind": kind, "typed": params.argument.value}
        try:
            answer = await self._done(Job("agent-completion", given))
        except KgError as error:
            raise _invalid(error) from None
        completion = types.Completion(values=answer["values"], has_more=answer["more"])
        return types.CompleteResult(completion=completion)

    async def _done(self, job: Job) -> dict[str, Any]:
        """Have a job done, and return its answer.

        Raises:
            CallError: it cannot be done as it is asked.
            KgError: it took too long, or too many are at work.
        """
        reply, payload = await self._pool.answer(job)
        if reply.outcome == "ok":
            answer: dict[str, Any] = json.loads(payload.whole())
            return answer
        broken = reply.outcome in ("failed", "no-store")
        raise CallError(BROKEN if broken else reply.message)


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)


def _invalid(error: KgError) -> MCPError:
    return MCPError(types.INVALID_PARAMS, str(error))
