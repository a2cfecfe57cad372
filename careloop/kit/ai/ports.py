"""What the suite asks of a language model: to answer, and to turn text into vectors.

Whoever calls expects `AiFailure` and goes on without a model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from careloop.kit.errors import CareloopError

Schema = Mapping[str, Any]
Vectors = npt.NDArray[np.float32]
TextKind = Literal["query", "passage"]


@dataclass(frozen=True, slots=True)
class Message:
    """One line of what a model is given."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call cost: tokens in and out (estimated where the server does not say), seconds."""

    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What a model said; with a schema, `text` is a JSON object and nothing else."""

    text: str
    usage: Usage


class Chat(Protocol):
    """A language model."""

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Schema | None = None,
        max_tokens: int,
        temperature: float = 0.0,
    ) -> ChatAnswer:
        """The model's answer; with a JSON schema, an object that holds its required keys.

        Blocks. Raises an `AiFailure`, whatever goes wrong.
        """
        ...


class Embedder(Protocol):
    """Turns text into vectors of length 1, whose inner product says how alike two texts are."""

    @property
    def id(self) -> str:
        """Names model and preparation: vectors of two ids may not be compared."""
        ...

    @property
    def dims(self) -> int:
        """How many numbers a vector has."""
        ...

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        """A float32 array of shape (texts, dims), rows in the order of the texts; a text with
        nothing to say may give a row of zeros. Blocks; raises an `AiFailure`."""
        ...


class AiFailure(CareloopError):
    """A model did not do what was asked; the caller goes on without it."""

    code, status, title = "ai_failure", 503, "The model did not answer"


class Unavailable(AiFailure):
    """The model's server is not there, refuses us, or took too long."""

    code, status, title = "ai_unavailable", 503, "The model is not available"


class Refused(Unavailable):
    """The server will not take this request; `http_status` and `reason` are its own."""

    code, status, title = "ai_refused", 503, "The model's server refused the request"

    def __init__(self, message: str, http_status: int, reason: str = "") -> None:
        super().__init__(message, http_status=http_status)
        self.http_status = http_status
        self.reason = reason


class RateLimited(AiFailure):
    """The server wants fewer requests; `retry_after` is in seconds."""

    code, status, title = "ai_rate_limited", 503, "The model is busy"

    def __init__(self, message: str, retry_after: float = 60.0) -> None:
        super().__init__(message, retry_after=retry_after)
        self.retry_after = retry_after


class OverBudget(AiFailure):
    """The call, or the tenant's day, is beyond what the settings allow."""

    code, status, title = "ai_over_budget", 503, "The limit for the model is reached"


class BadAnswer(AiFailure):
    """The server answered with something that is not an answer."""

    code, status, title = "ai_bad_answer", 502, "The model's answer cannot be used"
