"""Selects of findings: the evidence of faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, false, func, select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.faults.models import Fault, FaultCase, FaultFinding, Outcome
from careloop.crm_core.faults.queries import reads, slot_view
from careloop.crm_core.faults.views import FindingView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound

Counts = Mapping[str, tuple[int, datetime | None]]
_PLAIN = (
    "id", "ticket", "origin_ticket", "origin", "outcome", "superseded_by", "model", "serial",
    "error_codes", "firmware", "parts", "minutes", "note", "actor",
)  # fmt: skip


def findings_visible_to(actor: Actor) -> Select[FaultFinding]:
    """Findings the actor may see: staff who read the library, or tickets."""
    statement = select(FaultFinding).where(FaultFinding.tenant_id == actor.tenant_id)
    return statement if reads(actor) else statement.where(false())


def finding(session: Session, actor: Actor, finding_id: str) -> FaultFinding:
    found = session.scalar(findings_visible_to(actor).where(FaultFinding.id == finding_id))
    if found is None:
        raise NotFound("There is no such finding")
    return found


def of_fault(
    session: Session, actor: Actor, fault_id: str, outcome: str = "",
    after: tuple[datetime, str] | None = None, limit: int = 50,
) -> tuple[list[FaultFinding], tuple[datetime, str] | None]:  # fmt: skip
    """Evidence of a fault, the newest first, and where the next page begins."""
    statement = findings_visible_to(actor).where(FaultFinding.fault_id == fault_id)
    if outcome:
        statement = statement.where(FaultFinding.outcome == outcome)
    if after:
        place = tuple_(FaultFinding.happened_at, FaultFinding.id)
        statement = statement.where(place < after)
    order = (FaultFinding.happened_at.desc(), FaultFinding.id.desc())
    rows = list(session.scalars(statement.order_by(*order).limit(limit + 1)))
    more = len(rows) > limit
    rows = rows[:limit]
    return rows, (rows[-1].happened_at, rows[-1].id) if more else None


def of_ticket(session: Session, actor: Actor, ticket_id: str) -> list[FaultFinding]:
    """Findings of a ticket, the oldest first, also those that were replaced."""
    statement = findings_visible_to(actor).where(FaultFinding.ticket_id == ticket_id)
    return list(session.scalars(statement.order_by(FaultFinding.happened_at, FaultFinding.id)))


def newest(session: Session, actor: Actor, limit: int) -> list[FaultFinding]:
    """Findings of all faults that count for something, the newest first."""
    statement = findings_visible_to(actor).where(FaultFinding.outcome != Outcome.VOID)
    order = (FaultFinding.happened_at.desc(), FaultFinding.id.desc())
    return list(session.scalars(statement.order_by(*order).limit(limit)))


def of_visit(session: Session, actor: Actor, work_order: str) -> list[FaultFinding]:
    statement = findings_visible_to(actor).where(FaultFinding.work_order == work_order)
    return list(session.scalars(statement.order_by(FaultFinding.happened_at, FaultFinding.id)))


def live_of_ticket(session: Session, tenant_id: str, ticket_id: str) -> list[FaultFinding]:
    """Findings of a ticket that still count for something to come: neither failed nor replaced."""
    statement = select(FaultFinding).where(
        FaultFinding.tenant_id == tenant_id, FaultFinding.ticket_id == ticket_id,
        FaultFinding.outcome.not_in((Outcome.FAILED, Outcome.VOID)),
    )  # fmt: skip
    return list(session.scalars(statement.order_by(FaultFinding.id).with_for_update()))


def live_of_visit(session: Session, tenant_id: str, work_order: str) -> list[FaultFinding]:
    """The same of one visit."""
    statement = select(FaultFinding).where(
        FaultFinding.tenant_id == tenant_id,
        FaultFinding.work_order == work_order,
        FaultFinding.outcome.not_in((Outcome.FAILED, Outcome.VOID)),
    )
    return list(session.scalars(statement.order_by(FaultFinding.id).with_for_update()))


def live_of_tickets(
    session: Session, tenant_id: str, ticket_ids: Iterable[str]
) -> dict[str, list[FaultFinding]]:
    """The same of many tickets, by ticket."""
    statement = select(FaultFinding).where(
        FaultFinding.tenant_id == tenant_id,
        FaultFinding.ticket_id.in_(list(ticket_ids)),
        FaultFinding.outcome.not_in((Outcome.FAILED, Outcome.VOID)),
    )
    found: dict[str, list[FaultFinding]] = {}
    for row in session.scalars(statement.order_by(FaultFinding.id).with_for_update()):
        found.setdefault(row.ticket_id, []).append(row)
    return found


def all_of_ticket(session: Session, tenant_id: str, ticket_id: str) -> list[FaultFinding]:
    """Every finding of a ticket, and of tickets that were merged into it."""
    statement = select(FaultFinding).where(
        FaultFinding.tenant_id == tenant_id, FaultFinding.ticket_id == ticket_id
    )
    return list(session.scalars(statement.order_by(FaultFinding.id).with_for_update()))


def by_command(session: Session, tenant_id: str, command_id: str) -> FaultFinding | None:
    statement = select(FaultFinding).where(
        FaultFinding.tenant_id == tenant_id, FaultFinding.command_id == command_id
    )
    return session.scalar(statement)


def ids_of_fault(session: Session, tenant_id: str, fault_id: str) -> list[FaultFinding]:
    """All evidence of a fault, locked in the order of its ids."""
    statement = select(FaultFinding).where(
        FaultFinding.tenant_id == tenant_id, FaultFinding.fault_id == fault_id
    )
    return list(session.scalars(statement.order_by(FaultFinding.id).with_for_update()))


def counts(session: Session, tenant_id: str, fault_ids: Sequence[str]) -> dict[str, Counts]:
    """By fault and outcome: how many findings, and when the last was."""
    rows = session.execute(
        select(
            FaultFinding.fault_id, FaultFinding.outcome, func.count(),
            func.max(FaultFinding.happened_at),
        )
        .where(FaultFinding.tenant_id == tenant_id, FaultFinding.fault_id.in_(fault_ids))
        .group_by(FaultFinding.fault_id, FaultFinding.outcome)
    )  # fmt: skip
    found: dict[str, dict[str, tuple[int, datetime | None]]] = {}
    for fault_id, outcome, number, seen in rows:
        found.setdefault(fault_id, {})[outcome] = (number, seen)
    return dict(found)


def counted(
    session: Session, tenant_id: str, fault_ids: Iterable[str]
) -> list[tuple[str, str, dict[str, int], int | None]]:
    """(fault, model, parts, minutes) of every ended case of these faults."""
    statement = select(
        FaultFinding.fault_id, FaultFinding.model, FaultFinding.parts, FaultFinding.minutes
    ).where(
        FaultFinding.tenant_id == tenant_id, FaultFinding.fault_id.in_(list(fault_ids)),
        FaultFinding.outcome.not_in((Outcome.VOID, Outcome.OPEN)),
    )  # fmt: skip
    return [(row[0], row[1], dict(row[2] or {}), row[3]) for row in session.execute(statement)]


def case(session: Session, tenant_id: str, ticket_id: str) -> FaultCase | None:
    return session.get(FaultCase, (tenant_id, ticket_id))


def waiting_cases(session: Session, tenant_id: str, limit: int) -> list[FaultCase]:
    """Ended tickets that wait for their finding, the oldest first, locked."""
    statement = select(FaultCase).where(
        FaultCase.tenant_id == tenant_id, FaultCase.state == "waiting"
    )
    order = (FaultCase.ended_at, FaultCase.ticket_id)
    return list(session.scalars(statement.order_by(*order).limit(limit).with_for_update()))


def waiting_count(session: Session, tenant_id: str) -> int:
    statement = select(func.count()).where(
        FaultCase.tenant_id == tenant_id, FaultCase.state == "waiting"
    )
    return session.scalar(statement) or 0


def tenants_with_cases(session: Session) -> list[str]:
    """Makers with ended tickets that wait, or with imported faults whose words are not matched.

    For the sweep, whose session serves the whole installation.
    """
    waiting = select(FaultCase.tenant_id).where(FaultCase.state == "waiting")
    raw = select(Fault.tenant_id).where(Fault.resolved.is_(False))
    return sorted({*session.scalars(waiting.distinct()), *session.scalars(raw.distinct())})


def cases_known(session: Session, tenant_id: str, ticket_ids: Sequence[str]) -> set[str]:
    """Those of the tickets that were looked at, or wait for it."""
    statement = select(FaultCase.ticket_id).where(
        FaultCase.tenant_id == tenant_id, FaultCase.ticket_id.in_(ticket_ids)
    )
    return set(session.scalars(statement))


def finding_view(row: FaultFinding, fault: Fault | None) -> FindingView:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return FindingView(
        **plain, fault=fault.number if fault else "", fault_state=fault.state if fault else "",
        work_order=row.work_order or None,
        outcome_at=iso(row.outcome_at) if row.outcome_at else None,
        component=slot_view(row, "component"), symptom=slot_view(row, "symptom"),
        cause=slot_view(row, "cause"), remedy=slot_view(row, "remedy"),
        happened_at=iso(row.happened_at), created_at=iso(row.created_at),
    )  # fmt: skip
