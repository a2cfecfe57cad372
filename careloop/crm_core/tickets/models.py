"""Tables of tickets and their history; the state machine lives on the row."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.tickets.errors import TransitionNotAllowed
from careloop.kit.db import Entity, TenantRow, owned_by


class TicketType(StrEnum):
    INCIDENT = "incident"
    REQUEST = "request"
    INSTALLATION = "installation"
    MAINTENANCE = "maintenance"
    RETURN = "return"
    COMPLAINT = "complaint"


class TicketState(StrEnum):
    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_PARTS = "waiting_parts"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


S = TicketState
_WORK = {S.ASSIGNED, S.IN_PROGRESS, S.WAITING_CUSTOMER, S.WAITING_PARTS}
TRANSITIONS: dict[TicketState, frozenset[TicketState]] = {
    S.NEW: frozenset(_WORK | {S.RESOLVED, S.CANCELLED}),
    **{state: frozenset((_WORK - {state}) | {S.RESOLVED, S.CANCELLED}) for state in _WORK},
    S.RESOLVED: frozenset({S.CLOSED, S.IN_PROGRESS}),
    S.CLOSED: frozenset({S.IN_PROGRESS}),
    S.CANCELLED: frozenset(),
}
OPEN_STATES = frozenset({S.NEW, *_WORK})


class Ticket(Entity):
    """A unit of service work, from intake to closure."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("customer", "customer_id"),
        owned_by("contact", "contact_id"),
        owned_by("asset", "asset_id"),
        Index("ix_ticket_state", "tenant_id", "state", "id"),
        Index("ix_ticket_asset", "tenant_id", "asset_id"),
        Index("ix_ticket_customer", "tenant_id", "customer_id", "id"),
        Index("ix_ticket_conversation", "tenant_id", "conversation_id"),
    )

    number: Mapped[str] = mapped_column(String(40))
    type: Mapped[str] = mapped_column(String(20), default=TicketType.INCIDENT)
    state: Mapped[str] = mapped_column(String(20), default=TicketState.NEW)
    priority: Mapped[str] = mapped_column(String(10), default=Priority.NORMAL)
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    channel: Mapped[str] = mapped_column(String(20), default="")
    customer_id: Mapped[str | None] = mapped_column(String(26))
    contact_id: Mapped[str | None] = mapped_column(String(26))
    asset_id: Mapped[str | None] = mapped_column(String(26))
    serial: Mapped[str] = mapped_column(String(80), default="")
    model: Mapped[str] = mapped_column(String(80), default="")
    conversation_id: Mapped[str | None] = mapped_column(String(26))
    assignee_id: Mapped[str | None] = mapped_column(String(26))
    engineer: Mapped[str] = mapped_column(String(40), default="")
    error_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    callback_phone: Mapped[str] = mapped_column(String(30), default="")
    diagnosis: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    history_seq: Mapped[int] = mapped_column(default=0)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def move_to(self, state: TicketState, now: datetime) -> None:
        """Change the state; `TransitionNotAllowed` names what is possible instead."""
        present = TicketState(self.state)
        if state not in TRANSITIONS[present]:
            raise TransitionNotAllowed(present, state, sorted(TRANSITIONS[present]))
        self.state = state
        if state is TicketState.RESOLVED:
            self.resolved_at = now
        elif state in {TicketState.CLOSED, TicketState.CANCELLED}:
            self.closed_at = now
        else:
            self.resolved_at = self.closed_at = None
        self.touch(now)

    def next_seq(self) -> int:
        self.history_seq += 1
        return self.history_seq


class TicketEvent(Entity):
    """One line of a ticket's history; `public` lines may be shown to the customer."""

    __tablename__ = "ticket_event"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        UniqueConstraint("tenant_id", "ticket_id", "seq"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    public: Mapped[bool] = mapped_column(default=False)


class TicketCounter(TenantRow):
    """The last ticket number given in a year."""

    __tablename__ = "ticket_counter"
    audited = False

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)
