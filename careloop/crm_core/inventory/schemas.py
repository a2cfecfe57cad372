"""Commands over stock.

Quantities are whole numbers of the part's unit. A `command_id` makes an act happen once for ever:
the same id with the same content answers what it answered the first time.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, model_validator

from careloop.kit.money import Money

MOST = 1_000_000
LINES = 500


class Condition(StrEnum):
    GOOD = "good"
    DEFECTIVE = "defective"


def _money(value: object) -> object:
    """Check the currency and round to its precision, wherever an amount comes in."""
    if isinstance(value, dict) and set(value) == {"amount", "currency"}:
        return Money.of(str(value["amount"]), str(value["currency"]))
    return value


Cost = Annotated[Money, BeforeValidator(_money)]
Quantity = Annotated[int, Field(ge=1, le=MOST)]
Level = Annotated[int, Field(ge=0, le=MOST)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
PartNumber = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Lot = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Serial = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
CommandId = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Act(BaseModel):
    """What every act on stock may carry."""

    command_id: CommandId | None = Field(None, description="The caller's own id; acts once ever.")
    happened_at: datetime | None = Field(None, description="When it happened by the device.")


class MovedPart(BaseModel):
    """A part and how many, down to the lot or the serial."""

    part: PartNumber = Field(description="Part number.")
    quantity: Quantity = Field(1, description="How many, in the part's unit.")
    lot: Lot = Field("", description="Lot; empty: the lots that expire first.")
    serial: Serial = Field("", description="Serial number; then the quantity is one.")
    condition: Condition = Field(Condition.GOOD, description="Good or defective.")

    @model_validator(mode="after")
    def _one_piece_has_one_serial(self) -> MovedPart:
        if self.serial and self.quantity != 1:
            raise ValueError("a serial number names one piece; give quantity 1")
        return self


class UsePart(Act, MovedPart):
    """A part taken from a location and left at the customer's on a visit."""

    location: Code = Field(description="Location it was taken from, as a rule the van.")
    work_order: str = Field("", max_length=40, description="Number of the work order.")
    ticket: str = Field("", max_length=40, description="Number of the ticket.")
    asset: str = Field("", max_length=80, description="Serial number of the device it went into.")
    reservation_id: str | None = Field(None, description="Reservation that this consumes.")
    accept_discrepancy: bool = Field(
        False, description="Book what the location does not show against discrepancy, not refuse."
    )


class IssuePart(MovedPart):
    """One line of an issue."""

    reservation_id: str | None = Field(None, description="Reservation that this consumes.")


class Issue(Act):
    """Parts handed out: to a customer, or straight to another location without transit."""

    location: Code = Field(description="Location they are taken from.")
    to: str = Field("", max_length=80, description="Location that gets them; empty: the customer.")
    ticket: str = Field("", max_length=40, description="Number of the ticket.")
    work_order: str = Field("", max_length=40, description="Number of the work order.")
    lines: list[IssuePart] = Field([], max_length=LINES, description="Parts.")
    kit: str = Field("", max_length=60, description="Code of a kit to hand out as well.")
    kits: Quantity = Field(1, description="How many of the kit.")
    reason: Note = Field("", description="Why.")


class ReceiptLine(BaseModel):
    """Parts that arrived; each serial number is one piece."""

    part: PartNumber = Field(description="Part number.")
    quantity: Quantity = Field(1, description="How many, in the part's unit.")
    lot: Lot = Field("", description="Lot on the label.")
    expires_on: date | None = Field(None, description="Last day of use on the label.")
    serials: list[Serial] = Field([], max_length=LINES, description="Serial numbers.")
    unit_cost: Cost | None = Field(None, description="What one piece cost.")


class Receive(Act):
    """Parts received from a supplier."""

    location: Code = Field(description="Location they arrived at.")
    supplier: str = Field("", max_length=80, description="Who delivered.")
    document: str = Field("", max_length=80, description="Delivery note or order number.")
    lines: list[ReceiptLine] = Field(min_length=1, max_length=LINES, description="Parts.")


class ReturnPart(Act, MovedPart):
    """A part that came back from a customer, good or defective."""

    location: Code = Field(description="Location it came back to.")
    ticket: str = Field("", max_length=40, description="Number of the ticket.")
    work_order: str = Field("", max_length=40, description="Number of the work order.")
    reason: Note = Field("", description="Why it came back.")


class Scrap(Act, MovedPart):
    """A part thrown away."""

    location: Code = Field(description="Location it is taken from.")
    reason: Reason = Field(description="Why it is thrown away.")


class Reverse(Act):
    """A move taken back by the opposite move; the first stays as it was."""

    move_id: str = Field(max_length=26, description="Id of the move.")
    reason: Reason = Field(description="Why it was wrong.")


class Purpose(BaseModel):
    """What parts are kept for."""

    type: Literal["ticket", "work_order", "request", "other"] = Field(
        "other", description="Kind of thing."
    )
    number: str = Field("", max_length=40, description="Its number.")


class ReserveLine(BaseModel):
    """Parts to keep, or a kit of them."""

    part: str = Field("", max_length=60, description="Part number.")
    kit: str = Field("", max_length=60, description="Code of a kit, in place of a part.")
    quantity: Quantity = Field(1, description="How many.")
    lot: Lot = Field("", description="Lot; empty: the lots that expire first.")
    serial: Serial = Field("", description="Serial number; then the quantity is one.")

    @model_validator(mode="after")
    def _part_or_kit(self) -> ReserveLine:
        if bool(self.part) == bool(self.kit):
            raise ValueError("name either a part or a kit")
        if self.serial and (self.quantity != 1 or self.kit):
            raise ValueError("a serial number names one piece of a part; give quantity 1")
        return self


class Reserve(Act):
    """Parts to be kept at a location for a purpose; all lines or none."""

    location: Code = Field(description="Location where they lie.")
    purpose: Purpose = Field(description="What they are kept for.")
    lines: list[ReserveLine] = Field(min_length=1, max_length=LINES, description="Parts.")
    due_at: datetime | None = Field(None, description="When the reservation ends by itself.")


class ReleaseReservation(BaseModel):
    """Parts no longer kept."""

    reservation_id: str = Field(max_length=26, description="Id of the reservation.")
    reason: Note = Field("", description="Why.")


class TransferLine(MovedPart):
    """One line of a transfer."""

    reservation_id: str | None = Field(
        None,
        max_length=26,
        description="Reservation whose pieces go; they are kept for its purpose on arrival again.",
    )


class CreateTransfer(Act):
    """Parts to be sent from one location to another."""

    source: Code = Field(description="Location that sends.")
    target: Code = Field(description="Location that receives.")
    lines: list[TransferLine] = Field(min_length=1, max_length=LINES, description="Parts.")
    expected_at: datetime | None = Field(None, description="When they should arrive.")
    note: Note = Field("", description="Anything the receiver should know.")
    ship: bool = Field(False, description="Send at once.")


class ShipTransfer(Act):
    """A draft transfer leaves its source."""

    transfer_id: str = Field(max_length=40, description="Id or number of the transfer.")
    version: int | None = Field(None, description="Version the act is based on.")


class ArrivedLine(BaseModel):
    """What became of a line that was in transit."""

    line_id: str = Field(max_length=26, description="Id of the line.")
    received: Level = Field(0, description="How many arrived.")
    lost: Level = Field(0, description="How many never will.")
    reason: Note = Field("", description="Why they are lost; needed with a loss.")


class ReceiveTransfer(Act):
    """Parts in transit that arrived, whole or in part."""

    transfer_id: str = Field(max_length=40, description="Id or number of the transfer.")
    version: int | None = Field(None, description="Version the act is based on.")
    lines: list[ArrivedLine] | None = Field(None, description="Per line; left out: all arrived.")


class CancelTransfer(Act):
    """A transfer that does not happen; what is in transit goes back to the source."""

    transfer_id: str = Field(max_length=40, description="Id or number of the transfer.")
    version: int | None = Field(None, description="Version the act is based on.")
    reason: Note = Field("", description="Why.")


class RequestLine(BaseModel):
    """A part that is wanted."""

    part: PartNumber = Field(description="Part number.")
    quantity: Quantity = Field(1, description="How many.")


class CreateRequest(Act):
    """Parts that a location asks for."""

    location: Code = Field(description="Location that wants them.")
    source: str = Field(
        "", max_length=80,
        description="Location that shall send, or `supplier`; empty: the location above.",
    )  # fmt: skip
    purpose: Purpose = Field(default_factory=Purpose, description="What they are for.")
    lines: list[RequestLine] = Field(min_length=1, max_length=LINES, description="Parts.")
    needed_by: date | None = Field(None, description="When they are needed.")
    note: Note = Field("", description="Why they are needed.")
    submit: bool = Field(True, description="Ask for approval at once; else it stays a draft.")


class StepRequest(Act):
    """A step of a request that needs nothing but a word why."""

    request_id: str = Field(max_length=40, description="Id or number of the request.")
    version: int | None = Field(None, description="Version the act is based on.")
    reason: Note = Field("", description="Why.")


class ApproveRequest(StepRequest):
    """A yes to a request; the parts are reserved at the source."""

    source: str = Field("", max_length=80, description="Another source than the one asked for.")


class RejectRequest(StepRequest):
    """A no to a request."""

    reason: Reason = Field(description="Why not.")


class FulfilRequest(StepRequest):
    """The approved parts leave the source, or arrive from the supplier."""

    receipt: list[ReceiptLine] | None = Field(
        None, description="For a supplier: what arrived, with lots, serials and costs."
    )
    serials: dict[str, list[Serial]] = Field(
        {}, description="Serial numbers of the pieces taken, by part number."
    )
    expected_at: datetime | None = Field(None, description="When they should arrive.")


class StartCount(Act):
    """A stock-taking at one location."""

    location: Code = Field(description="Location to count.")
    parts: list[PartNumber] | None = Field(None, description="Only these; left out: all.")
    blind: bool = Field(True, description="Do not show the counter what the books say.")
    note: Note = Field("", description="Why.")


class CountedLine(BaseModel):
    """What lies there."""

    part: PartNumber = Field(description="Part number.")
    quantity: Level = Field(0, description="How many were found.")
    lot: Lot = Field("", description="Lot.")
    condition: Condition = Field(Condition.GOOD, description="Good or defective.")
    serials: list[Serial] = Field([], max_length=LINES, description="Serial numbers found.")
    counted_at: datetime | None = Field(None, description="When, by the device.")


class EnterCount(Act):
    """Counted lines; a line entered again replaces the first."""

    count_id: str = Field(max_length=40, description="Id or number of the count.")
    lines: list[CountedLine] = Field(min_length=1, max_length=LINES, description="Lines.")


class CloseCount(Act):
    """The end of a count; the differences are posted."""

    count_id: str = Field(max_length=40, description="Id or number of the count.")
    version: int | None = Field(None, description="Version the act is based on.")
    uncounted_is_zero: bool = Field(False, description="Take what was not counted as missing.")
    cancel: bool = Field(False, description="Give the count up; nothing is posted.")
    reason: Note = Field("", description="Why.")


class MakeRequests(Act):
    """Requests out of the replenishment proposal."""

    location: str = Field("", max_length=80, description="Only for this location; empty: all.")
    parts: list[PartNumber] | None = Field(None, description="Only these parts.")


class OfflineCommand(BaseModel):
    """One act of a van that had no signal."""

    command_id: CommandId = Field(description="The device's own id of the act.")
    kind: Literal["use", "issue", "return", "scrap", "receive_transfer", "count", "reserve"] = (
        Field(description="What was done.")
    )
    at: datetime = Field(description="When, by the device.")
    body: dict[str, object] = Field(description="The fields of the act itself.")


class UnitCost(BaseModel):
    """Amount of one piece, before any rounding to a currency's precision."""

    amount: Decimal
    currency: str
