"""What the embedded mind keeps of a conversation between turns; stored with the conversation."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Pending = Literal[
    "model", "confirm_serial", "ticket_offer", "ticket_device", "reach", "ticket_number", "guide",
    "helped", "ticket_field",
]  # fmt: skip


class Guide(BaseModel):
    """A guided check in progress: which procedure, at which step, and the way there."""

    document: str
    ordinal: int
    lang: str
    model: str = ""
    step: int = 1
    trail: list[int] = Field(default_factory=list)


class Draft(BaseModel):
    """A ticket in the making."""

    type: str = "incident"
    title: str = ""
    description: str = ""
    priority: str = "normal"
    error_codes: list[str] = Field(default_factory=list)
    custom: dict[str, Any] = Field(default_factory=dict)
    """Answers to what the maker's form asks."""
    passed: list[str] = Field(default_factory=list)
    """Fields that the customer could not tell."""
    field: str = ""
    """The field that was asked for last, while it is open."""
    tries: int = 0


class Memory(BaseModel):
    """The whole of it. Unknown keys of an older release are dropped."""

    model_config = ConfigDict(extra="ignore")

    language: str = ""
    model: str = ""
    asset: str = ""
    pending: Pending | None = None
    options: dict[str, str] = Field(default_factory=dict)
    question: str = ""
    fault: str = ""
    error_codes: list[str] = Field(default_factory=list)
    guide: Guide | None = None
    draft: Draft | None = None
    asked: list[str] = Field(default_factory=list)
    tried: list[str] = Field(default_factory=list)
    unsolved: int = 0
    last_ticket: str = ""
    phone: str = ""
    email: str = ""

    def offer(self, options: dict[str, str]) -> None:
        """Remember what each button means: label to action."""
        self.options = options

    def was_asked(self, slot: str) -> bool:
        return slot in self.asked

    def ask(self, slot: str, pending: Pending) -> None:
        """Remember that a slot was asked for, so that it is never asked twice."""
        self.pending = pending
        if slot not in self.asked:
            self.asked.append(slot)
