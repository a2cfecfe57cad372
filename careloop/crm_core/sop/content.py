"""What a standard procedure says: its head and its steps, in one or more languages.

This is the form in which drafts are saved, versions are kept, and procedures are exported.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

Kind = Literal["action", "check", "reading", "photo", "signature", "choice"]
HazardClass = Literal["none", "caution", "warning", "danger"]
OnFail = Literal["goto", "stop", "continue"]
HAZARDS: tuple[HazardClass, ...] = ("none", "caution", "warning", "danger")
GRAVE = frozenset({"warning", "danger"})
"""Classes that need a person who was taught for it, not just anybody."""
END, STOP = "end", "stop"
"""Where a branch may lead besides a step: the end, and the end with a failure."""
MAX_STEPS = 200
MAX_OPTIONS = 20

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
Titles = dict[Language, Annotated[str, Field(max_length=200)]]
Texts = dict[Language, Annotated[str, Field(max_length=4000)]]
StepId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Target = Annotated[str, Field(max_length=40, pattern=r"^([a-z0-9][a-z0-9_-]*)?$")]
RoleName = Annotated[
    str, Field(max_length=80, pattern=r"^(anyone|customer_trained|engineer|certified:\S[^:]*)$")
]
Limit = Annotated[
    Decimal,
    Field(max_digits=20, decimal_places=6),
    PlainSerializer(float, return_type=float, when_used="json"),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SopReadingLimits(_Strict):
    """What is measured; limits are included, and one without a limit only writes down."""

    unit: str = Field("", max_length=20, description="Unit of the value.")
    low: Limit | None = Field(None, description="Least value that passes.")
    high: Limit | None = Field(None, description="Greatest value that passes.")


class SopStepOption(_Strict):
    """One answer of a choice."""

    id: StepId = Field(description="Stays the same over versions.")
    label: Titles = Field(default_factory=dict, description="The answer by language.")
    goto: Target = Field("", description="A step, `end`, `stop`; empty: as the step goes on.")


class SopPartNeed(_Strict):
    """A part that is used up."""

    part: str = Field(min_length=1, max_length=60, description="Part number.")
    quantity: int = Field(1, ge=1, le=10_000, description="How many, in the part's unit.")


class SopStep(_Strict):
    """One step. What went well goes on with `then`, what failed as `on_fail` says."""

    id: StepId = Field(description="Stays the same over versions.")
    title: Titles = Field(default_factory=dict, description="In a few words, by language.")
    text: Texts = Field(default_factory=dict, description="How it is done, by language.")
    kind: Kind = Field("action", description="What is written down at this step.")
    hazard: HazardClass = Field("none", description="How badly it can hurt.")
    safety: Texts = Field(default_factory=dict, description="What is confirmed before it is done.")
    role: RoleName = Field(
        "anyone",
        description="Who may do it: anyone, customer_trained, engineer, certified:<skill>.",
    )
    required: bool = Field(False, description="May be left out by an engineer alone.")
    reading: SopReadingLimits | None = Field(None, description="For readings: unit and limits.")
    photos_min: int = Field(0, ge=0, le=20, description="How many pictures it needs.")
    options: list[SopStepOption] = Field(
        default_factory=list, max_length=MAX_OPTIONS, description="The answers of a choice."
    )
    on_fail: OnFail = Field("stop", description="What follows when it failed.")
    goto: Target = Field("", description="With `on_fail` goto: the step that follows a failure.")
    then: Target = Field("", description="A step or `end`; empty: the next one in order.")
    minutes: int = Field(0, ge=0, le=10_000, description="How long it takes.")
    parts: list[SopPartNeed] = Field(default_factory=list, max_length=50, description="Parts.")
    tools: list[Annotated[str, Field(max_length=120)]] = Field(
        default_factory=list, max_length=50, description="Tools and gear."
    )


class SopContent(_Strict):
    """A whole procedure as one version of it says."""

    title: Titles = Field(default_factory=dict, description="By language.")
    summary: Texts = Field(default_factory=dict, description="When and why, by language.")
    models: list[Annotated[str, Field(max_length=80)]] = Field(
        default_factory=list, max_length=200, description="Models it is for; none: all."
    )
    ticket_types: list[Annotated[str, Field(max_length=20)]] = Field(
        default_factory=list, max_length=20, description="Kinds of ticket it is for; none: all."
    )
    component: str = Field("", max_length=120, description="Part of the device it is about.")
    tags: list[Annotated[str, Field(max_length=40)]] = Field(
        default_factory=list, max_length=30, description="Words to find it by."
    )
    minutes: int = Field(0, ge=0, le=10_000, description="Estimate; 0: the sum of the steps.")
    parts: list[SopPartNeed] = Field(
        default_factory=list, max_length=100, description="What to bring, beside the steps' parts."
    )
    tools: list[Annotated[str, Field(max_length=120)]] = Field(
        default_factory=list, max_length=100, description="Tools and gear to bring."
    )
    steps: list[SopStep] = Field(
        default_factory=list, max_length=MAX_STEPS, description="In their order."
    )

    def step(self, step_id: str) -> SopStep | None:
        """The step of that id."""
        return next((one for one in self.steps if one.id == step_id), None)

    @property
    def total_minutes(self) -> int:
        """The estimate, else what the steps add up to."""
        return self.minutes or sum(one.minutes for one in self.steps)

    @property
    def worst_hazard(self) -> HazardClass:
        """The gravest class of any step."""
        return max((one.hazard for one in self.steps), key=HAZARDS.index, default="none")

    def languages(self) -> list[str]:
        """Languages that its title is written in, in the order in which they stand."""
        return [code for code, text in self.title.items() if text.strip()]
