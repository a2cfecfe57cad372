"""Commands and views of invoices, credit notes and what is handed to the accounts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, model_validator

from careloop.crm_core.billing.quote_schemas import Language, TaxSum
from careloop.crm_core.billing.schemas import (
    Amount,
    BillingDay,
    Currency,
    Digits,
    OptionalText,
    Percent,
    Quantity,
    Reasoned,
    TaxCode,
    Text,
)  # fmt: skip

TicketNumber = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class FreeInvoiceLine(BaseModel):
    """A line that a person wrote."""

    text: Text = Field(description="What for.")
    quantity: Quantity = Field("1", description="How many.")
    unit: str = Field("", max_length=20, description="Unit.")
    unit_price: Digits = Field(description="Of one unit, without tax.")
    discount: Percent = Field("0", description="Percent.")
    tax_code: TaxCode = Field("", description="Tax code.")

    @model_validator(mode="after")
    def _whole(self) -> FreeInvoiceLine:
        if not self.quantity.strip("0."):
            raise ValueError("quantity: must be above 0")
        return self


class DraftInvoice(BaseModel):
    """A draft out of tickets of one customer, a quote, and free lines.

    Of a ticket it takes what the customer bears and no other invoice has. One draft is in one
    currency: without one, that of the first line.
    """

    customer_id: str | None = Field(
        None, max_length=26, description="Customer; none: the ticket's."
    )
    tickets: list[TicketNumber] = Field(
        default_factory=list, max_length=100, description="Tickets."
    )
    quote: str = Field("", max_length=40, description="An approved quote, as it was approved.")
    lines: list[FreeInvoiceLine] = Field(
        default_factory=list, max_length=100, description="Free lines."
    )
    currency: Currency | None = Field(None, description="Currency of the invoice.")
    series: str = Field("", max_length=12, description="Series; empty: the usual one.")
    language: Language | None = Field(None, description="Language of the paper.")
    note: OptionalText = Field("", description="Words on the paper.")

    @model_validator(mode="after")
    def _from_something(self) -> DraftInvoice:
        if not (self.tickets or self.quote or self.lines):
            raise ValueError("name tickets, a quote or lines")
        if not (self.tickets or self.quote or self.customer_id):
            raise ValueError("name the customer")
        return self


class InvoiceChanges(BaseModel):
    """Changes of a draft; what is left out stays. `lines` replaces the free lines, `drop` leaves
    out lines by position, `tax_codes` sets the tax code of lines by position."""

    note: OptionalText | None = Field(None, description="Words on the paper.")
    series: str | None = Field(None, max_length=12, description="Series.")
    language: Language | None = Field(None, description="Language of the paper.")
    lines: list[FreeInvoiceLine] | None = Field(None, max_length=100, description="Free lines.")
    drop: list[int] = Field(default_factory=list, max_length=300, description="Positions.")
    tax_codes: dict[str, TaxCode] = Field(
        default_factory=dict, max_length=300, description="Position to tax code."
    )
    version: int | None = Field(None, description="Version the change is based on.")


class ChangeInvoice(InvoiceChanges):
    """Change a draft."""

    invoice: str = Field(max_length=40, description="Id or number of the invoice.")


class Issuing(BaseModel):
    """Give a draft its number; from then on it never changes."""

    issued_on: BillingDay | None = Field(None, description="Day on the paper; none: today.")
    due_on: BillingDay | None = Field(None, description="Day to pay; none: as the rules say.")
    version: int | None = Field(None, description="Version the step is based on.")


class IssueInvoice(Issuing):
    """Issue an invoice."""

    invoice: str = Field(max_length=40, description="Id or number of the invoice.")


class Crediting(BaseModel):
    """Take an issued invoice back by a credit note; what it billed may be billed again."""

    reason: Reasoned = Field(description="Why.")
    version: int | None = Field(None, description="Version the step is based on.")


class CreditInvoice(Crediting):
    """Cancel an invoice by a credit note."""

    invoice: str = Field(max_length=40, description="Id or number of the invoice.")


class InvoiceStep(BaseModel):
    """A step without more words."""

    version: int | None = Field(None, description="Version the step is based on.")


class DiscardInvoice(InvoiceStep):
    """Give up a draft."""

    invoice: str = Field(max_length=40, description="Id or number of the invoice.")


class ExportInvoices(BaseModel):
    """Hand issued invoices and credit notes to the accounts that were in no batch yet."""

    issued_from: BillingDay | None = Field(None, description="Issued on this day or later.")
    issued_until: BillingDay | None = Field(None, description="Issued on this day or earlier.")
    series: str = Field("", max_length=12, description="Series; empty: every one.")


class ExportBatchView(BaseModel):
    """A batch that was handed to the accounts."""

    id: str
    number: str
    series: str
    count: int
    made_by: str
    created_at: str


class InvoiceLineView(BaseModel):
    """One line; `share` is what of its price the customer bears."""

    position: int
    kind: str
    item: str
    hours: str
    code: str
    text: str
    on: date | None
    quantity: str
    unit: str
    per: int
    unit_price: str
    discount: str
    share: str
    net: str
    tax_code: str
    tax_rate: str | None
    tax: str
    ticket: str
    source: str


class InvoiceView(BaseModel):
    """An invoice without its lines."""

    id: str
    number: str
    series: str
    kind: str
    state: str
    customer_id: str
    customer_name: str
    language: str
    currency: str
    tickets: list[str]
    quote: str
    issued_on: date | None
    due_on: date | None
    issued_by: str
    net: Amount
    tax: Amount
    gross: Amount
    credits: str
    credited_by: str
    reason: str
    batch_id: str | None
    exported_at: str | None
    version: int
    created_at: str
    updated_at: str


class InvoicePage(InvoiceView):
    """An invoice with everything. `intact` says that it still is what was issued; `problems` what
    hinders a draft from being issued; `left_out` what its tickets have in other currencies."""

    note: str
    buyer: dict[str, Any]
    seller: dict[str, Any]
    lines: list[InvoiceLineView]
    taxes: list[TaxSum]
    digest: str
    intact: bool
    problems: list[str]
    left_out: list[Amount]
