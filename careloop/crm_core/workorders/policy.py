"""Rules of visits: pure functions."""

from __future__ import annotations

from decimal import Decimal

from careloop.crm_core.tickets.models import TicketState
from careloop.crm_core.workorders.acts import Ending
from careloop.crm_core.workorders.models import RepeatReason, Result
from careloop.kit.errors import InvalidInput

BROKEN_OFF = frozenset({Result.NO_ACCESS, Result.CANCELLED_ON_SITE})
_USUAL_REASON = {
    Result.NO_ACCESS: RepeatReason.ACCESS, Result.CANCELLED_ON_SITE: RepeatReason.CUSTOMER,
}  # fmt: skip


def within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool | None:
    """Whether a reading passes; limits are included; None where there are none."""
    if low is None and high is None:
        return None
    return (low is None or value >= low) and (high is None or value <= high)


def repeat_reason(ending: Ending) -> RepeatReason | None:
    """Why one more visit is needed; `InvalidInput` where it is not said and not plain."""
    if ending.result is Result.SOLVED:
        if ending.repeat_reason is not None:
            raise InvalidInput("What is solved needs no further visit", repeat_reason="not now")
        return None
    reason = ending.repeat_reason or _USUAL_REASON.get(ending.result)
    if reason is None:
        raise InvalidInput("Say why one more visit is needed", repeat_reason="is needed")
    return reason


def check_ending(ending: Ending, report: str) -> None:
    """What must be said at the end of a visit."""
    if ending.result in BROKEN_OFF:
        if not ending.reason.strip():
            raise InvalidInput("Say why the visit was broken off", reason="is needed")
    elif not report.strip():
        raise InvalidInput("Write what was found and done", report="is needed")


def ticket_state(result: Result, reason: RepeatReason | None) -> TicketState:
    """Where the ticket goes after the visit."""
    if result is Result.SOLVED:
        return TicketState.RESOLVED
    if reason is RepeatReason.PART:
        return TicketState.WAITING_PARTS
    if reason in {RepeatReason.ACCESS, RepeatReason.CUSTOMER}:
        return TicketState.WAITING_CUSTOMER
    return TicketState.ASSIGNED
