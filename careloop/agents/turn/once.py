"""One question, one answer: a whole turn in a transaction that is rolled back at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from careloop.agents.mind.ports import Line, Planner, Say
from careloop.agents.turn import context, loop
from careloop.agents.turn.desk import store
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.models import Conversation
from careloop.crm_core.conversations.schemas import Claim
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import AUDIENCES, Actor
from careloop.kit.db import Database
from careloop.kit.errors import InvalidInput, NotFound
from careloop.kit.ids import new_id
from careloop.kit.messages import InboundMessage
from careloop.tools.runtime import Runtime

MAX_CHARS = 8000


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, and whom to play. `contact` maps phone, email or customer to a value."""

    text: str
    history: Sequence[Line] = ()
    contact: dict[str, str] = field(default_factory=dict)
    asset: str = ""
    model: str = ""
    channel: str = "api"
    audience: str = "public"
    now: datetime | None = None
    rich: bool = False


def ask(
    database: Database, planner: Planner, actor: Actor, question: Question, commit: bool = False
) -> Say:
    """Answer as the bot would; with `commit` the conversation and its tickets stay."""
    if not question.text.strip():
        raise InvalidInput("text: write a question")
    if question.audience not in AUDIENCES[: AUDIENCES.index(actor.audience) + 1]:
        raise InvalidInput(f"audience: you may not read {question.audience!r} knowledge")
    opened = database.write(actor.tenant_id) if commit else database.draft(actor.tenant_id)
    with opened as session:
        return _turn(session, database, planner, actor, question)


def _turn(
    session: Session, database: Database, planner: Planner, actor: Actor, question: Question
) -> Say:
    row = conversations.start(session, actor.tenant_id, question.channel, "ask", new_id())
    _play_contact(session, actor, row, question.contact)
    memory: dict[str, object] = {}
    history = tuple(question.history)
    said: Say | None = None
    # Earlier customer lines are turns too: what was asked, offered and pinned then still holds.
    lines = [*history, Line("customer", question.text)]
    for number, line in enumerate(lines):
        if line.role != "customer":
            continue
        row.memory = dict(memory)
        claim = _receive(session, row, line.text)
        turn = replace(
            context.build(session, claim, question.rich),
            history=tuple(lines[:number]),
            model=question.model or _model_of(session, actor, question.asset),
            asset=question.asset,
        )
        turn = replace(
            turn,
            actor=replace(turn.actor, audience=question.audience),
            now=question.now or turn.now,
        )
        runtime = Runtime(database, draft=session)
        said = loop.run(planner, turn, runtime, f"{row.id}:{number}")
        store(session, claim, turn, said)
        memory = dict(said.memory)
    assert said is not None
    return said


def _model_of(session: Session, actor: Actor, serial: str) -> str:
    """The model of a device that the caller names; `NotFound` if there is no such device."""
    return assets.device(session, actor.tenant_id, serial).model if serial else ""


def _receive(session: Session, row: Conversation, text: str) -> Claim:
    message = InboundMessage(channel=row.channel, sender="", external_id=new_id(), text=text)
    conversations.receive(session, row.id, row.tenant_id, message, MAX_CHARS)
    # A conversation handed over in an earlier line still answers the one that was asked for.
    if row.owner != "bot":
        row.reopen(row.updated_at)
        row.answered_seq = row.last_customer_seq - 1
    claim = conversations.claim_turn(session, row.tenant_id, row.id, 60)
    assert claim is not None
    return claim


def _play_contact(
    session: Session, actor: Actor, row: Conversation, contact: dict[str, str]
) -> None:
    """Speak as a known contact; only a caller who may read customers can choose one."""
    if not contact:
        return
    if not actor.may("customers:read"):
        raise InvalidInput("contact: this token may not play a customer")
    found = customers.contact_by_address(
        session, actor.tenant_id, contact.get("email", ""), contact.get("phone", "")
    )
    if found is None and contact.get("customer"):
        owner = customers.customer_by_number(session, actor, contact["customer"])
        people = customers.contacts_of(session, actor, owner.id) if owner else []
        found = people[0] if people else None
    if found is None:
        raise NotFound("contact: nobody on file has this phone, e-mail or customer number")
    row.contact_id = found.id
