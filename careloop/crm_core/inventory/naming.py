"""From what a command names to the rows it means, with errors that say what to mend."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import kit_queries, piece_queries, queries
from careloop.crm_core.inventory.models import StockLocation, StockSerial
from careloop.kit.actor import Actor
from careloop.kit.errors import Conflict, InvalidInput, NotFound


def parts(session: Session, actor: Actor, numbers: Iterable[str]) -> dict[str, Part]:
    """The parts of these numbers; `NotFound` names those that are on no file."""
    wanted = list(dict.fromkeys(numbers))
    found = catalog.parts_by_numbers(session, actor.tenant_id, wanted)
    missing = [number for number in wanted if number not in found]
    if missing:
        raise NotFound(f"There is no part {', '.join(missing[:5])}; check the number or import it")
    return found


def part(session: Session, actor: Actor, number: str) -> Part:
    return parts(session, actor, [number])[number]


def location(session: Session, actor: Actor, code: str) -> StockLocation:
    """A location that is in use."""
    row = queries.location(session, actor, code)
    if not row.active:
        raise Conflict(f"The location {row.code} is closed; open it first")
    return row


def kit_parts(session: Session, actor: Actor, code: str, kits: int) -> list[tuple[str, int]]:
    """Part numbers and quantities of so many kits."""
    lines = kit_queries.kit_lines(session, actor, code)
    return [(number, quantity * kits) for number, quantity in lines]


def piece(session: Session, actor: Actor, row: Part, serial: str) -> StockSerial | None:
    """The piece of that serial number, where the books know it."""
    if not serial:
        return None
    key = (row.id, serial)
    return piece_queries.serials(session, actor.tenant_id, [key]).get(key)


def must_name_serial(row: Part, serial: str) -> None:
    if row.tracking == "serial" and not serial:
        raise InvalidInput(f"{row.number} is tracked by serial number; name it")
