"""Acts on stock that post moves at once, and the upkeep of locations and parts."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from careloop.api.auth import ServicesDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act
from careloop.api.routes.stock_acts import act_on, fields_of
from careloop.crm_core.inventory.schemas import (
    Issue,
    Level,
    OfflineCommand,
    Receive,
    ReturnPart,
    Scrap,
    UsePart,
)  # fmt: skip
from careloop.crm_core.inventory.upkeep_schemas import PutKit, PutSubstitute, SetRules
from careloop.crm_core.inventory.views import (
    BalanceView,
    KitView,
    LocationView,
    OfflineAnswer,
    OfflineAnswers,
    Posted,
    RebuildView,
    RulesView,
    StockPartView,
    SubstituteView,
)  # fmt: skip
from careloop.kit.errors import CareloopError
from careloop.tools.spec import Done

router = APIRouter(prefix="/v1/stock", tags=["stock"])


class ReverseBody(BaseModel):
    reason: str = Field(min_length=1, max_length=500)
    command_id: str | None = Field(None, max_length=100)


class LocationBody(BaseModel):
    level: Literal["centre", "region", "depot", "van"] | None = None
    name: str | None = Field(None, max_length=200)
    parent: str | None = Field(None, max_length=80)
    engineer: str | None = Field(None, max_length=40)
    active: bool | None = None
    version: int | None = None


class LevelsBody(BaseModel):
    minimum: Level | None = None
    maximum: Level | None = None
    bin: str = Field("", max_length=40)


class PartBody(BaseModel):
    gtin: str | None = Field(None, max_length=18)
    unit: str | None = Field(None, min_length=1, max_length=20)
    tracking: Literal["none", "lot", "serial"] | None = None
    version: int | None = None


class OfflineBatch(BaseModel):
    """The acts of a van without a signal, in the order in which they were done."""

    commands: list[OfflineCommand] = Field(min_length=1, max_length=200)


@router.post("/receipts", status_code=201)
def receive(services: ServicesDep, actor: StaffDep, body: Receive, key: RequiredKeyDep) -> Posted:
    """Receive parts from a supplier."""
    return act(services, actor, "stock.receive", body, Posted, key=key)


@router.post("/issues", status_code=201)
def issue(services: ServicesDep, actor: StaffDep, body: Issue, key: RequiredKeyDep) -> Posted:
    """Hand parts out, to a customer or straight to another location."""
    return act(services, actor, "stock.issue", body, Posted, key=key, reason=body.reason)


@router.post("/uses", status_code=201)
def use(services: ServicesDep, actor: StaffDep, body: UsePart, key: RequiredKeyDep) -> Posted:
    """Use a part on a visit."""
    return act(services, actor, "stock.use", body, Posted, key=key)


@router.post("/returns", status_code=201)
def give_back(
    services: ServicesDep, actor: StaffDep, body: ReturnPart, key: RequiredKeyDep
) -> Posted:
    """Take a part back from a customer."""
    return act(services, actor, "stock.return", body, Posted, key=key, reason=body.reason)


@router.post("/scraps", status_code=201)
def scrap(services: ServicesDep, actor: StaffDep, body: Scrap, key: RequiredKeyDep) -> Posted:
    """Throw a part away."""
    return act(services, actor, "stock.scrap", body, Posted, key=key, reason=body.reason)


@router.post("/moves/{move_id}/reverse", status_code=201)
def reverse(
    services: ServicesDep, actor: StaffDep, move_id: str, body: ReverseBody, key: RequiredKeyDep
) -> Posted:
    """Take a move back by the opposite move."""
    fields = fields_of(body, move_id=move_id)
    return act_on(services, actor, "stock.reverse", fields, Posted, key)


@router.post("/commands")
def commands(services: ServicesDep, actor: StaffDep, body: OfflineBatch) -> OfflineAnswers:
    """Apply what a van did without a signal, in order; each command once, each by itself."""
    answers = []
    for command in body.commands:
        try:
            told = act(services, actor, "stock.offline", command, OfflineAnswer)
        except CareloopError as error:
            # Refused before the command was stored, e.g. for a missing right: it may come again.
            told = OfflineAnswer(
                command_id=command.command_id, outcome="rejected", reason=error.message,
                code=error.code,
            )  # fmt: skip
        answers.append(told)
    return OfflineAnswers(answers=answers)


@router.put("/locations/{location}")
def put_location(
    services: ServicesDep, actor: StaffDep, location: str, body: LocationBody, key: KeyDep,
    base: BaseVersionDep,
) -> LocationView:  # fmt: skip
    """Make or change a location."""
    fields = fields_of(body, base, code=location)
    return act_on(services, actor, "stock.put_location", fields, LocationView, key)


@router.put("/locations/{location}/parts/{part}")
def set_levels(
    services: ServicesDep, actor: StaffDep, location: str, part: str, body: LevelsBody,
    key: KeyDep,
) -> BalanceView:  # fmt: skip
    """Set minimum, maximum and bin of a part at a location."""
    fields = fields_of(body, location=location, part=part)
    return act_on(services, actor, "stock.set_levels", fields, BalanceView, key)


@router.patch("/parts/{part}")
def describe_part(
    services: ServicesDep, actor: StaffDep, part: str, body: PartBody, key: KeyDep,
    base: BaseVersionDep,
) -> StockPartView:  # fmt: skip
    """Set GS1 number, unit and tracking of a part."""
    fields = fields_of(body, base, part=part)
    return act_on(services, actor, "stock.describe_part", fields, StockPartView, key)


@router.put("/substitutes")
def put_substitute(
    services: ServicesDep, actor: StaffDep, body: PutSubstitute, key: KeyDep
) -> SubstituteView:
    """Say that a part may stand in for another, or take that back."""
    return act(services, actor, "stock.put_substitute", body, SubstituteView, key=key)


@router.put("/kits")
def put_kit(services: ServicesDep, actor: StaffDep, body: PutKit, key: KeyDep) -> KitView:
    """Make, change or drop a kit."""
    return act(services, actor, "stock.put_kit", body, KitView, key=key)


@router.put("/rules")
def set_rules(services: ServicesDep, actor: StaffDep, body: SetRules, key: KeyDep) -> RulesView:
    """Set the rules of approval."""
    return act(services, actor, "stock.set_rules", body, RulesView, key=key)


@router.post("/rebuild")
def rebuild(services: ServicesDep, actor: StaffDep, key: RequiredKeyDep) -> RebuildView:
    """Make balances and serial positions again from the moves."""
    return act(services, actor, "stock.rebuild", Done(), RebuildView, key=key)
