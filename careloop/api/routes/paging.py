"""Lists by cursor."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

T = TypeVar("T")
MAX_SEQ = 2**31 - 1
"""The largest number that both databases keep in an integer column."""
Limit = Annotated[int, Query(ge=1, le=200)]
AfterSeq = Annotated[int, Query(ge=0, le=MAX_SEQ)]


class Page(BaseModel, Generic[T]):
    """One page; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None = None
