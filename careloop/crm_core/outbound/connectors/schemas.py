"""Commands and views of connectors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

ObjectName = Literal["customers", "contacts", "assets", "tickets"]
AuthName = Literal["none", "bearer", "basic", "api_key"]
RunState = Literal["running", "stopped", "done", "failed"]
Value = str | int | float | bool | list[str] | None
Values = dict[str, Value]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
MAX_MAPPING = 100_000


class LoginFacts(BaseModel):
    """What we log in with there; it is never shown again."""

    auth: AuthName = Field("none", description="How we log in there.")
    auth_name: str = Field(
        "", max_length=120, description="User name with basic; header with api_key."
    )
    secret: str = Field(
        "", max_length=4000, description="Token, password or key; empty: the one on file stays."
    )


class ConnectorFacts(LoginFacts):
    """Where to, how often, and what belongs to what."""

    title: str = Field("", max_length=120, description="What people call it.")
    base_url: str = Field(
        max_length=500, description="Address that the paths of the mapping stand below."
    )
    active: bool = Field(True, description="Whether it runs by the clock.")
    every_minutes: int = Field(
        0, ge=0, le=10_080, description="Minutes between two runs; 0: only when asked."
    )
    mapping: str = Field(max_length=MAX_MAPPING, description="The mapping, YAML or JSON.")


class NewConnector(ConnectorFacts):
    """A new connector."""

    name: Name = Field(description="Short name; its writes stand under it in the audit.")


class AddConnector(NewConnector):
    """A new connector, its login sealed."""

    secret: str = Field("", max_length=0, description="Always empty; the login comes sealed.")
    sealed: str = Field("", max_length=8000, description="The login, sealed.")


class ConnectorChanges(BaseModel):
    """Changes of a connector; what is left out stays."""

    version: int | None = Field(None, description="Version the change is based on.")
    title: str | None = Field(None, max_length=120, description="What people call it.")
    base_url: str | None = Field(None, max_length=500, description="Address of the other side.")
    active: bool | None = Field(None, description="Whether it runs by the clock.")
    every_minutes: int | None = Field(None, ge=0, le=10_080, description="Minutes between runs.")
    mapping: str | None = Field(None, max_length=MAX_MAPPING, description="YAML or JSON.")
    auth: AuthName | None = Field(None, description="How we log in there.")
    auth_name: str | None = Field(None, max_length=120, description="User name or header.")
    secret: str | None = Field(None, max_length=4000, description="Token, password or key.")


class ChangeConnector(ConnectorChanges):
    """Changes of a connector, its login sealed."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")
    secret: None = Field(None, description="Always empty; the login comes sealed.")
    sealed: str | None = Field(None, max_length=8000, description="The login, sealed.")


class PickConnector(BaseModel):
    """One connector."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")


class ConnectorRunView(BaseModel):
    """One run; `counters` holds figures for each kind of object."""

    id: str
    connector_id: str
    dry: bool
    asked_by: str
    state: RunState
    counters: dict[str, dict[str, int]]
    place: str
    error: str
    started_at: str
    updated_at: str
    ended_at: str | None


class ConnectorView(BaseModel):
    """A connector; its login is never shown."""

    id: str
    name: str
    title: str
    kind: str
    base_url: str
    auth: AuthName
    auth_name: str
    has_login: bool
    active: bool
    every_minutes: int
    next_run_at: str | None
    mapping: str
    objects: list[str]
    links: dict[str, int]
    problems: int
    conflicts: int
    last_run: ConnectorRunView | None
    version: int
    created_at: str
    updated_at: str


class LineView(BaseModel):
    """One line of a run's report: what was (or would be) done, and why not."""

    seq: int
    object: str
    our_id: str
    their_id: str
    did: str
    detail: dict[str, Any]


class ConnectorRunPage(BaseModel):
    """A run with its report."""

    run: ConnectorRunView
    lines: list[LineView]
    next_cursor: str | None = None


class ProblemView(BaseModel):
    """A record that could not be brought together; every run tries it again."""

    id: str
    object: str
    side: str
    record_id: str
    message: str
    tries: int
    created_at: str
    updated_at: str


class ConflictField(BaseModel):
    """A field that both sides changed."""

    base: Value
    ours: Value
    theirs: Value


class ConflictView(BaseModel):
    """A record of which both sides changed the same fields."""

    id: str
    connector_id: str
    object: str
    our_id: str
    their_id: str
    title: str
    fields: dict[str, ConflictField]
    state: Literal["open", "resolved"]
    choice: dict[str, str]
    resolved_by: str
    resolved_at: str | None
    version: int
    created_at: str
    updated_at: str


class ConflictChoice(BaseModel):
    """Whose value each field gets."""

    take: dict[str, Literal["ours", "theirs"]] = Field(
        min_length=1, description="Field to `ours` or `theirs`; every field of the conflict."
    )
    version: int | None = Field(None, description="Version the choice is based on.")


class ResolveConflict(ConflictChoice):
    """Whose value each field of a conflict gets."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")
    conflict_id: str = Field(max_length=26, description="Id of the conflict.")


class MappingProblem(BaseModel):
    """A mistake in a mapping: where, and what to do."""

    place: str
    message: str


class CheckMapping(BaseModel):
    """A mapping to be looked at."""

    mapping: str = Field(max_length=MAX_MAPPING, description="The mapping, YAML or JSON.")


class MappingChecked(BaseModel):
    """What a mapping says, and its mistakes."""

    ok: bool
    problems: list[MappingProblem]
    objects: dict[str, Any]


class OurFieldView(BaseModel):
    """A field of ours that a mapping may name."""

    name: str
    kind: str
    needed: bool
    writable: Literal["always", "create", "never"]
    choices: list[str]
    refers_to: str


class OurObjectView(BaseModel):
    """A kind of object with its fields."""

    name: str
    fields: list[OurFieldView]


class ConnectorHelp(BaseModel):
    """What a mapping may hold, with a whole one to begin with."""

    objects: list[OurObjectView]
    transforms: dict[str, str]
    example: str


class AskRun(BaseModel):
    """A run of a connector."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")
    dry: bool = Field(False, description="Only say what would be done.")
    lease_seconds: int = Field(300, ge=5, le=3600, description="After this it counts as dead.")
    runner: str = Field("", max_length=26, description="Who runs it; empty: the next worker.")
    scheduled: bool = Field(False, description="By the clock: only where it is due.")


class WantRun(BaseModel):
    """Whether a run is a dry one."""

    dry: bool = Field(False, description="Only say what would be done.")


class TheirFacts(BaseModel):
    """A record as the other side gave it."""

    id: str = Field(max_length=200, description="Their id.")
    version: str = Field("", max_length=200, description="What they want to see with a change.")
    updated: str = Field("", max_length=40, description="When they say it changed.")
    values: dict[str, Any] = Field(default_factory=dict, description="The record itself.")
    deleted: bool = Field(False, description="Whether they deleted it.")


class SettleRecord(BaseModel):
    """A record of theirs to be brought together with ours."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")
    object: ObjectName = Field(description="Kind of object.")
    record: TheirFacts = Field(description="Their record.")
    our_id: str = Field("", max_length=26, description="Ours, where it is known already.")
    pushed: dict[str, Any] = Field(
        default_factory=dict, description="Values of ours that they have just taken."
    )
    listed: bool = Field(False, description="From a list, so it may be older than what we know.")


class Settled(BaseModel):
    """What came of a record; `document` is what the other side still has to take."""

    did: str
    our_id: str = ""
    title: str = ""
    changed: dict[str, Any] = Field(default_factory=dict)
    conflicts: list[str] = Field(default_factory=list)
    push: dict[str, Any] = Field(default_factory=dict)
    document: dict[str, Any] = Field(default_factory=dict)


class IntendRecord(BaseModel):
    """A record of ours that they are about to be asked to make."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")
    object: ObjectName = Field(description="Kind of object.")
    our_id: str = Field(max_length=26, description="Our id.")


class NoteProblem(BaseModel):
    """A record that could not be brought together; an empty message: it could after all."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")
    object: ObjectName = Field(description="Kind of object.")
    side: Literal["theirs", "ours"] = Field(description="Whose id it is.")
    record_id: str = Field(max_length=200, description="The id.")
    message: str = Field("", max_length=500, description="What is wrong.")


class NewLine(BaseModel):
    """A line for a run's report."""

    object: str = Field(max_length=20, description="Kind of object.")
    our_id: str = Field("", max_length=80, description="Our id.")
    their_id: str = Field("", max_length=200, description="Their id.")
    did: str = Field(max_length=20, description="What was done.")
    detail: dict[str, Any] = Field(default_factory=dict, description="More of it.")


class KeepRun(BaseModel):
    """How far a run came."""

    connector_id: str = Field(max_length=26, description="Id of the connector.")
    connector_run_id: str = Field(max_length=26, description="Id of the run.")
    runner: str = Field(max_length=26, description="Who runs it.")
    place: dict[str, Any] = Field(default_factory=dict, description="How far it came.")
    counters: dict[str, dict[str, int]] = Field(default_factory=dict, description="Figures.")
    cursors: dict[str, Any] = Field(default_factory=dict, description="How far sides were read.")
    lines: list[NewLine] = Field(default_factory=list, description="Lines for the report.")
    lease_seconds: int = Field(300, ge=5, le=3600, description="After this it counts as dead.")


class EndRun(KeepRun):
    """How a run ended."""

    state: Literal["stopped", "done", "failed"] = Field(description="How it ended.")
    error: str = Field("", max_length=500, description="Why, where it did not end well.")
    again_in: int = Field(0, ge=0, description="Seconds until it goes on; 0: as scheduled.")


class RunTaken(BaseModel):
    """A run that is the caller's now; empty where there is none to do."""

    connector_run_id: str = ""
    dry: bool = False
    place: dict[str, Any] = Field(default_factory=dict)
    counters: dict[str, dict[str, int]] = Field(default_factory=dict)
    cursors: dict[str, Any] = Field(default_factory=dict)
