"""Commands and views of day plans."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from careloop.crm_core.dispatch.schemas import Code, PointView, Reason, SpanView
from careloop.crm_core.workorders.acts import Version

MAX_DAYS = 7


class DraftPlan(BaseModel):
    """Compute a plan: of one day (`date`, in the engineers' own zones) or of a span.

    `keep` leaves the present plan as far as it goes and fits in what is new; without it the open
    visits are planned from the ground. What is promised to a customer never moves.
    """

    model_config = ConfigDict(populate_by_name=True)

    date: Day | None = Field(None, description="The day; left out: today.")
    from_: AwareDatetime | None = Field(None, alias="from", description="Begin of a span.")
    until: AwareDatetime | None = Field(None, description="End of a span, at most 7 days later.")
    engineers: list[Code] = Field(default_factory=list, max_length=500, description="None: all.")
    tickets: list[Annotated[str, Field(max_length=40)]] = Field(
        default_factory=list, max_length=1000, description="Only these unplanned jobs; none: all."
    )
    seconds: float = Field(5.0, gt=0, le=300, description="Time to compute in.")
    keep: bool = Field(True, description="Keep the present plan and fit in what is new.")
    cause: str = Field("", max_length=200, description="Why it is made, in words.")

    @model_validator(mode="after")
    def _span(self) -> DraftPlan:
        if (self.from_ is None) != (self.until is None):
            raise ValueError("a span needs from and until")
        if self.date is not None and self.from_ is not None:
            raise ValueError("give a date or a span, not both")
        if self.from_ is not None and self.until is not None:
            if self.until <= self.from_:
                raise ValueError("a span ends after it begins")
            if (self.until - self.from_).total_seconds() > MAX_DAYS * 86400:
                raise ValueError(f"a span has at most {MAX_DAYS} days")
        return self


class AcceptFacts(BaseModel):
    """Which lines; none: all that are open. What changed since is refused by line."""

    lines: list[Annotated[str, Field(max_length=26)]] = Field(
        default_factory=list, max_length=5000, description="Ids of lines; none: all that are open."
    )
    version: Version = None


class AcceptPlan(AcceptFacts):
    """Accept a plan, or some of its lines."""

    plan_id: str = Field(max_length=26, description="Id of the plan.")


class DiscardFacts(BaseModel):
    reason: str = Field("", max_length=1000, description="Why, in words.")


class DiscardPlan(DiscardFacts):
    """Throw a plan away."""

    plan_id: str = Field(max_length=26, description="Id of the plan.")


class CostView(BaseModel):
    """Costs of a plan in the settings' unit, with the minutes and jobs behind them."""

    total: float
    travel: float
    late: float
    unserved: float
    moves: float = 0.0
    travel_minutes: int
    late_minutes: int
    unserved_jobs: int


class PlanStop(BaseModel):
    """A stop of a route: a visit, or a depot where parts are picked."""

    kind: str
    ticket: str
    work_order: str
    depot: str
    pick: dict[str, int]
    arrive: str
    start: str
    leave: str
    late_minutes: int
    travel_minutes: int
    promised: bool
    place: PointView


class PlanRoute(BaseModel):
    engineer: str
    date: str
    leaves_home: str | None
    home: str | None
    travel_minutes: int
    work_minutes: int
    stops: list[PlanStop]


class UnservedView(BaseModel):
    ticket: str
    work_order: str
    priority: str
    reason: Reason


class PlanLineView(BaseModel):
    """A change: new (visit for a ticket), assign, move (other time), swap (other engineer), drop
    (taken from its engineer), keep. `state`: open, accepted, refused or left."""

    id: str
    kind: str
    state: str
    ticket: str
    work_order: str
    version: int | None
    engineer_before: str
    engineer: str
    starts_before: str | None
    starts_at: str | None
    minutes: int
    travel_minutes: int
    late_minutes: int
    reasons: list[Reason]


class PlanSummary(BaseModel):
    """A plan in a list."""

    id: str
    state: str
    span: SpanView
    engineers: list[str]
    seconds: float
    keep: bool
    reason: str
    cause: str
    progress: int
    error: str
    made_by: str
    created_at: str
    ended_at: str | None
    ended_by: str
    before: CostView | None
    after: CostView | None
    counts: dict[str, int]
    """Lines by kind, and `unserved`."""
    version: int


class PlanView(PlanSummary):
    """A plan with what it would change."""

    routes: list[PlanRoute]
    unserved: list[UnservedView]
    lines: list[PlanLineView]
    warnings: list[Reason]


class Accepted(BaseModel):
    """What became of each chosen line, and the plan as it stands."""

    accepted: int
    refused: int
    plan: PlanView
