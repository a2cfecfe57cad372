"""What the books tell about stock."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from careloop.crm_core.inventory.schemas import Cost, UnitCost


class LocationView(BaseModel):
    """A location in the tree of centre, regions, depots and vans."""

    code: str
    level: str
    name: str
    parent: str
    engineer: str
    active: bool
    version: int
    parts: int = 0
    pieces: int = 0
    below_minimum: int = 0
    value: list[Cost] = Field(default_factory=list)


class BalanceView(BaseModel):
    """How many of a part lie at a location, by lot and condition."""

    location: str
    level: str
    part: str
    part_names: dict[str, str] = Field(default_factory=dict)
    unit: str = "pcs"
    lot: str
    expires_on: str | None = None
    condition: str
    on_hand: int
    reserved: int
    free: int
    minimum: int | None
    maximum: int | None
    bin: str
    updated_at: str


class MoveView(BaseModel):
    """A posted move; `source` and `target` are location codes or the names of accounts."""

    id: str
    kind: str
    part: str
    quantity: int
    source: str
    target: str
    lot: str
    serial: str
    condition: str
    reference_type: str
    reference: str
    ticket: str
    work_order: str
    asset: str
    partner: str
    unit_cost: UnitCost | None
    reason: str
    actor: str
    reverses: str | None
    reversed_by: str | None = None
    command_id: str | None
    happened_at: str
    recorded_at: str


class Posted(BaseModel):
    """The moves that an act posted, and what the books could not show."""

    command_id: str | None = None
    moves: list[MoveView]
    discrepancy: int = Field(0, description="Pieces booked against discrepancy.")
    reservations_ended: list[str] = Field(default_factory=list)


class ReservationView(BaseModel):
    """Parts kept for a purpose; `group` joins those that were made together."""

    id: str
    group: str
    location: str
    part: str
    lot: str
    serial: str
    quantity: int
    consumed: int
    state: str
    purpose_type: str
    purpose_number: str
    due_at: str | None
    made_by: str = Field(description="Name of who made it.")
    made_by_id: str = Field(description="Who made it, as the audit names them.")
    ended_reason: str
    created_at: str
    version: int


class Reserved(BaseModel):
    """The reservations that one act made."""

    group: str
    reservations: list[ReservationView]


class TransferLineView(BaseModel):
    id: str
    part: str
    lot: str
    serial: str
    condition: str
    quantity: int
    received: int
    lost: int
    reservation: str | None = Field(None, description="Reservation that the pieces come from.")


class TransferView(BaseModel):
    """Parts on their way: draft, in_transit, received or cancelled."""

    id: str
    number: str
    source: str
    target: str
    state: str
    note: str
    request: str | None
    expected_at: str | None
    late: bool
    shipped_at: str | None
    received_at: str | None
    made_by: str = Field(description="Name of who made it.")
    made_by_id: str = Field(description="Who made it, as the audit names them.")
    created_at: str
    version: int
    lines: list[TransferLineView]


class RequestLineView(BaseModel):
    id: str
    part: str
    quantity: int
    fulfilled: int
    unit_value: UnitCost | None = None


class RequestView(BaseModel):
    """Parts asked for, from draft to fulfilled."""

    id: str
    number: str
    location: str
    source: str
    state: str
    purpose_type: str
    purpose_number: str
    needed_by: str | None
    note: str
    reason: str
    made_by: str = Field(description="Name of who made it.")
    made_by_id: str = Field(description="Who made it, as the audit names them.")
    approvals: list[str]
    approvals_needed: int
    value: list[Cost]
    transfer: str | None
    created_at: str
    updated_at: str
    version: int
    lines: list[RequestLineView]


class CountLineView(BaseModel):
    """`expected` and `difference` are null for a blind count that is open."""

    id: str
    part: str
    lot: str
    condition: str
    expected: int | None
    counted: int | None
    difference: int | None
    serials: list[str]
    counted_at: str | None


class CountView(BaseModel):
    """A stock-taking: open, closed or cancelled."""

    id: str
    number: str
    location: str
    state: str
    blind: bool
    note: str
    made_by: str = Field(description="Name of who made it.")
    made_by_id: str = Field(description="Who made it, as the audit names them.")
    created_at: str
    closed_at: str | None
    version: int
    lines: list[CountLineView]


class SubstituteView(BaseModel):
    part: str
    substitute: str
    both_ways: bool
    note: str


class KitView(BaseModel):
    code: str
    name: str
    lines: list[dict[str, Any]] = Field(description="Objects of `part` and `quantity`.")


class StockPartView(BaseModel):
    """A part with what of it is owned, all locations together."""

    part: str
    names: dict[str, str]
    unit: str
    gtin: str
    tracking: str
    wear: bool
    lead_days: int | None
    price: Cost | None
    on_hand: int
    reserved: int
    free: int
    defective: int
    in_transit: int
    version: int


class SerialView(BaseModel):
    """A piece by its serial number and where it is: a location's code or an account."""

    serial: str
    lot: str
    place: str
    condition: str


class StockPartPage(BaseModel):
    """All about one part."""

    part: StockPartView
    balances: list[BalanceView]
    reservations: list[ReservationView]
    serials: list[SerialView]
    substitutes: list[SubstituteView]
    kits: list[KitView]
    models: list[str]
    average_cost: UnitCost | None
    value: Cost | None
    value_basis: str


class ProposalLine(BaseModel):
    """A part that a location should get, why, and whether the source can send it."""

    location: str
    part: str
    source: str = Field(description="Location above, or `supplier`.")
    on_hand: int
    reserved: int
    incoming: int
    promised: int = Field(description="What the locations below are to get from here.")
    minimum: int
    maximum: int
    wanted: int
    quantity: int = Field(description="How many to ask for now.")
    short: int = Field(description="How many the source cannot send.")
    reason: str


class Proposal(BaseModel):
    lines: list[ProposalLine]


class Made(BaseModel):
    """The requests that the proposal became."""

    requests: list[RequestView]


class ScanView(BaseModel):
    """What a scanned code says and what it stands for."""

    form: str = Field(description="gs1, gs1_link, own, gtin, part, serial or location.")
    understood: dict[str, str]
    part: str | None = None
    names: dict[str, str] = Field(default_factory=dict)
    lot: str = ""
    serial: str = ""
    expires_on: str | None = None
    quantity: int | None = None
    location: str | None = None
    place: str | None = Field(None, description="Where the scanned piece is by the books.")
    models: list[str] = Field(default_factory=list)
    substitutes: list[SubstituteView] = Field(default_factory=list)
    kits: list[str] = Field(default_factory=list)
    balances: list[BalanceView] = Field(default_factory=list)


class OfflineAnswer(BaseModel):
    """What became of one command of a van: applied, discrepancy or rejected."""

    command_id: str
    outcome: str
    reason: str = ""
    code: str = ""
    repeated: bool = False
    result: dict[str, Any] | None = None


class OfflineAnswers(BaseModel):
    answers: list[OfflineAnswer]


class ValueLine(BaseModel):
    """What is owned of a part and what it is worth."""

    part: str
    quantity: int
    unit: UnitCost | None
    value: Cost | None
    basis: str = Field(description="average, price or none.")


class ValueView(BaseModel):
    """Worth of the good stock: moving average cost, else list price; a sum for each currency."""

    method: str
    totals: list[Cost]
    unvalued_pieces: int
    lines: list[ValueLine]


class Finding(BaseModel):
    """A place where the books disagree with their moves."""

    kind: str
    location: str
    part: str
    detail: str
    booked: int
    moved: int


class VerifyView(BaseModel):
    """The proof that balances, serials, reservations and transit follow from the moves."""

    moves: int
    balances: int
    ok: bool
    findings: list[Finding]


class RebuildView(BaseModel):
    """How many rows were put right."""

    balances: int
    serials: int
    reserved: int


class AccountView(BaseModel):
    """Pieces of a part that went to a virtual account, minus those that came from it."""

    account: str
    part: str
    pieces: int


class RulesView(BaseModel):
    own_approval: bool
    second_approval_above: Cost | None
    reservation_hours: int


class Overview(BaseModel):
    """Counts for the first page of stock."""

    below_minimum: int
    late_transfers: int
    in_transit: int
    awaiting_approval: int
    reservations_expiring: int
    open_counts: int
    discrepancies: int
    value: list[Cost]
