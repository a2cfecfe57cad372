"""What every write over HTTP has in common: its idempotency key, the version it is based on.

The header `Idempotency-Key` follows the IETF draft of the HTTPAPI working group: a string, quoted
as a structured header or bare. Missing where an act demands one: 400. The same key with other
arguments: 422. The same call still running: 409. Done before: the stored answer again.
"""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Response
from pydantic import BaseModel

from careloop.api.bootstrap import Services
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput, KeyMissing

KEY_CHARS = 200
M = TypeVar("M", bound=BaseModel)

_KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", max_length=KEY_CHARS,
        description="The same key with the same body acts once; kept for 72 hours.",
    ),
]  # fmt: skip


def _key(sent: _KeyHeader = None) -> str | None:
    # Not named `key`: a route may have a part of its path of that name.
    return _bare(sent) if sent is not None else None


def required_key(sent: _KeyHeader = None) -> str:
    """The key that came; `KeyMissing` without one."""
    found = _bare(sent) if sent is not None else ""
    if not found:
        raise KeyMissing("Send an Idempotency-Key: a new one for each act, the same one to retry")
    return found


def _bare(key: str) -> str:
    """The string inside the quotes of a structured header, or the value as it stands."""
    text = key.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


KeyDep = Annotated[str | None, Depends(_key)]
"""An optional key: a repeated request with it acts once."""
RequiredKeyDep = Annotated[str, Depends(required_key)]
"""A key without which the act is refused: stock, money, visits."""


def _base_version(
    if_match: Annotated[
        str | None, Header(description='Version the change is based on, as in `ETag: "3"`.')
    ] = None,
) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', if_match.strip())
    if found is None:
        raise InvalidInput('If-Match holds one version, such as "3"')
    return int(found[1])


BaseVersionDep = Annotated[int | None, Depends(_base_version)]
"""The version in `If-Match`; a write based on an older one than the row's answers 412."""


def tag(response: Response, version: int) -> None:
    """Tell the row's version as an entity tag, for `If-Match`."""
    response.headers["ETag"] = f'"{version}"'


def act(
    services: Services,
    actor: Actor,
    tool: str,
    command: BaseModel,
    result: type[M],
    key: str | None = None,
    reason: str = "",
) -> M:
    """Call a tool and give its result as the type that the route promises."""
    answer = services.runtime.invoke(actor, tool, command, key=key, reason=reason)
    return result.model_validate(answer)
