"""Write the master data of the demo company: `python -m careloop.demo.generate`.

The same sources and the same seed give the same bytes on every machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

from careloop.demo import tables
from careloop.demo.agreements import build_contracts
from careloop.demo.contacts import build_contacts
from careloop.demo.faults import load_catalogue
from careloop.demo.fleet import build_fleet
from careloop.demo.history import build_history
from careloop.demo.seeding import SEED, stream
from careloop.demo.source_tables import load_sources
from careloop.demo.stocking import build_stock
from careloop.demo.tickets import Books

DATA = Path(__file__).parent / "data"


def master_data(seed: int = SEED) -> dict[str, str]:
    """File name to CSV text of every table."""
    sources = load_sources()
    contacts = build_contacts(stream("contacts", seed), sources)
    fleet = build_fleet(stream("fleet", seed), sources)
    contracts, fleet = build_contracts(stream("contracts", seed), sources, fleet)
    books = Books(sources, load_catalogue(), tuple(fleet), tuple(contacts), tuple(contracts))
    tickets = build_history(stream("tickets", seed), books)
    stock = build_stock(stream("stock", seed), sources, tickets)
    rows = {
        "customers": tables.customer_rows(sources),
        "contacts": tables.contact_rows(contacts),
        "products": tables.product_rows(sources),
        "parts": tables.part_rows(sources),
        "bom": tables.bom_rows(sources),
        "assets": tables.asset_rows(fleet),
        "contracts": tables.contract_rows(contracts),
        "engineers": tables.engineer_rows(sources),
        "staff": tables.staff_rows(),
        "stock": tables.stock_rows(stock),
        "tickets": tables.ticket_rows(tickets),
    }
    return {f"{name}.csv": tables.as_csv(table) for name, table in rows.items()}


def main(folder: Path = DATA) -> None:
    """Write every table into a folder and say how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in master_data().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
        sys.stdout.write(f"{name}: {text.count(chr(10)) - 1} rows\n")


if __name__ == "__main__":
    main()
