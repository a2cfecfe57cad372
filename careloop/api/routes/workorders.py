"""Visits. Every act that moves one needs an `Idempotency-Key`, as phones repeat what they send."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Form, Query, Request, Response, UploadFile
from pydantic import AwareDatetime, BaseModel, Field

from careloop.api.auth import ServicesDep, SessionDep, StaffDep, TicketReaderDep
from careloop.api.bootstrap import Services
from careloop.api.files import read_upload, signed
from careloop.api.routes.commands import BaseVersionDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor, multi
from careloop.api.routes.ticket_family import stored_file
from careloop.crm_core.custom.filter_queries import given_of
from careloop.crm_core.faults.schemas import FindingFacts
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.workorders import fact_queries, queries, reporting
from careloop.crm_core.workorders.acts import (
    Arrival,
    Cancellation,
    Confirmation,
    Departure,
    DeviceAct,
    Ending,
    Labour,
    Reading,
    ReportText,
    Revision,
    UsedPart,
)  # fmt: skip
from careloop.crm_core.workorders.models import VisitState
from careloop.crm_core.workorders.queries import Sort, VisitFilter
from careloop.crm_core.workorders.schemas import (
    AddLabour,
    AddPhoto,
    AddReading,
    CancelVisit,
    ChangeVisit,
    CheckIn,
    ConfirmVisit,
    Depart,
    PlanVisit,
    Revise,
    Sign,
    UsePartOnVisit,
    VisitAct,
    VisitChanges,
    WriteReport,
)  # fmt: skip
from careloop.crm_core.workorders.views import FirstTimeFix, WorkOrderPage, WorkOrderView
from careloop.kit.actor import Actor
from careloop.kit.blobs import inspect
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import InvalidInput, NotFound
from careloop.tools.workorders import FinishVisit

router = APIRouter(prefix="/v1/work-orders", tags=["work orders"])
signed_files = APIRouter(prefix="/v1/visit-files", tags=["files"])
SIGNATURE_BYTES = 300_000
C = TypeVar("C", bound=VisitAct)


class SignatureBody(BaseModel):
    """The signature as a PNG in base64; without one the customer agreed by word alone."""

    name: str = Field(min_length=1, max_length=200)
    role: str = Field("", max_length=100)
    png: str = Field("", max_length=SIGNATURE_BYTES * 4 // 3 + 4)
    command_id: str | None = Field(None, min_length=1, max_length=100)
    happened_at: AwareDatetime | None = None
    version: int | None = None


class EndingWithFindings(Ending):
    """The end of a visit, with what was found on it."""

    findings: list[FindingFacts] = Field(default_factory=list, max_length=10)


def shown(services: Services, session: Any, actor: Actor, number: str) -> WorkOrderPage:
    """The visit with all that was written down, its pictures as links for an hour."""
    page = fact_queries.whole(session, actor, queries.work_order(session, actor, number))
    for photo in page.photos:
        photo.url = signed(services, f"/v1/visit-files/{photo.id}")
    for signature in page.signatures:
        if signature.has_picture:
            signature.url = signed(services, f"/v1/visit-files/{signature.id}")
    if page.signature is not None and page.signature.has_picture:
        page.signature.url = signed(services, f"/v1/visit-files/{page.signature.id}")
    return page


@router.get("")
def work_orders(
    request: Request, session: SessionDep, actor: TicketReaderDep, q: str = "",
    state: Annotated[list[VisitState] | None, Query()] = None, engineer: str = "",
    ticket: str = "", customer_id: str = "", serial: str = "", mine: bool = False,
    window_from: AwareDatetime | None = None, window_until: AwareDatetime | None = None,
    sort: Sort = "window", cursor: str = "", limit: Limit = 50,
) -> Page[WorkOrderView]:  # fmt: skip
    """Visits by their window, or newest first; `custom.<key>` filters by own fields."""
    wanted = VisitFilter(
        q=q, states=state or (), engineer=engineer, ticket=ticket, customer_id=customer_id,
        serial=serial, mine=mine, window_from=window_from, window_until=window_until,
        custom=given_of(multi(request)),
    )  # fmt: skip
    found = decode_cursor(cursor, 2)
    after = (str(found[0] or ""), str(found[1] or "")) if found else None
    rows, following = queries.page(session, actor, wanted, sort, after, limit)
    return Page(
        items=[queries.work_order_view(row) for row in rows],
        next_cursor=encode_cursor(*following) if following else None,
    )


@router.post("", status_code=201)
def plan(
    services: ServicesDep, actor: StaffDep, body: PlanVisit, response: Response, key: RequiredKeyDep
) -> WorkOrderView:
    """Plan a visit for a ticket."""
    view = act(services, actor, "visits.plan", body, WorkOrderView, key)
    tag(response, view.version)
    return view


@router.get("/first-time-fix")
def first_time_fix(
    session: SessionDep, actor: TicketReaderDep, since: AwareDatetime, until: AwareDatetime
) -> FirstTimeFix:
    """How many tickets were solved by their first visit, and why the others were not."""
    return reporting.first_time_fix(session, actor, since, until)


@router.get("/{work_order}")
def work_order(
    services: ServicesDep, session: SessionDep, actor: TicketReaderDep, work_order: str,
    response: Response,
) -> WorkOrderPage:  # fmt: skip
    """A visit with all that was written down on it."""
    page = shown(services, session, actor, work_order)
    tag(response, page.version)
    return page


@router.patch("/{work_order}")
def change(
    services: ServicesDep, actor: StaffDep, work_order: str, body: VisitChanges,
    response: Response, key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """Move the window, give it to another engineer, say more precisely what is to be done."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeVisit(number=work_order, **facts)
    view = act(services, actor, "visits.change", command, WorkOrderView, key, body.reason)
    tag(response, view.version)
    return view


def _acted(
    services: Services, actor: Actor, tool: str, number: str, body: DeviceAct,
    command: type[C], key: str, base: int | None = None, reason: str = "",
) -> WorkOrderView:  # fmt: skip
    facts = body.model_dump() | ({} if base is None else {"version": base})
    given = command(number=number, **facts)
    return act(services, actor, tool, given, WorkOrderView, key, reason)


@router.post("/{work_order}/confirm")
def confirm(
    services: ServicesDep, actor: StaffDep, work_order: str, body: Confirmation,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """The customer agreed to the window; from now on it is a promise."""
    return _acted(services, actor, "visits.confirm", work_order, body, ConfirmVisit, key, base)


@router.post("/{work_order}/depart")
def depart(
    services: ServicesDep, actor: StaffDep, work_order: str, body: Departure,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """The engineer is on the way."""
    return _acted(services, actor, "visits.depart", work_order, body, Depart, key, base)


@router.post("/{work_order}/check-in")
def check_in(
    services: ServicesDep, actor: StaffDep, work_order: str, body: Arrival,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """The engineer has arrived."""
    return _acted(services, actor, "visits.check_in", work_order, body, CheckIn, key, base)


@router.post("/{work_order}/labour", status_code=201)
def labour(
    services: ServicesDep, actor: StaffDep, work_order: str, body: Labour, key: RequiredKeyDep
) -> WorkOrderView:
    """Add minutes of work, waiting or travel."""
    return _acted(services, actor, "visits.add_labour", work_order, body, AddLabour, key)


@router.post("/{work_order}/readings", status_code=201)
def readings(
    services: ServicesDep, actor: StaffDep, work_order: str, body: Reading, key: RequiredKeyDep
) -> WorkOrderView:
    """Add a measured value; with limits it passes or fails."""
    return _acted(services, actor, "visits.add_reading", work_order, body, AddReading, key)


@router.post("/{work_order}/photos", status_code=201)
def photos(
    services: ServicesDep, actor: StaffDep, work_order: str, file: UploadFile, key: RequiredKeyDep,
    when: Annotated[Literal["before", "after", "nameplate", "other"], Form()] = "other",
    caption: Annotated[str, Form(max_length=300)] = "",
    command_id: Annotated[str | None, Form(min_length=1, max_length=100)] = None,
    happened_at: Annotated[AwareDatetime | None, Form()] = None,
) -> WorkOrderView:  # fmt: skip
    """Add a picture; camera and place data are taken out of it."""
    content = read_upload(services, file)
    if not content.is_image:
        raise InvalidInput("Send a picture: JPEG, PNG, WebP or GIF", file="is no picture")
    command = AddPhoto(
        number=work_order, when=when, caption=caption, command_id=command_id,
        happened_at=happened_at, media_type=content.media_type, size=len(content.data),
        sha256=content.sha256,
    )  # fmt: skip
    services.blobs.put(actor.tenant_id, content)
    return act(services, actor, "visits.add_photo", command, WorkOrderView, key)


@router.post("/{work_order}/parts", status_code=201)
def parts(
    services: ServicesDep, actor: StaffDep, work_order: str, body: UsedPart, key: RequiredKeyDep
) -> WorkOrderView:
    """Use a part: stock, component and who pays, in one act."""
    return _acted(services, actor, "visits.use_part", work_order, body, UsePartOnVisit, key)


@router.post("/{work_order}/report")
def report(
    services: ServicesDep, actor: StaffDep, work_order: str, body: ReportText,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """Write the words of the report; not once it is signed."""
    return _acted(services, actor, "visits.write_report", work_order, body, WriteReport, key, base)


@router.post("/{work_order}/signature", status_code=201)
def signature(
    services: ServicesDep, actor: StaffDep, work_order: str, body: SignatureBody,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """The customer signs the report as it stands; from then on it does not change."""
    sha256, size = "", 0
    if body.png:
        try:
            data = base64.b64decode(body.png, validate=True)
        except (binascii.Error, ValueError):
            raise InvalidInput("The signature is no base64", png="is no base64") from None
        content = inspect(data, SIGNATURE_BYTES)
        if content.media_type != "image/png":
            raise InvalidInput("The signature must be a PNG", png="is no PNG")
        services.blobs.put(actor.tenant_id, content)
        sha256, size = content.sha256, len(content.data)
    command = Sign(
        number=work_order, name=body.name, role=body.role, sha256=sha256, size=size,
        command_id=body.command_id, happened_at=body.happened_at,
        version=body.version if base is None else base,
    )  # fmt: skip
    return act(services, actor, "visits.sign", command, WorkOrderView, key)


@router.post("/{work_order}/revise")
def revise(
    services: ServicesDep, actor: StaffDep, work_order: str, body: Revision,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """Open a signed report for a new revision, which must be signed anew."""
    return _acted(
        services, actor, "visits.revise", work_order, body, Revise, key, base, body.reason
    )


@router.post("/{work_order}/finish")
def finish(
    services: ServicesDep, actor: StaffDep, work_order: str, body: EndingWithFindings,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """End the visit with its result and what was found; the ticket moves along."""
    return _acted(services, actor, "visits.finish", work_order, body, FinishVisit, key, base)


@router.post("/{work_order}/cancel")
def cancel(
    services: ServicesDep, actor: StaffDep, work_order: str, body: Cancellation,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> WorkOrderView:  # fmt: skip
    """The visit will not take place."""
    return _acted(
        services, actor, "visits.cancel", work_order, body, CancelVisit, key, base, body.reason
    )


@router.get("/{work_order}/next")
def next_visit(session: SessionDep, actor: TicketReaderDep, work_order: str) -> PlanVisit:
    """A plan for the next visit out of what this one found: who, when, what to bring."""
    row = queries.work_order(session, actor, work_order)
    return reporting.suggestion(row, tickets.ticket(session, actor, row.ticket))


@signed_files.get("/{file_id}")
def visit_file(
    services: ServicesDep, file_id: str, expires: Annotated[int, Query(ge=0, le=2**40)],
    signature: Annotated[str, Query(max_length=64)],
) -> Response:  # fmt: skip
    """A picture or signature of a visit, by a signed link that works for an hour."""
    path = f"/v1/visit-files/{file_id}"
    if not services.signer.valid(path, expires, signature, int(services.clock.now().timestamp())):
        raise NotFound("This link has expired; reload the page")
    with services.database.read(EVERY_TENANT) as session:
        tenant_id, sha256, media_type = fact_queries.picture(session, file_id)
    return stored_file(
        services, path, expires, signature, tenant_id, sha256, media_type, f"{file_id}.jpg"
    )
