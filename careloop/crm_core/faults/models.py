"""Tables of the fault library. Tickets and visits lie above and are named by id and number."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.faults.errors import FaultStepNotAllowed
from careloop.kit.db import Entity, TenantRow, owned_by


class FaultState(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    REJECTED = "rejected"
    MERGED = "merged"


class Outcome(StrEnum):
    """What became of a remedy. `closed`: the ticket ended and nobody has said yet."""

    OPEN = "open"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    DURABLE = "durable"
    FAILED = "failed"
    VOID = "void"


SLOTS = ("component", "symptom", "cause", "remedy")
S = FaultState
STEPS: dict[FaultState, frozenset[FaultState]] = {
    S.DRAFT: frozenset({S.REVIEWED, S.REJECTED, S.MERGED}),
    S.REVIEWED: frozenset({S.DRAFT, S.REJECTED, S.MERGED}),
    S.REJECTED: frozenset({S.DRAFT}),
    S.MERGED: frozenset({S.DRAFT, S.REVIEWED}),
}
LIVE = frozenset({S.DRAFT, S.REVIEWED})
ENGINEER, PROPOSED = "engineer", "proposed"


class _Told(Entity):
    """The four slots: a concept's key, the words it was told in, their language.

    `concepts` holds for each slot every concept its words name; `signature` is equal where two
    say the same.
    """

    __abstract__ = True

    component: Mapped[str] = mapped_column(String(80), default="")
    component_text: Mapped[str] = mapped_column(String(500), default="")
    component_lang: Mapped[str] = mapped_column(String(10), default="")
    symptom: Mapped[str] = mapped_column(String(80), default="")
    symptom_text: Mapped[str] = mapped_column(String(500), default="")
    symptom_lang: Mapped[str] = mapped_column(String(10), default="")
    cause: Mapped[str] = mapped_column(String(80), default="")
    cause_text: Mapped[str] = mapped_column(String(500), default="")
    cause_lang: Mapped[str] = mapped_column(String(10), default="")
    remedy: Mapped[str] = mapped_column(String(80), default="")
    remedy_text: Mapped[str] = mapped_column(String(500), default="")
    remedy_lang: Mapped[str] = mapped_column(String(10), default="")
    concepts: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    says: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """By slot, a text that is equal where two slots say the same."""
    signature: Mapped[str] = mapped_column(String(64), default="")


class Fault(_Told):
    """Component, symptom, cause and remedy, with the models they are known on.

    The counts are kept in step with its findings in the same transaction; `findings` are the
    truth. `resolved` is false until the words were matched to the termbase.
    """

    __tablename__ = "fault"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        owned_by("fault", "merged_into_id"),
        Index("ix_fault_state", "tenant_id", "state", "cases", "id"),
        Index("ix_fault_cases", "tenant_id", "cases", "id"),
        Index("ix_fault_last_seen", "tenant_id", "last_seen", "id"),
        Index("ix_fault_signature", "tenant_id", "signature"),
        Index("ix_fault_component", "tenant_id", "component", "id"),
        Index("ix_fault_resolved", "tenant_id", "resolved", "id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default=FaultState.DRAFT)
    origin: Mapped[str] = mapped_column(String(10), default="editor")
    models: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Models it is known on; none means every model."""
    error_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    firmware: Mapped[str] = mapped_column(String(100), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    search: Mapped[str] = mapped_column(Text, default="")
    """All its words in lower case, and its concepts' names, for the search of the list."""
    cases: Mapped[int] = mapped_column(default=0)
    """Findings whose ticket has ended, by whatever outcome."""
    successes: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    open_cases: Mapped[int] = mapped_column(default=0)
    last_seen: Mapped[datetime | None]
    resolved: Mapped[bool] = mapped_column(default=True)
    merged_into_id: Mapped[str | None] = mapped_column(String(26))
    merged_into: Mapped[str] = mapped_column(String(20), default="")
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str] = mapped_column(String(200), default="")
    reject_reason: Mapped[str] = mapped_column(Text, default="")
    article_id: Mapped[str] = mapped_column(String(26), default="")

    def step_to(self, state: FaultState, now: datetime) -> None:
        """Change the state; `FaultStepNotAllowed` names what is possible instead."""
        present = FaultState(self.state)
        if state not in STEPS[present]:
            raise FaultStepNotAllowed(self.number, present, sorted(STEPS[present]))
        self.state = state
        self.touch(now)


class FaultMark(TenantRow):
    """One thing by which a fault is found: a concept of a slot, a model, a code, a part."""

    __tablename__ = "fault_mark"
    __table_args__ = (
        owned_by("fault", "fault_id"),
        Index("ix_fault_mark_fault", "tenant_id", "fault_id"),
    )
    audited = False

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(120), primary_key=True)
    fault_id: Mapped[str] = mapped_column(String(26), primary_key=True)


class FaultFinding(_Told):
    """What a ticket turned out to be: the evidence of one fault. Kept for ever, counted once.

    It belongs to the ticket in which the matter goes on; `origin_ticket` is where it was found.
    """

    __tablename__ = "fault_finding"
    __table_args__ = (
        owned_by("fault", "fault_id"),
        owned_by("fault_finding", "superseded_by"),
        UniqueConstraint("tenant_id", "command_id"),
        Index("ix_fault_finding_fault", "tenant_id", "fault_id", "happened_at", "id"),
        Index("ix_fault_finding_ticket", "tenant_id", "ticket_id"),
        Index("ix_fault_finding_visit", "tenant_id", "work_order"),
    )

    fault_id: Mapped[str] = mapped_column(String(26))
    ticket_id: Mapped[str] = mapped_column(String(26))
    ticket: Mapped[str] = mapped_column(String(40))
    origin_ticket_id: Mapped[str] = mapped_column(String(26))
    origin_ticket: Mapped[str] = mapped_column(String(40))
    work_order: Mapped[str] = mapped_column(String(40), default="")
    origin: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(10), default=Outcome.OPEN)
    outcome_at: Mapped[datetime | None]
    superseded_by: Mapped[str | None] = mapped_column(String(26))
    model: Mapped[str] = mapped_column(String(80), default="")
    serial: Mapped[str] = mapped_column(String(80), default="")
    error_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    firmware: Mapped[str] = mapped_column(String(40), default="")
    parts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    minutes: Mapped[int | None]
    """Minutes of work on the device; null where nobody wrote them down."""
    told: Mapped[bool] = mapped_column(default=False)
    """Whether parts and minutes were told with it, not read from the ticket's visits."""
    note: Mapped[str] = mapped_column(Text, default="")
    actor: Mapped[str] = mapped_column(String(60), default="")
    happened_at: Mapped[datetime]
    command_id: Mapped[str | None] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), default="")


class FaultLink(Entity):
    """An article, a working instruction or a part that belongs to a fault."""

    __tablename__ = "fault_link"
    __table_args__ = (
        owned_by("fault", "fault_id"),
        UniqueConstraint("tenant_id", "fault_id", "kind", "target"),
    )

    fault_id: Mapped[str] = mapped_column(String(26))
    kind: Mapped[str] = mapped_column(String(10))
    target: Mapped[str] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(300), default="")
    quantity: Mapped[int] = mapped_column(default=1)


class FaultMerge(Entity):
    """One merge: which findings and links it moved, what it added; all that its undoing needs."""

    __tablename__ = "fault_merge"
    __table_args__ = (
        owned_by("fault", "fault_id"),
        owned_by("fault", "into_id"),
        Index("ix_fault_merge_fault", "tenant_id", "fault_id"),
        Index("ix_fault_merge_into", "tenant_id", "into_id"),
    )

    fault_id: Mapped[str] = mapped_column(String(26))
    into_id: Mapped[str] = mapped_column(String(26))
    state_before: Mapped[str] = mapped_column(String(10))
    findings: Mapped[list[str]] = mapped_column(JSON, default=list)
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    models_before: Mapped[list[str]] = mapped_column(JSON, default=list)
    models_after: Mapped[list[str]] = mapped_column(JSON, default=list)
    codes_added: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    actor: Mapped[str] = mapped_column(String(60), default="")
    undone_at: Mapped[datetime | None]


class FaultApart(TenantRow):
    """Two faults that look alike and are not the same; `one` < `other`."""

    __tablename__ = "fault_apart"
    __table_args__ = (owned_by("fault", "one"), owned_by("fault", "other"))

    one: Mapped[str] = mapped_column(String(26), primary_key=True)
    other: Mapped[str] = mapped_column(String(26), primary_key=True)
    actor: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime]


class FaultCase(TenantRow):
    """An ended ticket that waits for its finding to be drawn up, or has been looked at."""

    __tablename__ = "fault_case"
    __table_args__ = (Index("ix_fault_case_waiting", "tenant_id", "state", "ended_at"),)
    audited = False

    ticket_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    ticket: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    reason: Mapped[str] = mapped_column(String(40), default="")
    ended_at: Mapped[datetime]


class FaultCounter(TenantRow):
    """The last fault number given."""

    __tablename__ = "fault_counter"
    audited = False

    last: Mapped[int] = mapped_column(default=0)
