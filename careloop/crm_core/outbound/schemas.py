"""Commands and views of outgoing webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

MAX_EVENTS = 60
MAX_OVERLAP_HOURS = 168
EventPattern = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=60, pattern=r"^(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?)$"
    ),
]
"""A type such as `ticket.opened`, all of a kind such as `ticket.*`, or `*` for everything."""
Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=500)]
StateName = Literal["enabled", "disabled"]
DeliveryStateName = Literal["waiting", "delivered", "dead"]


class EndpointView(BaseModel):
    """An endpoint; `secret` is there in the answer that made it, and never again."""

    id: str
    url: str
    description: str
    events: list[str]
    include_personal: bool
    state: StateName
    disabled_reason: str
    disabled_at: str | None
    previous_secret_until: str | None
    """Until when the secret before the last change signs as well."""
    failures: int
    """Failed tries since the last success."""
    failing_since: str | None
    succeeded_at: str | None
    throttled_until: str | None
    waiting: int
    dead: int
    version: int
    created_at: str
    updated_at: str
    secret: str | None = None


class AddEndpoint(BaseModel):
    """An address that wants to hear of facts."""

    url: Url = Field(description="Address that answers POST, https.")
    events: list[EventPattern] = Field(
        min_length=1, max_length=MAX_EVENTS, description="Types, or `ticket.*`, or `*`."
    )
    description: str = Field("", max_length=200, description="Whose it is, and what for.")
    include_personal: bool = Field(
        False, description="Send names, addresses, phone numbers and free text of people, too."
    )


class EndpointChanges(BaseModel):
    """Changes of an endpoint; what is left out stays."""

    version: int | None = Field(None, description="Version the change is based on.")
    url: Url | None = Field(None, description="Address that answers POST, https.")
    events: list[EventPattern] | None = Field(
        None, min_length=1, max_length=MAX_EVENTS, description="Types, or `ticket.*`, or `*`."
    )
    description: str | None = Field(None, max_length=200, description="Whose it is, what for.")
    include_personal: bool | None = Field(None, description="Send personal data, too.")
    enabled: Literal[False] | None = Field(
        None, description="false: send nothing until it is enabled again."
    )
    reason: str = Field("", max_length=300, description="Why it is disabled.")


class ChangeEndpoint(EndpointChanges):
    """Changes of an endpoint; what is left out stays."""

    endpoint_id: str = Field(max_length=26, description="Id of the endpoint.")


class PickEndpoint(BaseModel):
    """One endpoint."""

    endpoint_id: str = Field(max_length=26, description="Id of the endpoint.")


class Rotation(BaseModel):
    """Another secret."""

    overlap_hours: int = Field(
        24, ge=0, le=MAX_OVERLAP_HOURS,
        description="Hours in which the old secret signs as well; 0: it ends at once.",
    )  # fmt: skip


class RotateSecret(Rotation):
    """Another secret for an endpoint."""

    endpoint_id: str = Field(max_length=26, description="Id of the endpoint.")


class EndpointMade(BaseModel):
    """An endpoint, and what its secret is made from."""

    endpoint: EndpointView
    salt: str


class AttemptView(BaseModel):
    """One try. Without `status` and `error` the sender died in it, and the receiver may have it."""

    attempt: int
    begun_at: str
    status: int | None
    error: str
    detail: str
    answer: str
    """The first kilobyte of what the receiver answered."""
    duration_ms: int | None


class DeliveryView(BaseModel):
    """A message on its way to one endpoint."""

    id: str
    webhook_id: str
    endpoint_id: str
    endpoint_url: str
    type: str
    object: str
    key: str
    sequence: int
    state: DeliveryStateName
    replay: int
    attempts: int
    next_at: str | None
    created_at: str
    delivered_at: str | None
    status: int | None
    error: str
    duration_ms: int | None


class DeliveryDetail(DeliveryView):
    """A delivery with its payload and every try."""

    payload: dict[str, Any]
    attempt_log: list[AttemptView]


class PickDelivery(BaseModel):
    """One delivery."""

    delivery_id: str = Field(max_length=26, description="Id of the delivery.")


class ReplayRange(BaseModel):
    """Deliveries of a time to be sent anew, with the same ids."""

    since: datetime = Field(description="From when the facts are, this included.")
    until: datetime = Field(description="Until when the facts are, this not included.")
    endpoint_id: str = Field("", max_length=26, description="One endpoint; empty: all.")
    type: str = Field("", max_length=60, description="One type; empty: all.")
    state: DeliveryStateName | None = Field(
        "dead", description="Only those that stand so; null: all that do not wait already."
    )


class Replayed(BaseModel):
    """How many deliveries go out anew; `more` when the range holds others, ask again for those."""

    deliveries: int
    more: bool = False


class EventTypeView(BaseModel):
    """A type of fact that may be told."""

    type: str
    version: int
    object: str
    summary: str
    open_fields: list[str]
    """Fields of `data.record` that every endpoint gets; the others need `include_personal`."""
    example: dict[str, Any]


class ClaimDeliveries(BaseModel):
    """Deliveries of one endpoint that somebody wants to send now."""

    endpoint_id: str = Field(max_length=26, description="Id of the endpoint.")
    together: int = Field(2, ge=1, le=50, description="How many may be on their way at once.")
    lease_seconds: int = Field(60, ge=5, le=600, description="After this they count as lost.")


class Outgoing(BaseModel):
    """All that sending one delivery needs."""

    delivery_id: str
    attempt: int
    webhook_id: str
    endpoint_id: str
    url: str
    salts: list[str]
    replay: int
    body: str


class Claimed(BaseModel):
    """Deliveries that are now the caller's to send."""

    deliveries: list[Outgoing]


class NoteAttempt(BaseModel):
    """How a try ended."""

    delivery_id: str = Field(max_length=26, description="Id of the delivery.")
    attempt: int = Field(ge=1, description="Which try it was.")
    status: int | None = Field(None, description="HTTP status; null without an answer.")
    error: str = Field("", max_length=40, description="Code of what went wrong; empty: answered.")
    detail: str = Field("", max_length=300, description="The same in words.")
    answer: str = Field("", max_length=1024, description="Beginning of the answer.")
    duration_ms: int = Field(ge=0, description="How long it took, milliseconds.")
    retry_after: int | None = Field(None, ge=0, description="Seconds the receiver asked for.")
