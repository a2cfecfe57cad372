"""The catalogue of facts that may be told: type, version, the view it carries, what of it is open.

The fields named in `OPEN` hold no personal data: numbers, codes, states, times, and codes of
staff. Everything else of a view - names, places, phone numbers, free text - goes only to an
endpoint whose owner chose personal data. A field that a view gets later is withheld until it is
named here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.schemas import AssetView
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts import view_queries as contract_views
from careloop.crm_core.contracts.schemas import ContractView
from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.conversations.schemas import ConversationDetail
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.schemas import ContactView, CustomerView
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.schemas import TicketView
from careloop.crm_core.workorders import queries as work_orders
from careloop.crm_core.workorders.views import WorkOrderView
from careloop.kit.actor import Actor

VERSION = 1
TEST = "webhook.test"
OPEN: dict[str, frozenset[str]] = {
    "ticket": frozenset({
        "number", "type", "state", "priority", "language", "channel", "customer_id", "serial",
        "model", "assignee_id", "engineer", "error_codes", "version", "created_at", "updated_at",
        "resolved_at", "closed_at", "tags", "contract", "parent", "children_count", "merged_into",
        "due", "answered_at", "cause", "component", "confirmed_at", "confirmed_by", "durable",
        "durable_at", "reopened_count",
    }),
    "work_order": frozenset({
        "number", "ticket", "visit", "state", "customer_id", "serial", "engineer", "window",
        "confirmed_at", "moved_count", "departed_at", "travel_minutes", "travel_km", "result",
        "repeat_reason", "revision", "signed", "version", "created_at", "updated_at",
    }),
    "asset": frozenset({
        "id", "serial", "model", "customer_id", "installed_on", "warranty_until", "firmware",
        "usage_hours", "contract_number", "status", "shipped_on", "decommissioned_on", "parent",
        "version", "created_at", "updated_at",
    }),
    "contract": frozenset({
        "id", "number", "customer_id", "state", "plan", "starts_on", "ends_on", "terminated_on",
        "days_left", "response_hours", "onsite_hours", "covers_all", "price", "price_period",
        "sla_policy", "calendar", "notice_days", "notice_by", "renews", "renewed_by",
        "assets_count", "version", "created_at", "updated_at",
    }),
    "customer": frozenset({
        "id", "number", "name", "country", "language", "city", "industry", "tier", "time_zone",
    }),
    "contact": frozenset({"id", "customer_id", "language"}),
    "conversation": frozenset({
        "id", "channel", "state", "owner", "language", "handoff_reason", "waiting_since",
        "last_message_at", "rating", "created_at", "closed_at",
    }),
}  # fmt: skip
NEVER: dict[str, frozenset[str]] = {
    # The code opens the device's page, so it is a key; the others are aids for a form.
    "asset": frozenset({"public_code", "possible_statuses"}),
    "ticket": frozenset({"watching", "possible_states", "missing"}),
    "work_order": frozenset({"possible_states"}),
    "conversation": frozenset({"unread", "page_url"}),
}


def _ticket(session: Session, actor: Actor, key: str) -> TicketView:
    return tickets.ticket_view(tickets.ticket(session, actor, key))


def _work_order(session: Session, actor: Actor, key: str) -> WorkOrderView:
    return work_orders.work_order_view(work_orders.work_order(session, actor, key))


def _asset(session: Session, actor: Actor, key: str) -> AssetView:
    return assets.asset_view(assets.asset(session, actor, key))


def _contract(session: Session, actor: Actor, key: str) -> ContractView:
    return contract_views.views(session, actor, [contracts.known(session, actor, key)])[0]


def _customer(session: Session, actor: Actor, key: str) -> CustomerView:
    return customers.customer_view(customers.customer(session, actor, key))


def _contact(session: Session, actor: Actor, key: str) -> ContactView:
    return customers.contact_view(customers.contact(session, actor, key))


def _conversation(session: Session, actor: Actor, key: str) -> ConversationDetail:
    return conversations.detail(session, actor, conversations.conversation(session, actor, key))


Reader = Callable[[Session, Actor, str], BaseModel]
VIEWS: dict[str, tuple[type[BaseModel], Reader]] = {
    "ticket": (TicketView, _ticket),
    "work_order": (WorkOrderView, _work_order),
    "asset": (AssetView, _asset),
    "contract": (ContractView, _contract),
    "customer": (CustomerView, _customer),
    "contact": (ContactView, _contact),
    "conversation": (ConversationDetail, _conversation),
}
"""The view that the REST interface shows of each object, and how it is read by its key."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of fact. `change` names what `data.change` holds, with an example of each."""

    type: str
    object: str
    summary: str
    change: tuple[tuple[str, Any], ...] = ()
    version: int = VERSION


_TYPES = (
    EventType("ticket.opened", "ticket", "A ticket was opened."),
    EventType(
        "ticket.changed", "ticket", "Facts that promises rest on changed.",
        (("fields", ["priority"]),),
    ),
    EventType(
        "ticket.moved", "ticket", "A ticket came into another state.",
        (("before", "assigned"), ("after", "in_progress")),
    ),
    EventType("ticket.closed", "ticket", "A ticket was closed.", (("before", "resolved"),)),
    EventType("ticket.reopened", "ticket", "A finished ticket is worked on again.",
              (("count", 1),)),
    EventType("ticket.answered", "ticket", "A person answered the customer for the first time."),
    EventType(
        "ticket.merged", "ticket", "A ticket became part of another, or was taken out again.",
        (("into", "TK-2026-000002"), ("undone", False)),
    ),
    EventType("ticket.confirmed", "ticket", "It was said that the device works again.",
              (("by", "customer"),)),
    EventType("work_order.planned", "work_order", "A visit was planned."),
    EventType("work_order.arrived", "work_order", "An engineer checked in.",
              (("happened_at", "2026-03-02T09:04:00.000Z"),)),
    EventType("work_order.finished", "work_order", "A visit ended with a result.",
              (("result", "solved"),)),
    EventType(
        "sla.warned", "ticket", "A promise will be broken soon.",
        (("clock", "fix"), ("due_at", "2026-03-02T16:00:00.000Z")),
    ),
    EventType(
        "sla.breached", "ticket", "A promise was broken.",
        (("clock", "fix"), ("due_at", "2026-03-02T16:00:00.000Z")),
    ),
    EventType("contract.changed", "contract", "A contract was added, or may promise otherwise."),
    EventType("contract.ends_soon", "contract", "A contract without a successor ends soon.",
              (("ends_on", "2026-12-31"), ("days", 60))),
    EventType(
        "asset.changed", "asset", "A device changed: its status, owner, component or meter.",
        (("what", "status"), ("before", "installed"), ("after", "in_repair")),
    ),
    EventType("customer.changed", "customer", "A customer was added or changed.",
              (("fields", ["city"]),)),
    EventType("contact.changed", "contact", "A person was added or changed.",
              (("fields", ["email"]),)),
    EventType("conversation.handed_off", "conversation", "A person is wanted in a conversation.",
              (("reason", "asked"),)),
    EventType(
        "stock.discrepancy", "stock", "A location lacks parts that its books do not explain.",
        (("location", "VAN-01"), ("part", "P-100"), ("quantity", 1), ("reason", "used"),
         ("reference", "WO-2026-000001")),
    ),
    EventType(
        "stock.request_moved", "stock_request", "A request for parts came into another state.",
        (("before", "waiting"), ("after", "approved")),
    ),
    EventType(
        "stock.arrived", "stock_transfer", "The last part of a transfer arrived.",
    ),
    EventType(
        "stock.reservation_ended", "stock", "Parts are no longer kept, though nobody used them.",
        (("location", "VAN-01"), ("part", "P-100"), ("quantity", 1), ("state", "expired"),
         ("reason", "")),
    ),
    EventType(
        "feedback.received", "feedback", "A customer judged a repair, or changed the judgement.",
        (("ticket", "TK-2026-000001"), ("csat", 5), ("nps", 9), ("low", False)),
    ),
    EventType("quote.sent", "quote", "A quote went to a customer.",
              (("ticket", "TK-2026-000001"), ("revision", 1))),
    EventType("quote.approved", "quote", "A customer approved a quote.",
              (("ticket", "TK-2026-000001"), ("revision", 1))),
    EventType("quote.rejected", "quote", "A customer rejected a quote.",
              (("ticket", "TK-2026-000001"), ("revision", 1))),
    EventType("invoice.issued", "invoice", "An invoice or credit note got its number.",
              (("kind", "invoice"), ("customer_id", "01m000000000000000000000cd"))),
    EventType(
        "rule.fired", "rule", "A rule of the maker's own sent something; see its action.",
    ),
    EventType(TEST, "endpoint", "Sent by the button in the settings."),
)  # fmt: skip
CATALOGUE: dict[str, EventType] = {found.type: found for found in _TYPES}
