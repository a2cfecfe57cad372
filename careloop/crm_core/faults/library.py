"""Writers of faults: written, changed, stood for, thrown out, linked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.faults import queries
from careloop.crm_core.faults.bookkeeping import (
    ACTOR_NAME,
    mark,
    next_number,
    union,
    words_of,
    write_slots,
)  # fmt: skip
from careloop.crm_core.faults.events import FaultReviewed
from careloop.crm_core.faults.models import LIVE, Fault, FaultApart, FaultLink, FaultState
from careloop.crm_core.faults.schemas import (
    KeepApart,
    LinkFault,
    PickFault,
    RejectFault,
    ReviewFault,
    Slots,
    StoreChange,
    StoreFault,
    UnlinkFault,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def create_fault(session: Session, actor: Actor, command: StoreFault) -> Fault:
    """A new draft; `Conflict` when the library holds a live fault that says exactly this for one
    of its models."""
    check_told(command)
    row = new_fault(session, actor.tenant_id, command, now(session))
    twins = queries.same_tuple(session, actor.tenant_id, row.signature)
    for twin in twins:
        if twin.id != row.id and twin.state in LIVE and _meet(twin, row):
            raise Conflict(
                f"{twin.number} says the same already; change that one", fault=twin.number
            )
    return row


def _meet(one: Fault, other: Fault) -> bool:
    return not one.models or not other.models or bool(set(one.models) & set(other.models))


def check_told(slots: Slots) -> None:
    """`InvalidInput` unless something fails or shows, and something is told of it."""
    told = {name for name, slot in slots.items() if slot.same}
    if not told & {"component", "symptom"}:
        raise InvalidInput(
            "Say which component is at fault or how it shows",
            component="is needed where there is no symptom",
        )


def new_fault(
    session: Session, tenant_id: str, command: StoreFault, at: datetime, marked: bool = True
) -> Fault:
    """Write the row and its number; its marks too, unless the caller counts it anyway."""
    row = Fault(
        tenant_id=tenant_id, id=new_id(), number=next_number(session, tenant_id),
        state=FaultState.DRAFT, origin=command.origin, models=union((), command.models),
        error_codes=union((), command.error_codes), firmware=command.firmware, note=command.note,
        cases=0, successes=0, failures=0, open_cases=0, resolved=True, version=1, created_at=at,
        updated_at=at, merged_into="", reviewed_by="", reject_reason="", article_id="",
    )  # fmt: skip
    write_slots(row, command)
    row.search = words_of(row, command.names)
    session.add(row)
    session.flush()
    if marked:
        mark(session, row)
    return row


def locked(session: Session, actor: Actor, command: PickFault | StoreChange) -> Fault:
    """The fault, locked; `VersionConflict` when it is another version by now."""
    row = queries.fault(session, actor, command.number, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this fault meanwhile; load it again")
    return row


def change_fault(session: Session, actor: Actor, command: StoreChange) -> Fault:
    """Change what it says; what it was proven by stays."""
    row = locked(session, actor, command)
    if row.state == FaultState.MERGED:
        raise Conflict(f"{row.number} is a part of {row.merged_into}; change that one")
    for name in ("models", "error_codes"):
        if (given := getattr(command, name)) is not None:
            setattr(row, name, union((), given))
    for name in ("firmware", "note"):
        if (given := getattr(command, name)) is not None:
            setattr(row, name, given)
    if command.slots is not None:
        check_told(command.slots)
        write_slots(row, command.slots)
    row.search = words_of(row, command.names)
    row.resolved = True
    row.touch(now(session))
    session.flush()
    mark(session, row)
    return row


def settle_words(session: Session, row: Fault, slots: Slots, names: str) -> None:
    """Store the matched words of a fault that came from an import."""
    write_slots(row, slots)
    row.search, row.resolved = words_of(row, names), True
    row.touch(now(session))
    session.flush()
    mark(session, row)


def review_fault(session: Session, actor: Actor, command: ReviewFault) -> Fault:
    """An editor stands for it; a second time only notes the day."""
    row = locked(session, actor, command)
    at = now(session)
    if row.state != FaultState.REVIEWED:
        row.step_to(FaultState.REVIEWED, at)
    else:
        row.touch(at)
    row.reviewed_at, row.reviewed_by = at, actor.name or actor.label
    row.reject_reason = ""
    session.flush()
    emit(session, FaultReviewed(row.tenant_id, row.number, at))
    return row


def reject_fault(session: Session, actor: Actor, command: RejectFault) -> Fault:
    """It is wrong, or says nothing; its evidence stays with it."""
    row = locked(session, actor, command)
    row.step_to(FaultState.REJECTED, now(session))
    row.reject_reason = command.reason
    session.flush()
    return row


def restore_fault(session: Session, actor: Actor, command: PickFault) -> Fault:
    """Back to the drafts."""
    row = locked(session, actor, command)
    if row.state == FaultState.MERGED:
        raise Conflict(f"{row.number} is a part of {row.merged_into}; undo the merge instead")
    row.step_to(FaultState.DRAFT, now(session))
    row.reject_reason, row.reviewed_at, row.reviewed_by = "", None, ""
    session.flush()
    return row


def keep_apart(session: Session, actor: Actor, command: KeepApart) -> Fault:
    """These two are not the same; they are not proposed for merging again."""
    row = queries.fault(session, actor, command.number)
    other = queries.fault(session, actor, command.other)
    if row.id == other.id:
        raise InvalidInput("A fault cannot be kept apart from itself", other="is the same fault")
    one, two = sorted((row.id, other.id))
    if session.get(FaultApart, (actor.tenant_id, one, two)) is None:
        session.add(
            FaultApart(
                tenant_id=actor.tenant_id, one=one, other=two, created_at=now(session),
                actor=(actor.name or actor.label)[:ACTOR_NAME],
            )
        )  # fmt: skip
        session.flush()
    return row


def link_fault(session: Session, actor: Actor, command: LinkFault) -> Fault:
    """Add a link; the same again changes its title and quantity."""
    row = queries.fault(session, actor, command.number, lock=True)
    at = now(session)
    known = next(
        (
            link for link in queries.links(session, row)
            if (link.kind, link.target) == (command.kind, command.target)
        ),
        None,
    )  # fmt: skip
    if known is None:
        known = FaultLink(
            tenant_id=row.tenant_id, id=new_id(), fault_id=row.id, kind=command.kind,
            target=command.target, version=0, created_at=at,
        )  # fmt: skip
        session.add(known)
    known.title, known.quantity = command.title, command.quantity
    known.touch(at)
    row.touch(at)
    session.flush()
    mark(session, row)
    return row


def unlink_fault(session: Session, actor: Actor, command: UnlinkFault) -> Fault:
    """Take a link away."""
    row = queries.fault(session, actor, command.number, lock=True)
    link = next((one for one in queries.links(session, row) if one.id == command.link_id), None)
    if link is None:
        raise NotFound(f"{row.number} has no such link")
    session.delete(link)
    row.touch(now(session))
    session.flush()
    mark(session, row)
    return row


def note_article(session: Session, row: Fault, article_id: str) -> None:
    """The fault was written as this article."""
    row.article_id = article_id
    row.touch(now(session))
    session.flush()
