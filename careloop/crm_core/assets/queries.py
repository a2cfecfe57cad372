"""Selects of assets."""

from __future__ import annotations

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.schemas import AssetView, PublicAsset
from careloop.crm_core.assets.serials import fold, plain
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[Asset]:
    """Assets whose owner and history the actor may see."""
    statement = select(Asset).where(Asset.tenant_id == actor.tenant_id)
    if actor.is_staff:
        return statement if actor.may("assets:read") else statement.where(false())
    return statement.where(Asset.customer_id.is_not(None), Asset.customer_id == actor.customer_id)


def assets(
    session: Session,
    actor: Actor,
    q: str = "",
    customer_id: str = "",
    model: str = "",
    after: str = "",
    limit: int = 50,
) -> list[Asset]:
    """Assets by serial, those after `after`; `q` is part of a serial, a site or a model."""
    statement = visible_to(actor)
    if q:
        key, word = fold(q), q.lower()
        serial_match = Asset.serial_key.contains(key, autoescape=True) if key else None
        other = or_(
            func.lower(Asset.site).contains(word, autoescape=True),
            func.lower(Asset.model).contains(word, autoescape=True),
        )
        statement = statement.where(other if serial_match is None else or_(serial_match, other))
    if customer_id:
        statement = statement.where(Asset.customer_id == customer_id)
    if model:
        statement = statement.where(Asset.model == model)
    if after:
        statement = statement.where(Asset.serial > after)
    return list(session.scalars(statement.order_by(Asset.serial).limit(limit)))


def asset(session: Session, actor: Actor, serial: str) -> Asset:
    found = session.scalar(visible_to(actor).where(Asset.serial == serial))
    if found is None:
        raise NotFound("There is no such device")
    return found


def device(session: Session, tenant_id: str, serial: str) -> Asset:
    """The device of that serial, for linking it to a ticket; callers reveal only `PublicAsset`."""
    found = session.scalar(
        select(Asset).where(Asset.tenant_id == tenant_id, Asset.serial == serial)
    )
    if found is None:
        raise NotFound("There is no device with that serial number")
    return found


def asset_by_id(session: Session, tenant_id: str, asset_id: str) -> Asset | None:
    return session.get(Asset, (tenant_id, asset_id))


def known_serials(session: Session, tenant_id: str, keys: set[str]) -> list[PublicAsset]:
    """Devices whose folded serial is one of `keys`; public facts only (decision 15)."""
    if not keys:
        return []
    statement = select(Asset).where(Asset.tenant_id == tenant_id, Asset.serial_key.in_(keys))
    return [public_view(row) for row in session.scalars(statement.order_by(Asset.serial))]


def serial_lengths(session: Session, tenant_id: str) -> set[int]:
    """Lengths of the folded serials on file; bounds the search for serials in a text."""
    statement = select(func.length(Asset.serial_key)).where(Asset.tenant_id == tenant_id)
    return set(session.scalars(statement.distinct()))


def serial_sample(session: Session, tenant_id: str, limit: int) -> list[str]:
    """Serials on file, the latest first."""
    statement = select(Asset.serial).where(Asset.tenant_id == tenant_id)
    return list(session.scalars(statement.order_by(Asset.id.desc()).limit(limit)))


def assets_of(session: Session, tenant_id: str, customer_id: str, limit: int = 50) -> list[Asset]:
    """A customer's devices, for a context that has been scoped already."""
    statement = select(Asset).where(Asset.tenant_id == tenant_id, Asset.customer_id == customer_id)
    return list(session.scalars(statement.order_by(Asset.serial).limit(limit)))


def is_exact(serial: str, written: str) -> bool:
    """Whether the text gives the serial itself, separators and case aside."""
    return plain(serial) == plain(written)


def public_view(row: Asset) -> PublicAsset:
    return PublicAsset(id=row.id, serial=row.serial, model=row.model)


def asset_view(row: Asset) -> AssetView:
    return AssetView.model_validate(row, from_attributes=True)
