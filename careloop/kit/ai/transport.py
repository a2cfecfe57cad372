"""JSON over HTTP to a model's server: patient within a limit of time, deaf beyond one of size."""

from __future__ import annotations

import email.utils
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr

from careloop.kit.ai.ports import BadAnswer, RateLimited, Refused, Unavailable

TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
BACKOFF_SECONDS = 0.4
LONGEST_PAUSE = 20.0
REASON_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often to try: seconds in all, to connect, between two pieces of a body."""

    seconds: float = 30.0
    connect: float = 5.0
    between: float = 5.0
    attempts: int = 4
    max_bytes: int = 8_000_000


class Transport:
    """Posts JSON below one address. Safe to share between threads.

    Repeats on 408, 425, 429, 5xx, refused and cut connections, with a doubling, jittered pause or
    the one that `Retry-After` names, as long as that ends within `Patience.seconds`. A body that
    trickles in may take `Patience.between` seconds longer than that, no more.
    """

    def __init__(
        self, base_url: str, api_key: SecretStr | None = None, patience: Patience | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._base = base_url.rstrip("/")
        self._key = api_key
        self._patience = patience or Patience()
        self._pause = pause
        # Neither redirects (they could carry the key elsewhere) nor more connections than needed.
        self._client = httpx.Client(follow_redirects=False, limits=httpx.Limits(max_connections=16))

    def post(self, path: str, payload: Mapping[str, Any], seconds: float | None = None) -> Any:
        """The decoded answer; `seconds` shortens the limit of this call. Raises `AiFailure`."""
        limit = min(seconds or self._patience.seconds, self._patience.seconds)
        deadline = time.monotonic() + limit
        body = json.dumps(payload).encode()
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._once(path, body, deadline)
            except (_Again, RateLimited) as failure:
                wait = self._wait(failure, attempt)
                last = attempt >= self._patience.attempts
                if last or time.monotonic() + wait >= deadline:
                    raise _plain(failure) from None
                self._pause(wait)

    def close(self) -> None:
        self._client.close()

    def _once(self, path: str, body: bytes, deadline: float) -> Any:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Unavailable("The model took too long")
        timeout = httpx.Timeout(left, connect=min(left, self._patience.connect))
        try:
            request = self._client.build_request(
                "POST", self._base + path, content=body, headers=self._headers(), timeout=timeout
            )
            response = self._client.send(request, stream=True)
            try:
                text = self._read(request, response, deadline)
            finally:
                response.close()
        except httpx.ConnectTimeout:
            raise _Again("The model's server cannot be reached") from None
        except httpx.TimeoutException:
            raise Unavailable("The model took too long") from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Again(f"The connection to the model failed ({type(error).__name__})") from None
        except (httpx.InvalidURL, UnicodeError):
            raise Unavailable("The address of the model is not valid") from None
        return _decoded(response, text)

    def _read(self, request: httpx.Request, response: httpx.Response, deadline: float) -> bytes:
        # The transport looks this up anew for the body: the wait between two pieces of it.
        request.extensions["timeout"]["read"] = max(
            0.01, min(self._patience.between, deadline - time.monotonic())
        )
        pieces, size = list[bytes](), 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > self._patience.max_bytes:
                raise BadAnswer("The model's answer is too large")
            if time.monotonic() > deadline:
                raise Unavailable("The model took too long")
            pieces.append(piece)
        return b"".join(pieces)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key is not None and self._key.get_secret_value():
            headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        return headers

    def _wait(self, failure: Exception, attempt: int) -> float:
        if isinstance(failure, RateLimited) and failure.details["retry_after"]:
            return failure.retry_after
        pause: float = BACKOFF_SECONDS * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
        return min(pause, LONGEST_PAUSE)


class _Again(Unavailable):
    """A failure that may pass."""


def _plain(failure: Unavailable | RateLimited) -> Exception:
    if isinstance(failure, RateLimited):
        return RateLimited(failure.message, failure.retry_after or 60.0)
    return Unavailable(failure.message)


def _decoded(response: httpx.Response, text: bytes) -> Any:
    status = response.status_code
    if status == 429:
        wait = _retry_after(response.headers.get("retry-after", ""))
        raise RateLimited("The model's server wants fewer requests", wait)
    if status in TRY_AGAIN or status >= 500:
        wait = _retry_after(response.headers.get("retry-after", ""))
        if wait:
            raise RateLimited(f"The model's server is busy (status {status})", wait)
        raise _Again(f"The model's server failed (status {status})")
    if status in (401, 403):
        raise Unavailable(f"The model's server does not accept our key (status {status})")
    if status != 200:
        reason = text[:REASON_CHARS].decode(errors="replace")
        raise Refused(f"The model's server refused the request (status {status})", status, reason)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadAnswer("The model's server did not answer with JSON") from None


def _retry_after(value: str) -> float:
    """Seconds from a `Retry-After` header (RFC 9110, 10.2.3), 0 when it says nothing."""
    value = value.strip()
    if value.isascii() and value.replace(".", "", 1).isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
        return max(0.0, when.timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0
