"""Tools of the public page: what somebody who stands before a device may do. Who they are nobody
knows; their contact is kept as typed and belongs to no customer."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries, report_queries, reports
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.report_models import DeviceReport, ReportPhoto
from careloop.crm_core.assets.report_schemas import (
    AddToReport,
    FiledReport,
    JudgeRepair,
    ReportFault,
    StoredPhoto,
    StorePhoto,
)  # fmt: skip
from careloop.crm_core.customers import service as customers
from careloop.crm_core.customers.schemas import ChangeContact
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.belongings import attach_file
from careloop.crm_core.tickets.ending import confirm_ticket, reopen_ticket
from careloop.crm_core.tickets.schemas import (
    AttachFile,
    CommentTicket,
    ConfirmTicket,
    OpenTicket,
    ReopenTicket,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput, NotFound
from careloop.tools.spec import Effect, tool

CHANNEL = "qr"
TITLE_CHARS = 120


@tool("devices.store_photo", effect=Effect.WRITE, scope="devices:report")
def store_photo(session: Session, actor: Actor, command: StorePhoto) -> StoredPhoto:
    """Keep a photo from a device's public page until its report comes."""
    photo = reports.store_photo(session, _device(session, actor, command.code), command)
    return StoredPhoto(handle=photo.handle, name=photo.name, size=photo.size)


@tool("devices.report", effect=Effect.WRITE, scope="devices:report")
def report_fault(session: Session, actor: Actor, command: ReportFault) -> FiledReport:
    """Open a ticket for a fault reported from a device's public page; the same report once."""
    device = _device(session, actor, command.code)
    known = report_queries.by_client_id(session, actor.tenant_id, device.id, command.client_id)
    if known is not None:
        return FiledReport(ticket=known.ticket, repeated=True)
    reporter = _reporter(session, actor, command)
    code = command.error_code.upper()
    title = " ".join(command.text.split())
    if code and code not in title.upper():
        title = f"{code}: {title}"
    ticket = tickets.open_ticket(
        session, reporter,
        OpenTicket(
            title=title[:TITLE_CHARS],
            description=command.text, serial=device.serial, channel=CHANNEL,
            language=command.lang, error_codes=[code] if code else [],
            callback_phone=command.phone,
        ),
    )  # fmt: skip
    report = reports.file_report(session, device, command, reporter.contact_id or "", ticket.number)
    _attach(session, reporter, report, command.photos)
    return FiledReport(ticket=ticket.number)


@tool("devices.add_to_report", effect=Effect.WRITE, scope="devices:report")
def add_to_report(session: Session, actor: Actor, command: AddToReport) -> FiledReport:
    """Add the reporter's words or photos to the ticket of their report."""
    report, reporter = _own_report(session, actor, command.token_hash)
    if not command.text and not command.photos:
        raise InvalidInput("Write something, or add a photo")
    photos = _attach(session, reporter, report, command.photos)
    if command.text or photos:
        text = command.text or "📷 " + ", ".join(photo.name for photo in photos)
        tickets.comment_ticket(
            session, reporter, CommentTicket(number=report.ticket, text=text, public=True)
        )
    return FiledReport(ticket=report.ticket)


@tool("devices.judge_repair", effect=Effect.WRITE, scope="devices:report")
def judge_repair(session: Session, actor: Actor, command: JudgeRepair) -> FiledReport:
    """Take the reporter's word that the device works again, or that it is still broken."""
    report, reporter = _own_report(session, actor, command.token_hash)
    if command.works:
        told = confirm_ticket(
            session, reporter, ConfirmTicket(number=report.ticket, by="customer", note=command.note)
        )
    else:
        reason = command.note or "The reporter says that it is still broken."
        told = reopen_ticket(session, reporter, ReopenTicket(number=report.ticket, reason=reason))
        reports.go_on_in(session, report, told.number)
    return FiledReport(ticket=told.number)


def _device(session: Session, actor: Actor, code: str) -> Asset:
    found = queries.by_public_code(session, code, actor.tenant_id)
    if found is None:
        raise NotFound("There is no such page")
    return found


def _reporter(session: Session, actor: Actor, command: ReportFault) -> Actor:
    """A new contact of no customer, and the actor who speaks for it."""
    contact = customers.ensure_contact(
        session, actor.tenant_id, CHANNEL, "default", command.client_id, command.lang
    )
    reporter = replace(actor, contact_id=contact.id)
    dialled = re.sub(r"[^\d+]", "", command.phone)[:20]
    customers.change_contact(
        session, reporter,
        ChangeContact(
            contact_id=contact.id, name=command.name, email=command.email, phone=dialled
        ),
    )  # fmt: skip
    return reporter


def _own_report(session: Session, actor: Actor, token_hash: str) -> tuple[DeviceReport, Actor]:
    report = report_queries.by_token(session, token_hash, actor.tenant_id)
    if report is None:
        raise NotFound("There is no such report")
    return report, replace(actor, contact_id=report.contact_id)


def _attach(
    session: Session, reporter: Actor, report: DeviceReport, handles: list[str]
) -> list[ReportPhoto]:
    """Take the photos along with the report, and put them with its ticket."""
    photos = reports.take_photos(session, report, handles)
    for photo in photos:
        attach_file(
            session, reporter,
            AttachFile(
                number=report.ticket, name=photo.name, media_type=photo.media_type,
                size=photo.size, sha256=photo.sha256, public=True,
            ),
        )  # fmt: skip
    return photos
