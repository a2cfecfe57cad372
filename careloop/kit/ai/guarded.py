"""A model as the suite may use it: for one tenant, masked, within its limits, traced.

Traces say what kind of call it was, how it ended and what it cost; never what was said.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any, Protocol

import structlog

from careloop.kit.ai.budget import Allowance, UsageBook, estimate_tokens
from careloop.kit.ai.masking import Masker
from careloop.kit.ai.ports import (
    AiFailure,
    BadAnswer,
    ChatAnswer,
    Embedder,
    Message,
    OverBudget,
    Schema,
    TextKind,
    Usage,
    Vectors,
)  # fmt: skip
from careloop.kit.telemetry import AI_CALLS, AI_SECONDS, AI_TOKENS

log = structlog.get_logger(__name__)

PER_MESSAGE = 6
"""Tokens that a message costs beside its text."""


class TimedChat(Protocol):
    """A chat model that can be told how long it has."""

    def complete(
        self, messages: Sequence[Message], *, schema: Schema | None = None, max_tokens: int,
        temperature: float = 0.0, seconds: float | None = None,
    ) -> ChatAnswer: ...  # fmt: skip


class GuardedChat:
    """A chat model for one tenant; fulfils `ports.Chat`."""

    def __init__(
        self, chat: TimedChat, tenant_id: str, book: UsageBook, allowance: Allowance
    ) -> None:
        self._chat = chat
        self._tenant = tenant_id
        self._book = book
        self._allowance = allowance

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int,
        temperature: float = 0.0,
    ) -> ChatAnswer:
        """See `ports.Chat`; `OverBudget` before anything is sent."""
        masker = Masker()
        masked = [Message(item.role, masker.mask(item.content)) for item in messages]
        prompt = sum(estimate_tokens(item.content) + PER_MESSAGE for item in masked)
        prompt += estimate_tokens(json.dumps(schema)) if schema is not None else 0
        with _Call("chat", self._tenant, self._book, self._allowance, prompt, max_tokens) as call:
            call.masked = masker.count
            answer = self._chat.complete(
                masked, schema=schema, max_tokens=max_tokens, temperature=temperature,
                seconds=self._allowance.seconds,
            )  # fmt: skip
            call.usage = answer.usage
            text = _put_back(masker, answer.text) if schema else masker.unmask(answer.text)
            return ChatAnswer(text, answer.usage)


class GuardedEmbedder:
    """An embedding model on another's server, for one tenant; fulfils `ports.Embedder`.

    Values are hidden as kinds only: every phone number is `[PHONE_1]` in its text, so that
    passages and questions stay comparable.
    """

    def __init__(
        self, embedder: Embedder, tenant_id: str, book: UsageBook, allowance: Allowance
    ) -> None:
        self._embedder = embedder
        self._tenant = tenant_id
        self._book = book
        self._allowance = allowance

    @property
    def id(self) -> str:
        return self._embedder.id

    @property
    def dims(self) -> int:
        return self._embedder.dims

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        """See `ports.Embedder`; the limit of a call holds for each text."""
        masked = [Masker().mask(text) for text in texts]
        counts = [estimate_tokens(text) for text in masked]
        if counts and max(counts) > self._allowance.tokens_per_call:
            raise OverBudget("A text is larger than the model may be asked at once")
        whole = Allowance(
            self._allowance.seconds, max(sum(counts), 1), self._allowance.tokens_per_day
        )
        with _Call("embed", self._tenant, self._book, whole, sum(counts), 0) as call:
            vectors = self._embedder.embed(masked, kind)
            call.usage = Usage(sum(counts), 0, time.monotonic() - call.begun)
            return vectors


class _Call:
    """Reserves, settles, counts and traces one call."""

    def __init__(
        self, kind: str, tenant_id: str, book: UsageBook, allowance: Allowance, prompt: int,
        answer: int,
    ) -> None:  # fmt: skip
        self._kind, self._tenant, self._book = kind, tenant_id, book
        self._prompt, self._reserved, self._allowance = prompt, prompt + answer, allowance
        self.usage: Usage | None = None
        self.masked = 0
        self.begun = 0.0

    def __enter__(self) -> _Call:
        try:
            self._key = self._book.reserve(
                self._tenant, self._kind, self._reserved, self._allowance
            )
        except OverBudget:
            AI_CALLS.labels(self._kind, OverBudget.code).inc()
            raise
        self.begun = time.monotonic()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: Any, _: Any) -> None:
        seconds = time.monotonic() - self.begun
        outcome = "ok"
        if error is not None:
            outcome = error.code if isinstance(error, AiFailure) else "error"
        if self.usage is None and isinstance(error, BadAnswer):
            # It answered, so it is paid for, though we cannot know how much.
            self.usage = Usage(self._prompt, 0, seconds)
        self._book.settle(self._key, self._reserved, self.usage)
        used = self.usage or Usage()
        AI_CALLS.labels(self._kind, outcome).inc()
        AI_SECONDS.labels(self._kind).observe(seconds)
        AI_TOKENS.labels(self._kind, "in").inc(used.tokens_in)
        AI_TOKENS.labels(self._kind, "out").inc(used.tokens_out)
        log.info(
            "ai_call", kind=self._kind, outcome=outcome, seconds=round(seconds, 3),
            sent=used.tokens_in, received=used.tokens_out, masked=self.masked,
        )  # fmt: skip


def _put_back(masker: Masker, text: str) -> str:
    """Values put back inside the strings of a JSON text, which stays JSON."""

    def walked(value: Any) -> Any:
        if isinstance(value, str):
            return masker.unmask(value)
        if isinstance(value, list):
            return [walked(item) for item in value]
        if isinstance(value, dict):
            return {masker.unmask(key): walked(item) for key, item in value.items()}
        return value

    return json.dumps(walked(json.loads(text)), ensure_ascii=False)
