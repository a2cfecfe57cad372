"""Steps of the ladder: who is told, and what of the ticket is changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.notices.models import Severity
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.notices.service import notify
from careloop.crm_core.sla.models import SlaClock
from careloop.crm_core.sla.policy import WARNING
from careloop.crm_core.sla.schemas import Step
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.models import Priority, Ticket
from careloop.crm_core.tickets.schemas import ChangeTicket
from careloop.crm_core.workforce import queries as workforce
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import iso

PRIORITIES = (Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.CRITICAL)
WORDS = {"respond": "the first answer", "arrive": "the engineer's arrival", "fix": "the repair"}


def take_step(session: Session, ticket: Ticket, row: SlaClock, step: Step, may_change: bool) -> str:
    """Take one step; says in English what came of it, for the record."""
    actor = system_actor(row.tenant_id, f"SLA {row.policy}")
    done = []
    people = _people(session, actor, ticket, step)
    if people:
        told = notify(session, row.tenant_id, people, _message(ticket, row, step))
        done.append(f"told {told}")
    elif step.roles or step.users or step.assignee:
        done.append("nobody to tell")
    if step.raise_priority:
        done.append(_raise(session, actor, ticket, may_change))
    if step.reassign_to:
        done.append(_reassign(session, actor, ticket, step.reassign_to, may_change))
    return "; ".join(done)


def _people(session: Session, actor: Actor, ticket: Ticket, step: Step) -> set[str]:
    users = accounts.users(session, actor)
    active = {user.id for user in users if user.active}
    people = set(step.users) | {user.id for user in users if user.role in step.roles}
    if step.assignee:
        people |= {ticket.assignee_id} if ticket.assignee_id else set()
        if ticket.engineer:
            people |= {
                engineer.user_id
                for engineer in workforce.engineers(session, actor)
                if engineer.code == ticket.engineer and engineer.user_id
            }
    return people & active


def _message(ticket: Ticket, row: SlaClock, step: Step) -> Message:
    broken = step.at != WARNING
    verb = "was due" if broken else "is due"
    return Message(
        kind="sla",
        key="sla.breached" if broken else "sla.warned",
        args={
            "ticket": row.ticket, "title": ticket.title, "clock": row.kind,
            "due_at": iso(row.due_at), "priority": ticket.priority,
        },
        text=f"{row.ticket}: {WORDS[row.kind]} {verb} at {iso(row.due_at)}: {ticket.title}",
        link=f"/tickets/{row.ticket}",
        severity=Severity.CRITICAL if broken else Severity.WARNING,
        dedupe=f"sla:{row.id}:{step.key}",
    )  # fmt: skip


def _raise(session: Session, actor: Actor, ticket: Ticket, may_change: bool) -> str:
    place = PRIORITIES.index(Priority(ticket.priority))
    if not may_change or not ticket.is_open:
        return "priority left alone"
    if place + 1 == len(PRIORITIES):
        return "priority is the highest already"
    command = ChangeTicket(number=ticket.number, priority=PRIORITIES[place + 1])
    tickets.change_ticket(session, actor, command)
    return f"priority {PRIORITIES[place + 1]}"


def _reassign(
    session: Session, actor: Actor, ticket: Ticket, user_id: str, may_change: bool
) -> str:
    if not may_change or not ticket.is_open:
        return "assignee left alone"
    users = {user.id for user in accounts.users(session, actor) if user.active}
    if user_id not in users:
        return "nobody to give it to"
    tickets.change_ticket(session, actor, ChangeTicket(number=ticket.number, assignee_id=user_id))
    return "given to another"
