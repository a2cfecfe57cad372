"""Which facts of the books are told, and as what. A new one is one line in `join`."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.assets.events import (
    AssetStatusChanged,
    AssetTransferred,
    ComponentReplaced,
    ReadingNoted,
)  # fmt: skip
from careloop.crm_core.billing.events import InvoiceWasIssued, QuoteDecided, QuoteSent
from careloop.crm_core.contracts.events import ContractChanged, ContractEndsSoon
from careloop.crm_core.conversations.events import CustomerWaits
from careloop.crm_core.customers.events import ContactChanged, CustomerChanged
from careloop.crm_core.feedback.events import FeedbackGiven
from careloop.crm_core.inventory.events import (
    ReservationEnded,
    StockDiscrepancyFound,
    StockRequestMoved,
    TransferArrived,
)  # fmt: skip
from careloop.crm_core.outbound.outbox import tell
from careloop.crm_core.sla.events import SlaBreached, SlaWarned
from careloop.crm_core.tickets.events import (
    TicketChanged,
    TicketConfirmed,
    TicketMerged,
    TicketMoved,
    TicketOpened,
    TicketReopened,
    TicketReplied,
)  # fmt: skip
from careloop.crm_core.workorders.events import (
    EngineerArrived,
    WorkOrderFinished,
    WorkOrderPlanned,
)  # fmt: skip
from careloop.kit.clock import iso
from careloop.kit.events import EventBus


def join(bus: EventBus) -> None:
    """Listen; called after every other listener is joined, so that views show what those did."""
    bus.on(TicketOpened, lambda s, e: _ticket(s, e.tenant_id, "ticket.opened", e.number))
    bus.on(TicketChanged, _ticket_changed)
    bus.on(TicketMoved, _ticket_moved)
    bus.on(TicketReopened, _ticket_reopened)
    bus.on(TicketReplied, lambda s, e: _ticket(s, e.tenant_id, "ticket.answered", e.number))
    bus.on(TicketMerged, _ticket_merged)
    bus.on(TicketConfirmed, _ticket_confirmed)
    bus.on(WorkOrderPlanned, lambda s, e: _visit(s, e.tenant_id, "work_order.planned", e.number))
    bus.on(EngineerArrived, _arrived)
    bus.on(WorkOrderFinished, _finished)
    bus.on(SlaWarned, lambda s, e: _promise(s, "sla.warned", e))
    bus.on(SlaBreached, lambda s, e: _promise(s, "sla.breached", e))
    bus.on(ContractChanged, _contract_changed)
    bus.on(ContractEndsSoon, _contract_ends)
    bus.on(AssetStatusChanged, _asset_status)
    bus.on(AssetTransferred, _asset_owner)
    bus.on(ComponentReplaced, _asset_component)
    bus.on(ReadingNoted, _asset_reading)
    bus.on(CustomerChanged, _customer_changed)
    bus.on(ContactChanged, _contact_changed)
    bus.on(CustomerWaits, _handed_off)
    bus.on(StockDiscrepancyFound, _discrepancy)
    bus.on(ReservationEnded, _reservation_ended)
    bus.on(StockRequestMoved, _request_moved)
    bus.on(TransferArrived, _arrived_transfer)
    bus.on(FeedbackGiven, _feedback)
    bus.on(QuoteSent, lambda s, e: _quote(s, "quote.sent", e))
    bus.on(
        QuoteDecided, lambda s, e: _quote(s, f"quote.{'approved' if e.approved else 'rejected'}", e)
    )
    bus.on(InvoiceWasIssued, _invoice)


def _ticket(
    session: Session, tenant_id: str, event_type: str, number: str, **change: object
) -> None:
    tell(session, tenant_id, event_type, "ticket", number, change)


def _visit(
    session: Session, tenant_id: str, event_type: str, number: str, **change: object
) -> None:
    tell(session, tenant_id, event_type, "work_order", number, change)


def _asset(session: Session, tenant_id: str, serial: str, **change: object) -> None:
    tell(session, tenant_id, "asset.changed", "asset", serial, change)


def _ticket_changed(session: Session, event: TicketChanged) -> None:
    fields = sorted(event.fields)
    _ticket(session, event.tenant_id, "ticket.changed", event.number, fields=fields)


def _ticket_moved(session: Session, event: TicketMoved) -> None:
    change = {"before": event.before, "after": event.after}
    _ticket(session, event.tenant_id, "ticket.moved", event.number, **change)
    if event.after == "closed":
        _ticket(session, event.tenant_id, "ticket.closed", event.number, before=event.before)


def _ticket_reopened(session: Session, event: TicketReopened) -> None:
    _ticket(session, event.tenant_id, "ticket.reopened", event.number, count=event.count)


def _ticket_merged(session: Session, event: TicketMerged) -> None:
    change = {"into": event.into, "undone": event.undone}
    _ticket(session, event.tenant_id, "ticket.merged", event.number, **change)


def _ticket_confirmed(session: Session, event: TicketConfirmed) -> None:
    _ticket(session, event.tenant_id, "ticket.confirmed", event.number, by=event.by)


def _arrived(session: Session, event: EngineerArrived) -> None:
    happened_at = iso(event.happened_at)
    _visit(session, event.tenant_id, "work_order.arrived", event.number, happened_at=happened_at)


def _finished(session: Session, event: WorkOrderFinished) -> None:
    _visit(session, event.tenant_id, "work_order.finished", event.number, result=event.result)


def _promise(session: Session, event_type: str, event: SlaWarned | SlaBreached) -> None:
    change = {"clock": event.kind, "due_at": iso(event.due_at)}
    _ticket(session, event.tenant_id, event_type, event.number, **change)


def _contract_changed(session: Session, event: ContractChanged) -> None:
    tell(session, event.tenant_id, "contract.changed", "contract", event.number, {})


def _contract_ends(session: Session, event: ContractEndsSoon) -> None:
    change = {"ends_on": event.ends_on.isoformat(), "days": event.days}
    tell(session, event.tenant_id, "contract.ends_soon", "contract", event.number, change)


def _asset_status(session: Session, event: AssetStatusChanged) -> None:
    change = {"what": "status", "before": event.before, "after": event.after}
    _asset(session, event.tenant_id, event.serial, **change)


def _asset_owner(session: Session, event: AssetTransferred) -> None:
    change = {"what": "owner", "before": event.before, "after": event.after}
    _asset(session, event.tenant_id, event.serial, **change)


def _asset_component(session: Session, event: ComponentReplaced) -> None:
    change = {"what": "component", "position": event.position, "part": event.part}
    _asset(session, event.tenant_id, event.serial, **change, work_order=event.work_order)


def _asset_reading(session: Session, event: ReadingNoted) -> None:
    change = {"what": "reading", "meter": event.meter, "after": event.total}
    _asset(session, event.tenant_id, event.serial, **change)


def _customer_changed(session: Session, event: CustomerChanged) -> None:
    change = {"fields": sorted(event.fields)}
    tell(session, event.tenant_id, "customer.changed", "customer", event.customer_id, change)


def _contact_changed(session: Session, event: ContactChanged) -> None:
    change = {"fields": sorted(event.fields)}
    tell(session, event.tenant_id, "contact.changed", "contact", event.contact_id, change)


def _handed_off(session: Session, event: CustomerWaits) -> None:
    tell(
        session, event.tenant_id, "conversation.handed_off", "conversation",
        event.conversation_id, {"reason": event.reason},
    )  # fmt: skip


def _discrepancy(session: Session, event: StockDiscrepancyFound) -> None:
    change = {
        "location": event.location, "part": event.part, "quantity": event.quantity,
        "reason": event.reason, "reference": event.reference,
    }  # fmt: skip
    key = f"{event.location}/{event.part}"
    tell(session, event.tenant_id, "stock.discrepancy", "stock", key, change)


def _reservation_ended(session: Session, event: ReservationEnded) -> None:
    change = {
        "location": event.location, "part": event.part, "quantity": event.quantity,
        "state": event.state, "reason": event.reason, "reference": event.purpose_number,
    }  # fmt: skip
    key = f"{event.location}/{event.part}"
    tell(session, event.tenant_id, "stock.reservation_ended", "stock", key, change)


def _request_moved(session: Session, event: StockRequestMoved) -> None:
    change = {"before": event.before, "after": event.after}
    tell(session, event.tenant_id, "stock.request_moved", "stock_request", event.number, change)


def _arrived_transfer(session: Session, event: TransferArrived) -> None:
    tell(
        session, event.tenant_id, "stock.arrived", "stock_transfer", event.number, {},
    )  # fmt: skip


def _feedback(session: Session, event: FeedbackGiven) -> None:
    change = {"ticket": event.ticket, "csat": event.csat, "nps": event.nps, "low": event.low}
    tell(session, event.tenant_id, "feedback.received", "feedback", event.feedback_id, change)


def _quote(session: Session, event_type: str, event: QuoteSent | QuoteDecided) -> None:
    change = {"ticket": event.ticket, "revision": event.revision}
    tell(session, event.tenant_id, event_type, "quote", event.number, change)


def _invoice(session: Session, event: InvoiceWasIssued) -> None:
    change = {"kind": event.kind, "customer_id": event.customer_id}
    tell(session, event.tenant_id, "invoice.issued", "invoice", event.number, change)
