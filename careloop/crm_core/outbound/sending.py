"""The book-keeping of sending: who sends what now, and what came of it.

A try is written down before its bytes leave. If the sender dies, the lease runs out and the
delivery goes out again with the same id: the receiver may get it twice, never not at all.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.notices import service as notices
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.outbound import payloads, queries
from careloop.crm_core.outbound.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookHealth,
)  # fmt: skip
from careloop.crm_core.outbound.policy import (
    ANSWER_BYTES,
    SLOW_MS,
    Verdict,
    gives_up,
    pause,
    throttle,
    verdict,
)  # fmt: skip
from careloop.crm_core.outbound.schemas import (
    ClaimDeliveries,
    Claimed,
    NoteAttempt,
    Outgoing,
)  # fmt: skip
from careloop.kit.actor import Actor, Role, system_actor
from careloop.kit.db import now


def claim(session: Session, actor: Actor, command: ClaimDeliveries) -> Claimed:
    """Take due deliveries of one endpoint, as many as may still be on their way to it."""
    endpoint = queries.endpoint(session, actor, command.endpoint_id)
    # The row of its health is the endpoint's turnstile: two senders count one after the other.
    state = queries.locked_health(session, endpoint)
    at = now(session)
    if not endpoint.enabled or (state.throttled_until and state.throttled_until > at):
        return Claimed(deliveries=[])
    busy = queries.on_the_way(session, actor.tenant_id, endpoint.id, at)
    room = command.together - busy
    if room < 1:
        return Claimed(deliveries=[])
    rows = queries.to_send(session, actor.tenant_id, endpoint.id, at, room)
    until = at + timedelta(seconds=command.lease_seconds)
    return Claimed(deliveries=[_begin(session, endpoint, row, until) for row in rows])


def _begin(
    session: Session, endpoint: WebhookEndpoint, row: WebhookDelivery, until: datetime
) -> Outgoing:
    at = now(session)
    message = queries.message(session, row.tenant_id, row.message_id)
    row.attempts += 1
    row.lease_until = until
    session.add(
        WebhookAttempt(
            tenant_id=row.tenant_id, delivery_id=row.id, attempt=row.attempts, begun_at=at
        )
    )
    session.flush()
    salts = [endpoint.salt]
    if endpoint.previous_until is not None and endpoint.previous_until > at:
        salts.append(endpoint.previous_salt)
    return Outgoing(
        delivery_id=row.id, attempt=row.attempts, webhook_id=row.message_id,
        endpoint_id=endpoint.id, url=endpoint.url, salts=salts, replay=row.replay,
        body=payloads.body(message, endpoint.include_personal),
    )  # fmt: skip


def note_attempt(session: Session, actor: Actor, command: NoteAttempt) -> WebhookDelivery:
    """Keep how a try ended, and decide what comes next.

    Of a try that is not the delivery's last one - its lease had run out - the outcome is kept in
    the log; only a yes still counts.
    """
    row = queries.delivery(session, actor, command.delivery_id)
    endpoint = queries.endpoint(session, actor, row.endpoint_id, lock=True)
    row = queries.delivery(session, actor, command.delivery_id, lock=True)
    _log(session, row, command)
    meaning = verdict(command.status)
    if row.state != "waiting":
        return row
    if command.attempt != row.attempts and meaning is not Verdict.DELIVERED:
        return row
    state = queries.locked_health(session, endpoint)
    row.lease_until, row.status = None, command.status
    row.error, row.duration_ms = command.error, command.duration_ms
    state.slow = command.duration_ms >= SLOW_MS
    row.touch(now(session))
    if meaning is Verdict.DELIVERED:
        row.state, row.delivered_at = "delivered", now(session)
        state.failures, state.failing_since, state.throttled_until = 0, None, None
        state.succeeded_at = now(session)
    else:
        _failed(session, endpoint, state, row, meaning, command.retry_after)
    return row


def _log(session: Session, row: WebhookDelivery, command: NoteAttempt) -> None:
    attempt = queries.attempt(session, row, command.attempt)
    if attempt is None:
        return
    attempt.status, attempt.error = command.status, command.error
    attempt.detail, attempt.duration_ms = command.detail, command.duration_ms
    # PostgreSQL keeps no text with a zero byte in it.
    attempt.answer = command.answer.replace("\x00", "\ufffd")[:ANSWER_BYTES]


def _failed(
    session: Session,
    endpoint: WebhookEndpoint,
    state: WebhookHealth,
    row: WebhookDelivery,
    meaning: Verdict,
    retry_after: int | None,
) -> None:
    at = now(session)
    state.failures += 1
    state.failing_since = state.failing_since or at
    if meaning is Verdict.THROTTLE:
        state.throttled_until = at + throttle(state.failures - 1, retry_after)
    wait = pause(row.attempts, random.random(), retry_after)
    if wait is None:
        row.state = "dead"
        if gives_up(state.failing_since, at):
            disable(session, endpoint, "it has failed for three days")
    else:
        row.next_at = at + wait
    if meaning is Verdict.GONE:
        disable(session, endpoint, "it answered 410 Gone")


def disable(session: Session, endpoint: WebhookEndpoint, reason: str) -> None:
    """Send nothing more to an endpoint, and tell those who look after the settings."""
    if not endpoint.enabled:
        return
    endpoint.disable(reason, now(session))
    endpoint.touch(now(session))
    text = f"The webhook to {endpoint.url} was disabled: {reason}. Mend it, then enable it again."
    message = Message(
        kind="webhooks", key="webhooks.disabled",
        args={"url": endpoint.url[:200], "reason": reason}, text=text[:1000],
        link=f"/settings/webhooks/{endpoint.id}", severity="warning",
        dedupe=f"webhooks.disabled:{endpoint.id}:{endpoint.version}",
    )  # fmt: skip
    users = accounts.users(session, system_actor(endpoint.tenant_id))
    keepers = [user.id for user in users if user.role in {Role.MANAGER, Role.ADMIN}]
    notices.notify(session, endpoint.tenant_id, keepers, message)
