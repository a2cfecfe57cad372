"""The list of tickets: its filters, its sorts, its pages.

A page continues after the last row of the one before (keyset), so that new tickets neither repeat
nor hide a row. A sort that is not one run of an index is several, one after the other: tickets
with a due time before those without, one priority after another.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.custom import filter_queries as own_filters
from careloop.crm_core.custom.filter_queries import Given, Sought
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.tickets import lead_queries, own_order_queries, search_queries
from careloop.crm_core.tickets.lead_queries import DUE_STATES
from careloop.crm_core.tickets.models import Priority, Ticket, TicketTag, TicketWatcher
from careloop.crm_core.tickets.own_order_queries import OwnOrder
from careloop.crm_core.tickets.visible_queries import visible_to
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import UtcTime
from careloop.kit.errors import InvalidInput

Sort = Literal["newest", "due", "updated", "priority"]
Cursor = tuple[int, str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """Which tickets are wanted; what is empty does not filter.

    `assignee_id` may be `none` or `me`; `due_states` are ok, warning, breached, none; all `tags`
    must be on the ticket; times are instants, the first included, the second not.
    """

    q: str = ""
    states: Sequence[str] = ()
    priorities: Sequence[str] = ()
    types: Sequence[str] = ()
    assignee_id: str = ""
    engineer: str = ""
    customer_id: str = ""
    serial: str = ""
    model: str = ""
    tags: Sequence[str] = ()
    contract: str = ""
    parent: str = ""
    watching: bool = False
    due_before: datetime | None = None
    due_states: Sequence[str] = ()
    created_from: datetime | None = None
    created_until: datetime | None = None
    own_types: Sequence[str] = ()
    custom: Given = ()
    """Conditions over own fields, by the names of `custom.filter_queries`."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One stretch of a sort: a condition, the column before the id, and the direction."""

    condition: ColumnElement[bool] | None = None
    column: Any = None
    ascending: bool = False


RUNS: dict[str, tuple[_Run, ...]] = {
    "newest": (_Run(),),
    "updated": (_Run(column=Ticket.updated_at),),
    "due": (
        _Run(Ticket.due_at.is_not(None), Ticket.due_at, ascending=True),
        _Run(Ticket.due_at.is_(None)),
    ),
    "priority": tuple(_Run(Ticket.priority == one) for one in reversed(Priority)),
}


def page(
    session: Session,
    actor: Actor,
    wanted: TicketFilter,
    sort: str = "newest",
    after: Cursor | None = None,
    limit: int = 50,
) -> tuple[list[Ticket], Cursor | None]:
    """A page of what the actor may see, and where the next one begins; None after the last.

    `sort` is one of `Sort`, or `custom.<key>` with `-` before it for the other direction.
    """
    own = own_filters.sought(session, actor.tenant_id, Subject.TICKET, wanted.custom)
    if not actor.is_staff:
        statement = _with_own(filtered(actor, wanted), actor.tenant_id, own)
        return _found(session, actor, statement, wanted.q, _known(sort), after, limit, True)
    wanted = replace(wanted, tags=tuple(dict.fromkeys(_plain(tag) for tag in wanted.tags)))
    leads = lead_queries.leads(actor, wanted, own)
    ids = lead_queries.few(session, actor.tenant_id, leads)
    statement = _with_own(_looked_up(actor, wanted), actor.tenant_id, own)
    order = own_order_queries.order_of(session, actor.tenant_id, sort)
    if order is not None:
        if ids is not None:
            statement = statement.where(Ticket.id.in_(ids))
        return _in_own_order(session, actor, statement, order, wanted.q, after, limit, ids)
    sort = _known(sort)
    if ids is not None:
        if after and not wanted.q and sort == "newest":
            # The ids alone: with a bound beside them SQLite reads all tickets below it.
            ids, after = [one for one in ids if one < after[2]], None
        statement = statement.where(Ticket.id.in_(ids))
    elif not wanted.q and sort == "newest" and wanted != TicketFilter():
        lead = next((one for one in leads if one.in_order), lead_queries.ALL)
        before = after[2] if after else ""
        rows, following = lead_queries.newest(
            session, statement, actor.tenant_id, lead, before, limit
        )
        return rows, (0, None, following) if following is not None else None
    if wanted == TicketFilter():
        return _run_after_run(session, statement, sort, after, limit)
    narrow = ids is not None
    return _found(session, actor, statement, wanted.q, sort, after, limit, narrow)


def _known(sort: str) -> Sort:
    """A built-in order; `InvalidInput` for one that is none."""
    found: Sort | None = next((one for one in get_args(Sort) if one == sort), None)
    if found is None:
        raise InvalidInput(f"Lists cannot be sorted by {sort!r}")
    return found


def _with_own(statement: Select[Ticket], tenant_id: str, own: Sequence[Sought]) -> Select[Ticket]:
    """Own fields, looked up for each ticket."""
    for one in own:
        holds = own_filters.holds(one, tenant_id, Subject.TICKET, Ticket.id)
        statement = statement.where(holds)
    return statement


def _in_own_order(
    session: Session, actor: Actor, statement: Select[Ticket], order: OwnOrder, q: str,
    after: Cursor | None, limit: int, ids: list[str] | None,
) -> tuple[list[Ticket], Cursor | None]:  # fmt: skip
    """Tickets with a value in its order, then those without."""
    tenant_id = actor.tenant_id
    if q:
        statement = statement.where(search_queries.some_matching(session, tenant_id, q))
    rows: list[Ticket] = []
    number, value, last = after or (0, None, "")
    if number == 0:
        place = (value or "", last) if last else None
        found, stopped = own_order_queries.valued(
            session, statement, tenant_id, order, limit + 1, place, ids
        )
        if len(found) > limit:
            value, row = found[limit - 1]
            return [one for _, one in found[:limit]], (0, value, row.id)
        rows = [one for _, one in found]
        if stopped is not None:
            return rows, (0, *stopped)
        if len(rows) == limit:
            return rows, (1, None, "")
        last = ""
    rest = statement.where(order.without(tenant_id))
    begin = (0, None, last) if last else None
    wide = "" if ids is not None or q else tenant_id
    more, following = _run_after_run(
        session, rest, "newest", begin, limit - len(rows), wide, ids is not None
    )
    return rows + more, (1, None, following[2]) if following else None


def _found(
    session: Session, actor: Actor, statement: Select[Ticket], q: str, sort: Sort,
    after: Cursor | None, limit: int, narrow: bool,
) -> tuple[list[Ticket], Cursor | None]:  # fmt: skip
    """A page of a statement, with words or without; `narrow` leaves few tickets by itself."""
    if q and sort == "newest":
        before = after[2] if after else ""
        rows, following = search_queries.newest_matching(
            session, statement, actor.tenant_id, q, before, limit, narrow
        )
        return rows, (0, None, following) if following is not None else None
    if q:
        statement = statement.where(search_queries.some_matching(session, actor.tenant_id, q))
    wide = "" if narrow or q else actor.tenant_id
    return _run_after_run(session, statement, sort, after, limit, wide, actor.is_staff)


def _looked_up(actor: Actor, wanted: TicketFilter) -> Select[Ticket]:
    """What `filtered` gives, with tags and watching looked up for each ticket."""
    statement = filtered(actor, replace(wanted, tags=(), watching=False))
    for tag in wanted.tags:
        statement = statement.where(lead_queries.is_tagged(actor.tenant_id, tag))
    return statement.where(lead_queries.is_watched(actor)) if wanted.watching else statement


def _run_after_run(
    session: Session, statement: Select[Ticket], sort: Sort, after: Cursor | None, limit: int,
    wide: str = "", narrow: bool = False,
) -> tuple[list[Ticket], Cursor | None]:  # fmt: skip
    """A page through the runs of a sort; `wide` names the tenant of a statement that many tickets
    pass, which is read in windows, for a while; of a `narrow` one all rows are sorted."""
    number, value, last = after or (0, None, "")
    runs = RUNS[sort]
    if not 0 <= number < len(runs):
        raise InvalidInput("This cursor does not belong to this list; start again without one")
    rows: list[Ticket] = []
    ends: list[int] = []
    until = time.perf_counter() + lead_queries.SECONDS
    for index in range(number, len(runs)):
        here = _Place(runs[index], value, last)
        many = limit + 1 - len(rows)
        if wide:
            found, stopped = _in_windows(session, statement, wide, here, many, until)
        else:
            part = _part(statement, here, narrow).limit(many)
            found, stopped = list(session.scalars(part)), None
        rows.extend(found)
        ends.extend([index] * len(found))
        value, last = None, ""
        if len(rows) > limit:
            end = rows[limit - 1]
            return rows[:limit], _cursor(ends[limit - 1], runs[ends[limit - 1]], end)
        if stopped is not None:
            return rows, _cursor(index, runs[index], stopped)
    return rows, None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a run a page begins: after a value of its column and an id, or at its start."""

    run: _Run
    value: str | None
    last: str


def _part(statement: Select[Any], here: _Place, narrow: bool) -> Select[Any]:
    """The rows of a statement in a run, from a place on, in order."""
    run = here.run
    statement = _after(run, statement, here.value, here.last) if here.last else statement
    if run.condition is not None:
        statement = statement.where(run.condition)
    return _ordered(run, statement, narrow)


def _in_windows(
    session: Session, statement: Select[Ticket], tenant_id: str, here: _Place, many: int,
    until: float,
) -> tuple[list[Ticket], Row[Any] | None]:  # fmt: skip
    """The first rows of a statement in a run, and where it stopped as its time was up.

    Each window is a stretch of the sort's own index; the statement chooses among its tickets.
    """
    run, size = here.run, 4 * many
    columns = [Ticket.id] if run.column is None else [Ticket.id, run.column]
    stretch = select(*columns).where(Ticket.tenant_id == tenant_id)
    rows: list[Ticket] = []
    while True:
        seen = session.execute(_part(stretch, here, False).limit(size)).all()
        if seen:
            part = statement.where(Ticket.id.in_([row.id for row in seen]))
            rows += session.scalars(_ordered(run, part, True).limit(many - len(rows)))
        if len(rows) >= many or len(seen) < size:
            return rows, None
        if time.perf_counter() > until:
            return rows, seen[-1]
        here = _Place(run, *_cursor(0, run, seen[-1])[1:])
        size = min(4 * size, lead_queries.WINDOW)


def _cursor(index: int, run: _Run, end: Ticket | Row[Any]) -> Cursor:
    stamp = None if run.column is None else as_utc(getattr(end, run.column.key)).isoformat()
    return index, stamp, end.id


def _after(run: _Run, statement: Select[Ticket], value: str | None, last: str) -> Select[Ticket]:
    if run.column is None:
        return statement.where(Ticket.id > last if run.ascending else Ticket.id < last)
    try:
        at = datetime.fromisoformat(value or "")
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list; start again") from None
    here = tuple_(run.column, Ticket.id)
    there = tuple_(literal(at, UtcTime()), literal(last))
    return statement.where(here > there if run.ascending else here < there)


def _ordered(run: _Run, statement: Select[Any], narrow: bool) -> Select[Any]:
    """In the order of a run; of few rows by sorting these, which an expression compels."""
    columns = [Ticket.id] if run.column is None else [run.column, Ticket.id]
    if narrow and run.column is not None:
        columns[0] = func.coalesce(run.column, run.column)
    return statement.order_by(*(c.asc() if run.ascending else c.desc() for c in columns))


def filtered(actor: Actor, wanted: TicketFilter) -> Select[Ticket]:
    """The tickets that the actor may see and the filter wants, in no order; without its words."""
    statement = visible_to(actor)
    for column, values in (
        (Ticket.state, wanted.states), (Ticket.priority, wanted.priorities),
        (Ticket.type, wanted.types), (Ticket.own_type, wanted.own_types),
        (Ticket.engineer, _one(wanted.engineer)),
        (Ticket.customer_id, _one(wanted.customer_id)), (Ticket.serial, _one(wanted.serial)),
        (Ticket.model, _one(wanted.model)), (Ticket.contract, _one(wanted.contract)),
        (Ticket.parent, _one(wanted.parent)), (Ticket.due_state, _due_states(wanted.due_states)),
    ):  # fmt: skip
        if values:
            one = len(values) == 1
            statement = statement.where(column == values[0] if one else column.in_(values))
    for condition in (
        *_people(actor, wanted), *_times(wanted),
        *(Ticket.id.in_(_tagged(actor.tenant_id, _plain(tag))) for tag in wanted.tags),
    ):  # fmt: skip
        statement = statement.where(condition)
    return statement


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _due_states(wanted: Sequence[str]) -> list[str]:
    return [state for name in wanted for state in DUE_STATES[name]]


def _people(actor: Actor, wanted: TicketFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.assignee_id == "none":
        conditions.append(Ticket.assignee_id.is_(None))
    elif wanted.assignee_id:
        mine = wanted.assignee_id == "me"
        conditions.append(Ticket.assignee_id == (actor.user_id if mine else wanted.assignee_id))
    if wanted.watching:
        watched = select(TicketWatcher.ticket_id).where(
            TicketWatcher.tenant_id == actor.tenant_id, TicketWatcher.user_id == actor.user_id
        )
        conditions.append(Ticket.id.in_(watched))
    return conditions


def _times(wanted: TicketFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.due_before is not None:
        conditions.append(Ticket.due_at < wanted.due_before)
    if wanted.created_from is not None:
        conditions.append(Ticket.created_at >= wanted.created_from)
    if wanted.created_until is not None:
        conditions.append(Ticket.created_at < wanted.created_until)
    return conditions


def _plain(tag: str) -> str:
    """A tag as it is on file."""
    return " ".join(tag.split()).casefold()


def _tagged(tenant_id: str, tag: str) -> Select[str]:
    return select(TicketTag.ticket_id).where(TicketTag.tenant_id == tenant_id, TicketTag.tag == tag)


def tag_counts(session: Session, actor: Actor, limit: int = 200) -> list[tuple[str, int]]:
    """The maker's tags with the number of tickets they are on, the most used first."""
    if not (actor.is_staff and actor.may("tickets:read")):
        return []
    many = func.count()
    statement = (
        select(TicketTag.tag, many)
        .where(TicketTag.tenant_id == actor.tenant_id)
        .group_by(TicketTag.tag)
        .order_by(many.desc(), TicketTag.tag)
        .limit(limit)
    )
    return [(tag, count) for tag, count in session.execute(statement)]
