"""What dispatch does when something happens elsewhere in the books."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import board_queries, journal, plans, rules, settings_queries
from careloop.crm_core.dispatch.plan_schemas import MAX_DAYS, DraftPlan
from careloop.crm_core.notices.models import Severity
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.notices.service import notify
from careloop.crm_core.tickets.events import TicketOpened
from careloop.crm_core.workforce import roster, roster_queries
from careloop.crm_core.workforce.events import AbsenceDecidedOn, AbsenceRequested, EngineerAbsent
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders.events import (
    EngineerArrived,
    WorkOrderFinished,
    WorkOrderPlanned,
)  # fmt: skip
from careloop.crm_core.workorders.models import RepeatReason
from careloop.kit.actor import system_actor
from careloop.kit.clock import iso
from careloop.kit.db import now

PLAN_SECONDS = 5.0
_AT_ONCE = frozenset({RepeatReason.SKILL, RepeatReason.DIAGNOSIS})
"""Why a visit is repeated at once; the other reasons wait for somebody."""


def on_ticket_opened(session: Session, event: TicketOpened) -> None:
    """A ticket may need a visit: ask the rules."""
    rules.on_new_job(session, event.tenant_id, event.number)


def on_visit_planned(session: Session, event: WorkOrderPlanned) -> None:
    """A visit without an engineer: ask the rules."""
    if not event.engineer:
        rules.on_new_job(session, event.tenant_id, event.ticket)


def on_visit_finished(session: Session, event: WorkOrderFinished) -> None:
    """One more visit is needed, and nothing is waited for: ask the rules."""
    if event.repeat_reason in _AT_ONCE:
        rules.on_new_job(session, event.tenant_id, event.ticket)


def on_arrived(session: Session, event: EngineerArrived) -> None:
    """A check-in with a place says where the engineer is."""
    actor = system_actor(event.tenant_id)
    row = visits.work_order(session, actor, event.number)
    seen = row.check_in or {}
    if seen.get("lat") is None or seen.get("lon") is None or not row.engineer:
        return
    if not roster_queries.engineer_exists(session, event.tenant_id, row.engineer):
        return
    owner = roster_queries.engineer(session, actor, row.engineer)
    roster.note_position(
        session, event.tenant_id, owner.id, seen["lat"], seen["lon"], event.happened_at,
        "check_in", seen.get("accuracy_m"),
    )  # fmt: skip


def on_absent(session: Session, event: EngineerAbsent) -> None:
    """Tell the dispatchers which visits somebody else must do, and plan anew where it is wished."""
    if event.ends_at <= now(session):
        return
    actor = system_actor(event.tenant_id)
    since = max(event.starts_at, now(session))
    touched = [
        row for row in board_queries.visits_in(session, actor, since, event.ends_at)
        if row.is_open and row.engineer == event.engineer
    ]  # fmt: skip
    settings = settings_queries.facts(session, event.tenant_id)
    if not touched or settings.replan == "off":
        return
    numbers = ", ".join(row.number for row in touched[:20])
    text = f"{event.engineer} is away; {len(touched)} visits need somebody else: {numbers}"
    journal.tell_dispatchers(
        session, event.tenant_id, "dispatch_engineer_away", text,
        f"dispatch_engineer_away:{event.absence_id}:{iso(event.ends_at)}",
        {"engineer": event.engineer, "visits": len(touched), "numbers": numbers,
         "from": iso(event.starts_at), "until": iso(event.ends_at)},
        severity=Severity.WARNING,
    )  # fmt: skip
    journal.note(session, actor, "absence", "visits_touched", engineer=event.engineer, text=text)
    if settings.replan == "draft":
        until = min(event.ends_at, since + timedelta(days=MAX_DAYS))
        command = DraftPlan(
            from_=since, until=until, seconds=PLAN_SECONDS, keep=True, cause=text[:200]
        )
        plans.draft(session, actor, command, reason="absence")


def on_absence_requested(session: Session, event: AbsenceRequested) -> None:
    """A dispatcher has to answer."""
    text = f"{event.name} asks to be away from {iso(event.starts_at)} until {iso(event.ends_at)}"
    journal.tell_dispatchers(
        session, event.tenant_id, "dispatch_absence_requested", text,
        f"dispatch_absence_requested:{event.absence_id}",
        {"engineer": event.engineer, "name": event.name, "from": iso(event.starts_at),
         "until": iso(event.ends_at)},
    )  # fmt: skip


def on_absence_decided(session: Session, event: AbsenceDecidedOn) -> None:
    """The engineer hears the answer."""
    if event.user_id is None:
        return
    text = f"Your absence from {iso(event.starts_at)} is {event.state}"
    notify(
        session, event.tenant_id, [event.user_id],
        Message(
            kind="dispatch", key=f"dispatch_absence_{event.state}", text=text, link="/absences",
            args={"from": iso(event.starts_at), "state": event.state},
            dedupe=f"dispatch_absence:{event.absence_id}:{event.state}",
        ),
    )  # fmt: skip
