"""The only way out to an address that a tenant chose.

The name is resolved here, every address behind it is checked, and the connection goes to one that
was checked: a name that answers otherwise a moment later changes nothing. `Host` and the name in
TLS stay those of the URL. Redirects are not followed, nothing is unpacked, and time and size have
a limit over all - also for a receiver that sends one byte a second.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from careloop.kit.egress_addresses import (
    Address,
    AddressRefused,
    Target,
    as_address,
    check_address,
    check_target,
    parse,
)  # fmt: skip
from careloop.kit.errors import CareloopError, Misconfigured

__all__ = ["AddressRefused", "Answer", "Egress", "EgressFailed", "Limits", "check_url"]

Resolve = Callable[[str, int], Sequence[str]]
CHUNK = 16_384


class EgressFailed(CareloopError):
    """No answer came; `kind` is dns, refused, connect, tls, timeout, too_large or protocol."""

    code, status, title = "egress_failed", 502, "The other side did not answer"

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message, kind=kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for everything and for the connection, and bytes of the answer's body.

    With `cut` a longer body is cut off, else it is a failure.
    """

    seconds: float = 15.0
    connect: float = 5.0
    max_bytes: int = 65_536
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    cut: bool
    milliseconds: int

    @property
    def retry_after(self) -> int | None:
        """Seconds that the other side asks us to wait; a date there is not read."""
        text = self.headers.get("retry-after", "").strip()
        return int(text) if text.isdigit() and len(text) < 9 else None


def check_url(url: str) -> Target:
    """The parts of a URL that can be read in one way only; `AddressRefused` says what is wrong."""
    return parse(url)


class Egress:
    """Speaks to public https addresses, and to origins that the installation's owner names.

    `allow` holds origins with commas, such as `http://erp.lan:8080`; for those alone neither the
    scheme nor the address is looked at. Safe to share between threads.
    """

    def __init__(
        self, allow: str = "", resolve: Resolve | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._allowed = frozenset(_origin(text) for text in allow.split(",") if text.strip())
        self._resolve = resolve or _resolve
        self._tls = tls

    def check(self, url: str) -> Target:
        """Refuse a URL whose text alone shows that we will not speak to it."""
        target = parse(url)
        if target.origin not in self._allowed:
            check_target(target)
        return target

    def send(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"",
        limits: Limits | None = None,
    ) -> Answer:  # fmt: skip
        """One request and its answer, whatever its status; raises `EgressFailed`."""
        limits = limits or Limits()
        begun = time.monotonic()
        try:
            target = self.check(url)
        except AddressRefused as error:
            raise EgressFailed("refused", error.message) from None
        way = _Way(self, target, begun + limits.seconds, limits.connect)
        try:
            with httpcore.ConnectionPool(
                ssl_context=self._context(target), network_backend=way, max_connections=1,
                http1=True, http2=False,
            ) as pool:  # fmt: skip
                return _exchange(pool, method, target, headers or {}, body, limits, begun)
        except EgressFailed:
            raise
        except httpcore.TimeoutException:
            raise EgressFailed("timeout", f"No whole answer in {limits.seconds:g} s") from None
        except (httpcore.ProtocolError, ValueError) as error:
            raise EgressFailed("protocol", f"The answer is not HTTP: {error}") from None
        except httpcore.NetworkError as error:
            kind = "tls" if isinstance(error.__cause__, ssl.SSLError) else "connect"
            raise EgressFailed(kind, str(error)[:200] or "The connection broke") from None

    def addresses(self, target: Target) -> list[str]:
        """The checked addresses of a host. One that is not public spoils the name."""
        literal = as_address(target.host)
        try:
            found = [target.host] if literal else list(self._resolve(target.host, target.port))
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise EgressFailed("dns", f"{target.host} has no address")
        if target.origin not in self._allowed:
            for text in found:
                _check(text)
        return list(dict.fromkeys(found))

    def _context(self, target: Target) -> ssl.SSLContext | None:
        if target.scheme != "https":
            return None
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls


def _check(text: str) -> None:
    address: Address | None = as_address(text)
    try:
        if address is None:
            raise AddressRefused(f"{text!r} is not an address")
        check_address(address)
    except AddressRefused as error:
        raise EgressFailed("refused", error.message) from None


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(item[4][0]) for item in found]


def _origin(text: str) -> str:
    try:
        return parse(text.strip()).origin
    except AddressRefused as error:
        raise Misconfigured(f"CARELOOP_EGRESS_ALLOW: {text.strip()}: {error.message}") from None


def _exchange(
    pool: httpcore.ConnectionPool, method: str, target: Target, headers: Mapping[str, str],
    body: bytes, limits: Limits, begun: float,
) -> Answer:  # fmt: skip
    sent = {
        "host": target.host_header, "user-agent": "Careloop", "accept-encoding": "identity",
        "connection": "close", **{name.lower(): value for name, value in headers.items()},
    }  # fmt: skip
    if body or method in {"POST", "PUT", "PATCH"}:
        sent["content-length"] = str(len(body))
    url = httpcore.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port,
        target=target.path.encode(),
    )  # fmt: skip
    with pool.stream(method, url, headers=list(sent.items()), content=body) as response:
        told = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        found, cut = _read(response.iter_stream(), limits)
        milliseconds = round((time.monotonic() - begun) * 1000)
        return Answer(response.status, told, found, cut, milliseconds)


def _read(pieces: Iterable[bytes], limits: Limits) -> tuple[bytes, bool]:
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > limits.max_bytes:
            if not limits.cut:
                raise EgressFailed("too_large", f"The answer exceeds {limits.max_bytes} bytes")
            return bytes(found[: limits.max_bytes]), True
    return bytes(found), False


class _Way(httpcore.NetworkBackend):
    """Opens the connection of one request: to a checked address, and not beyond the deadline."""

    def __init__(self, egress: Egress, target: Target, deadline: float, connect: float) -> None:
        self._egress, self._target = egress, target
        self._deadline, self._connect = deadline, connect
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None,
        local_address: str | None = None, socket_options: Any = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        last: Exception | None = None
        for address in self._egress.addresses(self._target)[:4]:
            seconds = min(self._connect, _left(self._deadline))
            try:
                stream = self._network.connect_tcp(address, self._target.port, timeout=seconds)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("sockets of this machine are not spoken to")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait ends at the request's deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(min(max_bytes, CHUNK), _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        inner = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float) -> float:
    """Seconds until the deadline; past it, no wait begins."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return seconds
