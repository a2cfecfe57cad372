"""Structured logs without secrets or personal data, and Prometheus metrics."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from prometheus_client import Counter, Gauge, Histogram

_SECRET_KEYS = re.compile(r"(?i)password|secret|token|authorization|cookie|api[_-]?key|signature")
_SECRET_VALUES = re.compile(r"(?i)\b(bearer\s+)[\w.~+/-]{8,}=*|\b(?:clp|clc|cls)_[\w-]{16,}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\w-])\+?\d[\d\s().-]{7,}\d(?![\w-])")

TURN_SECONDS = Histogram(
    "careloop_turn_seconds",
    "Time of one bot turn",
    ["brain", "channel"],
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
REQUEST_SECONDS = Histogram(
    "careloop_http_request_seconds",
    "Time of one HTTP request",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
MESSAGES = Counter("careloop_messages_total", "Messages stored", ["channel", "author"])
TOOL_CALLS = Counter("careloop_tool_calls_total", "Tool calls", ["tool", "outcome"])
HANDOFFS = Counter("careloop_handoffs_total", "Conversations handed to a person", ["reason"])
LOGIN_FAILURES = Counter("careloop_login_failures_total", "Failed logins")
LIVE_SOCKETS = Gauge("careloop_live_sockets", "Open live connections", ["kind"])
JOBS = Counter("careloop_jobs_total", "Durable jobs finished", ["kind", "outcome"])
AI_CALLS = Counter("careloop_ai_calls_total", "Calls to models", ["kind", "outcome"])
AI_TOKENS = Counter("careloop_ai_tokens_total", "Tokens sent and received", ["kind", "direction"])
AI_SECONDS = Histogram(
    "careloop_ai_seconds",
    "Time of one call to a model",
    ["kind"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120),
)


def mask(value: str) -> str:
    """The text with bearer tokens, our own tokens, mail addresses and phone numbers hidden."""
    value = _SECRET_VALUES.sub("***", value)
    value = _MAIL.sub("<mail>", value)
    return _PHONE.sub("<phone>", value)


def _mask_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if key not in {"timestamp", "level", "path"}:
            event[key] = _masked(key, value)
    return event


def _masked(key: str, value: Any) -> Any:
    """The value as it may be logged; mappings and lists are masked all the way down."""
    if _SECRET_KEYS.search(key):
        return "***"
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {name: _masked(str(name), item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(key, item) for item in value]
    return value


def configure_logging(level: str, shape: str) -> None:
    """Send structured logs to standard error; the traceback of a failure goes along, masked."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if shape == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask_event,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(message)s")
    for noisy in ("jieba", "dbos", "alembic", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
