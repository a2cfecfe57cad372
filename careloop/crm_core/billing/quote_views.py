"""Views of quotes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.billing import queries, quote_queries
from careloop.crm_core.billing.amounts import plain
from careloop.crm_core.billing.papers import digest_of, fixed, tax_sums
from careloop.crm_core.billing.quote_decisions import shown_state
from careloop.crm_core.billing.quote_lines import problems
from careloop.crm_core.billing.quote_models import (
    QUOTE_STEPS,
    Quote,
    QuoteLine,
    QuoteQuestion,
    QuoteRevision,
    QuoteState,
)  # fmt: skip
from careloop.crm_core.billing.quote_schemas import (
    PublicQuote,
    QuestionView,
    QuoteLineView,
    QuotePage,
    QuoteView,
    RevisionView,
)  # fmt: skip
from careloop.crm_core.billing.quotes import needs_approval, today_of
from careloop.crm_core.billing.schemas import Amount, BillingRulesView
from careloop.crm_core.customers import queries as customers
from careloop.kit.clock import iso
from careloop.kit.money import Money

_PLAIN = (
    "id", "number", "revision", "customer_id", "contact_id", "ticket", "title", "language",
    "currency", "price_list", "valid_until", "author", "state_reason", "released_by",
    "decided_by", "decided_via", "decision_reason", "approved_hash", "open_questions", "version",
)  # fmt: skip
_TIMES = ("released_at", "sent_at", "decided_at")


def views(session: Session, tenant_id: str, rows: Sequence[Quote]) -> list[QuoteView]:
    """Quotes as a list shows them; one that was sent and is over is shown as expired."""
    names = customers.names(session, tenant_id, {row.customer_id for row in rows})
    rules = queries.rules(session, tenant_id)
    return [_view(session, row, names.get(row.customer_id, ""), rules) for row in rows]


def view(session: Session, row: Quote) -> QuoteView:
    return views(session, row.tenant_id, [row])[0]


def page(session: Session, row: Quote) -> QuotePage:
    """A quote with everything that belongs to it."""
    lines = quote_queries.lines_of(session, row)
    rules = queries.rules(session, row.tenant_id)
    return QuotePage(
        **dict(view(session, row)),
        intro=row.intro, terms=row.terms,
        lines=[_line(line, row.currency) for line in lines],
        taxes=tax_sums(lines, rules, row.currency),
        problems=problems(row, lines),
        revisions=[_revision(one) for one in quote_queries.revisions_of(session, row)],
        questions=[_question(one) for one in quote_queries.questions_of(session, row)],
    )  # fmt: skip


def public_page(session: Session, row: Quote, revision: QuoteRevision) -> PublicQuote:
    """What the holder of the link sees: the paper as it was sent, and nothing of the house."""
    over = row.valid_until < today_of(session, row.tenant_id, row.customer_id)
    return PublicQuote(
        state=shown_state(row, revision, over), document=revision.document,
        digest=revision.digest,
        decided_at=iso(revision.decided_at) if revision.decided_at else None,
        decided_by=revision.decided_by,
        questions=[_question(one) for one in quote_queries.questions_of(session, row)],
    )  # fmt: skip


def _view(session: Session, row: Quote, customer: str, rules: BillingRulesView) -> QuoteView:
    state = QuoteState(row.state)
    if state is QuoteState.SENT and row.valid_until < today_of(
        session, row.tenant_id, row.customer_id
    ):
        state = QuoteState.EXPIRED
    return QuoteView(
        **{name: getattr(row, name) for name in _PLAIN},
        **{name: iso(at) if (at := getattr(row, name)) else None for name in _TIMES},
        state=str(state), possible_states=sorted(QUOTE_STEPS[state]), customer_name=customer,
        net=_amount(row, "net"), tax=_amount(row, "tax"), gross=_amount(row, "gross"),
        needs_approval=needs_approval(row, rules), created_at=iso(row.created_at),
        updated_at=iso(row.updated_at),
    )  # fmt: skip


def _amount(row: Quote, name: str) -> Amount:
    return Amount.exactly(Money.of(getattr(row, name), row.currency))


def _line(row: QuoteLine, currency: str) -> QuoteLineView:
    return QuoteLineView(
        kind=row.kind, code=row.code, hours=row.hours, text=row.text,
        quantity=plain(row.quantity), unit=row.unit, per=row.per,
        unit_price=plain(row.unit_price), discount=plain(row.discount), tax_code=row.tax_code,
        tax_rate=None if row.tax_rate is None else plain(row.tax_rate),
        net=fixed(row.net, currency), tax=fixed(row.tax, currency), origin=row.origin,
    )  # fmt: skip


def _revision(row: QuoteRevision) -> RevisionView:
    return RevisionView(
        revision=row.revision, link=row.link, digest=row.digest,
        intact=digest_of(row.document) == row.digest,
        sent_at=iso(row.sent_at), sent_by=row.sent_by, outcome=row.outcome,
        decided_at=iso(row.decided_at) if row.decided_at else None, decided_by=row.decided_by,
        decided_via=row.decided_via, reason=row.reason, approved_hash=row.approved_hash,
        document=row.document,
    )  # fmt: skip


def _question(row: QuoteQuestion) -> QuestionView:
    return QuestionView(
        from_customer=row.from_customer, name=row.name, text=row.text, at=iso(row.created_at)
    )
