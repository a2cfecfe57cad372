"""Commands and views of the faults reported from a device's public page."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints

from careloop.kit.text import clean

MAX_PHOTOS = 4
ClientId = Annotated[str, Field(min_length=16, max_length=64, pattern=r"^[0-9A-Za-z_-]+$")]


def _visible(text: str) -> str:
    """Without control and direction characters, which no keyboard types on purpose."""
    return clean(text, len(text))[0]


Told = Annotated[
    str, BeforeValidator(lambda value: _visible(value) if isinstance(value, str) else value),
    StringConstraints(min_length=3, max_length=4000),
]  # fmt: skip
Line = Annotated[str, AfterValidator(_visible)]


class ReportFault(BaseModel):
    """What somebody who stands before a device reports. Nothing in it says who they are."""

    code: str = Field(max_length=32, description="The device's public code.")
    client_id: ClientId = Field(description="The page's own random id of this report.")
    text: Told = Field(description="What happens, in their words.")
    error_code: Line = Field("", max_length=40, description="Error code on the display.")
    name: Line = Field("", max_length=120, description="Name, as typed.")
    phone: Line = Field("", max_length=30, description="Phone, as typed.")
    email: Line = Field("", max_length=254, description="E-mail address, as typed.")
    lang: str = Field("", max_length=10, description="Language of the page.")
    photos: list[str] = Field(
        default_factory=list, max_length=MAX_PHOTOS, description="Handles of photos sent before."
    )
    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the follow secret.")


class StorePhoto(BaseModel):
    """A photo, whose bytes are stored already, waits for the report it belongs to."""

    code: str = Field(max_length=32, description="The device's public code.")
    name: str = Field("", max_length=200, description="Name of the file.")
    media_type: str = Field(max_length=100, description="Type, by content.")
    size: int = Field(ge=1, description="Bytes.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the bytes.")
    handle: str = Field(min_length=16, max_length=64, description="Unguessable name.")


class AddToReport(BaseModel):
    """The reporter adds something."""

    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the follow secret.")
    client_id: ClientId = Field(description="The page's own random id of this addition.")
    text: Line = Field("", max_length=4000, description="What they add.")
    photos: list[str] = Field(
        default_factory=list, max_length=MAX_PHOTOS, description="Handles of photos sent before."
    )


class JudgeRepair(BaseModel):
    """The reporter says whether the device works again."""

    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the follow secret.")
    works: bool = Field(description="Whether it works again.")
    note: Line = Field("", max_length=1000, description="What they add.")


class FiledReport(BaseModel):
    """What became of a report."""

    ticket: str
    repeated: bool = False


class StoredPhoto(BaseModel):
    """A photo that a report may take along, by its handle."""

    handle: str
    name: str
    size: int
