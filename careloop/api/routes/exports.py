"""Lists of the books as files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from careloop.api import exporting
from careloop.api.auth import ExporterDep, ServicesDep, SessionDep, StaffDep
from careloop.api.exchange_forms import ExchangeForms, forms_for
from careloop.crm_core.export.schemas import Format, Headers

router = APIRouter(prefix="/v1", tags=["exchange"])
MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FILE: dict[str, Any] = {"content": {media_type: {} for media_type in MEDIA_TYPES.values()}}


@router.get("/exchange/forms")
def forms(session: SessionDep, actor: StaffDep) -> ExchangeForms:
    """What can be exported and imported by the caller, with columns, headers and filters."""
    return forms_for(session, actor)


@router.get("/exports/{kind}", response_class=StreamingResponse, responses={200: _FILE})
def export(
    request: Request, services: ServicesDep, actor: ExporterDep, kind: str,
    format: Format = Format.CSV,
    headers: Annotated[Headers, Query(description="Names in the first row.")] = Headers.EN,
    bom: Annotated[bool, Query(description="Begin CSV with a mark, which Excel needs.")] = True,
    time_zone: Annotated[str, Query(max_length=60, description="IANA zone of times.")] = "UTC",
) -> StreamingResponse:  # fmt: skip
    """A list as a file; every other query parameter is one of the list's filters."""
    given = {
        name: request.query_params.getlist(name)
        for name in request.query_params
        if name not in {"format", "headers", "bom", "time_zone"}
    }
    shape = exporting.Shape(format, headers, bom, time_zone)
    sent = exporting.export(services, actor, kind, shape, given)
    return StreamingResponse(
        sent.body,
        media_type=MEDIA_TYPES[format],
        headers={
            "Content-Disposition": f'attachment; filename="{sent.name}"',
            "X-Row-Count": str(sent.rows),
        },
    )
