"""A row of every kind that imports and exports keep."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.intake import runs
from careloop.crm_core.intake.schemas import HandedTable, TakeImport
from careloop.kit.actor import Actor


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """One import run; its file is in no store, so nothing of it is ever read."""
    name = f"customers-{ids['tag']}.csv"
    file = HandedTable(name=name, size=5_000_000, sha256=sha256(name.encode()).hexdigest())
    run = runs.take_in(session, actor, TakeImport(files=[file], dry_run=True))
    return {"import_id": run.id, "kind": "customers", "q": ids["tag"]}
