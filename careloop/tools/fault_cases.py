"""Ended tickets as findings: what the ticket, its visits and their parts tell, and nothing more."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.faults import finding_queries
from careloop.crm_core.faults import service as faults
from careloop.crm_core.faults.models import FaultCase
from careloop.crm_core.faults.schemas import TEXT_CHARS, Said, Slot, Slots, StoreFinding
from careloop.crm_core.faults.views import DrawnUp
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.crm_core.workorders import fact_queries
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders.models import VisitLabour, VisitPart
from careloop.kit.actor import Actor
from careloop.kit.text import base
from careloop.knowledge.language.detect import SUPPORTED, detect
from careloop.knowledge.language.identifiers import canonical, is_serial, match_codes
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.learning.cases import told_cause, told_remedy
from careloop.knowledge.learning.privacy import masked
from careloop.knowledge.terms.queries import termbase_of
from careloop.tools.fault_words import matched, names_of

ENDED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})
MOST_CODES = 10
NO_REPAIR = frozenset({"no_fault_found", "other"})
"""Codes of causes that say nothing of a fault."""
_SENTENCE = re.compile(r"[。；;\n]|\.\s")


def draw_up(session: Session, actor: Actor, limit: int) -> DrawnUp:
    """Look at ended tickets that wait: fill in what engineers found, propose where none did."""
    done = DrawnUp(proposed=0, filled=0, silent=0, waiting=0)
    cases = finding_queries.waiting_cases(session, actor.tenant_id, limit)
    desk = _Desk(session, actor, cases)
    for case in cases:
        what = desk.look_at(case)
        case.state, case.reason = "done", what
        if what in {"proposed", "filled", "silent"}:
            setattr(done, what, getattr(done, what) + 1)
    faults.recount(session, actor.tenant_id, desk.uncounted)
    done.waiting = finding_queries.waiting_count(session, actor.tenant_id)
    return done


class _Desk:
    """One pass over ended tickets, with what all of them need read once."""

    def __init__(self, session: Session, actor: Actor, cases: list[FaultCase]) -> None:
        self._session, self._actor = session, actor
        self._terms = termbase_of(session, actor.tenant_id)
        found = (tickets.ticket_by_id(session, actor.tenant_id, case.ticket_id) for case in cases)
        self._tickets = {row.id: row for row in found if row is not None}
        self._live = finding_queries.live_of_tickets(session, actor.tenant_id, self._tickets)
        self._names = _names(session, actor, list(self._tickets.values()))
        self.uncounted: set[str] = set()

    def look_at(self, case: FaultCase) -> str:
        """What came of a ticket: proposed, filled, silent or gone."""
        ticket = self._tickets.get(case.ticket_id)
        if ticket is None or ticket.state not in ENDED:
            return "gone"
        parts, minutes = used_on(self._session, self._actor, ticket)
        live = self._live.get(ticket.id, [])
        if live:
            # With several findings nobody can tell whose part it was.
            if len(live) == 1:
                firmware = firmware_of(self._session, ticket)
                faults.fill_in(self._session, live[0], parts, minutes, firmware, self.uncounted)
            return "filled"
        people = self._names.get(ticket.id, [])
        slots = _told(self._session, self._actor, self._terms, ticket, people)
        if not slots.remedy.same or not (slots.component.same or slots.symptom.same):
            return "silent"
        told = proposal(self._session, self._terms, ticket, slots, parts, minutes)
        faults.record(self._session, self._actor, told, self.uncounted)
        return "proposed"


def used_on(session: Session, actor: Actor, ticket: Ticket) -> tuple[dict[str, int], int | None]:
    """Parts and minutes of work: those of an imported diagnosis, else those of the visits."""
    noted, hours = ticket.diagnosis.get("parts_used"), ticket.diagnosis.get("labour_hours")
    if isinstance(noted, dict) and hours is not None:
        parts = {str(part): int(count) for part, count in noted.items() if int(count) > 0}
        return parts, round(float(hours) * 60) or None
    parts, minutes = {}, 0
    for visit in visits.of_ticket(session, actor, [ticket.id]):
        for used in fact_queries.facts_of(session, visit, VisitPart):
            parts[used.part] = parts.get(used.part, 0) + used.quantity
        labour = fact_queries.facts_of(session, visit, VisitLabour)
        minutes += sum(item.minutes for item in labour if item.kind == "work")
    return parts, minutes or None


def firmware_of(session: Session, ticket: Ticket) -> str:
    """Firmware of the ticket's device, empty where there is none on file."""
    if ticket.asset_id is None:
        return ""
    asset = assets.asset_by_id(session, ticket.tenant_id, ticket.asset_id)
    return asset.firmware if asset else ""


def proposal(
    session: Session, terms: Termbase, ticket: Ticket, slots: Slots, parts: dict[str, int],
    minutes: int | None,
) -> StoreFinding:  # fmt: skip
    """The finding that a ticket itself tells."""
    return StoreFinding(
        component=slots.component, symptom=slots.symptom, cause=slots.cause, remedy=slots.remedy,
        **facts_of(ticket, parts, minutes, firmware_of(session, ticket)), origin="proposed",
        names=names_of(terms, slots), happened_at=_ended_at(ticket),
    )  # fmt: skip


def facts_of(
    ticket: Ticket, parts: dict[str, int], minutes: int | None, firmware: str
) -> dict[str, Any]:
    """What every finding of a ticket is written with."""
    return {
        "ticket_id": ticket.id, "ticket": ticket.number, "model": ticket.model,
        "serial": ticket.serial, "error_codes": codes_of(ticket),
        "firmware": firmware, "parts": parts, "minutes": minutes, "ended": ticket.state in ENDED,
        "confirmed": ticket.confirmed_at is not None, "durable": ticket.durable,
    }  # fmt: skip


def codes_of(ticket: Ticket) -> list[str]:
    """Codes noted on the ticket, else those that its words call codes."""
    if ticket.error_codes:
        return list(ticket.error_codes)[:MOST_CODES]
    text = normalize(f"{ticket.title}\n{ticket.description}")
    device = {canonical(name) for name in (ticket.serial, ticket.model) if name}
    found = [
        text[one.start : one.end].upper()
        for one in match_codes(text)
        if one.cued and not is_serial(one.code) and one.code not in device
    ]
    return list(dict.fromkeys(found))[:MOST_CODES]


def _told(
    session: Session, actor: Actor, terms: Termbase, ticket: Ticket, people: list[str]
) -> Slots:
    """What the ticket tells of each slot, without names of people."""
    found = ticket.diagnosis
    resolution = ticket.resolution or str(found.get("remedy") or "")
    cause = str(found.get("cause") or "") or told_cause(resolution)
    remedy = str(found.get("remedy") or "") or told_remedy(resolution)
    if not (cause and remedy):
        report = _reports(session, actor, ticket)
        cause, remedy = cause or told_cause(report), remedy or told_remedy(report) or resolution
    texts = {
        "component": ticket.component or str(found.get("component") or ""),
        "symptom": str(found.get("symptom") or ""), "cause": cause, "remedy": remedy,
    }  # fmt: skip
    numbers = [one for one in (ticket.serial, ticket.callback_phone, ticket.number) if one]
    slots = {
        name: matched(terms, name, _said(masked(text, people, numbers), ticket.language))
        for name, text in texts.items()
    }
    if not slots["symptom"].same:
        slots["symptom"] = _from_title(terms, ticket)
    if not slots["cause"].same and ticket.cause and ticket.cause not in NO_REPAIR:
        slots["cause"] = _from_code(terms, ticket.cause)
    return Slots(**slots)


def _said(text: str, lang: str) -> Said:
    """The first sentence, in its own language: reports are often not in the customer's."""
    first = next((part for part in _SENTENCE.split(text) if part.strip()), "")
    line = " ".join(first.split())[:TEXT_CHARS]
    if not line:
        return Said()
    code = detect(line).code
    return Said(text=line, lang=code if code in SUPPORTED else base(lang))


def _from_title(terms: Termbase, ticket: Ticket) -> Slot:
    """The symptom that the customer's words name; a sentence of a customer is no slot."""
    text = f"{ticket.title}\n{ticket.description}"
    code = base(ticket.language) or detect(text).code
    code = code if code in SUPPORTED else "en"
    named = [one for one in terms.concepts(text, code) if one.kind == "symptom" and not one.negated]
    return matched(terms, "symptom", Said(concept=named[0].concept)) if named else Slot()


def _from_code(terms: Termbase, code: str) -> Slot:
    known = terms.concepts_by_key.get(code)
    if known is not None and known.kind == "cause":
        return matched(terms, "cause", Said(concept=code))
    return matched(terms, "cause", Said(text=code.replace("_", " "), lang="en"))


def _reports(session: Session, actor: Actor, ticket: Ticket) -> str:
    rows = visits.of_ticket(session, actor, [ticket.id])
    return "\n".join(row.report for row in rows if row.report)


def _names(session: Session, actor: Actor, rows: list[Ticket]) -> dict[str, list[str]]:
    """By ticket the names of its contact and organisation, to be masked."""
    tenant = actor.tenant_id
    people = {row.contact_id for row in rows if row.contact_id}
    contacts = customers.contacts_by_id(session, tenant, people)
    firms = customers.names(session, tenant, {r.customer_id for r in rows if r.customer_id})
    found = {}
    for row in rows:
        contact = contacts.get(row.contact_id or "")
        names = [contact.name if contact else "", firms.get(row.customer_id or "", "")]
        found[row.id] = [name for name in names if name]
    return found


def _ended_at(ticket: Ticket) -> datetime:
    return ticket.resolved_at or ticket.closed_at or ticket.updated_at


def queue_past(session: Session, actor: Actor, rows: list[Ticket]) -> int:
    """Let ended tickets wait that nobody has looked at; how many."""
    known = finding_queries.cases_known(session, actor.tenant_id, [row.id for row in rows])
    fresh = [row for row in rows if row.id not in known and row.state in ENDED]
    for row in fresh:
        faults.wait(session, row.tenant_id, row.id, row.number, _ended_at(row))
    session.flush()
    return len(fresh)
