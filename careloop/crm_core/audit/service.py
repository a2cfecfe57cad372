"""Writers of the audit; rows changed in a session are collected as they are flushed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, Session

from careloop.crm_core.audit.models import AnsweredCall, AuditEntry
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import TenantRow

Changes = list[dict[str, Any]]

_HIDDEN = {"password_hash", "secret_hash", "visitor_hash", "token_hash", "handle"}
_NOISE = {"tenant_id", "id", "version", "created_at", "updated_at"}


@contextmanager
def collect(session: Session) -> Iterator[Changes]:
    """Collect every row the block writes or deletes: table, id, per column [before, after]."""
    changes: Changes = []
    rows: list[TenantRow] = []

    def note(row: Any, gone: bool = False) -> None:
        if not isinstance(row, TenantRow) or not row.audited:
            return
        columns = _gone(row) if gone else _changed(row)
        if columns:
            changes.append({"table": row.__tablename__, "id": "", "columns": columns})
            rows.append(row)

    def before_flush(flushing: Session, *_: Any) -> None:
        # Changed rows first: an act on a ticket is filed under it, not under its history line.
        for row in (*flushing.dirty, *flushing.new):
            note(row)
        for row in flushing.deleted:
            note(row, gone=True)

    event.listen(session, "before_flush", before_flush)
    try:
        yield changes
        session.flush()
    finally:
        event.remove(session, "before_flush", before_flush)
    # A new row gets its id while it is flushed, so the ids are read at the end.
    for change, row in zip(changes, rows, strict=True):
        change["id"] = getattr(row, "id", row.tenant_id)


def _changed(row: TenantRow) -> dict[str, list[Any]]:
    state = inspect(row)
    # Of a row on file only what was set can differ; of a new one all that is set is new.
    touched = state.committed_state if state.key else state.dict
    columns: dict[str, list[Any]] = {}
    for key in _columns(type(row)):
        if key not in touched:
            continue
        if state.key is None:
            pair = [None, _plain(state.dict[key])]
        else:
            history = state.attrs[key].history
            if not history.has_changes():
                continue
            old, new = history.deleted, history.added
            pair = [_plain(old[0]) if old else None, _plain(new[0]) if new else None]
        columns[key] = ["***", "***"] if key in _HIDDEN else pair
    return columns


@cache
def _columns(kind: type[TenantRow]) -> tuple[str, ...]:
    """The columns of a table that an audit tells of, in their order."""
    return tuple(key for key in inspect(kind).attrs.keys() if key not in _NOISE)  # noqa: SIM118


def _gone(row: TenantRow) -> dict[str, list[Any]]:
    return {
        attribute.key: ["***" if attribute.key in _HIDDEN else _plain(attribute.value), None]
        for attribute in inspect(row).attrs
        if attribute.key not in _NOISE
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date | Decimal):
        return str(value)
    return value


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _never(_: Mapper[AuditEntry], __: Connection, row: AuditEntry) -> None:
    """An entry is written once. Retention and erasure, which the law demands, go another way."""
    raise AssertionError(f"the audit entry {row.id} may not be changed")


def record(
    session: Session, actor: Actor, tool: str, target: str, reason: str, changes: Changes
) -> None:
    """Write one audit entry; an entry is never changed or deleted."""
    # Past the session's unit of work: nobody asks this row for anything in its transaction.
    values = {
        "tenant_id": actor.tenant_id, "actor": actor.label, "tool": tool, "target": target,
        "reason": reason, "changes": changes,
    }  # fmt: skip
    session.connection().execute(insert(AuditEntry), values)


def remember(
    session: Session, actor: Actor, tool: str, key: str, arguments_hash: str, result: Any
) -> None:
    """Store the answer to a call in the same transaction as the act itself."""
    session.add(
        AnsweredCall(
            tenant_id=actor.tenant_id, actor=actor.label, tool=tool, key=key,
            arguments_hash=arguments_hash, result=result,
        )
    )  # fmt: skip
