"""One bot turn from claim to stored reply: three short transactions, none while thinking."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from careloop.agents.mind.ports import Planner, Say, Turn
from careloop.agents.turn import context, loop
from careloop.agents.turn.events import turn_ended
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.schemas import Claim, RequestPerson, TurnEnd, TurnResult
from careloop.kit.db import Database
from careloop.kit.errors import NotFound
from careloop.kit.events import emit
from careloop.kit.messages import Reply
from careloop.kit.telemetry import TURN_SECONDS
from careloop.kit.text import t
from careloop.tools.runtime import Runtime

log = structlog.get_logger(__name__)

PlannerOf = Callable[[str], Planner]
MAX_ATTEMPTS = 3
MAX_ROUNDS = 5


@dataclass(frozen=True)
class TurnDesk:
    """Answers conversations; `planner_of` gives the mind that serves a tenant."""

    database: Database
    runtime: Runtime
    planner_of: PlannerOf
    lease_seconds: int = 60
    brain: str = "embedded"

    def handle_turn(self, tenant_id: str, conversation_id: str, rich: bool = True) -> None:
        """Answer what the customer wrote; messages that arrive meanwhile get a further turn."""
        for _ in range(MAX_ROUNDS):
            with self.database.write(tenant_id) as session:
                claim = conversations.claim_turn(
                    session, tenant_id, conversation_id, self.lease_seconds
                )
            if claim is None or self.answer(claim, rich) is not TurnEnd.MORE:
                return

    def answer(self, claim: Claim, rich: bool = True) -> TurnEnd:
        """Do a claimed turn."""
        began = time.perf_counter()
        with self.database.read(claim.tenant_id) as session:
            turn = context.build(session, claim, rich)
        said = self._think(claim, turn)
        with self.database.write(claim.tenant_id) as session:
            end = store(session, claim, turn, said)
        TURN_SECONDS.labels(self.brain, "chat").observe(time.perf_counter() - began)
        return end

    def _think(self, claim: Claim, turn: Turn) -> Say | None:
        """The mind's answer; None when it failed, and then a person takes over."""
        key = f"{claim.conversation_id}:{claim.upto_seq}"
        if claim.attempts > MAX_ATTEMPTS:
            log.error("turn_given_up", conversation=claim.conversation_id, attempts=claim.attempts)
        else:
            try:
                return loop.run(self.planner_of(claim.tenant_id), turn, self.runtime, key)
            except Exception:
                # The turn's edge: a customer never waits on our bug; apologise, hand over.
                log.exception("turn_failed", conversation=claim.conversation_id)
        request = RequestPerson(reason="complex", summary=turn.text[:500])
        self.runtime.invoke(
            turn.actor, "conversations.request_person", request, key=f"{key}:failed"
        )
        return None


def store(session: Session, claim: Claim, turn: Turn, said: Say | None) -> TurnEnd:
    """Store the end of a turn: replies, memory, language and why."""
    if said is None:
        language = turn.language_hint or "en"
        apology = Reply(text=t("error.turn", language), language=language)
        result = TurnResult(replies=[apology], memory=dict(turn.memory), language=language)
        return conversations.finish_turn(session, claim, result)
    end = conversations.finish_turn(
        session,
        claim,
        TurnResult(
            replies=list(said.replies),
            memory=dict(said.memory),
            language=said.language,
            asset_id=_asset_id(session, claim.tenant_id, said.asset),
            trace=trace(said),
        ),
    )
    ended = turn_ended(session, claim, turn, said) if end is not TurnEnd.LOST else None
    if ended is not None:
        emit(session, ended)
    return end


def trace(said: Say) -> dict[str, object]:
    """Why the bot said so, for staff."""
    reading = said.reading
    return {
        "decision": said.decision,
        "confidence": round(said.confidence, 3),
        "reasons": list(said.reasons),
        "citations": [
            {"document": item.document, "section": item.section, "page": item.page}
            for item in said.citations
        ],
        "intent": reading.intent if reading else "",
        "intent_confidence": round(reading.intent_confidence, 3) if reading else 0.0,
        "sentiment": reading.sentiment if reading else 0,
        "urgency": reading.urgency if reading else "",
        "handoff_reason": said.handoff_reason,
        "timings_ms": dict(said.timings_ms),
    }


def _asset_id(session: Session, tenant_id: str, serial: str) -> str | None:
    if not serial:
        return None
    try:
        return assets.device(session, tenant_id, serial).id
    except NotFound:
        return None
