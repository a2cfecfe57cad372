"""Facts about a device and its agreements, put before the rules of entitlement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from careloop.crm_core.assets import component_queries
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.contracts import left, queries
from careloop.crm_core.contracts.models import (
    ContractAsset,
    ContractState,
    Coverage,
    ServiceContract,
)  # fmt: skip
from careloop.crm_core.contracts.policy import (
    OF_PARTS,
    Agreement,
    Entitlement,
    Facts,
    Terms,
    Wish,
    entitle,
)  # fmt: skip
from careloop.crm_core.contracts.schemas import EntitlementView, Price, ReasonView
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput
from careloop.kit.money import Money


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of who bears a service; without `on` it means today where the device is."""

    serial: str
    kind: Coverage = Coverage.LABOUR
    part: str = ""
    quantity: int = 1
    on: date | None = None
    misuse: bool = False
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class DeviceCover:
    """What holds for a whole device on a day; `contract` is empty where none is in force.

    `by` is warranty, contract or none. Callers tell it to nobody who may not see the device.
    """

    on: date
    by: str
    contract: str = ""
    plan: str = ""
    sla_policy: str = ""
    until: date | None = None


def entitlement(session: Session, actor: Actor, asked: Asked) -> EntitlementView:
    """Who bears a service for a device, and why; `NotFound` for what the actor may not see."""
    asset = assets.asset(session, actor, asked.serial)
    on = asked.on or local_today(session, asset)
    part = _part(session, actor, asked)
    wish = Wish(asked.kind, on, asked.part, asked.cost or _list_price(part, asked), asked.misuse)
    found = entitle(_facts(session, asset, wish, part), wish)
    return _view(asset, wish, found)


def entitlement_for(
    session: Session, actor: Actor, serial: str, on: date | None = None
) -> DeviceCover:
    """The contract in force for a device on that day (today where it is), to link a ticket to.

    Of several, the one that ends last. Reads whatever the tenant has, as linking a ticket to a
    device does; `NotFound` for a serial that is not on file.
    """
    asset = assets.device(session, actor.tenant_id, serial)
    on = on or local_today(session, asset)
    in_force = [
        found
        for found in _agreements(session, asset, on)
        if found.state is ContractState.ACTIVE and _names_device(found, on)
    ]
    best = max(in_force, key=lambda one: (one.until or date.max, one.number), default=None)
    warranty = asset.warranty_until is not None and on <= asset.warranty_until
    if best is None:
        until = asset.warranty_until if warranty else None
        return DeviceCover(on, "warranty" if warranty else "none", until=until)
    by = "warranty" if warranty else "contract"
    until = asset.warranty_until if warranty else best.until
    return DeviceCover(on, by, best.number, best.plan, best.sla_policy, until)


def cost_of(amount: str, currency: str) -> Money | None:
    """The cost that a caller names; None when they name none."""
    if not amount and not currency:
        return None
    cost = Money.of(amount or "", currency)
    if not 0 <= cost.amount < 10**9:
        raise InvalidInput("amount: must be 0 or more, and less than a billion")
    return cost


def zone_of(session: Session, tenant_id: str, customer_id: str | None) -> ZoneInfo:
    """The zone that a customer's days are counted in; UTC where none is known."""
    if customer_id is None:
        return ZoneInfo("UTC")
    owner = customers.customer(session, system_actor(tenant_id), customer_id)
    try:
        return ZoneInfo(owner.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_today(session: Session, row: Asset) -> date:
    """Today where the device's customer is."""
    return now(session).astimezone(zone_of(session, row.tenant_id, row.customer_id)).date()


def _names_device(found: Agreement, on: date) -> bool:
    begun = found.device_from is None or found.device_from <= on
    return begun and (found.device_until is None or on <= found.device_until)


def _facts(session: Session, asset: Asset, wish: Wish, part: Part | None) -> Facts:
    terms = queries.terms_view(queries.warranty_terms(session, asset.tenant_id))
    replaced_on, part_until = _replaced(session, asset, wish)
    return Facts(
        terms=Terms(
            frozenset(terms.kinds), terms.wear_parts, terms.part_months,
            dict(terms.months_by_part), terms.goodwill_days, terms.goodwill_share,
        ),
        begins_on=asset.installed_on or asset.shipped_on,
        warranty_until=asset.warranty_until,
        replaced_on=replaced_on,
        part_until=part_until,
        part_wears=part.wear if part else False,
        agreements=tuple(_agreements(session, asset, wish.on)),
    )  # fmt: skip


def _agreements(session: Session, asset: Asset, on: date) -> list[Agreement]:
    rows = queries.agreements_about(
        session, asset.tenant_id, asset.id, asset.contract_number, asset.customer_id
    )
    return [_agreement(session, row, device, on) for row, device in rows]


def _agreement(
    session: Session, row: ServiceContract, device: ContractAsset | None, on: date
) -> Agreement:
    pauses = queries.pauses(session, row)
    pause = queries.pause_on(pauses, on)
    return Agreement(
        number=row.number,
        plan=row.plan,
        state=queries.state_on(row, pauses, on),
        starts_on=row.starts_on,
        last_day=row.last_day,
        device_from=device.from_on if device else None,
        device_until=device.until_on if device else None,
        lines=tuple(left.lines_left(session, row, on)),
        sla_policy=row.sla_policy,
        pause_reason=pause.reason if pause else "",
    )


def _part(session: Session, actor: Actor, asked: Asked) -> Part | None:
    if not asked.part:
        return None
    found = catalog.part(session, actor, asked.part)
    if found is None:
        raise InvalidInput(f"There is no part {asked.part} in the catalogue")
    return found


def _list_price(part: Part | None, asked: Asked) -> Money | None:
    if part is None or asked.kind not in OF_PARTS or part.unit_price is None or not part.currency:
        return None
    return Money.of(part.unit_price, part.currency).times(asked.quantity)


def _replaced(session: Session, asset: Asset, wish: Wish) -> tuple[date | None, date | None]:
    """When the part in the device was fitted as a replacement, and its own last warranty day."""
    if wish.kind is not Coverage.PARTS or not wish.part:
        return None, None
    zone = zone_of(session, asset.tenant_id, asset.customer_id)
    night = datetime.combine(wish.on + timedelta(days=1), time(), zone) - timedelta(seconds=1)
    fitted = [
        row
        for row in component_queries.fitted(session, asset, night)
        if row.part == wish.part and row.replaces is not None
    ]
    if not fitted:
        return None, None
    latest = max(fitted, key=lambda row: row.fitted_at)
    return latest.fitted_at.astimezone(zone).date(), latest.warranty_until


def _view(asset: Asset, wish: Wish, found: Entitlement) -> EntitlementView:
    return EntitlementView.model_validate(
        {
            "serial": asset.serial, "on": wish.on, "kind": wish.kind, "part": wish.part,
            "covered": found.covered, "by": found.by, "share": found.share,
            "list_price": Price.of(wish.cost), "price": Price.of(found.price),
            "until": found.until, "visits_left": found.visits_left,
            "limit_left": Price.of(found.limit_left), "contract": found.contract,
            "plan": found.plan, "sla_policy": found.sla_policy,
            "reasons": [
                ReasonView(code=why.code, args=dict(why.args), text=why.text)
                for why in found.reasons
            ],
        }
    )  # fmt: skip
