"""Commands that keep locations, parts, substitutes, kits and rules in order."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from careloop.crm_core.inventory.schemas import Code, Cost, Level, Note, PartNumber, Quantity


class PutLocation(BaseModel):
    """A location as it shall be."""

    code: Code = Field(description="Code of the location.")
    level: Literal["centre", "region", "depot", "van"] | None = Field(
        None, description="Level; needed for a new location."
    )
    name: str | None = Field(None, max_length=200, description="Name for people.")
    parent: str | None = Field(None, max_length=80, description="Location above; empty: none.")
    engineer: str | None = Field(None, max_length=40, description="Engineer whose van it is.")
    active: bool | None = Field(None, description="False closes an empty location.")
    version: int | None = Field(None, description="Version the change is based on.")


class SetLevels(BaseModel):
    """Between which quantities a part is kept at a location, and in which bin."""

    location: Code = Field(description="Code of the location.")
    part: PartNumber = Field(description="Part number.")
    minimum: Level | None = Field(None, description="Order below this; null: never.")
    maximum: Level | None = Field(None, description="Fill up to this.")
    bin: str = Field("", max_length=40, description="Shelf or bin.")


class DescribePart(BaseModel):
    """How a part is labelled and tracked."""

    part: PartNumber = Field(description="Part number.")
    gtin: str | None = Field(None, max_length=18, description="GS1 number of 8 to 14 digits.")
    unit: str | None = Field(None, min_length=1, max_length=20, description="Unit of counting.")
    tracking: Literal["none", "lot", "serial"] | None = Field(None, description="Tracking.")
    version: int | None = Field(None, description="Version the change is based on.")


class PutSubstitute(BaseModel):
    """A part that may stand in for another."""

    part: PartNumber = Field(description="The part that is missing.")
    substitute: PartNumber = Field(description="The part that may be taken instead.")
    both_ways: bool = Field(False, description="Whether each may stand in for the other.")
    note: Note = Field("", description="Under which condition.")
    drop: bool = Field(False, description="Take the rule away.")


class KitLine(BaseModel):
    part: PartNumber = Field(description="Part number.")
    quantity: Quantity = Field(1, description="How many in one kit.")


class PutKit(BaseModel):
    """A list of parts that are reserved or handed out together."""

    code: PartNumber = Field(description="Code of the kit.")
    name: str = Field(max_length=200, description="Name for people.")
    lines: list[KitLine] = Field([], max_length=100, description="Its parts; empty drops the kit.")


class SetRules(BaseModel):
    """A company's rules of approval."""

    own_approval: bool = Field(False, description="Whether one may approve one's own request.")
    second_approval_above: Cost | None = Field(
        None, description="Value from which two persons must approve."
    )
    reservation_hours: int = Field(
        168, ge=1, le=8760, description="How long a reservation lasts when it does not say."
    )
