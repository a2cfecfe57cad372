"""How a ticket stands: only for tickets of this chat, this contact or their organisation."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime, get_timezone

from careloop.agents.mind.embedded.flows.ticketing import say_offer
from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.embedded.ticket_card import ticket_card
from careloop.agents.mind.ports import CallTool, Decision, Plan, Say
from careloop.crm_core.tickets.schemas import TicketStatus
from careloop.kit.clock import as_utc

SHOWN = 3


def has_subject(s: Situation) -> bool:
    """Whether there is a ticket the question can be about."""
    return bool(s.reading.entities.tickets or s.turn.own_tickets or s.memory.last_ticket)


def report(s: Situation) -> Plan:
    """Tell the state of the tickets named, else of the caller's own open ones."""
    numbers = s.reading.entities.tickets
    if numbers:
        return (yield from _named(s, numbers[:SHOWN]))
    own = list(s.turn.own_tickets)
    if own:
        return tell(s, own[:SHOWN])
    if s.memory.last_ticket:
        return (yield from _named(s, (s.memory.last_ticket,)))
    if s.memory.was_asked("ticket_number"):
        return say_offer(s, Decision.ABSTAIN, s.t("status.none"))
    s.memory.ask("ticket_number", "ticket_number")
    return s.say(Decision.ASK, s.t("status.ask_number"), pending="ticket_number")


def _named(s: Situation, numbers: tuple[str, ...]) -> Plan:
    found: list[TicketStatus] = []
    for number in numbers:
        outcome = yield CallTool("tickets.status", {"number": number})
        if isinstance(outcome.result, TicketStatus):
            found.append(outcome.result)
    if found:
        return tell(s, found)
    # One answer for "there is none" and for "it is not yours": the difference is nobody's business.
    return say_offer(s, Decision.REFUSE, s.t("status.not_yours", number=", ".join(numbers)))


def tell(s: Situation, tickets: list[TicketStatus]) -> Say:
    """One line and one card for each ticket."""
    lines = []
    for ticket in tickets:
        s.cards.append(ticket_card(s, ticket.number, ticket.title, ticket.state, ticket.updated_at))
        zone = get_timezone(s.turn.office.time_zone)
        at = _instant(ticket.updated_at)
        when = format_datetime(at, "medium", tzinfo=zone, locale=s.language)
        line = s.t(
            "status.line", number=ticket.number, state=s.t(f"state.{ticket.state}"), when=when
        )
        note = f"\n{ticket.public_notes[-1]}" if ticket.public_notes else ""
        lines.append(line + note)
    return s.say(
        Decision.STATUS, "\n".join(lines), ticket=tickets[0].number,
        evidence=[f"{item.number} {item.title} {item.public_notes}" for item in tickets],
    )  # fmt: skip


def _instant(text: str) -> datetime:
    return as_utc(datetime.fromisoformat(text))
