"""Selects of substitutes and kits; staff only."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import or_
from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.inventory.document_models import PartKit, PartKitLine, PartSubstitute
from careloop.crm_core.inventory.document_queries import visible_to
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def substitute_rows(session: Session, actor: Actor, part_id: str = "") -> list[PartSubstitute]:
    """Rules of substitution, of one part on either side, or all."""
    row = PartSubstitute
    statement = visible_to(actor, row)
    if part_id:
        statement = statement.where(or_(row.part_id == part_id, row.substitute_id == part_id))
    return list(session.scalars(statement.order_by(row.id)))


def kit(session: Session, actor: Actor, code: str) -> PartKit | None:
    return session.scalar(visible_to(actor, PartKit).where(PartKit.code == code))


def kit_rows(session: Session, actor: Actor) -> list[tuple[PartKit, list[PartKitLine]]]:
    """Kits by code with their lines."""
    kits = list(session.scalars(visible_to(actor, PartKit).order_by(PartKit.code)))
    lines: dict[str, list[PartKitLine]] = defaultdict(list)
    for line in session.scalars(visible_to(actor, PartKitLine).order_by(PartKitLine.id)):
        lines[line.kit_id].append(line)
    return [(row, lines[row.id]) for row in kits]


def kit_lines(session: Session, actor: Actor, code: str) -> list[tuple[str, int]]:
    """Part numbers and quantities of one kit."""
    row = kit(session, actor, code)
    if row is None:
        raise NotFound(f"There is no kit {code}; see the list of kits")
    statement = visible_to(actor, PartKitLine).where(PartKitLine.kit_id == row.id)
    lines = list(session.scalars(statement.order_by(PartKitLine.id)))
    parts = catalog.parts_by_ids(session, actor.tenant_id, {line.part_id for line in lines})
    return [(parts[line.part_id].number, line.quantity) for line in lines]
