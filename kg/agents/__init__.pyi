from .arguments import Tool as Tool
from .completing import Completion as Completion, complete as complete
from .prompts import (
    PROMPTS as PROMPTS,
    AgentPrompt as AgentPrompt,
    write_prompt as write_prompt,
)
from .resources import (
    RESOURCES as RESOURCES,
    TEMPLATES as TEMPLATES,
    AgentResource as AgentResource,
    read_resource as read_resource,
)
from .tools import (
    INSTRUCTIONS as INSTRUCTIONS,
    ToolAnswer as ToolAnswer,
    all_tools as all_tools,
    call_tool as call_tool,
)
