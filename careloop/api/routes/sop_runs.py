"""Runs of standard procedures on visits: what a phone needs, and what it tells."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response, UploadFile
from pydantic import AwareDatetime

from careloop.api.auth import ServicesDep, SessionDep, StaffDep
from careloop.api.bootstrap import Services
from careloop.api.files import read_upload, signed
from careloop.api.routes.commands import BaseVersionDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.api.routes.sops import SopReaderDep
from careloop.crm_core.sop import people_queries, run_queries, run_view_queries
from careloop.crm_core.sop.models import RunState
from careloop.crm_core.sop.run_queries import RunFilter
from careloop.crm_core.sop.schemas import (
    AddSopPhoto,
    AttachRun,
    AttachSopBody,
    RecordStep,
    SopWithdrawBody,
    StepBody,
    WithdrawRun,
)  # fmt: skip
from careloop.crm_core.sop.views import SopRunPage, SopRunPhotoAdded, SopRunView
from careloop.crm_core.workorders import queries as visits
from careloop.kit.errors import InvalidInput

router = APIRouter(prefix="/v1", tags=["standard work"])
Language = Annotated[str, Query(max_length=12, description="Empty: the reader's own.")]


def _linked(services: Services, page: SopRunPage) -> SopRunPage:
    """The run with links to its photos that work for an hour."""
    shown = [step.record for step in page.steps if step.record is not None]
    for record in [*page.records, *shown]:
        for photo in record.photos:
            photo.url = signed(services, f"/v1/visit-files/{photo.id}")
    return page


@router.get("/work-orders/{work_order}/sop-runs")
def runs_of_visit(
    session: SessionDep, actor: SopReaderDep, work_order: str, language: Language = ""
) -> Page[SopRunView]:
    """The runs on a visit, in the order in which they were put on it."""
    visit = visits.work_order(session, actor, work_order)
    rows = run_queries.of_work_order(session, actor, visit.number)
    return Page(items=run_view_queries.views(session, rows, language or actor.language))


@router.post("/work-orders/{work_order}/sop-runs", status_code=201)
def attach(
    services: ServicesDep, actor: StaffDep, work_order: str, body: AttachSopBody,
    response: Response, key: RequiredKeyDep,
) -> SopRunView:  # fmt: skip
    """Put a procedure on a visit by hand."""
    command = AttachRun(work_order=work_order, **dict(body))
    view = act(services, actor, "sop.attach", command, SopRunView, key)
    tag(response, view.version)
    return view


@router.get("/sop-runs")
def all_runs(
    session: SessionDep, actor: SopReaderDep,
    state: Annotated[list[RunState] | None, Query()] = None,
    result: Annotated[list[str] | None, Query()] = None, sop: str = "", work_order: str = "",
    serial: str = "", deviating: bool = False, language: Language = "", cursor: str = "",
    limit: Limit = 50,
) -> Page[SopRunView]:  # fmt: skip
    """Runs, the newest first; `deviating` those with records off the way they took."""
    sought = RunFilter(
        states=tuple(state or ()), results=tuple(result or ()), sop=sop, work_order=work_order,
        serial=serial, deviating=deviating,
    )  # fmt: skip
    found = decode_cursor(cursor, 1)
    rows = run_queries.page(session, actor, sought, str(found[0]) if found else "", limit + 1)
    return Page(
        items=run_view_queries.views(session, rows[:limit], language or actor.language),
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.get("/sop-runs/{run_id}")
def run(
    services: ServicesDep, session: SessionDep, actor: SopReaderDep, run_id: str,
    response: Response, language: Language = "",
) -> SopRunPage:  # fmt: skip
    """All a phone needs: steps in one language, what is next, who did what when, photo links."""
    row = run_queries.run(session, actor, run_id)
    who = people_queries.qualification(session, actor)
    page = run_view_queries.page(session, row, language or actor.language, who)
    tag(response, page.version)
    return _linked(services, page)


@router.post("/sop-runs/{run_id}/steps", status_code=201)
def record(
    services: ServicesDep, actor: StaffDep, run_id: str, body: StepBody, response: Response,
    key: RequiredKeyDep,
) -> SopRunPage:  # fmt: skip
    """Tell what was done at a step; answers with the whole run and what is next."""
    facts: dict[str, Any] = dict(body)
    page = act(
        services, actor, "sop.record_step", RecordStep(run_id=run_id, **facts), SopRunPage, key
    )
    tag(response, page.version)
    return _linked(services, page)


@router.post("/sop-runs/{run_id}/photos", status_code=201)
def add_photo(
    services: ServicesDep, actor: StaffDep, run_id: str, file: UploadFile, key: RequiredKeyDep,
    caption: Annotated[str, Form(max_length=300)] = "",
    command_id: Annotated[str | None, Form(min_length=1, max_length=100)] = None,
    happened_at: Annotated[AwareDatetime | None, Form()] = None,
) -> SopRunPhotoAdded:  # fmt: skip
    """Add a picture to the visit and get its id, to be told with the step."""
    content = read_upload(services, file)
    if not content.is_image:
        raise InvalidInput("Send a picture: JPEG, PNG, WebP or GIF", file="is no picture")
    command = AddSopPhoto(
        run_id=run_id, caption=caption, command_id=command_id, happened_at=happened_at,
        media_type=content.media_type, size=len(content.data), sha256=content.sha256,
    )  # fmt: skip
    services.blobs.put(actor.tenant_id, content)
    photo = act(services, actor, "sop.add_photo", command, SopRunPhotoAdded, key)
    photo.url = signed(services, f"/v1/visit-files/{photo.id}")
    return photo


@router.post("/sop-runs/{run_id}/withdraw")
def withdraw(
    services: ServicesDep, actor: StaffDep, run_id: str, body: SopWithdrawBody, response: Response,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> SopRunView:  # fmt: skip
    """Take a run off its visit with the reason; what was recorded stays."""
    facts: dict[str, Any] = dict(body) | ({} if base is None else {"version": base})
    command = WithdrawRun(run_id=run_id, **facts)
    view = act(services, actor, "sop.withdraw", command, SopRunView, key, body.reason)
    tag(response, view.version)
    return view
