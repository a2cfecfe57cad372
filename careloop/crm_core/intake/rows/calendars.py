"""A row of the calendars file."""

from __future__ import annotations

from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.calendars.public_days import look_up
from careloop.crm_core.calendars.schemas import CalendarFacts
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.facts import checked
from careloop.kit.errors import CareloopError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SAME_NAME = (
    "name", "time_zone", "always", "country", "subdivision", "days_off", "extra_days",
)  # fmt: skip


def take_calendar(books: Books, record: Record) -> str:
    """Create or change a business calendar, known by its code.

    Public holidays are looked up where the country is new to the calendar; those on file stay.
    """
    key = fold_key(record.must("code"))
    ledger = books.ledger(BusinessCalendar)
    stored = ledger.find(key)
    known = {name: stored[name] for name in CalendarFacts.model_fields} if stored else {}
    facts = {**known, **record.pick(*_SAME_NAME)}
    facts["code"] = stored["code"] if stored else record.must("code")
    facts["weekly"] = dict(facts.get("weekly", {}))
    for number, name in enumerate(WEEKDAYS):
        if name in record.values:
            facts["weekly"][str(number)] = record.get(name)
    values = checked(CalendarFacts, facts, {"weekly": _first_weekday(record)}).model_dump(
        mode="json"
    )
    values["country"] = values["country"].upper()
    place = ("country", "subdivision", "always")
    if stored is None or any(values[name] != stored[name] for name in place):
        values |= _public_days(books, values)
    return ledger.put(key, values, record.place(), "code")[1]


def _first_weekday(record: Record) -> str:
    """The column to name where the week as a whole is at fault."""
    return next((name for name in WEEKDAYS if name in record.values), "monday")


def _public_days(books: Books, values: Row) -> Row:
    if not values["country"] or values["always"]:
        return {"public_holidays": [], "public_extra_days": [], "public_until": None}
    try:
        found = look_up(values["country"], values["subdivision"], books.now.year)
    except CareloopError as error:
        raise BadRow("country", error.message) from None
    off = [{"on": day.isoformat(), "name": name} for day, name in found.off.items()]
    worked = [{"on": day.isoformat(), "spans": []} for day in found.worked]
    return {"public_holidays": off, "public_extra_days": worked, "public_until": found.until}
