"""Views and commands of the termbase."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.term_entry import MAX_KEY, MAX_NAME, MAX_NAMES, MAX_NOTE

MAX_IMPORT = 5000
Name = Annotated[str, StringConstraints(max_length=MAX_NAME)]
Names = dict[str, Annotated[list[Name], Field(max_length=MAX_NAMES)]]
Key = Annotated[str, StringConstraints(max_length=MAX_KEY)]


class TermView(BaseModel):
    """A concept; `own` when it is the tenant's entry or change."""

    key: str
    kind: str
    domain: str
    reviewed: list[str]
    names: dict[str, list[str]]
    own: bool
    note: str


class PutTerm(BaseModel):
    """A tenant's own concept, whole; one with the key of a shipped concept stands in its place."""

    key: Key = Field(description="Lower-case key with underscores, e.g. coolant_pump.")
    kind: str = Field(max_length=20, description="component, symptom, cause, action, ...")
    names: Names = Field(description="Language to names, the preferred first.")
    reviewed: list[str] = Field(
        default=[], max_length=20, description="Languages whose names somebody has checked."
    )
    note: str = Field("", max_length=MAX_NOTE, description="A note for colleagues.")


class DropTerm(BaseModel):
    """Take an own concept back; a shipped one of its key returns."""

    key: Key = Field(description="Key of the tenant's own term.")


class DroppedTerm(BaseModel):
    """The key, and the shipped concept that stands there again, if there is one."""

    key: str
    shipped: TermView | None


class ImportedTerm(PutTerm):
    """One term of a file."""

    domain: str = Field("", max_length=80, description="Field of the trade.")


class ImportTerms(BaseModel):
    """Terms of a file that was read before; those that say what is known already are left."""

    terms: list[ImportedTerm] = Field(max_length=MAX_IMPORT, description="The terms.")


class ImportProblem(BaseModel):
    row: int
    column: str
    reason: str


class ImportReport(BaseModel):
    """How many terms of a file are new, differ, or are known as they are."""

    added: int
    changed: int
    unchanged: int
    errors: list[ImportProblem] = []


class TermProblem(BaseModel):
    """A fault of the tenant's termbase: duplicate, clash or missing."""

    kind: str
    key: str
    lang: str
    text: str


class ProposalView(BaseModel):
    """An expression of the documents that no concept names; `kind` is a guess."""

    id: str
    text: str
    lang: str
    count: int
    documents: list[str]
    examples: list[str]
    kind: str


class AcceptProposal(BaseModel):
    """Make a proposal a term of one's own."""

    id: str = Field(max_length=26, description="Id of the proposal.")
    key: Key | None = Field(None, description="Key of the term; made from a name if left out.")
    kind: str = Field(max_length=20, description="component, symptom, cause, action, ...")
    names: Names = Field(description="Language to names, the preferred first.")
    reviewed: list[str] = Field(default=[], max_length=20, description="Languages checked.")


class DismissProposal(BaseModel):
    """Say that a proposal is no term; it is not proposed again."""

    id: str = Field(max_length=26, description="Id of the proposal.")


class ProposeTerms(BaseModel):
    """Read the published documents for expressions that no concept names."""

    lang: str = Field("", max_length=8, description="Only documents in this language.")


class ProposeReport(BaseModel):
    """Open proposals after a reading: how many there are, are new, and are gone."""

    open: int
    new: int
    gone: int


def term_view(concept: Concept, own: bool) -> TermView:
    return TermView(
        key=concept.key, kind=concept.kind, domain=concept.domain,
        reviewed=sorted(concept.reviewed), own=own, note=concept.note,
        names={lang: list(names) for lang, names in concept.names.items()},
    )  # fmt: skip
