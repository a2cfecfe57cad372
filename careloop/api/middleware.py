"""Around every request: size limit, safe headers, timing, and the cross-origin rule of the chat.

Plain ASGI on purpose: Starlette's function middleware costs a task and two queues a request.
"""

from __future__ import annotations

import json
import time

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from careloop.api.bootstrap import Services
from careloop.api.origins import origin_allowed
from careloop.api.problems import MEDIA_TYPE, too_large
from careloop.kit.telemetry import REQUEST_SECONDS

BODY_LIMIT = 2_000_000
BATCH_LIMIT = 50_000_000
TEXT_LIMIT = 20_000_000
LONG_TEXTS = ("/v1/kb/articles", "/v1/kb/preview", "/v1/kb/terms/import")
"""Doors that take a whole document as text."""
UPLOADS = ("/uploads", "/photos", "/attachments")
"""Doors that take a file."""
EMBEDDABLE = ("/v1/chat/", "/v1/files/")
NOT_FRAMED = ("/desk", "/docs")


class Guard:
    """Refuses oversized bodies, sets the safe headers, times the request."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._upload_limit = services.settings.max_upload_mb * 1_000_000 + 10_000
        self._document_limit = services.settings.max_document_mb * 1_000_000 + 100_000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdigit() and int(length) > limit:
            await _refuse(send, limit)
            return
        began = time.perf_counter()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _set_safe_headers(scope["path"], MutableHeaders(scope=message))
            await send(message)

        try:
            await self._app(scope, _Limited(receive, limit), answer)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            spent = time.perf_counter() - began
            REQUEST_SECONDS.labels(scope["method"], route, status).observe(spent)

    def _limit(self, path: str) -> int:
        if path in {"/v1/kb/uploads", "/v1/imports"}:
            return self._document_limit
        if path.endswith(UPLOADS):
            return self._upload_limit
        if path.startswith(LONG_TEXTS):
            return TEXT_LIMIT
        return BATCH_LIMIT if path.endswith("/batch") else BODY_LIMIT


class _Limited:
    """Ends a body that goes on beyond its limit although it announced no length."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                return {"type": "http.disconnect"}
        return message


class ChatCors:
    """The chat may be called by pages that may embed it; nothing else may be called across."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        if origin is None or not scope["path"].startswith(EMBEDDABLE):
            await self._app(scope, receive, send)
            return
        allowed = await run_in_threadpool(origin_allowed, self._services, origin)

        async def answer(message: Message) -> None:
            if allowed and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Allow-Methods"] = "GET, POST"
                headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
                headers["Access-Control-Max-Age"] = "600"
                headers.add_vary_header("Origin")
            await send(message)

        if scope["method"] == "OPTIONS":
            status = 204 if allowed else 403
            await answer({"type": "http.response.start", "status": status, "headers": []})
            await answer({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, answer)


def _set_safe_headers(path: str, headers: MutableHeaders) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    if path.startswith(NOT_FRAMED):
        headers.setdefault("X-Frame-Options", "DENY")


async def _refuse(send: Send, limit: int) -> None:
    body = json.dumps(too_large(limit)).encode()
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
