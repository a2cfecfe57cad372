"""`invoke`: the only door to a tool.

Order: find, scope, validate, idempotency, one transaction with before/after audit, count.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import structlog
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from careloop.crm_core.audit import service as audit
from careloop.crm_core.audit.queries import answered
from careloop.kit.actor import Actor
from careloop.kit.db import Database, savepoint
from careloop.kit.errors import CareloopError, Conflict, Forbidden, InvalidInput
from careloop.kit.telemetry import TOOL_CALLS
from careloop.tools.catalog import find
from careloop.tools.spec import Effect, ToolSpec

log = structlog.get_logger(__name__)

R = TypeVar("R", bound=BaseModel)


ATTEMPTS = 3
DEADLOCK = "40P01"
"""What PostgreSQL says to the one of two acts that it gave up so that the other may go on."""
KEY_HOURS = 72
"""How long the answer to an idempotency key is kept: a van may be out of reach for a weekend."""
SHOWN_ONCE = {"secret"}
"""Fields of a result that are never stored; a repeated call gets the answer without them."""


class IdempotencyMismatch(InvalidInput):
    """A key was used again with other arguments."""

    code = "idempotency_key_reused"


class CallRunning(Conflict):
    """The same call, by the same key, has begun and not ended."""

    code = "idempotency_key_in_progress"


class Runtime:
    """Runs tools against one database.

    With `draft` set, every call runs in that session and nothing is committed here: this is how
    `ask` shows what would happen.
    """

    def __init__(self, database: Database, draft: Session | None = None) -> None:
        self.database = database
        self._draft = draft
        self._running: set[tuple[str, ...]] = set()
        self._guard = threading.Lock()

    def invoke(
        self,
        actor: Actor,
        name: str,
        arguments: BaseModel | dict[str, Any],
        *,
        key: str | None = None,
        reason: str = "",
    ) -> BaseModel:
        """Call a tool as `actor`; the same `key` with the same arguments acts once.

        Raises a `CareloopError`; anything else is a bug and surfaces as such.
        """
        spec = find(name)
        try:
            result = self._run(spec, actor, arguments, key, reason)
        except CareloopError as error:
            TOOL_CALLS.labels(name, error.code).inc()
            raise
        TOOL_CALLS.labels(name, "done").inc()
        return result

    def _run(
        self,
        spec: ToolSpec,
        actor: Actor,
        arguments: BaseModel | dict[str, Any],
        key: str | None,
        reason: str,
    ) -> BaseModel:
        if not actor.may(spec.scope):
            raise Forbidden(f"You may not use {spec.name}")
        command = _validated(spec, arguments)
        if spec.effect is Effect.READ and self._draft is None:
            with self.database.read(actor.tenant_id) as session:
                return spec.handler(session, actor, command)
        key = key if self._draft is None else None
        if key is None:
            return self._attempt(spec, actor, command, None, reason)
        with self._alone((actor.tenant_id, actor.label, spec.name, key)):
            return self._attempt(spec, actor, command, key, reason)

    @contextmanager
    def _alone(self, call: tuple[str, ...]) -> Iterator[None]:
        """Refuse a call that runs already in this process. Beside another process the database
        decides: the second to write finds the first one's answer."""
        with self._guard:
            if call in self._running:
                raise CallRunning("The same call is still running; repeat it in a moment")
            self._running.add(call)
        try:
            yield
        finally:
            with self._guard:
                self._running.discard(call)

    def _attempt(
        self, spec: ToolSpec, actor: Actor, command: BaseModel, key: str | None, reason: str
    ) -> BaseModel:
        for _ in range(ATTEMPTS):
            try:
                with self._transaction(actor.tenant_id) as session:
                    return _act(session, spec, actor, command, key, reason)
            except IntegrityError as error:
                # Two callers raced for one unique value. The loser does it again and finds the
                # winner's row: the stored answer of the same key, or the number after it.
                log.info("tool_raced", tool=spec.name, constraint=str(error.orig)[:200])
            except OperationalError as error:
                # Nothing of the act is left, so it is done again; of a draft, the whole is gone.
                if self._draft is not None or getattr(error.orig, "sqlstate", "") != DEADLOCK:
                    raise
                log.info("tool_deadlocked", tool=spec.name)
        raise Conflict("Somebody did the same at this moment; try again")

    @contextmanager
    def _transaction(self, tenant_id: str) -> Iterator[Session]:
        """One act of its own; in a draft, a part of it that leaves nothing when it fails."""
        if self._draft is None:
            with self.database.write(tenant_id) as session:
                yield session
        else:
            with savepoint(self._draft):
                yield self._draft


def _validated(spec: ToolSpec, arguments: BaseModel | dict[str, Any]) -> BaseModel:
    if isinstance(arguments, spec.arguments):
        return arguments
    raw = arguments.model_dump() if isinstance(arguments, BaseModel) else arguments
    try:
        return spec.arguments.model_validate(raw)
    except ValidationError as error:
        problems = {
            ".".join(str(part) for part in item["loc"]) or "body": item["msg"]
            for item in error.errors(include_url=False)
        }
        text = "; ".join(f"{field}: {message}" for field, message in problems.items())
        raise InvalidInput(text, **problems) from None


def _act(
    session: Session,
    spec: ToolSpec,
    actor: Actor,
    command: BaseModel,
    key: str | None,
    reason: str,
) -> BaseModel:
    digest = ""
    if key:
        digest = hashlib.sha256(command.model_dump_json().encode()).hexdigest()
        known = answered(session, actor, spec.name, key)
        if known is not None:
            if known.arguments_hash != digest:
                raise IdempotencyMismatch("This idempotency key was used for another call")
            return spec.result.model_validate(known.result)
    with audit.collect(session) as changes:
        result = spec.handler(session, actor, command)
    target = f"{changes[0]['table']}:{changes[0]['id']}" if changes else ""
    if spec.effect is not Effect.READ and not spec.heartbeat:
        audit.record(session, actor, spec.name, target, reason, changes)
    if key:
        stored = json.loads(result.model_dump_json(exclude=SHOWN_ONCE))
        audit.remember(session, actor, spec.name, key, digest, stored)
    return result
