"""Labels of devices: QR codes and sheets to print."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from careloop.api.auth import AssetReaderDep, ServicesDep, SessionDep
from careloop.api.device_file import page_address
from careloop.api.labels import Paper, label_sheet, qr_svg
from careloop.crm_core.assets import queries

router = APIRouter(prefix="/v1", tags=["assets"])


@router.get("/assets/labels")
def labels(
    services: ServicesDep, session: SessionDep, actor: AssetReaderDep,
    serial: Annotated[list[str], Query(min_length=1, max_length=240)],
    paper: Paper = Paper.A4, skip: Annotated[int, Query(ge=0, le=23)] = 0,
) -> Response:  # fmt: skip
    """A sheet of labels to print: 3 x 8 or 2 x 7 on A4, or a roll of 62 mm; `skip` leaves places
    that are used already."""
    rows = [queries.asset(session, actor, item) for item in serial]
    sheet = label_sheet([(row, page_address(services, row)) for row in rows], paper, skip)
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "Cache-Control": "no-store",
    }
    return Response(sheet, media_type="text/html", headers=headers)


@router.get("/assets/{serial}/qr.svg")
def qr(services: ServicesDep, session: SessionDep, actor: AssetReaderDep, serial: str) -> Response:
    """The QR code that opens the device's page."""
    row = queries.asset(session, actor, serial)
    picture = qr_svg(page_address(services, row))
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
    return Response(picture, media_type="image/svg+xml", headers=headers)
