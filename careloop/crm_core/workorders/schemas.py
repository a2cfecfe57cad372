"""Commands of visits: the acts of `acts` with the number of the visit. Views stand in `views`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from careloop.crm_core.custom.schemas import CustomValues
from careloop.crm_core.workorders.acts import (
    Arrival,
    Cancellation,
    Confirmation,
    Departure,
    DeviceAct,
    Ending,
    Labour,
    Photo,
    Reading,
    ReportText,
    Revision,
    SignatureFacts,
    UsedPart,
    Version,
    Window,
)  # fmt: skip

Number = Annotated[str, Field(max_length=40, description="Work order number.")]


class VisitChanges(BaseModel):
    """What is left out stays; a promised window moves only with a reason."""

    version: Version = None
    window: Window | None = Field(None, description="New window.")
    engineer: str | None = Field(None, max_length=40, description="Engineer's code.")
    purpose: str | None = Field(None, max_length=5000, description="What is to be done.")
    site: str | None = Field(None, max_length=200, description="Where.")
    reason: str = Field("", max_length=1000, description="Why; needed to move a promised window.")
    custom: CustomValues | None = Field(
        None, description="Own fields to set, also on site and after; null clears one."
    )


class PlanVisit(BaseModel):
    """A visit for a ticket."""

    ticket: str = Field(max_length=40, description="Ticket number.")
    engineer: str = Field("", max_length=40, description="Engineer's code; empty: not yet known.")
    window: Window = Field(description="When the engineer comes.")
    purpose: str = Field("", max_length=5000, description="What is to be done.")
    site: str = Field("", max_length=200, description="Where; left out: the device's site.")
    custom: CustomValues = Field(default_factory=dict, description="Own fields: key to value.")


class ChangeVisit(VisitChanges):
    """Changes of a visit that has not ended."""

    number: Number


class VisitAct(DeviceAct):
    """Any act on a visit."""

    number: Number


class ConfirmVisit(Confirmation, VisitAct):
    """The customer agreed to the window; from now on it is a promise."""


class Depart(Departure, VisitAct):
    """The engineer is on the way."""


class CheckIn(Arrival, VisitAct):
    """The engineer has arrived."""


class AddLabour(Labour, VisitAct):
    """Minutes of work, waiting or travel."""


class AddReading(Reading, VisitAct):
    """A measured value; with limits it passes or fails."""


class AddPhoto(Photo, VisitAct):
    """A picture whose bytes lie in the blob store already."""


class UsePartOnVisit(UsedPart, VisitAct):
    """A part taken from stock and fitted; with serials the component is replaced as well."""


class Sign(SignatureFacts, VisitAct):
    """The customer signs the report as it stands."""


class Revise(Revision, VisitAct):
    """Open a signed report again; it must be signed anew."""


class WriteReport(ReportText, VisitAct):
    """The words of the report, before it is signed."""


class Finish(Ending, VisitAct):
    """The end of a visit."""


class CancelVisit(Cancellation, VisitAct):
    """The visit will not take place."""
