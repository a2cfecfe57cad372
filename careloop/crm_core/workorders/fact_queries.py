"""Selects of what was written down on visits, and the views made of them."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.workorders import queries
from careloop.crm_core.workorders.models import (
    VisitLabour,
    VisitLog,
    VisitPart,
    VisitPhoto,
    VisitReading,
    VisitSignature,
    WorkOrder,
)  # fmt: skip
from careloop.crm_core.workorders.views import (
    LabourView,
    LogView,
    PartView,
    PhotoView,
    PriceView,
    ReadingView,
    SignatureView,
    WorkOrderPage,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound
from careloop.kit.money import Money

F = TypeVar("F", VisitLabour, VisitReading, VisitPhoto, VisitPart)
Fact = VisitLabour | VisitReading | VisitPhoto | VisitPart


def facts_of(session: Session, row: WorkOrder, kind: type[F]) -> list[F]:
    """Facts of one kind in the order in which they came in."""
    statement = select(kind).where(kind.tenant_id == row.tenant_id, kind.work_order_id == row.id)
    return list(session.scalars(statement.order_by(kind.id)))


def signatures(session: Session, row: WorkOrder) -> list[VisitSignature]:
    """The signatures by revision, the last first."""
    statement = select(VisitSignature).where(
        VisitSignature.tenant_id == row.tenant_id, VisitSignature.work_order_id == row.id
    )
    return list(session.scalars(statement.order_by(VisitSignature.revision.desc())))


def log_lines(session: Session, row: WorkOrder) -> list[VisitLog]:
    statement = select(VisitLog).where(
        VisitLog.tenant_id == row.tenant_id, VisitLog.work_order_id == row.id
    )
    return list(session.scalars(statement.order_by(VisitLog.seq)))


def parts_of_ticket(session: Session, actor: Actor, ticket_id: str) -> list[PartView]:
    """Parts used on all visits of a ticket, in order."""
    return [
        _part(row, part)
        for row in queries.of_ticket(session, actor, [ticket_id])
        for part in facts_of(session, row, VisitPart)
    ]


def parts_of_asset(session: Session, actor: Actor, asset_id: str) -> list[tuple[str, PartView]]:
    """Parts used on a device with the number of the visit, the latest visit first."""
    return [
        (row.number, _part(row, part))
        for row in queries.of_asset(session, actor, asset_id)
        for part in facts_of(session, row, VisitPart)
    ]


def picture(session: Session, file_id: str) -> tuple[str, str, str]:
    """Tenant, hash and type of a photo or signature; the signature of the link permits it."""
    photo = session.scalar(select(VisitPhoto).where(VisitPhoto.id == file_id))
    if photo is not None:
        return photo.tenant_id, photo.sha256, photo.media_type
    signed = session.scalar(select(VisitSignature).where(VisitSignature.id == file_id))
    if signed is None or not signed.sha256:
        raise NotFound("There is no such file")
    return signed.tenant_id, signed.sha256, "image/png"


def whole(session: Session, actor: Actor, row: WorkOrder) -> WorkOrderPage:
    """The visit with all that was written down on it."""
    ticket = tickets.ticket(session, actor, row.ticket)
    labour = facts_of(session, row, VisitLabour)
    kinds = (labour, facts_of(session, row, VisitReading), facts_of(session, row, VisitPhoto),
             facts_of(session, row, VisitPart))  # fmt: skip
    minutes = dict.fromkeys(("work", "wait", "travel"), 0)
    for item in labour:
        minutes[item.kind] += item.minutes
    signed = [_signature(one) for one in signatures(session, row)]
    return WorkOrderPage(
        **queries.facts(row),
        title=ticket.title,
        ticket_state=ticket.state,
        labour=[_labour(row, item) for item in labour],
        labour_minutes=minutes,
        readings=[_reading(row, item) for item in kinds[1]],
        photos=[_photo(row, item) for item in kinds[2]],
        parts=[_part(row, item) for item in kinds[3]],
        signature=signed[0] if signed and row.is_signed else None,
        signatures=signed,
        unsigned_facts=sum(
            _fact(row, item)["after_signature"] for items in kinds for item in items
        ),
        overlaps=queries.overlapping(session, actor, row),
        log=[_log(line) for line in log_lines(session, row)],
    )


def as_signed(session: Session, row: WorkOrder) -> dict[str, Any]:
    """The report as plain data: what the customer signs."""
    return {
        "number": row.number, "ticket": row.ticket, "serial": row.serial,
        "engineer": row.engineer, "revision": row.revision, "report": row.report,
        "result": row.result, "check_in": row.check_in, "travel_minutes": row.travel_minutes,
        "labour": [
            {"kind": one.kind, "minutes": one.minutes, "note": one.note}
            for one in facts_of(session, row, VisitLabour)
        ],
        "readings": [
            {"name": one.name, "value": str(one.value.normalize()), "unit": one.unit, "ok": one.ok}
            for one in facts_of(session, row, VisitReading)
        ],
        "parts": [
            {
                "part": one.part, "quantity": one.quantity, "serial_out": one.serial_out,
                "serial_in": one.serial_in, "covered": one.covered, "price": _price_text(one),
            }
            for one in facts_of(session, row, VisitPart)
        ],
        "photos": [one.sha256 for one in facts_of(session, row, VisitPhoto)],
    }  # fmt: skip


def _fact(row: WorkOrder, item: Fact) -> dict[str, Any]:
    return {
        "id": item.id, "happened_at": iso(item.happened_at), "recorded_at": iso(item.created_at),
        "late": item.late, "actor": item.actor,
        "after_signature": row.revision > 0 and item.revision >= row.revision,
    }  # fmt: skip


def _labour(row: WorkOrder, item: VisitLabour) -> LabourView:
    return LabourView(**_fact(row, item), kind=item.kind, minutes=item.minutes, note=item.note)


def _reading(row: WorkOrder, item: VisitReading) -> ReadingView:
    return ReadingView(
        **_fact(row, item), name=item.name, value=float(item.value), unit=item.unit,
        low=float(item.low) if item.low is not None else None,
        high=float(item.high) if item.high is not None else None, ok=item.ok,
    )  # fmt: skip


def _photo(row: WorkOrder, item: VisitPhoto) -> PhotoView:
    return PhotoView(
        **_fact(row, item), when=item.taken, caption=item.caption, media_type=item.media_type,
        size=item.size,
    )  # fmt: skip


def _part(row: WorkOrder, item: VisitPart) -> PartView:
    price = _money(item)
    return PartView(
        **_fact(row, item), part=item.part, quantity=item.quantity, from_=item.location,
        lot=item.lot, serial_out=item.serial_out, serial_in=item.serial_in,
        position=item.position, covered=item.covered, covered_by=item.covered_by,
        price=PriceView(amount=str(price.amount), currency=price.currency) if price else None,
        reasons=item.reasons, move_ids=item.move_ids, discrepancy=item.discrepancy,
    )  # fmt: skip


def _money(item: VisitPart) -> Money | None:
    if item.price_amount is None or not item.price_currency:
        return None
    return Money.of(item.price_amount, item.price_currency)


def _price_text(item: VisitPart) -> str:
    price = _money(item)
    return f"{price.amount} {price.currency}" if price else ""


def _signature(item: VisitSignature) -> SignatureView:
    return SignatureView(
        id=item.id, revision=item.revision, name=item.name, role=item.role,
        signed_at=iso(item.signed_at), digest=item.digest, has_picture=bool(item.sha256),
    )  # fmt: skip


def _log(item: VisitLog) -> LogView:
    return LogView(
        seq=item.seq, kind=item.kind, actor=item.actor, text=item.text, data=item.data,
        happened_at=iso(item.happened_at), recorded_at=iso(item.created_at),
    )  # fmt: skip
