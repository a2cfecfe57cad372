"""Selects of the catalogue; it is not secret, so every actor of the tenant sees it."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part, ProductModel
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
