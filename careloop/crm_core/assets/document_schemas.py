"""Commands and views of a device's documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

DocumentKind = Literal["manual", "certificate", "protocol", "drawing", "photo", "invoice", "other"]
DocumentTitle = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)
]  # fmt: skip


class ArticleLink(BaseModel):
    """A knowledge article belongs to the device."""

    article: str = Field(min_length=1, max_length=100, description="Key of the article.")
    title: DocumentTitle = Field(description="Title in the file.")
    kind: DocumentKind = Field("manual", description="Kind of document.")
    lang: str = Field("", max_length=10, description="Language, ISO 639-1.")
    public: bool = Field(False, description="Whether it stands on the public page.")


class LinkDocument(ArticleLink):
    """A knowledge article belongs to the device."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class StoreDocument(BaseModel):
    """A file, whose bytes are stored already, belongs to the device."""

    serial: str = Field(max_length=80, description="Serial number of the device.")
    title: DocumentTitle = Field(description="Title in the file.")
    kind: DocumentKind = Field("other", description="Kind of document.")
    lang: str = Field("", max_length=10, description="Language, ISO 639-1.")
    public: bool = Field(False, description="Whether it stands on the public page.")
    name: str = Field(max_length=200, description="Name of the file.")
    media_type: str = Field(max_length=100, description="Type, by content.")
    size: int = Field(ge=0, description="Bytes.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of the bytes.")


class DocumentChanges(BaseModel):
    """Changes of a document's entry; what is left out stays."""

    version: int | None = Field(None, description="Version the change is based on.")
    title: DocumentTitle | None = Field(None, description="Title in the file.")
    kind: DocumentKind | None = Field(None, description="Kind of document.")
    lang: str | None = Field(None, max_length=10, description="Language, ISO 639-1.")
    public: bool | None = Field(None, description="Whether it stands on the public page.")


class ChangeDocument(DocumentChanges):
    """Changes of a document's entry; what is left out stays."""

    serial: str = Field(max_length=80, description="Serial number of the device.")
    document_id: str = Field(description="Id of the document.")


class RemoveDocument(BaseModel):
    """A document leaves the device's file."""

    serial: str = Field(max_length=80, description="Serial number of the device.")
    document_id: str = Field(description="Id of the document.")


class DeviceDocument(BaseModel):
    """A document; `url` opens a stored file for an hour, `article` names a knowledge article."""

    id: str
    kind: DocumentKind
    title: str
    lang: str
    public: bool
    article: str
    name: str
    media_type: str
    size: int
    added_by: str
    added_at: str
    version: int
    url: str = ""
