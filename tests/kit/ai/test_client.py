"""The client against a real server: what it sends, what it forgives, what it gives up on."""

from __future__ import annotations

import email.utils
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from model_server import ModelServer, cut, drips, echo, embeds, raw, refuses, says, silent
from pydantic import SecretStr

from careloop.kit.ai.client import OpenAIChat, OpenAIEmbedder
from careloop.kit.ai.ports import BadAnswer, Message, RateLimited, Refused, Unavailable
from careloop.kit.ai.transport import Patience, Transport

SCHEMA = {
    "type": "object",
    "properties": {"intent": {"type": "string"}},
    "required": ["intent"],
    "additionalProperties": False,
}
HELLO = [Message("system", "Be brief."), Message("user", "你好")]
QUICK = Patience(seconds=1.5, connect=0.5, between=0.3, attempts=3, max_bytes=200_000)


def transport(server: ModelServer, pauses: list[float] | None = None) -> Transport:
    note = (lambda _: None) if pauses is None else pauses.append
    return Transport(server.url + "/", SecretStr("sk-secret"), QUICK, note)


def chat(server: ModelServer, pauses: list[float] | None = None) -> OpenAIChat:
    return OpenAIChat(transport(server, pauses), "some-model")


def test_a_plain_answer(server: ModelServer) -> None:
    server.plan = [says("Hello!")]
    answer = chat(server).complete(HELLO, max_tokens=50, temperature=0.2)
    assert answer.text == "Hello!"
    assert (answer.usage.tokens_in, answer.usage.tokens_out, answer.usage.tokens) == (7, 3, 10)
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["Authorization"] == "Bearer sk-secret"
    assert server.requests[0] == {
        "model": "some-model", "max_tokens": 50, "temperature": 0.2,
        "messages": [
            {"role": "system", "content": "Be brief."}, {"role": "user", "content": "你好"},
        ],
    }  # fmt: skip


def test_tokens_are_estimated_where_the_server_does_not_count(server: ModelServer) -> None:
    server.plan = [says("四个汉字", usage=None)]
    usage = chat(server).complete(HELLO, max_tokens=50).usage
    assert usage.tokens_in > 0 and usage.tokens_out >= 4


def test_thoughts_are_not_the_answer(server: ModelServer) -> None:
    server.plan = [says("<think>\nhm {\n</think>\n\nYes.")]
    assert chat(server).complete(HELLO, max_tokens=50).text == "Yes."


@pytest.mark.parametrize("text", ['{"intent": "ask"}', '```json\n{"intent": "ask"}\n```'])
def test_an_object_by_schema(server: ModelServer, text: str) -> None:
    server.plan = [says(text)]
    answer = chat(server).complete(HELLO, schema=SCHEMA, max_tokens=50)
    assert json.loads(answer.text) == {"intent": "ask"}
    sent = server.requests[0]["response_format"]
    assert sent["type"] == "json_schema" and sent["json_schema"]["schema"] == SCHEMA


def test_json_mode_where_schemas_are_not_known_and_that_is_remembered(server: ModelServer) -> None:
    asker = chat(server)
    server.plan = [refuses("response_format: unknown type"), says('{"intent": "ask"}')]
    asker.complete(HELLO, schema=SCHEMA, max_tokens=50)
    asker.complete(HELLO, schema=SCHEMA, max_tokens=50)
    asked = [request["response_format"]["type"] for request in server.requests]
    assert asked == ["json_schema", "json_object", "json_object"]
    lines = server.requests[1]["messages"]
    assert [line["role"] for line in lines] == ["system", "system", "user"]
    assert json.dumps(SCHEMA) in lines[1]["content"]


def test_words_alone_where_json_mode_is_not_known(server: ModelServer) -> None:
    server.plan = [refuses("no"), refuses("no"), says('{"intent": "ask"}')]
    chat(server).complete(HELLO, schema=SCHEMA, max_tokens=50)
    assert "response_format" not in server.requests[2]


def test_a_request_that_is_wrong_in_itself_teaches_nothing(server: ModelServer) -> None:
    asker = chat(server)
    server.plan = [refuses("too long")]
    with pytest.raises(Refused) as refused:
        asker.complete(HELLO, schema=SCHEMA, max_tokens=50)
    assert refused.value.http_status == 400 and "too long" not in refused.value.message
    server.plan = [says('{"intent": "ask"}')]
    asker.complete(HELLO, schema=SCHEMA, max_tokens=50)
    assert server.requests[-1]["response_format"]["type"] == "json_schema"


def test_newer_parameters_are_learned(server: ModelServer) -> None:
    server.plan = [
        refuses("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        refuses("Unsupported value: 'temperature' does not support 0."),
        says("ok"),
    ]
    asker = chat(server)
    asker.complete(HELLO, max_tokens=50)
    asker.complete(HELLO, max_tokens=60)
    assert server.requests[-1].keys() == {"model", "messages", "max_completion_tokens"}
    assert len(server.requests) == 4


def test_prose_instead_of_json_is_asked_for_once_more(server: ModelServer) -> None:
    server.plan = [says("Sure! Here you go"), says('{"intent": "ask"}')]
    answer = chat(server).complete(HELLO, schema=SCHEMA, max_tokens=50)
    assert answer.usage.tokens == 20


@pytest.mark.parametrize(
    "text", ["no json", "[1]", '{"other": 1}', '{"intent": ', "[" * 100_000, "{}"]
)
def test_what_is_not_the_object_is_a_bad_answer(server: ModelServer, text: str) -> None:
    server.plan = [says(text)]
    with pytest.raises(BadAnswer):
        chat(server).complete(HELLO, schema=SCHEMA, max_tokens=50)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        says("cut of", ending="length"), says("", ending="stop"), says(None), says("  \n"),
        says("x", ending="content_filter"), says("<think>only thoughts</think>"),
        raw(200, b"<html>proxy</html>"), raw(200, b"{}"), raw(200, b"[]"), raw(200, b"null"),
        raw(200, b'{"choices": []}'), raw(200, b'{"choices": [null]}'), raw(200, b""),
        raw(200, b'{"choices": [{"message": {"content": "a"}}], "usage": 3}'),
        raw(200, b"\xff\xfe\x00"), raw(200, b"{" + b'"a":[' * 50_000),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_a_bad_answer(server: ModelServer, reply: object) -> None:
    server.plan = [reply]  # type: ignore[list-item]
    with pytest.raises(BadAnswer):
        chat(server).complete(HELLO, max_tokens=50)


def test_a_huge_answer_is_not_read_to_its_end(server: ModelServer) -> None:
    server.plan = [raw(200, b" " * 3_000_000)]
    with pytest.raises(BadAnswer, match="too large"):
        chat(server).complete(HELLO, max_tokens=50)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529, 408, 429])
def test_a_failure_that_may_pass_is_tried_again(server: ModelServer, status: int) -> None:
    server.plan = [raw(status), raw(status), says("at last")]
    pauses: list[float] = []
    assert chat(server, pauses).complete(HELLO, max_tokens=5).text == "at last"
    assert 0.2 <= pauses[0] <= 0.6 and 0.4 <= pauses[1] <= 1.2


def test_a_cut_connection_is_tried_again(server: ModelServer) -> None:
    server.plan = [cut, says("whole")]
    assert chat(server).complete(HELLO, max_tokens=5).text == "whole"


def test_a_server_that_stays_broken_is_given_up(server: ModelServer) -> None:
    server.plan = [raw(500)]
    with pytest.raises(Unavailable):
        chat(server).complete(HELLO, max_tokens=5)
    assert len(server.requests) == QUICK.attempts
    server.plan = [cut]
    with pytest.raises(Unavailable):
        chat(server).complete(HELLO, max_tokens=5)


def test_the_pause_that_the_server_names_is_kept(server: ModelServer) -> None:
    pauses: list[float] = []
    server.plan = [raw(429, Retry_After="0.7"), raw(503, Retry_After="0.6"), says("ok")]
    chat(server, pauses).complete(HELLO, max_tokens=5)
    assert pauses == [0.7, 0.6]


@pytest.mark.parametrize("dated", [False, True])
def test_a_pause_beyond_the_limit_is_not_waited_for(server: ModelServer, dated: bool) -> None:
    pauses: list[float] = []
    header = email.utils.formatdate(time.time() + 60, usegmt=True) if dated else "30"
    server.plan = [raw(429, Retry_After=header)]
    with pytest.raises(RateLimited) as refused:
        chat(server, pauses).complete(HELLO, max_tokens=5)
    assert not pauses and len(server.requests) == 1
    assert 25 <= refused.value.retry_after <= 61


@pytest.mark.parametrize("header", ["soon", "-5", "", "nan"])
def test_a_strange_pause_is_one_of_ours(server: ModelServer, header: str) -> None:
    pauses: list[float] = []
    server.plan = [raw(429, Retry_After=header), says("ok")]
    chat(server, pauses).complete(HELLO, max_tokens=5)
    assert 0 < pauses[0] < 1


@pytest.mark.parametrize("status", [401, 403, 404, 301, 302, 400])
def test_a_refusal_is_not_repeated(server: ModelServer, status: int) -> None:
    server.plan = [raw(status, Location="http://127.0.0.1:1/steal")]
    with pytest.raises(Unavailable):
        chat(server).complete(HELLO, max_tokens=5)
    assert len(server.requests) == 1


@pytest.mark.parametrize("reply", [silent(4), drips(0.05), drips(1.0)])
def test_a_slow_server_does_not_hold_us(server: ModelServer, reply: object) -> None:
    server.plan = [reply]  # type: ignore[list-item]
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        chat(server).complete(HELLO, max_tokens=5)
    assert time.monotonic() - begun < QUICK.seconds + QUICK.between + 0.7


def test_a_call_may_have_less_time(server: ModelServer) -> None:
    server.plan = [silent(1.2)]
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        chat(server).complete(HELLO, max_tokens=5, seconds=0.2)
    assert time.monotonic() - begun < 1


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    pauses: list[float] = []
    with pytest.raises(Unavailable):
        Transport(url, None, QUICK, pauses.append).post("/x", {})
    assert len(pauses) == QUICK.attempts - 1


@pytest.mark.parametrize("url", ["", "not a url", "http://", "http://[::1", "ftp://x"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(Unavailable):
        Transport(url, None, QUICK, lambda _: None).post("/x", {})


def test_many_threads_share_one_client(server: ModelServer) -> None:
    server.plan = [echo]
    asker = chat(server)
    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(
            lambda at: asker.complete([Message("user", f"{at}")], max_tokens=5).text, range(60)
        ))  # fmt: skip
    assert said == [str(at) for at in range(60)]


def test_the_key_is_not_told() -> None:
    assert "sk-secret" not in repr(vars(Transport("http://x", SecretStr("sk-secret"))))


def test_vectors_come_back_in_order_and_of_length_one(server: ModelServer) -> None:
    server.plan = [embeds(dims=5)]
    embedder = OpenAIEmbedder(transport(server), "e5", prefixes=True)
    texts = ["x" * at for at in range(150)]
    vectors = embedder.embed(texts, "passage")
    assert vectors.shape == (150, 5) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert [len(request["input"]) for request in server.requests] == [64, 64, 22]
    assert server.requests[0]["input"][1] == "passage: x"
    assert np.allclose(vectors[149], embedder.embed([texts[149]], "passage")[0])
    assert embedder.dims == 5
    assert embedder.embed([]).shape == (0, 5)
    assert embedder.id != OpenAIEmbedder(transport(server), "e5").id


@pytest.mark.parametrize(
    "body",
    [
        b"{}", b'{"data": []}', b'{"data": [{"index": 1, "embedding": [1.0]}]}',
        b'{"data": [{"index": 0, "embedding": []}]}', b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": 0, "embedding": ["a"]}]}', b'{"data": 3}',
        b'{"data": [{"index": 0, "embedding": [NaN]}]}', b"nonsense",
    ],
)  # fmt: skip
def test_what_is_no_vector_is_a_bad_answer(server: ModelServer, body: bytes) -> None:
    server.plan = [raw(200, body)]
    with pytest.raises(BadAnswer):
        OpenAIEmbedder(transport(server), "e5").embed(["a"])


def test_vectors_may_not_change_their_length(server: ModelServer) -> None:
    embedder = OpenAIEmbedder(transport(server), "e5")
    server.plan = [embeds(4), embeds(5)]
    embedder.embed(["a"])
    with pytest.raises(BadAnswer):
        embedder.embed(["a"])
