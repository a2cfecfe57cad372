"""Listeners: what happens to a ticket is told to its findings.

Tickets lie above, so their events are known here by their shape alone; `wiring` joins them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from careloop.crm_core.faults import finding_queries, findings
from careloop.crm_core.faults.models import FaultCase

ENDED = frozenset({"resolved", "closed"})
DRAWN_UP = frozenset({"incident"})
"""Types of tickets for which a finding is proposed where no engineer recorded one."""


class AboutTicket(Protocol):
    """A fact about a ticket."""

    @property
    def tenant_id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def ticket_id(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Moved(AboutTicket, Protocol):
    """A ticket changed its state."""

    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def type(self) -> str: ...


class Settled(AboutTicket, Protocol):
    """Time has told whether a repair lasted; null where nobody can tell."""

    @property
    def durable(self) -> bool | None: ...


class Merged(AboutTicket, Protocol):
    """A ticket became a part of another, or itself again."""

    @property
    def into(self) -> str: ...
    @property
    def into_id(self) -> str: ...
    @property
    def undone(self) -> bool: ...


class Visited(Protocol):
    """A visit was finished."""

    @property
    def tenant_id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def repeat_reason(self) -> str: ...


def on_visited(session: Session, event: Visited) -> None:
    """What was found on a visit that has to be made again for its diagnosis did not hold."""
    if event.repeat_reason == "diagnosis":
        findings.was_wrong(session, event.tenant_id, event.number)


def on_moved(session: Session, event: Moved) -> None:
    """An ended ticket closes its findings and waits for its own to be drawn up."""
    if event.after in ENDED:
        if event.before not in ENDED:
            findings.happened(session, event.tenant_id, event.ticket_id, "ended")
            if event.type in DRAWN_UP:
                wait(session, event.tenant_id, event.ticket_id, event.number, event.at)
    elif event.before in ENDED:
        _came_back(session, event)
    elif event.after == "cancelled":
        findings.happened(session, event.tenant_id, event.ticket_id, "cancelled")


def on_confirmed(session: Session, event: AboutTicket) -> None:
    findings.happened(session, event.tenant_id, event.ticket_id, "confirmed")


def on_settled(session: Session, event: Settled) -> None:
    """The repair lasted thirty days, or the same came back within them."""
    if event.durable is not None:
        what = "lasted" if event.durable else "came_back"
        findings.happened(session, event.tenant_id, event.ticket_id, what)


def on_reopened(session: Session, event: AboutTicket) -> None:
    _came_back(session, event)


def on_merged(session: Session, event: Merged) -> None:
    findings.follow_merge(
        session, event.tenant_id, event.ticket_id, event.into_id, event.into, event.undone
    )


def _came_back(session: Session, event: AboutTicket) -> None:
    findings.happened(session, event.tenant_id, event.ticket_id, "came_back")
    case = finding_queries.case(session, event.tenant_id, event.ticket_id)
    if case is not None:
        case.state, case.reason = "open", "reopened"


def wait(session: Session, tenant_id: str, ticket_id: str, ticket: str, at: datetime) -> None:
    """Put an ended ticket into the queue of those whose finding is to be drawn up."""
    case = finding_queries.case(session, tenant_id, ticket_id)
    if case is None:
        case = FaultCase(tenant_id=tenant_id, ticket_id=ticket_id, ticket=ticket)
        session.add(case)
    case.state, case.reason, case.ended_at = "waiting", "", at
