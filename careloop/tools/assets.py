"""Tools over assets."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.assets import documents, meters, queries, service
from careloop.crm_core.assets.component_schemas import (
    AddComponent,
    ChangeComponent,
    ComponentView,
    RemoveComponent,
    ReplaceComponent,
    Replacement,
)  # fmt: skip
from careloop.crm_core.assets.document_schemas import (
    ChangeDocument,
    DeviceDocument,
    LinkDocument,
    RemoveDocument,
    StoreDocument,
)  # fmt: skip
from careloop.crm_core.assets.meter_schemas import (
    AddMeter,
    MeterReadingView,
    MeterView,
    NoteReading,
)
from careloop.crm_core.assets.schemas import (
    AssetView,
    ChangeAsset,
    ChangeFirmware,
    CreateAsset,
    MoveAsset,
    PublicAsset,
    RotateCode,
    SetStatus,
    TransferAsset,
)  # fmt: skip
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.contracts import queries as contracts
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput
from careloop.knowledge import queries as knowledge
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


@tool("assets.create", effect=Effect.WRITE, scope="assets:write")
def create_asset(session: Session, actor: Actor, command: CreateAsset) -> AssetView:
    """Register a device."""
    _check_contract(session, actor, command.contract_number, command.customer_id)
    return service.create_asset(session, actor, command)


@tool("assets.change", effect=Effect.WRITE, scope="assets:write")
def change_asset(session: Session, actor: Actor, command: ChangeAsset) -> AssetView:
    """Change a device's name, dates, warranty, contract, configuration, place or system."""
    if command.contract_number:
        owner = queries.asset(session, actor, command.serial).customer_id
        _check_contract(session, actor, command.contract_number, owner)
    return service.change_asset(session, actor, command)


@tool("assets.set_status", effect=Effect.WRITE, scope="assets:write")
def set_status(session: Session, actor: Actor, command: SetStatus) -> AssetView:
    """Take a device one step on: into service, back, out of service."""
    return service.set_status(session, actor, command)


@tool("assets.move", effect=Effect.WRITE, scope="assets:write")
def move_asset(session: Session, actor: Actor, command: MoveAsset) -> AssetView:
    """Move a device to another place of its owner."""
    return service.move_asset(session, actor, command)


@tool("assets.transfer", effect=Effect.WRITE, scope="assets:write")
def transfer_asset(session: Session, actor: Actor, command: TransferAsset) -> AssetView:
    """Give a device another owner; the old owner's contract stays behind."""
    _check_contract(session, actor, command.contract_number, command.customer_id)
    return service.transfer_asset(session, actor, command)


@tool("assets.change_firmware", effect=Effect.WRITE, scope="assets:write")
def change_firmware(session: Session, actor: Actor, command: ChangeFirmware) -> AssetView:
    """Note that a device runs another firmware."""
    return service.change_firmware(session, actor, command)


@tool("assets.rotate_code", effect=Effect.WRITE, scope="assets:write")
def rotate_code(session: Session, actor: Actor, command: RotateCode) -> AssetView:
    """Give a device's public page a new address; old labels stop working."""
    return service.rotate_code(session, actor, command)


@tool("assets.add_component", effect=Effect.WRITE, scope="assets:write")
def add_component(session: Session, actor: Actor, command: AddComponent) -> ComponentView:
    """Fit a component in an empty position of a device."""
    return service.add_component(session, actor, command)


@tool("assets.change_component", effect=Effect.WRITE, scope="assets:write")
def change_component(session: Session, actor: Actor, command: ChangeComponent) -> ComponentView:
    """Correct what the books say of a component."""
    return service.change_component(session, actor, command)


@tool("assets.replace_component", effect=Effect.WRITE, scope="assets:write")
def replace_component(session: Session, actor: Actor, command: ReplaceComponent) -> Replacement:
    """Replace a component of a device; both serials are kept."""
    return service.replace_component(session, actor, command)


@tool("assets.remove_component", effect=Effect.WRITE, scope="assets:write")
def remove_component(session: Session, actor: Actor, command: RemoveComponent) -> ComponentView:
    """Take a component out of a device."""
    return service.remove_component(session, actor, command)


@tool("assets.add_meter", effect=Effect.WRITE, scope="assets:write")
def add_meter(session: Session, actor: Actor, command: AddMeter) -> MeterView:
    """Give a device a meter."""
    return meters.add_meter(session, actor, command)


@tool("assets.note_reading", effect=Effect.WRITE, scope="assets:write")
def note_reading(session: Session, actor: Actor, command: NoteReading) -> MeterReadingView:
    """Note what a meter of a device showed."""
    return meters.note_reading(session, actor, command)


@tool("assets.link_document", effect=Effect.WRITE, scope="assets:write")
def link_document(session: Session, actor: Actor, command: LinkDocument) -> DeviceDocument:
    """Put a knowledge article into a device's file."""
    if knowledge.find_document(session, actor, command.article, command.lang or None) is None:
        raise InvalidInput(f"There is no published article {command.article!r}")
    return documents.add_document(session, actor, command)


@tool("assets.store_document", effect=Effect.WRITE, scope="assets:write")
def store_document(session: Session, actor: Actor, command: StoreDocument) -> DeviceDocument:
    """Put a stored file into a device's file."""
    return documents.add_document(session, actor, command)


@tool("assets.change_document", effect=Effect.WRITE, scope="assets:write")
def change_document(session: Session, actor: Actor, command: ChangeDocument) -> DeviceDocument:
    """Change a document's title, kind, language, or whether the public page shows it."""
    return documents.change_document(session, actor, command)


@tool("assets.remove_document", effect=Effect.DESTROY, scope="assets:write")
def remove_document(session: Session, actor: Actor, command: RemoveDocument) -> DeviceDocument:
    """Take a document out of a device's file."""
    return documents.remove_document(session, actor, command)


def _check_contract(session: Session, actor: Actor, number: str, customer_id: str | None) -> None:
    """A device's contract is on file, and its owner's."""
    if not number:
        return
    contract = contracts.contract(session, actor, number)
    if contract is None:
        raise InvalidInput(f"There is no contract {number!r}")
    if contract.customer_id != customer_id:
        raise InvalidInput(f"The contract {number} is another customer's")
