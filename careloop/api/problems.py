"""Failures as RFC 9457 problem documents."""

from __future__ import annotations

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from careloop.kit.errors import CareloopError, RateLimited
from careloop.tools.catalog import CATALOG

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"
_COMMANDS = {spec.arguments.__name__ for spec in CATALOG.values()}


def install(app: FastAPI) -> None:
    """Answer every failure with a problem document; unexpected ones say nothing of the inside."""
    app.add_exception_handler(CareloopError, _expected)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(ValidationError, _unfit)
    app.add_exception_handler(HTTPException, _http)
    for kind in (UnicodeEncodeError, PydanticSerializationError, DataError):
        app.add_exception_handler(kind, _unstorable)
    app.add_exception_handler(Exception, _unexpected)


async def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CareloopError)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, RateLimited) else None
    return JSONResponse(error.problem(), error.status, headers, MEDIA_TYPE)


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError | ValidationError)
    fields = {
        ".".join(str(part) for part in item["loc"]): str(item["msg"]) for item in error.errors()
    }
    text = "; ".join(f"{name}: {message}" for name, message in fields.items())
    problem = _problem("invalid_input", 422, "The input does not fit", text)
    return JSONResponse({**problem, "errors": fields}, 422, None, MEDIA_TYPE)


async def _unfit(request: Request, error: Exception) -> JSONResponse:
    """A part of the path that its command refuses; any other model that fails is our own fault."""
    assert isinstance(error, ValidationError)
    known = error.title in _COMMANDS
    return await (_malformed if known else _unexpected)(request, error)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    problem = _problem(code, error.status_code, str(error.detail), str(error.detail))
    return JSONResponse(problem, error.status_code, error.headers, MEDIA_TYPE)


async def _unstorable(request: Request, error: Exception) -> JSONResponse:
    """Half an emoji, a NUL, a number or text beyond a column: JSON can say it, no database can."""
    log.warning("unstorable_input", route=request.url.path, kind=type(error).__name__)
    text = "The input holds a character or a number that cannot be stored"
    problem = _problem("invalid_input", 422, "The input does not fit", text)
    return JSONResponse(problem, 422, None, MEDIA_TYPE)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("request_failed", route=request.url.path, exc_info=error)
    text = "Something went wrong on our side; it has been logged. Try again."
    return JSONResponse(_problem("bug", 500, "Unexpected failure", text), 500, None, MEDIA_TYPE)


def too_large(limit: int) -> dict[str, object]:
    """The problem of a body over the limit, refused before it is read."""
    text = f"The request is larger than {limit // 1_000_000} MB"
    return _problem("too_large", 413, "Too large", text)


def _problem(code: str, status: int, title: str, detail: str) -> dict[str, object]:
    return {
        "type": f"urn:careloop:problem:{code}", "title": title, "status": status,
        "detail": detail, "code": code,
    }  # fmt: skip
