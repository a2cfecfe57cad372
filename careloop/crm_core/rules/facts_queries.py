"""What is known of an object when rules look at it: one ticket and all that hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts.models import User
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.conversations.models import Conversation
from careloop.crm_core.custom import queries as custom
from careloop.crm_core.custom.models import CustomValue, FieldType, Subject
from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.customers.models import Contact, Customer
from careloop.crm_core.rules.conditions import Facts
from careloop.crm_core.rules.vocabulary import (
    CHOICE,
    DATE,
    FACTS,
    LIST,
    NUMBER,
    TEXT,
    YES_NO,
)  # fmt: skip
from careloop.crm_core.tickets import visible_queries
from careloop.crm_core.tickets.models import OPEN_STATES, Ticket
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.actor import system_actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now

KINDS: dict[FieldType, str] = {
    FieldType.TEXT: TEXT, FieldType.LONG_TEXT: TEXT, FieldType.LINK: TEXT, FieldType.EMAIL: TEXT,
    FieldType.PHONE: TEXT, FieldType.NUMBER: NUMBER, FieldType.DATE: DATE,
    FieldType.DATETIME: DATE, FieldType.BOOLEAN: YES_NO, FieldType.CHOICE: CHOICE,
    FieldType.MULTI_CHOICE: LIST,
}  # fmt: skip
OWN_OF = {
    Subject.TICKET: "ticket", Subject.CUSTOMER: "customer", Subject.CONTACT: "contact",
    Subject.ASSET: "asset", Subject.CONTRACT: "contract", Subject.WORK_ORDER: "visit",
}  # fmt: skip
_STATIC = {fact.name: fact.kind for fact in FACTS}


@dataclass(frozen=True, slots=True)
class Case:
    """An object as rules see it: the rows, the facts, and the own fields by fact name."""

    facts: Facts
    own: Mapping[str, FieldView]
    ticket: Ticket | None
    contact: Contact | None
    label: str
    language: str
    """The customer's."""
    house: str = "en"
    """The maker's own."""


def own_fields(session: Session, tenant_id: str) -> dict[str, FieldView]:
    """Own fields of every subject by the name of their fact, such as `ticket.custom.room`."""
    actor = system_actor(tenant_id)
    return {
        f"{OWN_OF[field.object]}.custom.{field.key}": field
        for field in custom.fields_for(session, actor)
        if field.active
    }


def case_of(
    session: Session, tenant_id: str, subject: str, object_id: str, data: Mapping[str, Any]
) -> Case | None:
    """What is known now; None where the object is gone."""
    own = own_fields(session, tenant_id)
    values: dict[str, Any] = {f"event.{name}": value for name, value in data.items()}
    talk = _talk(session, tenant_id, object_id) if subject == "conversation" else None
    ticket = _ticket(session, tenant_id, subject, object_id)
    if ticket is None and talk is None:
        return None
    contact_id = ticket.contact_id if ticket is not None else talk.contact_id if talk else None
    contact = session.get(Contact, (tenant_id, contact_id)) if contact_id else None
    customer_id = ticket.customer_id if ticket else contact.customer_id if contact else None
    if ticket is not None:
        values |= _of_ticket(session, ticket)
        asset = session.get(Asset, (tenant_id, ticket.asset_id)) if ticket.asset_id else None
        values |= _columns("asset", asset)
        values |= _columns("contract", _contract(session, tenant_id, ticket.contract))
    customer = session.get(Customer, (tenant_id, customer_id)) if customer_id else None
    values |= _columns("customer", customer) | _columns("contact", contact)
    values |= _columns("visit", _visit(session, tenant_id, str(data.get("work_order", ""))))
    if talk is not None:
        values |= {"conversation.channel": talk.channel, "conversation.language": talk.language}
    label = ticket.number if ticket is not None else object_id
    spoken = [ticket.language if ticket else "", contact.language if contact else "",
              talk.language if talk else ""]  # fmt: skip
    language = next((one for one in spoken if one), "en")
    kinds = _STATIC | {name: KINDS[field.type] for name, field in own.items()}
    house = str(accounts.tenant(session, tenant_id).profile.get("language", "en"))
    return Case(Facts(values, kinds, now(session)), own, ticket, contact, label, language, house)


def _ticket(session: Session, tenant_id: str, subject: str, object_id: str) -> Ticket | None:
    if subject == "ticket":
        return session.get(Ticket, (tenant_id, object_id), populate_existing=True)
    statement = select(Ticket).where(
        Ticket.tenant_id == tenant_id,
        Ticket.conversation_id == object_id,
        Ticket.state.in_(OPEN_STATES),
    )
    return session.scalar(statement.order_by(Ticket.id.desc()).limit(1))


def _talk(session: Session, tenant_id: str, object_id: str) -> Conversation | None:
    return session.get(Conversation, (tenant_id, object_id))


def _contract(session: Session, tenant_id: str, number: str) -> ServiceContract | None:
    if not number:
        return None
    return session.scalar(
        select(ServiceContract).where(
            ServiceContract.tenant_id == tenant_id, ServiceContract.number == number
        )
    )


def _visit(session: Session, tenant_id: str, number: str) -> WorkOrder | None:
    if not number:
        return None
    return session.scalar(
        select(WorkOrder).where(WorkOrder.tenant_id == tenant_id, WorkOrder.number == number)
    )


def _of_ticket(session: Session, ticket: Ticket) -> dict[str, Any]:
    found = _columns("ticket", ticket)
    user = session.get(User, (ticket.tenant_id, ticket.assignee_id)) if ticket.assignee_id else None
    return found | {
        "ticket.assigned": ticket.assignee_id is not None,
        "ticket.assignee": user.name if user else "",
        "ticket.below_another": ticket.parent_id is not None,
    }


def _columns(prefix: str, row: Any) -> dict[str, Any]:
    """The columns of a row that facts name, and its own fields."""
    if row is None:
        return {}
    wanted = [name.partition(".")[2] for name in _STATIC if name.startswith(f"{prefix}.")]
    found = {f"{prefix}.{name}": getattr(row, name) for name in wanted if hasattr(row, name)}
    mine = getattr(row, "custom", None) or {}
    return found | {f"{prefix}.custom.{key}": value for key, value in mine.items()}


# What rules by time look for.

_TIMED = {
    "due_at": Ticket.due_at, "created_at": Ticket.created_at, "updated_at": Ticket.updated_at,
    "closed_at": Ticket.closed_at,
}  # fmt: skip


def fallen_due(
    session: Session, tenant_id: str, field: str, since: datetime, until: datetime, limit: int
) -> list[tuple[str, datetime]]:
    """Tickets, and the value, whose date field lies after `since` and not after `until`."""
    name = field.removeprefix("ticket.")
    column = _TIMED.get(name)
    if column is not None:
        dated = select(Ticket.id, column).where(
            Ticket.tenant_id == tenant_id, column > since, column <= until
        )
        rows = session.execute(dated.order_by(column, Ticket.id).limit(limit)).all()
        return [(one, as_utc(value)) for one, value in rows if value is not None]
    own = custom.by_key(session, tenant_id, Subject.TICKET).get(name.removeprefix("custom."))
    if own is None:
        return []
    held = select(CustomValue.object_id, CustomValue.at).where(
        CustomValue.tenant_id == tenant_id, _within(own.id, since, until)
    )
    ordered = held.order_by(CustomValue.at, CustomValue.object_id).limit(limit)
    found = session.execute(ordered).all()
    return [(one, as_utc(value)) for one, value in found if value is not None]


def _within(field_id: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(CustomValue.field_id == field_id, CustomValue.at > since, CustomValue.at <= until)


def least_busy(session: Session, tenant_id: str, role: str) -> str | None:
    """The active user of a role with the fewest open tickets; of several the first by name."""
    mine = (
        select(Ticket.assignee_id.label("user_id"), func.count().label("tickets"))
        .where(Ticket.tenant_id == tenant_id, Ticket.state.in_(OPEN_STATES))
        .group_by(Ticket.assignee_id)
        .subquery()
    )
    statement = (
        select(User.id)
        .outerjoin(mine, mine.c.user_id == User.id)
        .where(User.tenant_id == tenant_id, User.active, User.role == role)
        .order_by(func.coalesce(mine.c.tickets, 0), User.name, User.id)
    )
    return session.scalar(statement.limit(1))


def people(session: Session, tenant_id: str, role: str) -> list[str]:
    """Active users of a role."""
    statement = select(User.id).where(User.tenant_id == tenant_id, User.active, User.role == role)
    return list(session.scalars(statement))


def latest_tickets(session: Session, tenant_id: str, limit: int) -> list[str]:
    """Ids of the tickets that changed last."""
    statement = visible_queries.visible_to(system_actor(tenant_id))
    ordered = statement.order_by(Ticket.updated_at.desc(), Ticket.id.desc()).limit(limit)
    return [row.id for row in session.scalars(ordered)]
