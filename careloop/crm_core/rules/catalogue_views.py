"""Views of the catalogue: what rules may speak of."""

from __future__ import annotations

from pydantic import BaseModel, Field

from careloop.crm_core.custom.schemas import Title


class TriggerView(BaseModel):
    """What a rule can wait for."""

    code: str
    label: Title
    subject: str
    """What it happens to: ticket, conversation, contract or asset."""
    fields: list[str] = Field(default_factory=list)
    """Prefixes of the fields that are known then."""


class ChoiceView(BaseModel):
    value: str
    label: Title


class FactView(BaseModel):
    """A field that conditions compare and texts show."""

    name: str
    kind: str
    label: Title
    options: list[ChoiceView] = Field(default_factory=list)
    settable: bool = False
    """Whether `set_field` may set it."""
    timed: bool = False
    """Whether a rule by time may count from it."""


class OperatorView(BaseModel):
    op: str
    label: Title
    needs: str
    """What its value is: nothing, one, several, number or days."""


class ActionView(BaseModel):
    do: str
    label: Title
    needs_ticket: bool


class RuleCatalog(BaseModel):
    """What rules may speak of."""

    triggers: list[TriggerView]
    fields: list[FactView]
    operators: dict[str, list[OperatorView]]
    """By kind of field."""
    actions: list[ActionView]
    max_depth: int
    max_actions: int
