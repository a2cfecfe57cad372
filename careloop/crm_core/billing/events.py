"""Facts about costs, quotes and invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class TicketBilled(Event):
    """The costs of a ticket were kept as they stood; `late_lines` came in after a first time."""

    ticket_id: str
    ticket: str
    late_lines: int
    at: datetime


@dataclass(frozen=True, slots=True)
class QuoteSent(Event):
    """A quote went to a customer."""

    quote_id: str
    number: str
    revision: int
    ticket: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuoteDecided(Event):
    """A customer approved or rejected a revision of a quote; once for each revision.

    Nothing else happens by itself: what follows is for a rule or a person to do.
    """

    quote_id: str
    number: str
    revision: int
    ticket: str
    approved: bool
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InvoiceWasIssued(Event):
    """An invoice or credit note got its number."""

    invoice_id: str
    number: str
    kind: str
    customer_id: str
    at: datetime
