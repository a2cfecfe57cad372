"""Commands of tickets. Views stand in `views`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from careloop.crm_core.custom.schemas import CustomValues
from careloop.crm_core.tickets.models import Priority, TicketState, TicketType
from careloop.crm_core.tickets.views import (
    ChildView,
    DueView,
    DuplicateReason,
    DuplicateView,
    FormField,
    TagCount,
    TicketEventView,
    TicketFileView,
    TicketForm,
    TicketForms,
    TicketLinkView,
    TicketStatus,
    TicketView,
)  # fmt: skip

__all__ = [
    "AttachFile", "ChangeTicket", "ChildView", "CommentTicket", "ConfirmTicket", "DueView",
    "DuplicateReason", "DuplicateView", "FormField", "LinkTicket", "MergeTicket", "MoveTicket",
    "OpenTicket", "ReachCustomer", "ReopenTicket", "SplitTicket", "TagCount", "TagTicket",
    "TicketEventView", "TicketFileView", "TicketForm", "TicketForms", "TicketLinkView",
    "TicketStatus", "TicketView", "UnmergeTicket", "WatchTicket",
]  # fmt: skip

MAX_TAGS = 30
LINK_KINDS = Literal["related", "duplicate_of", "caused_by", "conversation"]


def _one_line(value: str) -> str:
    line = " ".join(value.split())
    if not line:
        raise ValueError("must say what is wrong")
    return line


def _tag(value: str) -> str:
    tag = " ".join(value.split()).casefold()
    if not tag:
        raise ValueError("a tag is a word")
    return tag


Title = Annotated[str, Field(max_length=300), AfterValidator(_one_line)]
Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Tag = Annotated[str, Field(max_length=40), AfterValidator(_tag)]
Number = Annotated[str, Field(max_length=40, description="Ticket number.")]
Version = Annotated[int | None, Field(description="Version the change is based on.")]


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
    fields: dict[str, Any] = Field(
        default_factory=dict, description="What the type asks for, by the names of its form."
    )
    own_type: str = Field("", max_length=20, description="The maker's own type; brings its base.")
    custom: CustomValues = Field(default_factory=dict, description="Own fields: key to value.")
    tags: list[Tag] = Field(default_factory=list, max_length=MAX_TAGS, description="Tags (staff).")
    parent: str = Field("", max_length=40, description="Number of the ticket above (staff).")
    conversation_id: str | None = Field(None, description="Conversation it comes from (staff).")
    contact_id: str | None = Field(None, description="Whose ticket it is (staff).")
    customer_id: str | None = Field(None, description="Customer it is for (staff).")
    channel: str = Field("", max_length=20, description="Where it came in (staff); else as told.")


class ChangeTicket(BaseModel):
    """Changes of the facts of a ticket; what is left out stays."""

    number: Number
    version: Version = None
    title: Title | None = Field(None, description="One line: what is wrong.")
    description: str | None = Field(None, max_length=20_000, description="All that is known.")
    priority: Priority | None = Field(None, description="How urgent it is.")
    type: TicketType | None = Field(None, description="Kind of service work.")
    assignee_id: str | None = Field(None, description="User who works on it; empty: nobody.")
    engineer: str | None = Field(None, max_length=40, description="Engineer's code.")
    serial: str | None = Field(None, max_length=80, description="Device on file; empty: none.")
    model: str | None = Field(None, max_length=80, description="Model, where no device is known.")
    customer_id: str | None = Field(None, description="Customer it is for; empty: none.")
    contact_id: str | None = Field(None, description="Whose ticket it is; empty: nobody's.")
    conversation_id: str | None = Field(None, description="Conversation; empty: none.")
    contract: str | None = Field(None, max_length=60, description="Contract; empty: none.")
    error_codes: list[str] | None = Field(None, description="Codes the device shows.")
    callback_phone: str | None = Field(None, max_length=30, description="Where to call back.")
    component: str | None = Field(None, max_length=120, description="Part of the device at fault.")
    parent: str | None = Field(None, max_length=40, description="Ticket above; empty: none.")
    fields: dict[str, Any] | None = Field(
        None, description="Fields of the type's form to set; a null takes one away."
    )
    own_type: str | None = Field(None, max_length=20, description="Own type; empty: none.")
    custom: CustomValues | None = Field(None, description="Own fields to set; null clears one.")


class MoveTicket(BaseModel):
    """A step of the ticket's state machine."""

    number: Number
    state: TicketState = Field(description="The next state.")
    reason: str = Field("", max_length=1000, description="Why, for the history.")
    resolution: str = Field(
        "", max_length=10_000, description="What helped; needed to resolve, else the reason is it."
    )
    cause: str = Field("", max_length=60, description="Code of the cause.")
    component: str = Field("", max_length=120, description="Part of the device at fault.")
    version: Version = None


class CommentTicket(BaseModel):
    """A line for the ticket's history."""

    number: Number
    text: Written = Field(max_length=10_000, description="What to note.")
    public: bool = Field(False, description="Whether the customer may read it.")


class ReachCustomer(BaseModel):
    """Where to reach the customer about a ticket."""

    number: Number
    phone: str = Field("", max_length=30, description="Phone number, E.164.")
    email: str = Field("", max_length=254, description="E-mail address.")


class TagTicket(BaseModel):
    """Tags to put on a ticket and to take off."""

    number: Number
    add: list[Tag] = Field(default_factory=list, max_length=MAX_TAGS, description="Tags to add.")
    remove: list[Tag] = Field(default_factory=list, max_length=MAX_TAGS, description="To remove.")


class WatchTicket(BaseModel):
    """Who wants to hear of a ticket."""

    number: Number
    user_id: str | None = Field(None, description="Whose watch; oneself when left out.")
    watching: bool = Field(True, description="False: no longer.")


class LinkTicket(BaseModel):
    """What else a ticket speaks of."""

    number: Number
    kind: LINK_KINDS = Field(description="What the target is to this ticket.")
    target: str = Field(max_length=40, description="Ticket number, or a conversation's id.")
    remove: bool = Field(False, description="Take the link away.")


class MergeTicket(BaseModel):
    """A ticket that turns out to be part of another."""

    number: Number
    into: str = Field(max_length=40, description="Number of the ticket that goes on.")
    reason: str = Field("", max_length=1000, description="Why, for the history.")
    version: Version = None


class UnmergeTicket(BaseModel):
    """A merge that was a mistake."""

    number: Number
    reason: Written = Field(max_length=1000, description="Why, for the history.")


class SplitOff(BaseModel):
    """A second matter in a ticket, to become one of its own."""

    title: Title = Field(description="One line: what the new ticket is about.")
    description: str = Field("", max_length=20_000, description="All that is known.")
    type: TicketType | None = Field(None, description="Kind of work; left out: as here.")
    priority: Priority | None = Field(None, description="Urgency; left out: as here.")
    serial: str | None = Field(None, max_length=80, description="Device; left out: as here.")
    fields: dict[str, Any] = Field(default_factory=dict, description="Fields of its form.")
    custom: CustomValues = Field(default_factory=dict, description="Own fields; left out: as here.")
    lines: list[int] = Field(
        default_factory=list, max_length=200, description="History lines to take along, by `seq`."
    )
    as_child: bool = Field(False, description="Whether the new one hangs under this one.")


class SplitTicket(SplitOff):
    """A second matter in a ticket becomes one of its own."""

    number: Number


class ConfirmTicket(BaseModel):
    """Somebody says that it works again."""

    number: Number
    by: Literal["customer", "sensor"] = Field("customer", description="Who says so.")
    note: str = Field("", max_length=2000, description="In whose words.")


class ReopenTicket(BaseModel):
    """Somebody says that it does not work after all."""

    number: Number
    reason: Written = Field(max_length=2000, description="What is wrong again.")


class AttachFile(BaseModel):
    """A file whose bytes lie in the blob store already."""

    number: Number
    name: str = Field(max_length=300, description="The file's name.")
    media_type: str = Field(max_length=100, description="Its type, as found by its content.")
    size: int = Field(ge=1, description="Bytes.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of its bytes.")
    public: bool = Field(False, description="Whether the customer may see it.")
