"""Writers of components. The device's row is locked first, so its tree changes one act at a time;
the tables' own unique indexes hold a component to one place in the whole house."""

from __future__ import annotations

from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from careloop.crm_core.assets import component_queries, queries
from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.component_queries import component_view
from careloop.crm_core.assets.component_schemas import (
    AddComponent,
    ChangeComponent,
    ComponentView,
    RemoveComponent,
    ReplaceComponent,
    Replacement,
)  # fmt: skip
from careloop.crm_core.assets.errors import CommandMismatch, ComponentTaken, PositionTaken
from careloop.crm_core.assets.events import ComponentReplaced
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.policy import check_place, digest, moment
from careloop.crm_core.assets.serials import fold, plain
from careloop.crm_core.catalog import queries as catalog
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def add_component(session: Session, actor: Actor, command: AddComponent) -> ComponentView:
    """Fit a component in an empty position; the same `command_id` again changes nothing."""
    row = queries.asset(session, actor, command.serial, lock=True)
    known = _known(session, actor.tenant_id, command.command_id, digest(command))
    if known is not None:
        return component_view(known)
    at = moment(command.happened_at, now(session))
    if component_queries.in_position(session, row, command.position) is not None:
        raise PositionTaken(f"Something is fitted in {command.position!r}; replace it instead")
    emptied = component_queries.latest_removal(session, row, command.position)
    if emptied is not None and at < emptied:
        raise InvalidInput(f"{command.position!r} was emptied on {emptied.date()}, after that")
    check_place(command.position, command.parent, _parents(session, row))
    serial = command.serial_in.strip()
    _check_free(session, actor.tenant_id, command.part, serial)
    fitted = AssetComponent(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id, position=command.position,
        parent=command.parent, module=command.module, part=command.part,
        name=command.name or _part_name(session, actor, command.part),
        quantity=command.quantity, serial=serial, serial_key=fold(serial),
        lot=command.lot_in.strip(), fitted_at=at, work_order=command.work_order,
        warranty_until=command.warranty_until, command_id=command.command_id,
        command_digest=digest(command), created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    session.add(fitted)
    session.flush()
    row.touch(now(session))
    return component_view(fitted)


def replace_component(session: Session, actor: Actor, command: ReplaceComponent) -> Replacement:
    """Close one component's row and open the next in the same position, at one moment.

    The same `command_id` again changes nothing and tells the same. `NotFound` where the books
    know no such component (see `fit_if_absent`), `Conflict` where they know another serial, and
    `ComponentTaken` when the new one is fitted elsewhere.
    """
    row = queries.asset(session, actor, command.serial, lock=True)
    known = _known(session, actor.tenant_id, command.command_id, digest(command))
    if known is not None:
        gone = component_queries.component(session, row, known.replaces) if known.replaces else None
        return _replacement(row, gone, known)
    at = moment(command.happened_at, now(session))
    old = _meant(session, row, command)
    if old is None:
        old = _unlisted(session, actor, row, command, at)
        fitted = _successor(session, actor, row, old, command, at)
    else:
        if at < old.fitted_at:
            raise InvalidInput(f"{old.position!r} was fitted on {old.fitted_at.date()}, after that")
        _check_out(old, command)
        fitted = _successor(session, actor, row, old, command, at)
        old.remove(at, command.work_order, command.reason, now(session))
    # The old row is closed before the new one is there: a position holds one component.
    session.flush()
    session.add(fitted)
    if old is not None:
        old.replaced_by = fitted.id
    session.flush()
    row.touch(now(session))
    part = fitted.part
    emit(
        session,
        ComponentReplaced(actor.tenant_id, row.serial, fitted.position, part, command.work_order),
    )
    return _replacement(row, old, fitted)


def remove_component(session: Session, actor: Actor, command: RemoveComponent) -> ComponentView:
    """Take a component out; its position is empty from then on."""
    row = queries.asset(session, actor, command.serial, lock=True)
    item = _locked(session, row, command.component_id, command.version)
    if item.removed_at is not None:
        raise Conflict(f"It was removed on {item.removed_at.date()} already")
    if any(above == item.position for above in _parents(session, row).values()):
        raise Conflict(f"Other components sit in {item.position!r}; take those out first")
    at = moment(command.happened_at, now(session))
    if at < item.fitted_at:
        raise InvalidInput(f"It was fitted on {item.fitted_at.date()}, after that")
    item.remove(at, command.work_order, command.reason, now(session))
    row.touch(now(session))
    return component_view(item)


def change_component(session: Session, actor: Actor, command: ChangeComponent) -> ComponentView:
    """Correct what the books say of a component; times and parts change by replacement alone."""
    row = queries.asset(session, actor, command.serial, lock=True)
    item = _locked(session, row, command.component_id, command.version)
    given = command.model_fields_set
    if command.parent is not None and command.parent != item.parent:
        check_place(item.position, command.parent, _parents(session, row))
        item.parent = command.parent
    if command.component_serial is not None and command.component_serial.strip() != item.serial:
        serial = command.component_serial.strip()
        if item.removed_at is None:
            _check_free(session, row.tenant_id, item.part, serial)
        item.serial, item.serial_key = serial, fold(serial)
    for name in ("module", "name", "lot"):
        value = getattr(command, name)
        if value is not None:
            setattr(item, name, value.strip())
    if "warranty_until" in given:
        item.warranty_until = command.warranty_until
    item.touch(now(session))
    return component_view(item)


def _known(
    session: Session, tenant_id: str, command_id: str | None, wanted: str
) -> AssetComponent | None:
    if not command_id:
        return None
    found = component_queries.by_command(session, tenant_id, command_id)
    if found is not None and found.command_digest != wanted:
        raise CommandMismatch("This command id was used for another act; make a new one")
    return found


def _meant(session: Session, row: Asset, command: ReplaceComponent) -> AssetComponent | None:
    """The one fitted component that the command names; None where `fit_if_absent` may act."""
    present = component_queries.fitted(session, row)
    if command.component_id:
        component_queries.component(session, row, command.component_id)
        present = [item for item in present if item.id == command.component_id]
        if not present:
            raise Conflict("That component was removed already; load the device again")
    if command.position:
        present = [item for item in present if item.position == command.position]
    named = bool(command.component_id or command.position)
    if command.serial_out and not named:
        wanted = plain(command.serial_out)
        present = [item for item in present if item.serial and plain(item.serial) == wanted]
    elif command.part and not named:
        present = [item for item in present if item.part == command.part]
    elif not named:
        raise InvalidInput("Say which component: its id, position, serial_out or part")
    if len(present) > 1:
        places = ", ".join(item.position for item in present)
        raise InvalidInput(f"Several components fit: {places}; name the position")
    if present:
        return present[0]
    if command.fit_if_absent:
        return None
    raise NotFound("The books know no such component in this device; add it first")


def _check_out(old: AssetComponent, command: ReplaceComponent) -> None:
    """The serial that came out is the one on file; where none was, it is now."""
    given = command.serial_out.strip()
    if not given:
        return
    if not old.serial:
        old.serial, old.serial_key = given, fold(given)
    elif plain(old.serial) != plain(given):
        raise Conflict(
            f"By the books {old.position!r} holds {old.serial}, not {given}; correct that first",
            position=old.position, serial=old.serial,
        )  # fmt: skip


def _unlisted(
    session: Session, actor: Actor, row: Asset, command: ReplaceComponent, at: datetime
) -> AssetComponent:
    """The component that came out although nobody ever wrote that it was in: noted as removed."""
    began = at
    if row.installed_on is not None:
        began = min(at, datetime.combine(row.installed_on, time(), tzinfo=UTC))
    position = command.position or command.part
    serial = command.serial_out.strip()
    old = AssetComponent(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id,
        position=_free_position(session, row, position), part=command.part,
        name=_part_name(session, actor, command.part), serial=serial, serial_key=fold(serial),
        fitted_at=began, removed_at=at, removed_by=command.work_order,
        removed_for=command.reason, created_at=now(session), updated_at=now(session),
        quantity=1, parent="", module="", lot="", work_order="",
    )  # fmt: skip
    session.add(old)
    return old


def _free_position(session: Session, row: Asset, wanted: str) -> str:
    if not wanted:
        raise InvalidInput("Say in which position the component is fitted")
    present = set(_parents(session, row))
    if wanted not in present:
        return wanted
    number = 2
    while f"{wanted} {number}" in present:
        number += 1
    return f"{wanted} {number}"


def _successor(
    session: Session,
    actor: Actor,
    row: Asset,
    old: AssetComponent,
    command: ReplaceComponent,
    at: datetime,
) -> AssetComponent:
    """The component that goes in; not in the session yet."""
    part, serial = command.part or old.part, command.serial_in.strip()
    if serial and part == old.part and old.serial and plain(serial) == plain(old.serial):
        raise InvalidInput("The same serial comes out and goes in; that replaces nothing")
    _check_free(session, row.tenant_id, part, serial)
    name = old.name if part == old.part else _part_name(session, actor, part)
    return AssetComponent(
        tenant_id=row.tenant_id, id=new_id(), asset_id=row.id, position=old.position,
        parent=old.parent, module=old.module, name=name, part=part, quantity=old.quantity,
        serial=serial, serial_key=fold(serial), lot=command.lot_in.strip(), fitted_at=at,
        work_order=command.work_order, warranty_until=command.warranty_until, replaces=old.id,
        command_id=command.command_id, command_digest=digest(command),
        created_at=now(session), updated_at=now(session), version=1,
        removed_at=None, removed_by="", removed_for="", replaced_by=None,
    )  # fmt: skip


def _check_free(session: Session, tenant_id: str, part: str, serial: str) -> None:
    if not serial:
        return
    found = component_queries.fitted_elsewhere(session, tenant_id, part, serial)
    if found is not None:
        item, device = found
        raise ComponentTaken(
            f"{serial} is fitted in {device} ({item.position}); remove it there first",
            device=device, position=item.position,
        )  # fmt: skip


def _locked(session: Session, row: Asset, component_id: str, version: int | None) -> AssetComponent:
    item = component_queries.component(session, row, component_id)
    if version is not None and version != item.version:
        raise VersionConflict("Somebody changed this component meanwhile; load it again")
    return item


def _parents(session: Session, row: Asset) -> dict[str, str]:
    return {item.position: item.parent for item in component_queries.fitted(session, row)}


def _part_name(session: Session, actor: Actor, number: str) -> str:
    """The part's name in the actor's language; `InvalidInput` for a part that is none."""
    if not number:
        return ""
    part = catalog.part(session, actor, number)
    if part is None:
        raise InvalidInput(f"There is no part {number!r} in the catalogue")
    return catalog.localized(part.names, actor.language)[:200]


def _replacement(row: Asset, old: AssetComponent | None, new: AssetComponent) -> Replacement:
    return Replacement(
        serial=row.serial, removed=component_view(old) if old else None, fitted=component_view(new)
    )
