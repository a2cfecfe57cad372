"""Commands and views of fields, forms and own ticket types."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from careloop.crm_core.custom.models import LONG_CHARS, FieldType, Subject
from careloop.kit.text import LANGUAGES

LABEL_CHARS = 120
HELP_CHARS = 500
MAX_OPTIONS = 100
MAX_SECTIONS = 20
KEY = r"^[a-z][a-z0-9_]{0,39}$"


def _labels(limit: int) -> AfterValidator:
    def check(value: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(value) - set(LANGUAGES))
        if unknown:
            raise ValueError(f"no language of ours: {', '.join(unknown)[:80]}")
        kept = {code: " ".join(text.split()) for code, text in value.items() if text.strip()}
        if any(len(text) > limit for text in kept.values()):
            raise ValueError(f"is longer than {limit} characters")
        return kept

    return AfterValidator(check)


def _some(value: dict[str, str]) -> dict[str, str]:
    if not value:
        raise ValueError("needs a text in at least one language")
    return value


def _free_key(value: str) -> str:
    if value.endswith(("_from", "_until")):
        raise ValueError("must not end with _from or _until: filters of lists end so")
    return value


Label = Annotated[dict[str, str], _labels(LABEL_CHARS), AfterValidator(_some)]
Help = Annotated[dict[str, str], _labels(HELP_CHARS)]
Title = Annotated[dict[str, str], _labels(LABEL_CHARS)]
Key = Annotated[str, StringConstraints(pattern=KEY), AfterValidator(_free_key)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
CustomValues = Annotated[
    dict[Annotated[str, StringConstraints(max_length=40)], Any], Field(max_length=200)
]
"""Key to value, as in JSON: text, number, true/false, `2026-11-22`, an option's id, a list."""


class Option(BaseModel):
    """One choice. It can be retired, never deleted: rows may hold it."""

    id: OptionId = Field(description="What is stored; stays as it is.")
    label: Label = Field(description="What people read, by language.")
    retired: bool = Field(False, description="No longer offered; stored ones stay.")


class Limits(BaseModel):
    """What a value must keep to, besides its type; each belongs to some types alone."""

    unit: str = Field("", max_length=20, description="Unit of a number, shown behind it.")
    decimals: int | None = Field(None, ge=0, le=6, description="Decimals of a number at most.")
    low: float | None = Field(None, description="Smallest number.")
    high: float | None = Field(None, description="Largest number.")
    earliest: str | None = Field(None, max_length=10, description="First day allowed.")
    latest: str | None = Field(None, max_length=10, description="Last day allowed.")
    min_chars: int | None = Field(None, ge=0, le=LONG_CHARS, description="Characters at least.")
    max_chars: int | None = Field(None, ge=1, le=LONG_CHARS, description="Characters at most.")
    pattern: str = Field(
        "", max_length=80,
        description="Shape of a text: A a letter, 9 a digit, * either, any other sign itself.",
    )  # fmt: skip


class FieldFacts(Limits):
    """What a field is besides its key."""

    label: Label = Field(description="What people read, by language.")
    help: Help = Field(default_factory=dict, description="A line that explains it, by language.")
    required: bool = Field(False, description="Needed for a new object; a form may say otherwise.")
    default: Any = Field(None, description="What a new object has where nobody says.")
    options: list[Option] = Field(
        default_factory=list, max_length=MAX_OPTIONS, description="Choices, in order."
    )
    searchable: bool = Field(False, description="A list's filter finds parts of the text.")
    in_list: bool = Field(False, description="Shown as a column of the list.")
    public: bool = Field(False, description="The customer may see it, and the bot asks for it.")
    active: bool = Field(True, description="False: kept, but no longer shown or filled in.")


class AddField(FieldFacts):
    """A new field."""

    object: Subject = Field(description="What it belongs to.")
    key: Key = Field(description="Name in the API, in files and filters; stays as it is.")
    type: FieldType = Field(description="What it holds.")


class FieldChanges(BaseModel):
    """Changes of a field; what is left out stays, null empties a limit or default."""

    version: int | None = Field(None, description="Version the change is based on.")
    type: FieldType | None = Field(None, description="Another type; see `migrate`.")
    migrate: bool = Field(False, description="Convert values on file; what cannot be is cleared.")
    label: Label | None = Field(None, description="What people read, by language.")
    help: Help | None = Field(None, description="A line that explains it.")
    required: bool | None = Field(None, description="Needed for a new object.")
    default: Any = Field(None, description="What a new object has where nobody says.")
    options: list[Option] | None = Field(
        None, max_length=MAX_OPTIONS, description="All choices, in order; used ones are kept."
    )
    unit: str | None = Field(None, max_length=20, description="Unit of a number.")
    decimals: int | None = Field(None, ge=0, le=6, description="Decimals of a number at most.")
    low: float | None = Field(None, description="Smallest number.")
    high: float | None = Field(None, description="Largest number.")
    earliest: str | None = Field(None, max_length=10, description="First day allowed.")
    latest: str | None = Field(None, max_length=10, description="Last day allowed.")
    min_chars: int | None = Field(None, ge=0, le=LONG_CHARS, description="Characters at least.")
    max_chars: int | None = Field(None, ge=1, le=LONG_CHARS, description="Characters at most.")
    pattern: str | None = Field(None, max_length=80, description="Shape of a text.")
    searchable: bool | None = Field(None, description="A filter finds parts of the text.")
    in_list: bool | None = Field(None, description="Shown as a column of the list.")
    public: bool | None = Field(None, description="The customer may see it.")
    active: bool | None = Field(None, description="False: no longer shown or filled in.")


class ChangeField(FieldChanges):
    """Changes of a field; what is left out stays."""

    field_id: str = Field(max_length=26, description="Id of the field.")


class OrderFields(BaseModel):
    """The order of a subject's fields."""

    object: Subject = Field(description="Whose fields.")
    ids: list[str] = Field(max_length=200, description="Ids of fields, first to last.")


class FieldView(FieldFacts):
    """A field as forms are made from it."""

    id: str
    object: Subject
    key: str
    type: FieldType
    position: int
    version: int


class LostValue(BaseModel):
    """A value that a change of type could not take along."""

    object_id: str
    value: Any
    reason: str


class FieldChanged(BaseModel):
    """A changed field, and what became of the values where its type changed."""

    field: FieldView
    converted: int = 0
    lost: int = 0
    lost_values: list[LostValue] = Field(default_factory=list)
    """The first hundred."""


class CustomFields(BaseModel):
    """All fields of a maker, or of one subject, in order."""

    items: list[FieldView]


class ShownWhen(BaseModel):
    """A field is shown while another one, above it, has one of these values."""

    field: Key = Field(description="Key of the other field.")
    values: list[str | bool] = Field(
        min_length=1, max_length=50, description="Options, texts, or true and false."
    )


class FormItem(BaseModel):
    """A field on a form."""

    field: Key = Field(description="Key of the field.")
    required: bool = Field(False, description="Needed to open the ticket.")
    required_in: list[Annotated[str, StringConstraints(max_length=20)]] = Field(
        default_factory=list, max_length=20,
        description="States that a ticket enters only with it filled in.",
    )  # fmt: skip
    shown_when: ShownWhen | None = Field(None, description="None: always shown.")


class FormSection(BaseModel):
    """Fields under one title."""

    title: Title = Field(default_factory=dict, description="Title, by language; may be empty.")
    fields: list[FormItem] = Field(default_factory=list, max_length=100, description="In order.")


class FormFacts(BaseModel):
    """The form of one type of ticket."""

    sections: list[FormSection] = Field(
        default_factory=list, max_length=MAX_SECTIONS, description="In order."
    )

    @model_validator(mode="after")
    def _in_order(self) -> FormFacts:
        seen: set[str] = set()
        for item in (item for section in self.sections for item in section.fields):
            if item.field in seen:
                raise ValueError(f"{item.field} stands on the form twice")
            if item.shown_when and item.shown_when.field not in seen:
                raise ValueError(f"{item.field}: what it hangs on must stand above it")
            seen.add(item.field)
        return self


class SetForm(FormFacts):
    """The form of one type of ticket; no sections at all: every field, in its order."""

    ticket_type: Code = Field(description="Built-in or own type.")
    version: int | None = Field(None, description="Version the change is based on; 0: new.")


class FormView(FormFacts):
    """A form; `own` is false where the maker has made none and every field is shown."""

    ticket_type: str
    own: bool
    version: int


class CustomForms(BaseModel):
    """The forms of all types of ticket."""

    items: list[FormView]


class TypeFacts(BaseModel):
    """What an own type of ticket is."""

    label: Label = Field(description="What people read, by language.")
    priority: Literal["", "low", "normal", "high", "critical"] = Field(
        "", description="What a new ticket has where nobody says; empty: normal."
    )
    position: int = Field(0, ge=0, le=1000, description="Place in lists.")
    active: bool = Field(True, description="False: no new tickets of it.")


class SetTicketType(TypeFacts):
    """A maker's own type of ticket, made or changed."""

    code: Code = Field(description="Name in the API; stays as it is.")
    base: Code = Field(description="Built-in type whose states and promises it shares; stays.")
    version: int | None = Field(None, description="Version the change is based on; 0: new.")


class TicketTypeView(TypeFacts):
    """An own type of ticket."""

    code: str
    base: str
    version: int


class TicketTypes(BaseModel):
    items: list[TicketTypeView]


class PublicValue(BaseModel):
    """A value that the customer may see, in words."""

    key: str
    label: str
    text: str
