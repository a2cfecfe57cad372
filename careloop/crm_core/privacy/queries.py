"""Selects of consent, holds, erasures and retention rules."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries as customers
from careloop.crm_core.privacy import retention_queries
from careloop.crm_core.privacy.models import (
    Consent,
    ConsentNote,
    Erasure,
    ErasureState,
    FileRemoval,
    LegalHold,
    Purpose,
    RetentionRule,
)  # fmt: skip
from careloop.crm_core.privacy.policy import KEEPING
from careloop.crm_core.privacy.schemas import (
    ConsentView,
    ErasureView,
    HoldView,
    Kept,
    NoteView,
    OwnConsents,
    OwnConsentView,
    RetentionKind,
    RetentionView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound
from careloop.kit.text import FALLBACK, base


def _allowed(actor: Actor) -> bool:
    return actor.is_staff and actor.may("privacy")


def visible_to(actor: Actor) -> Select[Erasure]:
    """Erasures that the actor may see: all of the tenant, with the scope `privacy`."""
    statement = select(Erasure).where(Erasure.tenant_id == actor.tenant_id)
    return statement if _allowed(actor) else statement.where(false())


def consents_visible_to(actor: Actor) -> Select[Consent]:
    """Consents: all with the scope `privacy`, one's own for a customer."""
    statement = select(Consent).where(Consent.tenant_id == actor.tenant_id)
    if _allowed(actor):
        return statement
    own = actor.contact_id if not actor.is_staff else None
    return statement.where(Consent.contact_id == own) if own else statement.where(false())


def holds_visible_to(actor: Actor) -> Select[LegalHold]:
    """Legal holds, with the scope `privacy`."""
    statement = select(LegalHold).where(LegalHold.tenant_id == actor.tenant_id)
    return statement if _allowed(actor) else statement.where(false())


def note_in_force(session: Session, tenant_id: str, purpose: str, language: str) -> NoteView:
    """The newest text in this language, else in English; `NotFound` where there is neither."""
    for wanted in dict.fromkeys((base(language), FALLBACK)):
        statement = (
            select(ConsentNote)
            .where(
                ConsentNote.tenant_id == tenant_id, ConsentNote.purpose == purpose,
                ConsentNote.language == wanted,
            )
            .order_by(ConsentNote.number.desc())
            .limit(1)
        )  # fmt: skip
        found = session.scalar(statement)
        if found is not None:
            return note_view(found)
    raise NotFound("There is no consent note for this purpose")


def note_exists(
    session: Session, tenant_id: str, purpose: str, language: str, note_number: int
) -> bool:
    """Whether this very text was ever in force."""
    statement = select(ConsentNote.id).where(
        ConsentNote.tenant_id == tenant_id, ConsentNote.purpose == purpose,
        ConsentNote.language == language, ConsentNote.number == note_number,
    )  # fmt: skip
    return session.scalar(statement) is not None


def last_number(session: Session, tenant_id: str, purpose: str, language: str) -> int:
    """The number of the newest text; 0 where there is none."""
    statement = select(func.max(ConsentNote.number)).where(
        ConsentNote.tenant_id == tenant_id, ConsentNote.purpose == purpose,
        ConsentNote.language == language,
    )  # fmt: skip
    return session.scalar(statement) or 0


def notes(session: Session, actor: Actor) -> list[NoteView]:
    """The text in force of each purpose and language."""
    statement = select(ConsentNote).where(ConsentNote.tenant_id == actor.tenant_id)
    if not actor.is_staff:
        statement = statement.where(false())
    newest: dict[tuple[str, str], ConsentNote] = {}
    for row in session.scalars(statement.order_by(ConsentNote.number)):
        newest[row.purpose, row.language] = row
    return [note_view(newest[key]) for key in sorted(newest)]


def consents(session: Session, actor: Actor, contact_id: str) -> list[ConsentView]:
    """A contact's acts of consent, newest first."""
    statement = consents_visible_to(actor).where(Consent.contact_id == contact_id)
    return [consent_view(row) for row in session.scalars(statement.order_by(Consent.id.desc()))]


def last_consent(
    session: Session, actor: Actor, contact_id: str, purpose: str
) -> ConsentView | None:
    """A contact's last word on a purpose."""
    said = consents(session, actor, contact_id)
    return next((row for row in said if row.purpose == purpose), None)


def own_consents(session: Session, actor: Actor, language: str) -> OwnConsents:
    """What a visitor may consent to, in a language or English, and what they said last."""
    last: dict[str, ConsentView] = {}
    for row in consents(session, actor, actor.contact_id or ""):
        last.setdefault(row.purpose, row)
    items = []
    for purpose in Purpose:
        said = last.get(purpose)
        try:
            note = note_in_force(session, actor.tenant_id, purpose, language)
        except NotFound:
            note = None
        if note is None and said is None:
            continue
        items.append(
            OwnConsentView(
                purpose=purpose, text=note.text if note else "",
                language=note.language if note else "", note_number=note.number if note else None,
                given=said.given if said else None, at=said.at if said else None,
            )
        )  # fmt: skip
    return OwnConsents(items=items)


def consent_given(session: Session, tenant_id: str, contact_id: str, purpose: str) -> bool:
    """Whether a contact's last word on this purpose was yes."""
    statement = (
        select(Consent.given)
        .where(
            Consent.tenant_id == tenant_id, Consent.contact_id == contact_id,
            Consent.purpose == purpose,
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )  # fmt: skip
    return bool(session.scalar(statement))


def holds(session: Session, actor: Actor, contact_id: str) -> list[LegalHold]:
    statement = holds_visible_to(actor).where(LegalHold.contact_id == contact_id)
    return list(session.scalars(statement.order_by(LegalHold.id.desc())))


def hold(session: Session, actor: Actor, hold_id: str) -> LegalHold:
    found = session.scalar(holds_visible_to(actor).where(LegalHold.id == hold_id).with_for_update())
    if found is None:
        raise NotFound("There is no such hold")
    return found


def open_holds(session: Session, tenant_id: str, contact_id: str) -> list[LegalHold]:
    """Holds that forbid an erasure now."""
    statement = select(LegalHold).where(
        LegalHold.tenant_id == tenant_id, LegalHold.contact_id == contact_id,
        LegalHold.lifted_at.is_(None),
    )  # fmt: skip
    return list(session.scalars(statement))


def erasure(session: Session, actor: Actor, erasure_id: str) -> Erasure:
    """One erasure under a lock, for the writers."""
    found = session.scalar(visible_to(actor).where(Erasure.id == erasure_id).with_for_update())
    if found is None:
        raise NotFound("There is no such erasure")
    return found


def erasures_of(session: Session, actor: Actor, contact_id: str) -> list[Erasure]:
    statement = visible_to(actor).where(Erasure.contact_id == contact_id)
    return list(session.scalars(statement.order_by(Erasure.id.desc())))


def erasures(
    session: Session, actor: Actor, state: str = "", before: str = "", limit: int = 50
) -> list[ErasureView]:
    """Erasures, newest first, those older than the one `before`."""
    statement = visible_to(actor)
    if state:
        statement = statement.where(Erasure.state == state)
    if before:
        statement = statement.where(Erasure.id < before)
    rows = session.scalars(statement.order_by(Erasure.id.desc()).limit(limit)).all()
    people = customers.contacts_by_id(session, actor.tenant_id, {r.contact_id for r in rows})
    return [
        erasure_view(row, people[row.contact_id].name if row.contact_id in people else "")
        for row in rows
    ]


def rules(session: Session, tenant_id: str) -> dict[str, RetentionRule]:
    """The tenant's own retention rules by kind."""
    statement = select(RetentionRule).where(RetentionRule.tenant_id == tenant_id)
    return {row.kind: row for row in session.scalars(statement)}


def retention(session: Session, actor: Actor, at: datetime) -> list[RetentionView]:
    """The rule of each kind, and how many rows are due at that moment."""
    if not _allowed(actor):
        return []
    own = rules(session, actor.tenant_id)
    found = []
    kinds: tuple[RetentionKind, ...] = get_args(RetentionKind)
    for kind in kinds:
        usual, rule = KEEPING[kind], own.get(kind)
        days = rule.days if rule else usual.days
        due, oldest = retention_queries.preview(session, actor.tenant_id, kind, days, at)
        found.append(
            RetentionView(
                kind=kind, days=days, active=rule.active if rule else usual.active,
                basis=(rule.basis if rule else "") or usual.basis, least_days=usual.least_days,
                due=due, oldest=iso(oldest) if oldest else None,
            )
        )  # fmt: skip
    return found


def removals(session: Session, tenant_id: str, limit: int = 200) -> list[FileRemoval]:
    """Files whose bytes have to go."""
    statement = select(FileRemoval).where(FileRemoval.tenant_id == tenant_id)
    return list(session.scalars(statement.order_by(FileRemoval.id).limit(limit)))


def removal(session: Session, tenant_id: str, sha256: str) -> FileRemoval | None:
    """The note that this file's bytes have to go."""
    return session.scalar(
        select(FileRemoval).where(FileRemoval.tenant_id == tenant_id, FileRemoval.sha256 == sha256)
    )


def note_view(row: ConsentNote) -> NoteView:
    return NoteView(
        purpose=row.purpose, language=row.language, number=row.number, text=row.text,
        created_at=iso(row.created_at),
    )  # fmt: skip


def consent_view(row: Consent) -> ConsentView:
    return ConsentView(
        id=row.id, contact_id=row.contact_id, purpose=row.purpose, given=row.given,
        channel=row.channel, language=row.language, note_number=row.note_number,
        recorded_by=row.recorded_by, remark=row.remark, at=iso(row.created_at),
    )  # fmt: skip


def hold_view(row: LegalHold) -> HoldView:
    return HoldView(
        id=row.id, contact_id=row.contact_id, reason=row.reason, placed_by=row.placed_by,
        placed_at=iso(row.created_at), lifted_at=iso(row.lifted_at) if row.lifted_at else None,
    )  # fmt: skip


def erasure_view(row: Erasure, contact_name: str) -> ErasureView:
    done = row.state == ErasureState.DONE
    return ErasureView(
        id=row.id, contact_id=row.contact_id, contact_name="" if done else contact_name,
        state=row.state, basis=row.basis, reason=row.reason, asked_by=row.asked_by,
        asked_at=iso(row.created_at), confirmed_by=row.confirmed_by,
        confirmed_how=row.confirmed_how, done_at=iso(row.done_at) if row.done_at else None,
        counts=row.counts, kept=[Kept(**item) for item in row.kept],
    )  # fmt: skip
