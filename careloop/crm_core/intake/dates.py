"""Days and moments as offices write them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.tables import Cell
from careloop.crm_core.intake.values import as_text

# Serial day 60 of Excel is the 29 February 1900 that never was; from 61 on the count fits this.
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall time, its zone comes later
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 109_574  # 1950-01-01 to 2199-12-31
_FIRST_YEAR = 1900

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?(?:\d{2})?)?", re.IGNORECASE
)
_NO_DATE = "is not a date; write it as 2024-03-05"


def day(cell: Cell) -> date:
    """A calendar day; of a moment its own day, in whatever zone it was written."""
    if isinstance(cell, datetime):
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, int | float):
        return _serial(cell).date()
    return _day_of_text(as_text(cell))


def moment(cell: Cell, time_zone: str) -> datetime:
    """An instant in UTC; a time written without a zone is one of `time_zone`."""
    if isinstance(cell, datetime):
        return _utc(cell, time_zone)
    if isinstance(cell, date):
        return _utc(datetime.combine(_in_range(cell), time()), time_zone)
    if isinstance(cell, int | float):
        return _utc(_serial(cell), time_zone)
    return _moment_of_text(as_text(cell), time_zone)


@lru_cache(maxsize=8192)
def _day_of_text(raw: str) -> date:
    written, _ = _split(raw)
    return written.date() if isinstance(written, datetime) else written


@lru_cache(maxsize=8192)
def _moment_of_text(raw: str, time_zone: str) -> datetime:
    written, clock = _split(raw)
    if isinstance(written, datetime):
        return _utc(written, time_zone)
    at = datetime.combine(written, time())
    if not clock:
        return _utc(at, time_zone)
    found = _CLOCK.fullmatch(clock)
    if not found:
        raise BadCell("is not a date with time; write it as 2024-03-05T14:30Z")
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadCell("has no such time of day")
    fraction = int((found[4] or "0").ljust(6, "0")[:6])
    at = at.replace(hour=hour, minute=minute, second=second, microsecond=fraction)
    return _utc(_with_offset(at, found[5]), time_zone)


def _with_offset(at: datetime, offset: str | None) -> datetime:
    if not offset:
        return at
    if offset in "Zz":
        return at.replace(tzinfo=UTC)
    if len(offset) == 3:
        offset += ":00"
    try:
        return datetime.fromisoformat(at.isoformat() + offset)
    except ValueError:
        raise BadCell("has no such zone offset") from None


def _split(raw: str) -> tuple[date | datetime, str]:
    """The day and the text of the time after it; a serial number is both in one."""
    text = " ".join(unicodedata.normalize("NFKC", raw).split())
    if _SERIAL.fullmatch(text):
        return _serial(float(text)), ""
    for pattern, order in ((_YEAR_FIRST, "ymd"), (_COMPACT, "ymd"), (_DAY_FIRST, "dmy")):
        found = pattern.match(text)
        if found:
            parts = dict(zip(order, map(int, found.groups()), strict=True))
            return _real(parts["y"], parts["m"], parts["d"]), _rest(text, found.end())
    found = _SLASHED.match(text)
    if found:
        first, second, year = map(int, found.groups())
        return _slashed(first, second, year), _rest(text, found.end())
    raise BadCell(_NO_DATE)


def _rest(text: str, end: int) -> str:
    """What follows the day: nothing, or a time after a space or `T`."""
    rest = text[end:]
    if rest and not _CLOCK.fullmatch(rest.lstrip("Tt ,")):
        raise BadCell(_NO_DATE)
    if rest[:1].isdigit() and text[end - 1] != "日":
        raise BadCell(_NO_DATE)
    return rest.lstrip("Tt ,")


def _slashed(first: int, second: int, year: int) -> date:
    if first <= 12 and second <= 12 and first != second:
        raise BadCell("may be day/month or month/day; write it as 2024-03-05")
    return _real(year, second, first) if second <= 12 else _real(year, first, second)


def _real(year: int, month: int, day_of_month: int) -> date:
    try:
        return _in_range(date(year, month, day_of_month))
    except ValueError as error:
        if isinstance(error, BadCell):
            raise
        raise BadCell("is no day of the calendar") from None


def _in_range(value: date) -> date:
    if value.year < _FIRST_YEAR:
        raise BadCell(f"is before the year {_FIRST_YEAR}")
    return value


def _serial(value: float) -> datetime:
    if not _FIRST_SERIAL <= value < _LAST_SERIAL + 1:
        compact = format(value, ".0f")
        if float(value).is_integer() and _COMPACT.fullmatch(compact):
            return datetime.combine(_day_of_text(compact), time())
        raise BadCell(_NO_DATE)
    # Excel keeps a time as a fraction of a day; a second is the finest that survives it.
    return _EXCEL_EPOCH + timedelta(seconds=round(value * 86_400))


def _utc(value: datetime, time_zone: str) -> datetime:
    aware = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(time_zone))
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        raise BadCell(_NO_DATE) from None


def add_months(start: date, months: int) -> date:
    """The same day so many months later, or the last of that month; `BadCell` after year 9999."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > 9999:
        raise BadCell("ends after the year 9999")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
