"""Ids ascend, instants come back as they went in, on both databases."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careloop.crm_core.conversations.models import Conversation
from careloop.crm_core.customers.models import Contact
from careloop.kit import ids
from careloop.kit.clock import FixedClock, as_utc, iso
from careloop.kit.db import Database
from careloop.kit.ids import ID_LENGTH, new_id, new_secret

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.builds(
    lambda seconds, micro, zone: datetime.fromtimestamp(seconds, zone).replace(microsecond=micro),
    st.integers(10**8, 7 * 10**9), st.integers(0, 999_999), zones,
)  # fmt: skip


def test_ids_made_in_one_thread_ascend() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert all(re.fullmatch(rf"[0-9a-hjkmnp-tv-z]{{{ID_LENGTH}}}", item) for item in made)


def test_ids_made_in_many_threads_are_unique_and_ascend_in_each() -> None:
    with ThreadPoolExecutor(8) as pool:
        lists = list(pool.map(lambda _: [new_id() for _ in range(500)], range(8)))
    assert all(made == sorted(made) for made in lists)
    assert len({item for made in lists for item in made}) == 8 * 500


def test_ids_ascend_when_the_machine_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000_000)
    assert new_id() > before


def test_secrets_are_long_and_never_the_same() -> None:
    assert len({new_secret() for _ in range(1000)}) == 1000
    assert min(len(new_secret()) for _ in range(100)) >= 43


@given(instants)
def test_iso_names_the_same_instant_in_utc(at: datetime) -> None:
    text = iso(at)
    assert text.endswith("Z")
    assert abs(datetime.fromisoformat(text) - at) < timedelta(milliseconds=1)


@given(st.datetimes())
def test_a_naive_time_is_taken_as_utc(at: datetime) -> None:
    assert as_utc(at) == at.replace(tzinfo=UTC)


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8))))
    assert clock.now() == clock.now() == datetime(2025, 12, 31, 16, tzinfo=UTC)
    clock.advance(timedelta(minutes=1))
    assert clock.now().minute == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=instants)
def test_an_instant_is_stored_and_compared_exactly(
    database: Database, tenant: str, at: datetime
) -> None:
    with database.write() as session:
        contact = Contact(tenant_id=tenant, id=new_id())
        session.add(contact)
        session.flush()
        row = Conversation(
            tenant_id=tenant, id=new_id(), channel="web", contact_id=contact.id, last_message_at=at
        )
        session.add(row)
        key = (tenant, row.id)
    with database.read() as session:
        found = session.get_one(Conversation, key)
        assert found.last_message_at == at
        assert found.last_message_at.tzinfo is UTC
        query = session.query(Conversation).filter(Conversation.id == key[1])
        earlier = query.filter(Conversation.last_message_at < at)
        assert query.filter(Conversation.last_message_at <= at).count() == 1
        assert earlier.count() == 0
