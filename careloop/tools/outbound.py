"""Tools over outgoing webhooks."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.outbound import replaying, sending, service, views
from careloop.crm_core.outbound.models import WebhookEndpoint
from careloop.crm_core.outbound.schemas import (
    AddEndpoint,
    ChangeEndpoint,
    ClaimDeliveries,
    Claimed,
    DeliveryView,
    EndpointMade,
    EndpointView,
    NoteAttempt,
    PickDelivery,
    PickEndpoint,
    Replayed,
    ReplayRange,
    RotateSecret,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.spec import Done, Effect, tool


@tool("webhooks.add_endpoint", effect=Effect.WRITE, scope="settings:write")
def add_endpoint(session: Session, actor: Actor, command: AddEndpoint) -> EndpointMade:
    """Add an address that is told of facts."""
    return _made(session, actor, service.add_endpoint(session, actor, command))


@tool("webhooks.change_endpoint", effect=Effect.WRITE, scope="settings:write")
def change_endpoint(session: Session, actor: Actor, command: ChangeEndpoint) -> EndpointView:
    """Change what an endpoint is told, or disable it."""
    row = service.change_endpoint(session, actor, command)
    return views.endpoint_view(session, actor, row)


@tool("webhooks.enable_endpoint", effect=Effect.WRITE, scope="settings:write")
def enable_endpoint(session: Session, actor: Actor, command: PickEndpoint) -> EndpointView:
    """Send to an endpoint again, beginning with what waits."""
    row = service.enable_endpoint(session, actor, command)
    return views.endpoint_view(session, actor, row)


@tool("webhooks.rotate_secret", effect=Effect.WRITE, scope="settings:write")
def rotate_secret(session: Session, actor: Actor, command: RotateSecret) -> EndpointMade:
    """Give an endpoint another secret; the old one signs beside it for some hours."""
    return _made(session, actor, service.rotate_secret(session, actor, command))


@tool("webhooks.test_endpoint", effect=Effect.WRITE, scope="settings:write")
def test_endpoint(session: Session, actor: Actor, command: PickEndpoint) -> DeliveryView:
    """Send an endpoint a message that says nothing of the books."""
    row = service.test_endpoint(session, actor, command)
    return views.delivery_views(session, actor, [row])[0]


@tool("webhooks.remove_endpoint", effect=Effect.DESTROY, scope="settings:write")
def remove_endpoint(session: Session, actor: Actor, command: PickEndpoint) -> Done:
    """Remove an endpoint with its log."""
    service.remove_endpoint(session, actor, command)
    return Done(done=True)


@tool("webhooks.replay", effect=Effect.WRITE, scope="settings:write")
def replay(session: Session, actor: Actor, command: PickDelivery) -> DeliveryView:
    """Send a message to its endpoint anew, with the same id."""
    return views.delivery_views(session, actor, [replaying.replay(session, actor, command)])[0]


@tool("webhooks.replay_range", effect=Effect.WRITE, scope="settings:write")
def replay_range(session: Session, actor: Actor, command: ReplayRange) -> Replayed:
    """Send anew what was told of a span of time."""
    return replaying.replay_range(session, actor, command)


@tool("webhooks.claim", effect=Effect.WRITE, scope="settings:write", heartbeat=True)
def claim(session: Session, actor: Actor, command: ClaimDeliveries) -> Claimed:
    """Take deliveries of an endpoint to send them now."""
    return sending.claim(session, actor, command)


@tool("webhooks.note_attempt", effect=Effect.WRITE, scope="settings:write", heartbeat=True)
def note_attempt(session: Session, actor: Actor, command: NoteAttempt) -> Done:
    """Keep how a try to send ended."""
    sending.note_attempt(session, actor, command)
    return Done(done=True)


class Forget(BaseModel):
    """Everything whose time is over."""


class Forgotten(BaseModel):
    """How many messages were deleted."""

    messages: int = Field(description="Messages with their deliveries and tries.")


@tool("webhooks.forget_old", effect=Effect.DESTROY, scope="settings:write", heartbeat=True)
def forget_old(session: Session, actor: Actor, command: Forget) -> Forgotten:
    """Delete messages that ended long ago, with their log."""
    return Forgotten(messages=replaying.forget_old(session, actor.tenant_id))


def _made(session: Session, actor: Actor, row: WebhookEndpoint) -> EndpointMade:
    return EndpointMade(endpoint=views.endpoint_view(session, actor, row), salt=row.salt)
