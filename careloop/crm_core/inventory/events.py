"""Facts about stock."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class StockDiscrepancyFound(Event):
    """A location used, lost or lacked parts that its books do not explain."""

    location: str
    part: str
    quantity: int
    reason: str
    reference: str


@dataclass(frozen=True, slots=True)
class ReservationEnded(Event):
    """Parts are no longer kept, though nobody used them: released, expired or lost in a count."""

    reservation_id: str
    part: str
    location: str
    quantity: int
    purpose_type: str
    purpose_number: str
    made_by: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class StockRequestMoved(Event):
    """A request came into a new state."""

    number: str
    location: str
    before: str
    after: str
    made_by: str


@dataclass(frozen=True, slots=True)
class TransferArrived(Event):
    """The last part of a transfer was received or given up."""

    number: str
    target: str
    request_id: str | None
