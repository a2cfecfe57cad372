"""The books an import works on: ledgers opened when first needed, and lookups by natural key."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import User
from careloop.crm_core.assets.component_models import AssetComponent
from careloop.crm_core.assets.meter_models import AssetMeter, MeterReading
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.serials import plain
from careloop.crm_core.calendars.models import BusinessCalendar
from careloop.crm_core.catalog.models import BomLine, Part, ProductModel
from careloop.crm_core.contracts.models import ContractAsset, ContractLine, ServiceContract
from careloop.crm_core.customers.models import ChannelIdentity, Contact, Customer
from careloop.crm_core.faults.models import Fault
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Ledger, Row
from careloop.crm_core.intake.own_fields import OwnFields
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.tables import Home
from careloop.crm_core.inventory.models import StockBalance, StockLocation, StockLot, StockSerial
from careloop.crm_core.sla.models import SlaPolicy
from careloop.crm_core.tickets.models import Ticket, TicketEvent
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import EngineerCertificate, ServiceArea
from careloop.crm_core.workorders.models import VisitLabour, VisitLog, VisitPart, WorkOrder
from careloop.kit.actor import Actor
from careloop.kit.db import Entity, now

L = TypeVar("L", bound=Ledger)
# Histories: an import adds to them and never looks anything up there.
APPEND_ONLY = frozenset({TicketEvent, VisitLog})

# In the order of their foreign keys, which is the order of writing.
KEYS: dict[type[Entity], Callable[[Row], Hashable]] = {
    User: lambda row: row["email"],
    Customer: lambda row: fold_key(row["number"]),
    ProductModel: lambda row: fold_key(row["model"]),
    Part: lambda row: fold_key(row["number"]),
    Engineer: lambda row: fold_key(row["code"]),
    ServiceArea: lambda row: row["code"],
    EngineerCertificate: lambda row: (row["engineer_id"], row["skill"], row["number"]),
    BomLine: lambda row: (row["model_id"], row["part_id"], fold_key(row["module"])),
    Contact: lambda row: row["id"],
    ChannelIdentity: lambda row: (row["channel"], row["account"], row["external_id"]),
    BusinessCalendar: lambda row: fold_key(row["code"]),
    SlaPolicy: lambda row: fold_key(row["code"]),
    ServiceContract: lambda row: fold_key(row["number"]),
    ContractLine: lambda row: (row["contract_id"], row["position"]),
    Asset: lambda row: plain(row["serial"]),
    ContractAsset: lambda row: (row["contract_id"], row["asset_id"]),
    AssetComponent: lambda row: (
        row["asset_id"],
        fold_key(row["position"]),
        row["fitted_at"].replace(microsecond=0),
    ),
    AssetMeter: lambda row: (row["asset_id"], row["name"]),
    MeterReading: lambda row: (row["meter_id"], row["read_at"].replace(microsecond=0)),
    StockLocation: lambda row: fold_key(row["code"]),
    StockBalance: lambda row: (row["location_id"], row["part_id"]),
    StockLot: lambda row: (row["part_id"], row["lot"]),
    StockSerial: lambda row: (row["part_id"], row["serial"]),
    Fault: lambda row: fold_key(row["number"]),
    Ticket: lambda row: fold_key(row["number"]),
    TicketEvent: lambda row: (row["ticket_id"], row["seq"]),
    WorkOrder: lambda row: fold_key(row["number"]),
    VisitLabour: lambda row: row["id"],
    VisitPart: lambda row: row["id"],
    VisitLog: lambda row: (row["work_order_id"], row["seq"]),
}


class Books:
    """One import's view of the books: everything as stored, and as it will be."""

    def __init__(self, session: Session, actor: Actor, home: Home, report: ImportReport) -> None:
        self.session, self.actor, self.home, self.report = session, actor, home, report
        self.now: datetime = now(session)
        self.own = OwnFields(session, actor.tenant_id)
        self._ledgers: dict[type[Entity], Ledger] = {}
        self._names: dict[type[Entity], dict[str, Row | None]] = {}
        self._holders: dict[tuple[type[Entity], str], dict[Hashable, Row]] = {}

    def ledger(self, model: type[Entity]) -> Ledger:
        """The ledger of a table, read from the database the first time."""
        if model not in self._ledgers:
            self._ledgers[model] = Ledger(
                self.session, self.actor.tenant_id, model, KEYS[model], self.now,
                append_only=model in APPEND_ONLY,
            )  # fmt: skip
        return self._ledgers[model]

    def ledger_as(self, model: type[Entity], kind: type[L], make: Callable[[], L]) -> L:
        """The ledger of a table that is kept by rules of its own; made the first time.

        `LookupError` where it was opened as another kind before, for that one would be lost.
        """
        found = self._ledgers.get(model)
        if found is None:
            found = self._ledgers[model] = make()
        if not isinstance(found, kind):
            raise LookupError(f"{model.__tablename__} is open as {type(found).__name__} already")
        return found

    def opened(self) -> list[Ledger]:
        """The ledgers opened so far, in the order in which they must be written."""
        return [self._ledgers[model] for model in KEYS if model in self._ledgers]

    def by_name(self, model: type[Entity], name: str) -> Row | None:
        """The one row of that name; None where there is none or there are several.

        Only for tables that no later file of the same import adds to.
        """
        if model not in self._names:
            names: dict[str, Row | None] = {}
            for row in self.ledger(model).rows.values():
                key = fold_key(row["name"])
                names[key] = None if key in names else row
            self._names[model] = names
        return self._names[model].get(fold_key(name))

    def holder(self, model: type[Entity], column: str, value: Hashable) -> Row | None:
        """The row with that value in a column that no two rows share; see `holds`."""
        known = self._holders.get((model, column))
        if known is None:
            rows = self.ledger(model).rows.values()
            known = {row[column]: row for row in rows if row[column]}
            self._holders[model, column] = known
        found = known.get(value)
        return found if found is not None and found[column] == value else None

    def holds(self, model: type[Entity], column: str, row: Row) -> None:
        """Note that a row has such a value now."""
        if row[column]:
            self._holders.setdefault((model, column), {})[row[column]] = row

    def code_of(self, model: type[Entity], record: Record, column: str, what: str) -> str:
        """The code that a row names, as it is on file; empty where it names none."""
        written: str = record.get(column) or ""
        found = self.ledger(model).find(fold_key(written)) if written else None
        if written and found is None:
            raise BadRow(column, f"is no {what} on file or in this import")
        return str(found["code"]) if found else ""

    def customer(self, record: Record) -> Row | None:
        """The customer a row names by number, else by name; None where it names none."""
        written = record.get("customer")
        if not written:
            return None
        found = self.ledger(Customer).find(fold_key(written)) or self.by_name(Customer, written)
        if found is None:
            raise BadRow("customer", "is no customer on file or in the customers file")
        return found

    def model(self, record: Record) -> Row | None:
        """The product model a row names."""
        written = record.get("model")
        found = self.ledger(ProductModel).find(fold_key(written)) if written else None
        if written and found is None:
            raise BadRow("model", "is no model on file or in the products file")
        return found

    def part(self, record: Record) -> Row:
        """The part a row names; it must name one."""
        found = self.ledger(Part).find(fold_key(record.must("part")))
        if found is None:
            raise BadRow("part", "is no part on file or in the parts file")
        return found

    def asset(self, record: Record) -> Row | None:
        """The device a row names, however its serial is spaced or cased."""
        written = record.get("asset")
        found = self.ledger(Asset).find(plain(written)) if written else None
        if written and found is None:
            raise BadRow("asset", "is no serial number on file or in the assets file")
        return found

    def engineer(self, record: Record) -> str:
        """An engineer's code by code or name; an unknown one is kept and reported."""
        written: str = record.get("engineer") or ""
        if not written:
            return ""
        found = self.ledger(Engineer).find(fold_key(written)) or self.by_name(Engineer, written)
        if found is not None:
            return str(found["code"])
        if len(written) > 40:
            raise BadRow("engineer", "is longer than 40 characters")
        reason = "is no engineer on file or in the engineers file; it is kept as written"
        self.warn(record, "engineer", written, reason)
        return written

    def warn(self, record: Record, column: str, value: object, reason: str) -> None:
        """Report a value that is left out of a row that is loaded."""
        header = record.headers.get(column, column)
        self.report.add_warning(record.file, record.row, header, value, reason)
