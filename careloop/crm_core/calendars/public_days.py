"""Public holidays of a country as plain dates, and the weekend days worked in their stead.

Source: the library `holidays` (https://github.com/vacanza/holidays), which knows China's
transferred working days too. Years whose rest days a government has not announced yet are what
the law alone says; looking them up again later mends them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import holidays

from careloop.kit.errors import InvalidInput

YEARS_AHEAD = 3
YEARS_BACK = 1


@dataclass(frozen=True, slots=True)
class PublicDays:
    """Holidays by day, weekend days that are worked, and until when they are known."""

    off: dict[date, str]
    worked: tuple[date, ...]
    until: date


def look_up(country: str, subdivision: str, this_year: int) -> PublicDays:
    """Holidays from last year to `YEARS_AHEAD` years on; `InvalidInput` for an unknown place."""
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    except NotImplementedError:
        place = f"{country}-{subdivision}" if subdivision else country
        raise InvalidInput(
            f"No public holidays are known for {place}; leave it empty and name the days off"
        ) from None
    worked: set[date] = getattr(found, "weekend_workdays", set())
    return PublicDays(
        off={day: found[day] for day in sorted(found)},
        worked=tuple(sorted(day for day in worked if day.year in years)),
        until=date(years[-1], 12, 31),
    )
