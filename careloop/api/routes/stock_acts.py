"""How the stock routes call a tool with fields from path, header and body together."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from careloop.api.bootstrap import Services
from careloop.kit.actor import Actor

M = TypeVar("M", bound=BaseModel)


def fields_of(body: BaseModel, base: int | None = None, **path: str) -> dict[str, Any]:
    """The fields of a command; the version in `If-Match` wins over the body's."""
    fields: dict[str, Any] = {name: getattr(body, name) for name in type(body).model_fields}
    if base is not None:
        fields["version"] = base
    return {**fields, **path}


def act_on(
    services: Services,
    actor: Actor,
    tool: str,
    fields: dict[str, Any],
    result: type[M],
    key: str | None = None,
) -> M:
    """Call a tool by its fields; what does not fit, a path included, is `InvalidInput`."""
    reason = str(fields.get("reason") or "")
    answer = services.runtime.invoke(actor, tool, fields, key=key, reason=reason)
    return result.model_validate(answer)
