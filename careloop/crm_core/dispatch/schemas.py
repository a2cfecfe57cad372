"""Commands of dispatch, and what is told of jobs and candidates."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from careloop.crm_core.dispatch.models import RuleAct
from careloop.crm_core.workorders.acts import Version, Window

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Number = Annotated[str, Field(max_length=40)]
Minutes = Annotated[int, Field(ge=5, le=7 * 24 * 60)]
PartNumber = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Quantity = Annotated[int, Field(ge=1, le=10_000)]


class NeededSkill(BaseModel):
    """A skill a job needs, with the least level in it, and whether a paper must prove it."""

    skill: Name
    level: int | None = Field(None, ge=1, le=9, description="Least level in this skill.")
    certified: bool = Field(False, description="Only with a certificate that holds on the day.")


class Needs(BaseModel):
    """What a job needs."""

    skills: list[NeededSkill] = Field(default_factory=list, max_length=20, description="Skills.")
    level: int | None = Field(None, ge=1, le=9, description="Least level of the engineer.")
    minutes: Minutes | None = Field(None, description="Minutes of work; left out: the usual.")
    parts: dict[PartNumber, Quantity] = Field(
        default_factory=dict, max_length=50, description="Part number to quantity."
    )
    tools: list[Name] = Field(default_factory=list, max_length=50, description="Tools.")


class NeedFacts(Needs):
    """What the next visit for a ticket needs."""

    wanted: bool = Field(True, description="False: settled from afar, no visit.")
    preferred: str = Field("", max_length=40, description="Engineer the customer wishes.")
    excluded: list[Code] = Field(default_factory=list, max_length=50, description="Who not.")
    not_before: AwareDatetime | None = Field(None, description="Earliest begin.")
    not_after: AwareDatetime | None = Field(None, description="Latest begin.")
    lat: float | None = Field(None, ge=-90, le=90, description="Where, if the books are wrong.")
    lon: float | None = Field(None, ge=-180, le=180, description="Longitude, degrees.")
    note: str = Field("", max_length=1000, description="In words.")

    @model_validator(mode="after")
    def _place(self) -> NeedFacts:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("a place needs lat and lon")
        return self


class SetNeed(NeedFacts):
    """Say what the next visit for a ticket needs; replaces what was said before."""

    number: Number = Field(description="Number.")
    version: Version = None


class Assign(BaseModel):
    """Give a visit, or a ticket that needs one, to an engineer.

    Without `window` an existing visit keeps its own; for a ticket the first time that fits is
    taken. `force` overrules what is soft (shift, travel, area, load, promise) and needs a reason.
    """

    work_order: str = Field("", max_length=40, description="Visit to give out.")
    ticket: str = Field("", max_length=40, description="Ticket that needs a visit.")
    engineer: Code = Field(description="Engineer's code.")
    window: Window | None = Field(None, description="When the engineer comes.")
    starts_at: AwareDatetime | None = Field(None, description="When work begins in the window.")
    minutes: Minutes | None = Field(None, description="Minutes of work.")
    purpose: str = Field("", max_length=5000, description="What is to be done.")
    version: Version = None
    force: bool = Field(False, description="Overrule what is soft.")
    reason: str = Field("", max_length=1000, description="Why it is overruled, or moved.")

    @model_validator(mode="after")
    def _one(self) -> Assign:
        if bool(self.work_order) == bool(self.ticket):
            raise ValueError("name a work_order or a ticket")
        if self.force and not self.reason.strip():
            raise ValueError("say in reason why it is forced")
        return self


class Unassign(BaseModel):
    """Take a visit from its engineer; it stands among the unplanned again."""

    work_order: Number = Field(description="Number of the visit.")
    version: Version = None
    reason: str = Field("", max_length=1000, description="Why, in words.")


class OfferFacts(BaseModel):
    """Put a visit into the pool."""

    version: Version = None
    engineers: list[Code] = Field(default_factory=list, max_length=500, description="To whom.")


class Offer(OfferFacts):
    """Put a visit into the pool."""

    work_order: Number = Field(description="Number of the visit.")


class OfferTicket(BaseModel):
    """Plan a visit for a ticket and put it into the pool."""

    ticket: Number = Field(description="Number of the ticket.")
    window: Window = Field(description="When the engineer comes.")
    purpose: str = Field("", max_length=5000, description="What is to be done.")
    engineers: list[Code] = Field(default_factory=list, max_length=500, description="To whom.")


class GrabFacts(BaseModel):
    """Take a job from the pool; `force` overrules what is soft, as for a dispatcher."""

    force: bool = Field(False, description="Overrule what is soft.")
    reason: str = Field("", max_length=1000, description="Why, in words.")


class Grab(GrabFacts):
    """Take a job from the pool."""

    work_order: Number = Field(description="Number of the visit.")


class WithdrawFacts(BaseModel):
    """Take a job out of the pool."""

    reason: str = Field("", max_length=1000, description="Why, in words.")


class Withdraw(WithdrawFacts):
    """Take a job out of the pool."""

    work_order: Number = Field(description="Number of the visit.")


class RuleWhen(BaseModel):
    """For which tickets a rule holds; what is empty asks nothing."""

    types: list[Name] = Field(default_factory=list, max_length=20)
    priorities: list[Name] = Field(default_factory=list, max_length=10)
    models: list[Name] = Field(default_factory=list, max_length=200)
    families: list[Name] = Field(default_factory=list, max_length=50)
    areas: list[Name] = Field(default_factory=list, max_length=100)
    countries: list[Name] = Field(default_factory=list, max_length=100)
    tiers: list[Name] = Field(default_factory=list, max_length=20)
    tags: list[Name] = Field(default_factory=list, max_length=50)


class RuleFacts(BaseModel):
    """A rule: for which tickets, what they need, what is done."""

    name: str = Field(min_length=1, max_length=120, description="Name.")
    position: int = Field(100, ge=0, le=10_000, description="Lower ones are asked first.")
    active: bool = Field(True, description="Whether it is in use.")
    when: RuleWhen = Field(default_factory=RuleWhen, description="For which tickets.")
    needs: Needs = Field(default_factory=Needs, description="What a job of that kind needs.")
    act: RuleAct = Field(RuleAct.NONE, description="What is done then.")
    least_score: int = Field(0, ge=0, le=100, description="Below it a person decides.")
    within_hours: int = Field(72, ge=1, le=24 * 60, description="How far ahead time is sought.")


class CreateRule(RuleFacts):
    """A new rule."""


class RuleChanges(BaseModel):
    """What is left out stays."""

    version: Version = None
    name: str | None = Field(None, min_length=1, max_length=120, description="Name.")
    position: int | None = Field(None, ge=0, le=10_000, description="Lower ones are asked first.")
    active: bool | None = Field(None, description="Whether it is in use.")
    when: RuleWhen | None = Field(None, description="For which tickets.")
    needs: Needs | None = Field(None, description="What a job of that kind needs.")
    act: RuleAct | None = Field(None, description="What is done then.")
    least_score: int | None = Field(None, ge=0, le=100, description="Below it a person decides.")
    within_hours: int | None = Field(
        None, ge=1, le=24 * 60, description="How far ahead time is sought."
    )


class ChangeRule(RuleChanges):
    """Changes of a rule."""

    rule_id: str = Field(max_length=26, description="Id of the rule.")


class PickRule(BaseModel):
    """One rule."""

    rule_id: str = Field(max_length=26, description="Id of the rule.")


class ApplyRules(BaseModel):
    """Ask the rules for a ticket now."""

    ticket: Number = Field(description="Number of the ticket.")


class Reason(BaseModel):
    """A coded sentence: `code` and `args` for the reader's language, `text` in English."""

    code: str
    text: str
    args: dict[str, Any] = Field(default_factory=dict)
    weight: Literal["good", "bad", "soft", "hard", "info"] = "info"


class PointView(BaseModel):
    """Where a job is; `kind` says how it is known, `unknown` that it is not."""

    lat: float | None
    lon: float | None
    kind: Literal["told", "device", "check_in", "customer", "city", "unknown"]
    label: str


class DueView(BaseModel):
    kind: str
    due_at: str
    state: str


class SpanView(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    until: str


class NeedsView(BaseModel):
    """What a job needs, and from where each fact is: told, rule, visit before, or the usual."""

    skills: list[NeededSkill]
    level: int | None
    minutes: int
    parts: dict[str, int]
    tools: list[str]
    preferred: str
    excluded: list[str]
    not_before: str | None
    not_after: str | None
    note: str
    sources: list[str]
    wanted: bool = True
    version: int | None = None


class JobView(BaseModel):
    """A ticket that needs a visit, or a visit, as dispatchers see it."""

    ticket: str
    work_order: str
    version: int | None
    title: str
    type: str
    priority: str
    ticket_state: str
    customer_id: str | None
    customer: str
    customer_language: str
    serial: str
    model: str
    site: str
    place: PointView
    areas: list[str]
    due: DueView | None
    needs: NeedsView


class Terms(BaseModel):
    """What makes the score, each from 0 (bad) to 1 (good); weighed by the settings' weights."""

    skill: float
    level: float
    certificate: float
    travel: float
    load: float
    due: float
    parts: float
    area: float
    preference: float
    language: float


class CandidateView(BaseModel):
    """An engineer for a job: `score` 0 to 100. A blocked one says why in `blocks`; what a person
    may overrule stands in `soft`."""

    engineer: str
    name: str
    score: int
    terms: Terms
    reasons: list[Reason]
    blocked: bool
    blocks: list[Reason]
    soft: list[Reason]
    window: SpanView
    starts_at: str
    travel_minutes: int | None
    travel_km: float | None
    travel_from: str
    visits_that_day: int
    free_minutes: int
    parts_on_van: dict[str, int]
    parts_missing: dict[str, int]


class CandidatesView(BaseModel):
    """The best engineers for a job first, then those who may not, with why."""

    job: JobView
    window: SpanView
    ranked: list[CandidateView]
    blocked: list[CandidateView]
    engineers: int
    revision: int
    took_ms: float


class RuleView(RuleFacts):
    id: str
    version: int
    created_at: str
    updated_at: str


class LogView(BaseModel):
    """A line of why a job went where it went."""

    id: str
    at: str
    kind: str
    outcome: str
    ticket: str
    work_order: str
    engineer: str
    rule_id: str
    rule: str
    plan_id: str
    actor: str
    score: int | None
    reasons: list[Reason]
    text: str


class PoolJob(JobView):
    """A job in the pool; for an engineer only jobs that the engineer may do."""

    window: SpanView
    time_zone: str
    promised: bool
    purpose: str
    offered_at: str
    offered_by: str
    offered_to: list[str]
    travel_minutes: int | None
    soft: list[Reason]
    parts_missing: dict[str, int]


class Applied(BaseModel):
    """What the rules did: outcome none, suggested, offered, assigned or nobody."""

    outcome: str
    rule: str
    work_order: str
    engineer: str
    score: int | None
    reasons: list[Reason]


class Placed(BaseModel):
    """A visit as it was given out, and what a person overruled for it."""

    work_order: str
    ticket: str
    engineer: str
    state: str
    window: SpanView
    starts_at: str
    minutes: int
    pool: str
    version: int
    overruled: list[Reason]
    travel_minutes: int | None
