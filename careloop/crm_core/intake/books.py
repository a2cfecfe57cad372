"""The books an import works on: ledgers opened when first needed, and lookups by natural key."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import User
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.serials import plain
from careloop.crm_core.catalog.models import BomLine, Part, ProductModel
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.customers.models import ChannelIdentity, Contact, Customer
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import Ledger, Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.report import ImportReport
from careloop.crm_core.intake.tables import Home
from careloop.crm_core.inventory.models import StockBalance, StockLocation
from careloop.crm_core.tickets.models import Ticket, TicketEvent
from careloop.crm_core.workforce.models import Engineer
from careloop.kit.actor import Actor
from careloop.kit.db import Entity, now

# In the order of their foreign keys, which is the order of writing.
KEYS: dict[type[Entity], Callable[[Row], Hashable]] = {
    User: lambda row: row["email"],
    Customer: lambda row: fold_key(row["number"]),
    ProductModel: lambda row: fold_key(row["model"]),
    Part: lambda row: fold_key(row["number"]),
    Engineer: lambda row: fold_key(row["code"]),
    BomLine: lambda row: (row["model_id"], row["part_id"], fold_key(row["module"])),
    Contact: lambda row: row["id"],
    ChannelIdentity: lambda row: (row["channel"], row["account"], row["external_id"]),
    ServiceContract: lambda row: fold_key(row["number"]),
    Asset: lambda row: plain(row["serial"]),
    StockLocation: lambda row: fold_key(row["code"]),
    StockBalance: lambda row: (row["location_id"], row["part_id"]),
    Ticket: lambda row: fold_key(row["number"]),
    TicketEvent: lambda row: (row["ticket_id"], row["seq"]),
}


class Books:
    """One import's view of the books: everything as stored, and as it will be."""

    def __init__(self, session: Session, actor: Actor, home: Home, report: ImportReport) -> None:
        self.session, self.actor, self.home, self.report = session, actor, home, report
        self.now: datetime = now(session)
        self._ledgers: dict[type[Entity], Ledger] = {}
        self._names: dict[type[Entity], dict[str, Row | None]] = {}

    def ledger(self, model: type[Entity]) -> Ledger:
        """The ledger of a table, read from the database the first time."""
        if model not in self._ledgers:
            self._ledgers[model] = Ledger(
                self.session, self.actor.tenant_id, model, KEYS[model], self.now,
                append_only=model is TicketEvent,
            )  # fmt: skip
        return self._ledgers[model]

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

    def warn(self, record: Record, column: str, value: object, reason: str) -> None:
        """Report a value that is left out of a row that is loaded."""
        header = record.headers.get(column, column)
        self.report.add_warning(record.file, record.row, header, value, reason)
