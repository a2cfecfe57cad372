"""Tables of tickets and their history; the state machine lives on the row."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.custom.models import Customised, Subject
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
    MERGED = "merged"


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
    S.MERGED: frozenset(),
}
"""A ticket becomes `merged`, and itself again, by the acts of that name alone."""
OPEN_STATES = frozenset({S.NEW, *_WORK})


class Ticket(Customised):
    """A unit of service work, from intake to closure."""

    __tablename__ = "ticket"
    custom_subject = Subject.TICKET
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("customer", "customer_id"),
        owned_by("contact", "contact_id"),
        owned_by("asset", "asset_id"),
        owned_by("ticket", "parent_id"),
        owned_by("ticket", "merged_into_id"),
        Index("ix_ticket_state", "tenant_id", "state", "id"),
        Index("ix_ticket_own_type", "tenant_id", "own_type", "id"),
        Index("ix_ticket_priority", "tenant_id", "priority", "id"),
        Index("ix_ticket_asset", "tenant_id", "asset_id", "id"),
        Index("ix_ticket_customer", "tenant_id", "customer_id", "id"),
        Index("ix_ticket_contact", "tenant_id", "contact_id", "id"),
        Index("ix_ticket_assignee", "tenant_id", "assignee_id", "id"),
        Index("ix_ticket_engineer", "tenant_id", "engineer", "id"),
        Index("ix_ticket_conversation", "tenant_id", "conversation_id"),
        Index("ix_ticket_serial", "tenant_id", "serial", "id"),
        Index("ix_ticket_model", "tenant_id", "model", "id"),
        Index("ix_ticket_created", "tenant_id", "created_at", "id"),
        Index("ix_ticket_contract", "tenant_id", "contract", "id"),
        Index("ix_ticket_parent", "tenant_id", "parent_id"),
        Index("ix_ticket_merged", "tenant_id", "merged_into_id"),
        Index("ix_ticket_due", "tenant_id", "due_at", "id"),
        Index("ix_ticket_due_state", "tenant_id", "due_state", "due_at"),
        Index("ix_ticket_updated", "tenant_id", "updated_at", "id"),
        Index("ix_ticket_closed", "tenant_id", "closed_at", "id"),
    )

    number: Mapped[str] = mapped_column(String(40))
    type: Mapped[str] = mapped_column(String(20), default=TicketType.INCIDENT)
    own_type: Mapped[str] = mapped_column(String(20), default="")
    """Code of the maker's own type, of which `type` is the base; empty: the built-in one."""
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
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What its type asks for, by the names in `policy.FORMS`."""
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The same tags as its rows of `TicketTag`, so that a list needs no second select."""
    contract: Mapped[str] = mapped_column(String(60), default="")
    parent_id: Mapped[str | None] = mapped_column(String(26))
    parent: Mapped[str] = mapped_column(String(40), default="")
    children_count: Mapped[int] = mapped_column(default=0)
    merged_into_id: Mapped[str | None] = mapped_column(String(26))
    merged_into: Mapped[str] = mapped_column(String(40), default="")
    merged_count: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    due_kind: Mapped[str] = mapped_column(String(10), default="")
    due_state: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None]
    """First public answer by a person of the maker."""
    resolution: Mapped[str] = mapped_column(Text, default="")
    cause: Mapped[str] = mapped_column(String(60), default="")
    component: Mapped[str] = mapped_column(String(120), default="")
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(String(20), default="")
    durable: Mapped[bool | None]
    durable_at: Mapped[datetime | None]
    reopened_count: Mapped[int] = mapped_column(default=0)
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
            if present in {TicketState.RESOLVED, TicketState.CLOSED}:
                self._taken_up_again()
            self.resolved_at = self.closed_at = None
        self.touch(now)

    def _taken_up_again(self) -> None:
        self.reopened_count += 1
        self.confirmed_at, self.confirmed_by = None, ""
        self.durable = self.durable_at = None

    def merge_into(self, target: Ticket, now: datetime) -> None:
        """End this ticket as a part of another; the state it had is kept by the history."""
        self.state = TicketState.MERGED
        self.merged_into_id, self.merged_into = target.id, target.number
        target.merged_count += 1
        self.touch(now)
        target.touch(now)

    def take_out_of(self, target: Ticket, state: TicketState, now: datetime) -> None:
        """Undo `merge_into`; `state` is what the ticket was before."""
        self.state = state
        self.merged_into_id, self.merged_into = None, ""
        target.merged_count -= 1
        self.touch(now)
        target.touch(now)

    def hang_under(self, parent: Ticket | None, now: datetime) -> None:
        """Give the ticket a parent, or none; the caller has locked and checked both."""
        self.parent_id = parent.id if parent else None
        self.parent = parent.number if parent else ""
        if parent is not None:
            parent.children_count += 1
        self.touch(now)

    def next_seq(self) -> int:
        # A ticket that is not in the database yet has no default yet either.
        self.history_seq = (self.history_seq or 0) + 1
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


class TicketTag(TenantRow):
    """One tag of one ticket, found by the tag."""

    __tablename__ = "ticket_tag"
    __table_args__ = (owned_by("ticket", "ticket_id"),)
    audited = False

    tag: Mapped[str] = mapped_column(String(40), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(String(26), primary_key=True)


class TicketWatcher(TenantRow):
    """A member of staff who wants to hear of a ticket."""

    __tablename__ = "ticket_watcher"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        owned_by("user_account", "user_id"),
        Index("ix_ticket_watcher_ticket", "tenant_id", "ticket_id"),
    )
    audited = False

    user_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(String(26), primary_key=True)


class TicketLink(Entity):
    """A ticket speaks of another ticket, or of one more conversation."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        UniqueConstraint("tenant_id", "ticket_id", "kind", "target_id"),
        Index("ix_ticket_link_target", "tenant_id", "target_id"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[str] = mapped_column(String(26))
    target: Mapped[str] = mapped_column(String(40))
    """The target as people call it: a ticket's number, a conversation's id."""


class TicketFile(Entity):
    """A file that lies with a ticket; the bytes are in the blob store under their hash."""

    __tablename__ = "ticket_file"
    __table_args__ = (
        owned_by("ticket", "ticket_id"),
        Index("ix_ticket_file", "tenant_id", "ticket_id"),
    )

    ticket_id: Mapped[str] = mapped_column(String(26))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    public: Mapped[bool] = mapped_column(default=False)
    actor: Mapped[str] = mapped_column(String(60), default="")
