"""Writers of standard procedures: drafts, versions, rules, state."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.sop import queries
from careloop.crm_core.sop.content import SopContent
from careloop.crm_core.sop.errors import NotPublishable
from careloop.crm_core.sop.events import SopPublished
from careloop.crm_core.sop.models import Sop, SopRule, SopState, SopVersion
from careloop.crm_core.sop.schemas import (
    CreateSop,
    ImportSop,
    PickSop,
    PublishSop,
    SaveSopDraft,
    SetSopRules,
    SopRuleFacts,
)  # fmt: skip
from careloop.crm_core.sop.validation import errors, problems
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

ACTOR_NAME = 60


def create_sop(session: Session, actor: Actor, command: CreateSop, source: str = "") -> Sop:
    """Add a procedure as a draft; `Conflict` when the code is taken."""
    if queries.by_code(session, actor.tenant_id, command.code) is not None:
        raise Conflict(f"There is an SOP {command.code} already; choose another code")
    at = now(session)
    row = Sop(
        tenant_id=actor.tenant_id, id=new_id(), code=command.code, source=source,
        created_at=at, updated_at=at,
    )  # fmt: skip
    _draft(session, actor, row, command.content)
    session.add(row)
    session.flush()
    return row


def save_draft(session: Session, actor: Actor, command: SaveSopDraft) -> Sop:
    """Let the draft say this; where none waits, it is the beginning of the next version."""
    row = locked(session, actor, command.sop, command.version)
    if row.state == SopState.RETIRED:
        raise Conflict(f"{row.code} is out of use; restore it first")
    if row.draft is None:
        row.draft_base = row.published
    _draft(session, actor, row, command.content)
    return _changed(session, row)


def discard_draft(session: Session, actor: Actor, command: PickSop) -> Sop:
    """Give the draft up; the published version stands."""
    row = locked(session, actor, command.sop, command.version)
    if row.draft is None:
        raise Conflict(f"{row.code} has no draft")
    if not row.published:
        raise Conflict(f"{row.code} was never published; retire it instead")
    row.draft, row.draft_by, row.draft_at = None, "", None
    row.settle()
    return _changed(session, row)


def publish(session: Session, actor: Actor, command: PublishSop) -> Sop:
    """Make the draft the next version; `NotPublishable` names what is wrong at which step.

    Runs that began with an older version go on with that.
    """
    row = locked(session, actor, command.sop, command.version)
    if row.draft is None:
        raise Conflict(f"{row.code} has no draft to publish")
    if row.state == SopState.RETIRED:
        raise Conflict(f"{row.code} is out of use; restore it first")
    content = SopContent.model_validate(row.draft)
    wrong = errors(problems(content))
    if wrong:
        places = ", ".join(dict.fromkeys(f"{one.step or 'head'}: {one.code}" for one in wrong))
        raise NotPublishable(
            f"Mend this first: {places}", problems=[one.model_dump() for one in wrong]
        )
    at = now(session)
    row.published += 1
    session.add(
        SopVersion(
            tenant_id=row.tenant_id, id=new_id(), sop_id=row.id, number=row.published,
            content=row.draft, note=command.note, by=_name(actor), published_at=at,
            created_at=at, updated_at=at,
        )
    )  # fmt: skip
    row.draft, row.draft_by, row.draft_at = None, "", None
    row.show(content)
    row.settle()
    _changed(session, row)
    emit(session, SopPublished(row.tenant_id, row.code, row.published, at))
    return row


def retire(session: Session, actor: Actor, command: PickSop) -> Sop:
    """Take a procedure out of use: it is put on no more visits; runs that began go on."""
    row = locked(session, actor, command.sop, command.version)
    row.retire()
    return _changed(session, row)


def restore(session: Session, actor: Actor, command: PickSop) -> Sop:
    """Bring a procedure back into use."""
    row = locked(session, actor, command.sop, command.version)
    row.restore()
    return _changed(session, row)


def set_rules(session: Session, actor: Actor, command: SetSopRules) -> Sop:
    """Say on which visits it is put by itself; visits that are planned already stay as they are."""
    row = locked(session, actor, command.sop, command.version)
    _rules(session, row, command.rules)
    return _changed(session, row)


def take_in(session: Session, actor: Actor, command: ImportSop) -> tuple[Sop, bool]:
    """A file becomes the draft of the procedure of its code; True when that is new."""
    document = command.document
    known = queries.by_code(session, actor.tenant_id, document.code)
    if known is None:
        create = CreateSop(code=document.code, content=document.content)
        row = create_sop(session, actor, create)
        _rules(session, row, document.rules)
        return row, True
    save = SaveSopDraft(sop=document.code, content=document.content)
    return save_draft(session, actor, save), False


def locked(session: Session, actor: Actor, code: str, version: int | None) -> Sop:
    """The procedure, locked; 412 when it is not of the version the act is based on."""
    row = queries.sop(session, actor, code, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this SOP meanwhile; load it again")
    return row


def _draft(session: Session, actor: Actor, row: Sop, content: SopContent) -> None:
    row.draft = content.model_dump(mode="json")
    row.draft_by, row.draft_at = _name(actor), now(session)
    if not row.published:
        row.show(content)
    if row.state != SopState.RETIRED:
        row.settle()


def _rules(session: Session, row: Sop, rules: list[SopRuleFacts]) -> None:
    for old in queries.rules(session, row):
        session.delete(old)
    session.flush()
    at = now(session)
    for position, rule in enumerate(rules):
        session.add(
            SopRule(
                tenant_id=row.tenant_id, id=new_id(), sop_id=row.id, position=position,
                created_at=at, updated_at=at, **rule.model_dump(),
            )
        )  # fmt: skip


def _changed(session: Session, row: Sop) -> Sop:
    row.touch(now(session))
    session.flush()
    return row


def _name(actor: Actor) -> str:
    return (actor.name or actor.label)[:ACTOR_NAME]
