"""What a tool takes and gives, by its signature: schemas for agents, and arguments checked in plain words."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args, get_origin, get_type_hints

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    create_model,
)
from pydantic_core import PydanticCustomError

from kg.agents.portions import MOST, USUAL
from kg.base import UnknownNameError, UsageError, abridge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticCustomError("number_type", "Input should be a number")
    return value


NUMERIC: Final = BeforeValidator(_no_truth)
"""Refuses truth values, which Python takes for the numbers 0 and 1."""


_COMMON: Final[Mapping[str, tuple[Any, Any]]] = {
    "as_of": (Annotated[str | None, Field(description="a day: what was known then")], None),
    "limit": (Annotated[int, Field(ge=1, le=MOST), NUMERIC], USUAL),
    "cursor": (Annotated[str | None, Field(description="more, of the last answer")], None),
}
"""What every tool takes besides its own."""

_STRICT: Final = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


@dataclass(frozen=True)
class Tool:
    """A tool by the function that it is: its name, what it does, what it takes and gives.

    The function takes a graph and a portion, and what agents give by keyword; `more` says what else
    there is to know of it.
    """

    function: Callable[..., Any]
    more: Callable[[], str] = str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.function.__name__

    @property
    def description(self) -> str:
        """What it does, as its documentation says before its example."""
        said = inspect.cleandoc(self.function.__doc__ or "").partition("\n>>>")[0]
        return "\n".join(filter(None, (" ".join(said.split()), self.more())))

    @cached_property
    def takes(self) -> dict[str, Any]:
        """The JSON Schema of its arguments."""
        schema: dict[str, Any] = _plain(self._model.model_json_schema())
        return schema

    @cached_property
    def gives(self) -> dict[str, Any]:
        """The JSON Schema of its answers."""
        return _loose(_plain(self._answer.json_schema()))

    def read(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments that an agent gives, checked; what is empty is not given.

        Raises:
            UnknownNameError: there is no such argument; it tells the nearest.
            UsageError: one is missing, or not of its type.

        >>> def shout(graph: object, portion: object, *, text: str, times: int = 1) -> str: ...
        >>> Tool(shout).read({"text": "a", "as_of": ""})
        {'text': 'a', 'times': 1, 'as_of': None, 'limit': 25, 'cursor': None}
        >>> Tool(shout).read({"txet": "a"})
        Traceback (most recent call last):
        kg.base.errors.UnknownNameError: there is no argument of shout 'txet'; did you mean 'text'?
        """
        given = {name: value for name, value in arguments.items() if value not in (None, "")}
        try:
            return dict(self._model.model_validate(given))
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False)
            # Whoever misspells one of them leaves it out as well.
            problems.sort(key=lambda problem: problem["type"] != "extra_forbidden")
            raise self._told(problems[0]) from None

    def write(self, answer: object) -> dict[str, Any]:
        """Return an answer as JSON has it, without what it does not have."""
        written: dict[str, Any] = self._answer.dump_python(answer, mode="json", exclude_none=True)
        return {key: value for key, value in written.items() if value != {}}

    def _told(self, problem: ErrorDetails) -> UsageError:
        name = ".".join(map(str, problem["loc"][:2])) or "arguments"
        if problem["type"] == "extra_forbidden":
            known = self._model.model_fields
            return UnknownNameError(f"argument of {self.name}", name, known)
        if problem["type"] == "missing":
            return UsageError(f"{self.name} needs {name}")
        wanted = problem["msg"].removeprefix("Input should be ").partition(", unable")[0]
        return UsageError(f"{name} is {abridge(repr(problem['input']), 80)}; give {wanted}")

    @cached_property
    def _hints(self) -> dict[str, Any]:
        # What it takes of ours is imported for those who check types alone.
        ours = {"Graph": object, "Portion": object}
        return get_type_hints(self.function, localns=ours, include_extras=True)

    @cached_property
    def _model(self) -> type[BaseModel]:
        fields: dict[str, Any] = {}
        for name, parameter in inspect.signature(self.function).parameters.items():
            if parameter.kind is parameter.KEYWORD_ONLY:
                empty = parameter.default is parameter.empty
                fields[name] = (_described(self._hints[name]), ... if empty else parameter.default)
        fields |= _COMMON
        return create_model(self.name, __config__=_STRICT, **fields)

    @cached_property
    def _answer(self) -> TypeAdapter[Any]:
        return TypeAdapter(self._hints["return"])


def _described(hint: Any) -> Any:
    """Return a type of which the text that annotates it is the description."""
    if get_origin(hint) is not Annotated:
        return hint
    base, *marks = get_args(hint)
    said = [Field(description=mark) if isinstance(mark, str) else mark for mark in marks]
    return Annotated[(base, *said)]


def _plain(schema: Any) -> Any:
    """Return a schema in few words, for agents read it before every conversation: what is left out is not there.

    >>> _plain({"title": "A", "anyOf": [{"type": "string"}, {"type": "null"}], "default": None})
    {'type': 'string'}
    """
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: {name: _plain(one) for name, one in value.items()} if key in _NAMED else _plain(value)
        for key, value in schema.items()
        if not (key == "title" or (key == "default" and value in (None, [], {})))
    }
    either = [one for one in kept.get("anyOf", ()) if one != {"type": "null"}]
    if len(either) == 1:
        return {**{key: value for key, value in kept.items() if key != "anyOf"}, **either[0]}
    return kept


_NAMED: Final = ("properties", "$defs")
"""Under what the keys are names of whoever wrote the schema, and mean nothing in it."""


def _loose(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an answer without what only whoever writes one needs."""
    parts = schema.get("$defs", {}).values()
    for part in (schema, *parts):
        part.pop("description", None)
    for part in parts:
        part.pop("required", None)
        for one in part["properties"].values():
            one.pop("enum", None)
    return schema
