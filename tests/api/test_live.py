"""Sockets: what was missed comes first, then what is new; foreigners hear nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

MINE = "https://mine.example"


@contextlib.contextmanager
def visit(chat: Any, after: Any = 0, **headers: str) -> Iterator[Any]:
    with chat.house.client.websocket_connect("/v1/chat/live", headers=headers) as socket:
        socket.send_json({"type": "hello", "token": chat.token, "after_seq": after})
        yield socket


def closed(socket: Any) -> int:
    """The close code; an error frame may come before it."""
    with pytest.raises(WebSocketDisconnect) as end:
        while True:
            frame = socket.receive_json()
            assert frame["type"] == "error"
            assert frame["problem"]["status"] in (401, 403)
    return int(end.value.code)


def test_a_visitor_gets_what_was_missed_then_what_is_new(chat: Any) -> None:
    chat.send("What does E-217 mean on my PX-100?")
    lines = chat.messages()
    with visit(chat) as socket:
        first = socket.receive_json()
        assert first["type"] == "messages"
        assert first["messages"] == lines or [m["id"] for m in first["messages"]] == [
            m["id"] for m in lines
        ]
        path = f"/v1/conversations/{chat.id}/reply"
        chat.house.post(path, {"text": "a person here"}, who="agent")
        heard: list[dict[str, Any]] = []
        while not any(m["text"] == "a person here" for m in heard):
            frame = socket.receive_json()
            if frame["type"] == "messages":
                heard.extend(frame["messages"])
        seqs = [m["seq"] for m in heard]
        assert seqs == sorted(set(seqs))
        assert min(seqs) == len(lines) + 1
        assert frame["conversation"]["owner"] == "person"


@pytest.mark.parametrize("after", [1, 10**30, -5, True, "1", None, [1], 1.5])
def test_resuming_after_any_place_works(chat: Any, after: Any) -> None:
    chat.send("What does E-217 mean on my PX-100?")
    lines = chat.messages()
    with visit(chat, after) as socket:
        got = [m["seq"] for m in socket.receive_json()["messages"]]
    whole = [m["seq"] for m in lines]
    assert got in (whole, [seq for seq in whole if seq > 1])


@pytest.mark.parametrize("token", ["", "clc_" + "x" * 43, None, 7, ["x"], {"a": 1}])
def test_a_wrong_token_hears_nothing(house: Any, token: Any) -> None:
    with house.client.websocket_connect("/v1/chat/live") as socket:
        socket.send_json({"type": "hello", "token": token, "after_seq": 0})
        assert closed(socket) == 4401


@pytest.mark.parametrize("hello", ["{", "[]", "null", '"x"', "{}", "7", '{"type":"hello"}'])
def test_a_broken_hello_closes_the_door(house: Any, hello: str) -> None:
    with house.client.websocket_connect("/v1/chat/live") as socket:
        socket.send_text(hello)
        assert closed(socket) == 4401


def test_bytes_are_no_hello(house: Any) -> None:
    with house.client.websocket_connect("/v1/chat/live") as socket:
        socket.send_bytes(b"\x00\x01")
        assert closed(socket) == 4401


def test_a_foreign_site_hears_nothing(chat: Any) -> None:
    with visit(chat, origin="https://evil.example") as socket:
        assert closed(socket) == 4403
    with visit(chat, origin=MINE) as socket:
        assert socket.receive_json()["type"] == "messages"


def test_typing_reaches_the_other_side_only(house: Any, chat: Any, new_chat: Any) -> None:
    chat.send("hello")
    stranger = new_chat()
    headers = {"Cookie": house.mine.headers["agent"]["Cookie"]}
    theirs = {"Cookie": house.theirs.headers["agent"]["Cookie"]}
    connect = house.client.websocket_connect
    with (
        connect("/v1/live", headers=headers) as desk,
        connect("/v1/live", headers=theirs) as rival,
        visit(chat) as socket,
        visit(stranger) as other,
    ):
        assert socket.receive_json()["type"] == "messages"
        assert other.receive_json()["type"] == "messages"
        socket.send_json({"type": "typing"})
        frame = next_of(desk, "typing")
        assert (frame["id"], frame["who"]) == (chat.id, "customer")
        house.post(f"/v1/conversations/{chat.id}/typing", who="agent")
        assert next_of(socket, "typing")["who"] == "agent"
        chat.post("person")
        waiting = next_of(desk, "waiting")
        assert waiting["id"] == chat.id
        # A frame of their own shows that nothing of ours came before it.
        house.client.put(
            "/v1/presence", json={"status": "online"}, headers=house.theirs.headers["agent"]
        )
        frames = [rival.receive_json()]
        while frames[-1]["type"] != "presence":
            frames.append(rival.receive_json())
        assert chat.id not in str(frames)


def next_of(socket: Any, kind: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = socket.receive_json()
        if frame["type"] == kind:
            return frame


@pytest.mark.parametrize("cookie", ["", "careloop_session=", "careloop_session=cls_" + "x" * 43])
def test_the_desks_socket_wants_a_login(house: Any, cookie: str) -> None:
    with house.client.websocket_connect("/v1/live", headers={"Cookie": cookie}) as socket:
        assert closed(socket) == 4401


def test_the_desks_socket_wants_our_own_page(house: Any) -> None:
    headers = {"Cookie": house.mine.headers["agent"]["Cookie"], "Origin": MINE}
    with house.client.websocket_connect("/v1/live", headers=headers) as socket:
        assert closed(socket) == 4403


def test_frames_tell_that_something_changed_not_what(house: Any, chat: Any) -> None:
    headers = {"Cookie": house.mine.headers["agent"]["Cookie"]}
    with house.client.websocket_connect("/v1/live", headers=headers) as desk:
        chat.send("a very private matter")
        frame = next_of(desk, "conversation")
        while frame["id"] != chat.id:
            frame = next_of(desk, "conversation")
        assert "private" not in str(frame)


def test_nonsense_from_a_visitor_ends_their_own_socket_at_most(chat: Any) -> None:
    with visit(chat) as socket:
        assert socket.receive_json()["type"] == "messages"
        for frame in ('{"type":"typing"}', "[]", '{"type":"messages"}', '{"type":7}'):
            socket.send_text(frame)
        chat.send("still here")
        assert next_of(socket, "messages")["messages"]
