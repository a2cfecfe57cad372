"""A stockroom for the tests of the ledger: four locations in a tree, three kinds of parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from careloop.crm_core.accounts.models import Tenant, User
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import checking, guards, queries
from careloop.crm_core.inventory.models import StockLocation
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.db import Database
from careloop.kit.ids import new_id
from careloop.tools.runtime import Runtime

PLACES = {"HQ": "centre", "EAST": "region", "VAN-1": "van", "VAN-2": "van"}
ABOVE = {"EAST": "HQ", "VAN-1": "EAST", "VAN-2": "EAST"}
PARTS = {"PLAIN": "none", "LOTTED": "lot", "NAMED": "serial"}


@dataclass
class Stockroom:
    """One company's stock, worked by its manager through the tools."""

    database: Database
    tenant: str
    manager: Actor
    other: Actor
    engineer: Actor

    def do(self, tool: str, key: str | None = None, who: Actor | None = None, **fields: Any) -> Any:
        return Runtime(self.database).invoke(who or self.manager, f"stock.{tool}", fields, key=key)

    def receive(self, location: str, part: str, quantity: int, **more: Any) -> Any:
        line = {"part": part, "quantity": quantity, **more}
        return self.do("receive", location=location, lines=[line])

    def on_hand(self, location: str, part: str) -> tuple[int, int]:
        """(on hand, reserved) of good pieces, all lots together."""
        with self.database.read() as session:
            rows = queries.balances(
                session, self.manager, location=location, part=part, condition="good", limit=200
            )
            return sum(r.on_hand for _, r in rows), sum(r.reserved for _, r in rows)

    def proof(self) -> Any:
        with self.database.read() as session:
            return checking.verify(session, self.manager)


def install_guards(database: Database) -> None:
    """Put the triggers in place as the owner of the tables, on a connection of its own."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("RESET ROLE")
        guards.install(connection)
        connection.commit()
        connection.detach()


def open_stockroom(database: Database, prices: bool = False) -> Stockroom:
    """A fresh company in the database; the guards of the ledger are in place."""
    install_guards(database)
    tenant = new_id()
    with database.write() as session:
        session.add(Tenant(tenant_id=tenant, slug=f"maker-{tenant}", name="Maker", profile={}))
        session.flush()
        users = [
            User(tenant_id=tenant, id=new_id(), email=f"{role}{n}@maker.example", name=f"{role}{n}",
                 role=role)
            for n, role in enumerate((Role.MANAGER, Role.MANAGER, Role.ENGINEER))
        ]  # fmt: skip
        session.add_all(users)
        for code, level in PLACES.items():
            session.add(
                StockLocation(
                    tenant_id=tenant, id=new_id(), code=code, level=level,
                    parent_code=ABOVE.get(code, ""),
                    engineer=code.replace("VAN", "E") if level == "van" else "",
                )
            )  # fmt: skip
        for number, tracking in PARTS.items():
            session.add(
                Part(
                    tenant_id=tenant, id=new_id(), number=number, tracking=tracking,
                    unit_price=Decimal("10.00") if prices else None,
                    currency="EUR" if prices else "",
                )
            )  # fmt: skip
        session.flush()
        actors = [staff_actor(tenant, Role(u.role), u.id, u.name) for u in users]
    return Stockroom(database, tenant, *actors)
