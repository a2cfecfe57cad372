"""What a scanned code stands for in these books."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import codes, part_queries, piece_queries, queries
from careloop.crm_core.inventory.codes import Label
from careloop.crm_core.inventory.models import StockSerial
from careloop.crm_core.inventory.views import ScanView
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def look_up(session: Session, actor: Actor, code: str) -> ScanView:
    """The part, piece or location of a code; `NotFound` tells what was understood of it.

    A code in none of the label forms is taken as a part number, a serial number, or the code of a
    location, in this order.
    """
    label = codes.read(code) or Label("")
    if label.location:
        return _location(session, actor, label)
    part = _part_of(session, actor, label)
    if part is not None:
        return _part(session, actor, label, part)
    if label.form:
        _unknown(code, label)
    plain = code.strip()
    part = catalog.parts_by_numbers(session, actor.tenant_id, [plain]).get(plain)
    if part is not None:
        return _part(session, actor, Label("part", part=part.number), part)
    pieces = piece_queries.pieces_called(session, actor, plain)
    if len(pieces) == 1:
        part = queries.part_by_id(session, actor, pieces[0].part_id)
        return _part(session, actor, Label("serial", serial=pieces[0].serial), part)
    if pieces:
        parts = queries.parts_by_ids(session, actor, [piece.part_id for piece in pieces])
        numbers = ", ".join(sorted(row.number for row in parts.values()))
        raise NotFound(f"{plain} is a serial number of several parts ({numbers}); scan the part")
    try:
        return _location(session, actor, Label("location", location=plain))
    except NotFound:
        raise NotFound(
            f"{plain!r} is no part, serial number or location on file, and no label we can read"
        ) from None


def _part_of(session: Session, actor: Actor, label: Label) -> Part | None:
    if label.part:
        return catalog.parts_by_numbers(session, actor.tenant_id, [label.part]).get(label.part)
    return catalog.part_by_gtin(session, actor, label.gtin) if label.gtin else None


def _unknown(code: str, label: Label) -> None:
    told = ", ".join(f"{name} {value}" for name, value in label.understood().items())
    raise NotFound(
        f"The label was read as {told or 'empty'}, but no part on file carries it; set the GS1 "
        "number of the part first",
        understood=label.understood(),
    )


def _location(session: Session, actor: Actor, label: Label) -> ScanView:
    row = queries.location(session, actor, label.location)
    return ScanView(form=label.form, understood=label.understood(), location=row.code)


def _part(session: Session, actor: Actor, label: Label, part: Part) -> ScanView:
    page = part_queries.part_page(session, actor, part.number)
    piece = _piece(session, actor, part, label.serial)
    lot = label.lot or (piece.lot if piece else "")
    known = queries.lots_of(session, actor.tenant_id, [part.id]).get((part.id, lot))
    ends = label.expires_on or (known.expires_on if known else None)
    place = None
    if piece is not None:
        held = queries.codes(session, actor.tenant_id, [piece.location_id])
        place = queries.place(held, piece.location_id, piece.account)
    return ScanView(
        form=label.form, understood=label.understood(), part=part.number, names=part.names,
        lot=lot, serial=label.serial, expires_on=ends.isoformat() if ends else None,
        quantity=label.quantity, place=place, models=page.models, substitutes=page.substitutes,
        kits=[kit.code for kit in page.kits], balances=page.balances,
    )  # fmt: skip


def _piece(session: Session, actor: Actor, part: Part, serial: str) -> StockSerial | None:
    if not serial:
        return None
    key = (part.id, serial)
    return piece_queries.serials(session, actor.tenant_id, [key]).get(key)
