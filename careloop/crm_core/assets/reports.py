"""Writers of what comes in from public pages. They know the device and nobody's identity."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.assets import report_queries
from careloop.crm_core.assets.documents import safe_name
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.report_models import DeviceReport, ReportPhoto
from careloop.crm_core.assets.report_schemas import ReportFault, StorePhoto
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.ids import new_id

MAX_LOOSE = 200
"""So many photos may wait at one device; a page that sends them takes them along at once."""


def store_photo(session: Session, row: Asset, command: StorePhoto) -> ReportPhoto:
    """Register a photo that waits for its report."""
    if report_queries.loose_count(session, row.tenant_id, row.id) >= MAX_LOOSE:
        raise Conflict("Too many photos wait here; send the report without photos")
    photo = ReportPhoto(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id, report_id=None,
        handle=command.handle, name=safe_name(command.name), media_type=command.media_type,
        size=command.size, sha256=command.sha256, created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip
    session.add(photo)
    session.flush()
    return photo


def file_report(
    session: Session, row: Asset, command: ReportFault, contact_id: str, ticket: str
) -> DeviceReport:
    """Write down a report and the ticket that it became."""
    report = DeviceReport(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id, contact_id=contact_id,
        client_id=command.client_id, token_hash=command.token_hash, ticket=ticket,
        lang=command.lang, created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(report)
    session.flush()
    return report


def take_photos(
    session: Session, report: DeviceReport, handles: Sequence[str]
) -> list[ReportPhoto]:
    """Give loose photos of the same device to a report; handles that fit none are left out."""
    photos = report_queries.loose_photos(session, report.tenant_id, report.asset_id, handles)
    for photo in photos:
        photo.report_id = report.id
        photo.touch(now(session))
    session.flush()
    return photos


def go_on_in(session: Session, report: DeviceReport, ticket: str) -> None:
    """The matter goes on in another ticket; the follow link shows that one from now on."""
    if report.ticket != ticket:
        report.ticket = ticket
        report.touch(now(session))
