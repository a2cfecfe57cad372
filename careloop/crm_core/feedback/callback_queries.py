"""Selects of call-backs; staff only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, false, func, select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.feedback.models import CallbackState, CallbackTask
from careloop.crm_core.feedback.views import CallbackView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.errors import NotFound

_PLAIN = (
    "id", "ticket", "contact_id", "customer_id", "owner_id", "state", "reason", "phone",
    "postponed", "outcome", "note", "done_by", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackFilter:
    """Which call-backs are wanted; `owner` is a user, `none`, or empty for all."""

    states: Sequence[str] = ()
    owner: str = ""
    ticket: str = ""
    overdue: bool = False


def callbacks_visible_to(actor: Actor) -> Select[CallbackTask]:
    """Call-backs the actor may see."""
    statement = select(CallbackTask).where(CallbackTask.tenant_id == actor.tenant_id)
    allowed = actor.is_staff and actor.may("feedback:read")
    return statement if allowed else statement.where(false())


def callback(session: Session, actor: Actor, task_id: str, lock: bool = False) -> CallbackTask:
    statement = callbacks_visible_to(actor).where(CallbackTask.id == task_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such call-back")
    return found


def callbacks(
    session: Session, actor: Actor, wanted: CallbackFilter,
    after: tuple[datetime, str] | None = None, limit: int = 50,
) -> tuple[list[CallbackTask], tuple[datetime, str] | None]:  # fmt: skip
    """Call-backs, the first due first, and where the next page begins."""
    statement = callbacks_visible_to(actor)
    if wanted.states:
        statement = statement.where(CallbackTask.state.in_(wanted.states))
    if wanted.owner:
        owner = CallbackTask.owner_id
        nobody = owner.is_(None)
        statement = statement.where(nobody if wanted.owner == "none" else owner == wanted.owner)
    if wanted.ticket:
        statement = statement.where(CallbackTask.ticket == wanted.ticket)
    if wanted.overdue:
        statement = statement.where(
            CallbackTask.state == CallbackState.OPEN, CallbackTask.due_at < now(session)
        )
    if after:
        statement = statement.where(tuple_(CallbackTask.due_at, CallbackTask.id) > after)
    order = (CallbackTask.due_at, CallbackTask.id)
    rows = list(session.scalars(statement.order_by(*order).limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    return rows, (rows[-1].due_at, rows[-1].id) if more else None


def of_answer(session: Session, tenant_id: str, answer_id: str) -> CallbackTask | None:
    statement = select(CallbackTask).where(
        CallbackTask.tenant_id == tenant_id, CallbackTask.answer_id == answer_id
    )
    return session.scalar(statement)


def open_counts(session: Session, actor: Actor) -> tuple[int, int]:
    """(open, overdue)."""
    statement = callbacks_visible_to(actor).where(CallbackTask.state == CallbackState.OPEN)
    counted = statement.with_only_columns(
        func.count(), func.count().filter(CallbackTask.due_at < now(session))
    )
    row = session.execute(counted).one()
    return row[0], row[1]


def to_remind(session: Session, at: datetime, limit: int) -> list[CallbackTask]:
    """Open call-backs of all makers that are due and nobody was told of, for the sweep."""
    statement = select(CallbackTask).where(
        CallbackTask.state == CallbackState.OPEN, CallbackTask.due_at <= at,
        CallbackTask.reminded_at.is_(None),
    )  # fmt: skip
    return list(session.scalars(statement.order_by(CallbackTask.due_at).limit(limit)))


def callback_view(row: CallbackTask, at: datetime) -> CallbackView:
    return CallbackView(
        **{name: getattr(row, name) for name in _PLAIN}, feedback_id=row.answer_id,
        due_at=iso(row.due_at), overdue=row.state == CallbackState.OPEN and row.due_at < at,
        done_at=iso(row.done_at) if row.done_at else None, created_at=iso(row.created_at),
    )  # fmt: skip
