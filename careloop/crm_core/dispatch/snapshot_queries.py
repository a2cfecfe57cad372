"""Selects of what a snapshot of the roster and the visits is made of.

They serve a whole company: who may look at the result is decided by its readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, inspect, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.assets.models import Asset
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.dispatch.models import (
    DispatchChange,
    DispatchNeed,
    DispatchRevision,
    DispatchRule,
    DispatchSlot,
)  # fmt: skip
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import (
    AbsenceState,
    EngineerAbsence,
    EngineerCertificate,
    EngineerPosition,
    EngineerShift,
    ServiceArea,
)  # fmt: skip
from careloop.crm_core.workorders.models import OPEN_VISITS, VisitState, WorkOrder
from careloop.kit.db import Base

R = TypeVar("R", bound=Base)
PAST = timedelta(days=2)
"""How far back visits are held: for the day that is not over anywhere."""
CHUNK = 500


@dataclass(slots=True)
class EngineerRows:
    """An engineer with everything of the roster."""

    engineer: Engineer
    certificates: list[EngineerCertificate]
    shifts: list[EngineerShift]
    absences: list[EngineerAbsence]
    position: EngineerPosition | None


def revision(session: Session, tenant_id: str) -> int:
    """How often roster or visits changed; 0 where nothing ever did."""
    statement = select(DispatchRevision.revision).where(DispatchRevision.tenant_id == tenant_id)
    return session.scalar(statement) or 0


def all_revisions(session: Session) -> dict[str, int]:
    """The revision of every tenant, for what wakes sockets."""
    statement = select(DispatchRevision.tenant_id, DispatchRevision.revision)
    return {row[0]: row[1] for row in session.execute(statement)}


def changes(session: Session, tenant_id: str, after: int) -> list[tuple[int, str, str]]:
    """What changed after a revision: revision, kind, key."""
    row = DispatchChange
    statement = (
        select(row.revision, row.kind, row.key)
        .where(row.tenant_id == tenant_id, row.revision > after)
        .order_by(row.revision)
    )
    return [(number, kind, key) for number, kind, key in session.execute(statement)]


def engineer_rows(
    session: Session, tenant_id: str, at: datetime, ids: Iterable[str] | None = None
) -> list[EngineerRows]:
    """Engineers by code, all or some."""
    wanted = None if ids is None else list(ids)

    def rows(model: Any, key: Any, *where: ColumnElement[bool]) -> list[Any]:
        statement = select(model).where(model.tenant_id == tenant_id, *where)
        if wanted is not None:
            statement = statement.where(key.in_(wanted))
        return list(session.scalars(statement.execution_options(populate_existing=True)))

    certificates = _by_engineer(rows(EngineerCertificate, EngineerCertificate.engineer_id))
    weeks = _by_engineer(
        sorted(
            rows(EngineerShift, EngineerShift.engineer_id),
            key=lambda row: (row.valid_from, row.id), reverse=True,
        )
    )  # fmt: skip
    absences = _by_engineer(
        rows(
            EngineerAbsence, EngineerAbsence.engineer_id, EngineerAbsence.ends_at > at - PAST,
            EngineerAbsence.state == AbsenceState.APPROVED,
        )
    )  # fmt: skip
    positions = rows(EngineerPosition, EngineerPosition.engineer_id)
    seen = {row.engineer_id: copied(row) for row in positions}
    return [
        EngineerRows(
            copied(row), certificates[row.id], weeks[row.id], absences[row.id], seen.get(row.id)
        )
        for row in sorted(rows(Engineer, Engineer.id), key=lambda row: row.code)
    ]


def copied(row: R) -> R:
    """A row that belongs to no session, to be kept after it ends."""
    names = inspect(type(row)).column_attrs.keys()
    return type(row)(**{name: getattr(row, name) for name in names})


def _by_engineer(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.engineer_id].append(copied(row))
    return found


VISIT_COLUMNS = (
    WorkOrder.id, WorkOrder.number, WorkOrder.engineer, WorkOrder.state, WorkOrder.ticket_id,
    WorkOrder.asset_id, WorkOrder.customer_id, WorkOrder.window_from, WorkOrder.window_until,
    WorkOrder.arrived_at, WorkOrder.finished_at, WorkOrder.promised,
    DispatchSlot.starts_at, DispatchSlot.minutes, DispatchNeed.minutes, DispatchNeed.lat,
    DispatchNeed.lon, Asset.lat, Asset.lon, Customer.city, Customer.country,
)  # fmt: skip


def visit_rows(
    session: Session, tenant_id: str, at: datetime, changed: tuple[str, Iterable[str]] | None = None
) -> list[Any]:
    """Visits that are open or not long over, with what says where and when: `VISIT_COLUMNS`.

    `changed` narrows them: ("visit" | "ticket" | "asset" | "customer", ids).
    """
    statement = _visits(tenant_id).where(
        or_(
            WorkOrder.state.in_(OPEN_VISITS),
            and_(WorkOrder.state == VisitState.DONE, WorkOrder.window_from > at - PAST),
        ),
        WorkOrder.engineer != "",
        WorkOrder.window_until > at - PAST * 15,
    )
    if changed is None:
        return list(session.execute(statement))
    column = {
        "visit": WorkOrder.id, "ticket": WorkOrder.ticket_id, "asset": WorkOrder.asset_id,
        "customer": WorkOrder.customer_id,
    }[changed[0]]  # fmt: skip
    ids = list(changed[1])
    found: list[Any] = []
    for start in range(0, len(ids), CHUNK):
        found += session.execute(statement.where(column.in_(ids[start : start + CHUNK])))
    return found


def _visits(tenant_id: str) -> Select[Any]:
    def same(model: Any, column: Any, key: Any) -> ColumnElement[bool]:
        return and_(model.tenant_id == WorkOrder.tenant_id, column == key)

    columns: tuple[Any, ...] = VISIT_COLUMNS
    statement: Select[Any] = (
        select(*columns)
        .outerjoin(DispatchSlot, same(DispatchSlot, DispatchSlot.work_order_id, WorkOrder.id))
        .outerjoin(DispatchNeed, same(DispatchNeed, DispatchNeed.ticket_id, WorkOrder.ticket_id))
        .outerjoin(Asset, same(Asset, Asset.id, WorkOrder.asset_id))
        .outerjoin(Customer, same(Customer, Customer.id, WorkOrder.customer_id))
        .where(WorkOrder.tenant_id == tenant_id)
    )
    return statement


def area_rows(session: Session, tenant_id: str) -> list[ServiceArea]:
    statement = select(ServiceArea).where(ServiceArea.tenant_id == tenant_id)
    return list(
        session.scalars(
            statement.order_by(ServiceArea.code).execution_options(populate_existing=True)
        )
    )


def rule_rows(session: Session, tenant_id: str) -> list[DispatchRule]:
    """Active rules in the order in which they are asked."""
    row = DispatchRule
    statement = select(row).where(row.tenant_id == tenant_id, row.active)
    return list(session.scalars(statement.order_by(row.position, row.id)))
