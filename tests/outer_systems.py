"""Programs of others, over real HTTP: a receiver of webhooks, and a CRM that can be as unpleasant
as real ones: it loses answers, repeats records, lists them late and in any order, asks to wait."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, dict[str, str], bytes]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news."""


@contextmanager
def served(answer: Callable[[str, str, dict[str, str], bytes], Reply | None]) -> Iterator[str]:
    """Serve `answer(method, target, headers, body)`; None cuts the connection without a word."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(size)
            told = {name.lower(): value for name, value in self.headers.items()}
            reply = answer(self.command, self.path, told, body)
            if reply is None:
                self.close_connection = True
                return
            status, headers, content = reply
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _any

        def log_message(self, *_: Any) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    pace = {"poll_interval": 0.02}
    threading.Thread(target=server.serve_forever, kwargs=pace, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Receiver:
    """Keeps every request; `reply` may be changed in the middle."""

    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    delay: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        self.requests.append((target, headers, body))
        time.sleep(self.delay)
        return self.status, self.headers, b"thanks"

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _, headers, _ in self.requests]


@dataclass
class OuterCrm:
    """A CRM with accounts, people, machines and cases, as the example's mapping wants it.

    `chaos` from 0 to 1 says how often something goes wrong; `seed` makes it repeatable.
    """

    seed: int = 1
    chaos: float = 0.0
    token: str = "crm-token"
    forgets_keys: bool = False
    delay: float = 0.0
    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    made: list[tuple[str, str]] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    down: bool = False
    after_call: Callable[[int], None] = lambda count: None

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._lock = threading.RLock()
        self._keys: dict[str, Reply] = {}
        self._tick = 0
        self._numbers = 0

    def put(self, path: str, key: str = "", **values: Any) -> str:
        """Add or change a record, as a person over there would."""
        with self._lock:
            if not key:
                self._numbers += 1
                key = f"{path[1:3].upper()}{self._numbers}"
            old = self.records.setdefault(path, {}).get(key, {"id": key, "version": 0})
            # Some of the time goes by, so that versions of theirs have an order.
            self._tick += 1
            at = datetime.now(UTC) + timedelta(microseconds=self._tick)
            self.records[path][key] = {
                **old, **values, "version": old["version"] + 1,
                "updated_at": at.isoformat().replace("+00:00", "Z"),
            }  # fmt: skip
            return key

    def all(self, path: str) -> list[dict[str, Any]]:
        return [row for row in self.records.get(path, {}).values() if not row.get("deleted")]

    def __call__(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> Reply | None:
        time.sleep(self.delay)
        with self._lock:
            self.calls.append((method, target))
            reply = self._with_chaos(method, target, headers, body)
        self.after_call(len(self.calls))
        return reply

    def _with_chaos(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> Reply | None:
        if self.down:
            return _json(503, {}, {"retry-after": "120"})
        if headers.get("authorization") != f"Bearer {self.token}":
            return _json(401, {"error": "who are you"})
        trouble = self._random.random() < self.chaos
        kind = self._random.choice(["429", "500", "cut", "lost", "502"]) if trouble else ""
        if kind == "cut":
            return None
        if kind == "429":
            return _json(429, {}, {"retry-after": "1"})
        if kind in {"500", "502"}:
            return _json(int(kind), {"error": "oops"})
        reply = self._answer(method, target, headers, body)
        # Done, but nobody hears of it: the worst that can happen to a POST.
        return None if kind == "lost" else reply

    def _answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        parts = urlsplit(target)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        pieces = parts.path.strip("/").split("/")
        path = f"/{pieces[0]}"
        if method == "GET" and len(pieces) == 1:
            return self._list(path, asked)
        if method == "POST":
            return self._post(path, headers, json.loads(body))
        row = self.records.get(path, {}).get(pieces[1])
        if row is None or row.get("deleted"):
            return _json(404, {"error": "no such record"})
        if method == "PATCH":
            if headers.get("if-match") != f'"{row["version"]}"':
                return _json(412, {"error": "changed"})
            row = self.records[path][self.put(path, pieces[1], **_deep(row, json.loads(body)))]
        return _json(200, row, {"etag": f'"{row["version"]}"'})

    def _post(self, path: str, headers: dict[str, str], document: dict[str, Any]) -> Reply:
        key = headers.get("idempotency-key", "")
        if key in self._keys and not self.forgets_keys:
            return self._keys[key]
        made = self.put(path, **document)
        self.made.append((path, made))
        row = self.records[path][made]
        self._keys[key] = _json(201, row, {"etag": f'"{row["version"]}"'})
        return self._keys[key]

    def _list(self, path: str, asked: dict[str, str]) -> Reply:
        rows = sorted(self.records.get(path, {}).values(), key=lambda row: row["updated_at"])
        since = asked.pop("updated_since", "")
        size, place = int(asked.pop("limit", "100")), int(asked.pop("cursor", "0"))
        rows = [row for row in rows if _moment(row["updated_at"]) >= _moment(since or "1970-01-01")]
        for name, value in asked.items():
            rows = [row for row in rows if str(row.get(name)) == value]
        page = rows[place : place + size]
        if self.chaos and page:
            page = [*page, self._random.choice(page), self._old(self._random.choice(rows))]
            self._random.shuffle(page)
        following = str(place + size) if place + size < len(rows) else None
        return _json(200, {"items": page, "next_cursor": following})

    def _old(self, row: dict[str, Any]) -> dict[str, Any]:
        """A copy of a record as it was before, such as a lagging replica gives."""
        if row["version"] < 2:
            return row
        at = _moment(row["updated_at"]) - timedelta(hours=1)
        return {**row, "name": "as it was long ago", "version": 1, "updated_at": at.isoformat()}


def _deep(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _deep(old.get(name, {}), value) | {
            key: kept for key, kept in old.get(name, {}).items() if key not in value
        } if isinstance(value, dict) else value
        for name, value in new.items()
    }  # fmt: skip


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _json(status: int, value: Any, headers: dict[str, str] | None = None) -> Reply:
    told = {"content-type": "application/json", **(headers or {})}
    return status, told, json.dumps(value, ensure_ascii=False).encode()
