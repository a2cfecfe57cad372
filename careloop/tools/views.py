"""Tools over saved views."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.views import service
from careloop.crm_core.views.schemas import (
    ChangeView,
    OrderViews,
    PickView,
    SavedViews,
    SavedViewView,
    SaveView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


@tool("views.save", effect=Effect.WRITE, scope="desk")
def save_view(session: Session, actor: Actor, command: SaveView) -> SavedViewView:
    """Keep the filters of a list under a name."""
    return service.save_view(session, actor, command)


@tool("views.change", effect=Effect.WRITE, scope="desk")
def change_view(session: Session, actor: Actor, command: ChangeView) -> SavedViewView:
    """Change a saved view: name, filters, who sees it, whether it is one's default."""
    return service.change_view(session, actor, command)


@tool("views.delete", effect=Effect.DESTROY, scope="desk")
def delete_view(session: Session, actor: Actor, command: PickView) -> SavedViewView:
    """Delete a saved view; it is answered, so that the act can be undone."""
    return service.delete_view(session, actor, command.view_id)


@tool("views.order", effect=Effect.WRITE, scope="desk")
def order_views(session: Session, actor: Actor, command: OrderViews) -> SavedViews:
    """Put one's own views of a list in order."""
    return SavedViews(items=service.order_views(session, actor, command))
