"""Facts about turns, and how one is told from what the mind said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careloop.agents.mind.ports import Decision, Say, Turn
from careloop.agents.mind.reading import HandoffReason, Intent
from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.conversations.models import Author, Message
from careloop.crm_core.conversations.schemas import Claim
from careloop.kit.events import Event
from careloop.kit.text import base

LOOKED_BACK = 30


@dataclass(frozen=True, slots=True)
class TurnEnded(Event):
    """A turn was stored that tells of the library: it held no answer, or the customer judged one.

    `helped` is the customer's word on the answer before, which rested on `documents`: (key,
    section). `question` is what was asked, then or now. `people` and `identifiers` are what is
    known to be personal in it.
    """

    conversation_id: str
    question: str
    lang: str
    model: str
    fault: bool
    unknown: bool
    helped: bool | None
    documents: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    identifiers: tuple[str, ...]


def turn_ended(session: Session, claim: Claim, turn: Turn, said: Say) -> TurnEnded | None:
    """What this turn tells of the library; None for most turns."""
    unknown = said.unknown or said.decision is Decision.ABSTAIN
    helped = _helped(said)
    if not unknown and helped is None:
        return None
    question, documents = said.question or turn.text, tuple[tuple[str, str], ...]()
    if helped is not None:
        asked, documents = _answered(session, claim, turn)
        if documents:
            question = asked
        elif not unknown:
            return None  # nothing was answered, so nothing is judged
    reading = said.reading
    return TurnEnded(
        claim.tenant_id, claim.conversation_id, question,
        base(said.language), _model(turn, said),
        reading is not None and reading.intent is Intent.REPORT_FAULT, unknown, helped, documents,
        tuple(name for name in (turn.contact_name,) if name), _identifiers(turn, said),
    )  # fmt: skip


def _helped(said: Say) -> bool | None:
    """A customer who comes back because it still fails has judged, too."""
    if said.helped is None and said.handoff_reason == HandoffReason.REPEAT_FAILURE:
        return False
    return said.helped


def _answered(
    session: Session, claim: Claim, turn: Turn
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What was asked, and on which documents the last answer to it rested."""
    lines = [
        line
        for line in conversations.recent(
            session, claim.tenant_id, claim.conversation_id, LOOKED_BACK
        )
        if line.seq <= claim.upto_seq
    ]
    for at in range(len(lines) - 1, -1, -1):
        cited = _cited(lines[at])
        if cited:
            before = [line.text for line in lines[:at] if line.author == Author.CUSTOMER]
            asked = str(turn.memory.get("question") or "") or (before[-1] if before else turn.text)
            return asked, cited
    return turn.text, ()


def _cited(line: Message) -> tuple[tuple[str, str], ...]:
    if line.author != Author.BOT:
        return ()
    found = line.trace.get("citations") or []
    return tuple((str(item["document"]), str(item.get("section", ""))) for item in found)


def _model(turn: Turn, said: Say) -> str:
    named = said.reading.entities.models if said.reading else ()
    return turn.model or str(said.memory.get("model") or "") or (named[0] if named else "")


def _identifiers(turn: Turn, said: Say) -> tuple[str, ...]:
    known = [turn.asset, str(said.memory.get("asset") or "")]
    found = said.reading.entities if said.reading else None
    if found is None:
        return tuple(value for value in known if value)
    serials = [value for item in found.serials for value in (item.written, item.serial)]
    values = [*serials, *found.tickets, *found.contracts, *found.phones, *found.emails, *known]
    return tuple(dict.fromkeys(value for value in values if value))
