"""Selects of the catalogue; it is not secret, so every actor of the tenant sees it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import BomLine, Part, ProductModel
from careloop.kit.actor import Actor


def visible_to(actor: Actor) -> Select[ProductModel]:
    return select(ProductModel).where(ProductModel.tenant_id == actor.tenant_id)


def models(session: Session, actor: Actor) -> list[ProductModel]:
    return list(session.scalars(visible_to(actor).order_by(ProductModel.model)))


def model(session: Session, actor: Actor, name: str) -> ProductModel | None:
    return session.scalar(visible_to(actor).where(ProductModel.model == name))


def part(session: Session, actor: Actor, number: str) -> Part | None:
    statement = select(Part).where(Part.tenant_id == actor.tenant_id, Part.number == number)
    return session.scalar(statement)


def part_numbers(session: Session, actor: Actor) -> list[str]:
    statement = select(Part.number).where(Part.tenant_id == actor.tenant_id)
    return list(session.scalars(statement.order_by(Part.number)))


def localized(names: dict[str, str], language: str) -> str:
    """A name in the language, else English, else any."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def parts_by_ids(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, Part]:
    """Parts by id."""
    wanted = set(ids)
    if not wanted:
        return {}
    statement = select(Part).where(Part.tenant_id == tenant_id, Part.id.in_(wanted))
    return {row.id: row for row in session.scalars(statement)}


def parts_by_numbers(session: Session, tenant_id: str, numbers: Iterable[str]) -> dict[str, Part]:
    """Parts by the numbers as given; where no part is written so, case does not matter."""
    wanted = set(numbers)
    if not wanted:
        return {}
    base = select(Part).where(Part.tenant_id == tenant_id)
    found = {row.number: row for row in session.scalars(base.where(Part.number.in_(wanted)))}
    missing = {number.lower(): number for number in wanted - found.keys()}
    if missing:
        near = base.where(func.lower(Part.number).in_(missing)).order_by(Part.number.desc())
        for row in session.scalars(near):
            found[missing[row.number.lower()]] = row
    return found


def part_by_gtin(session: Session, actor: Actor, gtin: str = "") -> Part | None:
    """The part that carries this GS1 number of 14 digits."""
    if not gtin:
        return None
    statement = select(Part).where(Part.tenant_id == actor.tenant_id, Part.gtin == gtin)
    return session.scalar(statement)


def parts_page(
    session: Session, actor: Actor, q: str = "", after: str = "", limit: int = 50
) -> list[Part]:
    """Parts by number, those after `after`; `q` is a part of number, name or GS1 number."""
    statement = select(Part).where(Part.tenant_id == actor.tenant_id)
    if q:
        like = q.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = f"%{like}%"
        names = [Part.names[code].as_string() for code in ("zh", "en", "de", "es")]
        statement = statement.where(
            or_(
                func.lower(Part.number).like(pattern, escape="\\"),
                Part.gtin.like(pattern, escape="\\"),
                *(func.lower(name).like(pattern, escape="\\") for name in names),
            )
        )
    if after:
        statement = statement.where(Part.number > after)
    return list(session.scalars(statement.order_by(Part.number).limit(limit)))


def models_with_part(session: Session, actor: Actor, part_id: str) -> list[str]:
    """Models that have the part in their parts list."""
    statement = (
        select(ProductModel.model)
        .join(
            BomLine,
            (BomLine.tenant_id == ProductModel.tenant_id) & (BomLine.model_id == ProductModel.id),
        )
        .where(ProductModel.tenant_id == actor.tenant_id, BomLine.part_id == part_id)
        .distinct()
    )
    return sorted(session.scalars(statement))
