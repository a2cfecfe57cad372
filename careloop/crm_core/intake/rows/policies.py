"""A row of the SLA policies file."""

from __future__ import annotations

from typing import Any

from careloop.crm_core.accounts.models import User
from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.facts import checked
from careloop.crm_core.sla.models import SlaPolicy
from careloop.crm_core.sla.schemas import PolicyFacts

_SAME_NAME = (
    "name", "active", "fallback", "plans", "tiers", "warn_percent", "targets", "pauses",
)  # fmt: skip
_ACTS = ("roles", "users", "assignee", "raise_priority", "reassign_to")


def take_policy(books: Books, record: Record) -> str:
    """Create or change an SLA policy, known by its code; one alone may be the fallback."""
    key = fold_key(record.must("code"))
    ledger = books.ledger(SlaPolicy)
    stored = ledger.find(key)
    known = {name: stored[name] for name in PolicyFacts.model_fields} if stored else {}
    facts = {**known, **record.pick(*_SAME_NAME)}
    facts["code"] = stored["code"] if stored else record.must("code")
    if stored and "pauses" in record.values and _filled(stored["pauses"]) == facts["pauses"]:
        facts["pauses"] = stored["pauses"]
    if "calendar" in record.values:
        facts["calendar"] = books.code_of(BusinessCalendar, record, "calendar", "calendar")
    if "steps" in record.values:
        facts["steps"] = [_with_people(books, record, step) for step in record.get("steps")]
    values = checked(PolicyFacts, facts).model_dump(mode="json")
    if values["fallback"]:
        others = (row for row in ledger.rows.values() if row["fallback"] and row is not stored)
        other = next(others, None)
        if other is not None:
            raise BadRow("fallback", f"is {other['code']} already; there is one alone")
    return ledger.put(key, values, record.place(), "code")[1]


def _filled(pauses: dict[str, list[str]]) -> dict[str, list[str]]:
    return {kind: states for kind, states in pauses.items() if states}


def _with_people(books: Books, record: Record, step: Row) -> Row:
    """A step with ids of accounts; one that nobody has is left out and reported."""
    known: Row = {**step, "users": []}
    for written in step["users"]:
        user = _account(books, record, written)
        known["users"] += [user] if user else []
    if step.get("reassign_to"):
        known["reassign_to"] = _account(books, record, step["reassign_to"])
    if not any(known.get(act) for act in _ACTS):
        raise BadRow("steps", f"has in {step['key']} nobody to tell and nothing to change")
    return known


def _account(books: Books, record: Record, written: str) -> Any:
    found = books.ledger(User).find(written.lower())
    if found is None:
        reason = "is the mail address of no account; the step is loaded without it"
        books.warn(record, "steps", written, reason)
    return found["id"] if found else None
