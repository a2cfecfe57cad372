"""Commands and views of service levels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from careloop.crm_core.sla.models import ClockKind, ClockState
from careloop.crm_core.tickets.models import OPEN_STATES, Priority, TicketState, TicketType
from careloop.kit.actor import STAFF, Role

TEN_YEARS = 5_256_000
Code = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")
]
OptionalCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


def _staff_role(role: Role) -> Role:
    if role not in STAFF:
        raise ValueError(f"{role} is not a role of staff")
    return role


def _pausing(state: TicketState) -> TicketState:
    if state not in OPEN_STATES:
        raise ValueError(f"a clock ends at {state}; name an open state")
    return state


StaffRole = Annotated[Role, AfterValidator(_staff_role)]
PausingState = Annotated[TicketState, AfterValidator(_pausing)]


class Target(BaseModel):
    """So many minutes for one kind of promise; the most exact match of a ticket counts."""

    kind: ClockKind = Field(description="What is promised.")
    minutes: int = Field(ge=1, le=TEN_YEARS, description="Minutes until it is due.")
    priority: Priority | None = Field(None, description="For tickets of that priority alone.")
    type: TicketType | None = Field(None, description="For tickets of that type alone.")
    around_the_clock: bool = Field(
        False, description="Minutes of the day and night, whatever the calendar."
    )


class Step(BaseModel):
    """One step of the ladder of escalation; taken once for a clock."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,30}$")] = Field(
        description="Its name in the policy; a step with a new name is a new step."
    )
    kind: ClockKind | None = Field(None, description="For clocks of that kind alone.")
    at: Literal["warning", "breach"] = Field(description="What it is counted from.")
    after_minutes: int = Field(
        0, ge=0, le=TEN_YEARS, description="Minutes later, on the clock's calendar."
    )
    roles: list[StaffRole] = Field(
        default_factory=list, max_length=10, description="Roles that are told."
    )
    users: list[Annotated[str, StringConstraints(max_length=26)]] = Field(
        default_factory=list, max_length=50, description="Users that are told."
    )
    assignee: bool = Field(False, description="Tell who works on the ticket.")
    raise_priority: bool = Field(False, description="Raise the ticket's priority by one.")
    reassign_to: str | None = Field(
        None, max_length=26, description="Give the ticket to that user."
    )

    @model_validator(mode="after")
    def _does_something(self) -> Step:
        acts = (self.roles, self.users, self.assignee, self.raise_priority, self.reassign_to)
        if not any(acts):
            raise ValueError("name whom to tell, or what to change")
        return self


def _default_pauses() -> dict[ClockKind, list[TicketState]]:
    return {ClockKind.FIX: [TicketState.WAITING_CUSTOMER]}


class PolicyFacts(BaseModel):
    """What is promised to whom, and what happens when it is in danger."""

    code: Code = Field(description="Short name that contracts use.")
    name: str = Field("", max_length=120, description="Name for people.")
    active: bool = Field(True, description="New tickets may get it.")
    fallback: bool = Field(False, description="For tickets that no other policy is for.")
    plans: list[Word] = Field(
        default_factory=list, max_length=50, description="Contracts of these plans."
    )
    tiers: list[Word] = Field(
        default_factory=list, max_length=50, description="Customers of these tiers."
    )
    calendar: OptionalCode = Field(
        "", description="Calendar of its minutes; none: day and night. A contract's own wins."
    )
    warn_percent: int = Field(75, ge=1, le=99, description="Warn at that part of the target.")
    pauses: dict[ClockKind, list[PausingState]] = Field(
        default_factory=_default_pauses, description="States in which a kind's clock stands still."
    )
    targets: list[Target] = Field(min_length=1, max_length=200, description="The promises.")
    steps: list[Step] = Field(
        default_factory=list, max_length=50, description="The ladder of escalation."
    )

    @model_validator(mode="after")
    def _no_doubles(self) -> PolicyFacts:
        keys = [step.key for step in self.steps]
        if len(keys) != len(set(keys)):
            raise ValueError("steps: two have the same key")
        marks = [(t.kind, t.priority, t.type) for t in self.targets]
        if len(marks) != len(set(marks)):
            raise ValueError("targets: two are for the same kind, priority and type")
        return self


class CreatePolicy(PolicyFacts):
    """A new SLA policy."""


class ReplacePolicy(PolicyFacts):
    """A policy's facts as they shall be for tickets planned from now on."""

    policy_id: str = Field(max_length=26, description="Id of the policy.")
    version: int | None = Field(None, description="Version the change is based on.")


class ReplanTicket(BaseModel):
    """Count a ticket's clocks anew."""

    number: str = Field(max_length=40, description="Ticket number.")


class PolicyView(PolicyFacts):
    id: str
    version: int
    updated_at: str


ShownState = Literal["running", "warning", "breached", "paused", "met", "stopped"]


class ClockView(BaseModel):
    """A promise and how it stands; times in UTC."""

    id: str
    kind: ClockKind
    generation: int
    state: ClockState
    shown: ShownState = Field(description="How it looks now: warning and breached tell the time.")
    late: bool = Field(description="The promise was or is being broken.")
    policy: str
    calendar: str = Field(description="Empty: day and night.")
    target_minutes: int
    started_at: str
    warn_at: str
    due_at: str
    paused_since: str | None
    paused_seconds: int = Field(description="On the clock's calendar.")
    remaining_seconds: int | None = Field(
        description="Working time left, negative when overdue; null for a clock that ended."
    )
    met_at: str | None
    stopped_at: str | None
    stop_reason: str
    warned_at: str | None
    breached_at: str | None
    version: int


class SlaEventView(BaseModel):
    """What a clock fired: `warning`, `breach` or `step:<key>`."""

    id: str
    ticket: str
    kind: ClockKind
    policy: str
    level: str
    due_at: str
    fired_at: str
    outcome: str


class TicketClocks(BaseModel):
    """All clocks of a ticket, and what they fired."""

    ticket: str
    clocks: list[ClockView]
    events: list[SlaEventView]


class DueSoon(BaseModel):
    """A running promise of a ticket."""

    ticket: str
    title: str
    priority: str
    customer: str
    kind: ClockKind
    due_at: str
    shown: ShownState
    policy: str


class PolicyBreaches(BaseModel):
    policy: str
    kind: ClockKind
    open_breached: int
    breached_30_days: int


class Attainment(BaseModel):
    """Of the promises that ended in a month, how many were kept."""

    month: str = Field(description="As in 2026-11.")
    kind: ClockKind
    ended: int
    kept: int
    percent: float | None = Field(description="Null where none ended.")


class SlaOverview(BaseModel):
    """How the promises stand now."""

    at: str
    states: dict[ShownState, int]
    next_due: list[DueSoon]
    breaches: list[PolicyBreaches]
    attainment: list[Attainment]
