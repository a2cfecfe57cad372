"""How a company dispatches: speeds, weights, what needs a paper."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from careloop.crm_core.dispatch.planning import Weights
from careloop.crm_core.workorders.acts import Version

UNSERVED = {"low": 300.0, "normal": 900.0, "high": 2700.0, "critical": 9000.0}
"""What a job left undone costs: more than the lateness of a day, for undone it is later still."""
Share = Annotated[float, Field(ge=0, le=100)]


class TravelFacts(BaseModel):
    """Minutes between two places: great circle x road factor / speed + a fixed time."""

    speed_kmh: float = Field(50.0, gt=0, le=1000)
    road_factor: float = Field(1.3, ge=1, le=10)
    fixed_min: float = Field(5.0, ge=0, le=600)


class TermWeights(BaseModel):
    """How much each term of a candidate's score counts."""

    skill: Share = 10
    level: Share = 6
    certificate: Share = 4
    travel: Share = 28
    load: Share = 14
    due: Share = 16
    parts: Share = 8
    area: Share = 8
    preference: Share = 10
    language: Share = 4


class DispatchFacts(BaseModel):
    """The company's own way; what is left out is the usual."""

    travel: TravelFacts = Field(default_factory=TravelFacts, description="Speeds of travel.")
    terms: TermWeights = Field(
        default_factory=TermWeights, description="Weights of the terms of the score."
    )
    costs: Weights = Field(
        default_factory=lambda: Weights(unserved=dict(UNSERVED)),
        description="Costs of the day planner.",
    )
    usual_minutes: dict[str, Annotated[int, Field(ge=5, le=10080)]] = Field(
        default_factory=lambda: {
            "incident": 120, "installation": 360, "maintenance": 180, "request": 90,
            "return": 60, "complaint": 60,
        },
        description="Minutes of work by type of ticket.",
    )  # fmt: skip
    certified_skills: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(
        default_factory=list, max_length=100,
        description="Skills for which a certificate must hold on the day.",
    )  # fmt: skip
    visit_types: list[str] = Field(
        default_factory=lambda: ["incident", "installation", "maintenance"],
        description="Types of tickets that need a visit unless it is said otherwise.",
    )
    move_cost: float = Field(30.0, ge=0, le=1e6, description="Cost of changing the engineer.")
    replan: Literal["off", "tell", "draft"] = Field(
        "tell", description="When an engineer falls ill: nothing, a notice, a draft as well."
    )
    arrival_minutes: int = Field(
        60, ge=10, le=600, description="Length of a window that a plan sets for the customer."
    )


class SetDispatch(DispatchFacts):
    """Set how the company dispatches."""

    version: Version = None


class DispatchSettingsView(DispatchFacts):
    version: int
