"""Rules of assets that need nothing but their arguments."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from pydantic import BaseModel

from careloop.crm_core.assets.errors import ReadingRunsBackwards
from careloop.crm_core.assets.meter_models import MeterKind, ReadingKind
from careloop.kit.clock import as_utc
from careloop.kit.errors import InvalidInput

CLOCK_SKEW = timedelta(minutes=15)
"""So much may a phone's clock run ahead; such an act happened now."""
MAX_DEPTH = 12


def moment(given: datetime | None, present: datetime) -> datetime:
    """When an act happened; `InvalidInput` for a time that has not come yet."""
    if given is None:
        return present
    at = as_utc(given)
    if at > present + CLOCK_SKEW:
        raise InvalidInput("happened_at lies in the future; give the time it really happened")
    return min(at, present)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def digest(command: BaseModel) -> str:
    """What tells two commands apart that came under one command id."""
    return hashlib.sha256(command.model_dump_json(exclude={"command_id"}).encode()).hexdigest()


def check_place(position: str, parent: str, parents: Mapping[str, str]) -> None:
    """Whether `position` may sit in `parent`, given the parent of every fitted position.

    `InvalidInput` when the parent is not there, would sit in itself, or the tree grows too deep.
    """
    if not parent:
        return
    if parent not in parents:
        raise InvalidInput(f"Nothing is fitted in {parent!r}; fit the outer position first")
    above, depth = parent, 1
    while above:
        if above == position:
            raise InvalidInput(f"{position!r} cannot sit in {parent!r}, which sits in it")
        above = parents.get(above, "")
        depth += 1
        if depth > MAX_DEPTH:
            raise InvalidInput(f"Components are nested more than {MAX_DEPTH} deep")


Reading = tuple[Decimal, Decimal, ReadingKind]
"""Value, total and kind of a reading on file."""


def total_of(
    value: Decimal,
    kind: ReadingKind,
    meter: MeterKind,
    rollover_at: Decimal | None,
    before: Reading | None,
    after: Reading | None,
) -> Decimal:
    """What a reading adds up to, between its neighbours in time.

    A counter may fall only where it rolled over or was replaced; both need a reading before them,
    and neither may be put in before readings that are on file. Raises `InvalidInput`.
    """
    if meter is MeterKind.GAUGE:
        if kind is not ReadingKind.READING:
            raise InvalidInput("Only a counter rolls over or is replaced; add another gauge")
        return value
    if value < 0:
        raise InvalidInput("A counter shows no negative value")
    if rollover_at is not None and value >= rollover_at:
        raise InvalidInput(f"This counter starts anew at {rollover_at:f}; it cannot show {value:f}")
    if kind is not ReadingKind.READING:
        return _started_anew(value, kind, rollover_at, before, after)
    if before is not None and value < before[0]:
        raise ReadingRunsBackwards(
            f"The counter showed {before[0]:f} before; if it rolled over or was replaced, say so"
        )
    if after is not None:
        _check_later(value, after)
    return value if before is None else before[1] + value - before[0]


def _started_anew(
    value: Decimal,
    kind: ReadingKind,
    rollover_at: Decimal | None,
    before: Reading | None,
    after: Reading | None,
) -> Decimal:
    if before is None:
        raise InvalidInput("Note what the counter showed before it started anew")
    if after is not None:
        raise InvalidInput("Later readings are on file; a counter starts anew only at the end")
    if kind is ReadingKind.REPLACED:
        return before[1] + value
    if rollover_at is None:
        raise InvalidInput("This counter has no value at which it starts anew; set rollover_at")
    if value > before[0]:
        raise InvalidInput(f"The counter showed {before[0]:f} before; this is no rollover")
    return before[1] + (rollover_at - before[0]) + value


def _check_later(value: Decimal, after: Reading) -> None:
    later_value, _, later_kind = after
    if later_kind is ReadingKind.REPLACED:
        raise InvalidInput("The counter was replaced after that; its last value is on file already")
    if later_kind is ReadingKind.READING and value > later_value:
        raise ReadingRunsBackwards(f"The counter showed {later_value:f} later on")
