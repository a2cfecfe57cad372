"""Selects of runs and their records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.sop import queries
from careloop.crm_core.sop.content import SopContent
from careloop.crm_core.sop.models import RunState, Sop, SopRecord, SopRun
from careloop.crm_core.sop.policy import Entry, Progress, progress, to_come
from careloop.crm_core.sop.queries import VersionKey
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound

OPEN_RUNS = (RunState.ATTACHED, RunState.BEGUN)


def visible_to(actor: Actor) -> Select[SopRun]:
    """Runs the actor may see: all of the maker for staff who read standard work."""
    statement = select(SopRun).where(SopRun.tenant_id == actor.tenant_id)
    return statement if actor.is_staff and actor.may("sop:read") else statement.where(false())


@dataclass(frozen=True, slots=True)
class RunFilter:
    """What a list of runs is narrowed by; empty fields do not narrow."""

    states: Sequence[str] = ()
    results: Sequence[str] = ()
    sop: str = ""
    work_order: str = ""
    serial: str = ""
    deviating: bool = False


def run(session: Session, actor: Actor, run_id: str, lock: bool = False) -> SopRun:
    """The run of that id; `NotFound` for what the actor may not see."""
    statement = visible_to(actor).where(SopRun.id == run_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such run that you may see")
    return found


def of_work_order(session: Session, actor: Actor, work_order: str) -> list[SopRun]:
    """The runs on a visit in the order in which they were put on it, those taken off last."""
    statement = visible_to(actor).where(SopRun.work_order == work_order)
    rows = list(session.scalars(statement.order_by(SopRun.id)))
    return sorted(rows, key=lambda row: row.state == RunState.WITHDRAWN)


def page(
    session: Session, actor: Actor, sought: RunFilter, before: str = "", limit: int = 50
) -> list[SopRun]:
    """Runs, the newest first, those before `before`."""
    statement = visible_to(actor)
    for column, value in (
        (SopRun.sop, sought.sop), (SopRun.work_order, sought.work_order.strip().upper()),
        (SopRun.serial, sought.serial),
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if sought.states:
        statement = statement.where(SopRun.state.in_(sought.states))
    if sought.results:
        statement = statement.where(SopRun.result.in_(sought.results))
    if sought.deviating:
        statement = statement.where(SopRun.deviations > 0)
    if before:
        statement = statement.where(SopRun.id < before)
    return list(session.scalars(statement.order_by(SopRun.id.desc()).limit(limit)))


def records(session: Session, row: SopRun) -> list[SopRecord]:
    """What was recorded, in the order in which it came in."""
    statement = select(SopRecord).where(
        SopRecord.tenant_id == row.tenant_id, SopRecord.run_id == row.id
    )
    return list(session.scalars(statement.order_by(SopRecord.seq)))


def record_by_command(session: Session, tenant_id: str, command_id: str) -> SopRecord | None:
    """The record that a device's command made."""
    statement = select(SopRecord).where(
        SopRecord.tenant_id == tenant_id, SopRecord.command_id == command_id
    )
    return session.scalar(statement)


def has_run(session: Session, tenant_id: str, work_order: str, sop_id: str) -> bool:
    """Whether the procedure is, or once was, on the visit."""
    statement = select(SopRun.id).where(
        SopRun.tenant_id == tenant_id, SopRun.work_order == work_order, SopRun.sop_id == sop_id
    )
    return session.scalar(statement.limit(1)) is not None


def open_runs(session: Session, tenant_id: str, work_order: str) -> list[SopRun]:
    """Runs on a visit that are not at their end."""
    statement = select(SopRun).where(
        SopRun.tenant_id == tenant_id, SopRun.work_order == work_order,
        SopRun.state.in_(OPEN_RUNS),
    )  # fmt: skip
    return list(session.scalars(statement.order_by(SopRun.id)))


def content_of(session: Session, row: SopRun) -> SopContent:
    """What the run's version says; before it began, what the newest one says."""
    number = row.number
    if not number:
        owner = queries.by_id(session, row.tenant_id, row.sop_id)
        number = owner.published if owner else 0
    return queries.content(session, row.tenant_id, row.sop_id, number)


def contents_of(session: Session, rows: Sequence[SopRun]) -> dict[str, tuple[int, SopContent]]:
    """Number and content of the version of each run, by the run's id."""
    if not rows:
        return {}
    tenant_id = rows[0].tenant_id
    newest = _newest(session, tenant_id, {row.sop_id for row in rows})
    numbers = {row.id: row.number or newest.get(row.sop_id, 0) for row in rows}
    keys = {row.id: VersionKey(row.sop_id, numbers[row.id]) for row in rows}
    known = queries.contents(session, tenant_id, keys.values())
    return {row.id: (numbers[row.id], known.get(keys[row.id], SopContent())) for row in rows}


def _newest(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, int]:
    statement = select(Sop.id, Sop.published).where(Sop.tenant_id == tenant_id, Sop.id.in_(ids))
    return {row.id: row.published for row in session.execute(statement)}


def entries(rows: Sequence[SopRecord]) -> list[Entry]:
    """Records as the walk takes them."""
    return [
        Entry(row.id, row.step, row.outcome, row.option, row.order_at, row.seq, row.corrects)
        for row in rows
    ]


def progress_of(session: Session, row: SopRun, content: SopContent) -> Progress:
    return progress(content.steps, entries(records(session, row)))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A required run that is not at its end, and the titles of what is still to do."""

    run_id: str
    sop: str
    title: dict[str, str]
    missing: tuple[dict[str, str], ...]


def unfinished(session: Session, tenant_id: str, work_order: str) -> list[Unfinished]:
    """Required runs on a visit that are not at their end."""
    rows = [row for row in open_runs(session, tenant_id, work_order) if row.required]
    known = contents_of(session, rows)
    found = []
    for row in rows:
        _, content = known[row.id]
        here = row.next_step or (content.steps[0].id if content.steps else "")
        missing = tuple(dict(step.title) for step in to_come(content.steps, here))
        found.append(Unfinished(row.id, row.sop, dict(content.title), missing))
    return found


def record_of_run(session: Session, row: SopRun, record_id: str) -> SopRecord | None:
    """A record of this run, by its id."""
    statement = select(SopRecord).where(
        SopRecord.tenant_id == row.tenant_id, SopRecord.run_id == row.id,
        SopRecord.id == record_id,
    )  # fmt: skip
    return session.scalar(statement)
