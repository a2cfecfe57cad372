"""Bringing in a person: with a reason, a summary, and an honest word on the wait."""

from __future__ import annotations

from babel.dates import format_skeleton, get_timezone

from careloop.agents.mind.embedded.flows.ticketing import open_ticket
from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.embedded.summary import summarise
from careloop.agents.mind.ports import CallTool, Decision, Plan, Say
from careloop.agents.mind.reading import HandoffReason

_APOLOGY = {HandoffReason.ANGER, HandoffReason.REPEAT_FAILURE, HandoffReason.VIP_CHURN}


def to_person(s: Situation, reason: HandoffReason) -> Plan:
    """Queue the conversation; outside office hours also leave a ticket behind."""
    if reason is HandoffReason.SAFETY:
        s.lead.append(s.t("handoff.safety", emergency=s.turn.company.emergency))
        s.memory.guide = None
    elif reason in _APOLOGY:
        s.lead.append(s.t("handoff.apology"))
    office = s.turn.office
    outcome = yield CallTool(
        "conversations.request_person",
        {"reason": reason, "summary": summarise(s, reason), "wait_minutes": office.wait_minutes},
    )
    if outcome.error:
        return s.say(Decision.HANDOFF, s.t("handoff.failed", hotline=s.turn.company.hotline))
    ticket = ""
    if office.open:
        key = "handoff.wait" if office.wait_minutes else "handoff.soon"
        text = s.t(key, minutes=office.wait_minutes)
    else:
        ticket = s.memory.last_ticket or (yield from open_ticket(s, quiet=True))
        text = s.t("handoff.closed", when=opening(s), ticket=ticket or "-")
    if not (s.turn.contact_phone or s.turn.contact_email or s.memory.phone or s.memory.email):
        text = f"{text} {s.t('handoff.leave_reach')}"
    return s.say(Decision.HANDOFF, text, ticket=ticket, handoff_reason=reason)


def refuse_bypass(s: Situation) -> Say:
    """Nobody gets help in putting a protection out of action."""
    return s.say(
        Decision.REFUSE, s.t("answer.no_bypass"), s.buttons(("open_ticket", "person")),
        pending="ticket_offer",
    )  # fmt: skip


def opening(s: Situation) -> str:
    """When persons answer next, in the maker's time zone, as a reader of the language writes it."""
    at = s.turn.office.next_opening
    if at is None:
        return s.t("office.unknown")
    zone = get_timezone(s.turn.office.time_zone)
    day = format_skeleton("MMMEd", at, tzinfo=zone, locale=s.language)
    hour = format_skeleton("Hm", at, tzinfo=zone, locale=s.language)
    return f"{day} {hour} ({s.turn.office.time_zone})"
