"""Commands and views of a device's components."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

PositionName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)
]  # fmt: skip


class Fitting(BaseModel):
    """A component is fitted in a position that is empty."""

    position: PositionName = Field(description="Position in the device, such as `optics/laser`.")
    parent: str = Field("", max_length=120, description="Position that this one sits in.")
    module: str = Field("", max_length=100, description="Module of the parts list.")
    name: str = Field("", max_length=200, description="What it is.")
    part: str = Field("", max_length=60, description="Part number.")
    quantity: int = Field(1, ge=1, le=10_000, description="Pieces of the part's unit.")
    serial_in: str = Field("", max_length=80, description="Serial number of the component.")
    lot_in: str = Field("", max_length=60, description="Lot of the component.")
    warranty_until: date | None = Field(None, description="Last day of its own warranty.")
    work_order: str = Field("", max_length=40, description="Work order of the fitting.")
    happened_at: datetime | None = Field(None, description="When; else now.")
    command_id: str | None = Field(
        None, min_length=1, max_length=100, description="The sender's id of this act."
    )


class AddComponent(Fitting):
    """A component is fitted in a position that is empty."""

    serial: str = Field(max_length=80, description="Serial number of the device.")


class Exchange(BaseModel):
    """One component out, another in, at the same moment.

    Which one is named by `component_id`, `position` or `serial_out`; what is given must agree.
    Where none of them is given, the device's one component of that `part` is meant.
    """

    component_id: str | None = Field(None, description="Id of the component that comes out.")
    position: str = Field("", max_length=120, description="Its position in the device.")
    serial_out: str = Field("", max_length=80, description="Serial of the one that comes out.")
    part: str = Field("", max_length=60, description="Part number that goes in; else the same.")
    serial_in: str = Field("", max_length=80, description="Serial of the one that goes in.")
    lot_in: str = Field("", max_length=60, description="Lot of the one that goes in.")
    warranty_until: date | None = Field(None, description="Last day of the new one's warranty.")
    reason: str = Field("", max_length=500, description="Why, for the file.")
    work_order: str = Field("", max_length=40, description="Work order of the replacement.")
    happened_at: datetime | None = Field(None, description="When; else now.")
    fit_if_absent: bool = Field(
        False,
        description="Where the books know no such component: note the old one as removed and the "
        "new one as fitted, in `position` or under the part number.",
    )
    command_id: str | None = Field(
        None, min_length=1, max_length=100, description="The sender's id of this act."
    )


class ReplaceComponent(Exchange):
    """One component out, another in, at the same moment.

    Which one is named by `component_id`, `position` or `serial_out`; what is given must agree.
    Where none of them is given, the device's one component of that `part` is meant.
    """

    serial: str = Field(max_length=80, description="Serial number of the device.")


class Removal(BaseModel):
    """A component comes out and nothing goes in."""

    reason: str = Field("", max_length=500, description="Why, for the file.")
    work_order: str = Field("", max_length=40, description="Work order of the removal.")
    happened_at: datetime | None = Field(None, description="When; else now.")
    version: int | None = Field(None, description="Version the change is based on.")


class RemoveComponent(Removal):
    """A component comes out and nothing goes in."""

    serial: str = Field(max_length=80, description="Serial number of the device.")
    component_id: str = Field(description="Id of the component that comes out.")


class ComponentCorrection(BaseModel):
    """A correction of what the books say of a component; what is left out stays."""

    version: int | None = Field(None, description="Version the change is based on.")
    parent: str | None = Field(None, max_length=120, description="Position that it sits in.")
    module: str | None = Field(None, max_length=100, description="Module of the parts list.")
    name: str | None = Field(None, max_length=200, description="What it is.")
    component_serial: str | None = Field(None, max_length=80, description="Its serial number.")
    lot: str | None = Field(None, max_length=60, description="Its lot.")
    warranty_until: date | None = Field(None, description="Last day of its own warranty.")


class ChangeComponent(ComponentCorrection):
    """A correction of what the books say of a component; what is left out stays."""

    serial: str = Field(max_length=80, description="Serial number of the device.")
    component_id: str = Field(description="Id of the component.")


class ComponentView(BaseModel):
    """A component that is, or was, in a position; `removed_at` is null while it is."""

    id: str
    position: str
    parent: str
    module: str
    name: str
    part: str
    quantity: int
    serial: str
    lot: str
    fitted_at: str
    fitted_on: date
    removed_at: str | None
    removed_on: date | None
    work_order: str
    removed_by: str
    removed_for: str
    warranty_until: date | None
    replaces: str | None
    replaced_by: str | None
    version: int


class ComponentNode(ComponentView):
    """A component with what sits in it, and what was in its position before, the latest first."""

    children: list[ComponentNode] = Field(default_factory=list)
    earlier: list[ComponentView] = Field(default_factory=list)


class Replacement(BaseModel):
    """What came out of a device and what went in; `removed` is null where nothing was known."""

    serial: str
    removed: ComponentView | None
    fitted: ComponentView


class FoundComponent(BaseModel):
    """A component found by its serial: `device` is where it is, or was until `removed_on`."""

    device: str
    model: str
    component: ComponentView
