"""Views and commands of presence and office hours."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, field_validator

_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")


class SetPresence(BaseModel):
    """Whether the caller takes conversations now."""

    status: Literal["online", "away", "offline"] = Field(
        description="Only who is online gets conversations."
    )


class PresenceView(BaseModel):
    user_id: str
    name: str
    status: str


class OfficeHoursView(BaseModel):
    """When persons answer; weekday "0" is Monday, spans are [from, to] in local time."""

    time_zone: str = Field("UTC", description="IANA name of the zone the times are in.")
    weekly: dict[str, list[tuple[str, str]]] = Field(
        default_factory=dict, description='Weekday to spans, e.g. {"0": [["09:00", "18:00"]]}.'
    )
    holidays: list[date] = Field(default_factory=list, description="Days without office hours.")

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{value!r} is not an IANA time zone") from None
        return value

    @field_validator("weekly")
    @classmethod
    def _spans(cls, value: dict[str, list[tuple[str, str]]]) -> dict[str, list[tuple[str, str]]]:
        for day, spans in value.items():
            if day not in {"0", "1", "2", "3", "4", "5", "6"}:
                raise ValueError("weekdays are 0 (Monday) to 6 (Sunday)")
            for start, end in spans:
                if not (_TIME.match(start) and _TIME.match(end)) or start >= end:
                    raise ValueError(f"{start}-{end} is not a span of one day")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
