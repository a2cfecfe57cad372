"""Consent, retention, and what a person may ask."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from careloop.api.auth import PrivacyDep, ServicesDep, SessionDep, StaffDep, TenantDep
from careloop.api.person_archive import person_archive
from careloop.api.privacy_sweep import remove_files
from careloop.api.routes.commands import KeyDep, RequiredKeyDep, act
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.privacy import footprint, queries
from careloop.crm_core.privacy.schemas import (
    ApplyRetention,
    AskErasure,
    BasisName,
    ConfirmErasure,
    ConsentView,
    ErasureView,
    ExportPerson,
    HoldView,
    Notes,
    NoteView,
    PersonalData,
    PersonPrivacy,
    PickErasure,
    PickHold,
    PlaceHold,
    PurposeName,
    RecordConsent,
    Retention,
    RetentionDone,
    RetentionKind,
    SaveNote,
    SetRetention,
)  # fmt: skip

router = APIRouter(prefix="/v1/privacy", tags=["privacy"])
open_router = APIRouter(prefix="/v1/public", tags=["public"])


class ConsentGiven(BaseModel):
    purpose: PurposeName
    given: bool
    channel: str = Field(max_length=20)
    language: str = Field("", max_length=10)
    note_number: int | None = None
    remark: str = Field("", max_length=300)


class Hold(BaseModel):
    reason: str = Field(min_length=3, max_length=300)


class ErasureAsked(BaseModel):
    basis: BasisName
    reason: str = Field("", max_length=300)


class Confirmation(BaseModel):
    typed: str = Field("", max_length=300)


class RetentionChange(BaseModel):
    days: int = Field(ge=1, le=36_500)
    active: bool = True
    basis: str = Field("", max_length=300)


@open_router.get("/privacy-note")
def public_note(
    session: SessionDep, tenant_id: TenantDep,
    purpose: PurposeName = "service", language: Annotated[str, Query(max_length=10)] = "en",
) -> NoteView:  # fmt: skip
    """The consent note in force, in this language or English; 404 where there is none."""
    return queries.note_in_force(session, tenant_id, purpose, language)


@router.get("/notes")
def notes(session: SessionDep, actor: PrivacyDep) -> Notes:
    """The consent notes in force."""
    return Notes(items=queries.notes(session, actor))


@router.post("/notes", status_code=201)
def save_note(services: ServicesDep, actor: StaffDep, body: SaveNote, key: KeyDep) -> NoteView:
    """Put a new text of a consent note in force; consents to the former text stay with it."""
    return act(services, actor, "privacy.save_note", body, NoteView, key=key)


@router.get("/contacts/{contact_id}")
def person(session: SessionDep, actor: PrivacyDep, contact_id: str) -> PersonPrivacy:
    """What the books hold of a person: consents, holds, erasures, and rows by table."""
    return footprint.person(session, actor, contact_id)


@router.post("/contacts/{contact_id}/consents", status_code=201)
def record_consent(
    services: ServicesDep, actor: StaffDep, contact_id: str, body: ConsentGiven, key: KeyDep
) -> ConsentView:
    """Record that a person gave or withdrew a consent."""
    command = RecordConsent(contact_id=contact_id, **body.model_dump())
    return act(services, actor, "privacy.record_consent", command, ConsentView, key=key)


@router.post("/contacts/{contact_id}/holds", status_code=201)
def place_hold(
    services: ServicesDep, actor: StaffDep, contact_id: str, body: Hold, key: KeyDep
) -> HoldView:
    """Forbid the erasure of a person's data until the hold is lifted."""
    command = PlaceHold(contact_id=contact_id, reason=body.reason)
    return act(services, actor, "privacy.place_hold", command, HoldView, key=key)


@router.delete("/holds/{hold_id}")
def lift_hold(services: ServicesDep, actor: StaffDep, hold_id: str) -> HoldView:
    """Lift a hold."""
    return act(services, actor, "privacy.lift_hold", PickHold(hold_id=hold_id), HoldView)


@router.post("/contacts/{contact_id}/export", response_class=Response, responses={
    200: {"content": {"application/zip": {}}, "description": "A zip of data.json and files."},
})  # fmt: skip
def export_person(services: ServicesDep, actor: StaffDep, contact_id: str) -> Response:
    """A copy of everything that names a person, as a zip: `data.json`, and files under `files/`."""
    command = ExportPerson(contact_id=contact_id)
    data = act(services, actor, "privacy.export_person", command, PersonalData)
    name = f"person-{contact_id}.zip"
    return Response(
        person_archive(services.blobs, actor.tenant_id, data), media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"',
                 "Cache-Control": "no-store"},
    )  # fmt: skip


@router.post("/contacts/{contact_id}/erasures", status_code=201)
def ask_erasure(
    services: ServicesDep, actor: StaffDep, contact_id: str, body: ErasureAsked,
    key: RequiredKeyDep,
) -> ErasureView:  # fmt: skip
    """Ask that a person's data be erased; a second step confirms it."""
    command = AskErasure(contact_id=contact_id, basis=body.basis, reason=body.reason)
    return act(services, actor, "privacy.ask_erasure", command, ErasureView, key=key)


@router.get("/erasures")
def erasures(
    session: SessionDep, actor: PrivacyDep, state: Annotated[str, Query(max_length=10)] = "",
    cursor: Annotated[str, Query(max_length=120)] = "", limit: Limit = 50,
) -> Page[ErasureView]:  # fmt: skip
    """Erasures, newest first; those that are done are the certificates."""
    place = decode_cursor(cursor, 1)
    before = str(place[0]) if place else ""
    found = queries.erasures(session, actor, state=state, before=before, limit=limit + 1)
    following = encode_cursor(found[limit - 1].id) if len(found) > limit else None
    return Page(items=found[:limit], next_cursor=following)


@router.post("/erasures/{erasure_id}/confirm")
def confirm_erasure(
    services: ServicesDep, actor: StaffDep, erasure_id: str, body: Confirmation,
    key: RequiredKeyDep,
) -> ErasureView:  # fmt: skip
    """Erase: by a second person, or by the same one who types the person's name or address."""
    command = ConfirmErasure(erasure_id=erasure_id, typed=body.typed)
    done = act(services, actor, "privacy.confirm_erasure", command, ErasureView, key=key)
    remove_files(services.database, services.blobs, actor.tenant_id)
    return done


@router.post("/erasures/{erasure_id}/cancel")
def cancel_erasure(
    services: ServicesDep, actor: StaffDep, erasure_id: str, key: KeyDep
) -> ErasureView:
    """Withdraw an erasure that nobody has confirmed."""
    command = PickErasure(erasure_id=erasure_id)
    return act(services, actor, "privacy.cancel_erasure", command, ErasureView, key=key)


@router.get("/retention")
def retention(services: ServicesDep, session: SessionDep, actor: PrivacyDep) -> Retention:
    """All rules, each with how many rows would go now."""
    return Retention(items=queries.retention(session, actor, services.clock.now()))


@router.put("/retention/{kind}")
def set_retention(
    services: ServicesDep, actor: StaffDep, kind: Annotated[RetentionKind, Path()],
    body: RetentionChange, key: KeyDep,
) -> Retention:  # fmt: skip
    """Set how long rows of a kind are kept."""
    command = SetRetention(kind=kind, **body.model_dump())
    return act(services, actor, "privacy.set_retention", command, Retention, key=key)


@router.post("/retention/apply")
def apply_retention(services: ServicesDep, actor: StaffDep, key: KeyDep) -> RetentionDone:
    """Delete a batch of what is due now, instead of waiting for the daily sweep."""
    done = act(services, actor, "privacy.apply_retention", ApplyRetention(), RetentionDone, key=key)
    remove_files(services.database, services.blobs, actor.tenant_id)
    return done
