"""What the dispatcher's board and the engineer's day show."""

from __future__ import annotations

from pydantic import BaseModel, Field

from careloop.crm_core.dispatch.schemas import (
    DueView,
    JobView,
    NeedsView,
    PointView,
    Reason,
    SpanView,
)
from careloop.crm_core.dispatch.settings_schemas import TravelFacts
from careloop.crm_core.workforce.roster_schemas import PositionView


class BoardAbsence(BaseModel):
    """`kind` is empty for readers who do not dispatch."""

    id: str
    kind: str
    state: str
    span: SpanView


class DayLoad(BaseModel):
    """A local day of an engineer: minutes of shift, work and travel, and the number of visits."""

    date: str
    shift_minutes: int
    work_minutes: int
    travel_minutes: int
    visits: int
    limit: int | None
    over: bool


class ExpiringPaper(BaseModel):
    skill: str
    valid_until: str
    state: str


class BoardEngineer(BaseModel):
    """`state` now: off, on_shift, absent, en_route or on_site."""

    code: str
    name: str
    level: int
    skills: list[str]
    skill_levels: dict[str, int]
    languages: list[str]
    areas: list[str]
    tools: list[str]
    van: str
    time_zone: str
    base_city: str
    home: PointView
    position: PositionView | None
    user_id: str | None
    state: str
    shift_error: str
    shifts: list[SpanView]
    absences: list[BoardAbsence]
    days: list[DayLoad]
    certificates: list[ExpiringPaper]


class BoardVisit(JobView):
    """A visit on the board: the window is what the customer knows, `start` to `end` the work.

    `travel_minutes` is the estimate of the way from `travel_from`: home, or the number of the
    visit before on that day.
    """

    engineer: str
    state: str
    visit: int
    purpose: str
    window: SpanView
    time_zone: str
    promised: bool
    start: str
    end: str
    minutes: int
    travel_minutes: int | None
    travel_km: float | None
    travel_from: str
    leave_at: str | None
    late_minutes: int
    pool: str
    source: str
    departed_at: str | None
    arrived_at: str | None
    finished_at: str | None
    result: str
    conflicts: list[Reason]


class BoardPart(BaseModel):
    part: str
    quantity: int
    reserved: int
    at: list[str]


class BoardJob(JobView):
    """A job without an engineer or a time: a ticket that needs a visit, or a visit nobody has."""

    created_at: str
    waiting: str
    """parts or customer, where the ticket waits for them."""
    window: SpanView | None
    time_zone: str
    promised: bool
    pool: str
    engineer: str
    """Who has the ticket, if anybody."""
    parts: list[BoardPart]
    visits_before: int


class DepotView(BaseModel):
    code: str
    name: str
    level: str
    place: PointView


class Board(BaseModel):
    """The span of a dispatcher's board. `revision` changes with every change of it."""

    span: SpanView
    now: str
    revision: int
    travel: TravelFacts
    engineers: list[BoardEngineer]
    visits: list[BoardVisit]
    unplanned: list[BoardJob]
    unplanned_total: int
    depots: list[DepotView]


class StopView(BaseModel):
    """A visit of an engineer's day, in order."""

    work_order: str
    ticket: str
    version: int
    visit: int
    title: str
    type: str
    priority: str
    ticket_state: str
    state: str
    purpose: str
    customer_id: str | None
    customer: str
    serial: str
    model: str
    site: str
    address: str
    place: PointView
    window: SpanView
    time_zone: str
    promised: bool
    start: str
    end: str
    minutes: int
    travel_minutes: int | None
    travel_km: float | None
    travel_from: str
    leave_at: str | None
    due: DueView | None
    needs: NeedsView
    parts_missing: dict[str, int]
    departed_at: str | None
    arrived_at: str | None
    finished_at: str | None
    result: str
    possible_states: list[str]


class MyDay(BaseModel):
    """The visits of the engineer who asks, with shifts and absences of the span."""

    engineer: str
    name: str
    span: SpanView
    time_zone: str
    visits: list[StopView]
    shifts: list[SpanView]
    absences: list[BoardAbsence]
    pool: int = Field(description="Jobs in the pool that the engineer may do.")
