"""Commands and views of tickets."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from careloop.crm_core.tickets.models import Priority, TicketState, TicketType


def _one_line(value: str) -> str:
    line = " ".join(value.split())
    if not line:
        raise ValueError("must say what is wrong")
    return line


Title = Annotated[str, Field(max_length=300), AfterValidator(_one_line)]
Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class OpenTicket(BaseModel):
    """A new ticket."""

    type: TicketType = Field(TicketType.INCIDENT, description="Kind of service work.")
    title: Title = Field(description="One line: what is wrong.")
    description: str = Field("", max_length=20_000, description="All that is known, as told.")
    priority: Priority = Field(Priority.NORMAL, description="How urgent it is.")
    language: str = Field("", max_length=10, description="Language the customer writes in.")
    serial: str = Field("", max_length=80, description="Serial number of the device on file.")
    model: str = Field("", max_length=80, description="Product model, where no serial is known.")
    error_codes: list[str] = Field(default_factory=list, description="Codes the device shows.")
    callback_phone: str = Field("", max_length=30, description="Where to call back.")
    conversation_id: str | None = Field(None, description="Conversation it comes from (staff).")
    contact_id: str | None = Field(None, description="Whose ticket it is (staff).")
    customer_id: str | None = Field(None, description="Customer it is for (staff).")


class ChangeTicket(BaseModel):
    """Changes of the facts of a ticket; what is left out stays."""

    number: str = Field(description="Ticket number.")
    version: int | None = Field(None, description="Version the change is based on.")
    title: Title | None = Field(None, description="One line: what is wrong.")
    description: str | None = Field(None, max_length=20_000, description="All that is known.")
    priority: Priority | None = Field(None, description="How urgent it is.")
    type: TicketType | None = Field(None, description="Kind of service work.")
    assignee_id: str | None = Field(None, description="User who works on it; empty: nobody.")
    engineer: str | None = Field(None, max_length=40, description="Engineer's code.")


class MoveTicket(BaseModel):
    """A step of the ticket's state machine."""

    number: str = Field(description="Ticket number.")
    state: TicketState = Field(description="The next state.")
    reason: str = Field("", max_length=1000, description="Why, for the history.")
    version: int | None = Field(None, description="Version the change is based on.")


class CommentTicket(BaseModel):
    """A line for the ticket's history."""

    number: str = Field(description="Ticket number.")
    text: Written = Field(max_length=10_000, description="What to note.")
    public: bool = Field(False, description="Whether the customer may read it.")


class ReachCustomer(BaseModel):
    """Where to reach the customer about a ticket."""

    number: str = Field(max_length=40, description="Ticket number.")
    phone: str = Field("", max_length=30, description="Phone number, E.164.")
    email: str = Field("", max_length=254, description="E-mail address.")


class TicketEventView(BaseModel):
    seq: int
    kind: str
    actor: str
    text: str
    data: dict[str, Any]
    public: bool
    created_at: str


class TicketView(BaseModel):
    """A ticket as staff, or the customer it belongs to, may see it."""

    number: str
    type: str
    state: str
    priority: str
    title: str
    description: str
    language: str
    channel: str
    customer_id: str | None
    contact_id: str | None
    serial: str
    model: str
    conversation_id: str | None
    assignee_id: str | None
    engineer: str
    error_codes: list[str]
    callback_phone: str
    version: int
    created_at: str
    updated_at: str
    resolved_at: str | None
    closed_at: str | None
    possible_states: list[str] = Field(default_factory=list)


class TicketStatus(BaseModel):
    """What may be told about a ticket in a chat it belongs to."""

    number: str
    state: str
    title: str
    updated_at: str
    public_notes: list[str] = Field(default_factory=list)
