"""What leaves is masked, what comes back is whole, what it costs is limited and counted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from model_server import ModelServer, echo, embeds, raw, says
from prometheus_client import REGISTRY
from pydantic import SecretStr

from careloop.kit.ai.budget import AiUsage, Allowance, UsageBook, estimate_tokens
from careloop.kit.ai.client import OpenAIChat, OpenAIEmbedder
from careloop.kit.ai.guarded import GuardedChat, GuardedEmbedder
from careloop.kit.ai.masking import Masker
from careloop.kit.ai.models import Models
from careloop.kit.ai.ports import Message, OverBudget, Unavailable, Usage
from careloop.kit.ai.transport import Patience, Transport
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.settings import load_settings

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PERSONAL = {
    "mail me at li.wei+crm@maker.example.com now": "li.wei+crm@maker.example.com",
    "我的手机号是13800138000，谢谢": "13800138000",
    "手机 138-0013-8000": "138-0013-8000",
    "call +49 (171) 234-5678 please": "+49 (171) 234-5678",
    "座机 010-62345678": "010-62345678",
    "phone 555-123-4567": "555-123-4567",
    "appelez le 01 42 68 53 00": "01 42 68 53 00",
    "身份证11010519491231002X": "11010519491231002X",
    "card 4111 1111 1111 1111 exp": "4111 1111 1111 1111",
    "Seriennummer SN-2024-0012345": "SN-2024-0012345",
    "序列号GS2K20240517008坏了": "GS2K20240517008",
    "رقمي ٠٥٥١٢٣٤٥٦٧": "٠٥٥١٢٣٤٥٦٧",
}
KEPT = [
    "GS-2000 报 E-217，温度 85.5 °C，换料号 YP-FN-2001 和 P-70112",
    "2026-05-12 09:30 bei 2100×1300×2050 mm, 230 V, 50/60 Hz, 1,250,000 cycles",
    "firmware 3.2.14, step 12 of 30, 1900 rpm, 0.45 MPa, LGX-24S",
    "[PHONE_1] is what it says",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_data_is_hidden_and_put_back(text: str) -> None:
    masker = Masker()
    hidden = masker.mask(text)
    assert PERSONAL[text] not in hidden and masker.count == 1
    assert masker.unmask(hidden) == text


@pytest.mark.parametrize("text", KEPT)
def test_what_the_model_needs_stays(text: str) -> None:
    assert Masker().mask(text) == text


def test_one_value_has_one_placeholder_in_all_texts() -> None:
    masker = Masker()
    first = masker.mask("13800138000 or 13900139000")
    assert first == "[PHONE_1] or [PHONE_2]"
    assert masker.mask("again 13800138000") == "again [PHONE_1]"
    assert masker.unmask("we call [phone_2], not [ PHONE 1 ]; [PHONE_9]") == (
        "we call 13900139000, not 13800138000; [PHONE_9]"
    )


def test_a_placeholder_that_a_customer_wrote_stays_his() -> None:
    masker = Masker()
    assert masker.mask("[PHONE_1] 13800138000") == "[PHONE_1] [PHONE_2]"
    assert masker.unmask("[PHONE_1] [PHONE_2]") == "[PHONE_1] 13800138000"


@given(st.text(alphabet="0123456789 -+().aE@é中X_[]PHONE\n", max_size=60))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    masker = Masker()
    assert masker.unmask(masker.mask(text)) == text


def guarded(
    server: ModelServer, book: UsageBook | None = None, allowance: Allowance | None = None
) -> GuardedChat:
    transport = Transport(server.url, None, Patience(seconds=2, attempts=1))
    book = book or UsageBook()
    return GuardedChat(OpenAIChat(transport, "m"), "t1", book, allowance or Allowance())


def test_nothing_personal_leaves(server: ModelServer) -> None:
    server.plan = [echo]
    text = "\n".join(PERSONAL)
    answer = guarded(server).complete([Message("user", text)], max_tokens=100)
    sent = json.dumps(server.requests, ensure_ascii=False)
    assert not [value for value in PERSONAL.values() if value in sent]
    assert answer.text == text


def test_values_return_into_json(server: ModelServer) -> None:
    server.plan = [says('{"phone": "[PHONE_1]", "more": ["[MAIL_1]"], "n": 2}')]
    schema = {"type": "object", "required": ["phone"]}
    lines = [Message("user", "13800138000, a@b.example")]
    answer = guarded(server).complete(lines, schema=schema, max_tokens=100)
    wanted = {"phone": "13800138000", "more": ["a@b.example"], "n": 2}
    assert json.loads(answer.text) == wanted


def test_a_call_too_large_is_not_sent(server: ModelServer) -> None:
    server.plan = [says("ok")]
    small = guarded(server, allowance=Allowance(tokens_per_call=100))
    with pytest.raises(OverBudget):
        small.complete([Message("user", "word " * 400)], max_tokens=10)
    with pytest.raises(OverBudget):
        small.complete([Message("user", "hi")], max_tokens=101)
    assert not server.requests
    assert small.complete([Message("user", "hi")], max_tokens=50).text == "ok"


def test_a_day_has_an_end_and_the_next_begins(server: ModelServer) -> None:
    clock = FixedClock(NOON)
    server.plan = [says("ok", usage=(60, 30))]
    book = UsageBook(clock=clock)
    chat = guarded(server, book, Allowance(tokens_per_day=200))
    ask = [Message("user", "hi")]
    chat.complete(ask, max_tokens=50)
    chat.complete(ask, max_tokens=10)
    with pytest.raises(OverBudget):
        chat.complete(ask, max_tokens=50)
    assert len(server.requests) == 2 and book.spent("t1", "chat") == 180
    other = GuardedChat(
        OpenAIChat(Transport(server.url), "m"), "t2", book, Allowance(tokens_per_day=200)
    )
    other.complete(ask, max_tokens=50)
    clock.advance(timedelta(days=1))
    chat.complete(ask, max_tokens=50)


def test_what_failed_costs_nothing(server: ModelServer) -> None:
    server.plan = [raw(401)]
    book = UsageBook()
    with pytest.raises(Unavailable):
        guarded(server, book).complete([Message("user", "hi")], max_tokens=50)
    assert book.spent("t1", "chat") == 0


def test_processes_add_to_one_count_and_a_restart_forgets_nothing(database: Database) -> None:
    allowance = Allowance(tokens_per_day=1000)
    first, second = UsageBook(database), UsageBook(database)
    for book in (first, second, first):
        key = book.reserve("t1", "chat", 100, allowance)
        book.settle(key, 100, Usage(200, 50, 0.5))
    first.save()
    second.save()
    first.save()
    assert second.spent("t1", "chat") == 750
    fresh = UsageBook(database)
    assert fresh.spent("t1", "chat") == 750
    with pytest.raises(OverBudget):
        fresh.reserve("t1", "chat", 251, allowance)
    with database.read() as session:
        row = session.query(AiUsage).one()
        assert (row.calls, row.tokens_in, row.tokens_out) == (3, 600, 150)
        assert row.seconds == pytest.approx(1.5)


def test_counting_does_not_wait_for_a_writer(sqlite_database: Database) -> None:
    book = UsageBook(sqlite_database)
    with sqlite_database.write():
        key = book.reserve("t1", "chat", 10, Allowance())
        book.settle(key, 10, Usage(5, 5, 0.1))
    book.save()
    assert UsageBook(sqlite_database).spent("t1", "chat") == 10


def test_a_trace_has_figures_and_no_content(server: ModelServer) -> None:
    server.plan = [says("the secret answer")]
    before = REGISTRY.get_sample_value(
        "careloop_ai_calls_total", {"kind": "chat", "outcome": "ok"}
    )  # fmt: skip
    with structlog.testing.capture_logs() as lines:
        guarded(server).complete([Message("user", "the secret, 13800138000")], max_tokens=9)
    after = REGISTRY.get_sample_value(
        "careloop_ai_calls_total", {"kind": "chat", "outcome": "ok"}
    )  # fmt: skip
    assert after == (before or 0) + 1
    trace: dict[str, Any] = next(dict(line) for line in lines if line["event"] == "ai_call")
    assert trace["sent"] == 7 and trace["received"] == 3 and trace["masked"] == 1
    assert "secret" not in str(lines) and "138" not in str(lines)


def test_texts_for_vectors_are_masked_and_counted(server: ModelServer) -> None:
    server.plan = [embeds()]
    book = UsageBook()
    inner = OpenAIEmbedder(Transport(server.url), "e")
    embedder = GuardedEmbedder(inner, "t1", book, Allowance(tokens_per_day=100))
    vectors = embedder.embed(["call 13800138000", "call 13900139000"], "passage")
    assert server.requests[0]["input"] == ["call [PHONE_1]", "call [PHONE_1]"]
    assert np.allclose(vectors[0], vectors[1])
    assert book.spent("t1", "embed") == 2 * estimate_tokens("call [PHONE_1]")
    with pytest.raises(OverBudget):
        embedder.embed(["word " * 90], "passage")


def test_the_settings_choose(server: ModelServer) -> None:
    none = Models(load_settings())
    assert none.chat("t1") is None and none.embedder("t1") is None
    server.plan = [says("hi")]
    settings = load_settings(
        llm_base_url=server.url, llm_model="m", llm_api_key=SecretStr("sk-of-chat"),
        embed_provider="openai", embed_model="e", embed_base_url=server.url,
    )  # fmt: skip
    models = Models(settings)
    chat, embedder = models.chat("t1"), models.embedder("t1")
    assert chat is not None and embedder is not None
    chat.complete([Message("user", "hi")], max_tokens=5)
    assert server.headers[-1]["Authorization"] == "Bearer sk-of-chat"
    server.plan = [embeds()]
    embedder.embed(["a"])
    assert "Authorization" not in server.headers[-1]
    assert "sk-of-chat" not in repr(settings)
    models.close()
