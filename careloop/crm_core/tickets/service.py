"""Writers of tickets: opening, changing, moving, commenting. Their other acts are `merging`,
`belongings` and `ending`."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.custom.holding import file_first
from careloop.crm_core.tickets import (
    family_queries,
    own_fields,
    policy,
    queries,
    references,
)  # fmt: skip
from careloop.crm_core.tickets.changing import change_ticket
from careloop.crm_core.tickets.ending import (
    confirm_ticket,
    note_reopened,
    reopen_ticket,
    settle_durable,
)  # fmt: skip
from careloop.crm_core.tickets.events import (
    TicketCommented,
    TicketMoved,
    TicketOpened,
    TicketReplied,
)  # fmt: skip
from careloop.crm_core.tickets.lines import (
    line_of,
    locked,
    locked_for_words,
    note,
    refuse_merged,
    tell_watchers,
)  # fmt: skip
from careloop.crm_core.tickets.models import Ticket, TicketState, TicketTag
from careloop.crm_core.tickets.numbers import count_number, next_number
from careloop.crm_core.tickets.parents import hang
from careloop.crm_core.tickets.schemas import (
    CommentTicket,
    MoveTicket,
    OpenTicket,
    ReachCustomer,
    TicketStatus,
    TicketView,
)  # fmt: skip
from careloop.crm_core.tickets.search import file_new
from careloop.crm_core.tickets.views import DueView
from careloop.kit.actor import Actor, Role
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.events import emit
from careloop.kit.ids import new_id

__all__ = [
    "change_ticket", "check_step", "comment_ticket", "confirm_ticket", "count_number",
    "move_ticket", "note_answer", "note_conversation_answer", "note_reach", "note_visit",
    "open_ticket", "reopen_ticket", "set_due", "settle_durable", "step",
]  # fmt: skip


def open_ticket(
    session: Session, actor: Actor, command: OpenTicket, data: dict[str, Any] | None = None
) -> TicketView:
    """Open a ticket with the next number of the year and tell the listeners.

    Staff give what the form of its type needs; a ticket that the bot or an import opens may lack
    it and says so in `missing`. `data` goes into the first line of its history.
    """
    command = own_fields.typed(session, actor, command)
    fields = policy.checked_fields(command.type, command.fields)
    if actor.is_staff and actor.role is not Role.SYSTEM:
        _refuse_incomplete(command, fields)
    custom = own_fields.values_of_new(session, actor, command)
    found = references.of_new(session, actor, command)
    ticket = Ticket(
        tenant_id=actor.tenant_id,
        id=new_id(),
        number=next_number(session, actor.tenant_id),
        type=command.type,
        own_type=command.own_type,
        priority=command.priority,
        state=TicketState.NEW,
        title=command.title,
        description=command.description,
        language=command.language,
        channel=_channel(actor, command),
        customer_id=found.customer_id,
        contact_id=found.contact_id,
        asset_id=found.asset.id if found.asset else None,
        serial=found.asset.serial if found.asset else "",
        model=found.asset.model if found.asset else command.model,
        conversation_id=found.conversation_id,
        contract=found.contract,
        error_codes=command.error_codes,
        callback_phone=command.callback_phone,
        fields=fields,
        custom=custom,
        tags=sorted(set(command.tags)) if actor.is_staff else [],
        created_at=now(session),
        updated_at=now(session),
    )
    # The line is numbered before the ticket is written, so that the ticket is written once.
    opening = line_of(session, actor, ticket, "opened", data=data, public=True)
    session.add(ticket)
    session.flush()
    session.add(opening)
    file_new(session, ticket)
    file_first(session, ticket)
    if ticket.tags:
        session.add_all(
            TicketTag(tenant_id=actor.tenant_id, tag=tag, ticket_id=ticket.id)
            for tag in ticket.tags
        )
    if command.parent and actor.is_staff:
        hang(session, actor, ticket, command.parent)
    emit(
        session,
        TicketOpened(
            actor.tenant_id, ticket.number, ticket.conversation_id, ticket.id, ticket.type,
            ticket.priority, now(session),
        ),
    )  # fmt: skip
    view = queries.ticket_view(ticket)
    # Whose device it is, and under which contract, a serial number alone does not tell.
    if actor.is_staff:
        return view
    shown = own_fields.seen_by_customer(session, actor.tenant_id, view.custom)
    return view.model_copy(update={"contract": "", "due": None, "custom": shown})


def _channel(actor: Actor, command: OpenTicket) -> str:
    if actor.is_staff:
        return command.channel or "desk"
    return "chat" if actor.conversation_id else "qr"


def _refuse_incomplete(command: OpenTicket, fields: dict[str, Any]) -> None:
    lacking = policy.missing(command.type, fields, command.serial, "open")
    if lacking:
        text = f"A ticket of type {command.type} needs: {', '.join(lacking)}"
        raise InvalidInput(text, **dict.fromkeys(lacking, "is needed"))


def move_ticket(session: Session, actor: Actor, command: MoveTicket) -> TicketView:
    """One step of the state machine, if its arrow and its conditions allow it."""
    ticket = locked(session, actor, command.number, command.version)
    step(session, actor, ticket, command)
    tell_watchers(session, actor, ticket, "moved", f"now {ticket.state.replace('_', ' ')}")
    return queries.ticket_view(ticket)


def step(session: Session, actor: Actor, ticket: Ticket, command: MoveTicket) -> None:
    """Move a ticket that is locked already."""
    before, state = ticket.state, command.state
    check_step(session, ticket, command)
    ticket.move_to(state, now(session))
    data: dict[str, Any] = {"state": [before, ticket.state]}
    if state is TicketState.RESOLVED:
        ticket.resolution = command.resolution.strip() or ticket.resolution or command.reason
        ticket.cause = command.cause or ticket.cause
        ticket.component = command.component or ticket.component
        if ticket.cause:
            data["cause"] = ticket.cause
    again = before in {TicketState.RESOLVED, TicketState.CLOSED} and ticket.is_open
    if again:
        data["reopened"] = ticket.reopened_count
    note(session, actor, ticket, "moved", command.reason, data=data, public=True)
    emit(
        session,
        TicketMoved(
            actor.tenant_id, ticket.number, before, ticket.state, ticket.conversation_id,
            ticket.id, ticket.type, ticket.priority, now(session),
        ),
    )  # fmt: skip
    if again:
        note_reopened(session, actor, ticket)


def check_step(session: Session, ticket: Ticket, command: MoveTicket) -> None:
    """Raise what `step` would raise, but for an arrow that does not exist."""
    if command.state in {TicketState.RESOLVED, TicketState.CANCELLED} and ticket.is_open:
        policy.check_move(ticket, command.state, command.reason, command.resolution)
        _refuse_open_children(session, ticket, command.state)
    if command.state != ticket.state:
        own_fields.refuse_missing(session, ticket, command.state)


def _refuse_open_children(session: Session, ticket: Ticket, state: TicketState) -> None:
    if not ticket.children_count:
        return
    waiting = family_queries.open_children(session, ticket.tenant_id, ticket.id)
    if waiting:
        raise Conflict(
            f"Tickets below this one are still open: {', '.join(waiting)}; end them first",
            children=waiting,
            wanted=state,
        )


def comment_ticket(session: Session, actor: Actor, command: CommentTicket) -> TicketView:
    """Add a line to the history; a customer's is always public."""
    ticket = locked_for_words(session, actor, command.number)
    public = command.public or not actor.is_staff
    note(session, actor, ticket, "comment", command.text.strip(), public=public)
    ticket.touch(now(session))
    if public and actor.user_id:
        note_answer(session, actor.tenant_id, ticket.id)
    by = "customer" if not actor.is_staff else "staff" if actor.user_id else "system"
    emit(
        session,
        TicketCommented(actor.tenant_id, ticket.number, ticket.id, public, by, now(session)),
    )
    tell_watchers(session, actor, ticket, "comment", "a new comment")
    return queries.ticket_view(ticket)


def note_answer(session: Session, tenant_id: str, ticket_id: str) -> None:
    """A person of the maker answered the customer; only the first time counts."""
    ticket = queries.ticket_by_id(session, tenant_id, ticket_id)
    if ticket is None or ticket.answered_at is not None:
        return
    ticket.answered_at = now(session)
    emit(session, TicketReplied(tenant_id, ticket.number, ticket.id, ticket.answered_at))


def note_conversation_answer(session: Session, tenant_id: str, conversation_id: str) -> None:
    """A person answered in a conversation: that is an answer on each open ticket of it."""
    for ticket in queries.of_conversation(session, tenant_id, conversation_id):
        if ticket.is_open:
            note_answer(session, tenant_id, ticket.id)


def note_reach(session: Session, actor: Actor, command: ReachCustomer) -> TicketStatus:
    """Keep phone and e-mail address with the ticket, as the customer gave them."""
    ticket = queries.ticket(session, actor, command.number, lock=True)
    ticket.callback_phone = command.phone or ticket.callback_phone
    reach = " ".join(value for value in (command.phone, command.email) if value)
    note(session, actor, ticket, "reach", reach)
    ticket.touch(now(session))
    return queries.status(session, actor, ticket)


def note_visit(
    session: Session, actor: Actor, ticket: Ticket, work_order: str, what: str, text: str = ""
) -> None:
    """A line about a visit; the caller has locked the ticket."""
    refuse_merged(ticket)
    note(session, actor, ticket, "visit", text, {"work_order": work_order, "what": what})
    ticket.touch(now(session))


def set_due(session: Session, tenant_id: str, ticket_id: str, due: DueView | None) -> None:
    """What falls due next on a ticket, as its clocks say: respond, arrive or fix.

    The version stays, so that a clock never takes a person's change from under their hands.
    """
    ticket = queries.ticket_by_id(session, tenant_id, ticket_id)
    if ticket is None:
        return
    wanted = {
        "due_at": as_utc(policy.instant(due.due_at)) if due else None,
        "due_kind": due.kind if due else "",
        "due_state": due.state if due else "",
    }
    for name, value in wanted.items():
        # Only what differs: a new ticket without any promise is not written a second time.
        if getattr(ticket, name) != value:
            setattr(ticket, name, value)
