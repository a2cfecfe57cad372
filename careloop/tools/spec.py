"""How a tool is declared: one typed function with its effect, scope and confirmation."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor


class Effect(StrEnum):
    """What a tool does to the world."""

    READ = "read"
    WRITE = "write"
    DESTROY = "destroy"


class Confirm(StrEnum):
    """Whose yes a call needs before it acts."""

    NONE = "none"
    CUSTOMER = "customer"
    PERSON = "person"


Handler = Callable[[Session, Actor, Any], BaseModel]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A declared tool; `arguments` and `result` are read from the function's annotations.

    A `heartbeat` is repeated by machines all day and leaves no audit entry.
    """

    name: str
    effect: Effect
    scope: str
    confirm: Confirm
    summary: str
    arguments: type[BaseModel]
    result: type[BaseModel]
    handler: Handler
    heartbeat: bool = False

    def schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of the arguments."""
        return self.arguments.model_json_schema()


F = TypeVar("F", bound=Callable[..., BaseModel])


def tool(
    name: str,
    *,
    effect: Effect,
    scope: str,
    confirm: Confirm = Confirm.NONE,
    heartbeat: bool = False,
) -> Callable[[F], F]:
    """Declare `(session, actor, command) -> result` as a tool; the first doc line describes it."""

    def declare(function: F) -> F:
        hints = get_type_hints(function)
        names = list(inspect.signature(function).parameters)
        summary = (inspect.getdoc(function) or "").split("\n", 1)[0]
        if not summary:
            raise TypeError(f"{name}: a tool needs a docstring")
        spec = ToolSpec(
            name,
            effect,
            scope,
            confirm,
            summary,
            hints[names[2]],
            hints["return"],
            function,
            heartbeat,
        )
        function.__dict__["tool_spec"] = spec
        return function

    return declare


class Done(BaseModel):
    """The result of an act that returns nothing else."""

    done: bool = Field(True, description="Nothing else is told.")
