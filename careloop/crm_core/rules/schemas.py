"""Commands and views of rules."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from careloop.crm_core.custom.schemas import CustomValues

MAX_ACTIONS = 10
TEXT = 5_000
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Dotted = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z0-9_]+){0,2}$", max_length=80)]
Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT)]
Texts = Annotated[dict[Annotated[str, Field(max_length=10)], Written], Field(min_length=1)]
"""A text by language; which one is chosen by the customer's."""
UserId = Annotated[str, StringConstraints(min_length=1, max_length=26)]
StaffRole = Literal["agent", "engineer", "dispatcher", "manager", "editor", "evaluator", "admin"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Compare(_Strict):
    """One comparison: a field of the catalogue, one of its operators, a value."""

    field: Dotted = Field(description="Name of a field of the catalogue.")
    op: str = Field(max_length=20, description="Operator that its kind has.")
    value: Any = Field(None, description="What to compare with; some operators need none.")


class AllOf(_Strict):
    """True when each part is; without any part always."""

    all: list[Condition] = Field(default_factory=list, max_length=20, description="The parts.")


class AnyOf(_Strict):
    """True when some part is."""

    any: list[Condition] = Field(max_length=20, description="The parts.")


class NotSo(_Strict):
    """True when its part is not."""

    not_: Condition = Field(alias="not", description="The part.")


Condition = AllOf | AnyOf | NotSo | Compare


class When(_Strict):
    """What a rule waits for: an event, or a time counted from a date field."""

    trigger: str = Field(max_length=40, description="Code of the catalogue.")
    field: Dotted | None = Field(None, description="Of `time`: the date field it counts from.")
    minutes: int = Field(
        0, ge=-527_040, le=527_040, description="Of `time`: so long after it; negative: before."
    )


class Assign(_Strict):
    """Give the ticket to somebody."""

    do: Literal["assign"] = "assign"
    to: Literal["person", "least_busy", "queue", "engineer"] = Field(
        description="A person, whoever of a role has fewest open tickets, nobody, an engineer."
    )
    user_id: UserId | None = Field(None, description="Of `person`: who.")
    role: StaffRole | None = Field(None, description="Of `least_busy`: among whom.")
    engineer: str = Field("", max_length=40, description="Of `engineer`: the code.")


class SetField(_Strict):
    """Set a field of the ticket, built-in or own."""

    do: Literal["set_field"] = "set_field"
    field: Dotted = Field(description="`ticket.<name>` or `ticket.custom.<key>`.")
    value: Any = Field(None, description="The value; a text may hold {{places}}. Null clears.")


class SetTags(_Strict):
    """Put tags on the ticket, take tags off."""

    do: Literal["tag"] = "tag"
    add: list[Annotated[str, Field(max_length=40)]] = Field(
        default_factory=list, max_length=10, description="Tags to put on."
    )
    remove: list[Annotated[str, Field(max_length=40)]] = Field(
        default_factory=list, max_length=10, description="Tags to take off."
    )


class SetPriority(_Strict):
    """Change how urgent the ticket is."""

    do: Literal["set_priority"] = "set_priority"
    priority: Literal["low", "normal", "high", "critical"] = Field(description="The new one.")


class Comment(_Strict):
    """A note in the ticket's history that no customer sees."""

    do: Literal["comment"] = "comment"
    text: Written = Field(description="The note; may hold {{places}}.")


class Notify(_Strict):
    """A notice for people of the house."""

    do: Literal["notify"] = "notify"
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = (
        Field(description="What is told; may hold {{places}}.")
    )
    user_ids: list[UserId] = Field(default_factory=list, max_length=50, description="Whom.")
    role: StaffRole | None = Field(None, description="Everybody of a role.")
    assignee: bool = Field(False, description="Whoever works on the ticket.")
    severity: Literal["info", "warning", "critical"] = Field("info", description="How loud.")


class SendMessage(_Strict):
    """A message in the conversation that the ticket came from."""

    do: Literal["send_message"] = "send_message"
    text: Texts = Field(description="By language; may hold {{places}}.")


class SendMail(_Strict):
    """A mail to the ticket's contact, to whoever works on it, or to an address."""

    do: Literal["send_mail"] = "send_mail"
    to: Literal["contact", "assignee", "address"] = Field("contact", description="To whom.")
    address: str = Field("", max_length=254, description="Of `address`: where.")
    subject: Texts = Field(description="By language; may hold {{places}}.")
    text: Texts = Field(description="By language; may hold {{places}}.")


class OpenAnother(_Strict):
    """Open a ticket; by itself or below this one."""

    do: Literal["open_ticket"] = "open_ticket"
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    description: str = Field("", max_length=TEXT, description="May hold {{places}}.")
    type: str = Field("request", max_length=20, description="Built-in type.")
    own_type: str = Field("", max_length=20, description="Own type instead.")
    priority: Literal["low", "normal", "high", "critical"] = Field("normal", description="Urgency.")
    below: bool = Field(False, description="Whether it hangs under the ticket.")
    fields: dict[str, Any] = Field(default_factory=dict, description="What its type asks for.")
    custom: CustomValues = Field(default_factory=dict, description="Own fields.")


class CallBack(_Strict):
    """Somebody should call the customer."""

    do: Literal["call_back"] = "call_back"
    reason: Written = Field(description="What it is about; may hold {{places}}.")
    minutes: int = Field(60, ge=1, le=43_200, description="By when, from now.")
    user_id: UserId | None = Field(None, description="Whose task; none: the ticket's assignee's.")


class CallWebhook(_Strict):
    """Tell the endpoints that want `rule.fired`."""

    do: Literal["webhook"] = "webhook"
    data: dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=1000)]] = (
        Field(default_factory=dict, max_length=30, description="Names to texts with {{places}}.")
    )


Action = Annotated[
    Assign | SetField | SetTags | SetPriority | Comment | Notify | SendMessage | SendMail
    | OpenAnother | CallBack | CallWebhook,
    Field(discriminator="do"),
]  # fmt: skip


class RuleFacts(_Strict):
    """What a rule says."""

    name: Name = Field(description="What it is called.")
    note: str = Field("", max_length=2000, description="Why it is there.")
    when: When = Field(description="What it waits for.")
    if_: Condition = Field(
        default_factory=AllOf, alias="if", description="What must be so; `{all: []}`: always."
    )
    then: list[Action] = Field(min_length=1, max_length=MAX_ACTIONS, description="In order.")
    stop_processing: bool = Field(False, description="No later rule looks at what it took.")
    max_per_hour: int = Field(
        100, ge=1, le=10_000, description="Acts at most; one more and it is switched off."
    )


class CreateRule(RuleFacts):
    """A new rule, at the end of the order."""

    active: bool = Field(False, description="Whether it begins at once.")


class RuleChanges(_Strict):
    """Changes of a rule; what is left out stays."""

    version: int | None = Field(None, description="Version the change is based on.")
    name: Name | None = Field(None, description="What it is called.")
    note: str | None = Field(None, max_length=2000, description="Why it is there.")
    when: When | None = Field(None, description="What it waits for.")
    if_: Condition | None = Field(None, alias="if", description="What must be so.")
    then: list[Action] | None = Field(
        None, min_length=1, max_length=MAX_ACTIONS, description="In order."
    )
    stop_processing: bool | None = Field(None, description="No later rule looks at it.")
    max_per_hour: int | None = Field(None, ge=1, le=10_000, description="Acts at most.")
    active: bool | None = Field(None, description="On or off.")


class ChangeRule(RuleChanges):
    """Changes of one rule."""

    rule_id: str = Field(max_length=26, description="Id of the rule.")


class PickRule(BaseModel):
    """One rule."""

    rule_id: str = Field(max_length=26, description="Id of the rule.")


class RestoreRule(PickRule):
    """A rule says again what it said before."""

    revision: int = Field(ge=1, description="Which revision.")


class OrderRules(BaseModel):
    """The order in which rules look at what happened."""

    ids: list[str] = Field(max_length=500, description="Ids, first to last.")


class RuleView(RuleFacts):
    """A rule, and how it has done of late."""

    id: str
    active: bool
    position: int
    revision: int
    version: int
    stopped_reason: str
    created_at: str
    updated_at: str
    acted: int = 0
    """How often it acted in the last seven days."""
    failed: int = 0
    last_acted_at: str | None = None


class Rules(BaseModel):
    """All rules, in order."""

    items: list[RuleView]


class RuleVersionView(BaseModel):
    """What a rule said in one revision."""

    revision: int
    at: str
    actor: str
    rule: RuleFacts


class RuleVersions(BaseModel):
    items: list[RuleVersionView]


class TruthView(BaseModel):
    """A condition and whether it held: `kind` is all, any, not or test."""

    kind: str
    holds: bool
    field: str = ""
    op: str = ""
    value: Any = None
    found: Any = None
    """What the field held."""
    parts: list[TruthView] = Field(default_factory=list)


class ActView(BaseModel):
    """One action: what it did, or would do; `state` is done, skipped or failed."""

    do: str
    state: str
    told: str = ""
    tool: str = ""
    arguments: dict[str, Any] = Field(default_factory=dict)


class ChangeOfRow(BaseModel):
    """A row that was changed, or would be: per column [before, after]."""

    table: str
    id: str
    columns: dict[str, list[Any]]


class RunView(BaseModel):
    """One rule looked at one event; `matched` false: its condition did not hold."""

    id: str
    rule_id: str
    rule_name: str
    revision: int
    trigger: str
    object: str
    object_id: str
    object_label: str
    chain_id: str
    depth: int
    matched: bool
    truth: TruthView
    acts: list[ActView]
    changes: list[ChangeOfRow]
    error: str
    milliseconds: int
    at: str


class TestRule(_Strict):
    """A dry run: of a rule on file or of one just written."""

    __test__ = False

    rule_id: str | None = Field(None, max_length=26, description="A rule on file.")
    rule: RuleFacts | None = Field(None, description="Or one that is not saved yet.")
    ticket: str = Field("", max_length=40, description="Number of the ticket to try it on.")
    recent: int = Field(
        0, ge=0, le=20, description="Or so many of what last changed and it may look at."
    )


class TestResult(BaseModel):
    """What would happen; nothing of it was kept."""

    __test__ = False

    runs: list[RunView]
