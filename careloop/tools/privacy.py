"""Tools over consent, retention, and the requests of persons."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.privacy import service
from careloop.crm_core.privacy.retention import apply_retention as apply
from careloop.crm_core.privacy.schemas import (
    ApplyRetention,
    AskErasure,
    ConfirmErasure,
    ConsentView,
    ErasureView,
    ExportPerson,
    HoldView,
    NoteView,
    OwnConsent,
    OwnConsents,
    PersonalData,
    PickErasure,
    PickHold,
    PlaceHold,
    RecordConsent,
    Retention,
    RetentionDone,
    SaveNote,
    SetRetention,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.tools.spec import Confirm, Effect, tool


@tool("privacy.save_note", effect=Effect.WRITE, scope="privacy")
def save_note(session: Session, actor: Actor, command: SaveNote) -> NoteView:
    """Put a new text of a consent note in force."""
    return service.save_note(session, actor, command)


@tool("privacy.record_consent", effect=Effect.WRITE, scope="privacy")
def record_consent(session: Session, actor: Actor, command: RecordConsent) -> ConsentView:
    """Write down that a person gave or withdrew a consent."""
    return service.record_consent(session, actor, command)


@tool("privacy.own_consent", effect=Effect.WRITE, scope="consent")
def say_own_consent(session: Session, actor: Actor, command: OwnConsent) -> OwnConsents:
    """Write down that the visitor gives or withdraws a consent of their own."""
    return service.say_own_consent(session, actor, command)


@tool("privacy.place_hold", effect=Effect.WRITE, scope="privacy")
def place_hold(session: Session, actor: Actor, command: PlaceHold) -> HoldView:
    """Forbid the erasure of a person's data until the hold is lifted."""
    return service.place_hold(session, actor, command)


@tool("privacy.lift_hold", effect=Effect.WRITE, scope="privacy")
def lift_hold(session: Session, actor: Actor, command: PickHold) -> HoldView:
    """Lift a legal hold."""
    return service.lift_hold(session, actor, command.hold_id)


@tool("privacy.export_person", effect=Effect.WRITE, scope="privacy", confirm=Confirm.PERSON)
def export_person(session: Session, actor: Actor, command: ExportPerson) -> PersonalData:
    """Copy everything that names a person; that it was done is written down."""
    return service.export_person(session, actor, command.contact_id)


@tool("privacy.ask_erasure", effect=Effect.WRITE, scope="privacy")
def ask_erasure(session: Session, actor: Actor, command: AskErasure) -> ErasureView:
    """Ask that a person's data be erased; nothing happens until it is confirmed."""
    return service.ask_erasure(session, actor, command)


@tool("privacy.confirm_erasure", effect=Effect.DESTROY, scope="privacy", confirm=Confirm.PERSON)
def confirm_erasure(session: Session, actor: Actor, command: ConfirmErasure) -> ErasureView:
    """Erase a person's data; it cannot be undone."""
    return service.confirm_erasure(session, actor, command)


@tool("privacy.cancel_erasure", effect=Effect.WRITE, scope="privacy")
def cancel_erasure(session: Session, actor: Actor, command: PickErasure) -> ErasureView:
    """Withdraw an erasure that nobody has confirmed."""
    return service.cancel_erasure(session, actor, command.erasure_id)


@tool("privacy.set_retention", effect=Effect.WRITE, scope="privacy")
def set_retention(session: Session, actor: Actor, command: SetRetention) -> Retention:
    """Set how long rows of a kind are kept."""
    return Retention(items=service.set_retention(session, actor, command))


@tool("privacy.apply_retention", effect=Effect.DESTROY, scope="privacy")
def apply_retention(session: Session, actor: Actor, command: ApplyRetention) -> RetentionDone:
    """Delete a batch of what has been kept long enough."""
    return apply(session, actor, now(session), command.batch)
