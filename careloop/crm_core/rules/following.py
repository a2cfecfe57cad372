"""What happens in the books becomes work for rules: a small row in the same transaction.

Nothing is looked at here. A rule that fails, or takes long, cannot touch the act that woke it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing.events import QuoteDecided
from careloop.crm_core.conversations.events import CustomerWaits
from careloop.crm_core.feedback.events import FeedbackGiven
from careloop.crm_core.rules import queries
from careloop.crm_core.rules.events import RuleTaskWritten
from careloop.crm_core.rules.models import RuleTask
from careloop.crm_core.sla.events import SlaBreached, SlaWarned
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.events import (
    TicketCommented,
    TicketEdited,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketReplied,
)  # fmt: skip
from careloop.crm_core.tickets.models import TicketState
from careloop.crm_core.workorders.events import WorkOrderFinished, WorkOrderPlanned
from careloop.kit.actor import system_actor
from careloop.kit.db import now
from careloop.kit.errors import NotFound
from careloop.kit.events import EventBus, emit
from careloop.kit.ids import new_id

MAX_DEPTH = 5
"""Rules that act on what rules did, at most; one more is not woken."""
CAUSE, CUT = "rules.cause", "rules.cut"


@dataclass(frozen=True, slots=True)
class Cause:
    """The rule that acts at this moment: the chain it is in and the rules that led to it."""

    chain_id: str
    path: tuple[str, ...]


def join(bus: EventBus) -> None:
    """Listen to everything that rules can wait for."""
    bus.on(TicketOpened, _opened)
    bus.on(TicketEdited, _edited)
    bus.on(TicketMoved, _moved)
    bus.on(TicketCommented, _commented)
    bus.on(TicketReplied, lambda s, e: wake(s, e.tenant_id, "ticket.replied", e.ticket_id))
    bus.on(TicketReopened, lambda s, e: wake(s, e.tenant_id, "ticket.reopened", e.ticket_id))
    bus.on(SlaWarned, lambda s, e: _promise(s, "sla.warned", e))
    bus.on(SlaBreached, lambda s, e: _promise(s, "sla.breached", e))
    bus.on(WorkOrderPlanned, _planned)
    bus.on(WorkOrderFinished, _finished)
    bus.on(FeedbackGiven, _rated)
    bus.on(QuoteDecided, _decided)
    bus.on(CustomerWaits, _waits)


def wake(
    session: Session, tenant_id: str, trigger: str, object_id: str,
    data: Mapping[str, Any] | None = None, subject: str = "ticket",
) -> None:  # fmt: skip
    """Note that something happened, if some rule waits for it."""
    if not queries.waits_for(session, tenant_id, trigger):
        return
    cause: Cause | None = session.info.get(CAUSE)
    if cause is not None and len(cause.path) >= MAX_DEPTH:
        session.info[CUT] = session.info.get(CUT, 0) + 1
        return
    task_id = new_id()
    add_task(
        session,
        tenant_id,
        task_id,
        trigger,
        object_id,
        event_key=task_id,
        data=data or {},
        subject=subject,
        chain_id=cause.chain_id if cause else task_id,
        path=list(cause.path) if cause else [],
    )


def add_task(
    session: Session, tenant_id: str, task_id: str, trigger: str, object_id: str, *,
    event_key: str, data: Mapping[str, Any], subject: str, chain_id: str, path: list[str],
    rule_id: str | None = None, due_at: datetime | None = None,
) -> None:  # fmt: skip
    """Write a task, and tell the worker once it is committed."""
    at = now(session)
    session.add(
        RuleTask(
            tenant_id=tenant_id, id=task_id, event_key=event_key, trigger=trigger,
            subject=subject, object_id=object_id, data=dict(data), rule_id=rule_id,
            chain_id=chain_id, path=path, state="waiting", attempts=0, error="", created_at=at,
            due_at=due_at or at,
        )
    )  # fmt: skip
    emit(session, RuleTaskWritten(tenant_id))


def _opened(session: Session, event: TicketOpened) -> None:
    wake(session, event.tenant_id, "ticket.opened", event.ticket_id)


def _edited(session: Session, event: TicketEdited) -> None:
    changed = sorted(event.changes)
    wake(session, event.tenant_id, "ticket.changed", event.ticket_id, {"changed": changed})


def _moved(session: Session, event: TicketMoved) -> None:
    data = {"before": event.before, "after": event.after}
    wake(session, event.tenant_id, "ticket.moved", event.ticket_id, data)
    if event.after == TicketState.CLOSED:
        wake(session, event.tenant_id, "ticket.closed", event.ticket_id, data)


def _commented(session: Session, event: TicketCommented) -> None:
    data = {"public": event.public, "by": event.by}
    wake(session, event.tenant_id, "ticket.commented", event.ticket_id, data)


def _promise(session: Session, trigger: str, event: SlaWarned | SlaBreached) -> None:
    _about(session, event.tenant_id, trigger, event.number, {"promise": event.kind})


def _planned(session: Session, event: WorkOrderPlanned) -> None:
    data = {"work_order": event.number}
    wake(session, event.tenant_id, "visit.planned", event.ticket_id, data)


def _finished(session: Session, event: WorkOrderFinished) -> None:
    data = {"work_order": event.number}
    wake(session, event.tenant_id, "visit.finished", event.ticket_id, data)


def _rated(session: Session, event: FeedbackGiven) -> None:
    if event.low:
        data = {"csat": event.csat, "nps": event.nps}
        _about(session, event.tenant_id, "feedback.low", event.ticket, data)


def _decided(session: Session, event: QuoteDecided) -> None:
    trigger = "quote.approved" if event.approved else "quote.rejected"
    data = {"quote": event.number, "reason": event.reason}
    _about(session, event.tenant_id, trigger, event.ticket, data)


def _waits(session: Session, event: CustomerWaits) -> None:
    wake(
        session, event.tenant_id, "conversation.handed_off", event.conversation_id,
        {"reason": event.reason}, "conversation",
    )  # fmt: skip


def _about(
    session: Session, tenant_id: str, trigger: str, number: str, data: Mapping[str, Any]
) -> None:
    """The same for an event that names its ticket by number; one without a ticket wakes none."""
    if not number or not queries.waits_for(session, tenant_id, trigger):
        return
    try:
        row = tickets.ticket(session, system_actor(tenant_id), number)
    except NotFound:
        return
    wake(session, tenant_id, trigger, row.id, data)
