"""Writers of service contracts and of the warranty's terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.calendars import queries as calendars
from careloop.crm_core.contracts import queries
from careloop.crm_core.contracts.entitlement_queries import Asked, entitlement
from careloop.crm_core.contracts.entitlement_queries import entitlement_for as entitlement_for
from careloop.crm_core.contracts.events import ContractChanged
from careloop.crm_core.contracts.models import (
    ContractAsset,
    ContractCounter,
    ContractLine,
    ContractUse,
    ServiceContract,
    WarrantyTerms,
)  # fmt: skip
from careloop.crm_core.contracts.schemas import (
    BookUse,
    ChangeContract,
    ContractFacts,
    CoverageLine,
    CreateContract,
    DeviceOnContract,
    EntitlementView,
    Price,
    SetContractAssets,
    SetWarrantyTerms,
    WarrantyTermsFacts,
)  # fmt: skip
from careloop.crm_core.contracts.view_queries import today_of
from careloop.crm_core.custom import holding
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor, Role
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

_FACTS = tuple(name for name in ContractFacts.model_fields if name != "price")
_CLEARABLE = frozenset({"starts_on", "ends_on", "price", "response_hours", "onsite_hours"})


def create_contract(session: Session, actor: Actor, command: CreateContract) -> ServiceContract:
    """Add a contract with its lines and devices; `Conflict` when the number is taken."""
    customers.customer(session, actor, command.customer_id)
    _known_calendar(session, actor, command.calendar)
    number = command.number or next_number(session, actor.tenant_id)
    if queries.of_tenant(session, actor.tenant_id, number):
        raise Conflict(f"There is a contract {number} already; choose another number")
    custom = holding.first_values(
        session, actor.tenant_id, Subject.CONTRACT, command.custom, strict=_strict(actor)
    )
    row = ServiceContract(
        tenant_id=actor.tenant_id, id=new_id(), number=number, customer_id=command.customer_id,
        custom=custom,
        signed=not command.draft, created_at=now(session), updated_at=now(session),
        **{name: getattr(command, name) for name in _FACTS},
    )  # fmt: skip
    _set_price(row, command.price)
    session.add(row)
    session.flush()
    holding.file_first(session, row)
    set_lines(session, row, command.lines)
    _put_devices(session, actor, row, command.assets)
    session.flush()
    emit(session, ContractChanged(actor.tenant_id, row.number))
    return row


def change_contract(session: Session, actor: Actor, command: ChangeContract) -> ServiceContract:
    """Change what was agreed; null clears a day, hours or the price."""
    row = locked(session, actor, command.number, command.version)
    given = command.model_fields_set - {"number", "version"}
    cleared = {name for name in given if getattr(command, name) is None} - _CLEARABLE
    if cleared:
        raise InvalidInput(f"{', '.join(sorted(cleared))}: may be changed, but not cleared")
    if row.terminated_on is not None and given & {"starts_on", "ends_on"}:
        raise Conflict(f"Contract {row.number} was ended on {row.terminated_on}; renew it instead")
    _known_calendar(session, actor, command.calendar or "")
    for name in given & set(_FACTS):
        setattr(row, name, getattr(command, name))
    if "price" in given:
        _set_price(row, command.price)
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise InvalidInput("ends_on: is before starts_on")
    if command.lines is not None:
        set_lines(session, row, command.lines)
    holding.change_values(session, row, command.custom, strict=_strict(actor))
    return changed(session, row)


def _strict(actor: Actor) -> bool:
    """Whether needed own fields must be filled in: by people, not by imports and rules."""
    return actor.role is not Role.SYSTEM


def set_assets(session: Session, actor: Actor, command: SetContractAssets) -> ServiceContract:
    """Add devices, change their days, or end their time on the contract with yesterday.

    A device that was removed keeps its row: what was covered stays covered.
    """
    row = locked(session, actor, command.number, command.version)
    _put_devices(session, actor, row, command.add)
    yesterday = today_of(session, row) - timedelta(days=1)
    for serial in command.remove:
        asset = assets.asset(session, actor, serial)
        device = queries.device_rows(session, row, [asset.id]).get(asset.id)
        if device is None and asset.contract_number != row.number:
            raise NotFound(f"{serial} is not on contract {row.number}")
        if device is None:
            device = _new_device(row, asset.id, asset.serial)
            session.add(device)
        device.until_on = yesterday
        if device.from_on is not None and device.from_on > yesterday:
            device.from_on = yesterday
        device.touch(now(session))
    return changed(session, row)


def entitled(session: Session, actor: Actor, asked: Asked) -> EntitlementView:
    """Who bears a service; a contract that does is held until the act ends.

    So two acts at once never both use up the last of the same visits or money.
    """
    held: set[str] = set()
    found = entitlement(session, actor, asked)
    while found.by == "contract" and found.contract not in held:
        held.add(found.contract)
        locked(session, actor, found.contract, None)
        found = entitlement(session, actor, asked)
    return found


def book_use(session: Session, actor: Actor, command: BookUse) -> ContractUse:
    """Count service that the contract bore; the same source and kind again changes nothing."""
    row = locked(session, actor, command.number, None)
    on = command.used_on or today_of(session, row)
    money = command.amount.money() if command.amount else None
    known = queries.use_of_source(session, row, command.what, command.source)
    if known is not None:
        same = (known.visits, known.amount, known.currency) == (
            command.visits, money.amount if money else None, money.currency if money else "",
        )  # fmt: skip
        if not same:
            raise Conflict(f"{command.source} was booked already, with other figures")
        return known
    if not row.active(on):
        raise Conflict(f"Contract {row.number} does not run on {on}; book it on the customer")
    use = ContractUse(
        tenant_id=row.tenant_id, id=new_id(), contract_id=row.id, what=command.what, used_on=on,
        visits=command.visits, amount=money.amount if money else None,
        currency=money.currency if money else "", source=command.source, note=command.note,
        created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(use)
    session.flush()
    return use


def set_warranty_terms(session: Session, actor: Actor, command: SetWarrantyTerms) -> WarrantyTerms:
    """Change the tenant's terms."""
    row = queries.warranty_terms(session, actor.tenant_id, lock=True)
    present = row.version if row else 0
    if command.version is not None and command.version != present:
        raise VersionConflict("Somebody changed the terms meanwhile; load them again")
    if row is None:
        row = WarrantyTerms(tenant_id=actor.tenant_id, version=0)
        session.add(row)
    for name in WarrantyTermsFacts.model_fields:
        setattr(row, name, getattr(command, name))
    row.version = present + 1
    session.flush()
    return row


def set_lines(session: Session, row: ServiceContract, lines: Sequence[CoverageLine]) -> None:
    """Replace the lines of a contract, in the order given."""
    for old in queries.lines(session, row):
        session.delete(old)
    session.flush()
    for position, line in enumerate(lines):
        limit = line.limit.money() if line.limit else None
        session.add(
            ContractLine(
                tenant_id=row.tenant_id, contract_id=row.id, position=position, what=line.what,
                share=line.share, parts=line.parts, visits=line.visits,
                limit_amount=limit.amount if limit else None,
                limit_currency=limit.currency if limit else "", note=line.note,
                created_at=now(session), updated_at=now(session),
            )
        )  # fmt: skip


def locked(session: Session, actor: Actor, number: str, version: int | None) -> ServiceContract:
    """The contract's row, locked; 412 when it is not of the version the act is based on."""
    row = queries.known(session, actor, number, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this contract meanwhile; load it again")
    return row


def changed(session: Session, row: ServiceContract) -> ServiceContract:
    """Note the change on the row and tell the listeners."""
    row.touch(now(session))
    session.flush()
    emit(session, ContractChanged(row.tenant_id, row.number))
    return row


def next_number(session: Session, tenant_id: str) -> str:
    """The next free number of the year, as in SC-2026-0001."""
    year = now(session).year
    counter = queries.counter(session, tenant_id, year)
    if counter is None:
        counter = ContractCounter(tenant_id=tenant_id, year=year, last=0)
        session.add(counter)
    while True:
        counter.last += 1
        number = f"SC-{year}-{counter.last:04d}"
        # Imported contracts may have taken numbers of this form.
        if not queries.of_tenant(session, tenant_id, number):
            session.flush()
            return number


def _set_price(row: ServiceContract, price: Price | None) -> None:
    money = price.money() if price else None
    row.price_amount = money.amount if money else None
    row.price_currency = money.currency if money else ""


def _known_calendar(session: Session, actor: Actor, code: str) -> None:
    if code and calendars.by_code(session, actor.tenant_id, code) is None:
        raise NotFound(f"There is no calendar {code}; add it first")


def _put_devices(
    session: Session, actor: Actor, row: ServiceContract, devices: Sequence[DeviceOnContract]
) -> None:
    found = [assets.asset(session, actor, device.serial) for device in devices]
    for asset in found:
        if asset.customer_id != row.customer_id:
            raise Conflict(f"{asset.serial} does not belong to the customer of {row.number}")
    known = queries.device_rows(session, row, [asset.id for asset in found])
    for device, asset in zip(devices, found, strict=True):
        place = known.get(asset.id)
        if place is None:
            place = known[asset.id] = _new_device(row, asset.id, asset.serial)
            session.add(place)
        place.from_on, place.until_on = device.from_on, device.until_on
        place.updated_at = now(session)
    session.flush()


def _new_device(row: ServiceContract, asset_id: str, serial: str) -> ContractAsset:
    return ContractAsset(
        tenant_id=row.tenant_id, id=new_id(), contract_id=row.id, asset_id=asset_id,
        serial=serial, version=1,
    )  # fmt: skip
