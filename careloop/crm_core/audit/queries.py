"""Selects of the audit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.audit.models import AnsweredCall, AuditEntry
from careloop.crm_core.audit.schemas import AuditActor, AuditEntryView, ColumnChange, RowChange
from careloop.kit.actor import Actor
from careloop.kit.clock import iso


def visible_to(actor: Actor) -> Select[AuditEntry]:
    """Entries that the actor may read: all of the tenant, with the scope `audit:read`."""
    statement = select(AuditEntry).where(AuditEntry.tenant_id == actor.tenant_id)
    allowed = actor.is_staff and actor.may("audit:read")
    return statement if allowed else statement.where(false())


def entries(
    session: Session, actor: Actor, *, target: str = "", actor_label: str = "", tool: str = "",
    since: datetime | None = None, until: datetime | None = None, before: str = "",
    limit: int = 50,
) -> list[AuditEntryView]:  # fmt: skip
    """Acts, newest first, those older than the entry `before`.

    `target` is `<table>:<id>`, or `<table>:` for all rows of a table; `tool` may end with a dot
    for a whole domain (`tickets.`); `since` is included, `until` is not.
    """
    statement = visible_to(actor)
    if target:
        column = AuditEntry.target
        whole = target.endswith(":")
        statement = statement.where(column.startswith(target, autoescape=True) if whole
                                    else column == target)  # fmt: skip
    if actor_label:
        statement = statement.where(AuditEntry.actor == actor_label)
    if tool:
        domain = tool.endswith(".")
        statement = statement.where(AuditEntry.tool.startswith(tool, autoescape=True) if domain
                                    else AuditEntry.tool == tool)  # fmt: skip
    if since is not None:
        statement = statement.where(AuditEntry.created_at >= since)
    if until is not None:
        statement = statement.where(AuditEntry.created_at < until)
    if before:
        statement = statement.where(AuditEntry.id < before)
    rows = session.scalars(statement.order_by(AuditEntry.id.desc()).limit(limit))
    return _views(session, actor, rows.all())


def _views(session: Session, actor: Actor, rows: Sequence[AuditEntry]) -> list[AuditEntryView]:
    people = {row.actor.removeprefix("user:") for row in rows if row.actor.startswith("user:")}
    names = accounts.names(session, actor.tenant_id, people)
    return [entry_view(row, names) for row in rows]


def entry_view(row: AuditEntry, names: dict[str, str]) -> AuditEntryView:
    """The entry for readers; `names` are those of members of staff by id."""
    kind, _, found = row.actor.partition(":")
    changes = [
        RowChange(
            table=str(change["table"]),
            id=str(change["id"]),
            columns=[
                ColumnChange(column=name, before=pair[0], after=pair[1])
                for name, pair in change["columns"].items()
            ],
        )
        for change in row.changes
    ]
    return AuditEntryView(
        id=row.id, at=iso(row.created_at), tool=row.tool, target=row.target, reason=row.reason,
        actor=AuditActor(label=row.actor, kind=kind, id=found, name=names.get(found, "")),
        changes=changes,
    )  # fmt: skip


def answered(session: Session, actor: Actor, tool: str, key: str) -> AnsweredCall | None:
    """The stored answer to this actor's call with that key."""
    return session.scalar(
        select(AnsweredCall).where(
            AnsweredCall.tenant_id == actor.tenant_id,
            AnsweredCall.actor == actor.label,
            AnsweredCall.tool == tool,
            AnsweredCall.key == key,
        )
    )
