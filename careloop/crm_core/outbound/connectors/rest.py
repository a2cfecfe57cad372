"""A connector to any CRM or ERP with a plain REST interface: list, get, post, patch.

What it expects: `GET path?updated_since=..&cursor=..&limit=..` gives a page; `GET path/id` one
record with an `ETag`, or a version in it; `POST path` makes one, heeding `Idempotency-Key`;
`PATCH path/id` with `If-Match` changes one. The names are the mapping's.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from careloop.crm_core.outbound.connectors.mapping import Mapping as Document
from careloop.crm_core.outbound.connectors.mapping import RestObject
from careloop.crm_core.outbound.connectors.merging import told
from careloop.crm_core.outbound.connectors.ports import (
    ChangedMeanwhile,
    LoginRefused,
    RecordGone,
    RecordRefused,
    TheirPage,
    TheirRecord,
    Throttled,
    Unreachable,
)  # fmt: skip
from careloop.kit.egress import Answer, Egress, EgressFailed, Limits

MAX_BYTES = 16_000_000
DEFAULT_WAIT = 30


@dataclass(frozen=True, slots=True)
class Login:
    """How we log in: none, bearer, basic with a user name, or a key in a header of that name."""

    auth: str = "none"
    name: str = ""
    secret: str = ""

    def headers(self) -> dict[str, str]:
        if self.auth == "bearer":
            return {"authorization": f"Bearer {self.secret}"}
        if self.auth == "basic":
            pair = base64.b64encode(f"{self.name}:{self.secret}".encode()).decode()
            return {"authorization": f"Basic {pair}"}
        return {self.name or "x-api-key": self.secret} if self.auth == "api_key" else {}


class RestSystem:
    """An outer system behind one address; not to be shared between threads."""

    def __init__(
        self, egress: Egress, base_url: str, login: Login, mapping: Document,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._egress, self._base, self._login = egress, base_url.rstrip("/"), login
        self._mapping, self._pause = mapping, pause
        self._limits = Limits(seconds=mapping.pace.seconds, max_bytes=MAX_BYTES)
        self._gap = 60.0 / mapping.pace.requests_per_minute
        self._next_at = 0.0

    def changes(self, object_name: str, since: str, cursor: str) -> TheirPage:
        """A page of changed records."""
        rest = self._rest(object_name)
        asked = {rest.size: str(self._mapping.pace.page_size)}
        if since:
            asked[rest.since] = since
        if cursor:
            asked[rest.cursor] = cursor
        return self._page(rest, asked)

    def get(self, object_name: str, their_id: str) -> TheirRecord:
        """One record."""
        rest = self._rest(object_name)
        return self._single(rest, self._send("GET", self._path(rest, their_id)))

    def find(self, object_name: str, path: str, value: str) -> list[TheirRecord]:
        """Records whose field has that value; what the filter let through is looked at again,
        because a server may not know it."""
        rest = self._rest(object_name)
        records, cursor = [], ""
        for _ in range(3):
            asked = {path: value, rest.size: str(self._mapping.pace.page_size)}
            page = self._page(rest, asked | ({rest.cursor: cursor} if cursor else {}))
            records += [r for r in page.records if str(told(r.values, path)) == value]
            if page.next is None:
                break
            cursor = page.next
        return [record for record in records if not record.deleted]

    def create(self, object_name: str, document: dict[str, Any], key: str) -> TheirRecord:
        """Make a record, once for a key."""
        rest = self._rest(object_name)
        answer = self._send("POST", rest.path, document, {"idempotency-key": f'"{key}"'})
        return self._single(rest, answer)

    def update(
        self, object_name: str, their_id: str, document: dict[str, Any], version: str, key: str
    ) -> TheirRecord:
        """Change fields of a record that still has that version."""
        rest = self._rest(object_name)
        headers = {"idempotency-key": f'"{key}"'}
        if version:
            quoted = version if version.startswith(('"', "W/")) else f'"{version}"'
            headers["if-match"] = quoted
        answer = self._send("PATCH", self._path(rest, their_id), document, headers)
        return self._single(rest, answer)

    def _rest(self, object_name: str) -> RestObject:
        return dict(self._mapping.in_order())[object_name].rest

    def _path(self, rest: RestObject, their_id: str) -> str:
        return f"{rest.path.rstrip('/')}/{quote(their_id, safe='')}"

    def _page(self, rest: RestObject, asked: Mapping[str, str]) -> TheirPage:
        body = _decoded(self._send("GET", f"{rest.path}?{urlencode(asked)}"))
        items = told(body, rest.items)
        if not isinstance(items, list):
            raise Unreachable(f"{rest.path}: the answer has no list at {rest.items!r}")
        records, unread = [], []
        for item in items:
            record = self._record(rest, item, "")
            if record is None:
                unread.append(f"{rest.path}: a record without {rest.id!r}")
            else:
                records.append(record)
        following = told(body, rest.next)
        return TheirPage(records, str(following) if following else None, unread)

    def _single(self, rest: RestObject, answer: Answer) -> TheirRecord:
        document = told(_decoded(answer), rest.envelope)
        record = self._record(rest, document, answer.headers.get("etag", ""))
        if record is None:
            raise RecordRefused(f"{rest.path}: the answer holds no record with {rest.id!r}")
        return record

    def _record(self, rest: RestObject, document: Any, etag: str) -> TheirRecord | None:
        their_id = told(document, rest.id) if isinstance(document, dict) else None
        if their_id in (None, "") or len(str(their_id)) > 200:
            return None
        version = etag if rest.version == "etag" else told(document, rest.version)
        return TheirRecord(
            str(their_id), str(version or ""), str(told(document, rest.updated) or "")[:40],
            document, bool(told(document, rest.deleted)),
        )  # fmt: skip

    def _send(
        self, method: str, path: str, document: dict[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """One request, in the pace that was agreed."""
        wait = self._next_at - time.monotonic()
        if wait > 0:
            self._pause(wait)
        self._next_at = time.monotonic() + self._gap
        sent = {"accept": "application/json", **self._login.headers(), **(headers or {})}
        body = b""
        if document is not None:
            body = json.dumps(document, ensure_ascii=False).encode()
            sent["content-type"] = "application/json"
        try:
            answer = self._egress.send(method, self._base + path, sent, body, self._limits)
        except EgressFailed as error:
            if error.kind == "refused":
                raise LoginRefused(f"We may not speak to {self._base}: {error.message}") from None
            raise Unreachable(f"{method} {path}: {error.message}") from None
        _judge(answer, method, path)
        return answer


def _judge(answer: Answer, method: str, path: str) -> None:
    status = answer.status
    if 200 <= status < 300:
        return
    text = answer.body[:200].decode("utf-8", "replace")
    said = f"{method} {path.split('?')[0]}: {status} {text}".strip()
    if status in {401, 403}:
        raise LoginRefused(said)
    if status in {429, 503}:
        raise Throttled(answer.retry_after or DEFAULT_WAIT)
    if status in {404, 410} and method != "POST":
        raise RecordGone(said)
    if status == 412 or (status == 409 and method == "PATCH"):
        raise ChangedMeanwhile(said)
    if 400 <= status < 500 and status not in {408, 425}:
        raise RecordRefused(said)
    raise Unreachable(said)


def _decoded(answer: Answer) -> Any:
    if not answer.body:
        return {}
    try:
        return json.loads(answer.body)
    except ValueError:
        raise Unreachable("The answer is not JSON") from None
