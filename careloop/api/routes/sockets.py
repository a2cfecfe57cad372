"""Live sockets of the widget and of the desk."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from careloop.api.auth import COOKIE, visitor_of
from careloop.api.bootstrap import Services
from careloop.api.live import RECHECK, Frame, Hub, chat_topic, desk_topic
from careloop.api.origins import check_origin, own_origins
from careloop.api.routes.chat import ChatMessages, news
from careloop.api.routes.paging import MAX_SEQ
from careloop.crm_core.accounts import service as account_service
from careloop.kit.actor import Actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import CareloopError
from careloop.kit.telemetry import LIVE_SOCKETS

router = APIRouter()

HELLO_SECONDS = 10
PING_SECONDS = 20
UNAUTHENTICATED, FORBIDDEN = 4401, 4403


@router.websocket("/v1/chat/live")
async def chat_live(socket: WebSocket) -> None:
    """The widget's socket: says hello with its token, then gets what is new by `seq`."""
    services: Services = socket.app.state.services
    await socket.accept()
    try:
        hello = await asyncio.wait_for(socket.receive_json(), HELLO_SECONDS)
        origin = socket.headers.get("origin")
        actor = await asyncio.to_thread(_greet, services, hello, origin)
    except CareloopError as error:
        await _refuse(socket, error)
        return
    except (TimeoutError, ValueError, KeyError, TypeError, WebSocketDisconnect):
        await _close(socket, UNAUTHENTICATED)
        return
    seq = hello.get("after_seq")
    known = type(seq) is int and 0 <= seq <= MAX_SEQ
    with LIVE_SOCKETS.labels("chat").track_inprogress():
        await _serve_chat(socket, services, actor, seq if known else 0)


def _greet(services: Services, hello: dict[str, Any], origin: str | None) -> Actor:
    with services.database.read(EVERY_TENANT) as session:
        actor, _ = visitor_of(services, session, str(hello["token"]))
    check_origin(services, actor.tenant_id, origin)
    return actor


async def _serve_chat(socket: WebSocket, services: Services, actor: Actor, seq: int) -> None:
    hub: Hub = socket.app.state.hub
    conversation_id = actor.conversation_id or ""
    async with hub.subscribe(chat_topic(conversation_id)) as queue:
        listening = asyncio.create_task(_hear_visitor(socket, hub, actor))
        try:
            seq = await _send_news(socket, services, actor, seq)
            while not listening.done():
                frame = await _next_frame(queue)
                if frame is None:
                    await socket.send_json({"type": "ping"})
                elif frame["type"] == "changed":
                    seq = await _send_news(socket, services, actor, seq)
                else:
                    await socket.send_json(frame)
        except (WebSocketDisconnect, RuntimeError):
            pass  # the browser went away; it comes back with after_seq
        finally:
            listening.cancel()


async def _send_news(socket: WebSocket, services: Services, actor: Actor, seq: int) -> int:
    def read() -> ChatMessages:
        with services.database.read(actor.tenant_id) as session:
            return news(services, session, actor, seq)

    told = await asyncio.to_thread(read)
    body = told.model_dump(mode="json")
    await socket.send_json({"type": "messages", **body})
    return max([seq, *(message.seq for message in told.messages)])


async def _hear_visitor(socket: WebSocket, hub: Hub, actor: Actor) -> None:
    async for frame in socket.iter_json():
        if isinstance(frame, dict) and frame.get("type") == "typing":
            topic = desk_topic(actor.tenant_id)
            typing = {"type": "typing", "id": actor.conversation_id, "who": "customer"}
            hub.publish(topic, typing)


@router.websocket("/v1/live")
async def desk_live(socket: WebSocket) -> None:
    """The desk's socket: tells which conversation changed; the desk reads what it needs."""
    services: Services = socket.app.state.services
    await socket.accept()
    if socket.headers.get("origin") not in {None, *own_origins(services), _host_origin(socket)}:
        await _close(socket, FORBIDDEN)
        return
    try:
        actor = await asyncio.to_thread(_staff, services, socket.cookies.get(COOKIE, ""))
    except CareloopError as error:
        await _refuse(socket, error)
        return
    hub: Hub = socket.app.state.hub
    with LIVE_SOCKETS.labels("desk").track_inprogress():
        async with hub.subscribe(desk_topic(actor.tenant_id)) as queue:
            listening = asyncio.create_task(_drain(socket))
            try:
                while not listening.done():
                    frame = await _next_frame(queue)
                    if frame and frame.get("user") not in {None, actor.user_id}:
                        continue
                    if frame and frame["type"] == RECHECK:
                        secret = socket.cookies.get(COOKIE, "")
                        await asyncio.to_thread(_staff, services, secret)
                        continue
                    await socket.send_json(frame or {"type": "ping"})
            except CareloopError as error:
                await _refuse(socket, error)
            except (WebSocketDisconnect, RuntimeError):
                pass  # the browser went away
            finally:
                listening.cancel()


def _host_origin(socket: WebSocket) -> str:
    """The origin of a page served by the very host this socket was opened on."""
    scheme = "https" if socket.url.scheme == "wss" else "http"
    return f"{scheme}://{socket.headers.get('host', '')}"


def _staff(services: Services, secret: str) -> Actor:
    with services.database.read(EVERY_TENANT) as session:
        return account_service.actor_of_session(session, secret, services.clock.now())


async def _drain(socket: WebSocket) -> None:
    async for _ in socket.iter_text():
        pass


async def _next_frame(queue: asyncio.Queue[Frame]) -> Frame | None:
    """The next frame, or None when it is time for a ping."""
    try:
        return await asyncio.wait_for(queue.get(), PING_SECONDS)
    except TimeoutError:
        return None


async def _refuse(socket: WebSocket, error: CareloopError) -> None:
    await socket.send_json({"type": "error", "problem": error.problem()})
    await _close(socket, FORBIDDEN if error.status == 403 else UNAUTHENTICATED)


async def _close(socket: WebSocket, code: int) -> None:
    with contextlib.suppress(RuntimeError):  # closed already by the other side
        await socket.close(code)
