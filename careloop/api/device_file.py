"""The whole file of one device, put together from every book."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.api.bootstrap import Services
from careloop.api.files import signed
from careloop.crm_core.assets import (
    component_queries,
    document_queries,
    meter_queries,
    queries,
)  # fmt: skip
from careloop.crm_core.assets.component_schemas import ComponentNode, ComponentView, Replacement
from careloop.crm_core.assets.document_schemas import DeviceDocument
from careloop.crm_core.assets.fact_models import FactKind
from careloop.crm_core.assets.meter_schemas import MeterView
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.schemas import AssetFactView, AssetView, PublicAsset
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.customers.schemas import CustomerView
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.schemas import TicketView
from careloop.crm_core.workorders import fact_queries as visit_facts
from careloop.crm_core.workorders import queries as workorders
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.actor import Actor
from careloop.kit.clock import iso


class ContractFacts(BaseModel):
    """A contract, as its number on a device tells it."""

    number: str
    plan: str
    starts_on: date | None
    ends_on: date | None
    response_hours: int | None
    onsite_hours: int | None
    covers: str


class CoverPeriod(BaseModel):
    """Days on which a warranty or a contract covers the device; an open end has no date."""

    kind: str
    number: str
    from_day: date | None
    until_day: date | None
    active: bool


class WorkLine(BaseModel):
    """A visit to the device."""

    number: str
    ticket: str
    state: str
    engineer: str
    from_time: str | None
    until_time: str | None
    result: str


class PartUsed(BaseModel):
    """A part that a visit used on the device."""

    work_order: str
    part: str
    quantity: int
    serial_out: str
    serial_in: str
    lot: str
    used_at: str


class PublicLink(BaseModel):
    """The device's page for whoever stands before it."""

    code: str
    url: str
    qr: str


class AssetPage(BaseModel):
    """A device with all that is on file."""

    asset: AssetView
    customer: CustomerView | None
    contract: ContractFacts | None
    cover: list[CoverPeriod]
    components: list[ComponentNode]
    replacements: list[Replacement]
    meters: list[MeterView]
    documents: list[DeviceDocument]
    firmware: list[AssetFactView]
    moves: list[AssetFactView]
    devices: list[PublicAsset] = Field(description="Devices that belong to this system.")
    tickets: list[TicketView]
    work_orders: list[WorkLine]
    parts_used: list[PartUsed]
    public_link: PublicLink


def device_file(services: Services, session: Session, actor: Actor, row: Asset) -> AssetPage:
    """Everything; each book shows what the actor may see of it."""
    owner = _owner(session, actor, row)
    contract = contract_of(session, actor, row)
    found = tickets.tickets(session, actor, serial=row.serial, limit=100)
    return AssetPage(
        asset=queries.asset_view(row),
        customer=customers.customer_view(owner) if owner else None,
        contract=ContractFacts.model_validate(contract, from_attributes=True) if contract else None,
        cover=cover_of(row, contract, services.clock.now().date()),
        components=component_queries.tree(session, row),
        replacements=_replacements(session, row),
        meters=[meter_queries.meter_view(item) for item in meter_queries.meters(session, row)],
        documents=documents_of(services, session, row),
        firmware=_facts(session, row, FactKind.FIRMWARE),
        moves=_facts(session, row, FactKind.SITE, FactKind.OWNER, FactKind.STATUS),
        devices=[
            queries.public_view(item)
            for item in queries.parts_of_system(session, actor, row.serial)
        ],
        tickets=[tickets.ticket_view(item) for item in found],
        work_orders=[_work_line(item) for item in _visits(session, actor, row)],
        parts_used=_parts_used(session, actor, row),
        public_link=public_link(services, row),
    )


def _visits(session: Session, actor: Actor, row: Asset) -> list[WorkOrder]:
    return workorders.of_asset(session, actor, row.id)


def _work_line(item: WorkOrder) -> WorkLine:
    return WorkLine(
        number=item.number, ticket=item.ticket, state=item.state, engineer=item.engineer,
        from_time=iso(item.window_from), until_time=iso(item.window_until), result=item.result,
    )  # fmt: skip


def _parts_used(session: Session, actor: Actor, row: Asset) -> list[PartUsed]:
    return [
        PartUsed(
            work_order=order, part=part.part, quantity=part.quantity, serial_out=part.serial_out,
            serial_in=part.serial_in, lot=part.lot, used_at=part.happened_at,
        )
        for order, part in visit_facts.parts_of_asset(session, actor, row.id)
    ]  # fmt: skip


def _owner(session: Session, actor: Actor, row: Asset) -> Customer | None:
    if row.customer_id is None or not actor.may("customers:read"):
        return None
    return customers.customer(session, actor, row.customer_id)


def contract_of(session: Session, actor: Actor, row: Asset) -> ServiceContract | None:
    if not row.contract_number or not actor.may("contracts:read"):
        return None
    return contracts.contract(session, actor, row.contract_number)


def cover_of(row: Asset, contract: ServiceContract | None, today: date) -> list[CoverPeriod]:
    periods = []
    if row.warranty_until is not None:
        active = bool(row.under_warranty(today))
        periods.append(
            CoverPeriod(
                kind="warranty", number="", from_day=row.installed_on,
                until_day=row.warranty_until, active=active,
            )
        )  # fmt: skip
    if contract is not None:
        periods.append(
            CoverPeriod(
                kind="contract", number=contract.number, from_day=contract.starts_on,
                until_day=contract.ends_on, active=contract.active(today),
            )
        )  # fmt: skip
    return periods


def _facts(session: Session, row: Asset, *kinds: FactKind) -> list[AssetFactView]:
    return [
        queries.fact_view(item)
        for item in queries.facts(session, row, [kind.value for kind in kinds])
    ]


def _replacements(session: Session, row: Asset) -> list[Replacement]:
    """What was exchanged, the latest first."""
    every = {item.id: item for item in component_queries.all_of(session, row)}
    later = [item for item in every.values() if item.replaces]
    later.sort(key=lambda item: (item.fitted_at, item.id), reverse=True)
    views: dict[str, ComponentView] = {
        key: component_queries.component_view(item) for key, item in every.items()
    }
    return [
        Replacement(
            serial=row.serial, removed=views.get(item.replaces or ""), fitted=views[item.id]
        )
        for item in later
    ]


def documents_of(
    services: Services, session: Session, row: Asset, public_only: bool = False
) -> list[DeviceDocument]:
    """The device's documents with links that open stored files for an hour."""
    return [
        linked(services, document_queries.document_view(item))
        for item in document_queries.documents(session, row, public_only)
    ]


def linked(services: Services, view: DeviceDocument) -> DeviceDocument:
    """The document with a link that opens its file for an hour; an article has none."""
    if view.article:
        return view
    return view.model_copy(update={"url": signed(services, f"/v1/device-documents/{view.id}")})


def public_link(services: Services, row: Asset) -> PublicLink:
    """Where the label leads."""
    return PublicLink(
        code=row.public_code, url=page_address(services, row),
        qr=f"/v1/assets/{row.serial}/qr.svg",
    )  # fmt: skip


def page_address(services: Services, row: Asset) -> str:
    """The full address of the device's public page."""
    return f"{services.settings.public_url.rstrip('/')}/d/{row.public_code}"
