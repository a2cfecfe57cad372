"""The hand-written tables of the demo company, read into types.

Everything a person decided (names, models, parts, places) stands in `sources/*.csv`; everything
that follows from it is computed by the modules beside this one.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV file with a header line, in the file's order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [dict(row) for row in csv.DictReader(lines)]


def listed(cell: str) -> tuple[str, ...]:
    """`a;b;c` as a tuple; an empty cell as the empty tuple."""
    return tuple(item for item in cell.split(";") if item)


def weighted(cell: str) -> dict[str, float]:
    """`name:number;name:number` as a mapping, in the cell's order."""
    pairs = (item.split(":") for item in listed(cell))
    return {name: float(number) for name, number in pairs}


@dataclass(frozen=True)
class Place:
    """A city; latitude and longitude in degrees (WGS 84)."""

    city: str
    country: str
    latitude: float
    longitude: float
    time_zone: str


@dataclass(frozen=True)
class Product:
    """A model, its serial prefix, the size of its fleet and its firmware history, oldest first."""

    model: str
    name_zh: str
    name_en: str
    family: str
    description: str
    warranty_months: int
    serial_prefix: str
    launched: int
    fleet: int
    firmware: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A spare part; price in CNY, `lead_days` in calendar days."""

    number: str
    name_zh: str
    name_en: str
    unit_price: int
    lead_days: int
    wear: bool


@dataclass(frozen=True)
class Fitting:
    """So many pieces of a part in a module of a model."""

    model: str
    part: str
    quantity: int
    module: str


@dataclass(frozen=True)
class Customer:
    """A customer, how hard it uses its devices (hours per day) and in which environment."""

    number: str
    name: str
    country: str
    language: str
    city: str
    address: str
    industry: str
    tier: str
    domain: str
    hours_per_day: float
    environment: str


@dataclass(frozen=True)
class ContactSource:
    """A person at a customer; the mailbox is the part of the address before the @."""

    customer: str
    name: str
    mailbox: str
    language: str
    role: str


@dataclass(frozen=True)
class Engineer:
    """A field engineer with home city, skills and the countries served."""

    code: str
    name: str
    mailbox: str
    phone: str
    city: str
    base_city: str
    skills: tuple[str, ...]
    level: int
    languages: tuple[str, ...]
    shift: str
    countries: tuple[str, ...]


@dataclass(frozen=True)
class StockPlace:
    """A stock location; `engineer` is set for vans only."""

    location: str
    level: str
    parent: str
    city: str
    engineer: str


@dataclass(frozen=True)
class Sources:
    """All hand-written tables together."""

    places: Mapping[str, Place]
    products: Mapping[str, Product]
    parts: Mapping[str, Part]
    fittings: tuple[Fitting, ...]
    customers: Mapping[str, Customer]
    contacts: tuple[ContactSource, ...]
    engineers: tuple[Engineer, ...]
    stock_places: tuple[StockPlace, ...]
    phone_ranges: Mapping[str, tuple[str, int, int]]
    sites: Mapping[str, tuple[str, ...]]
    phrases: Mapping[tuple[str, str], tuple[str, ...]]

    def parts_of(self, model: str) -> dict[str, int]:
        """Part number to quantity for one model."""
        return {fit.part: fit.quantity for fit in self.fittings if fit.model == model}


def _products() -> dict[str, Product]:
    return {
        row["model"]: Product(
            model=row["model"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            family=row["family"],
            description=row["description"],
            warranty_months=int(row["warranty_months"]),
            serial_prefix=row["serial_prefix"],
            launched=int(row["launched"]),
            fleet=int(row["fleet"]),
            firmware=listed(row["firmware"]),
        )
        for row in read_rows(SOURCES / "products.csv")
    }


def _parts() -> dict[str, Part]:
    return {
        row["number"]: Part(
            row["number"],
            row["name_zh"],
            row["name_en"],
            int(row["unit_price"]),
            int(row["lead_days"]),
            row["wear"] == "yes",
        )
        for row in read_rows(SOURCES / "parts.csv")
    }


def _fittings(models: list[str]) -> tuple[Fitting, ...]:
    found = [
        Fitting(model, row["part"], int(quantity), row["module"])
        for row in read_rows(SOURCES / "bom.csv")
        for model, quantity in weighted(row["quantities"]).items()
    ]
    return tuple(sorted(found, key=lambda fit: (models.index(fit.model), fit.part)))


def _customers() -> dict[str, Customer]:
    rows = read_rows(SOURCES / "customers.csv")
    return {
        row["number"]: Customer(
            number=row["number"],
            name=row["name"],
            country=row["country"],
            language=row["language"],
            city=row["city"],
            address=row["address"],
            industry=row["industry"],
            tier=row["tier"],
            domain=f"{row['domain']}.example",
            hours_per_day=float(row["hours_per_day"]),
            environment=row["environment"],
        )
        for row in rows
    }


def _engineers() -> tuple[Engineer, ...]:
    return tuple(
        Engineer(
            code=row["code"],
            name=row["name"],
            mailbox=row["mailbox"],
            phone=row["phone"],
            city=row["city"],
            base_city=row["base_city"],
            skills=listed(row["skills"]),
            level=int(row["level"]),
            languages=listed(row["languages"]),
            shift=row["shift"],
            countries=listed(row["countries"]),
        )
        for row in read_rows(SOURCES / "engineers.csv")
    )


def _grouped(name: str, keys: tuple[str, ...], value: str) -> dict[tuple[str, ...], list[str]]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in read_rows(SOURCES / name):
        groups.setdefault(tuple(row[key] for key in keys), []).append(row[value])
    return groups


def load_sources() -> Sources:
    """Read every hand-written table; raises `KeyError` or `ValueError` on a malformed row."""
    products = _products()
    places = {
        row["city"]: Place(
            row["city"],
            row["country"],
            float(row["latitude"]),
            float(row["longitude"]),
            row["time_zone"],
        )
        for row in read_rows(SOURCES / "places.csv")
    }
    phrases = _grouped("phrases.csv", ("kind", "language"), "text")
    return Sources(
        places=places,
        products=products,
        parts=_parts(),
        fittings=_fittings(list(products)),
        customers=_customers(),
        contacts=tuple(ContactSource(**row) for row in read_rows(SOURCES / "contacts.csv")),
        engineers=_engineers(),
        stock_places=tuple(StockPlace(**row) for row in read_rows(SOURCES / "stock_locations.csv")),
        phone_ranges={
            row["country"]: (row["prefix"], int(row["digits"]), int(row["first"]))
            for row in read_rows(SOURCES / "phone_ranges.csv")
        },
        sites={key[0]: tuple(v) for key, v in _grouped("sites.csv", ("language",), "site").items()},
        phrases={(key[0], key[1]): tuple(v) for key, v in phrases.items()},
    )
