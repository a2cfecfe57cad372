"""Writers of saved views."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.views import queries
from careloop.crm_core.views.models import SavedView
from careloop.crm_core.views.policy import MOST_VIEWS, may_change
from careloop.crm_core.views.schemas import ChangeView, OrderViews, SavedViewView, SaveView
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, VersionConflict
from careloop.kit.ids import new_id


def save_view(session: Session, actor: Actor, command: SaveView) -> SavedViewView:
    """Keep filters under a name, at the end of one's own views."""
    if actor.user_id is None:
        raise Forbidden("Only a member of staff can keep views")
    if queries.how_many(session, actor) >= MOST_VIEWS:
        raise Conflict(f"You have {MOST_VIEWS} views; delete one first")
    own = queries.own_views(session, actor, command.list)
    row = SavedView(
        tenant_id=actor.tenant_id, id=new_id(), owner_id=actor.user_id, list_name=command.list,
        name=command.name.strip() or command.name, filters=command.filters, sort=command.sort,
        columns=command.columns, shared=command.shared, is_default=command.is_default,
        position=own[-1].position + 1 if own else 0,
    )  # fmt: skip
    session.add(row)
    if row.is_default:
        _only_default(session, own)
    session.flush()
    return _shown(session, actor, row)


def change_view(session: Session, actor: Actor, command: ChangeView) -> SavedViewView:
    """Change a view; `VersionConflict` when somebody did so meanwhile."""
    row = _changeable(session, actor, command.view_id)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this view meanwhile; load it again")
    if command.is_default and row.owner_id != actor.user_id:
        raise InvalidInput("Only a view of your own can be your default; save a copy first")
    if command.is_default:
        others = queries.own_views(session, actor, row.list_name)
        _only_default(session, [other for other in others if other.id != row.id])
    for name, value in command.model_dump(exclude={"view_id", "version"}).items():
        if value is not None:
            setattr(row, name, value)
    row.touch(now(session))
    return _shown(session, actor, row)


def delete_view(session: Session, actor: Actor, view_id: str) -> SavedViewView:
    """Delete a view; it is returned, so that the act can be undone."""
    row = _changeable(session, actor, view_id)
    shown = _shown(session, actor, row)
    session.delete(row)
    return shown


def order_views(session: Session, actor: Actor, command: OrderViews) -> list[SavedViewView]:
    """Put one's own views of a list in this order; those left out follow in their old one."""
    own = {row.id: row for row in queries.own_views(session, actor, command.list)}
    unknown = [view_id for view_id in command.ids if view_id not in own]
    if unknown:
        raise InvalidInput("Only your own views of this list can be ordered")
    wanted = list(dict.fromkeys(command.ids))
    for position, view_id in enumerate([*wanted, *(i for i in own if i not in wanted)]):
        if own[view_id].position != position:
            own[view_id].position = position
            own[view_id].touch(now(session))
    session.flush()
    return queries.views(session, actor, command.list)


def _changeable(session: Session, actor: Actor, view_id: str) -> SavedView:
    row = queries.view(session, actor, view_id, lock=True)
    if not may_change(actor, row.owner_id):
        raise Forbidden("This view is a colleague's; save a copy of your own")
    return row


def _only_default(session: Session, others: list[SavedView]) -> None:
    for other in others:
        if other.is_default:
            other.is_default = False
            other.touch(now(session))


def _shown(session: Session, actor: Actor, row: SavedView) -> SavedViewView:
    names = accounts.names(session, actor.tenant_id, {row.owner_id})
    return queries.view_of(row, actor, names.get(row.owner_id, ""))
