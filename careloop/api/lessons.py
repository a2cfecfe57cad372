"""What a conversation teaches the library: joins the events of the bot to `knowledge.learning`.

Questions are written down with the turn, masked, and grouped later: a turn never waits for it,
and never fails by it.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy.orm import Session

from careloop.agents.turn.events import TurnEnded
from careloop.crm_core.conversations.events import OwnerChanged
from careloop.kit.db import EVERY_TENANT, Database, savepoint
from careloop.knowledge.events import KnowledgePublished
from careloop.knowledge.learning import queries, service
from careloop.knowledge.learning.models import ABSTAINED, NOT_HELPED
from careloop.knowledge.learning.schemas import Asked, Judged

log = structlog.get_logger(__name__)


class Lessons:
    """Listens from the moment it is made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.bus.on(TurnEnded, self._turn_ended)
        database.bus.on(OwnerChanged, self._owner_changed)
        database.bus.on(KnowledgePublished, service.close_answered)

    def settle(self, tenant_id: str) -> int:
        """Group the questions that wait for it; how many."""
        with self._database.read(tenant_id) as session:
            if tenant_id not in queries.tenants_to_settle(session):
                return 0
        total = 0
        while True:
            with self._database.write(tenant_id) as session:
                done = service.settle(session, tenant_id)
            total += done
            if done < service.AT_ONCE:
                return total

    def settle_all(self) -> int:
        """Group the waiting questions of every tenant; for the sweep."""
        with self._database.read(EVERY_TENANT) as session:
            tenants = queries.tenants_to_settle(session)
        return sum(self.settle(tenant_id) for tenant_id in tenants)

    def _turn_ended(self, session: Session, event: TurnEnded) -> None:
        _safely(session, lambda: _note(session, event), "lesson_not_noted")

    def _owner_changed(self, session: Session, event: OwnerChanged) -> None:
        if event.notice != "person_joined":
            return
        _safely(
            session,
            lambda: service.note_person(session, event.tenant_id, event.conversation_id),
            "person_not_noted",
        )


def _note(session: Session, event: TurnEnded) -> None:
    if event.unknown or event.helped is False:
        service.note_question(
            session, event.tenant_id,
            Asked(
                text=event.question, lang=event.lang, model=event.model, fault=event.fault,
                reason=ABSTAINED if event.unknown else NOT_HELPED,
                conversation_id=event.conversation_id, people=list(event.people),
                identifiers=list(event.identifiers),
            ),
        )  # fmt: skip
    if event.helped is not None and event.documents:
        service.note_verdict(
            session, event.tenant_id,
            Judged(
                documents=list(event.documents), lang=event.lang, helpful=event.helped,
                question=event.question,
                conversation_id=event.conversation_id, people=list(event.people),
                identifiers=list(event.identifiers),
            ),
        )  # fmt: skip


def _safely(session: Session, act: Callable[[], None], failed: str) -> None:
    """In a savepoint: what goes wrong here must not undo the turn."""
    try:
        with savepoint(session):
            act()
    except Exception:
        # A lesson that cannot be kept may not undo the turn: the customer's answer counts more.
        log.exception(failed)
