"""Rules of tickets: pure functions, and what each type asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, get_args

from careloop.crm_core.tickets.models import (
    OPEN_STATES,
    TRANSITIONS,
    Priority,
    Ticket,
    TicketState,
    TicketType,
)  # fmt: skip
from careloop.crm_core.tickets.schemas import LINK_KINDS
from careloop.crm_core.tickets.views import FormField, TicketForm, TicketForms
from careloop.kit.errors import InvalidInput

REOPEN_DAYS = 14
"""A ticket closed longer ago is not reopened; the matter goes on in a ticket below it."""
DURABLE_DAYS = 30
UNMERGE_DAYS = 30
MAX_DEPTH = 3
"""Tickets below each other at most, the topmost counted."""
MAX_CHILDREN = 100
FIELD_CHARS = 1000

CAUSES = (
    "wear", "material_defect", "assembly", "transport", "installation", "operation", "consumable",
    "environment", "software", "configuration", "no_fault_found", "other",
)  # fmt: skip
"""Codes of causes that the desk offers; a maker may use others."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: kind text, date, choice or serial; when it is needed, if ever."""

    name: str
    kind: str
    required_at: str | None = None
    choices: tuple[str, ...] = ()


SERIAL_TO_RESOLVE = Field("serial", "serial", "resolve")
FORMS: dict[TicketType, tuple[Field, ...]] = {
    TicketType.INCIDENT: (Field("happened_on", "date"),),
    TicketType.REQUEST: (Field("wished_date", "date"),),
    TicketType.INSTALLATION: (
        Field("site", "text", "open"), Field("wished_date", "date", "open"), SERIAL_TO_RESOLVE,
        Field("site_ready", "choice", None, ("yes", "no", "unknown")),
    ),
    TicketType.MAINTENANCE: (
        Field("serial", "serial", "open"), Field("wished_date", "date"),
        Field("checklist", "text"),
    ),
    TicketType.RETURN: (
        Field("serial", "serial", "open"),
        Field("return_reason", "choice", "open",
              ("defective", "wrong_delivery", "not_needed", "transport_damage", "loan_end")),
        Field("condition", "choice", "resolve", ("unused", "used", "damaged")),
    ),
    TicketType.COMPLAINT: (
        Field("about", "choice", "open",
              ("service", "product", "delivery", "invoice", "conduct", "other")),
        Field("wanted", "text"),
    ),
}  # fmt: skip


def missing(ticket_type: str, fields: Mapping[str, Any], serial: str, at: str) -> list[str]:
    """Names of what the form needs by then (`open` or `resolve`) and does not have."""
    due = {"open"} if at == "open" else {"open", "resolve"}
    form = FORMS.get(TicketType(ticket_type), ())
    return [
        field.name
        for field in form
        if field.required_at in due
        and not (serial if field.kind == "serial" else fields.get(field.name))
    ]


def checked_fields(ticket_type: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are stored; `InvalidInput` names each that does not fit."""
    form = {field.name: field for field in FORMS[TicketType(ticket_type)]}
    kept: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, value in given.items():
        field = form.get(name)
        if field is None or field.kind == "serial":
            problems[name] = f"no field of a ticket of type {ticket_type}"
        elif value is not None:
            problem = _problem(field, value)
            if problem:
                problems[name] = problem
            else:
                kept[name] = value.strip()
    if problems:
        text = "; ".join(f"{name}: {problem}" for name, problem in problems.items())
        raise InvalidInput(text, **problems)
    return kept


def _problem(field: Field, value: Any) -> str:
    if not isinstance(value, str) or len(value) > FIELD_CHARS:
        return f"must be a text of at most {FIELD_CHARS} characters"
    if field.kind == "choice" and value.strip() not in ("", *field.choices):
        return f"must be one of {', '.join(field.choices)}"
    if field.kind == "date" and value.strip():
        try:
            date.fromisoformat(value.strip())
        except ValueError:
            return "must be a day such as 2026-11-30"
    return ""


def check_move(ticket: Ticket, state: TicketState, reason: str, resolution: str) -> None:
    """What a step needs besides its arrow; open children are the caller's to count."""
    if state is TicketState.CANCELLED and not reason.strip():
        raise InvalidInput("Say why the ticket is cancelled", reason="is needed to cancel")
    if state is not TicketState.RESOLVED:
        return
    if not (resolution.strip() or reason.strip() or ticket.resolution):
        raise InvalidInput("Say what helped", resolution="is needed to resolve")
    lacking = missing(ticket.type, ticket.fields, ticket.serial, "resolve")
    if lacking:
        text = f"Fill in first: {', '.join(lacking)}"
        raise InvalidInput(text, **dict.fromkeys(lacking, "is needed to resolve"))


def may_reopen(ticket: Ticket, at: datetime) -> bool:
    """Whether the matter may go on in this very ticket, not in a new one below it."""
    ended = ticket.closed_at or ticket.resolved_at
    return ended is None or at - ended <= timedelta(days=REOPEN_DAYS)


def forms() -> TicketForms:
    """Every form, state and arrow, for those who build a page on them."""
    return TicketForms(
        types=[
            TicketForm(
                type=ticket_type,
                fields=[
                    FormField(
                        name=field.name, kind=field.kind, required_at=field.required_at,
                        choices=list(field.choices),
                    )
                    for field in fields
                ],
            )
            for ticket_type, fields in FORMS.items()
        ],
        states=list(TicketState),
        open_states=[state for state in TicketState if state in OPEN_STATES],
        arrows={state: sorted(following) for state, following in TRANSITIONS.items()},
        priorities=list(Priority),
        causes=list(CAUSES),
        link_kinds=list(get_args(LINK_KINDS)),
        reopen_days=REOPEN_DAYS,
        durable_days=DURABLE_DAYS,
    )  # fmt: skip


def instant(text: str) -> datetime:
    """An instant out of ISO text with a zone or `Z`."""
    return datetime.fromisoformat(text)
