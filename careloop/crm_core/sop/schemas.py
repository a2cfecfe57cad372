"""Commands over standard procedures and their runs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from careloop.crm_core.sop.content import SopContent

Code = Annotated[
    str,
    Field(max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", description="Code of the SOP."),
]
SopCode = Annotated[str, Field(max_length=60, description="Code of the SOP.")]
Version = Annotated[int | None, Field(description="Version the change is based on.")]
Names = list[Annotated[str, Field(min_length=1, max_length=120)]]


class CreateSop(BaseModel):
    """A new procedure, as a draft."""

    code: Code
    content: SopContent = Field(
        default_factory=lambda: SopContent(), description="What it says so far."
    )


class SopDraftBody(BaseModel):
    """The draft as it is to stand."""

    content: SopContent = Field(description="The whole procedure.")
    version: Version = None


class SaveSopDraft(SopDraftBody):
    """Save the draft of a procedure; one is made from the newest version where none waits."""

    sop: SopCode


class SopAct(BaseModel):
    """An act on a procedure."""

    version: Version = None


class PickSop(SopAct):
    """One procedure."""

    sop: SopCode


class SopPublishBody(SopAct):
    """Publish the draft as the next version."""

    note: str = Field("", max_length=1000, description="What changed, for those who use it.")


class PublishSop(SopPublishBody):
    """Publish the draft as the next version."""

    sop: SopCode


class SopRuleFacts(BaseModel):
    """Visits that ask for a procedure; an empty list asks for nothing, of a list one must fit."""

    models: Names = Field(default_factory=list, max_length=200, description="Model of the device.")
    ticket_types: Names = Field(default_factory=list, max_length=20, description="Kind of ticket.")
    components: Names = Field(default_factory=list, max_length=50, description="Component.")
    codes: Names = Field(default_factory=list, max_length=50, description="Fault codes, as E-217.")
    plans: Names = Field(default_factory=list, max_length=20, description="Plan of the contract.")
    required: bool = Field(True, description="The visit may not end before it is done.")


class SopRulesBody(SopAct):
    """The rules of a procedure as they are to stand."""

    rules: list[SopRuleFacts] = Field(max_length=50, description="Any one of them suffices.")


class SetSopRules(SopRulesBody):
    """Say on which visits a procedure is put by itself."""

    sop: SopCode


class SopDocument(BaseModel):
    """A procedure as a file; `form` names the form of this file."""

    form: Literal["careloop.sop/1"] = "careloop.sop/1"
    code: Code
    content: SopContent
    rules: list[SopRuleFacts] = Field(default_factory=list, max_length=50)


class ImportSop(BaseModel):
    """Take a procedure in from a file, as a draft; rules only where it is new."""

    document: SopDocument = Field(description="As `/export` gives it.")


class DraftFromArticle(BaseModel):
    """Make a draft from the numbered procedure of a knowledge article."""

    article: str = Field(min_length=1, max_length=300, description="Id of the article.")
    code: Code


class AttachSopBody(BaseModel):
    """Put a procedure on a visit by hand."""

    sop: SopCode
    required: bool = Field(False, description="The visit may not end before it is done.")


class AttachRun(AttachSopBody):
    """Put a procedure on a visit by hand."""

    work_order: str = Field(max_length=40, description="Work order number.")


class UsedPartLine(BaseModel):
    """A part used at a step, booked on the visit: stock, component and bill."""

    part: str = Field(min_length=1, max_length=60, description="Part number.")
    quantity: int = Field(1, ge=1, le=10_000, description="How many, in the part's unit.")
    location: str = Field("", max_length=80, description="Where from; empty: the van.")
    lot: str = Field("", max_length=80, description="Lot of the part.")
    serial_out: str = Field("", max_length=80, description="Serial of what was taken out.")
    serial_in: str = Field("", max_length=80, description="Serial of what was put in.")
    position: str = Field("", max_length=120, description="Place in the device.")
    accept_discrepancy: bool = Field(
        False, description="Book it even where the stock books do not show it, as after the fact."
    )


class StepBody(BaseModel):
    """What was done at a step. Readings are judged by their limits, whatever the outcome says."""

    step: str = Field(max_length=40, description="Id of the step.")
    outcome: Literal["done", "passed", "failed", "skipped"] = Field(description="What came of it.")
    value: Decimal | None = Field(
        None, max_digits=20, decimal_places=6, description="The reading, in the step's unit."
    )
    option: str = Field("", max_length=40, description="Id of the answer of a choice.")
    photo_ids: list[Annotated[str, Field(max_length=26)]] = Field(
        default_factory=list, max_length=20, description="Photos of the visit."
    )
    signed_by: str = Field("", max_length=200, description="Who signed, at a signature.")
    note: str = Field("", max_length=4000, description="Needed to skip and to correct.")
    hazard_confirmed: bool = Field(False, description="The safety text was read and is met.")
    language: str = Field("", max_length=12, description="Language the step was shown in.")
    parts: list[UsedPartLine] = Field(
        default_factory=list, max_length=20, description="Parts used, to be booked on the visit."
    )
    corrects: str | None = Field(None, max_length=26, description="Record that this one corrects.")
    sop_version: int | None = Field(
        None, ge=1, description="Version the person had before them; pinned by the first record."
    )
    engineer: str = Field(
        "", max_length=40, description="Who did it, where somebody else enters it."
    )
    happened_at: AwareDatetime | None = Field(None, description="The device's time of it.")
    command_id: str | None = Field(None, min_length=1, max_length=100, description="Acts once.")


class RecordStep(StepBody):
    """Write down what was done at a step of a run."""

    run_id: str = Field(max_length=26, description="The run.")


class AddSopPhoto(BaseModel):
    """A picture for a step, kept with the visit; its bytes lie in the blob store already."""

    run_id: str = Field(max_length=26, description="The run.")
    caption: str = Field("", max_length=300, description="In words.")
    media_type: str = Field(max_length=100, description="Type, as found by its content.")
    size: int = Field(ge=1, description="Bytes.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of its bytes.")
    happened_at: AwareDatetime | None = Field(None, description="The device's time of it.")
    command_id: str | None = Field(None, min_length=1, max_length=100, description="Acts once.")


class SopWithdrawBody(SopAct):
    """Take a run off its visit; what was recorded stays."""

    reason: str = Field(min_length=1, max_length=1000, description="Why it is not needed.")


class WithdrawRun(SopWithdrawBody):
    """Take a run off its visit; what was recorded stays."""

    run_id: str = Field(max_length=26, description="The run.")
