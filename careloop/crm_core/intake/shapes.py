"""What a column holds: how its cells are read, and how the dictionary describes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from careloop.crm_core.intake import dates, phones, places, promises, roster, values, words
from careloop.crm_core.intake.tables import Cell, Home
from careloop.crm_core.intake.values import is_nothing

DESCRIPTION_CHARS = 20_000


@dataclass(frozen=True)
class Shape:
    """`read` turns a filled cell into a value or raises `BadCell`; `empty` stands for no value."""

    label: str
    read: Callable[[Cell, Home], Any]
    empty: Any = None
    free_text: bool = False

    def value(self, cell: Cell, home: Home) -> Any:
        """The value of a cell; in free text `-` and the like are text, elsewhere nothing."""
        if cell is None or (not self.free_text and is_nothing(cell)):
            return self.empty() if callable(self.empty) else self.empty
        return self.read(cell, home)


def text(limit: int) -> Shape:
    """Free text of several lines."""
    return Shape(f"text, up to {limit} characters", lambda c, _: values.text(c, limit), "", True)


def line(limit: int, empty: str = "") -> Shape:
    """Free text in one line."""
    label = f"one line, up to {limit} characters"
    return Shape(label, lambda c, _: values.line(c, limit) or empty, empty, True)


def key(limit: int) -> Shape:
    """A number or name by which rows are joined."""
    return Shape(f"key, up to {limit} characters", lambda c, _: values.line(c, limit), "")


def whole(low: int, high: int, unit: str = "", empty: int | None = None) -> Shape:
    """A whole number, with a unit where one is usual."""
    of = f" of {unit}" if unit else ""
    label = f"whole number{of}, {low} to {high}"
    return Shape(label, lambda c, _: values.whole(c, low, high, unit), empty)


def decimal(low: float, high: float, places_after: int) -> Shape:
    """An exact number, rounded to so many decimals."""
    label = f"number, {low:g} to {high:g}, {places_after} decimals"
    return Shape(label, lambda c, _: values.decimal(c, low, high, places_after))


def degrees(limit: float) -> Shape:
    """Latitude or longitude."""
    label = f"degrees (WGS 84), -{limit:g} to {limit:g}"
    return Shape(label, lambda c, _: float(values.decimal(c, -limit, limit, 7)))


def vocabulary(known: words.Vocabulary, empty: str | None) -> Shape:
    """One of our words, or a word that means it."""
    label = "one of " + ", ".join(f"`{word}`" for word in known.words)
    return Shape(label, lambda c, _: known.read(c), empty)


DAY = Shape("date", lambda c, _: dates.day(c))
MOMENT = Shape("date with time", lambda c, home: dates.moment(c, home.time_zone))
HOURS = Shape(
    "hours, rounded to whole ones", lambda c, _: values.rounded(c, 0, values.LARGEST_WHOLE)
)
YES_NO = Shape("yes or no", lambda c, _: values.yes_no(c), False)
YES_NO_OR_YES = Shape("yes or no, empty is yes", lambda c, _: values.yes_no(c), True)
YES_NO_OR_UNKNOWN = Shape("yes or no, empty is unknown", lambda c, _: values.yes_no(c))
LIST = Shape("list joined by `;`", lambda c, _: values.listed(c), list)
QUANTITIES = Shape("list of `PART:QUANTITY` joined by `;`", lambda c, _: values.quantities(c), dict)
COUNTRY = Shape("country, code or name", lambda c, _: places.country(c), "")
LANGUAGE = Shape("language, code or name", lambda c, _: places.language(c), "")
LANGUAGES = Shape("list of languages", lambda c, _: places.languages(c), list)
CURRENCY = Shape("currency, ISO code or name", lambda c, _: places.currency(c), "")
TIME_ZONE = Shape("IANA time zone", lambda c, _: places.time_zone(c), "UTC")
EMAIL = Shape("e-mail address", lambda c, _: phones.email(c), "")
PHONE = Shape("phone number, `+` or national", lambda c, _: values.line(c, 60), "")
PRICE = decimal(0, 9_999_999_999, 4)
SKILL_LEVEL = Shape("1 to 9, or junior to expert", lambda c, _: words.skill_level(c), 1)
SKILL_LEVELS = Shape(
    "list of `SKILL:LEVEL` joined by `;`, levels 1 to 9", lambda c, _: roster.skill_levels(c), dict
)
CERTIFICATES = Shape(
    "list of `SKILL:NUMBER:LAST DAY` joined by `;`, added to those on file; without a day it holds "
    "for good",
    lambda c, _: roster.certificates(c), list,
)  # fmt: skip
GTIN = Shape("GS1 number of 8 to 14 digits", lambda c, _: values.gtin(c), "")
SPANS = Shape("hours of a day: `09:00-12:00, 13:00-18:00`", lambda c, _: promises.spans(c), list)
DAYS_OFF = Shape(
    "days, one in a line: `2026-12-24 Christmas Eve`", lambda c, _: promises.days_off(c), list
)
EXTRA_DAYS = Shape(
    "days, one in a line, hours may follow: `2026-02-14 09:00-15:00`",
    lambda c, _: promises.extra_days(c), list,
)  # fmt: skip
TARGETS = Shape(
    "promises, one in a line: `fix 480 high incident`, minutes after respond, arrive or fix; "
    "priority, type and `24/7` may follow",
    lambda c, _: promises.targets(c), list,
)  # fmt: skip
PAUSES = Shape(
    "states in which a clock stands still: `fix: waiting_customer, waiting_parts`",
    lambda c, _: promises.pauses(c), dict,
)  # fmt: skip
STEPS = Shape(
    "steps, one in a line: `late: fix breach+60 role=manager user=ann@maker.example assignee "
    "raise-priority give-to=bob@maker.example`",
    lambda c, _: promises.steps(c), list,
)  # fmt: skip
