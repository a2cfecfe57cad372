"""Notices what changes engineers or visits, whoever changes it, and counts a revision.

Every flush is looked through for rows that a board shows. The last statement before a commit
raises the tenant's revision and writes down what changed: the row of the revision is locked from
then until the commit, so revisions become visible in their order and without gaps, and no act can
wait for another while it holds it. A process that holds a snapshot reads what came after its own
revision (`snapshot`), a socket hears `BoardChanged`.

Statements that go past the session's rows must say so: `everything_changed`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect, text
from sqlalchemy.orm import Session

from careloop.crm_core.assets.models import Asset
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.dispatch.events import BoardChanged
from careloop.crm_core.dispatch.models import (
    DispatchNeed,
    DispatchRule,
    DispatchSettings,
    DispatchSlot,
)  # fmt: skip
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import (
    EngineerAbsence,
    EngineerCertificate,
    EngineerPosition,
    EngineerShift,
    ServiceArea,
)  # fmt: skip
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.events import emit

NOTED = "dispatch_changes"
MOST_KEYS = 300
"""Of more changes in one act the whole is read again."""
KEPT_REVISIONS = 2_000
Noted = dict[str, set[tuple[str, str]]]

_ENGINEER_ROWS = (EngineerAbsence, EngineerCertificate, EngineerPosition, EngineerShift)
_ALL = (ServiceArea, DispatchSettings, DispatchRule)
_WATCHED = {
    Asset: ("asset", ("lat", "lon", "site", "customer_id")),
    Customer: ("customer", ("city", "country")),
}
_TOLD = ("state", "type", "priority", "due_at", "due_state", "asset_id", "customer_id", "title")
"""What of a ticket a board shows; it wakes readers and changes no snapshot."""
TELL = ("tell", "")
_RAISE = text(
    "INSERT INTO dispatch_revision (tenant_id, revision) VALUES (:tenant, 1) "
    "ON CONFLICT (tenant_id) DO UPDATE SET revision = dispatch_revision.revision + 1 "
    "RETURNING revision"
)
_NOTE = text(
    "INSERT INTO dispatch_change (tenant_id, revision, kind, key) "
    "VALUES (:tenant, :revision, :kind, :key)"
)
_FORGET = text("DELETE FROM dispatch_change WHERE tenant_id = :tenant AND revision < :oldest")


def everything_changed(session: Session, tenant_id: str) -> None:
    """Say that rows were written past the session, as an import does."""
    _noted(session).setdefault(tenant_id, set()).add(("all", ""))


def noted(session: Session, tenant_id: str) -> set[tuple[str, str]]:
    """What this session has changed and not yet committed."""
    return _noted(session).get(tenant_id, set())


def _noted(session: Session) -> Noted:
    found: Noted = session.info.setdefault(NOTED, {})
    return found


def _key(row: Any, new: bool) -> tuple[str, str] | None:
    if isinstance(row, WorkOrder):
        return ("visit", row.id)
    if isinstance(row, Engineer):
        return ("engineer", row.id)
    if isinstance(row, _ENGINEER_ROWS):
        return ("engineer", row.engineer_id)
    if isinstance(row, DispatchSlot):
        return ("visit", row.work_order_id)
    if isinstance(row, DispatchNeed):
        return ("ticket", row.ticket_id)
    if isinstance(row, _ALL):
        return ("all", "")
    for kind, (name, columns) in _WATCHED.items():
        if isinstance(row, kind):
            return (name, row.id) if not new and _touched(row, columns) else None
    if isinstance(row, Ticket) and (new or _touched(row, _TOLD)):
        return TELL
    return None


def _touched(row: Any, columns: tuple[str, ...]) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in columns)


def _look_through(session: Session, *_: Any) -> None:
    for rows, new in ((session.new, True), (session.dirty, False), (session.deleted, False)):
        for row in rows:
            key = _key(row, new)
            if key is not None:
                _noted(session).setdefault(row.tenant_id, set()).add(key)


def _count(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    for tenant_id, keys in session.info.pop(NOTED, {}).items():
        revision = _write_down(session, tenant_id, keys - {TELL}) if keys != {TELL} else 0
        emit(session, BoardChanged(tenant_id, revision))


def _write_down(session: Session, tenant_id: str, keys: set[tuple[str, str]]) -> int:
    whole = ("all", "") in keys or len(keys) > MOST_KEYS
    revision: int = session.execute(_RAISE, {"tenant": tenant_id}).scalar_one()
    session.execute(
        _NOTE,
        [
            {"tenant": tenant_id, "revision": revision, "kind": kind, "key": key}
            for kind, key in ([("all", "")] if whole else sorted(keys))
        ],
    )
    if revision % 200 == 0:
        session.execute(_FORGET, {"tenant": tenant_id, "oldest": revision - KEPT_REVISIONS})
    return revision


def _forget(session: Session, previous: Any) -> None:
    if not session.in_transaction():
        session.info.pop(NOTED, None)


def watch() -> None:
    """Look at every session from now on; may be called any number of times."""
    for name, listener in (
        ("after_flush", _look_through), ("before_commit", _count),
        ("after_soft_rollback", _forget),
    ):  # fmt: skip
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)
