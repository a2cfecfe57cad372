"""Commands of the fault library. Views stand in `views`.

People tell a slot as `Said`; the tools match its words to the termbase and hand on a `Slot`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from careloop.crm_core.faults.models import SLOTS

TEXT_CHARS = 500
LinkKind = Literal["article", "sop", "part"]
Number = Annotated[str, Field(max_length=20, description="Number of the fault.")]
Version = Annotated[int | None, Field(description="Version the change is based on.")]
PartNumber = Annotated[str, Field(min_length=1, max_length=60)]
Quantity = Annotated[int, Field(ge=1, le=10_000)]
Model = Annotated[str, Field(min_length=1, max_length=80)]
Code = Annotated[str, Field(min_length=1, max_length=40)]


class Said(BaseModel):
    """A concept of the termbase by its key, or free words with their language; a bare string is
    free words."""

    concept: str = Field("", max_length=80, description="Key of a concept.")
    text: str = Field("", max_length=TEXT_CHARS, description="Free words.")
    lang: str = Field("", max_length=10, description="Language of the words; empty: guessed.")

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_line(self) -> Said:
        self.text = " ".join(self.text.replace("\x00", "").split())
        self.concept = self.concept.strip()
        return self


class Slot(Said):
    """A slot whose words were matched: `concepts` are all that they name, `same` is equal where
    two slots say the same."""

    concepts: list[str] = Field(default_factory=list, max_length=40)
    same: str = Field("", max_length=1000)


class Told(BaseModel):
    """The four slots as told."""

    component: Said = Field(default_factory=Said, description="What is at fault.")
    symptom: Said = Field(default_factory=Said, description="How it shows.")
    cause: Said = Field(default_factory=Said, description="Why it failed.")
    remedy: Said = Field(default_factory=Said, description="What mends it.")


class Slots(BaseModel):
    """The four slots, matched."""

    component: Slot = Field(default_factory=Slot)
    symptom: Slot = Field(default_factory=Slot)
    cause: Slot = Field(default_factory=Slot)
    remedy: Slot = Field(default_factory=Slot)

    def items(self) -> list[tuple[str, Slot]]:
        return [(name, getattr(self, name)) for name in SLOTS]


class FaultFacts(BaseModel):
    """What a fault holds besides its slots."""

    models: list[Model] = Field(
        default_factory=list, max_length=200, description="Models it is known on; none: every one."
    )
    error_codes: list[Code] = Field(default_factory=list, max_length=50, description="Codes shown.")
    firmware: str = Field("", max_length=100, description="Firmware range, such as >=3.2,<4.")
    note: str = Field("", max_length=5000, description="What else an engineer should know.")


class CreateFault(Told, FaultFacts):
    """A fault that an editor writes."""


class StoreFault(Slots, FaultFacts):
    """A fault with its words matched; `names` are its concepts' names, for the search."""

    names: str = Field("", max_length=20_000)
    origin: Literal["editor", "import", "engineer", "proposed"] = "editor"


class FaultChanges(BaseModel):
    """What is left out stays."""

    version: Version = None
    component: Said | None = Field(None, description="What is at fault.")
    symptom: Said | None = Field(None, description="How it shows.")
    cause: Said | None = Field(None, description="Why it failed.")
    remedy: Said | None = Field(None, description="What mends it.")
    models: list[Model] | None = Field(None, max_length=200, description="Models; none: all.")
    error_codes: list[Code] | None = Field(None, max_length=50, description="Codes shown.")
    firmware: str | None = Field(None, max_length=100, description="Firmware range.")
    note: str | None = Field(None, max_length=5000, description="What else to know.")


class ChangeFault(FaultChanges):
    """Changes of a fault."""

    number: Number


class StoreChange(BaseModel):
    """Changes with their words matched; `slots` are all four, as they stand afterwards."""

    number: Number
    version: Version = None
    slots: Slots | None = None
    names: str = ""
    models: list[Model] | None = None
    error_codes: list[Code] | None = None
    firmware: str | None = None
    note: str | None = None


class PickFault(BaseModel):
    """One fault."""

    number: Number
    version: Version = None


class ReviewFault(PickFault):
    """An editor stands for it."""


class RejectFault(PickFault):
    """It is wrong, or says nothing; its evidence stays."""

    reason: str = Field(min_length=1, max_length=1000, description="Why.")


class MergeFaults(PickFault):
    """Two faults are one: all evidence of this one moves to `into`."""

    into: str = Field(max_length=20, description="Number of the fault that stays.")
    reason: str = Field("", max_length=1000, description="Why they are the same.")


class KeepApart(BaseModel):
    """Two faults look alike and are not the same."""

    number: Number
    other: str = Field(max_length=20, description="Number of the other.")


class LinkFault(BaseModel):
    """Add an article, a working instruction or a part."""

    number: Number
    kind: LinkKind = Field(description="What is linked.")
    target: str = Field(
        min_length=1, max_length=300, description="Key of the article, code, or part number."
    )
    title: str = Field("", max_length=300, description="How it is called; left out: looked up.")
    quantity: Quantity = Field(1, description="How many of a part.")


class UnlinkFault(BaseModel):
    """Take a link away."""

    number: Number
    link_id: str = Field(max_length=26, description="Id of the link.")


class FindingFacts(Told):
    """What an engineer found and did. Parts and minutes left out are read from the visits."""

    lang: str = Field("", max_length=10, description="Language of all words without one.")
    error_codes: list[Code] = Field(default_factory=list, max_length=50, description="Codes shown.")
    parts: dict[PartNumber, Quantity] | None = Field(
        None, max_length=50, description="Parts that the remedy needed."
    )
    minutes: int | None = Field(None, ge=0, le=100_000, description="Minutes of work on it.")
    note: str = Field("", max_length=5000, description="For colleagues.")
    fault: str = Field("", max_length=20, description="The fault of the library that it was.")
    replaces: str = Field("", max_length=26, description="Id of the finding that it corrects.")
    happened_at: AwareDatetime | None = Field(None, description="The device's time of it.")
    command_id: str | None = Field(None, min_length=1, max_length=100, description="Acts once.")


class RecordFinding(FindingFacts):
    """What was found on a visit."""

    work_order: str = Field(max_length=40, description="Number of the visit.")


class StoreFinding(Slots):
    """A finding with its words matched and the facts of its ticket."""

    ticket_id: str
    ticket: str
    work_order: str = ""
    origin: Literal["engineer", "proposed"]
    model: str = ""
    serial: str = ""
    error_codes: list[str] = Field(default_factory=list)
    firmware: str = ""
    parts: dict[str, int] = Field(default_factory=dict)
    minutes: int | None = None
    told: bool = False
    note: str = ""
    names: str = ""
    fault: str = ""
    replaces: str = ""
    ended: bool = False
    confirmed: bool = False
    durable: bool | None = None
    happened_at: datetime
    command_id: str | None = None
    digest: str = ""


class MoveFinding(BaseModel):
    """A finding was evidence of another fault."""

    finding_id: str = Field(max_length=26, description="Id of the finding.")
    fault: str = Field(max_length=20, description="Number of the fault that it proves.")
