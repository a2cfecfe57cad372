"""Outgoing webhooks: endpoints, the catalogue of facts, the log of deliveries."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Response
from pydantic import AwareDatetime, BaseModel, Field, create_model

from careloop.api.auth import ServicesDep, SessionDep, StaffDep
from careloop.api.outgoing import egress_of, shown_secret, vault_of
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.outbound import queries, views
from careloop.crm_core.outbound.catalogue import CATALOGUE, NEVER, VIEWS, EventType
from careloop.crm_core.outbound.schemas import (
    AddEndpoint,
    ChangeEndpoint,
    DeliveryDetail,
    DeliveryStateName,
    DeliveryView,
    EndpointChanges,
    EndpointMade,
    EndpointView,
    EventTypeView,
    PickDelivery,
    PickEndpoint,
    Replayed,
    ReplayRange,
    RotateSecret,
    Rotation,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden
from careloop.tools.spec import Done

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


def settings_keeper(actor: StaffDep) -> Actor:
    """Staff who look after the settings."""
    if not actor.may("settings:write"):
        raise Forbidden("This needs the right settings:write")
    return actor


SettingsDep = Annotated[Actor, Depends(settings_keeper)]


@router.get("/events")
def events(actor: SettingsDep) -> list[EventTypeView]:
    """Every type of fact that may be told, with an example of its payload."""
    return views.catalogue_views()


@router.get("/endpoints")
def endpoints(session: SessionDep, actor: SettingsDep) -> list[EndpointView]:
    """The endpoints, with how sending to them goes."""
    return views.endpoint_views(session, actor, queries.endpoints(session, actor))


@router.post("/endpoints", status_code=201)
def add_endpoint(
    services: ServicesDep, actor: SettingsDep, body: AddEndpoint, response: Response,
    key: RequiredKeyDep,
) -> EndpointView:  # fmt: skip
    """Add an endpoint. `secret` is in this answer, and never shown again."""
    egress_of(services).check(body.url)
    made = act(services, actor, "webhooks.add_endpoint", body, EndpointMade, key=key)
    return _with_secret(services, actor, response, made)


@router.get("/endpoints/{endpoint_id}")
def endpoint(
    session: SessionDep, actor: SettingsDep, endpoint_id: str, response: Response
) -> EndpointView:
    """One endpoint."""
    view = views.endpoint_view(session, actor, queries.endpoint(session, actor, endpoint_id))
    tag(response, view.version)
    return view


@router.patch("/endpoints/{endpoint_id}")
def change_endpoint(
    services: ServicesDep, actor: SettingsDep, endpoint_id: str, body: EndpointChanges,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> EndpointView:  # fmt: skip
    """Change an endpoint, or disable it (`enabled: false`); what waits is kept."""
    if body.url is not None:
        egress_of(services).check(body.url)
    given = body.model_dump(exclude_unset=True)
    if base is not None:
        given["version"] = base
    command = ChangeEndpoint(endpoint_id=endpoint_id, **given)
    view = act(
        services, actor, "webhooks.change_endpoint", command, EndpointView, key=key,
        reason=body.reason,
    )  # fmt: skip
    tag(response, view.version)
    return view


@router.delete("/endpoints/{endpoint_id}")
def remove_endpoint(
    services: ServicesDep, actor: SettingsDep, endpoint_id: str, key: KeyDep = None
) -> Done:
    """Remove an endpoint with its log; what still waits is not sent."""
    command = PickEndpoint(endpoint_id=endpoint_id)
    return act(services, actor, "webhooks.remove_endpoint", command, Done, key=key)


@router.post("/endpoints/{endpoint_id}/rotate")
def rotate(
    services: ServicesDep, actor: SettingsDep, endpoint_id: str, body: Rotation,
    response: Response, key: RequiredKeyDep,
) -> EndpointView:  # fmt: skip
    """Another secret, shown once; for some hours both sign."""
    command = RotateSecret(endpoint_id=endpoint_id, **body.model_dump())
    made = act(services, actor, "webhooks.rotate_secret", command, EndpointMade, key=key)
    return _with_secret(services, actor, response, made)


@router.post("/endpoints/{endpoint_id}/test", status_code=202)
def test(
    services: ServicesDep, actor: SettingsDep, endpoint_id: str, key: KeyDep = None
) -> DeliveryView:
    """Send the endpoint a message that says nothing; the delivery shows what it answered."""
    command = PickEndpoint(endpoint_id=endpoint_id)
    return act(services, actor, "webhooks.test_endpoint", command, DeliveryView, key=key)


@router.post("/endpoints/{endpoint_id}/enable")
def enable(
    services: ServicesDep, actor: SettingsDep, endpoint_id: str, response: Response,
    key: KeyDep = None,
) -> EndpointView:  # fmt: skip
    """Send again, beginning with what waits."""
    command = PickEndpoint(endpoint_id=endpoint_id)
    view = act(services, actor, "webhooks.enable_endpoint", command, EndpointView, key=key)
    tag(response, view.version)
    return view


@router.get("/deliveries")
def deliveries(
    session: SessionDep, actor: SettingsDep, endpoint_id: str = "",
    state: Annotated[list[DeliveryStateName] | None, Query()] = None,
    type: Annotated[str, Query(description="One type of fact.")] = "",
    object_key: Annotated[str, Query(description="Number of the object it is about.")] = "",
    webhook_id: str = "",
    since: AwareDatetime | None = None, until: AwareDatetime | None = None,
    cursor: str = "", limit: Limit = 50,
) -> Page[DeliveryView]:  # fmt: skip
    """The log of deliveries, newest first."""
    place = decode_cursor(cursor, 1)
    found = queries.DeliveryFilter(
        endpoint_id=endpoint_id, states=tuple(state or ()), type=type, key=object_key,
        webhook_id=webhook_id, since=since, until=until,
    )  # fmt: skip
    rows = queries.deliveries(session, actor, found, str(place[0]) if place else "", limit + 1)
    return Page(
        items=views.delivery_views(session, actor, rows[:limit]),
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post("/deliveries/replay", status_code=202)
def replay_range(
    services: ServicesDep, actor: SettingsDep, body: ReplayRange, key: RequiredKeyDep
) -> Replayed:
    """Send anew what was told of a span of time: dead ones, or all; 500 at once."""
    return act(services, actor, "webhooks.replay_range", body, Replayed, key=key)


@router.get("/deliveries/{delivery_id}")
def delivery(session: SessionDep, actor: SettingsDep, delivery_id: str) -> DeliveryDetail:
    """A delivery with its payload and every try."""
    return views.delivery_detail(session, actor, queries.delivery(session, actor, delivery_id))


@router.post("/deliveries/{delivery_id}/replay", status_code=202)
def replay(
    services: ServicesDep, actor: SettingsDep, delivery_id: str, key: RequiredKeyDep
) -> DeliveryView:
    """Send a message to its endpoint anew: the same `webhook-id`, marked `webhook-replay`."""
    command = PickDelivery(delivery_id=delivery_id)
    return act(services, actor, "webhooks.replay", command, DeliveryView, key=key)


def _with_secret(
    services: ServicesDep, actor: Actor, response: Response, made: EndpointMade
) -> EndpointView:
    tag(response, made.endpoint.version)
    response.headers["Cache-Control"] = "no-store"
    secret = shown_secret(vault_of(services), actor.tenant_id, made.endpoint.id, made.salt)
    return made.endpoint.model_copy(update={"secret": secret})


def describe(app: FastAPI) -> None:
    """Write the payload of every type into the document's `webhooks`."""
    for found in CATALOGUE.values():
        app.webhooks.add_api_route(
            found.type, _told(found), methods=["POST"], summary=found.summary, tags=["webhooks"]
        )


def _told(found: EventType) -> Any:
    model = payload_model(found)

    def told(body: Any) -> None:
        """A fact; answer 2xx within 15 seconds."""

    told.__annotations__ = {"body": model, "return": None}
    told.__name__ = found.type.replace(".", "_")
    return told


def payload_model(found: EventType) -> type[BaseModel]:
    """The JSON schema of a type's payload: its record is the view with every field optional,
    because an endpoint without personal data does not get all of them."""
    stem = "".join(word.capitalize() for word in found.type.replace("_", ".").split("."))
    record: Any = dict[str, Any]
    if found.object in VIEWS:
        record = _partial(VIEWS[found.object][0], found.object)
    data = create_model(
        f"Webhook{stem}Data",
        object=(str, Field(description="Kind of thing it is about.")),
        key=(str, Field(description="Number or id of the thing.")),
        sequence=(int, Field(description="Grows with every message about this thing.")),
        record=(record | None, Field(description="The thing as it stood; null when too large.")),
        change=(dict[str, Any], Field(description="What happened to it.")),
        withheld=(list[str], Field(description="Fields that this endpoint may not see.")),
        thin=(bool, Field(False, description="The record was too large; read it by REST.")),
    )
    return create_model(
        f"Webhook{stem}",
        type=(str, Field(description=found.summary, examples=[found.type])),
        version=(int, Field(description="Version of the payload.", examples=[found.version])),
        timestamp=(str, Field(description="When it became a fact, UTC.")),
        data=(data, Field(description="What it is about.")),
    )


_PARTIAL: dict[str, type[BaseModel]] = {}


def _partial(view: type[BaseModel], object_kind: str) -> type[BaseModel]:
    known = _PARTIAL.get(object_kind)
    if known is None:
        fields: dict[str, Any] = {
            name: (field.annotation, Field(None, alias=field.alias))
            for name, field in view.model_fields.items()
            if name not in NEVER.get(object_kind, frozenset())
        }
        stem = "".join(word.capitalize() for word in object_kind.split("_"))
        known = _PARTIAL[object_kind] = create_model(f"Webhook{stem}Record", **fields)
    return known
