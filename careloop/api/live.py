"""Live connections: who watches which conversation, woken when something is committed.

The database is the truth: a wake-up carries no content, the socket reads what is new by `seq`.
Wake-ups of other processes arrive through `Poller`, at most `POLL_SECONDS` later.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import structlog

from careloop.crm_core.accounts.events import SessionsEnded
from careloop.crm_core.conversations import queries
from careloop.crm_core.conversations.events import ConversationChanged, CustomerWaits
from careloop.crm_core.dispatch import snapshot_queries as dispatch
from careloop.crm_core.dispatch.events import BoardChanged
from careloop.crm_core.notices.events import NoticeCreated
from careloop.kit.clock import Clock
from careloop.kit.db import EVERY_TENANT, Database

log = structlog.get_logger(__name__)

POLL_SECONDS = 1.0
QUEUE_SIZE = 200
RECHECK = "recheck"
Frame = dict[str, Any]


class Hub:
    """Fans frames out to subscribers; thread-safe to publish to, losable by design."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._subscribers: dict[str, set[asyncio.Queue[Frame]]] = defaultdict(set)

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def listen(self, database: Database) -> None:
        """Publish what the books commit."""
        database.bus.after(ConversationChanged, self._changed)
        database.bus.after(CustomerWaits, self._waits)
        database.bus.after(NoticeCreated, self._notice)
        database.bus.after(SessionsEnded, self._ended)
        database.bus.after(BoardChanged, self._board)

    def publish(self, topic: str, frame: Frame) -> None:
        """Hand a frame to all subscribers of a topic, from any thread."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        with contextlib.suppress(RuntimeError):  # the loop may close between the two lines
            loop.call_soon_threadsafe(self._deliver, topic, frame)

    @contextlib.asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[asyncio.Queue[Frame]]:
        """A queue that gets the topic's frames while the block runs."""
        queue: asyncio.Queue[Frame] = asyncio.Queue(QUEUE_SIZE)
        self._subscribers[topic].add(queue)
        try:
            yield queue
        finally:
            self._subscribers[topic].discard(queue)
            if not self._subscribers[topic]:
                del self._subscribers[topic]

    def _deliver(self, topic: str, frame: Frame) -> None:
        for queue in self._subscribers.get(topic, ()):
            if not queue.full():  # a slow reader loses wake-ups, never messages
                queue.put_nowait(frame)

    def _changed(self, event: ConversationChanged) -> None:
        self.changed(event.tenant_id, event.conversation_id)

    def changed(self, tenant_id: str, conversation_id: str) -> None:
        self.publish(chat_topic(conversation_id), {"type": "changed"})
        self.publish(desk_topic(tenant_id), {"type": "conversation", "id": conversation_id})

    def _waits(self, event: CustomerWaits) -> None:
        frame = {"type": "waiting", "id": event.conversation_id, "reason": event.reason}
        self.publish(desk_topic(event.tenant_id), frame)

    def _notice(self, event: NoticeCreated) -> None:
        frame = {"type": "notice", "user": event.user_id}
        self.publish(desk_topic(event.tenant_id), frame)

    def _board(self, event: BoardChanged) -> None:
        self.board(event.tenant_id, event.revision)

    def board(self, tenant_id: str, revision: int) -> None:
        """Whoever shows engineers, visits or jobs reads them again."""
        self.publish(desk_topic(tenant_id), {"type": "dispatch", "revision": revision})

    def _ended(self, event: SessionsEnded) -> None:
        """The sockets of that user look again whether their login still stands."""
        frame = {"type": RECHECK, "user": event.user_id}
        self.publish(desk_topic(event.tenant_id), frame)


def chat_topic(conversation_id: str) -> str:
    return f"chat:{conversation_id}"


def desk_topic(tenant_id: str) -> str:
    return f"desk:{tenant_id}"


async def poll_changes(hub: Hub, database: Database, clock: Clock) -> None:
    """Wake this process's sockets for what other processes committed."""
    since = clock.now()
    boards: dict[str, int] | None = None
    while True:
        await asyncio.sleep(POLL_SECONDS)
        # Rows become visible some time after their stamp was taken; look back a little.
        read_from, since = since - timedelta(seconds=2), clock.now()
        try:
            for tenant_id, conversation_id in await asyncio.to_thread(
                _changed_since, database, read_from
            ):
                hub.changed(tenant_id, conversation_id)
            seen = await asyncio.to_thread(_revisions, database)
            for tenant_id, revision in seen.items():
                if boards is not None and boards.get(tenant_id) != revision:
                    hub.board(tenant_id, revision)
            boards = seen
        except Exception:
            # The worker's loop: one failed look must not end all later ones.
            log.exception("poll_failed")


def _revisions(database: Database) -> dict[str, int]:
    with database.read(EVERY_TENANT) as session:
        return dispatch.all_revisions(session)


def _changed_since(database: Database, since: Any) -> list[tuple[str, str]]:
    with database.read(EVERY_TENANT) as session:
        return queries.changed_since(session, since)
