"""What is told: the same views that the REST interface shows, in two versions.

`open` is for every endpoint, `whole` for those whose owner chose personal data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.outbound.catalogue import CATALOGUE, NEVER, OPEN, VERSION, VIEWS
from careloop.crm_core.outbound.models import WebhookMessage
from careloop.crm_core.outbound.policy import MAX_BODY
from careloop.kit.actor import system_actor
from careloop.kit.clock import iso

Record = dict[str, Any]


def records(session: Session, tenant_id: str, object_kind: str, key: str) -> tuple[Record, Record]:
    """(open, whole) record of an object as it stands in this transaction."""
    _, read = VIEWS[object_kind]
    view = read(session, system_actor(tenant_id), key)
    whole = view.model_dump(mode="json", by_alias=True, exclude=set(NEVER.get(object_kind, ())))
    allowed = OPEN[object_kind]
    return {name: value for name, value in whole.items() if name in allowed}, whole


def data(record: Record | None, change: Mapping[str, Any], withheld: list[str]) -> dict[str, Any]:
    """The part of `data` that differs from fact to fact."""
    return {"record": record, "change": dict(change), "withheld": sorted(withheld)}


def payload(message: WebhookMessage, include_personal: bool) -> dict[str, Any]:
    """The whole payload of a message; made from the row alone, so every try has the same bytes."""
    chosen = message.whole_data if include_personal and message.whole_data else message.open_data
    return {
        "type": message.type,
        "version": version_of(message.type),
        "timestamp": iso(message.created_at),
        "data": {
            "object": message.object,
            "key": message.key,
            "sequence": message.sequence,
            **chosen,
        },
    }


def body(message: WebhookMessage, include_personal: bool) -> str:
    """The payload as it is sent and signed; a record that makes it too long is left out."""
    full = payload(message, include_personal)
    text = _written(full)
    if len(text.encode()) <= MAX_BODY:
        return text
    short = {**full["data"], "record": None, "thin": True}
    text = _written({**full, "data": short})
    if len(text.encode()) <= MAX_BODY:
        return text
    return _written({**full, "data": {**short, "change": {}}})


def version_of(event_type: str) -> int:
    known = CATALOGUE.get(event_type)
    return known.version if known else VERSION


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
