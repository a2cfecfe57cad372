"""A batch of invoices as a file for the accounts: CSV, a workbook, or JSON.

CSV and XLSX have one row for each line of a paper, with the paper's own columns repeated. Texts
that a spreadsheet could run are made harmless as in every export. JSON has whole papers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from careloop.crm_core.billing import invoice_queries, invoice_views
from careloop.crm_core.billing.invoice_models import ExportBatch, Invoice, InvoiceLine
from careloop.crm_core.export.csv_out import csv_lines
from careloop.crm_core.export.xlsx_out import xlsx_bytes
from careloop.kit.actor import Actor

UTC = ZoneInfo("UTC")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("batch", "text"), ("number", "text"), ("kind", "text"), ("series", "text"),
    ("issued_on", "day"), ("due_on", "day"), ("customer_number", "text"), ("customer", "text"),
    ("country", "text"), ("currency", "text"), ("credits", "text"), ("credited_by", "text"),
    ("quote", "text"), ("invoice_net", "number"), ("invoice_tax", "number"),
    ("invoice_gross", "number"), ("position", "number"), ("ticket", "text"),
    ("line_kind", "text"), ("code", "text"), ("text", "text"), ("on", "day"),
    ("quantity", "number"), ("unit", "text"), ("price_per", "number"), ("unit_price", "number"),
    ("discount_percent", "number"), ("share_percent", "number"), ("net", "number"),
    ("tax_code", "text"), ("tax_percent", "number"), ("tax", "number"),
)  # fmt: skip
HEADER = tuple(name for name, _ in COLUMNS)
AT_ONCE = 500


def batch_file(session: Session, actor: Actor, batch: ExportBatch, form: str) -> Response:
    """The batch in one of the three forms, as a download."""
    papers = invoice_queries.of_batch(session, actor, batch.id)
    headers = {
        "Content-Disposition": f'attachment; filename="{batch.number}.{form}"',
        "X-Batch-Id": batch.id, "Cache-Control": "no-store",
    }  # fmt: skip
    if form == "json":
        body = {
            "batch": invoice_views.batch_view(batch).model_dump(mode="json"),
            "papers": [invoice_views.page(session, row).model_dump(mode="json") for row in papers],
        }
        text = json.dumps(body, ensure_ascii=False, indent=1)
        return Response(text, media_type="application/json", headers=headers)
    rows = list(_rows(session, actor, batch, papers))
    if form == "csv":
        return StreamingResponse(
            csv_lines([HEADER, *rows], bom=True), media_type="text/csv; charset=utf-8",
            headers=headers,
        )  # fmt: skip
    kinds = [kind for _, kind in COLUMNS]
    stream = xlsx_bytes(batch.number, HEADER, kinds, rows, UTC)
    return StreamingResponse(stream, media_type=XLSX, headers=headers)


def _rows(
    session: Session, actor: Actor, batch: ExportBatch, papers: Sequence[Invoice]
) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(papers), AT_ONCE):
        part = papers[start : start + AT_ONCE]
        lines: dict[str, list[InvoiceLine]] = {}
        found = invoice_queries.lines_of_all(session, actor.tenant_id, [row.id for row in part])
        for line in found:
            lines.setdefault(line.invoice_id, []).append(line)
        for row in part:
            head = _head(batch, row)
            yield from ((*head, *_line(line)) for line in lines.get(row.id, []))


def _head(batch: ExportBatch, row: Invoice) -> tuple[Any, ...]:
    return (
        batch.number, row.number, row.kind, row.series, row.issued_on, row.due_on,
        row.buyer.get("number", ""), row.buyer.get("name", ""), row.buyer.get("country", ""),
        row.currency, row.credits, row.credited_by, row.quote, _short(row.net), _short(row.tax),
        _short(row.gross),
    )  # fmt: skip


def _line(line: InvoiceLine) -> tuple[Any, ...]:
    return (
        line.position, line.ticket, line.kind, line.code, line.text, line.on,
        _short(line.quantity), line.unit, line.per, _short(line.unit_price),
        _short(line.discount), _short(line.share), _short(line.net), line.tax_code,
        None if line.tax_rate is None else _short(line.tax_rate), _short(line.tax),
    )  # fmt: skip


def _short(amount: Decimal) -> Decimal:
    """The amount without noughts behind its last digit, as a plain number."""
    text = format(amount, "f")
    return Decimal(text.rstrip("0").rstrip(".") or "0") if "." in text else amount
