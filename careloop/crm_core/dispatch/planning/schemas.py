"""The day to plan and the plan, as JSON. All times are minutes after midnight of the day.

Costs are in one unit of the caller's choice; `weights` says what a minute of travel, a minute of
lateness and a job left undone are worth in it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import (
    BaseModel,
    FailFast,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)] | int
Minute = Annotated[float, Field(ge=-100_000, le=1_000_000, allow_inf_nan=False)]
Span = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Cost = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Quantity = Annotated[int, Field(ge=0, le=1_000_000)]
Name = Annotated[str, StringConstraints(max_length=200)]
Parts = dict[Name, Quantity]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Window = tuple[Minute, Minute]

MAX_PLACES = 3_000
MAX_ITEMS = 20_000


def _minutes_of(rows: Any) -> list[list[float]]:
    """A table of finite minutes from 0; one fault is enough, there may be a million."""
    if not isinstance(rows, list | tuple) or not all(isinstance(row, list | tuple) for row in rows):
        raise ValueError("the matrix must be a list of rows of minutes")
    if len(rows) > MAX_PLACES or any(len(row) > MAX_PLACES for row in rows):
        raise ValueError(f"the matrix may have at most {MAX_PLACES} places")
    if any(len(row) != len(rows) for row in rows):
        return [[0.0] * len(row) for row in rows]  # refused with its own code where it is used
    try:
        table = np.array(rows, dtype=np.float64).reshape(len(rows), len(rows))
    except (TypeError, ValueError, OverflowError):
        raise ValueError("the matrix must hold numbers only") from None
    if not bool(np.all(np.isfinite(table))) or bool(np.any((table < 0) | (table > 1_000_000))):
        raise ValueError("minutes in the matrix must be between 0 and 1000000")
    found: list[list[float]] = table.tolist()
    return found


Matrix = Annotated[
    list[list[float]],
    PlainValidator(_minutes_of),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "array", "items": {"type": "number", "minimum": 0}},
        }
    ),
]
LATE_PER_MIN = {"low": 0.5, "normal": 1.0, "high": 3.0, "critical": 10.0}
"""What a minute of lateness costs when `weights.late_per_min` is not given."""
UNSERVED = {"low": 100.0, "normal": 300.0, "high": 900.0, "critical": 3000.0}
"""What a job left undone costs when `weights.unserved` is not given."""
SECONDS = 10.0
MAX_SECONDS = 600.0


class _Lenient(BaseModel):
    """A field that is null counts as not given."""

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}
        return data


class Weights(_Lenient):
    """What things cost; a table that is given must name every priority that occurs."""

    travel: Cost = Field(1.0, description="Cost of a minute of travel.")
    late_per_min: dict[Name, Cost] = Field(
        default_factory=lambda: dict(LATE_PER_MIN),
        description="Cost of a minute that work starts after `sla_due`, by priority.",
    )
    unserved: dict[Name, Cost] = Field(
        default_factory=lambda: dict(UNSERVED),
        description="Cost of leaving a job undone, by priority; half when due after 1440.",
    )


class Travel(_Lenient):
    """Minutes between places: a matrix by place ids, else made from coordinates."""

    speed_kmh: Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False)] = 40.0
    road_factor: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = 1.0
    fixed_min: Span = 0.0
    matrix: Matrix | None = Field(
        None, description="matrix[from][to] in minutes, taken as it is; need not be symmetric."
    )
    places: list[Id] | None = Field(
        None, description="The ids of the rows and columns.", max_length=MAX_PLACES
    )


class Break(_Lenient):
    """A pause that must be taken, beginning within the window, never during work or travel."""

    minutes: Span
    window: Window


class Engineer(_Lenient):
    """Starts and ends at the own place, within the shift."""

    id: Id
    lat: Latitude | None = None
    lon: Longitude | None = None
    place: Id | None = Field(None, description="Place in the matrix, if it is not the id.")
    end_lat: Latitude | None = Field(None, description="Where the day ends, if elsewhere.")
    end_lon: Longitude | None = None
    end_place: Id | None = None
    start: Minute
    end: Minute
    skills: list[Name] = Field(default_factory=list)
    level: float = Field(0, ge=-1e6, le=1e6, allow_inf_nan=False)
    depot: Id | None = Field(
        None, description="The only depot where this engineer picks parts; without, at any."
    )
    van: Parts = Field(default_factory=dict, description="Parts on board in the morning.")
    breaks: list[Break] = Field(default_factory=list, max_length=10)


class Job(_Lenient):
    """Work at one place by one engineer, without interruption."""

    id: Id
    lat: Latitude | None = None
    lon: Longitude | None = None
    place: Id | None = Field(None, description="Place in the matrix, if it is not the id.")
    duration: Span
    window: Window | None = Field(None, description="Work must START within; hard. None: any time.")
    skill: Name | None = None
    level: float = Field(0, ge=-1e6, le=1e6, allow_inf_nan=False)
    priority: Name = "normal"
    sla_due: Minute | None = Field(None, description="Starting later costs; None: never late.")
    parts: Parts = Field(default_factory=dict)


class Depot(_Lenient):
    """Where parts are picked; open all day, its stock is shared by all engineers."""

    id: Id
    lat: Latitude | None = None
    lon: Longitude | None = None
    place: Id | None = None
    service_min: Span = 0.0
    stock: Parts = Field(default_factory=dict)


class Pin(_Lenient):
    """A promise that the plan must keep: who comes, and when work starts.

    The range takes the place of the job's window; the engineer need not have the skill or level
    (a person has decided). Parts, travel and shift bind as always.
    """

    job: Id
    engineer: Id | None = None
    start: Window | None = None


class PlanLine(_Lenient):
    """A day to plan."""

    id: Id | None = None
    weights: Weights = Field(default_factory=Weights)
    travel: Travel = Field(default_factory=Travel)
    engineers: Annotated[list[Engineer], FailFast()] = Field(
        default_factory=list, max_length=MAX_ITEMS
    )
    jobs: Annotated[list[Job], FailFast()] = Field(default_factory=list, max_length=MAX_ITEMS)
    depots: Annotated[list[Depot], FailFast()] = Field(default_factory=list, max_length=MAX_ITEMS)
    fixed: Annotated[list[Pin], FailFast()] = Field(default_factory=list, max_length=MAX_ITEMS)
    seconds: Annotated[float, Field(ge=0, le=MAX_SECONDS, allow_inf_nan=False)] | None = None


class Stop(BaseModel):
    """A job, or a depot with what is picked there; with its times."""

    job: Id | None = None
    depot: Id | None = None
    pick: Parts | None = None
    arrive: float | None = None
    start: float | None = Field(None, description="When work or picking starts, after waiting.")
    leave: float | None = None
    late: float | None = Field(None, description="Minutes that work starts after `sla_due`.")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.job is None) == (self.depot is None):
            raise ValueError("a stop is either a job or a depot")
        return self


class BreakTime(BaseModel):
    """When a break is taken, and after how many stops."""

    after: int
    start: float
    end: float


class Route(BaseModel):
    """One engineer's day, in order; engineers without stops have no route."""

    engineer: Id
    stops: list[Stop]
    breaks: list[BreakTime] = Field(default_factory=list)
    leaves_home: float | None = None
    home: float | None = Field(None, description="When the engineer is back.")
    travel: float | None = Field(None, description="Minutes of travel.")


Reason = Literal[
    "no_skill", "no_level", "parts", "window", "shift", "too_costly", "no_room", "no_engineers"
]


class Unserved(BaseModel):
    job: Id
    reason: Reason
    detail: str = ""


class CostTerms(BaseModel):
    """`total` = `travel` + `late` + `unserved`, all in cost."""

    total: float
    travel: float
    late: float
    unserved: float


class PlanAnswer(BaseModel):
    """A valid plan: routes, what is left undone and why, and what it costs."""

    id: Id | None = None
    routes: list[Route]
    unserved: list[Unserved]
    cost: CostTerms
    took_ms: float
    insertion: float | None = Field(None, description="Cost of plain insertion, for comparison.")
    rounds: int | None = Field(None, description="Rounds of improvement that were made.")


class Improvement(BaseModel):
    """A plan changed to take in new jobs, and what was disturbed for it."""

    plan: PlanAnswer
    moved: list[Id] = Field(description="Jobs that stood with another engineer before.")
    inserted: list[Id] = Field(description="Jobs that are in no route of the plan before.")
    dropped: list[Id] = Field(description="Jobs that were in a route and are now left undone.")
