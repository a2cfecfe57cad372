"""From an action to the tool call that does it, with its texts filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.rules import schemas as s
from careloop.crm_core.rules.facts_queries import Case, least_busy, people
from careloop.crm_core.rules.templates import chosen, fill
from careloop.kit.clock import iso
from careloop.kit.db import now

COMMENT, MAIL, NOTICE, TITLE, SUBJECT = 10_000, 10_000, 1_000, 300, 200


@dataclass(frozen=True, slots=True)
class Call:
    """A tool and its arguments; without a tool it says why nothing is done."""

    tool: str
    arguments: dict[str, Any]
    why_not: str = ""


def skipped(why: str) -> Call:
    return Call("", {}, why)


def call_of(session: Session, tenant_id: str, action: Any, case: Case, dedupe: str) -> Call:
    """What an action does to this case; nothing is done here."""
    if isinstance(action, s.Notify):
        return _notify(session, tenant_id, action, case, dedupe)
    if isinstance(action, s.SendMessage):
        return _message(action, case, dedupe)
    if isinstance(action, s.SendMail):
        return _mail(session, tenant_id, action, case)
    if isinstance(action, s.CallWebhook):
        data = {key: _fill(text, case, 1_000) for key, text in action.data.items()}
        told = {"ticket": case.ticket.number} if case.ticket else {}
        return Call("rules.webhook", {"data": {**told, **data}, "dedupe": dedupe})
    if isinstance(action, s.OpenAnother):
        return _open(action, case)
    if case.ticket is None:
        return skipped("there is no ticket")
    number = case.ticket.number
    if isinstance(action, s.Comment):
        text = _fill(action.text, case, COMMENT)
        return Call("tickets.comment", {"number": number, "text": text or "-"})
    if isinstance(action, s.SetTags):
        return Call("tickets.tag", {"number": number, "add": action.add, "remove": action.remove})
    if isinstance(action, s.CallBack):
        return _call_back(session, action, case)
    if isinstance(action, s.Assign):
        return _assign(session, tenant_id, action, number)
    if isinstance(action, s.SetPriority):
        return Call("tickets.change", {"number": number, "priority": action.priority})
    return _set(action, case, number)


def _fill(text: str, case: Case, limit: int, language: str = "") -> str:
    return fill(text, case.facts, language or case.house, limit, case.own)


def _assign(session: Session, tenant_id: str, action: s.Assign, number: str) -> Call:
    if action.to == "engineer":
        return Call("tickets.change", {"number": number, "engineer": action.engineer})
    if action.to == "least_busy":
        found = least_busy(session, tenant_id, action.role or "agent")
        if found is None:
            return skipped(f"nobody is a {action.role}")
        return Call("tickets.change", {"number": number, "assignee_id": found})
    user_id = action.user_id or "" if action.to == "person" else ""
    return Call("tickets.change", {"number": number, "assignee_id": user_id})


def _set(action: s.SetField, case: Case, number: str) -> Call:
    value = action.value
    if isinstance(value, str):
        value = _fill(value, case, 5_000)
    name = action.field.removeprefix("ticket.")
    if name.startswith("custom."):
        custom = {name.removeprefix("custom."): value}
        return Call("tickets.change", {"number": number, "custom": custom})
    return Call("tickets.change", {"number": number, name: "" if value is None else value})


def _open(action: s.OpenAnother, case: Case) -> Call:
    ticket = case.ticket
    found: dict[str, Any] = {
        "title": _fill(action.title, case, TITLE) or action.title,
        "description": _fill(action.description, case, COMMENT), "priority": action.priority,
        "fields": action.fields, "custom": action.custom, "channel": "rule",
    }  # fmt: skip
    found |= {"own_type": action.own_type} if action.own_type else {"type": action.type}
    if case.contact is not None:
        found |= {"contact_id": case.contact.id}
    if ticket is not None:
        found |= {
            "customer_id": ticket.customer_id, "serial": ticket.serial, "model": ticket.model,
            "language": ticket.language,
        }  # fmt: skip
        if action.below:
            found["parent"] = ticket.number
    return Call("tickets.open", found)


def _notify(session: Session, tenant_id: str, action: s.Notify, case: Case, dedupe: str) -> Call:
    wanted = set(action.user_ids)
    if action.role:
        wanted.update(people(session, tenant_id, action.role))
    if action.assignee and case.ticket is not None and case.ticket.assignee_id:
        wanted.add(case.ticket.assignee_id)
    if not wanted:
        return skipped("there is nobody to notify")
    link = f"/tickets/{case.ticket.number}" if case.ticket else f"/inbox/all/{case.label}"
    return Call(
        "rules.notify",
        {
            "user_ids": sorted(wanted), "text": _fill(action.text, case, NOTICE) or "-",
            "link": link, "severity": action.severity, "dedupe": dedupe,
        },
    )  # fmt: skip


def _message(action: s.SendMessage, case: Case, dedupe: str) -> Call:
    talk = case.ticket.conversation_id if case.ticket is not None else case.label
    if not talk:
        return skipped("the ticket did not come from a conversation")
    text = _fill(chosen(action.text, case.language), case, COMMENT, case.language)
    told = {"conversation_id": talk, "text": text or "-", "dedupe": dedupe}
    return Call("rules.message", told)


def _mail(session: Session, tenant_id: str, action: s.SendMail, case: Case) -> Call:
    address, name, language = action.address, "", case.language
    if action.to == "contact":
        if case.contact is None or not case.contact.email:
            return skipped("the contact has no mail address")
        address, name = case.contact.email, case.contact.name
    elif action.to == "assignee":
        user_id = case.ticket.assignee_id if case.ticket else None
        user = accounts.user_row(session, tenant_id, user_id) if user_id else None
        if user is None or not user.active:
            return skipped("nobody works on it")
        address, name, language = user.email, user.name, user.language
    texts = {"subject": (action.subject, SUBJECT), "text": (action.text, MAIL)}
    filled = {
        key: _fill(chosen(text, language), case, limit, language) or "-"
        for key, (text, limit) in texts.items()
    }
    ticket_id = case.ticket.id if case.ticket else None
    return Call("rules.mail", {"to": address, "to_name": name, "ticket_id": ticket_id, **filled})


def _call_back(session: Session, action: s.CallBack, case: Case) -> Call:
    assert case.ticket is not None
    owner = action.user_id or case.ticket.assignee_id
    return Call(
        "feedback.create_callback",
        {
            "ticket": case.ticket.number, "reason": _fill(action.reason, case, 2_000),
            "due_at": iso(now(session) + timedelta(minutes=action.minutes)),
            **({"owner_id": owner} if owner else {}),
        },
    )  # fmt: skip
