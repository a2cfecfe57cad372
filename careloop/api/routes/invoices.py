"""Invoices and credit notes, and what is handed to the accounts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from careloop.api.auth import BillingReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.billing_export import batch_file
from careloop.api.billing_papers import PAPER_HEADERS, invoice_paper
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.billing import invoice_queries, invoice_views
from careloop.crm_core.billing.invoice_models import InvoiceKind, InvoiceState
from careloop.crm_core.billing.invoice_schemas import (
    ChangeInvoice,
    Crediting,
    CreditInvoice,
    DiscardInvoice,
    DraftInvoice,
    ExportBatchView,
    ExportInvoices,
    InvoiceChanges,
    InvoicePage,
    InvoiceStep,
    InvoiceView,
    IssueInvoice,
    Issuing,
)  # fmt: skip
from careloop.crm_core.billing.schemas import BillingDay

router = APIRouter(prefix="/v1/invoices", tags=["invoices"])


class BatchFormat(StrEnum):
    """How a batch is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@router.get("")
def list_invoices(
    session: SessionDep, actor: BillingReaderDep, q: str = "",
    state: Annotated[list[InvoiceState] | None, Query()] = None,
    kind: InvoiceKind | None = None, customer_id: str = "", ticket: str = "", currency: str = "",
    issued_from: BillingDay | None = None, issued_until: BillingDay | None = None,
    exported: bool | None = None, cursor: str = "", limit: Limit = 50,
) -> Page[InvoiceView]:  # fmt: skip
    """Invoices and credit notes, the newest first."""
    place = decode_cursor(cursor, 1)
    found = invoice_queries.InvoiceFilter(
        q=q, states=state or (), kind=kind or "", customer_id=customer_id, ticket=ticket,
        currency=currency, issued_from=issued_from, issued_until=issued_until, exported=exported,
    )  # fmt: skip
    before = str(place[0]) if place else ""
    rows = invoice_queries.invoices(session, actor, found, before, limit + 1)
    return Page(
        items=invoice_views.views(session, actor.tenant_id, rows[:limit]),
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post("", status_code=201)
def draft(
    services: ServicesDep, actor: StaffDep, body: DraftInvoice, response: Response,
    key: RequiredKeyDep,
) -> InvoiceView:  # fmt: skip
    """Draft an invoice out of closed tickets of one customer, an approved quote, free lines."""
    return _told(response, act(services, actor, "invoices.draft", body, InvoiceView, key))


@router.get("/exports")
def batches(
    session: SessionDep, actor: BillingReaderDep, cursor: str = "", limit: Limit = 50
) -> Page[ExportBatchView]:
    """Batches that were handed to the accounts, the newest first."""
    place = decode_cursor(cursor, 1)
    before = str(place[0]) if place else ""
    rows = invoice_queries.batches(session, actor, before, limit + 1)
    return Page(
        items=[invoice_views.batch_view(row) for row in rows[:limit]],
        next_cursor=encode_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post("/exports", status_code=201)
def export(
    services: ServicesDep, actor: StaffDep, body: ExportInvoices, key: RequiredKeyDep
) -> ExportBatchView:
    """Mark what was in no batch yet as handed over; fetch the batch as often as you like."""
    return act(services, actor, "invoices.export", body, ExportBatchView, key)


@router.get("/exports/{batch_id}")
def exported(
    session: SessionDep, actor: BillingReaderDep, batch_id: str,
    format: BatchFormat = BatchFormat.CSV,
) -> Response:  # fmt: skip
    """A batch as a file: one row a line in CSV and XLSX, whole papers in JSON."""
    batch = invoice_queries.batch(session, actor, batch_id)
    return batch_file(session, actor, batch, format.value)


@router.get("/{invoice}")
def one(
    session: SessionDep, actor: BillingReaderDep, invoice: str, response: Response
) -> InvoicePage:
    """An invoice with its lines, by id or number; of a draft also what it lacks."""
    page = invoice_views.page(session, invoice_queries.invoice(session, actor, invoice))
    tag(response, page.version)
    return page


@router.patch("/{invoice}")
def change(
    services: ServicesDep, actor: StaffDep, invoice: str, body: InvoiceChanges,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> InvoiceView:  # fmt: skip
    """Change a draft: words, free lines, tax codes; leave out lines."""
    command = ChangeInvoice.model_validate(_given(body, invoice, base))
    return _told(response, act(services, actor, "invoices.change", command, InvoiceView, key))


@router.get("/{invoice}/print")
def printed(session: SessionDep, actor: BillingReaderDep, invoice: str) -> Response:
    """The invoice as a page to print."""
    page = invoice_views.page(session, invoice_queries.invoice(session, actor, invoice))
    return Response(invoice_paper(page), media_type="text/html", headers=PAPER_HEADERS)


@router.post("/{invoice}/issue")
def issue(
    services: ServicesDep, actor: StaffDep, invoice: str, body: Issuing, response: Response,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> InvoiceView:  # fmt: skip
    """Give a draft its number; from then on it never changes."""
    command = IssueInvoice.model_validate(_given(body, invoice, base))
    return _told(response, act(services, actor, "invoices.issue", command, InvoiceView, key))


@router.post("/{invoice}/cancel", status_code=201)
def cancel(
    services: ServicesDep, actor: StaffDep, invoice: str, body: Crediting, response: Response,
    key: RequiredKeyDep, base: BaseVersionDep = None,
) -> InvoiceView:  # fmt: skip
    """Take an issued invoice back by a credit note, which is the answer."""
    command = CreditInvoice.model_validate(_given(body, invoice, base))
    view = act(services, actor, "invoices.credit", command, InvoiceView, key, body.reason)
    return _told(response, view)


@router.post("/{invoice}/discard")
def discard(
    services: ServicesDep, actor: StaffDep, invoice: str, body: InvoiceStep, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> InvoiceView:  # fmt: skip
    """Give up a draft; what it took from tickets may be billed again."""
    command = DiscardInvoice.model_validate(_given(body, invoice, base))
    return _told(response, act(services, actor, "invoices.discard", command, InvoiceView, key))


def _given(body: BaseModel, invoice: str, base: int | None) -> dict[str, Any]:
    """What the caller sent, for the invoice of the path; `If-Match` wins over the body."""
    given = {**body.model_dump(exclude_unset=True), "invoice": invoice[:40]}
    if base is not None:
        given["version"] = base
    return given


def _told(response: Response, view: InvoiceView) -> InvoiceView:
    tag(response, view.version)
    return view
