"""Selects of our own records for connectors: what changed, and what a mapping matches by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careloop.crm_core.assets.models import Asset
from careloop.crm_core.customers.models import Contact, Customer
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor
from careloop.kit.clock import iso

Row = Customer | Contact | Asset | Ticket
_MODELS: dict[str, type[Any]] = {
    "customers": Customer, "contacts": Contact, "assets": Asset, "tickets": Ticket,
}  # fmt: skip
_COLUMNS = {
    "customers": (
        "number", "name", "country", "language", "city", "address", "industry", "tier",
        "time_zone",
    ),
    "contacts": ("name", "email", "phone", "language", "role"),
    "assets": (
        "serial", "model", "name", "site", "installed_by", "firmware", "status",
        "contract_number",
    ),
    "tickets": (
        "number", "title", "description", "type", "priority", "state", "serial", "language",
        "callback_phone", "component", "resolution",
    ),
}  # fmt: skip
_REFERENCES = {
    "customers": {}, "contacts": {"customer": "customer_id"}, "assets": {"customer": "customer_id"},
    "tickets": {"customer": "customer_id", "contact": "contact_id"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OurRecord:
    """A record of ours as a mapping sees it; `title` is for people."""

    id: str
    title: str
    version: int
    updated_at: datetime
    values: dict[str, Any]


def record(
    session: Session, actor: Actor, object_name: str, our_id: str, lock: bool = False
) -> OurRecord | None:
    """One record by its id."""
    model = _MODELS[object_name]
    statement = select(model).where(model.tenant_id == actor.tenant_id, model.id == our_id)
    if not actor.is_staff:
        return None
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    row = session.scalar(statement)
    return None if row is None else _record(object_name, row)


def changed(
    session: Session, actor: Actor, object_name: str, after: tuple[datetime, str] | None,
    until: datetime, limit: int,
) -> list[OurRecord]:  # fmt: skip
    """Records changed after that place and before `until`, in the order of their changes."""
    model = _MODELS[object_name]
    statement = select(model).where(
        model.tenant_id == actor.tenant_id, model.updated_at < until, *_told(model)
    )
    if after is not None:
        at, last = after
        statement = statement.where(
            or_(model.updated_at > at, and_(model.updated_at == at, model.id > last))
        )
    if not actor.is_staff:
        return []
    rows = session.scalars(statement.order_by(model.updated_at, model.id).limit(limit))
    return [_record(object_name, row) for row in rows]


def _told(model: type[Any]) -> list[ColumnElement[bool]]:
    """A web visitor whom nobody knows is a contact without a customer; no CRM wants those."""
    if model is not Contact:
        return []
    customer: InstrumentedAttribute[str | None] = Contact.customer_id
    return [customer.is_not(None)]


def matching(
    session: Session, actor: Actor, object_name: str, facts: dict[str, Any], limit: int = 2
) -> list[str]:
    """Ids of records that have all of these values."""
    model = _MODELS[object_name]
    if not actor.is_staff or not facts or not set(facts) <= _fields(object_name):
        return []
    names = {name: _REFERENCES[object_name].get(name, name) for name in facts}
    statement = select(model.id).where(
        model.tenant_id == actor.tenant_id,
        *(getattr(model, column) == facts[name] for name, column in names.items()),
    )
    return list(session.scalars(statement.order_by(model.id).limit(limit)))


def _fields(object_name: str) -> set[str]:
    return {*_COLUMNS[object_name], *_REFERENCES[object_name]}


def _record(object_name: str, row: Any) -> OurRecord:
    values: dict[str, Any] = {name: str(getattr(row, name)) for name in _COLUMNS[object_name]}
    for name, column in _REFERENCES[object_name].items():
        values[name] = getattr(row, column) or ""
    if object_name == "assets":
        for name in ("installed_on", "shipped_on", "warranty_until"):
            day = getattr(row, name)
            values[name] = day.isoformat() if day else ""
    if object_name == "tickets":
        values["created_at"] = iso(row.created_at)
    return OurRecord(row.id, _title(object_name, row), row.version, row.updated_at, values)


def _title(object_name: str, row: Any) -> str:
    if object_name == "customers":
        return f"{row.number} {row.name}"
    if object_name == "assets":
        return f"{row.serial} {row.model}"
    return f"{row.number} {row.title}" if object_name == "tickets" else str(row.name)
