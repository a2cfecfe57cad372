"""Tools over assets."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries
from careloop.crm_core.assets.schemas import AssetView, PublicAsset
from careloop.crm_core.assets.serials import fold
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


class FindBySerial(BaseModel):
    """A serial number as somebody wrote it."""

    written: str = Field(min_length=3, max_length=80, description="The serial as written.")


class SerialMatches(BaseModel):
    """Devices whose serial looks like the one written; public facts only."""

    exact: PublicAsset | None
    similar: list[PublicAsset]


class PickAsset(BaseModel):
    """One device."""

    serial: str = Field(description="Serial number as on file.")


@tool("assets.find", effect=Effect.READ, scope="chat")
def find_by_serial(session: Session, actor: Actor, command: FindBySerial) -> SerialMatches:
    """Find a device by its serial number, however it was written."""
    found = queries.known_serials(session, actor.tenant_id, {fold(command.written)})
    exact = next((row for row in found if queries.is_exact(row.serial, command.written)), None)
    return SerialMatches(exact=exact, similar=[row for row in found if row != exact])


@tool("assets.read", effect=Effect.READ, scope="assets:read")
def read_asset(session: Session, actor: Actor, command: PickAsset) -> AssetView:
    """Read a device with owner, warranty and contract."""
    return queries.asset_view(queries.asset(session, actor, command.serial))
