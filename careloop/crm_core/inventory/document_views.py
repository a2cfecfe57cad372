"""Transfers, requests and counts as shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import ledger_queries, queries
from careloop.crm_core.inventory.document_models import (
    CountState,
    StockCount,
    StockCountLine,
    StockRequest,
    StockTransfer,
    TransferState,
)  # fmt: skip
from careloop.crm_core.inventory.models import SUPPLIER, StockPart
from careloop.crm_core.inventory.policy import approvals_needed, worth
from careloop.crm_core.inventory.schemas import UnitCost
from careloop.crm_core.inventory.views import (
    CountLineView,
    CountView,
    RequestLineView,
    RequestView,
    TransferLineView,
    TransferView,
)  # fmt: skip
from careloop.kit.clock import iso
from careloop.kit.db import now


def transfer_views(
    session: Session, tenant_id: str, rows: Sequence[StockTransfer]
) -> list[TransferView]:
    lines = documents.transfer_lines(session, tenant_id, [row.id for row in rows])
    ends = {end for row in rows for end in (row.source_id, row.target_id)}
    codes = queries.codes(session, tenant_id, ends)
    used = {line.part_id for group in lines.values() for line in group}
    parts = catalog.parts_by_ids(session, tenant_id, used)
    asked = documents.request_numbers(session, tenant_id, [row.request_id for row in rows])
    at = now(session)
    return [
        TransferView(
            id=row.id, number=row.number, source=codes[row.source_id],
            target=codes[row.target_id], state=row.state, note=row.note,
            request=asked.get(row.request_id or ""),
            expected_at=iso(row.expected_at) if row.expected_at else None,
            late=row.state == TransferState.IN_TRANSIT
            and row.expected_at is not None and row.expected_at < at,
            shipped_at=iso(row.shipped_at) if row.shipped_at else None,
            received_at=iso(row.received_at) if row.received_at else None,
            made_by=row.made_by_name, made_by_id=row.made_by, created_at=iso(row.created_at),
            version=row.version,
            lines=[
                TransferLineView(
                    id=line.id, part=parts[line.part_id].number, lot=line.lot,
                    serial=line.serial, condition=line.condition, quantity=line.quantity,
                    received=line.received, lost=line.lost,
                    reservation=line.reservation_id,
                )
                for line in lines[row.id]
            ],
        )
        for row in rows
    ]  # fmt: skip


def unit_value(part: Part, kept: StockPart | None) -> tuple[Decimal, str, str] | None:
    """(amount, currency, basis): the average cost, else the list price, else nothing."""
    if kept is not None and kept.average_amount is not None:
        return kept.average_amount, kept.average_currency, "average"
    if part.unit_price is not None and part.currency:
        return part.unit_price, part.currency, "price"
    return None


def request_views(
    session: Session, tenant_id: str, rows: Sequence[StockRequest]
) -> list[RequestView]:
    lines = documents.request_lines(session, tenant_id, [row.id for row in rows])
    ends = {end for row in rows for end in (row.location_id, row.source_id)}
    codes = queries.codes(session, tenant_id, ends)
    used = {line.part_id for group in lines.values() for line in group}
    parts = catalog.parts_by_ids(session, tenant_id, used)
    kept = ledger_queries.parts_kept(session, tenant_id, used)
    limit = queries.rules_view(queries.rules(session, tenant_id)).second_approval_above
    sent = documents.transfers_of_requests(session, tenant_id, [row.id for row in rows])
    views = []
    for row in rows:
        units = {
            line.id: unit_value(parts[line.part_id], kept.get(line.part_id))
            for line in lines[row.id]
        }
        value = worth(
            [
                (unit[0], unit[1], line.quantity)
                for line in lines[row.id]
                if (unit := units[line.id]) is not None
            ]
        )
        views.append(
            RequestView(
                id=row.id, number=row.number, location=codes[row.location_id],
                source=codes.get(row.source_id or "", SUPPLIER), state=row.state,
                purpose_type=row.purpose_type, purpose_number=row.purpose_number,
                needed_by=row.needed_by.isoformat() if row.needed_by else None, note=row.note,
                reason=row.reason, made_by=row.made_by_name, made_by_id=row.made_by,
                approvals=[item["name"] for item in row.approvals],
                approvals_needed=approvals_needed(value, limit), value=value,
                transfer=sent.get(row.id), created_at=iso(row.created_at),
                updated_at=iso(row.updated_at), version=row.version,
                lines=[
                    RequestLineView(
                        id=line.id, part=parts[line.part_id].number, quantity=line.quantity,
                        fulfilled=line.fulfilled,
                        unit_value=UnitCost(amount=unit[0], currency=unit[1])
                        if (unit := units[line.id]) else None,
                    )
                    for line in lines[row.id]
                ],
            )
        )  # fmt: skip
    return views


def count_views(session: Session, tenant_id: str, rows: Sequence[StockCount]) -> list[CountView]:
    lines = documents.count_lines(session, tenant_id, [row.id for row in rows])
    codes = queries.codes(session, tenant_id, {row.location_id for row in rows})
    used = {line.part_id for group in lines.values() for line in group}
    parts = catalog.parts_by_ids(session, tenant_id, used)
    return [
        CountView(
            id=row.id, number=row.number, location=codes[row.location_id], state=row.state,
            blind=row.blind, note=row.note, made_by=row.made_by_name, made_by_id=row.made_by,
            created_at=iso(row.created_at),
            closed_at=iso(row.closed_at) if row.closed_at else None, version=row.version,
            lines=[_count_line(row, line, parts[line.part_id]) for line in lines[row.id]],
        )
        for row in rows
    ]  # fmt: skip


def _count_line(row: StockCount, line: StockCountLine, part: Part) -> CountLineView:
    hidden = row.blind and row.state == CountState.OPEN
    known = line.counted is not None and not hidden
    return CountLineView(
        id=line.id, part=part.number, lot=line.lot, condition=line.condition,
        expected=None if hidden else line.expected, counted=line.counted,
        difference=(line.counted or 0) - line.expected if known else None,
        serials=line.serials, counted_at=iso(line.counted_at) if line.counted_at else None,
    )  # fmt: skip
