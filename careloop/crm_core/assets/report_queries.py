"""Selects of reports from public pages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careloop.crm_core.assets.report_models import DeviceReport, ReportPhoto


def by_token(session: Session, token_hash: str, tenant_id: str = "") -> DeviceReport | None:
    """The report that a follow link opens, of any tenant unless one is named."""
    statement = select(DeviceReport).where(DeviceReport.token_hash == token_hash)
    if tenant_id:
        statement = statement.where(DeviceReport.tenant_id == tenant_id)
    return session.scalar(statement)


def by_client_id(
    session: Session, tenant_id: str, asset_id: str, client_id: str
) -> DeviceReport | None:
    """The report that a page sent under that id before."""
    statement = select(DeviceReport).where(
        DeviceReport.tenant_id == tenant_id,
        DeviceReport.asset_id == asset_id,
        DeviceReport.client_id == client_id,
    )
    return session.scalar(statement)


def loose_photos(
    session: Session, tenant_id: str, asset_id: str, handles: Sequence[str]
) -> list[ReportPhoto]:
    """Photos sent for this device that no report has taken along yet."""
    if not handles:
        return []
    statement = select(ReportPhoto).where(
        ReportPhoto.tenant_id == tenant_id,
        ReportPhoto.asset_id == asset_id,
        ReportPhoto.report_id.is_(None),
        ReportPhoto.handle.in_(handles),
    )
    return list(session.scalars(statement.order_by(ReportPhoto.id)))


def loose_count(session: Session, tenant_id: str, asset_id: str) -> int:
    """How many photos of a device wait for a report."""
    statement = select(func.count()).where(
        ReportPhoto.tenant_id == tenant_id,
        ReportPhoto.asset_id == asset_id,
        ReportPhoto.report_id.is_(None),
    )
    return session.scalar(statement) or 0


def photos_of(session: Session, tenant_id: str, report_id: str) -> list[ReportPhoto]:
    """The photos of a report, in the order sent."""
    statement = select(ReportPhoto).where(
        ReportPhoto.tenant_id == tenant_id, ReportPhoto.report_id == report_id
    )
    return list(session.scalars(statement.order_by(ReportPhoto.id)))


def reports_of_ticket(session: Session, tenant_id: str, ticket: str) -> list[DeviceReport]:
    """The reports that became a ticket."""
    statement = select(DeviceReport).where(
        DeviceReport.tenant_id == tenant_id, DeviceReport.ticket == ticket
    )
    return list(session.scalars(statement.order_by(DeviceReport.id)))
