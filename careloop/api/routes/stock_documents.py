"""Reservations, transfers, requests and counts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from careloop.api.auth import ServicesDep, SessionDep, StaffDep, StockReaderDep
from careloop.api.routes.commands import BaseVersionDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.api.routes.stock_acts import act_on, fields_of
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import document_views as shown
from careloop.crm_core.inventory.document_models import (
    CountState,
    RequestState,
    ReservationState,
    TransferState,
)  # fmt: skip
from careloop.crm_core.inventory.schemas import (
    ArrivedLine,
    CountedLine,
    CreateRequest,
    CreateTransfer,
    MakeRequests,
    ReceiptLine,
    Reserve,
    StartCount,
)  # fmt: skip
from careloop.crm_core.inventory.views import (
    CountView,
    Made,
    RequestView,
    ReservationView,
    Reserved,
    TransferView,
)  # fmt: skip

router = APIRouter(prefix="/v1/stock", tags=["stock"])
Text = Annotated[str, Query(max_length=100)]


class Step(BaseModel):
    """Why, and the version the step is based on."""

    reason: str = Field("", max_length=500)
    version: int | None = None
    command_id: str | None = Field(None, max_length=100)


class Approval(Step):
    source: str = Field("", max_length=80)


class Rejection(Step):
    reason: str = Field(min_length=1, max_length=500)


class Fulfilment(Step):
    receipt: list[ReceiptLine] | None = None
    serials: dict[str, list[str]] = Field(default_factory=dict)
    expected_at: datetime | None = None


class Shipment(BaseModel):
    version: int | None = None
    command_id: str | None = Field(None, max_length=100)
    happened_at: datetime | None = None


class Arrival(Shipment):
    lines: list[ArrivedLine] | None = None


class Counted(BaseModel):
    lines: list[CountedLine] = Field(min_length=1, max_length=500)
    command_id: str | None = Field(None, max_length=100)


class Closing(Step):
    uncounted_is_zero: bool = False
    cancel: bool = False


@router.get("/reservations")
def reservations(
    session: SessionDep, actor: StockReaderDep,
    state: Annotated[list[ReservationState] | None, Query()] = None, location: Text = "",
    part: Text = "", purpose_type: Text = "", purpose_number: Text = "", cursor: str = "",
    limit: Limit = 50,
) -> Page[ReservationView]:  # fmt: skip
    """Parts kept for a purpose, the newest first."""
    rows = documents.reservations(
        session, actor, states=state or (), location=location, part=part,
        purpose_type=purpose_type, purpose_number=purpose_number, before=_before(cursor),
        limit=limit + 1,
    )  # fmt: skip
    views = documents.reservation_views(session, actor.tenant_id, rows[:limit])
    return Page(items=views, next_cursor=_more(rows, limit))


@router.post("/reservations", status_code=201)
def reserve(services: ServicesDep, actor: StaffDep, body: Reserve, key: RequiredKeyDep) -> Reserved:
    """Keep parts for a purpose; all lines or none."""
    return act(services, actor, "stock.reserve", body, Reserved, key=key)


@router.post("/reservations/{reservation_id}/release")
def release(
    services: ServicesDep, actor: StaffDep, reservation_id: str, body: Step, key: RequiredKeyDep
) -> ReservationView:
    """Keep parts no longer."""
    fields = fields_of(body, reservation_id=reservation_id)
    return act_on(services, actor, "stock.release", fields, ReservationView, key)


@router.get("/transfers")
def transfers(
    session: SessionDep, actor: StockReaderDep,
    state: Annotated[list[TransferState] | None, Query()] = None, location: Text = "",
    late: bool = False, cursor: str = "", limit: Limit = 50,
) -> Page[TransferView]:  # fmt: skip
    """Transfers, the newest first; `location` is source or target."""
    rows = documents.transfers(
        session, actor, states=state or (), location=location, late=late,
        before=_before(cursor), limit=limit + 1,
    )  # fmt: skip
    views = shown.transfer_views(session, actor.tenant_id, rows[:limit])
    return Page(items=views, next_cursor=_more(rows, limit))


@router.post("/transfers", status_code=201)
def create_transfer(
    services: ServicesDep, actor: StaffDep, body: CreateTransfer, key: RequiredKeyDep
) -> TransferView:
    """Send parts to another location, as a draft or at once."""
    return act(services, actor, "stock.transfer", body, TransferView, key=key)


@router.get("/transfers/{transfer_id}")
def transfer(
    session: SessionDep, actor: StockReaderDep, transfer_id: str, response: Response
) -> TransferView:
    """One transfer, by its id or number."""
    row = documents.transfer(session, actor, transfer_id)
    tag(response, row.version)
    return shown.transfer_views(session, actor.tenant_id, [row])[0]


@router.post("/transfers/{transfer_id}/ship")
def ship(
    services: ServicesDep, actor: StaffDep, transfer_id: str, body: Shipment,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> TransferView:  # fmt: skip
    """The parts leave the source and are in transit."""
    fields = fields_of(body, base, transfer_id=transfer_id)
    return act_on(services, actor, "stock.ship", fields, TransferView, key)


@router.post("/transfers/{transfer_id}/receive")
def receive(
    services: ServicesDep, actor: StaffDep, transfer_id: str, body: Arrival,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> TransferView:  # fmt: skip
    """Parts in transit arrived, whole or in part; what is lost is named with its reason."""
    fields = fields_of(body, base, transfer_id=transfer_id)
    return act_on(services, actor, "stock.receive_transfer", fields, TransferView, key)


@router.post("/transfers/{transfer_id}/cancel")
def cancel_transfer(
    services: ServicesDep, actor: StaffDep, transfer_id: str, body: Step,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> TransferView:  # fmt: skip
    """Give a transfer up; what is in transit goes back to the source."""
    fields = fields_of(body, base, transfer_id=transfer_id)
    return act_on(services, actor, "stock.cancel_transfer", fields, TransferView, key)


@router.get("/requests")
def requests(
    session: SessionDep, actor: StockReaderDep,
    state: Annotated[list[RequestState] | None, Query()] = None, location: Text = "",
    source: Text = "", mine: bool = False, cursor: str = "", limit: Limit = 50,
) -> Page[RequestView]:  # fmt: skip
    """Requests for parts, the newest first."""
    rows = documents.requests(
        session, actor, states=state or (), location=location, source=source, mine=mine,
        before=_before(cursor), limit=limit + 1,
    )  # fmt: skip
    views = shown.request_views(session, actor.tenant_id, rows[:limit])
    return Page(items=views, next_cursor=_more(rows, limit))


@router.post("/requests", status_code=201)
def create_request(
    services: ServicesDep, actor: StaffDep, body: CreateRequest, key: RequiredKeyDep
) -> RequestView:
    """Ask for parts."""
    return act(services, actor, "stock.request", body, RequestView, key=key)


@router.get("/requests/{request_id}")
def request(
    session: SessionDep, actor: StockReaderDep, request_id: str, response: Response
) -> RequestView:
    """One request, by its id or number."""
    row = documents.request(session, actor, request_id)
    tag(response, row.version)
    return shown.request_views(session, actor.tenant_id, [row])[0]


@router.post("/requests/{request_id}/submit")
def submit(
    services: ServicesDep, actor: StaffDep, request_id: str, body: Step,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> RequestView:  # fmt: skip
    """Ask for approval of a draft."""
    fields = fields_of(body, base, request_id=request_id)
    return act_on(services, actor, "stock.submit_request", fields, RequestView, key)


@router.post("/requests/{request_id}/approve")
def approve(
    services: ServicesDep, actor: StaffDep, request_id: str, body: Approval,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> RequestView:  # fmt: skip
    """Say yes; with the last yes that is needed the parts are reserved at the source."""
    fields = fields_of(body, base, request_id=request_id)
    return act_on(services, actor, "stock.approve_request", fields, RequestView, key)


@router.post("/requests/{request_id}/reject")
def reject(
    services: ServicesDep, actor: StaffDep, request_id: str, body: Rejection,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> RequestView:  # fmt: skip
    """Say no, with the reason."""
    fields = fields_of(body, base, request_id=request_id)
    return act_on(services, actor, "stock.reject_request", fields, RequestView, key)


@router.post("/requests/{request_id}/pick")
def pick(
    services: ServicesDep, actor: StaffDep, request_id: str, body: Step,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> RequestView:  # fmt: skip
    """Somebody is collecting the parts."""
    fields = fields_of(body, base, request_id=request_id)
    return act_on(services, actor, "stock.pick_request", fields, RequestView, key)


@router.post("/requests/{request_id}/fulfil")
def fulfil(
    services: ServicesDep, actor: StaffDep, request_id: str, body: Fulfilment,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> RequestView:  # fmt: skip
    """The parts leave the source in a transfer, or arrive from the supplier."""
    fields = fields_of(body, base, request_id=request_id)
    return act_on(services, actor, "stock.fulfil_request", fields, RequestView, key)


@router.post("/requests/{request_id}/cancel")
def cancel_request(
    services: ServicesDep, actor: StaffDep, request_id: str, body: Step,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> RequestView:  # fmt: skip
    """Take a request back; its reservations end."""
    fields = fields_of(body, base, request_id=request_id)
    return act_on(services, actor, "stock.cancel_request", fields, RequestView, key)


@router.get("/counts")
def counts(
    session: SessionDep, actor: StockReaderDep,
    state: Annotated[list[CountState] | None, Query()] = None, location: Text = "",
    cursor: str = "", limit: Limit = 50,
) -> Page[CountView]:  # fmt: skip
    """Stock-takings, the newest first."""
    rows = documents.counts(
        session, actor, states=state or (), location=location, before=_before(cursor),
        limit=limit + 1,
    )  # fmt: skip
    views = shown.count_views(session, actor.tenant_id, rows[:limit])
    return Page(items=views, next_cursor=_more(rows, limit))


@router.post("/counts", status_code=201)
def start_count(
    services: ServicesDep, actor: StaffDep, body: StartCount, key: RequiredKeyDep
) -> CountView:
    """Begin to count a location."""
    return act(services, actor, "stock.start_count", body, CountView, key=key)


@router.get("/counts/{count_id}")
def count(
    session: SessionDep, actor: StockReaderDep, count_id: str, response: Response
) -> CountView:
    """One count, by its id or number."""
    row = documents.count(session, actor, count_id)
    tag(response, row.version)
    return shown.count_views(session, actor.tenant_id, [row])[0]


@router.post("/counts/{count_id}/lines")
def enter_count(
    services: ServicesDep, actor: StaffDep, count_id: str, body: Counted, key: RequiredKeyDep
) -> CountView:
    """Enter what lies there; a line entered again replaces the first."""
    fields = fields_of(body, count_id=count_id)
    return act_on(services, actor, "stock.enter_count", fields, CountView, key)


@router.post("/counts/{count_id}/close")
def close_count(
    services: ServicesDep, actor: StaffDep, count_id: str, body: Closing,
    key: RequiredKeyDep, base: BaseVersionDep,
) -> CountView:  # fmt: skip
    """Post the differences and end the count, or give it up."""
    fields = fields_of(body, base, count_id=count_id)
    return act_on(services, actor, "stock.close_count", fields, CountView, key)


@router.post("/replenishment", status_code=201)
def make_requests(
    services: ServicesDep, actor: StaffDep, body: MakeRequests, key: RequiredKeyDep
) -> Made:
    """Turn the proposal into requests."""
    return act(services, actor, "stock.replenish", body, Made, key=key)


def _before(cursor: str) -> str:
    found = decode_cursor(cursor, 1)
    return str(found[0]) if found else ""


def _more(rows: list[documents.D], limit: int) -> str | None:
    return encode_cursor(rows[limit - 1].id) if len(rows) > limit else None
