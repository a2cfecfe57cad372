"""Selects of invoices, credit notes and batches for the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.billing.invoice_models import (
    ExportBatch,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceState,
)  # fmt: skip
from careloop.crm_core.billing.queries import may_read
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound

NAMED = 200
_LIVE = (InvoiceState.DRAFT, InvoiceState.ISSUED)


def visible_to(actor: Actor) -> Select[Invoice]:
    """Invoices, for staff who may read billing."""
    statement = select(Invoice).where(Invoice.tenant_id == actor.tenant_id)
    return statement if may_read(actor) else statement.where(false())


def batches_visible_to(actor: Actor) -> Select[ExportBatch]:
    """Batches for the accounts, for staff who may read billing."""
    statement = select(ExportBatch).where(ExportBatch.tenant_id == actor.tenant_id)
    return statement if may_read(actor) else statement.where(false())


@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """What a list of invoices is narrowed by; empty fields do not narrow."""

    q: str = ""
    states: Sequence[str] = ()
    kind: str = ""
    customer_id: str = ""
    ticket: str = ""
    currency: str = ""
    issued_from: date | None = None
    issued_until: date | None = None
    exported: bool | None = None


def invoices(
    session: Session, actor: Actor, found: InvoiceFilter, before: str = "", limit: int = 50
) -> list[Invoice]:
    """Invoices, the newest first, those before the id `before`."""
    statement = visible_to(actor)
    if found.q:
        word = found.q.lower()
        named = [row.id for row in customers.customers(session, actor, found.q, limit=NAMED)]
        statement = statement.where(
            or_(
                func.lower(Invoice.number).contains(word, autoescape=True),
                Invoice.customer_id.in_(named),
                Invoice.id.in_(_of_ticket(actor.tenant_id, found.q.strip().upper())),
            )
        )
    for column, value in (
        (Invoice.kind, found.kind), (Invoice.customer_id, found.customer_id),
        (Invoice.currency, found.currency.upper()),
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if found.states:
        statement = statement.where(Invoice.state.in_(found.states))
    if found.ticket:
        statement = statement.where(
            Invoice.id.in_(_of_ticket(actor.tenant_id, found.ticket.strip().upper()))
        )
    statement = _in_span(statement, found.issued_from, found.issued_until)
    if found.exported is not None:
        done = Invoice.batch_id.is_not(None)
        statement = statement.where(done if found.exported else ~done)
    if before:
        statement = statement.where(Invoice.id < before)
    return list(session.scalars(statement.order_by(Invoice.id.desc()).limit(limit)))


def _of_ticket(tenant_id: str, ticket: str) -> Select[str]:
    return select(InvoiceLine.invoice_id).where(
        InvoiceLine.tenant_id == tenant_id, InvoiceLine.ticket == ticket
    )


def _in_span(statement: Select[Invoice], first: date | None, last: date | None) -> Select[Invoice]:
    if first is not None:
        statement = statement.where(Invoice.issued_on >= first)
    return statement if last is None else statement.where(Invoice.issued_on <= last)


def invoice(session: Session, actor: Actor, name: str, lock: bool = False) -> Invoice:
    """The invoice of that id or number."""
    key = name.strip() or "?"
    either = or_(Invoice.id == key.lower(), Invoice.number == key.upper())
    statement = visible_to(actor).where(either)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no invoice {name} that you may see")
    return found


def lines_of(session: Session, row: Invoice) -> list[InvoiceLine]:
    statement = select(InvoiceLine).where(
        InvoiceLine.tenant_id == row.tenant_id, InvoiceLine.invoice_id == row.id
    )
    return list(session.scalars(statement.order_by(InvoiceLine.position)))


def lines_of_all(session: Session, tenant_id: str, ids: Sequence[str]) -> list[InvoiceLine]:
    """Lines of several invoices, by invoice and position."""
    statement = select(InvoiceLine).where(
        InvoiceLine.tenant_id == tenant_id, InvoiceLine.invoice_id.in_(ids)
    )
    return list(
        session.scalars(statement.order_by(InvoiceLine.invoice_id, InvoiceLine.position))
    )  # fmt: skip


def billed_sources(
    session: Session, actor: Actor, tickets: Sequence[str]
) -> dict[tuple[str, str], tuple[str, Decimal]]:
    """Lines of tickets that stand on a draft or an issued invoice: ticket and source to the
    invoice's number (`draft` without one) and the net amount."""
    live = visible_to(actor).where(
        Invoice.kind == InvoiceKind.INVOICE, Invoice.state.in_(_LIVE)
    ).subquery()  # fmt: skip
    statement = (
        select(InvoiceLine.ticket, InvoiceLine.source, live.c.number, InvoiceLine.net)
        .join(
            live,
            and_(live.c.tenant_id == InvoiceLine.tenant_id, live.c.id == InvoiceLine.invoice_id),
        )
        .where(InvoiceLine.tenant_id == actor.tenant_id, InvoiceLine.ticket.in_(list(tickets)))
    )
    return {
        (row[0], row[1]): (row[2] or "draft", row[3]) for row in session.execute(statement)
    }  # fmt: skip


def live_numbers(session: Session, actor: Actor, tickets: Sequence[str]) -> list[str]:
    """Numbers of drafts (`draft`) and issued invoices on which these tickets stand."""
    return sorted({number for number, _ in billed_sources(session, actor, tickets).values()})


def of_quote(session: Session, actor: Actor, quote: str) -> Invoice | None:
    """The draft or issued invoice of a quote."""
    statement = visible_to(actor).where(
        Invoice.quote == quote, Invoice.kind == InvoiceKind.INVOICE, Invoice.state.in_(_LIVE)
    )
    return session.scalar(statement.limit(1))


def last_day(session: Session, tenant_id: str, series: str) -> date | None:
    """The latest day on which something of a series was issued."""
    statement = select(func.max(Invoice.issued_on)).where(
        Invoice.tenant_id == tenant_id, Invoice.series == series, Invoice.number != ""
    )
    return session.scalar(statement)


def to_export(
    session: Session, actor: Actor, series: str, first: date | None, last: date | None, limit: int
) -> list[Invoice]:
    """Issued papers that are in no batch yet, locked, by day and number."""
    statement = visible_to(actor).where(Invoice.number != "", Invoice.batch_id.is_(None))
    if series:
        statement = statement.where(Invoice.series == series)
    statement = _in_span(statement, first, last).with_for_update()
    order = (Invoice.issued_on, Invoice.number)
    return list(
        session.scalars(
            statement.order_by(*order).limit(limit).execution_options(populate_existing=True)
        )
    )


def batches(session: Session, actor: Actor, before: str = "", limit: int = 50) -> list[ExportBatch]:
    """Batches, the newest first, those before the id `before`."""
    statement = batches_visible_to(actor)
    if before:
        statement = statement.where(ExportBatch.id < before)
    return list(session.scalars(statement.order_by(ExportBatch.id.desc()).limit(limit)))


def batch(session: Session, actor: Actor, batch_id: str) -> ExportBatch:
    found = session.scalar(batches_visible_to(actor).where(ExportBatch.id == batch_id))
    if found is None:
        raise NotFound("There is no such batch")
    return found


def of_batch(session: Session, actor: Actor, batch_id: str) -> list[Invoice]:
    """What a batch holds, by day and number."""
    statement = visible_to(actor).where(Invoice.batch_id == batch_id)
    return list(session.scalars(statement.order_by(Invoice.issued_on, Invoice.number)))


def draft_count(session: Session, actor: Actor) -> int:
    statement = visible_to(actor).where(Invoice.state == InvoiceState.DRAFT).subquery()
    return session.scalar(select(func.count()).select_from(statement)) or 0
