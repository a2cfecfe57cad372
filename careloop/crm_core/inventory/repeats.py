"""An act with the caller's own id happens once, for ever; the same id answers the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.crm_core.inventory import ledger_queries
from careloop.crm_core.inventory.errors import CommandMismatch
from careloop.crm_core.inventory.models import StockCommand
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.ids import new_id

R = TypeVar("R", bound=BaseModel)


def once(
    session: Session, actor: Actor, kind: str, command: BaseModel, result: type[R],
    act: Callable[[], R],
) -> R:  # fmt: skip
    """Do `act`, or give the answer of the command that was done under this id.

    The row of the id is written first: a second call that runs at the same time waits for it,
    and finds the answer when it tries again. Raises `CommandMismatch` for another act.
    """
    command_id = getattr(command, "command_id", None)
    if not command_id:
        return act()
    digest = hashlib.sha256(f"{kind}:{command.model_dump_json()}".encode()).hexdigest()
    known = ledger_queries.command(session, actor.tenant_id, command_id)
    if known is not None:
        if known.digest != digest:
            raise CommandMismatch("This command id was used for another act; make a new one")
        return result.model_validate(known.answer)
    row = StockCommand(
        tenant_id=actor.tenant_id, id=new_id(), command_id=command_id, kind=kind, digest=digest,
        actor=actor.label, answer=None, version=1, created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    answer = act()
    row.answer = json.loads(answer.model_dump_json())
    session.flush()
    return answer
