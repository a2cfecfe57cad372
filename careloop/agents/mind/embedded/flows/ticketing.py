"""From a report to a ticket: ask only for what is missing, never twice."""

from __future__ import annotations

from collections.abc import Generator

from careloop.agents.mind.embedded.flows.asking import ask_next
from careloop.agents.mind.embedded.flows.wishes import wants_visit
from careloop.agents.mind.embedded.memory import Draft
from careloop.agents.mind.embedded.situation import SKIP, Situation
from careloop.agents.mind.embedded.ticket_card import ticket_card
from careloop.agents.mind.ports import CallTool, Decision, Plan, Say, ToolOutcome
from careloop.agents.mind.reading import Intent, Urgency
from careloop.crm_core.tickets.schemas import TicketView
from careloop.knowledge.language.termbase import termbase

TICKET_TYPES = {
    Intent.REPORT_FAULT: "incident",
    Intent.ORDER_PARTS: "request",
    Intent.SALES_ENQUIRY: "request",
    Intent.ASK_HOW_TO: "request",
    Intent.ASK_WARRANTY: "request",
    Intent.CANCEL_OR_RESCHEDULE: "request",
    Intent.REQUEST_MAINTENANCE: "maintenance",
    Intent.REQUEST_INSTALLATION: "installation",
    Intent.COMPLAINT: "complaint",
}
TITLE_CHARS = 120
SURE = 0.75
_UNLESS_BROKEN = {"request", "maintenance"}
_NEEDS_DEVICE = {"incident", "maintenance"}


def start_ticket(s: Situation) -> Plan:
    """Open the ticket, or ask for the device first if that was never asked."""
    keep_draft(s)
    draft = s.memory.draft or Draft()
    unknown = not s.memory.asset and not s.reading.entities.serials
    if draft.type in _NEEDS_DEVICE and unknown and not s.memory.was_asked("device"):
        s.memory.ask("device", "ticket_device")
        return s.say(
            Decision.ASK,
            s.t("ticket.ask_device"),
            s.choices({s.t("button.skip"): SKIP}),
            pending="ticket_device",
        )
    return (yield from finish_ticket(s))


def finish_ticket(s: Situation) -> Plan:
    """Ask for what the maker's form needs, then open the ticket and say its number."""
    keep_draft(s)
    question = ask_next(s)
    if question is not None:
        return question
    number = yield from open_ticket(s)
    if not number:
        return s.say(Decision.HANDOFF, s.t("ticket.failed", hotline=s.turn.company.hotline))
    reachable = s.turn.contact_phone or s.turn.contact_email or s.memory.phone or s.memory.email
    text = s.t("ticket.opened", number=number)
    if reachable or s.memory.was_asked("reach"):
        return s.say(Decision.TICKET, text, ticket=number)
    s.memory.ask("reach", "reach")
    return s.say(
        Decision.TICKET,
        f"{text} {s.t('ticket.ask_reach')}",
        s.choices({s.t("button.later"): SKIP}),
        pending="reach",
        ticket=number,
    )


def open_ticket(s: Situation, quiet: bool = False) -> Generator[CallTool, ToolOutcome, str]:
    """Call the tool; returns the number, or "" when it failed. Shows the card unless quiet."""
    keep_draft(s)
    draft = s.memory.draft or Draft()
    facts = {
        "type": draft.type,
        "title": draft.title or s.t("ticket.untitled"),
        "description": draft.description,
        "priority": draft.priority,
        "language": s.language,
        "serial": s.memory.asset,
        "model": s.memory.model,
        "error_codes": draft.error_codes,
        "callback_phone": s.memory.phone or s.turn.contact_phone,
    }
    outcome = yield CallTool("tickets.open", {**facts, "custom": draft.custom})
    if outcome.result is None and draft.custom:
        # The form was changed while the customer answered: nothing that was told is lost.
        told = [f"{key}: {value}" for key, value in draft.custom.items()]
        facts["description"] = "\n".join([draft.description, *told])
        outcome = yield CallTool("tickets.open", facts)
    if not isinstance(outcome.result, TicketView):
        return ""
    view = outcome.result
    s.memory.last_ticket, s.memory.draft, s.memory.guide = view.number, None, None
    if not quiet:
        s.cards.append(ticket_card(s, view.number, view.title, view.state, view.updated_at))
    return view.number


def keep_draft(s: Situation) -> None:
    """Gather what the customer has told so far into the draft."""
    draft = s.memory.draft or Draft()
    before = s.memory.fault or s.memory.question
    told = [before] if before else []
    news = s.text and s.text not in told and s.chosen == "" and not s.answered_field
    if news and not only_identifiers(s):
        told.append(s.text)
    if not draft.title:
        draft.type = TICKET_TYPES.get(s.reading.intent, "incident") if told else draft.type
        broken = names_fault(s.text, s.language) or wants_visit(s.text)
        unsure = s.reading.intent_confidence < SURE
        if s.memory.fault or (draft.type in _UNLESS_BROKEN and broken and unsure):
            draft.type = "incident"
    known = [line for line in draft.description.split("\n") if line]
    draft.description = "\n".join(dict.fromkeys([*known, *told, *_unverified(s), *s.memory.tried]))
    if not draft.title and told:
        draft.title = first_line(told[0])
    codes = [*draft.error_codes, *s.memory.error_codes, *s.reading.entities.error_codes]
    draft.error_codes = list(dict.fromkeys(codes))
    if s.reading.urgency in {Urgency.HIGH, Urgency.CRITICAL}:
        draft.priority = s.reading.urgency
    s.memory.draft = draft


def take_reach(s: Situation) -> Plan:
    """Phone number or e-mail address for a ticket that is open already."""
    phones, mails = s.reading.entities.phones, s.reading.entities.emails
    yield CallTool(
        "tickets.reach",
        {
            "number": s.memory.last_ticket,
            "phone": phones[0] if phones else "",
            "email": mails[0] if mails else "",
        },
    )
    return s.say(
        Decision.TICKET,
        s.t("ticket.reach_noted", number=s.memory.last_ticket),
        ticket=s.memory.last_ticket,
    )


def first_line(text: str) -> str:
    """A title: the first line, cut at a word's or sentence's end."""
    line = " ".join(text.split("\n", 1)[0].split())
    if len(line) <= TITLE_CHARS:
        return line
    cut = line[:TITLE_CHARS]
    return (cut.rsplit(" ", 1)[0] if " " in cut[60:] else cut) + "…"


def names_fault(text: str, language: str) -> bool:
    """Whether a symptom is named, whatever else is asked for."""
    found = termbase().concepts(text[:2000], language)
    return any(match.kind == "symptom" and not match.negated for match in found)


def say_offer(s: Situation, decision: Decision, text: str, confidence: float = 1.0) -> Say:
    """Offer a ticket or a person."""
    return s.say(
        decision, text, s.buttons(("open_ticket", "person")), pending="ticket_offer",
        confidence=confidence,
    )  # fmt: skip


def _unverified(s: Situation) -> list[str]:
    return [f"S/N? {item.written}" for item in s.reading.entities.serials if not item.verified]


def only_identifiers(s: Situation) -> bool:
    """Whether the message is nothing but a serial, a phone number or the like."""
    rest = s.text
    found = s.reading.entities
    if found.error_codes:
        return False
    for value in (*[item.written for item in found.serials], *found.emails, *found.tickets):
        rest = rest.replace(value, "")
    # A Chinese or Japanese character says about as much as four letters of an alphabet.
    letters = sum((4 if char > "\u2e80" else 1) for char in rest if char.isalpha())
    return bool(found.serials or found.emails or found.phones or found.tickets) and letters < 12
