"""Acts on stock, each once for its command id; what tools and other domains call.

Every function flushes and leaves the commit to the edge.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.inventory import acts, counts, ledger_queries, receipts, requests
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import document_views as shown
from careloop.crm_core.inventory import reservations as keeping
from careloop.crm_core.inventory import transfers as moving
from careloop.crm_core.inventory.document_models import StockCount, StockRequest, StockTransfer
from careloop.crm_core.inventory.repeats import once
from careloop.crm_core.inventory.schemas import (
    ApproveRequest,
    CancelTransfer,
    CloseCount,
    CreateRequest,
    CreateTransfer,
    EnterCount,
    FulfilRequest,
    Issue,
    Receive,
    ReceiveTransfer,
    RejectRequest,
    ReleaseReservation,
    Reserve,
    ReturnPart,
    Reverse,
    Scrap,
    ShipTransfer,
    StartCount,
    StepRequest,
    UsePart,
)  # fmt: skip
from careloop.crm_core.inventory.views import (
    CountView,
    Posted,
    RequestView,
    ReservationView,
    Reserved,
    TransferView,
)  # fmt: skip
from careloop.kit.actor import Actor

release_expired = keeping.release_expired


def use_on_work_order(session: Session, actor: Actor, command: UsePart) -> Posted:
    """A part goes from a location, as a rule the van, to the customer.

    Raises `Shortage`, `SerialElsewhere` or `SerialReserved`; with `accept_discrepancy` what the
    books do not show is booked against discrepancy instead, and the keepers of the stock are told.
    """
    return once(session, actor, "use", command, Posted, lambda: acts.use(session, actor, command))


def reserve(session: Session, actor: Actor, command: Reserve) -> Reserved:
    """Keep parts for a purpose: all lines or none; `Shortage` tells where else some are free."""
    return once(
        session, actor, "reserve", command, Reserved,
        lambda: keeping.reserve(session, actor, command),
    )  # fmt: skip


def release_reservation(
    session: Session, actor: Actor, command: ReleaseReservation
) -> ReservationView:
    """Keep parts no longer; a reservation that has ended is told as it is."""
    row = keeping.release(session, actor, command)
    return documents.reservation_views(session, actor.tenant_id, [row])[0]


def receive(session: Session, actor: Actor, command: Receive) -> Posted:
    """Parts from a supplier."""

    def act() -> Posted:
        rows = receipts.receive(session, actor, command)
        views = ledger_queries.move_views(session, actor.tenant_id, rows)
        return Posted(command_id=command.command_id, moves=views)

    return once(session, actor, "receive", command, Posted, act)


def issue(session: Session, actor: Actor, command: Issue) -> Posted:
    """Parts handed out, to the customer or straight to another location."""
    return once(
        session, actor, "issue", command, Posted, lambda: acts.issue(session, actor, command)
    )


def give_back(session: Session, actor: Actor, command: ReturnPart) -> Posted:
    """A part back from the customer, good or defective."""
    return once(
        session, actor, "return", command, Posted, lambda: acts.give_back(session, actor, command)
    )


def scrap(session: Session, actor: Actor, command: Scrap) -> Posted:
    """A part thrown away."""
    return once(
        session, actor, "scrap", command, Posted, lambda: acts.scrap(session, actor, command)
    )


def reverse(session: Session, actor: Actor, command: Reverse) -> Posted:
    """A move taken back by the opposite move."""
    return once(
        session, actor, "reverse", command, Posted, lambda: acts.reverse(session, actor, command)
    )


def create_transfer(session: Session, actor: Actor, command: CreateTransfer) -> TransferView:
    return once(
        session, actor, "transfer", command, TransferView,
        lambda: _transfer(session, actor, moving.create(session, actor, command)),
    )  # fmt: skip


def ship_transfer(session: Session, actor: Actor, command: ShipTransfer) -> TransferView:
    return once(
        session, actor, "ship", command, TransferView,
        lambda: _transfer(session, actor, moving.ship(session, actor, command)),
    )  # fmt: skip


def receive_transfer(session: Session, actor: Actor, command: ReceiveTransfer) -> TransferView:
    return once(
        session, actor, "receive_transfer", command, TransferView,
        lambda: _transfer(session, actor, moving.receive(session, actor, command)),
    )  # fmt: skip


def cancel_transfer(session: Session, actor: Actor, command: CancelTransfer) -> TransferView:
    return once(
        session, actor, "cancel_transfer", command, TransferView,
        lambda: _transfer(session, actor, moving.cancel(session, actor, command)),
    )  # fmt: skip


def create_request(session: Session, actor: Actor, command: CreateRequest) -> RequestView:
    return once(
        session, actor, "request", command, RequestView,
        lambda: _request(session, actor, requests.create(session, actor, command)),
    )  # fmt: skip


def submit_request(session: Session, actor: Actor, command: StepRequest) -> RequestView:
    return once(
        session, actor, "submit_request", command, RequestView,
        lambda: _request(session, actor, requests.submit(session, actor, command)),
    )  # fmt: skip


def approve_request(session: Session, actor: Actor, command: ApproveRequest) -> RequestView:
    return once(
        session, actor, "approve_request", command, RequestView,
        lambda: _request(session, actor, requests.approve(session, actor, command)),
    )  # fmt: skip


def reject_request(session: Session, actor: Actor, command: RejectRequest) -> RequestView:
    return once(
        session, actor, "reject_request", command, RequestView,
        lambda: _request(session, actor, requests.reject(session, actor, command)),
    )  # fmt: skip


def pick_request(session: Session, actor: Actor, command: StepRequest) -> RequestView:
    return once(
        session, actor, "pick_request", command, RequestView,
        lambda: _request(session, actor, requests.pick(session, actor, command)),
    )  # fmt: skip


def fulfil_request(session: Session, actor: Actor, command: FulfilRequest) -> RequestView:
    return once(
        session, actor, "fulfil_request", command, RequestView,
        lambda: _request(session, actor, requests.fulfil(session, actor, command)),
    )  # fmt: skip


def cancel_request(session: Session, actor: Actor, command: StepRequest) -> RequestView:
    return once(
        session, actor, "cancel_request", command, RequestView,
        lambda: _request(session, actor, requests.cancel(session, actor, command)),
    )  # fmt: skip


def start_count(session: Session, actor: Actor, command: StartCount) -> CountView:
    return once(
        session, actor, "start_count", command, CountView,
        lambda: _count(session, actor, counts.start(session, actor, command)),
    )  # fmt: skip


def enter_count(session: Session, actor: Actor, command: EnterCount) -> CountView:
    return once(
        session, actor, "enter_count", command, CountView,
        lambda: _count(session, actor, counts.enter(session, actor, command)),
    )  # fmt: skip


def close_count(session: Session, actor: Actor, command: CloseCount) -> CountView:
    return once(
        session, actor, "close_count", command, CountView,
        lambda: _count(session, actor, counts.close(session, actor, command)),
    )  # fmt: skip


def _transfer(session: Session, actor: Actor, row: StockTransfer) -> TransferView:
    session.flush()
    return shown.transfer_views(session, actor.tenant_id, [row])[0]


def _request(session: Session, actor: Actor, row: StockRequest) -> RequestView:
    session.flush()
    return shown.request_views(session, actor.tenant_id, [row])[0]


def _count(session: Session, actor: Actor, row: StockCount) -> CountView:
    session.flush()
    return shown.count_views(session, actor.tenant_id, [row])[0]
