"""Webhooks and connectors of a maker."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.outbound import queries as webhooks
from careloop.crm_core.outbound import sending
from careloop.crm_core.outbound import service as endpoints
from careloop.crm_core.outbound.connectors import linking, queries, running, service
from careloop.crm_core.outbound.connectors.example import EXAMPLE
from careloop.crm_core.outbound.connectors.schemas import (
    AddConnector,
    AskRun,
    KeepRun,
    NoteProblem,
    SettleRecord,
)  # fmt: skip
from careloop.crm_core.outbound.schemas import AddEndpoint, ClaimDeliveries, NoteAttempt
from careloop.kit.actor import Actor
from careloop.kit.db import now

MAPPING = {"mapping": EXAMPLE}
BODIES = {
    ("POST", "/v1/webhooks/endpoints"): {"url": "https://hooks.example.com/in", "events": ["*"]},
    ("PATCH", "/v1/webhooks/endpoints/{endpoint_id}"): {"description": "other"},
    ("POST", "/v1/webhooks/deliveries/replay"): {
        "since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z",
    },
    ("POST", "/v1/connectors"): {
        "name": "other-erp", "base_url": "https://erp.example.com/api", **MAPPING,
    },
    ("PATCH", "/v1/connectors/{connector_id}"): {"title": "other"},
    ("POST", "/v1/connectors/{connector_id}/conflicts/{conflict_id}/resolve"): {
        "take": {"name": "ours"},
    },
}  # fmt: skip


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """An endpoint with a delivery that was tried; a connector with link, conflict, problem."""
    tag = ids["tag"]
    endpoint = endpoints.add_endpoint(
        session, actor,
        AddEndpoint(url=f"https://{tag}.example.com/hook", events=["note.*"], description=tag),
    )  # fmt: skip
    tenant = actor.tenant_id
    endpoints.deliver(
        session, tenant, "note.made", {"text": f"note of {tag}"}, f"note-{tag}",
        object="note", key=f"N-{tag}",
    )  # fmt: skip
    claimed = sending.claim(session, actor, ClaimDeliveries(endpoint_id=endpoint.id))
    delivery_id = claimed.deliveries[0].delivery_id
    sending.note_attempt(
        session, actor,
        NoteAttempt(
            delivery_id=delivery_id, attempt=1, status=500, answer=f"no, {tag}", duration_ms=5
        ),
    )  # fmt: skip
    message_id = claimed.deliveries[0].webhook_id
    connector = service.add_connector(
        session, actor,
        AddConnector(
            name=f"erp-{tag}".lower(), title=f"ERP of {tag}", mapping=EXAMPLE,
            base_url=f"https://erp-{tag}.example.com", auth="bearer", sealed="sealed",
        ),
    )  # fmt: skip
    run = running.ask(session, actor, AskRun(connector_id=connector.id))
    taken = AskRun(connector_id=connector.id, runner="r", lease_seconds=5)
    running.take(session, actor, taken)
    running.keep(
        session, actor,
        KeepRun.model_validate(
            {
                "connector_id": connector.id, "connector_run_id": run.id, "runner": "r",
                "lines": [{"object": "customers", "did": "created", "detail": {"of": tag}}],
            }
        ),
    )  # fmt: skip
    record = {"id": f"their-{tag}", "values": {"account_no": f"K-{tag}", "name": f"Their {tag}"}}
    asked = {"connector_id": connector.id, "object": "customers"}
    made = linking.settle(session, actor, SettleRecord.model_validate(asked | {"record": record}))
    link = queries.link_of_ours(session, tenant, connector.id, "customers", made.our_id)
    assert link is not None
    link.base = {**link.base, "name": f"Base {tag}"}
    record = {**record, "values": {"account_no": f"K-{tag}", "name": f"Changed {tag}"}}
    linking.settle(session, actor, SettleRecord.model_validate(asked | {"record": record}))
    conflict = queries.open_conflict(session, tenant, link.id)
    assert conflict is not None
    problem = {"side": "theirs", "record_id": f"lost-{tag}", "message": f"problem of {tag}"}
    running.note_problem(session, actor, NoteProblem.model_validate(asked | problem))
    session.flush()
    return {
        "endpoint_id": endpoint.id, "delivery_id": delivery_id, "message_id": message_id,
        "message_ids": [message_id], "endpoint_ids": [endpoint.id], "event_type": "note.made",
        "dedupe_key": f"note-{tag}", "connector_id": connector.id, "connector_run_id": run.id,
        "conflict_id": conflict.id, "link_id": link.id, "their_id": f"their-{tag}",
        "our_id": made.our_id, "our_ids": [made.our_id], "object_name": "customers",
        "record_id": f"lost-{tag}", "side": "theirs", "facts": {"number": f"K-{tag}"},
        "kept_since": now(session), "dead_since": now(session),
        "delivery_filter": webhooks.DeliveryFilter(),
    }  # fmt: skip
