"""Bringing one record of theirs together with one of ours, in one transaction.

What they have to take is only named here; the caller tells them, outside of any transaction, and
comes back with the record as it is then. So a crash at any point leaves either the old state or
the new one, and the next run comes to the same end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.outbound.connectors import books, our_queries, queries
from careloop.crm_core.outbound.connectors.conflicts import keep_conflict
from careloop.crm_core.outbound.connectors.fields import our_field
from careloop.crm_core.outbound.connectors.mapping import Mapping, ObjectMapping
from careloop.crm_core.outbound.connectors.merging import (
    Plan,
    Unreadable,
    as_ours,
    as_theirs,
    digest,
    reconcile,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.models import Connector, ExternalLink
from careloop.crm_core.outbound.connectors.our_queries import OurRecord
from careloop.crm_core.outbound.connectors.schemas import (
    IntendRecord,
    Settled,
    SettleRecord,
    TheirFacts,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput
from careloop.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both sides of one record, as far as there are two."""

    link: ExternalLink | None
    ours: OurRecord | None
    theirs: dict[str, Any]


def settle(session: Session, actor: Actor, command: SettleRecord, dry: bool = False) -> Settled:
    """Compare both sides; write what is ours to take, and name what is theirs.

    With `dry` nothing is written, and the answer says what would be.
    """
    row = queries.connector(session, actor, command.connector_id)
    found = _mapping(row, command.object)
    record = command.record
    link = queries.link_of_theirs(session, actor.tenant_id, row.id, command.object, record.id)
    if link is not None and not dry:
        link = queries.link(session, actor.tenant_id, link.id)
    if record.deleted:
        return _gone(session, link, dry)
    if link is not None and command.listed and _older(record.updated, link.their_updated):
        return Settled(did="stale", our_id=link.our_id)
    try:
        theirs = as_ours(command.object, found.fields, record.values)
    except Unreadable as error:
        raise InvalidInput(str(error)) from None
    theirs = _our_references(session, actor, row, command.object, theirs)
    our_id = link.our_id if link else _partner(session, actor, row, command, found, theirs)
    ours = (
        our_queries.record(session, actor, command.object, our_id, lock=not dry) if our_id else None
    )
    if link is not None and ours is None:
        return Settled(did="skipped", our_id=link.our_id)
    if ours is None:
        return _create(session, actor, row, command, found, theirs, dry)
    if link is None:
        link = _linked(session, row, command.object, ours.id, dry)
    pair = _Pair(link, ours, theirs)
    return _merge(session, actor, row, command, found, pair, dry)


def _merge(
    session: Session, actor: Actor, row: Connector, command: SettleRecord, found: ObjectMapping,
    pair: _Pair, dry: bool,
) -> Settled:  # fmt: skip
    link, ours, record = pair.link, pair.ours, command.record
    assert link is not None and ours is not None
    if link.their_id not in (None, record.id):
        raise Conflict(
            f"Two records of theirs, {link.their_id} and {record.id}, match one of ours; "
            "make them differ there, or mend the match"
        )
    base = {**link.base, **_pushed_alone(found, command.pushed)}
    plan = reconcile(
        found.fields, base, ours.values, pair.theirs,
        _newer(ours.updated_at, record.updated), books.fixed(command.object),
    )  # fmt: skip
    fresh = link.their_id is None or link.state != "linked"
    moved = fresh or base != link.base or plan.base != link.base or not _same(link, record)
    did = _name(plan, fresh)
    if dry:
        return _answer(session, actor, row, command.object, found, plan, ours, did, dry=True)
    if plan.to_ours:
        books.change(session, actor, command.object, ours.id, plan.to_ours)
    if moved or plan.to_ours:
        _note(link, record, pair.theirs, plan, now(session))
        session.flush()
    keep_conflict(session, row, link, ours.title, plan.conflicts)
    return _answer(session, actor, row, command.object, found, plan, ours, did)


def _note(
    link: ExternalLink, record: TheirFacts, theirs: dict[str, Any], plan: Plan, at: datetime
) -> None:
    """Keep the agreement; what they still have to take stays as it was agreed before."""
    waiting = {name: link.base[name] for name in plan.to_theirs if name in link.base}
    agreed = {name: value for name, value in plan.base.items() if name not in plan.to_theirs}
    link.base = {**agreed, **waiting}
    link.their_id, link.state = record.id, "linked"
    link.their_version, link.their_updated = record.version, record.updated
    link.their_hash, link.synced_at = digest(theirs), at
    link.touch(at)


def _same(link: ExternalLink, record: TheirFacts) -> bool:
    return (link.their_version, link.their_updated) == (record.version, record.updated)


def _name(plan: Plan, fresh: bool) -> str:
    if plan.to_ours:
        return "updated"
    if fresh:
        return "linked"
    return "conflict" if plan.conflicts else "same"


def _pushed_alone(found: ObjectMapping, pushed: dict[str, Any]) -> dict[str, Any]:
    """Of what they have just taken, the fields that we never read back."""
    outward = {rule.ours for rule in found.fields if not rule.comes_in}
    return {name: value for name, value in pushed.items() if name in outward}


def _answer(
    session: Session, actor: Actor, row: Connector, object_name: str, found: ObjectMapping,
    plan: Plan, ours: OurRecord, did: str, dry: bool = False,
) -> Settled:  # fmt: skip
    document: dict[str, Any] = {}
    if plan.to_theirs:
        try:
            document = document_of(session, actor, row, object_name, found, plan.to_theirs)
        except InvalidInput:
            if not dry:
                raise
    return Settled(
        did=did, our_id=ours.id, title=ours.title, conflicts=sorted(plan.conflicts),
        changed={
            name: {"before": ours.values.get(name, ""), "after": value}
            for name, value in plan.to_ours.items()
        },
        push=plan.to_theirs, document=document,
    )  # fmt: skip


def document_of(
    session: Session, actor: Actor, row: Connector, object_name: str, found: ObjectMapping,
    values: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """Our values as they write them; a reference that they do not know is a named failure."""
    told = dict(values)
    for name, value in values.items():
        field = our_field(object_name, name)
        if field is None or not field.refers_to or not value:
            continue
        known = queries.their_ids(session, actor.tenant_id, row.id, field.refers_to, [value])
        if value not in known:
            raise InvalidInput(f"{name}: our record is not linked there yet; it is tried again")
        told[name] = known[value]
    return as_theirs(found.fields, told)


def _our_references(
    session: Session, actor: Actor, row: Connector, object_name: str, theirs: dict[str, Any]
) -> dict[str, Any]:
    told = dict(theirs)
    for name, value in theirs.items():
        field = our_field(object_name, name)
        if field is None or not field.refers_to or not value:
            continue
        link = queries.link_of_theirs(session, actor.tenant_id, row.id, field.refers_to, str(value))
        if link is None:
            raise InvalidInput(f"{name}: {value} of theirs is not linked yet; it is tried again")
        told[name] = link.our_id
    return told


def _partner(
    session: Session, actor: Actor, row: Connector, command: SettleRecord, found: ObjectMapping,
    theirs: dict[str, Any],
) -> str:  # fmt: skip
    """Ours for a record of theirs that is not linked: as told, or found by the match."""
    if command.our_id:
        return command.our_id
    for match in found.match:
        value = theirs.get(match.ours)
        if value in (None, ""):
            continue
        ids = our_queries.matching(session, actor, command.object, {match.ours: value})
        if len(ids) > 1:
            raise Conflict(f"Several of our {command.object} have {match.ours} {value!r}")
        if ids:
            return ids[0]
    return ""


def _create(
    session: Session, actor: Actor, row: Connector, command: SettleRecord, found: ObjectMapping,
    theirs: dict[str, Any], dry: bool,
) -> Settled:  # fmt: skip
    if not found.makes_ours:
        return Settled(did="skipped")
    for rule in found.fields:
        field = our_field(command.object, rule.ours)
        if field and field.needed and rule.comes_in and not theirs.get(rule.ours):
            raise InvalidInput(f"{rule.theirs}: is empty, but our {command.object} need it")
    shown = {name: {"before": "", "after": value} for name, value in theirs.items() if value}
    if dry:
        return Settled(did="created", changed=shown)
    our_id = books.create(session, actor, command.object, theirs, row.name)
    link = _linked(session, row, command.object, our_id, dry=False)
    _note(link, command.record, theirs, Plan(base=theirs), now(session))
    session.flush()
    made = our_queries.record(session, actor, command.object, our_id)
    title = made.title if made else ""
    return Settled(did="created", our_id=our_id, title=title, changed=shown)


def _linked(
    session: Session, row: Connector, object_name: str, our_id: str, dry: bool
) -> ExternalLink:
    known = queries.link_of_ours(session, row.tenant_id, row.id, object_name, our_id)
    if known is not None:
        return known
    at = now(session)
    link = ExternalLink(
        tenant_id=row.tenant_id, id=new_id(), connector_id=row.id, object=object_name,
        our_id=our_id, their_id=None, their_version="", their_updated="", their_hash="",
        base={}, state="creating", version=1, created_at=at, updated_at=at,
    )  # fmt: skip
    if not dry:
        session.add(link)
        session.flush()
    return link


def intend(session: Session, actor: Actor, command: IntendRecord) -> ExternalLink:
    """Note that they are about to be asked to make a record of ours."""
    row = queries.connector(session, actor, command.connector_id)
    if our_queries.record(session, actor, command.object, command.our_id) is None:
        raise InvalidInput("our_id: there is no such record")
    return _linked(session, row, command.object, command.our_id, dry=False)


def _gone(session: Session, link: ExternalLink | None, dry: bool) -> Settled:
    """They deleted it. Ours stays; the link only says that there is no other side any more."""
    if link is None:
        return Settled(did="skipped")
    if link.state != "gone" and not dry:
        link.state = "gone"
        link.touch(now(session))
        return Settled(did="gone", our_id=link.our_id)
    return Settled(did="gone" if link.state != "gone" else "skipped", our_id=link.our_id)


def _mapping(row: Connector, object_name: str) -> ObjectMapping:
    found = dict(Mapping.model_validate(row.mapping).in_order()).get(object_name)
    if found is None:
        raise InvalidInput(f"object: the mapping of {row.name} holds no {object_name}")
    return found


def mapping_of(row: Connector) -> Mapping:
    """The checked mapping of a connector."""
    return Mapping.model_validate(row.mapping)


def _older(one: str, other: str) -> bool:
    first, second = _moment(one), _moment(other)
    return first is not None and second is not None and first < second


def _newer(ours: datetime, theirs: str) -> bool | None:
    other = _moment(theirs)
    return None if other is None else as_utc(ours) >= other


def _moment(text: str) -> datetime | None:
    try:
        return as_utc(datetime.fromisoformat(text))
    except ValueError:
        return None
