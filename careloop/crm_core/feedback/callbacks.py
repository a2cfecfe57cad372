"""Writers of call-backs: owed, given to somebody, postponed, made."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.feedback import callback_queries, policy, queries
from careloop.crm_core.feedback.events import CallbackCreated
from careloop.crm_core.feedback.models import CallbackState, CallbackTask, SurveyAnswer
from careloop.crm_core.feedback.schemas import (
    ChangeCallback,
    CreateCallback,
    FinishCallback,
    PickCallback,
    PostponeCallback,
    SurveyFacts,
)  # fmt: skip
from careloop.crm_core.notices.models import Severity
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.notices.service import notify
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor, Role, system_actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

LINK = "/feedback/callbacks"


def open_for(
    session: Session, answer: SurveyAnswer, ticket: Ticket, facts: SurveyFacts, reason: str
) -> CallbackTask:
    """The call-back of a low score."""
    owner = facts.callback_owner or ticket.assignee_id
    due = now(session) + timedelta(hours=facts.callback_hours)
    return _open(session, ticket, owner, due, reason, answer_id=answer.id)


def create_callback(session: Session, actor: Actor, command: CreateCallback) -> CallbackTask:
    """A call-back that a person asks for."""
    ticket = tickets.ticket(session, actor, command.ticket)
    owner = command.owner_id or actor.user_id
    _check_owner(session, actor, owner)
    hours = queries.facts(session, actor.tenant_id).callback_hours
    due = as_utc(command.due_at) if command.due_at else now(session) + timedelta(hours=hours)
    _check_due(session, due)
    row = _open(session, ticket, owner, due, command.reason, phone=command.phone)
    row.actor = (actor.name or actor.label)[:60]
    return row


def _open(
    session: Session, ticket: Ticket, owner: str | None, due: datetime, reason: str,
    answer_id: str | None = None, phone: str = "",
) -> CallbackTask:  # fmt: skip
    at = now(session)
    row = CallbackTask(
        tenant_id=ticket.tenant_id, id=new_id(), ticket_id=ticket.id, ticket=ticket.number,
        contact_id=ticket.contact_id, customer_id=ticket.customer_id, answer_id=answer_id,
        owner_id=owner, state=CallbackState.OPEN, reason=reason,
        phone=phone or _phone(session, ticket), due_at=due, first_due_at=due, postponed=0,
        outcome="", note="", done_by="", actor="", version=1, created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _tell(session, row, "callback.new", Severity.INFO, "Call the customer of {ticket} back")
    emit(session, CallbackCreated(row.tenant_id, row.id, row.ticket, at))
    return row


def _phone(session: Session, ticket: Ticket) -> str:
    if ticket.callback_phone or not ticket.contact_id:
        return ticket.callback_phone
    found = customers.contacts_by_id(session, ticket.tenant_id, {ticket.contact_id})
    contact = found.get(ticket.contact_id)
    return contact.phone if contact else ""


def _locked(session: Session, actor: Actor, command: PickCallback) -> CallbackTask:
    row = callback_queries.callback(session, actor, command.task_id, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this call-back meanwhile; load it again")
    return row


def finish_callback(session: Session, actor: Actor, command: FinishCallback) -> CallbackTask:
    """The call was made, or will not be; what was said stays with it."""
    row = _locked(session, actor, command)
    row.end(CallbackState.DONE, now(session))
    row.outcome, row.note = command.outcome, command.note.strip()
    row.done_by = actor.name or actor.label
    session.flush()
    return row


def postpone_callback(session: Session, actor: Actor, command: PostponeCallback) -> CallbackTask:
    """Later; its owner is reminded again."""
    row = _open_one(_locked(session, actor, command))
    due = as_utc(command.due_at)
    _check_due(session, due)
    if due <= row.due_at and due <= now(session):
        raise InvalidInput("Choose a time to come", due_at="lies behind")
    row.due_at, row.reminded_at = due, None
    row.postponed += 1
    if command.note.strip():
        row.note = "\n".join(filter(None, [row.note, command.note.strip()]))
    row.touch(now(session))
    session.flush()
    return row


def change_callback(session: Session, actor: Actor, command: ChangeCallback) -> CallbackTask:
    """Give it to somebody else, correct the number."""
    row = _open_one(_locked(session, actor, command))
    if "owner_id" in command.model_fields_set and command.owner_id != row.owner_id:
        _check_owner(session, actor, command.owner_id)
        row.owner_id, row.reminded_at = command.owner_id, None
        _tell(session, row, "callback.new", Severity.INFO, "Call the customer of {ticket} back")
    if command.phone is not None:
        row.phone = command.phone
    if command.reason is not None:
        row.reason = command.reason
    row.touch(now(session))
    session.flush()
    return row


def remind(session: Session, actor: Actor, task_id: str) -> CallbackTask:
    """Tell the owner, or every manager where nobody owns it, that a call-back is due; once."""
    row = callback_queries.callback(session, actor, task_id, lock=True)
    if row.state == CallbackState.OPEN and row.reminded_at is None and row.due_at <= now(session):
        row.reminded_at = now(session)
        row.touch(row.reminded_at)
        _tell(session, row, "callback.due", Severity.WARNING, "The call-back for {ticket} is due")
    session.flush()
    return row


def _open_one(row: CallbackTask) -> CallbackTask:
    if row.state != CallbackState.OPEN:
        raise Conflict(f"This call-back is {row.state} already")
    return row


def _check_owner(session: Session, actor: Actor, owner: str | None) -> None:
    if owner and owner not in accounts.names(session, actor.tenant_id, {owner}):
        raise InvalidInput("There is no such colleague", owner_id="is nobody of the team")


def _check_due(session: Session, due: datetime) -> None:
    if due > now(session) + policy.MAX_DUE:
        raise InvalidInput("Choose a time within half a year", due_at="is too far off")


def _tell(session: Session, row: CallbackTask, key: str, severity: Severity, text: str) -> None:
    who = [row.owner_id] if row.owner_id else _managers(session, row.tenant_id)
    message = Message(
        kind="feedback", key=key, args={"ticket": row.ticket}, text=text.format(ticket=row.ticket),
        link=LINK, severity=severity, dedupe=f"{key}:{row.id}:{row.postponed}:{row.owner_id or ''}",
    )  # fmt: skip
    notify(session, row.tenant_id, [user for user in who if user], message)


def _managers(session: Session, tenant_id: str) -> list[str]:
    people = accounts.users(session, system_actor(tenant_id))
    return [user.id for user in people if user.role == Role.MANAGER and user.active]
