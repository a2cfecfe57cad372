"""Office hours: pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from careloop.crm_core.workforce.schemas import OfficeHoursView

PRESENCE_SECONDS = 90
HORIZON_DAYS = 30


def is_open(hours: OfficeHoursView, at: datetime) -> bool:
    """Whether persons are on shift at that instant; no hours on file means never."""
    return any(start <= at < end for start, end in _spans(hours, at, days=1))


def next_opening(hours: OfficeHoursView, at: datetime) -> datetime | None:
    """The next instant (UTC) at which a shift starts or runs; None within 30 days means closed."""
    for start, end in _spans(hours, at, days=HORIZON_DAYS):
        if end > at:
            return max(start, at).astimezone(UTC)
    return None


def _spans(hours: OfficeHoursView, at: datetime, days: int) -> list[tuple[datetime, datetime]]:
    local = at.astimezone(hours.zone)
    spans = []
    for offset in range(-1, days + 1):
        day = local.date() + timedelta(days=offset)
        if day in hours.holidays:
            continue
        for start, end in hours.weekly.get(str(day.weekday()), []):
            spans.append((_instant(hours, day, start), _instant(hours, day, end)))
    return sorted(spans)


def _instant(hours: OfficeHoursView, day: object, clock: str) -> datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    midnight = datetime.fromisoformat(f"{day}T00:00:00")
    extra = timedelta(days=1) if hour == 24 else timedelta()
    wall = midnight.replace(hour=hour % 24, minute=minute) + extra
    # Attaching the zone to the wall time keeps 09:00 at 09:00 over a daylight-saving change.
    return wall.replace(tzinfo=hours.zone).astimezone(UTC)
