"""Outgoing webhooks in the books: the outbox, what is withheld, when it is tried again."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from careloop.crm_core.notices.models import Notice
from careloop.crm_core.outbound import policy, service
from careloop.crm_core.outbound.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)  # fmt: skip
from careloop.crm_core.outbound.schemas import (
    ClaimDeliveries,
    Claimed,
    DeliveryView,
    EndpointMade,
    NoteAttempt,
    Outgoing,
    Replayed,
)  # fmt: skip
from careloop.crm_core.outbound.signing import headers, signature
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import Clock, FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden
from careloop.tools.runtime import Runtime

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
URL = "https://hooks.example.com/in"


@pytest.fixture
def clock() -> Clock:
    return FixedClock(AT)


@pytest.fixture
def runtime(database: Database) -> Runtime:
    return Runtime(database)


def endpoint(runtime: Runtime, admin: Actor, *events: str, **more: Any) -> str:
    given = {"url": URL, "events": list(events) or ["*"], **more}
    made = runtime.invoke(admin, "webhooks.add_endpoint", given)
    return EndpointMade.model_validate(made).endpoint.id


def tell(database: Database, tenant: str, key: str = "", n: str = "N-1", **more: Any) -> int:
    with database.write(tenant) as session:
        return service.deliver(
            session, tenant, "note.made", {"n": 1}, key, object="note", key=n, **more
        )


def claim(runtime: Runtime, tenant: str, endpoint_id: str, together: int = 50) -> list[Outgoing]:
    asked = ClaimDeliveries(endpoint_id=endpoint_id, together=together)
    return Claimed.model_validate(
        runtime.invoke(system_actor(tenant), "webhooks.claim", asked)
    ).deliveries


def note(runtime: Runtime, tenant: str, letter: Outgoing, status: int | None, **more: Any) -> None:
    told = NoteAttempt.model_validate(
        {
            "delivery_id": letter.delivery_id, "attempt": letter.attempt, "status": status,
            "duration_ms": 12, "error": "" if status else "connect", **more,
        }
    )  # fmt: skip
    runtime.invoke(system_actor(tenant), "webhooks.note_attempt", told)


def rows(database: Database, model: Any) -> list[Any]:
    with database.read("*") as session:
        found = list(session.scalars(select(model)))
        session.expunge_all()
        return found


def test_the_signature_is_the_specifications_own() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    said = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    both = headers([secret, b"x" * 32], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert both["webhook-signature"].split(" ")[0] == said
    assert len(both["webhook-signature"].split(" ")) == 2


def test_the_times_are_the_specifications_own() -> None:
    seconds = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    for attempts, usual in enumerate(seconds, 1):
        low, high = policy.pause(attempts, 0.0), policy.pause(attempts, 1.0)
        assert low is not None and high is not None
        assert low == timedelta(seconds=usual * 0.8)
        assert high == timedelta(seconds=usual * 1.2)
    assert policy.pause(10, 0.5) is None
    assert policy.pause(1, 0.5, retry_after=100) == timedelta(seconds=100)
    assert policy.pause(3, 0.5, retry_after=1) == timedelta(minutes=30)
    assert policy.pause(1, 0.5, retry_after=10**8) == policy.LONGEST_WISH
    meanings = {200: "delivered", 204: "delivered", 302: "retry", 400: "retry", 404: "retry",
                410: "gone", 429: "throttle", 500: "retry", 502: "throttle", 504: "throttle",
                None: "retry"}  # fmt: skip
    assert {status: policy.verdict(status).value for status in meanings} == meanings


def test_a_fact_that_is_undone_is_never_told(
    database: Database, runtime: Runtime, tenant: str, admin: Actor
) -> None:
    endpoint(runtime, admin)
    with pytest.raises(RuntimeError), database.write(tenant) as session:
        service.deliver(session, tenant, "note.made", {}, "k")
        raise RuntimeError
    assert rows(database, WebhookMessage) == []
    assert tell(database, tenant, "k") == 1
    assert tell(database, tenant, "k") == 0, "the same key is told once"
    assert len(rows(database, WebhookDelivery)) == 1


def test_only_who_listens_is_told_and_numbers_follow_each_object(
    database: Database, runtime: Runtime, tenant: str, admin: Actor
) -> None:
    assert tell(database, tenant) == 0
    assert rows(database, WebhookMessage) == [], "nothing is written where nobody listens"
    all_of_it = endpoint(runtime, admin, "note.*")
    exact = endpoint(runtime, admin, "note.made", "ticket.opened")
    other = endpoint(runtime, admin, "ticket.*")
    for name in ("N-1", "N-2", "N-1"):
        assert tell(database, tenant, n=name) == 2
    assert claim(runtime, tenant, other) == []
    for one in (all_of_it, exact):
        bodies = [letter.body for letter in claim(runtime, tenant, one)]
        assert ['"key":"N-1","sequence":1' in bodies[0], '"key":"N-2","sequence":1' in bodies[1],
                '"key":"N-1","sequence":2' in bodies[2]] == [True] * 3  # fmt: skip


def test_a_ticket_is_told_as_rest_shows_it_without_what_is_personal(
    database: Database, runtime: Runtime, tenant: str, admin: Actor
) -> None:
    plain = endpoint(runtime, admin, "ticket.*")
    system = system_actor(tenant)
    opened = {"title": "Frau Muster calls", "callback_phone": "+4930123456", "priority": "high"}
    runtime.invoke(system, "tickets.open", opened)
    assert rows(database, WebhookMessage)[0].whole_data is None, "what nobody may see is not kept"
    whole = endpoint(runtime, admin, "ticket.*", include_personal=True)
    ticket = runtime.invoke(system, "tickets.open", opened).model_dump()
    runtime.invoke(system, "tickets.change", {"number": ticket["number"], "priority": "low"})
    letters = claim(runtime, tenant, plain)
    assert [letter.body.split('"')[3] for letter in letters] == [
        "ticket.opened", "ticket.opened", "ticket.changed",
    ]  # fmt: skip
    for letter in letters:
        assert "Muster" not in letter.body and "+49" not in letter.body
        assert '"withheld":["callback_phone",' in letter.body
    assert '"change":{"fields":["priority"]}' in letters[2].body
    assert '"priority":"low"' in letters[2].body
    told = claim(runtime, tenant, whole)
    assert all("Muster" in letter.body and "+4930123456" in letter.body for letter in told)
    assert all(len(letter.body.encode()) < policy.MAX_BODY for letter in letters + told)
    runtime.invoke(system, "tickets.open", {**opened, "description": "long " * 4000})
    assert '"record":null' in claim(runtime, tenant, whole)[-1].body


def test_a_sender_that_dies_loses_nothing_and_the_id_stays(
    database: Database, runtime: Runtime, tenant: str, admin: Actor, clock: FixedClock
) -> None:
    one = endpoint(runtime, admin)
    tell(database, tenant)
    (first,) = claim(runtime, tenant, one)
    assert claim(runtime, tenant, one) == [], "somebody has it"
    clock.advance(timedelta(seconds=61))
    (second,) = claim(runtime, tenant, one)
    assert (second.webhook_id, second.body) == (first.webhook_id, first.body)
    assert (first.attempt, second.attempt) == (1, 2)
    note(runtime, tenant, first, 500)
    assert rows(database, WebhookDelivery)[0].state == "waiting", "an old failure decides nothing"
    note(runtime, tenant, second, 200)
    note(runtime, tenant, second, 500)
    (row,) = rows(database, WebhookDelivery)
    assert (row.state, row.attempts, row.lease_until) == ("delivered", 2, None)


def test_one_endpoint_has_few_letters_on_their_way(
    database: Database, runtime: Runtime, tenant: str, admin: Actor
) -> None:
    one = endpoint(runtime, admin)
    for _ in range(5):
        tell(database, tenant)
    first = claim(runtime, tenant, one, together=2)
    assert len(first) == 2
    assert claim(runtime, tenant, one, together=2) == []
    note(runtime, tenant, first[0], 204)
    assert len(claim(runtime, tenant, one, together=2)) == 1


def test_ten_tries_then_it_is_dead_and_the_endpoint_rests(
    database: Database, runtime: Runtime, tenant: str, admin: Actor, clock: FixedClock
) -> None:
    one = endpoint(runtime, admin)
    tell(database, tenant)
    tries = 0
    while rows(database, WebhookDelivery)[0].state == "waiting":
        for letter in claim(runtime, tenant, one):
            tries += 1
            note(runtime, tenant, letter, None)
        clock.advance(timedelta(minutes=1) if tries < 3 else timedelta(hours=1))
    assert tries == 10
    assert clock.now() - AT > timedelta(days=2, hours=12)
    found = rows(database, WebhookEndpoint)[0]
    if found.state == "disabled":
        assert found.disabled_reason == "it has failed for three days"
    assert len(rows(database, WebhookAttempt)) == 10


def test_410_disables_with_a_notice_and_what_waits_goes_out_when_enabled(
    database: Database, runtime: Runtime, tenant: str, admin: Actor, clock: FixedClock
) -> None:
    one = endpoint(runtime, admin)
    tell(database, tenant)
    tell(database, tenant)
    first, second = claim(runtime, tenant, one)
    note(runtime, tenant, first, 410)
    assert rows(database, WebhookEndpoint)[0].state == "disabled"
    (notice,) = rows(database, Notice)
    assert (notice.key, notice.user_id) == ("webhooks.disabled", admin.user_id)
    note(runtime, tenant, second, 200)
    clock.advance(timedelta(hours=1))
    assert claim(runtime, tenant, one) == []
    assert tell(database, tenant) == 0
    with pytest.raises(Conflict):
        runtime.invoke(admin, "webhooks.test_endpoint", {"endpoint_id": one})
    runtime.invoke(admin, "webhooks.enable_endpoint", {"endpoint_id": one})
    assert [letter.webhook_id for letter in claim(runtime, tenant, one)] == [first.webhook_id]


def test_429_lets_the_whole_endpoint_rest(
    database: Database, runtime: Runtime, tenant: str, admin: Actor, clock: FixedClock
) -> None:
    one = endpoint(runtime, admin)
    for _ in range(3):
        tell(database, tenant)
    note(runtime, tenant, claim(runtime, tenant, one, together=1)[0], 429, retry_after=120)
    clock.advance(timedelta(seconds=119))
    assert claim(runtime, tenant, one) == []
    clock.advance(timedelta(seconds=2))
    assert len(claim(runtime, tenant, one)) == 3


def test_a_replay_has_the_same_id_and_is_marked(
    database: Database, runtime: Runtime, tenant: str, admin: Actor, clock: FixedClock
) -> None:
    one = endpoint(runtime, admin)
    for _ in range(3):
        tell(database, tenant)
        clock.advance(timedelta(minutes=1))
    letters = claim(runtime, tenant, one)
    with pytest.raises(Conflict, match="still waits"):
        runtime.invoke(admin, "webhooks.replay", {"delivery_id": letters[0].delivery_id})
    for letter, status in zip(letters, (200, 200, 200), strict=True):
        note(runtime, tenant, letter, status)
    again = runtime.invoke(admin, "webhooks.replay", {"delivery_id": letters[0].delivery_id})
    view = DeliveryView.model_validate(again)
    assert (view.webhook_id, view.replay) == (letters[0].webhook_id, 1)
    (sent,) = claim(runtime, tenant, one)
    assert (sent.body, sent.replay) == (letters[0].body, 1)
    note(runtime, tenant, sent, 200)
    span = {"since": AT, "until": AT + timedelta(minutes=2), "state": None}
    told = Replayed.model_validate(runtime.invoke(admin, "webhooks.replay_range", span))
    assert (told.deliveries, told.more) == (2, False)
    assert sorted(letter.replay for letter in claim(runtime, tenant, one)) == [1, 2]
    nothing = Replayed.model_validate(runtime.invoke(admin, "webhooks.replay_range", span))
    assert nothing.deliveries == 0, "what waits already is not sent twice"


def test_what_ended_long_ago_is_forgotten(
    database: Database, runtime: Runtime, tenant: str, admin: Actor, clock: FixedClock
) -> None:
    one = endpoint(runtime, admin)
    tell(database, tenant)
    tell(database, tenant)
    note(runtime, tenant, claim(runtime, tenant, one)[0], 200)
    clock.advance(timedelta(days=31))
    runtime.invoke(system_actor(tenant), "webhooks.forget_old", {})
    assert [row.state for row in rows(database, WebhookDelivery)] == ["waiting"]
    runtime.invoke(admin, "webhooks.change_endpoint", {"endpoint_id": one, "enabled": False})
    clock.advance(timedelta(days=60))
    runtime.invoke(system_actor(tenant), "webhooks.forget_old", {})
    assert [row.state for row in rows(database, WebhookDelivery)] == ["dead"]
    clock.advance(timedelta(days=91))
    runtime.invoke(system_actor(tenant), "webhooks.forget_old", {})
    assert rows(database, WebhookMessage) == rows(database, WebhookAttempt) == []


def test_nothing_of_a_secret_lies_in_the_books(
    database: Database, runtime: Runtime, tenant: str, admin: Actor, clock: FixedClock
) -> None:
    made = EndpointMade.model_validate(
        runtime.invoke(admin, "webhooks.add_endpoint", {"url": URL, "events": ["*"]})
    )
    asked = {"endpoint_id": made.endpoint.id, "overlap_hours": 2}
    turned = EndpointMade.model_validate(runtime.invoke(admin, "webhooks.rotate_secret", asked))
    assert turned.salt != made.salt
    tell(database, tenant)
    (letter,) = claim(runtime, tenant, made.endpoint.id)
    assert letter.salts == [turned.salt, made.salt]
    clock.advance(timedelta(hours=2, seconds=1))
    (letter,) = claim(runtime, tenant, made.endpoint.id)
    assert letter.salts == [turned.salt]
    with pytest.raises(Forbidden):
        runtime.invoke(Actor(tenant, admin.role, admin.user_id), "webhooks.rotate_secret", asked)
    runtime.invoke(admin, "webhooks.remove_endpoint", {"endpoint_id": made.endpoint.id})
    assert rows(database, WebhookDelivery) == rows(database, WebhookEndpoint) == []
