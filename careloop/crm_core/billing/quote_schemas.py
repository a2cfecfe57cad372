"""Commands and views of quotes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints, model_validator

from careloop.crm_core.billing.schemas import (
    Amount,
    BillingDay,
    Currency,
    Digits,
    Hours,
    OptionalText,
    Percent,
    Quantity,
    Reasoned,
    TaxCode,
    Text,
)  # fmt: skip

Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
LineSort = Literal["part", "labour", "travel_time", "travel_km", "call_out", "fixed", "free"]
ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,60}$")]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class QuoteLineFacts(BaseModel):
    """One line; without `unit_price` it is priced by the price list or the catalogue."""

    kind: LineSort = Field("free", description="Where it is from.")
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = Field(
        "", description="Part, level, or service."
    )
    hours: Hours = Field("", description="Kind of hours, for labour.")
    text: OptionalText = Field("", description="In words; empty: the name of the part or service.")
    quantity: Quantity = Field("1", description="How many; minutes of labour and travel.")
    unit: str = Field("", max_length=20, description="Unit; empty: the usual one.")
    unit_price: Digits | None = Field(None, description="Of one unit, of an hour for time.")
    discount: Percent | None = Field(None, description="Percent; none: that of the price list.")
    tax_code: TaxCode | None = Field(None, description="Tax code; none: that of the price.")
    origin: OptionalText = Field("", max_length=80, description="Where it was taken from.")

    @model_validator(mode="after")
    def _whole(self) -> QuoteLineFacts:
        if not self.quantity.strip("0."):
            raise ValueError("quantity: must be above 0")
        if self.kind == "free" and not (self.text and self.unit_price is not None):
            raise ValueError("a free line needs text and unit_price")
        if self.kind in {"part", "fixed"} and not self.code:
            raise ValueError("code: a part or a service needs one")
        return self


class QuoteFacts(BaseModel):
    """What a quote says."""

    title: Text = Field(max_length=300, description="What is offered.")
    intro: Long = Field("", description="Words before the lines.")
    terms: Long = Field("", description="Words after the lines.")
    language: Language = Field("en", description="Language of the paper.")
    valid_until: BillingDay | None = Field(None, description="Last day; none: as the rules say.")
    contact_id: str | None = Field(None, max_length=26, description="Who gets it.")
    lines: list[QuoteLineFacts] = Field(default_factory=list, max_length=200, description="Lines.")


class CreateQuote(QuoteFacts):
    """A new quote, for a ticket or for a customer."""

    ticket: str = Field("", max_length=40, description="Number of the ticket it is for.")
    customer_id: str | None = Field(None, max_length=26, description="Customer, without a ticket.")
    currency: Currency | None = Field(None, description="Currency; none: that of the price list.")
    price_list: str = Field("", max_length=60, description="Price list; empty: the fitting one.")
    sop: str = Field("", max_length=80, description="Take the parts and times of this procedure.")

    @model_validator(mode="after")
    def _for_somebody(self) -> CreateQuote:
        if not self.ticket and not self.customer_id:
            raise ValueError("name a ticket or a customer")
        return self


class QuoteChanges(QuoteFacts):
    """A draft as it shall be."""

    version: int | None = Field(None, description="Version the change is based on.")


class ChangeQuote(QuoteChanges):
    """Change a draft."""

    quote: str = Field(max_length=40, description="Number of the quote.")


class QuoteStep(BaseModel):
    """A step without more words."""

    version: int | None = Field(None, description="Version the step is based on.")


class Sending(QuoteStep):
    """Send a quote; above the limit it waits for a manager instead."""


class SendQuote(Sending):
    """Send a quote."""

    quote: str = Field(max_length=40, description="Number of the quote.")
    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the link's secret.")


class RenewLink(QuoteStep):
    """Give the sent revision a new link; the former one opens nothing any more."""

    quote: str = Field(max_length=40, description="Number of the quote.")
    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the new secret.")
    link: int = Field(ge=2, description="Number of the new link.")


class Release(QuoteStep):
    """A manager lets a quote go out."""

    note: OptionalText = Field("", description="In words.")


class ReleaseQuote(Release):
    """Let a quote go out."""

    quote: str = Field(max_length=40, description="Number of the quote.")


class Refusal(QuoteStep):
    """A reason, in words."""

    reason: Reasoned = Field(description="Why.")


class RefuseQuote(Refusal):
    """Send a quote back to its author."""

    quote: str = Field(max_length=40, description="Number of the quote.")


class WithdrawQuote(Refusal):
    """Take a quote back."""

    quote: str = Field(max_length=40, description="Number of the quote.")


class ReviseQuote(QuoteStep):
    """Open a sent quote as the draft of its next revision; the link that went out closes."""

    quote: str = Field(max_length=40, description="Number of the quote.")


class ToldDecision(QuoteStep):
    """What a customer decided, told to us by telephone, mail or on paper."""

    approved: bool = Field(description="Whether they approve.")
    name: PersonName = Field(description="Who decided.")
    via: Literal["phone", "mail", "paper"] = Field("mail", description="How it was told.")
    reason: OptionalText = Field("", description="Why not, or the number of their order.")


class NoteDecision(ToldDecision):
    """Note what a customer decided."""

    quote: str = Field(max_length=40, description="Number of the quote.")


class AnswerFacts(BaseModel):
    """An answer to a customer's questions."""

    text: Long = Field(min_length=1, description="In words; the customer reads it.")
    client_id: ClientId = Field(description="An id of the caller; the same one counts once.")


class AnswerQuestion(AnswerFacts):
    """Answer a customer's questions."""

    quote: str = Field(max_length=40, description="Number of the quote.")


class CustomerAct(BaseModel):
    """What a customer does on the page of a quote: approve, reject, or ask."""

    act: Literal["approve", "reject", "question"] = Field(description="What is done.")
    client_id: ClientId = Field(description="An id of the page; the same one acts once.")
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = Field(
        "", description="Who acts; needed to approve."
    )
    accepted: bool = Field(False, description="The box: I may decide this, and I approve.")
    digest: str = Field(
        "", pattern="^([0-9a-f]{64})?$", description="Hash of what was shown; needed to approve."
    )
    text: Long = Field("", description="Reason or question.")

    @model_validator(mode="after")
    def _whole(self) -> CustomerAct:
        if self.act == "approve" and not (len(self.name) >= 2 and self.accepted and self.digest):
            raise ValueError("name, the box and the digest of what was shown are needed")
        if self.act != "approve" and not self.text:
            raise ValueError("text: a reason or a question is needed")
        return self


class ActOnQuote(CustomerAct):
    """A customer's act, by the hash of the link's secret."""

    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the link's secret.")


class QuoteLineView(BaseModel):
    """One line; `net` and `tax` are rounded half up."""

    kind: str
    code: str
    hours: str
    text: str
    quantity: str
    unit: str
    per: int
    unit_price: str
    discount: str
    tax_code: str
    tax_rate: str | None
    net: str
    tax: str
    origin: str


class TaxSum(BaseModel):
    """The tax of one code."""

    code: str
    name: str = ""
    rate: str
    net: str
    tax: str


class QuoteView(BaseModel):
    """A quote without its lines."""

    id: str
    number: str
    revision: int
    state: str
    possible_states: list[str]
    customer_id: str
    customer_name: str
    contact_id: str | None
    ticket: str
    title: str
    language: str
    currency: str
    price_list: str
    valid_until: date
    net: Amount
    tax: Amount
    gross: Amount
    author: str
    state_reason: str
    needs_approval: bool
    released_by: str
    released_at: str | None
    sent_at: str | None
    decided_at: str | None
    decided_by: str
    decided_via: str
    decision_reason: str
    approved_hash: str
    open_questions: int
    version: int
    created_at: str
    updated_at: str


class RevisionView(BaseModel):
    """A revision that was sent; `document` is what the customer saw."""

    revision: int
    link: int
    digest: str
    intact: bool
    sent_at: str
    sent_by: str
    outcome: str
    decided_at: str | None
    decided_by: str
    decided_via: str
    reason: str
    approved_hash: str
    document: dict[str, Any]


class QuestionView(BaseModel):
    """A question or an answer."""

    from_customer: bool
    name: str
    text: str
    at: str


class QuotePage(QuoteView):
    """A quote with everything; `url` is the customer's link while it is open."""

    intro: str
    terms: str
    lines: list[QuoteLineView]
    taxes: list[TaxSum]
    problems: list[str]
    revisions: list[RevisionView]
    questions: list[QuestionView]
    url: str | None = None


class PublicQuote(BaseModel):
    """What the holder of a link sees: the document as it was sent, and how it stands."""

    state: str = Field(description="open, approved, rejected, expired, or closed")
    document: dict[str, Any]
    digest: str
    decided_at: str | None
    decided_by: str
    questions: list[QuestionView]


class FoundQuote(BaseModel):
    """What came of a customer's act."""

    state: str
    repeated: bool = False
