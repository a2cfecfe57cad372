"""Fields that both sides changed: kept until a person decides, field by field."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.outbound.connectors import books, our_queries, queries
from careloop.crm_core.outbound.connectors.models import Connector, ExternalLink, SyncConflict
from careloop.crm_core.outbound.connectors.schemas import ResolveConflict
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from careloop.kit.ids import new_id

SETTLED = "settled by itself"


def keep_conflict(
    session: Session, row: Connector, link: ExternalLink, title: str, fields: dict[str, Any]
) -> SyncConflict | None:
    """Open, renew or close the conflict of a link, so that it says how things stand."""
    found = queries.open_conflict(session, row.tenant_id, link.id)
    at = now(session)
    if found is None and fields:
        found = SyncConflict(
            tenant_id=row.tenant_id, id=new_id(), connector_id=row.id, link_id=link.id,
            object=link.object, our_id=link.our_id, their_id=link.their_id or "",
            title=title[:300], fields=fields, created_at=at, updated_at=at,
        )  # fmt: skip
        session.add(found)
        session.flush()
    elif found is not None and not fields:
        found.resolve({}, SETTLED, at)
        found.touch(at)
    elif found is not None and found.fields != fields:
        found.fields, found.title = fields, title[:300]
        found.touch(at)
    return found


def resolve(session: Session, actor: Actor, command: ResolveConflict) -> SyncConflict:
    """Give each field the value of one side. Theirs is written here and now; of ours the base is
    moved, so that the next run takes it to them - or asks again, if they changed it meanwhile."""
    row = queries.connector(session, actor, command.connector_id)
    found = queries.conflict(session, actor, row.id, command.conflict_id)
    if command.version is not None and command.version != found.version:
        raise VersionConflict("The conflict changed meanwhile; load it again")
    if found.state != "open":
        raise Conflict("This conflict has been resolved already")
    if set(command.take) != set(found.fields):
        raise InvalidInput(f"take: must name {', '.join(sorted(found.fields))}, and no other")
    link = queries.link(session, actor.tenant_id, found.link_id)
    ours = our_queries.record(session, actor, found.object, found.our_id, lock=True)
    if link is None or ours is None:
        raise NotFound("The record of this conflict is gone")
    theirs = {
        name: found.fields[name]["theirs"]
        for name, side in command.take.items()
        if side == "theirs"
    }
    if theirs:
        books.change(session, actor, found.object, found.our_id, theirs)
    link.base = {**link.base, **{name: value["theirs"] for name, value in found.fields.items()}}
    link.touch(now(session))
    found.resolve(dict(command.take), actor.name or actor.label, now(session))
    found.touch(now(session))
    if "ours" in command.take.values():
        row.cursors = _read_again(row, found, ours.updated_at.isoformat())
    return found


def _read_again(row: Connector, found: SyncConflict, updated_at: str) -> dict[str, Any]:
    """Cursors that make the next run look at this record of ours."""
    cursors = {name: dict(value) for name, value in row.cursors.items()}
    again = cursors.setdefault(found.object, {}).setdefault("again", [])
    cursors[found.object]["again"] = sorted({*again, found.our_id})
    return cursors
