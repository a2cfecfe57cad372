"""Selects of visits; staff only, but for what a customer may know of the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.custom.filter_queries import Given, narrowed
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders.models import (
    OPEN_VISITS,
    STEPS,
    VisitCommand,
    VisitState,
    WorkOrder,
    WorkOrderCounter,
)  # fmt: skip
from careloop.crm_core.workorders.views import (
    PlaceAndTime,
    VisitNews,
    WindowView,
    WorkOrderView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import UtcTime
from careloop.kit.errors import InvalidInput, NotFound

Sort = Literal["window", "newest"]
Cursor = tuple[str | None, str]
_POSSIBLE = {str(state): sorted(following) for state, following in STEPS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFilter:
    """Which visits are wanted; what is empty does not filter.

    `mine` are those of the engineer whose login the reader has; `window_from` and
    `window_until` keep windows that touch that span.
    """

    q: str = ""
    states: Sequence[str] = ()
    engineer: str = ""
    ticket: str = ""
    customer_id: str = ""
    serial: str = ""
    mine: bool = False
    window_from: datetime | None = None
    window_until: datetime | None = None
    custom: Given = ()


def visible_to(actor: Actor) -> Select[WorkOrder]:
    """Visits the actor may see: all of the maker for staff who read tickets, else none."""
    statement = select(WorkOrder).where(WorkOrder.tenant_id == actor.tenant_id)
    allowed = actor.is_staff and (actor.may("tickets:read") or actor.may("work:write"))
    return statement if allowed else statement.where(false())


def work_order(session: Session, actor: Actor, number: str, lock: bool = False) -> WorkOrder:
    statement = visible_to(actor).where(WorkOrder.number == number.strip().upper())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no work order {number} that you may see")
    return found


def page(
    session: Session, actor: Actor, sought: VisitFilter, sort: Sort = "window",
    after: Cursor | None = None, limit: int = 50,
) -> tuple[list[WorkOrder], Cursor | None]:  # fmt: skip
    """Visits by the beginning of their window, or newest first; and where the next page begins."""
    statement = narrowed(
        session, actor.tenant_id, Subject.WORK_ORDER, _filtered(actor, sought), sought.custom
    )
    if sort == "newest":
        if after:
            statement = statement.where(WorkOrder.id < after[1])
        statement = statement.order_by(WorkOrder.id.desc())
    else:
        if after:
            here = tuple_(WorkOrder.window_from, WorkOrder.id)
            statement = statement.where(
                here > tuple_(literal(_instant(after[0]), UtcTime()), literal(after[1]))
            )
        statement = statement.order_by(WorkOrder.window_from, WorkOrder.id)
    rows = list(session.scalars(statement.limit(limit + 1)))
    if len(rows) <= limit:
        return rows, None
    end = rows[limit - 1]
    return rows[:limit], (as_utc(end.window_from).isoformat(), end.id)


def _instant(value: str | None) -> datetime:
    try:
        return datetime.fromisoformat(value or "")
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list; start again") from None


def _filtered(actor: Actor, sought: VisitFilter) -> Select[WorkOrder]:
    statement = visible_to(actor)
    for column, value in (
        (WorkOrder.engineer, sought.engineer), (WorkOrder.ticket, sought.ticket.strip().upper()),
        (WorkOrder.customer_id, sought.customer_id), (WorkOrder.serial, sought.serial),
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if sought.states:
        statement = statement.where(WorkOrder.state.in_(sought.states))
    if sought.mine:
        own = select(Engineer.code).where(
            Engineer.tenant_id == actor.tenant_id, Engineer.user_id == actor.user_id
        )
        statement = statement.where(WorkOrder.engineer.in_(own))
    if sought.window_from is not None:
        statement = statement.where(WorkOrder.window_until > sought.window_from)
    if sought.window_until is not None:
        statement = statement.where(WorkOrder.window_from < sought.window_until)
    if sought.q:
        word = sought.q.lower()
        columns = (WorkOrder.number, WorkOrder.ticket, WorkOrder.serial, WorkOrder.site)
        statement = statement.where(
            or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))
        )
    return statement


def of_ticket(session: Session, actor: Actor, ticket_ids: Iterable[str]) -> list[WorkOrder]:
    """The visits of a ticket, and of those merged into it, in the order they were planned."""
    statement = visible_to(actor).where(WorkOrder.ticket_id.in_(list(ticket_ids)))
    return list(session.scalars(statement.order_by(WorkOrder.id)))


def of_asset(session: Session, actor: Actor, asset_id: str, limit: int = 100) -> list[WorkOrder]:
    """The visits to a device, the newest first."""
    statement = visible_to(actor).where(WorkOrder.asset_id == asset_id)
    return list(session.scalars(statement.order_by(WorkOrder.id.desc()).limit(limit)))


def count_of_ticket(session: Session, tenant_id: str, ticket_id: str) -> int:
    statement = select(func.count()).where(
        WorkOrder.tenant_id == tenant_id, WorkOrder.ticket_id == ticket_id
    )
    return session.scalar(statement) or 0


def open_of_ticket(session: Session, tenant_id: str, ticket_id: str) -> list[str]:
    """Numbers of the ticket's visits that are still to come or under way."""
    statement = select(WorkOrder.number).where(
        WorkOrder.tenant_id == tenant_id,
        WorkOrder.ticket_id == ticket_id,
        WorkOrder.state.in_(OPEN_VISITS),
    )
    return list(session.scalars(statement.order_by(WorkOrder.visit)))


def overlapping(session: Session, actor: Actor, row: WorkOrder) -> list[str]:
    """Other open visits of the same engineer whose window touches this one's."""
    if not row.engineer or not row.is_open:
        return []
    statement = (
        select(WorkOrder.number)
        .where(
            WorkOrder.tenant_id == actor.tenant_id,
            WorkOrder.engineer == row.engineer,
            WorkOrder.id != row.id,
            WorkOrder.state.in_(OPEN_VISITS),
            WorkOrder.window_from < row.window_until,
            WorkOrder.window_until > row.window_from,
        )
        .order_by(WorkOrder.window_from)
    )
    return list(session.scalars(statement))


def command(session: Session, tenant_id: str, command_id: str) -> VisitCommand | None:
    return session.get(VisitCommand, (tenant_id, command_id))


def counter(session: Session, tenant_id: str, year: int) -> WorkOrderCounter | None:
    statement = select(WorkOrderCounter).where(
        WorkOrderCounter.tenant_id == tenant_id, WorkOrderCounter.year == year
    )
    return session.scalar(statement.with_for_update())


def engineer_of(session: Session, actor: Actor) -> Engineer | None:
    """The engineer whose login the actor has."""
    if not actor.user_id:
        return None
    statement = select(Engineer).where(
        Engineer.tenant_id == actor.tenant_id, Engineer.user_id == actor.user_id
    )
    return session.scalar(statement.order_by(Engineer.code).limit(1))


def engineer(session: Session, actor: Actor, code: str) -> Engineer:
    """The engineer of that code; `NotFound` when there is none."""
    statement = select(Engineer).where(
        Engineer.tenant_id == actor.tenant_id, Engineer.code == code.strip()
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no engineer {code}")
    return found


def news(session: Session, tenant_id: str, ticket_id: str) -> VisitNews | None:
    """What a customer may know of the visit under way or next; no name, no reason, no note."""
    statement = select(WorkOrder).where(
        WorkOrder.tenant_id == tenant_id,
        WorkOrder.ticket_id == ticket_id,
        WorkOrder.state.in_(OPEN_VISITS),
    )
    row = session.scalar(statement.order_by(WorkOrder.window_from).limit(1))
    if row is None:
        return None
    return VisitNews(
        state=row.state, from_=iso(row.window_from), until=iso(row.window_until),
        time_zone=row.time_zone, promised=row.promised,
    )  # fmt: skip


def first_visits(
    session: Session, actor: Actor, since: datetime, until: datetime
) -> list[tuple[str, str, str, int]]:
    """First visits that ended in the span: ticket, result, repeat reason, visits of the ticket."""
    many = (
        select(WorkOrder.ticket_id, func.max(WorkOrder.visit).label("visits"))
        .where(WorkOrder.tenant_id == actor.tenant_id, WorkOrder.state != VisitState.CANCELLED)
        .group_by(WorkOrder.ticket_id)
        .subquery()
    )
    first = visible_to(actor).subquery()
    statement = (
        select(first.c.ticket_id, first.c.result, first.c.repeat_reason, many.c.visits)
        .join(many, many.c.ticket_id == first.c.ticket_id)
        .where(
            first.c.visit == 1,
            first.c.state == VisitState.DONE,
            first.c.finished_at >= since,
            first.c.finished_at < until,
        )
    )
    return [tuple(row) for row in session.execute(statement)]


def work_order_view(row: WorkOrder) -> WorkOrderView:
    return WorkOrderView(**facts(row))


def facts(row: WorkOrder) -> dict[str, Any]:
    """The values of `WorkOrderView`."""
    return {
        **{name: getattr(row, name) for name in _PLAIN},
        **{name: _time(getattr(row, name)) for name in _TIMES},
        "window": WindowView(
            from_=iso(row.window_from), until=iso(row.window_until), time_zone=row.time_zone,
            promised=row.promised,
        ),
        "check_in": PlaceAndTime(**row.check_in) if row.check_in else None,
        "check_out": PlaceAndTime(**row.check_out) if row.check_out else None,
        "travel_km": float(row.travel_km) if row.travel_km is not None else None,
        "signed": row.is_signed,
        "possible_states": _POSSIBLE[row.state],
    }  # fmt: skip


def _time(value: datetime | None) -> str | None:
    return iso(value) if value is not None else None


_TIMES = ("confirmed_at", "departed_at", "created_at", "updated_at")
_MADE = {"window", "check_in", "check_out", "travel_km", "signed", "possible_states"}
_PLAIN = tuple(name for name in WorkOrderView.model_fields if name not in {*_TIMES, *_MADE})
