"""Saved views of lists."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from careloop.api.auth import DeskDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.crm_core.views import queries
from careloop.crm_core.views.schemas import (
    ChangeView,
    Columns,
    Filters,
    ListName,
    OrderViews,
    PickView,
    SavedViews,
    SavedViewView,
    SaveView,
)  # fmt: skip

router = APIRouter(prefix="/v1/views", tags=["views"])


class ViewChanges(BaseModel):
    name: str | None = Field(None, min_length=1, max_length=80)
    filters: Filters | None = None
    sort: str | None = Field(None, max_length=40)
    columns: Columns | None = None
    shared: bool | None = None
    is_default: bool | None = None
    version: int | None = None


@router.get("")
def views(
    session: SessionDep, actor: DeskDep,
    list_name: Annotated[ListName | None, Query(alias="list")] = None,
) -> SavedViews:  # fmt: skip
    """One's own views of a list, then those that colleagues share."""
    return SavedViews(items=queries.views(session, actor, list_name or ""))


@router.post("", status_code=201)
def save(services: ServicesDep, actor: StaffDep, body: SaveView, key: KeyDep) -> SavedViewView:
    """Keep filters under a name."""
    return act(services, actor, "views.save", body, SavedViewView, key=key)


@router.post("/order")
def order(services: ServicesDep, actor: StaffDep, body: OrderViews, key: KeyDep) -> SavedViews:
    """Put one's own views of a list in order."""
    return act(services, actor, "views.order", body, SavedViews, key=key)


@router.patch("/{view_id}")
def change(
    services: ServicesDep, actor: StaffDep, view_id: str, body: ViewChanges, response: Response,
    key: KeyDep, base: BaseVersionDep,
) -> SavedViewView:  # fmt: skip
    """Change a view; 412 when somebody did so meanwhile."""
    command = ChangeView(view_id=view_id, **body.model_dump(exclude_unset=True))
    if base is not None:
        command.version = base
    view = act(services, actor, "views.change", command, SavedViewView, key=key)
    tag(response, view.version)
    return view


@router.delete("/{view_id}")
def delete(services: ServicesDep, actor: StaffDep, view_id: str) -> SavedViewView:
    """Delete a view; the answer holds it, so that the act can be undone."""
    return act(services, actor, "views.delete", PickView(view_id=view_id), SavedViewView)
