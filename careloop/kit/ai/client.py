"""Client of servers that speak the protocol of OpenAI: chat/completions and embeddings.

Servers differ in what they take: JSON by schema, JSON, or neither; `max_tokens` or
`max_completion_tokens`; a temperature or none. What a server refuses is left out, and remembered.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from careloop.kit.ai.budget import estimate_tokens
from careloop.kit.ai.ports import (
    BadAnswer,
    ChatAnswer,
    Message,
    Refused,
    Schema,
    TextKind,
    Usage,
    Vectors,
)  # fmt: skip
from careloop.kit.ai.transport import Transport

Shape = Literal["schema", "object", "asked"]
"""How an object is demanded: by JSON schema, by JSON mode, or in words alone."""
_WEAKER: dict[Shape, Shape] = {"schema": "object", "object": "asked"}
_SHAPE_REFUSED = frozenset({400, 404, 415, 422, 501})
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>\s*", re.S)
_FENCE = re.compile(r"\A\s*```[a-zA-Z]*\s*\n(.*?)\n?\s*```\s*\Z", re.S)
TRIES_FOR_JSON = 2
EMBED_BATCH = 64
QUERY_SECONDS = 2.0
"""A search does not wait longer for the vector of its question."""


class OpenAIChat:
    """A chat model behind `{base}/chat/completions`; safe to share between threads."""

    def __init__(self, transport: Transport, model: str) -> None:
        self._transport = transport
        self._model = model
        self._shape: Shape = "schema"
        self._limit_name = "max_tokens"
        self._tempered = True

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int,
        temperature: float = 0.0,
        seconds: float | None = None,
    ) -> ChatAnswer:
        """See `ports.Chat`; `seconds` shortens the time limit of this call."""
        begun = time.monotonic()
        spent_in = spent_out = 0
        for attempt in range(1, TRIES_FOR_JSON + 1):
            left = None if seconds is None else max(0.01, seconds - (time.monotonic() - begun))
            answer = self._ask(messages, schema, max_tokens, temperature, left)
            text, tokens_in, tokens_out = _read_chat(answer, messages)
            spent_in, spent_out = spent_in + tokens_in, spent_out + tokens_out
            if schema is not None:
                try:
                    text = _object(text, schema)
                except BadAnswer:
                    if attempt == TRIES_FOR_JSON:
                        raise
                    continue
            break
        return ChatAnswer(text, Usage(spent_in, spent_out, time.monotonic() - begun))

    def _ask(
        self, messages: Sequence[Message], schema: Schema | None, max_tokens: int,
        temperature: float, seconds: float | None,
    ) -> Any:  # fmt: skip
        shape, limit_name, tempered = self._shape, self._limit_name, self._tempered
        while True:
            payload: dict[str, Any] = {
                "model": self._model,
                "messages": _lines(messages, schema, shape),
                limit_name: max_tokens,
                **({"temperature": temperature} if tempered else {}),
                **_response_format(schema, shape),
            }
            try:
                answer = self._transport.post("/chat/completions", payload, seconds)
            except Refused as refusal:
                if limit_name == "max_tokens" and "max_completion_tokens" in refusal.reason:
                    limit_name = "max_completion_tokens"
                elif tempered and "temperature" in refusal.reason:
                    tempered = False
                elif schema and refusal.http_status in _SHAPE_REFUSED and shape in _WEAKER:
                    shape = _WEAKER[shape]
                else:
                    raise
                continue
            # Learned only from success: a request may be refused for reasons of its own.
            self._limit_name, self._tempered = limit_name, tempered
            if schema is not None:
                self._shape = shape
            return answer


class OpenAIEmbedder:
    """An embedding model behind `{base}/embeddings`; its dimensions are learned by asking once."""

    def __init__(self, transport: Transport, model: str, prefixes: bool = False) -> None:
        self._transport = transport
        self._model = model
        self._prefixes = prefixes
        self._dims = 0

    @property
    def id(self) -> str:
        return f"openai:{self._model}" + ("+prefix" if self._prefixes else "")

    @property
    def dims(self) -> int:
        if not self._dims:
            self.embed(["dimensions"], "passage")
        return self._dims

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        """See `ports.Embedder`; sends at most `EMBED_BATCH` texts at a time."""
        rows = [
            self._batch([self._prepared(text, kind) for text in texts[at : at + EMBED_BATCH]], kind)
            for at in range(0, len(texts), EMBED_BATCH)
        ]
        return np.concatenate(rows) if rows else np.zeros((0, self.dims), dtype=np.float32)

    def _prepared(self, text: str, kind: TextKind) -> str:
        # Servers refuse an empty string.
        return (f"{kind}: {text}" if self._prefixes else text) or " "

    def _batch(self, texts: Sequence[str], kind: TextKind) -> Vectors:
        answer = self._transport.post(
            "/embeddings",
            {"model": self._model, "input": list(texts), "encoding_format": "float"},
            QUERY_SECONDS if kind == "query" else None,
        )
        try:
            items = sorted(answer["data"], key=lambda item: int(item["index"]))
            if [int(item["index"]) for item in items] != list(range(len(texts))):
                raise BadAnswer("The server did not give one vector for each text")
            vectors = np.array([item["embedding"] for item in items], dtype=np.float32)
        except (KeyError, TypeError, ValueError):
            raise BadAnswer("The server did not answer with vectors") from None
        if vectors.ndim != 2 or not vectors.shape[1] or not np.isfinite(vectors).all():
            raise BadAnswer("The server's vectors are not vectors")
        if self._dims not in (0, vectors.shape[1]):
            raise BadAnswer("The server's vectors have changed their length")
        self._dims = vectors.shape[1]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        scaled: Vectors = vectors / np.maximum(lengths, np.float32(1e-9))
        return scaled


def _lines(
    messages: Sequence[Message], schema: Schema | None, shape: Shape
) -> list[dict[str, str]]:
    lines = [{"role": item.role, "content": item.content} for item in messages]
    if schema is not None and shape != "schema":
        told = "Answer with one JSON object and nothing else, by this JSON schema:\n"
        told += json.dumps(schema, ensure_ascii=False)
        # Behind the first system line, so that what a customer wrote still comes last.
        lines.insert(1 if lines and lines[0]["role"] == "system" else 0,
                     {"role": "system", "content": told})  # fmt: skip
    return lines


def _response_format(schema: Schema | None, shape: Shape) -> dict[str, Any]:
    if schema is None or shape == "asked":
        return {}
    if shape == "object":
        return {"response_format": {"type": "json_object"}}
    described = {"name": "answer", "strict": True, "schema": dict(schema)}
    return {"response_format": {"type": "json_schema", "json_schema": described}}


def _read_chat(answer: Any, messages: Sequence[Message]) -> tuple[str, int, int]:
    """The text, tokens in, tokens out; without the thoughts that some models put before it."""
    try:
        choice = answer["choices"][0]
        text = choice["message"]["content"]
        ending = choice.get("finish_reason")
        usage = answer.get("usage") or {}
        counted = usage.get("prompt_tokens"), usage.get("completion_tokens")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise BadAnswer("The server did not answer as a chat model does") from None
    if ending == "length":
        raise BadAnswer("The model's answer was cut off at the limit of tokens")
    if ending == "content_filter" or not isinstance(text, str):
        raise BadAnswer("The model gave no answer")
    tokens_in = _count(counted[0], sum(estimate_tokens(item.content) for item in messages))
    tokens_out = _count(counted[1], estimate_tokens(text))
    text = _THOUGHTS.sub("", text)
    if not text.strip():
        raise BadAnswer("The model gave no answer")
    return text, tokens_in, tokens_out


def _count(told: Any, estimated: int) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else estimated


def _object(text: str, schema: Schema) -> str:
    """The JSON object in `text`, which may stand in a code fence; else `BadAnswer`."""
    fenced = _FENCE.match(text)
    inner = fenced[1] if fenced else text.strip()
    try:
        value = json.loads(inner)
    except (ValueError, RecursionError):
        raise BadAnswer("The model did not answer with JSON") from None
    if not isinstance(value, dict):
        raise BadAnswer("The model did not answer with a JSON object")
    if missing := [key for key in schema.get("required", ()) if key not in value]:
        raise BadAnswer(f"The model's answer lacks {', '.join(missing)}")
    return inner
