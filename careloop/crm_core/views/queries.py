"""Selects of saved views."""

from __future__ import annotations

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.views.models import SavedView
from careloop.crm_core.views.policy import may_change
from careloop.crm_core.views.schemas import SavedViewView
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[SavedView]:
    """One's own views and those that colleagues share; nothing for customers."""
    statement = select(SavedView).where(SavedView.tenant_id == actor.tenant_id)
    if not actor.is_staff:
        return statement.where(false())
    return statement.where(or_(SavedView.shared, SavedView.owner_id == actor.user_id))


def views(session: Session, actor: Actor, list_name: str = "") -> list[SavedViewView]:
    """Views in order: one's own first, then those that others share, each by position."""
    statement = visible_to(actor)
    if list_name:
        statement = statement.where(SavedView.list_name == list_name)
    rows = list(session.scalars(statement.order_by(SavedView.position, SavedView.id)))
    names = accounts.names(session, actor.tenant_id, {row.owner_id for row in rows})
    rows.sort(key=lambda row: row.owner_id != actor.user_id)
    return [view_of(row, actor, names.get(row.owner_id, "")) for row in rows]


def view(session: Session, actor: Actor, view_id: str, lock: bool = False) -> SavedView:
    """One view, for the writers under a lock."""
    statement = visible_to(actor).where(SavedView.id == view_id)
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such view")
    return found


def own_views(session: Session, actor: Actor, list_name: str) -> list[SavedView]:
    """One's own views of a list, in order, under a lock."""
    statement = visible_to(actor).where(
        SavedView.owner_id == actor.user_id, SavedView.list_name == list_name
    )
    ordered = statement.order_by(SavedView.position, SavedView.id)
    return list(session.scalars(ordered.with_for_update()))


def how_many(session: Session, actor: Actor) -> int:
    """How many views the actor has made."""
    statement = select(func.count()).where(
        SavedView.tenant_id == actor.tenant_id, SavedView.owner_id == actor.user_id
    )
    return session.scalar(statement) or 0


def view_of(row: SavedView, actor: Actor, owner_name: str) -> SavedViewView:
    return SavedViewView(
        id=row.id, list=row.list_name, name=row.name, filters=row.filters, sort=row.sort,
        columns=row.columns, shared=row.shared, position=row.position,
        is_default=row.is_default and row.owner_id == actor.user_id,
        mine=row.owner_id == actor.user_id, owner_name=owner_name,
        may_change=may_change(actor, row.owner_id), version=row.version,
    )  # fmt: skip
