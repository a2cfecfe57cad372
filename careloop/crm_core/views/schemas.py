"""Commands and views of saved views."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

FILTER_CHARS = 8_000

ListName = Literal[
    "tickets", "conversations", "assets", "contracts", "customers", "stock", "work_orders"
]


def _small(value: dict[str, Any]) -> dict[str, Any]:
    if len(json.dumps(value)) > FILTER_CHARS:
        raise ValueError(f"filters are at most {FILTER_CHARS} characters of JSON")
    return value


Filters = Annotated[dict[str, Any], AfterValidator(_small)]
Texts = list[str]  # a field called `list` hides the type inside its class
Columns = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)]


class SaveView(BaseModel):
    """A new view of a list."""

    list: ListName = Field(description="Which list it filters.")
    name: str = Field(min_length=1, max_length=80, description="What it is called.")
    filters: Filters = Field(default_factory=dict, description="The list's filters, as JSON.")
    sort: str = Field("", max_length=40, description="The list's order; empty: its usual one.")
    columns: Columns = Field([], description="Columns shown; empty: all.")
    shared: bool = Field(False, description="True: every colleague sees it.")
    is_default: bool = Field(False, description="True: one's list opens with it.")


class ChangeView(BaseModel):
    """Changes to a view; what is left out stays."""

    view_id: str = Field(description="Id of the view.")
    name: str | None = Field(None, min_length=1, max_length=80, description="What it is called.")
    filters: Filters | None = Field(None, description="The list's filters, as JSON.")
    sort: str | None = Field(None, max_length=40, description="The list's order.")
    columns: Columns | None = Field(None, description="Columns shown; empty: all.")
    shared: bool | None = Field(None, description="True: every colleague sees it.")
    is_default: bool | None = Field(None, description="True: one's list opens with it.")
    version: int | None = Field(None, description="Version that the change is based on.")


class PickView(BaseModel):
    """Which view."""

    view_id: str = Field(description="Id of the view.")


class OrderViews(BaseModel):
    """The order of one's own views of a list."""

    list: ListName = Field(description="Which list.")
    ids: Texts = Field(max_length=200, description="Ids of one's views, first to last.")


class SavedViewView(BaseModel):
    """A saved view as its readers see it."""

    id: str
    list: str
    name: str
    filters: dict[str, Any]
    sort: str
    columns: Texts
    shared: bool
    is_default: bool
    position: int
    mine: bool
    owner_name: str
    may_change: bool
    version: int


class SavedViews(BaseModel):
    """All views of a list that somebody sees, in order."""

    items: list[SavedViewView]
