"""Writers of assets: registering, changing, moving, and what is dated in their files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries
from careloop.crm_core.assets.codes import new_public_code
from careloop.crm_core.assets.components import (
    add_component,
    change_component,
    remove_component,
    replace_component,
)  # fmt: skip
from careloop.crm_core.assets.events import AssetStatusChanged, AssetTransferred
from careloop.crm_core.assets.fact_models import AssetFact, FactKind
from careloop.crm_core.assets.models import Asset, AssetStatus
from careloop.crm_core.assets.policy import moment, months_after
from careloop.crm_core.assets.schemas import (
    AssetView,
    ChangeAsset,
    ChangeFirmware,
    CreateAsset,
    MoveAsset,
    RotateCode,
    SetStatus,
    TransferAsset,
)  # fmt: skip
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.custom import holding
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor, Role
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id

__all__ = [
    "add_component", "change_asset", "change_component", "change_firmware", "create_asset",
    "move_asset", "note_fact", "remove_component", "replace_component", "rotate_code",
    "set_status", "transfer_asset",
]  # fmt: skip

ACTOR_NAME = 60
_NOTED = {
    "warranty_until": FactKind.WARRANTY,
    "contract_number": FactKind.CONTRACT,
    "configuration": FactKind.CONFIGURATION,
    "parent": FactKind.SYSTEM,
}
"""Facts whose changes stay in the file with their day."""


def create_asset(session: Session, actor: Actor, command: CreateAsset) -> AssetView:
    """Register a device. Its serial may differ from every other by more than case and spaces."""
    known = queries.taken(session, actor.tenant_id, command.serial)
    if known is not None:
        raise Conflict(f"The device {known.serial} is on file already")
    model = catalog.model(session, actor, command.model)
    if model is None:
        raise InvalidInput(f"There is no model {command.model!r} in the catalogue")
    if command.customer_id:
        customers.customer(session, actor, command.customer_id)
    if command.parent:
        queries.asset(session, actor, command.parent)
    warranty = command.warranty_until
    if warranty is None and command.installed_on and model.warranty_months is not None:
        warranty = months_after(command.installed_on, model.warranty_months)
    custom = holding.first_values(
        session, actor.tenant_id, Subject.ASSET, command.custom, strict=_strict(actor)
    )
    at = now(session)
    row = Asset(
        tenant_id=actor.tenant_id, id=new_id(), serial=command.serial,
        serial_key=fold(command.serial), model_id=model.id, model=model.model,
        customer_id=command.customer_id or None, status=command.status.value,
        warranty_until=warranty, parent=command.parent or None,
        lat=command.position.lat if command.position else None,
        lon=command.position.lon if command.position else None,
        public_code=new_public_code(), created_at=at, updated_at=at,
        custom=custom,
        **command.model_dump(include={
            "name", "site", "shipped_on", "installed_on", "installed_by", "firmware",
            "contract_number", "configuration",
        }),
    )  # fmt: skip
    if command.status is AssetStatus.DECOMMISSIONED:
        row.decommissioned_on = at.date()
    session.add(row)
    session.flush()
    holding.file_first(session, row)
    note_fact(session, actor, row, FactKind.REGISTERED, at, None, row.status)
    return queries.asset_view(row)


def change_asset(session: Session, actor: Actor, command: ChangeAsset) -> AssetView:
    """Change facts of a device; those that entitle or configure are noted with their day."""
    row = locked(session, actor, command.serial, command.version)
    at = now(session)
    given = command.model_fields_set - {"serial", "version", "custom"}
    if command.parent:
        _check_system(session, actor, row, command.parent)
    changed = bool(holding.change_values(session, row, command.custom, strict=_strict(actor)))
    for name in sorted(given - {"position"}):
        changed |= _set(session, actor, row, name, getattr(command, name), at)
    if "position" in given:
        spot = (command.position.lat, command.position.lon) if command.position else (None, None)
        changed |= (row.lat, row.lon) != spot
        row.lat, row.lon = spot
    if changed:
        row.touch(at)
    return queries.asset_view(row)


def _strict(actor: Actor) -> bool:
    """Whether needed own fields must be filled in: by people, not by imports and rules."""
    return actor.role is not Role.SYSTEM


def _set(session: Session, actor: Actor, row: Asset, name: str, value: Any, at: datetime) -> bool:
    """Give a column another value; None empties what is a text or a configuration."""
    if value is None and name in {"name", "installed_by", "contract_number"}:
        value = ""
    if value is None and name == "configuration":
        value = {}
    if name == "parent":
        value = value or None
    before = getattr(row, name)
    if before == value:
        return False
    setattr(row, name, value)
    if name in _NOTED:
        note_fact(session, actor, row, _NOTED[name], at, _plain(before), _plain(value))
    return True


def _check_system(session: Session, actor: Actor, row: Asset, parent: str) -> None:
    """A device is in a system that is not, however far up, in the device itself."""
    above: str | None = parent
    seen: set[str] = set()
    while above and above not in seen:
        if above == row.serial:
            raise InvalidInput(f"{row.serial} cannot be in {parent}, which is in it")
        seen.add(above)
        above = queries.asset(session, actor, above).parent


def set_status(session: Session, actor: Actor, command: SetStatus) -> AssetView:
    """One step in the device's life; `StatusNotAllowed` names what is possible instead."""
    row = locked(session, actor, command.serial, command.version)
    at = now(session)
    on = command.on or at.date()
    if on > at.date():
        raise InvalidInput("The day lies in the future")
    before = row.status
    row.become(command.status, on, at)
    happened = at if on == at.date() else datetime(on.year, on.month, on.day, tzinfo=at.tzinfo)
    note_fact(
        session, actor, row, FactKind.STATUS, happened, before, row.status, note=command.reason
    )
    if row.warranty_until is None and command.status is AssetStatus.INSTALLED:
        _begin_warranty(session, actor, row, at)
    emit(session, AssetStatusChanged(actor.tenant_id, row.serial, before, row.status))
    return queries.asset_view(row)


def _begin_warranty(session: Session, actor: Actor, row: Asset, at: datetime) -> None:
    model = catalog.model(session, actor, row.model)
    if model is None or model.warranty_months is None or row.installed_on is None:
        return
    row.warranty_until = months_after(row.installed_on, model.warranty_months)
    note_fact(session, actor, row, FactKind.WARRANTY, at, None, str(row.warranty_until))


def move_asset(session: Session, actor: Actor, command: MoveAsset) -> AssetView:
    """The device stands elsewhere, with the same owner."""
    row = locked(session, actor, command.serial, command.version)
    at = moment(command.happened_at, now(session))
    before, row.site = row.site, command.site.strip()
    row.lat = command.position.lat if command.position else None
    row.lon = command.position.lon if command.position else None
    row.touch(now(session))
    note_fact(
        session, actor, row, FactKind.SITE, at, before, row.site, note=command.reason,
        work_order=command.work_order,
    )  # fmt: skip
    return queries.asset_view(row)


def transfer_asset(session: Session, actor: Actor, command: TransferAsset) -> AssetView:
    """The device gets another owner. The old one's contract does not go with it."""
    row = locked(session, actor, command.serial, command.version)
    if command.customer_id:
        customers.customer(session, actor, command.customer_id)
    if (command.customer_id or None) == row.customer_id:
        raise Conflict("This customer owns the device already; move it instead")
    present = now(session)
    at = moment(command.happened_at, present)
    before, row.customer_id = row.customer_id, command.customer_id or None
    note_fact(session, actor, row, FactKind.OWNER, at, before, row.customer_id, note=command.reason)
    _set(session, actor, row, "contract_number", command.contract_number, at)
    if row.site != command.site.strip():
        old_site, row.site = row.site, command.site.strip()
        row.lat = row.lon = None
        note_fact(session, actor, row, FactKind.SITE, at, old_site, row.site)
    row.name = ""
    row.touch(present)
    emit(session, AssetTransferred(actor.tenant_id, row.serial, before, row.customer_id))
    return queries.asset_view(row)


def change_firmware(session: Session, actor: Actor, command: ChangeFirmware) -> AssetView:
    """The device runs another firmware from that time on."""
    row = locked(session, actor, command.serial, command.version)
    at = moment(command.happened_at, now(session))
    if command.firmware == row.firmware:
        raise Conflict(f"The device runs {row.firmware} already")
    later = next(iter(queries.facts(session, row, [FactKind.FIRMWARE])), None)
    note_fact(
        session, actor, row, FactKind.FIRMWARE, at, row.firmware, command.firmware,
        note=command.note, work_order=command.work_order,
    )  # fmt: skip
    if later is not None and later.happened_at > at:
        raise Conflict("A later change of firmware is on file; give a later time")
    row.firmware = command.firmware
    row.touch(now(session))
    return queries.asset_view(row)


def rotate_code(session: Session, actor: Actor, command: RotateCode) -> AssetView:
    """A new address for the device's page; from now on the old one opens nothing."""
    row = locked(session, actor, command.serial, command.version)
    row.public_code = new_public_code()
    row.touch(now(session))
    at = now(session)
    note_fact(session, actor, row, FactKind.PUBLIC_CODE, at, None, None, note=command.reason)
    return queries.asset_view(row)


def note_fact(
    session: Session,
    actor: Actor,
    row: Asset,
    kind: FactKind,
    at: datetime,
    before: Any,
    after: Any,
    *,
    note: str = "",
    work_order: str = "",
) -> None:
    """Put a dated fact into the device's file."""
    session.add(
        AssetFact(
            tenant_id=row.tenant_id, asset_id=row.id, kind=kind.value, happened_at=at,
            actor=(actor.name or actor.label)[:ACTOR_NAME], note=note, work_order=work_order,
            data={"before": before, "after": after}, created_at=now(session),
        )
    )  # fmt: skip


def locked(session: Session, actor: Actor, serial: str, version: int | None = None) -> Asset:
    """The device, held until the act ends; `VersionConflict` when it has another version."""
    row = queries.asset(session, actor, serial, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this device meanwhile; load it again")
    return row


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value
