"""Cross-origin rules: the chat may be called by pages that embed it, nothing else may."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint

from careloop.api.bootstrap import Services
from careloop.api.origins import origin_allowed


def install(app: FastAPI, services: Services) -> None:
    """Answer the browsers' preflight requests for the chat routes."""
    app.add_middleware(_ChatCors, services=services)


class _ChatCors(BaseHTTPMiddleware):
    def __init__(self, app: object, services: Services) -> None:
        super().__init__(app)  # type: ignore[arg-type]
        self._services = services

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        origin = request.headers.get("origin")
        path = request.url.path
        if origin is None or not path.startswith(("/v1/chat/", "/v1/files/")):
            return await call_next(request)
        allowed = await run_in_threadpool(origin_allowed, self._services, origin)
        if request.method == "OPTIONS":
            response = Response(status_code=204 if allowed else 403)
        else:
            response = await call_next(request)
        if allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response.headers["Access-Control-Max-Age"] = "600"
            response.headers["Vary"] = "Origin"
        return response
