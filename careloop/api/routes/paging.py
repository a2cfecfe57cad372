"""Lists by cursor."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Generic, TypeVar

from fastapi import Query, Request
from pydantic import BaseModel

from careloop.kit.errors import InvalidInput

T = TypeVar("T")
MAX_SEQ = 2**31 - 1
"""The largest number that both databases keep in an integer column."""
Limit = Annotated[int, Query(ge=1, le=200)]
AfterSeq = Annotated[int, Query(ge=0, le=MAX_SEQ)]


class Page(BaseModel, Generic[T]):
    """One page; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None = None


def multi(request: Request) -> dict[str, list[str]]:
    """The parameters of an address, each with all its values."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def encode_cursor(*values: str | int | None) -> str:
    """An opaque cursor out of the values that the last row of a page is sorted by."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, size: int) -> list[str | int | None] | None:
    """The values of a cursor; None for the first page; `InvalidInput` for one that is not ours."""
    if not cursor:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        values = None
    whole = isinstance(values, list) and len(values) == size
    if not whole or not all(value is None or type(value) in {str, int} for value in values):
        raise InvalidInput("This cursor does not belong to this list; start again without one")
    found: list[str | int | None] = values
    return found
