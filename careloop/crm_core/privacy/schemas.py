"""Commands and views of privacy."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

PurposeName = Literal["service", "chat", "marketing", "survey", "transfer_abroad"]
BasisName = Literal["gdpr_17", "pipl_47", "contract_ended", "other"]
RetentionKind = Literal[
    "conversations",
    "attachments",
    "device_reports",
    "loose_photos",
    "audit",
    "answered_calls",
    "logins",
    "jobs",
]


class SaveNote(BaseModel):
    """A new text of a consent note; earlier ones stay on file."""

    purpose: PurposeName = Field(description="What the data are used for.")
    language: str = Field(pattern=r"^[a-z]{2}$", description="ISO 639-1 code.")
    text: str = Field(min_length=1, max_length=8000, description="What the person is told.")


class NoteView(BaseModel):
    """The text of a consent note; `number` is the version that a consent names."""

    purpose: str
    language: str
    number: int
    text: str
    created_at: str


class Notes(BaseModel):
    """The text in force of each purpose and language."""

    items: list[NoteView]


class RecordConsent(BaseModel):
    """A person gave or withdrew a consent."""

    contact_id: str = Field(description="Id of the contact.")
    purpose: PurposeName = Field(description="What the data are used for.")
    given: bool = Field(description="True: given; false: withdrawn.")
    channel: str = Field(max_length=20, description="How: web, mail, phone, paper, wechat ...")
    language: str = Field("", max_length=10, description="Language of the text they saw.")
    note_number: int | None = Field(None, description="Number of the text they saw.")
    remark: str = Field("", max_length=300, description="Where the proof lies.")


class OwnConsent(BaseModel):
    """A visitor gives or withdraws a consent of their own."""

    purpose: PurposeName = Field(description="What the data are used for.")
    given: bool = Field(description="True: given; false: withdrawn.")
    note_number: int | None = Field(
        None, ge=1, description="Number of the text they saw; empty: the one in force."
    )
    language: str = Field(
        "", max_length=10, description="Language of the text they saw; empty: their own."
    )


class OwnConsentView(BaseModel):
    """The text in force for a purpose, if there is one, and the visitor's last word on it."""

    purpose: str
    text: str
    language: str
    note_number: int | None
    given: bool | None = Field(description="Null: nothing was said yet.")
    at: str | None


class OwnConsents(BaseModel):
    """A visitor's consents, one for each purpose that has a text or a word."""

    items: list[OwnConsentView]


class ConsentView(BaseModel):
    """One act of consent."""

    id: str
    contact_id: str
    purpose: str
    given: bool
    channel: str
    language: str
    note_number: int | None
    recorded_by: str
    remark: str
    at: str


class PlaceHold(BaseModel):
    """Forbid the erasure of a person's data for now."""

    contact_id: str = Field(description="Id of the contact.")
    reason: str = Field(min_length=3, max_length=300, description="Why the data must be kept.")


class PickHold(BaseModel):
    """Which hold."""

    hold_id: str = Field(description="Id of the hold.")


class HoldView(BaseModel):
    """A legal hold."""

    id: str
    contact_id: str
    reason: str
    placed_by: str
    placed_at: str
    lifted_at: str | None


class AskErasure(BaseModel):
    """Ask that a person's data be erased; nothing happens until it is confirmed."""

    contact_id: str = Field(description="Id of the contact.")
    basis: BasisName = Field(description="Legal basis: GDPR article 17, PIPL article 47, other.")
    reason: str = Field("", max_length=300, description="Case file or short reason; no names.")


class ConfirmErasure(BaseModel):
    """Confirm an erasure; it cannot be undone."""

    erasure_id: str = Field(description="Id of the erasure.")
    typed: str = Field(
        "", max_length=300, description="The person's name or mail address as it stands in the "
        "books; needed only when the one who asked confirms.",
    )  # fmt: skip


class PickErasure(BaseModel):
    """Which erasure."""

    erasure_id: str = Field(description="Id of the erasure.")


class Kept(BaseModel):
    """Something that an erasure leaves, and why."""

    what: str
    count: int
    reason: str = Field(description="Code: `organisation`, `library`, `shared_value`, `staff`.")


class ErasureView(BaseModel):
    """An erasure; once done it is the certificate."""

    id: str
    contact_id: str
    contact_name: str = Field(description="Empty once it is done.")
    state: str
    basis: str
    reason: str
    asked_by: str
    asked_at: str
    confirmed_by: str
    confirmed_how: str
    done_at: str | None
    counts: dict[str, int]
    kept: list[Kept]


class Footprint(BaseModel):
    """What the books hold of a person: rows by table, files, and what an erasure would leave."""

    rows: dict[str, int]
    files: int
    kept: list[Kept]


class PersonPrivacy(BaseModel):
    """All that privacy knows of a contact."""

    contact_id: str
    name: str
    erased: bool
    consents: list[ConsentView] = Field(description="Newest first; the first of a purpose counts.")
    in_force: dict[str, bool] = Field(description="Purpose -> whether consent is given now.")
    holds: list[HoldView]
    erasures: list[ErasureView]
    footprint: Footprint


class ExportPerson(BaseModel):
    """Whose data to copy."""

    contact_id: str = Field(description="Id of the contact.")


class ExportedFile(BaseModel):
    """A file of the person: its name in the copy, and where its bytes lie."""

    name: str
    media_type: str
    size: int
    sha256: str


class PersonalData(BaseModel):
    """Everything that names the person: rows by table, and files."""

    contact_id: str
    made_at: str
    tables: dict[str, list[dict[str, Any]]]
    files: list[ExportedFile]


class SetRetention(BaseModel):
    """How long rows of a kind are kept."""

    kind: RetentionKind = Field(description="What the rule is about.")
    days: int = Field(ge=1, le=36_500, description="Days after which they go.")
    active: bool = Field(True, description="False: nothing of this kind is deleted.")
    basis: str = Field("", max_length=300, description="Law or reason for this time.")


class RetentionView(BaseModel):
    """A retention rule and how many rows would go now."""

    kind: str
    days: int
    active: bool
    basis: str
    least_days: int = Field(description="Shorter times are refused.")
    due: int = Field(description="Rows that the next sweep deletes, if the rule is active.")
    oldest: str | None = Field(None, description="Time of the oldest row of this kind.")


class Retention(BaseModel):
    """All rules."""

    items: list[RetentionView]


class ApplyRetention(BaseModel):
    """Delete what is due now."""

    batch: int = Field(500, ge=1, le=5000, description="Rows of each kind in this transaction.")


class RetentionDone(BaseModel):
    """How many rows went; `more` tells that another batch is due."""

    deleted: dict[str, int]
    more: bool
