"""Whole conversations over the real stored path, with a scripted customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.conversations import queries
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.models import Author, Conversation, Message, Owner
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.schemas import TicketView
from careloop.evals.privacy import foreign_values
from careloop.evals.shapes import JourneyInput, Step
from careloop.evals.solvers import strings
from careloop.evals.subject import Subject
from careloop.kit.ids import new_id
from careloop.kit.messages import InboundMessage, Option, Part

MAX_CHARS = 8000
_PART: TypeAdapter[Part] = TypeAdapter(Part)


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of the bot or the system as the customer got it; `turn` counts their steps."""

    turn: int
    author: str
    text: str
    language: str
    decision: str
    parts: tuple[Part, ...]

    @property
    def everything(self) -> str:
        return "\n".join([self.text, *(line for part in self.parts for line in strings(part))])


@dataclass(frozen=True, slots=True)
class Played:
    """How a conversation went, and how the books stand after it.

    `troubles` are promises that hold for every journey and were broken; `leaks` are values of
    other customers that were on show.
    """

    messages: tuple[Shown, ...]
    tickets: tuple[TicketView, ...]
    owner: str
    reason: str
    asset: str
    language: str
    troubles: tuple[str, ...]
    leaks: tuple[str, ...]

    @property
    def summary(self) -> str:
        opened = [f"{item.number} {item.type} {item.serial or '-'}" for item in self.tickets]
        path = " > ".join(
            f"{item.turn} {item.decision} «{_short(item.text)}»"
            for item in self.messages
            if item.decision
        )
        held = f"{self.owner} {self.reason}".strip()
        return f"{held}; {', '.join(opened) or 'no ticket'}; {path or 'no answer'}"


@dataclass
class _Scene:
    """A conversation while it is played."""

    subject: Subject
    case: JourneyInput
    conversation_id: str = ""
    written: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    turn_of: dict[int, int] = field(default_factory=dict)
    stuck: bool = False


def play(subject: Subject, case: JourneyInput) -> Played:
    """Play every step, then read the books."""
    subject.clock.set(case.now)
    scene = _Scene(subject, case)
    with subject.database.write(scene.subject.tenant_id) as session:
        sender = case.sender or f"visitor-{new_id()}"
        scene.conversation_id = conversations.start(
            session, subject.tenant_id, case.channel, "default", sender, case.language
        ).id
    began = subject
    try:
        for number, step in enumerate(case.steps, start=1):
            if not scene.stuck:
                _step(scene, number, step)
        with scene.subject.database.read(scene.subject.tenant_id) as session:
            return _end(session, scene)
    finally:
        if scene.subject is not began:
            scene.subject.close()


def _step(scene: _Scene, number: int, step: Step) -> None:
    scene.subject.clock.at += timedelta(minutes=step.later)
    if step.restart:
        clock = scene.subject.clock.at
        scene.subject = scene.subject.restarted()
        scene.subject.clock.at = clock
    before = _row(scene)
    said = [*step.say, *_button(scene, number, step.press)] if step.press else step.say
    for text in said:
        _deliver(scene, text, twice=step.twice)
    scene.subject.desk.handle_turn(scene.subject.tenant_id, before.id, scene.case.rich)
    after = _row(scene)
    for seq in range(before.last_seq + 1, after.last_seq + 1):
        scene.turn_of[seq] = number
    if said:
        scene.troubles.extend(_silent_or_twice(scene, before, after, number))


def _row(scene: _Scene) -> Conversation:
    with scene.subject.database.read(scene.subject.tenant_id) as session:
        row = queries.by_id(session, scene.subject.tenant_id, scene.conversation_id)
        session.expunge(row)
        return row


def _deliver(scene: _Scene, text: str, twice: bool) -> None:
    message = InboundMessage(
        channel=scene.case.channel, sender=scene.case.sender, external_id=new_id(), text=text
    )
    scene.written.append(text)
    for _ in range(2 if twice else 1):
        with scene.subject.database.write(scene.subject.tenant_id) as session:
            tenant_id, row_id = scene.subject.tenant_id, scene.conversation_id
            conversations.receive(session, row_id, tenant_id, message, MAX_CHARS)


def _button(scene: _Scene, number: int, action: str) -> list[str]:
    """What pressing the button sends. A customer who finds no such button gives up."""
    with scene.subject.database.read(scene.subject.tenant_id) as session:
        row = queries.by_id(session, scene.subject.tenant_id, scene.conversation_id)
        shown = _messages(session, scene)
        means: dict[str, str] = dict(row.memory.get("options", {}))
    latest = next((item for item in reversed(shown) if item.author == Author.BOT), None)
    offered = list(_options(latest)) if latest else []
    for option in offered:
        if means.get(option.label) == action:
            return [option.value]
    labels = ", ".join(option.label for option in offered) or "none"
    scene.troubles.append(f"step {number}: no button for {action}; on show: {labels}")
    scene.stuck = True
    return []


def _options(message: Shown) -> Iterator[Option]:
    for part in message.parts:
        if part.kind in {"quick_replies", "step"}:
            yield from part.options


def _silent_or_twice(
    scene: _Scene, before: Conversation, after: Conversation, number: int
) -> Iterator[str]:
    """One answer to each message, none where a person has the conversation."""
    if after.answered_seq < after.last_customer_seq:
        yield f"step {number}: the message was left unanswered"
    with scene.subject.database.read(scene.subject.tenant_id) as session:
        rows = queries.messages(
            session, scene.subject.actor, scene.conversation_id, after_seq=before.last_seq
        )
        spoke = sum(row.author == Author.BOT for row in rows)
    if before.owner != Owner.BOT and spoke:
        yield f"step {number}: the bot spoke although a person has the conversation"
    if before.owner == Owner.BOT and not spoke:
        yield f"step {number}: the bot said nothing"


def _end(session: Session, scene: _Scene) -> Played:
    subject = scene.subject
    row = queries.by_id(session, subject.tenant_id, scene.conversation_id)
    messages = _messages(session, scene)
    opened = tickets.of_conversation(session, subject.tenant_id, row.id)
    device = assets.asset_by_id(session, subject.tenant_id, row.asset_id) if row.asset_id else None
    contact = customers.contacts_by_id(session, subject.tenant_id, {row.contact_id})
    foreign = foreign_values(session, subject.actor, contact[row.contact_id], scene.written, row.id)
    on_show = "\n".join(item.everything for item in messages)
    return Played(
        messages=tuple(messages),
        tickets=tuple(tickets.ticket_view(item) for item in opened),
        owner=row.owner,
        reason=row.handoff_reason,
        asset=device.serial if device else "",
        language=row.language,
        troubles=(*scene.troubles, *_asked_twice(messages), *_failed(messages)),
        leaks=tuple(value for value in foreign if value in on_show),
    )


def _messages(session: Session, scene: _Scene) -> list[Shown]:
    rows = queries.messages(session, scene.subject.actor, scene.conversation_id)
    return [
        _shown(row, scene.turn_of.get(row.seq, 0))
        for row in rows
        if row.author in {Author.BOT, Author.SYSTEM} and not row.internal
    ]


def _shown(row: Message, turn: int) -> Shown:
    trace: dict[str, Any] = row.trace
    parts = tuple(_PART.validate_python(part) for part in row.parts)
    decision = str(trace.get("decision", ""))
    return Shown(turn, row.author, row.text, row.language, decision, parts)


def _short(text: str, limit: int = 70) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"


def _asked_twice(messages: list[Shown]) -> Iterator[str]:
    asked: set[str] = set()
    for item in messages:
        if item.decision not in {"ask", "clarify_model"}:
            continue
        if item.text in asked:
            yield f"asked twice: {item.text[:80]}"
        asked.add(item.text)


def _failed(messages: list[Shown]) -> Iterator[str]:
    """A bot message without a reason is the apology after a turn that broke."""
    for item in messages:
        if item.author == Author.BOT and not item.decision:
            yield f"turn {item.turn} broke: {item.text[:80]}"
