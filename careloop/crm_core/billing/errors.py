"""Failures of billing."""

from __future__ import annotations

from collections.abc import Iterable

from careloop.kit.errors import Conflict


class QuoteStepNotAllowed(Conflict):
    """A quote has no such step."""

    code = "quote_step_not_allowed"

    def __init__(self, number: str, present: str, wanted: str, possible: Iterable[str]) -> None:
        allowed = ", ".join(possible) or "nothing"
        super().__init__(
            f"Quote {number} is {present.replace('_', ' ')} and cannot become "
            f"{wanted.replace('_', ' ')}; possible: {allowed}",
            present=present, wanted=wanted,
        )  # fmt: skip


class InvoiceIssued(Conflict):
    """An issued invoice is never changed."""

    code = "invoice_issued"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Invoice {number} is issued and never changes; cancel it by a credit note and draft "
            "a new one"
        )


class InvoiceIncomplete(Conflict):
    """A draft that may not be issued yet."""

    code = "invoice_incomplete"


class BillInvoiced(Conflict):
    """A ticket's costs stand on an invoice."""

    code = "bill_invoiced"


class RatesOverlap(Conflict):
    """Two rates would hold on one day."""

    code = "rates_overlap"
