"""Selects of assets."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.fact_models import AssetFact
from careloop.crm_core.assets.models import STATUS_ARROWS, Asset, AssetStatus
from careloop.crm_core.assets.schemas import AssetFactView, AssetView, Position, PublicAsset
from careloop.crm_core.assets.serials import fold, plain
from careloop.crm_core.custom.filter_queries import Given, narrowed
from careloop.crm_core.custom.models import Subject
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound

_DERIVED = {"possible_statuses", "position", "created_at", "updated_at"}


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
    *,
    statuses: Sequence[str] = (),
    site: str = "",
    contract: str = "",
    parent: str = "",
    given: Given = (),
) -> list[Asset]:
    """Assets by serial, those after `after`.

    `q` is part of a serial, a name, a site or a model, or the whole serial of a component that
    is, or once was, in the device. `given` are conditions over own fields.
    """
    statement = narrowed(session, actor.tenant_id, Subject.ASSET, visible_to(actor), given)
    if q:
        statement = statement.where(_like(q))
    for column, wanted in (
        (Asset.customer_id, customer_id),
        (Asset.model, model),
        (Asset.contract_number, contract),
        (Asset.parent, parent),
    ):
        if wanted:
            statement = statement.where(column == wanted)
    if statuses:
        statement = statement.where(Asset.status.in_(statuses))
    if site:
        statement = statement.where(func.lower(Asset.site).contains(site.lower(), autoescape=True))
    if after:
        statement = statement.where(Asset.serial > after)
    return list(session.scalars(statement.order_by(Asset.serial).limit(limit)))


def _like(q: str) -> ColumnElement[bool]:
    key, word = fold(q), q.lower()
    found: list[ColumnElement[bool]] = [
        func.lower(column).contains(word, autoescape=True)
        for column in (Asset.site, Asset.model, Asset.name)
    ]
    if key:
        found.append(Asset.serial_key.contains(key, autoescape=True))
        found.append(
            exists().where(
                AssetComponent.tenant_id == Asset.tenant_id,
                AssetComponent.asset_id == Asset.id,
                AssetComponent.serial_key == key,
            )
        )
    return or_(*found)


def asset(session: Session, actor: Actor, serial: str, lock: bool = False) -> Asset:
    """The device of that serial, for those who may see it."""
    statement = visible_to(actor).where(Asset.serial == serial)
    if lock:
        statement = statement.with_for_update()
    found = session.scalar(statement)
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


def by_public_code(session: Session, code: str, tenant_id: str = "") -> Asset | None:
    """The device that a label's code opens, of any tenant unless one is named."""
    statement = select(Asset).where(Asset.public_code == code)
    if tenant_id:
        statement = statement.where(Asset.tenant_id == tenant_id)
    return session.scalar(statement)


def taken(session: Session, tenant_id: str, serial: str) -> Asset | None:
    """The device whose serial is the same but for case and separators."""
    statement = select(Asset).where(Asset.tenant_id == tenant_id, Asset.serial_key == fold(serial))
    return next((row for row in session.scalars(statement) if is_exact(row.serial, serial)), None)


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


def parts_of_system(session: Session, actor: Actor, serial: str) -> list[Asset]:
    """The devices that belong to a system, by serial."""
    return list(
        session.scalars(visible_to(actor).where(Asset.parent == serial).order_by(Asset.serial))
    )


def facts(session: Session, row: Asset, kinds: Sequence[str] = ()) -> list[AssetFact]:
    """The dated facts of a device, the latest first."""
    statement = select(AssetFact).where(
        AssetFact.tenant_id == row.tenant_id, AssetFact.asset_id == row.id
    )
    if kinds:
        statement = statement.where(AssetFact.kind.in_(kinds))
    return list(
        session.scalars(statement.order_by(AssetFact.happened_at.desc(), AssetFact.id.desc()))
    )


def is_exact(serial: str, written: str) -> bool:
    """Whether the text gives the serial itself, separators and case aside."""
    return plain(serial) == plain(written)


def public_view(row: Asset) -> PublicAsset:
    return PublicAsset(id=row.id, serial=row.serial, model=row.model)


def asset_view(row: Asset) -> AssetView:
    fields = {name: getattr(row, name) for name in AssetView.model_fields if name not in _DERIVED}
    known = row.lat is not None and row.lon is not None
    return AssetView(
        **fields,
        position=Position(lat=row.lat, lon=row.lon) if known else None,
        possible_statuses=sorted(STATUS_ARROWS[AssetStatus(row.status)]),
        created_at=iso(row.created_at),
        updated_at=iso(row.updated_at),
    )


def fact_view(row: AssetFact) -> AssetFactView:
    return AssetFactView(
        id=row.id, kind=row.kind, happened_at=iso(row.happened_at), actor=row.actor,
        work_order=row.work_order, note=row.note, data=row.data,
    )  # fmt: skip
