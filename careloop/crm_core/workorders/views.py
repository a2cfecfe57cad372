"""Views of visits."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class WindowView(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    until: str
    time_zone: str
    promised: bool


class PlaceAndTime(BaseModel):
    """A check-in or check-out: `at` by the device, `recorded_at` by the server."""

    at: str
    recorded_at: str
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    place: str = ""


class FactView(BaseModel):
    """`late` when it came in after the visit's end, `after_signature` when after a signature."""

    id: str
    happened_at: str
    recorded_at: str
    late: bool
    after_signature: bool
    actor: str


class LabourView(FactView):
    kind: str
    minutes: int
    note: str


class ReadingView(FactView):
    name: str
    value: float
    unit: str
    low: float | None
    high: float | None
    ok: bool | None


class PhotoView(FactView):
    when: str
    caption: str
    media_type: str
    size: int
    url: str = ""


class PriceView(BaseModel):
    amount: str
    currency: str


class PartView(FactView):
    model_config = ConfigDict(populate_by_name=True)

    part: str
    quantity: int
    from_: str = Field(alias="from")
    lot: str
    serial_out: str
    serial_in: str
    position: str
    covered: bool | None
    covered_by: str
    price: PriceView | None
    reasons: list[dict[str, Any]]
    move_ids: list[str]
    discrepancy: int


class SignatureView(BaseModel):
    """`digest` is the SHA-256 of the report as it was signed; `url` works for an hour."""

    id: str
    revision: int
    name: str
    role: str
    signed_at: str
    digest: str
    has_picture: bool
    url: str | None = None


class LogView(BaseModel):
    seq: int
    kind: str
    actor: str
    text: str
    data: dict[str, Any]
    happened_at: str
    recorded_at: str


class WorkOrderView(BaseModel):
    """One visit without what was written down on it."""

    number: str
    ticket: str
    visit: int
    state: str
    customer_id: str | None
    serial: str
    engineer: str
    purpose: str
    site: str
    window: WindowView
    confirmed_at: str | None
    moved_count: int
    departed_at: str | None
    check_in: PlaceAndTime | None
    check_out: PlaceAndTime | None
    travel_minutes: int
    travel_km: float | None
    result: str
    repeat_reason: str
    report: str
    reason: str
    next_visit: dict[str, Any]
    revision: int
    signed: bool
    custom: dict[str, Any] = Field(default_factory=dict)
    version: int
    created_at: str
    updated_at: str
    possible_states: list[str]


class WorkOrderPage(WorkOrderView):
    """One visit with all that was written down on it."""

    title: str
    ticket_state: str
    labour: list[LabourView]
    labour_minutes: dict[str, int]
    readings: list[ReadingView]
    photos: list[PhotoView]
    parts: list[PartView]
    signature: SignatureView | None
    signatures: list[SignatureView]
    unsigned_facts: int
    """Facts that came in after the last signature."""
    overlaps: list[str]
    """Other visits of the engineer in the same window."""
    log: list[LogView]


class FirstTimeFix(BaseModel):
    """Of the tickets whose first visit ended in the span, how many needed no second one."""

    since: str
    until: str
    tickets: int
    first_time: int
    rate: float | None
    repeat_reasons: dict[str, int]


class VisitNews(BaseModel):
    """What a customer may know of the next visit to their ticket: when, and whether on the way."""

    model_config = ConfigDict(populate_by_name=True)

    state: str
    from_: str = Field(alias="from")
    until: str
    time_zone: str
    promised: bool
