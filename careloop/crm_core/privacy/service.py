"""Writers of consent, holds, retention rules, copies and erasures."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries as customers
from careloop.crm_core.privacy import footprint, queries
from careloop.crm_core.privacy.erase import Eraser
from careloop.crm_core.privacy.models import (
    Consent,
    ConsentNote,
    Erasure,
    ErasureState,
    LegalHold,
    PersonalExport,
    RetentionRule,
)  # fmt: skip
from careloop.crm_core.privacy.policy import KEEPING, confirmed_how
from careloop.crm_core.privacy.schemas import (
    AskErasure,
    ConfirmErasure,
    ConsentView,
    ErasureView,
    HoldView,
    NoteView,
    OwnConsent,
    OwnConsents,
    PersonalData,
    PlaceHold,
    RecordConsent,
    RetentionView,
    SaveNote,
    SetRetention,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, NotFound
from careloop.kit.ids import new_id
from careloop.kit.text import base


def save_note(session: Session, actor: Actor, command: SaveNote) -> NoteView:
    """Put a text in force as the next number of its purpose and language."""
    last = queries.last_number(session, actor.tenant_id, command.purpose, command.language)
    row = ConsentNote(
        tenant_id=actor.tenant_id, id=new_id(), purpose=command.purpose,
        language=command.language, number=last + 1, text=command.text.strip(),
        created_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return queries.note_view(row)


def record_consent(session: Session, actor: Actor, command: RecordConsent) -> ConsentView:
    """Write down that a person gave or withdrew a consent; customers do so for themselves."""
    contact = customers.contact(session, actor, command.contact_id)
    number = command.note_number
    if number is not None and not queries.note_exists(
        session, actor.tenant_id, command.purpose, command.language, number
    ):
        raise InvalidInput("There is no such text of the consent note", note_number="is unknown")
    row = Consent(
        tenant_id=actor.tenant_id, id=new_id(), contact_id=contact.id, purpose=command.purpose,
        given=command.given, channel=command.channel, language=command.language,
        note_number=number, recorded_by=actor.label, remark=command.remark,
        created_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return queries.consent_view(row)


def say_own_consent(session: Session, actor: Actor, command: OwnConsent) -> OwnConsents:
    """A visitor's own word, by the door they came in; the same word again adds nothing.

    It is noted under the text they name, else under the one in force for their language.
    """
    if actor.is_staff or not actor.contact_id:
        raise Forbidden("Only a visitor speaks for themselves here")
    language, number = base(command.language or actor.language), command.note_number
    if number is None:
        try:
            note = queries.note_in_force(session, actor.tenant_id, command.purpose, language)
            language, number = note.language, note.number
        except NotFound:
            if command.given:
                raise
    word = RecordConsent(
        contact_id=actor.contact_id, purpose=command.purpose, given=command.given,
        channel="web" if actor.conversation_id else "qr", language=language, note_number=number,
    )  # fmt: skip
    last = queries.last_consent(session, actor, actor.contact_id, command.purpose)
    same = ("given", "language", "note_number")
    if last is None or any(getattr(last, name) != getattr(word, name) for name in same):
        record_consent(session, actor, word)
    return queries.own_consents(session, actor, command.language or actor.language)


def place_hold(session: Session, actor: Actor, command: PlaceHold) -> HoldView:
    """Forbid the erasure of a person's data until the hold is lifted."""
    contact = customers.contact(session, actor, command.contact_id)
    row = LegalHold(
        tenant_id=actor.tenant_id, id=new_id(), contact_id=contact.id, reason=command.reason,
        placed_by=actor.label, created_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return queries.hold_view(row)


def lift_hold(session: Session, actor: Actor, hold_id: str) -> HoldView:
    row = queries.hold(session, actor, hold_id)
    row.lift(now(session))
    return queries.hold_view(row)


def set_retention(session: Session, actor: Actor, command: SetRetention) -> list[RetentionView]:
    """Set the rule of a kind; below the least time it is refused."""
    least = KEEPING[command.kind].least_days
    if command.days < least:
        raise InvalidInput(f"{command.kind} are kept for at least {least} days", days="too few")
    row = queries.rules(session, actor.tenant_id).get(command.kind)
    if row is None:
        row = RetentionRule(tenant_id=actor.tenant_id, id=new_id(), kind=command.kind)
        session.add(row)
    else:
        row.touch(now(session))
    row.days, row.active, row.basis = command.days, command.active, command.basis
    session.flush()
    return queries.retention(session, actor, now(session))


def export_person(session: Session, actor: Actor, contact_id: str) -> PersonalData:
    """A copy of everything that names the person; that it was made is written down."""
    contact = customers.contact(session, actor, contact_id)
    data = footprint.personal_data(session, actor.tenant_id, contact.id)
    session.add(
        PersonalExport(
            tenant_id=actor.tenant_id, id=new_id(), contact_id=contact.id, made_by=actor.label,
            rows=sum(map(len, data.tables.values())), files=len(data.files),
            created_at=now(session),
        )
    )  # fmt: skip
    session.flush()
    return data


def ask_erasure(session: Session, actor: Actor, command: AskErasure) -> ErasureView:
    """Ask for an erasure; `Conflict` while a hold forbids it or one is asked for already."""
    if actor.user_id is None:
        raise Forbidden("Only a member of staff can ask for an erasure")
    contact = customers.contact(session, actor, command.contact_id)
    _no_hold(session, actor, contact.id)
    earlier = queries.erasures_of(session, actor, contact.id)
    if any(row.state == ErasureState.ASKED for row in earlier):
        raise Conflict("An erasure of this person waits for confirmation already")
    row = Erasure(
        tenant_id=actor.tenant_id, id=new_id(), contact_id=contact.id, basis=command.basis,
        reason=command.reason, asked_by=actor.label, counts={}, kept=[], created_at=now(session),
        state=ErasureState.ASKED, confirmed_by="", confirmed_how="",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return queries.erasure_view(row, contact.name)


def confirm_erasure(session: Session, actor: Actor, command: ConfirmErasure) -> ErasureView:
    """Erase; the second step, by another person or by typing who it is. There is no way back."""
    row = queries.erasure(session, actor, command.erasure_id)
    if row.state != ErasureState.ASKED:
        raise Conflict(f"This erasure is {row.state} already")
    contact = customers.contact(session, actor, row.contact_id)
    _no_hold(session, actor, contact.id)
    how = confirmed_how(row.asked_by, actor.label, command.typed, contact.name, contact.email)
    if not how:
        raise InvalidInput(
            "Let a colleague confirm, or type the person's name or mail address as it stands in "
            "the books", typed="does not match",
        )  # fmt: skip
    eraser = Eraser(session, actor.tenant_id, contact.id)
    eraser.erase()
    row.finish(actor.label, how, now(session), dict(eraser.counts), eraser.kept)
    session.flush()
    return queries.erasure_view(row, "")


def cancel_erasure(session: Session, actor: Actor, erasure_id: str) -> ErasureView:
    row = queries.erasure(session, actor, erasure_id)
    row.cancel(now(session))
    contact = customers.contact(session, actor, row.contact_id)
    return queries.erasure_view(row, contact.name)


def _no_hold(session: Session, actor: Actor, contact_id: str) -> None:
    held = queries.open_holds(session, actor.tenant_id, contact_id)
    if held:
        raise Conflict(f"A legal hold forbids this: {held[0].reason}")
