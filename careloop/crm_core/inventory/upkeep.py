"""Upkeep: locations and their tree, levels, how parts are tracked, substitutes, kits, rules."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import kit_queries, ledger_queries, naming, queries
from careloop.crm_core.inventory.codes import gtin14
from careloop.crm_core.inventory.document_models import (
    PartKit,
    PartKitLine,
    PartSubstitute,
    StockRules,
)  # fmt: skip
from careloop.crm_core.inventory.ledger import hold
from careloop.crm_core.inventory.models import LEVELS, StockBalance, StockLocation
from careloop.crm_core.inventory.upkeep_schemas import (
    DescribePart,
    PutKit,
    PutLocation,
    PutSubstitute,
    SetLevels,
    SetRules,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, NotFound, VersionConflict
from careloop.kit.ids import new_id


def put_location(session: Session, actor: Actor, command: PutLocation) -> StockLocation:
    """Make or change a location; its parent stands on a higher level, so there is no circle."""
    if queries.is_account(command.code):
        raise InvalidInput(f"{command.code!r} is the name of an account; choose another code")
    try:
        row = queries.location(session, actor, command.code, lock=True)
    except NotFound:
        if command.level is None:
            raise InvalidInput("A new location needs its level") from None
        row = StockLocation(
            tenant_id=actor.tenant_id, id=new_id(), code=command.code, level=command.level,
            name="", parent_code="", engineer="", active=True, version=0,
            created_at=now(session), updated_at=now(session),
        )  # fmt: skip
        session.add(row)
    else:
        if command.version is not None and command.version != row.version:
            raise VersionConflict("Somebody changed this location meanwhile; load it again")
    row.level = command.level or row.level
    if command.parent is not None:
        row.parent_code = _parent(session, actor, row, command.parent)
    row.name = row.name if command.name is None else command.name.strip()
    row.engineer = row.engineer if command.engineer is None else command.engineer.strip()
    if row.engineer and row.level != "van":
        raise InvalidInput("Only a van belongs to an engineer")
    if command.active is False and _holds(session, actor, row):
        raise Conflict(f"{row.code} still holds parts; move or count them first")
    row.active = row.active if command.active is None else command.active
    _check_tree(session, actor, row)
    row.touch(now(session))
    session.flush()
    return row


def _parent(session: Session, actor: Actor, row: StockLocation, code: str) -> str:
    if not code.strip():
        return ""
    parent = queries.location(session, actor, code)
    if parent.code == row.code:
        raise InvalidInput("A location is not its own parent")
    return parent.code


def _check_tree(session: Session, actor: Actor, row: StockLocation) -> None:
    for other in queries.location_rows(session, actor):
        upper, lower = (row, other) if other.parent_code == row.code else (other, row)
        if lower.parent_code == upper.code and LEVELS.index(upper.level) >= LEVELS.index(
            lower.level
        ):
            raise InvalidInput(
                f"{upper.code} ({upper.level}) cannot stand above {lower.code} ({lower.level}); "
                f"the levels are {', '.join(LEVELS)}"
            )


def _holds(session: Session, actor: Actor, row: StockLocation) -> bool:
    parts = ledger_queries.parts_at(session, actor.tenant_id, row.id)
    pairs = [(row.id, part) for part in parts]
    book = ledger_queries.balances_at(session, actor.tenant_id, pairs)
    return any(on_hand for on_hand, _ in book.values())


def set_levels(session: Session, actor: Actor, command: SetLevels) -> StockBalance:
    """Minimum, maximum and bin of a part at a location."""
    if (
        command.minimum is not None
        and command.maximum is not None
        and command.maximum < command.minimum
    ):
        raise InvalidInput("The maximum is below the minimum")
    location = naming.location(session, actor, command.location)
    part = naming.part(session, actor, command.part)
    hold(session, actor, [part])
    row = queries.home_balance(session, actor, location.id, part.id)
    if row is None:
        row = StockBalance(
            tenant_id=actor.tenant_id, id=new_id(), location_id=location.id, part_id=part.id,
            lot="", condition="good", on_hand=0, reserved=0, bin="", version=0,
            created_at=now(session), updated_at=now(session),
        )  # fmt: skip
        session.add(row)
    row.minimum, row.maximum, row.bin = command.minimum, command.maximum, command.bin.strip()
    row.touch(now(session))
    session.flush()
    return row


def describe_part(session: Session, actor: Actor, command: DescribePart) -> Part:
    """GS1 number, unit and tracking; two parts never share a GS1 number."""
    part = naming.part(session, actor, command.part)
    if command.version is not None and command.version != part.version:
        raise VersionConflict("Somebody changed this part meanwhile; load it again")
    hold(session, actor, [part])
    if command.gtin is not None:
        part.gtin = _gtin(session, actor, part, command.gtin)
    part.unit = command.unit or part.unit
    part.tracking = command.tracking or part.tracking
    part.touch(now(session))
    session.flush()
    return part


def _gtin(session: Session, actor: Actor, part: Part, written: str) -> str:
    if not written.strip():
        return ""
    number = gtin14(written)
    if number is None:
        raise InvalidInput(f"{written!r} is no GS1 number: 8, 12, 13 or 14 digits with check digit")
    other = catalog.part_by_gtin(session, actor, number)
    if other is not None and other.id != part.id:
        raise Conflict(f"{other.number} carries this GS1 number already")
    return number


def put_substitute(session: Session, actor: Actor, command: PutSubstitute) -> PartSubstitute:
    """One row for a pair; a rule the other way round makes it hold both ways."""
    parts = naming.parts(session, actor, [command.part, command.substitute])
    part, other = parts[command.part], parts[command.substitute]
    if part.id == other.id:
        raise InvalidInput("A part does not stand in for itself")
    found = next(
        (
            row
            for row in kit_queries.substitute_rows(session, actor, part.id)
            if {row.part_id, row.substitute_id} == {part.id, other.id}
        ),
        None,
    )
    if command.drop:
        if found is None:
            raise NotFound("There is no such rule")
        session.delete(found)
        session.flush()
        return found
    row = found or PartSubstitute(
        tenant_id=actor.tenant_id, id=new_id(), part_id=part.id, substitute_id=other.id,
        both_ways=False, note="", version=0, created_at=now(session), updated_at=now(session),
    )  # fmt: skip
    turned = row.part_id != part.id
    row.both_ways = command.both_ways or (turned and not row.both_ways)
    if not row.both_ways:
        row.part_id, row.substitute_id = part.id, other.id
    row.note = command.note
    row.touch(now(session))
    session.add(row)
    session.flush()
    return row


def put_kit(session: Session, actor: Actor, command: PutKit) -> PartKit:
    """A kit as it shall be; without lines it is dropped."""
    parts = naming.parts(session, actor, [line.part for line in command.lines])
    if len({part.id for part in parts.values()}) < len(command.lines):
        raise InvalidInput("A part stands in the kit twice")
    row = kit_queries.kit(session, actor, command.code)
    for old, lines in kit_queries.kit_rows(session, actor):
        if row is not None and old.id == row.id:
            for line in lines:
                session.delete(line)
    session.flush()
    if not command.lines:
        if row is None:
            raise NotFound(f"There is no kit {command.code}")
        session.delete(row)
        session.flush()
        return row
    if row is None:
        row = PartKit(
            tenant_id=actor.tenant_id, id=new_id(), code=command.code, name="", version=0,
            created_at=now(session), updated_at=now(session),
        )  # fmt: skip
        session.add(row)
    row.name = command.name.strip()
    row.touch(now(session))
    session.flush()
    for item in command.lines:
        session.add(
            PartKitLine(
                tenant_id=actor.tenant_id, id=new_id(), kit_id=row.id,
                part_id=parts[item.part].id, quantity=item.quantity, version=1,
                created_at=now(session), updated_at=now(session),
            )
        )  # fmt: skip
    session.flush()
    return row


def set_rules(session: Session, actor: Actor, command: SetRules) -> StockRules:
    """The company's rules of approval."""
    row = queries.rules(session, actor.tenant_id)
    if row is None:
        row = StockRules(tenant_id=actor.tenant_id)
        session.add(row)
    limit = command.second_approval_above
    row.own_approval, row.reservation_hours = command.own_approval, command.reservation_hours
    row.second_amount = limit.amount if limit else None
    row.second_currency = limit.currency if limit else ""
    session.flush()
    return row
