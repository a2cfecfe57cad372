"""The installed base: which customer has which devices, since when, run how hard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from careloop.demo.seeding import choose
from careloop.demo.source_tables import SOURCES, Customer, Product, Sources, read_rows

TODAY = date(2026, 11, 20)
LAST_SHIPMENT = date(2026, 10, 12)
PLANTS = {"B": 0.6, "S": 0.25, "H": 0.15}
TIER_WEIGHT = {"vip": 4.0, "plus": 2.4, "standard": 1.2}
# A production sequencer needs the sample volume of a large laboratory.
HEAVY_USERS_ONLY = {"GS-8000": 12.0, "SP-384": 9.0}


@dataclass(frozen=True)
class Asset:
    """One device; `hours_per_day` is its mean use since installation."""

    serial: str
    model: str
    customer: str
    site: str
    installed_on: date
    shipped_on: date
    warranty_until: date
    firmware: str
    hours_per_day: float
    contract: str = ""

    def usage_hours(self, on: date) -> int:
        """Operating hours on a day, zero before installation."""
        return max(0, round((on - self.installed_on).days * self.hours_per_day))

    def date_at(self, usage_hours: float) -> date:
        """The day on which the meter shows so many hours."""
        return self.installed_on + timedelta(days=round(usage_hours / self.hours_per_day))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def _shipped(rng: Random, year: int) -> date:
    first = date(year, 1, 8)
    last = min(date(year, 12, 20), LAST_SHIPMENT)
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def _asset(
    rng: Random, sources: Sources, product: Product, customer: Customer, serial: str, year: int
) -> Asset:
    shipped = _shipped(rng, year)
    delay = rng.randint(5, 18) if customer.country == "CN" else rng.randint(14, 34)
    installed = shipped + timedelta(days=delay)
    versions = product.firmware
    return Asset(
        serial=serial,
        model=product.model,
        customer=customer.number,
        site=rng.choice(sources.sites[customer.language]),
        installed_on=installed,
        shipped_on=shipped,
        warranty_until=add_months(installed, product.warranty_months),
        firmware=rng.choices(versions, weights=range(1, len(versions) + 1))[0],
        hours_per_day=round(customer.hours_per_day * rng.uniform(0.75, 1.2), 2),
    )


def _new_serial(rng: Random, product: Product, year: int, taken: set[str]) -> str:
    while True:
        plant = choose(rng, PLANTS)
        serial = f"{product.serial_prefix}-{year % 100:02d}{plant}{rng.randint(1, 899):04d}"
        if serial not in taken:
            taken.add(serial)
            return serial


def _owner(rng: Random, sources: Sources, model: str, owned: dict[str, int]) -> Customer:
    """A customer with none yet, while there is one that may own the model; else by its weight."""
    floor = HEAVY_USERS_ONLY.get(model, 0.0)
    able = [c for c in sources.customers.values() if c.hours_per_day >= floor]
    without = [c for c in able if c.number not in owned]
    chosen = rng.choice(without) if without and model in ("GS-200", "GS-2000") else None
    if chosen is None:
        chosen = rng.choices(able, weights=[TIER_WEIGHT[c.tier] for c in able])[0]
    owned[chosen.number] = owned.get(chosen.number, 0) + 1
    return chosen


def build_fleet(rng: Random, sources: Sources) -> list[Asset]:
    """All devices, by serial; every customer has at least one, look-alike serials included."""
    by_prefix = {product.serial_prefix: product for product in sources.products.values()}
    fleet: list[Asset] = []
    owned: dict[str, int] = {}
    for row in read_rows(SOURCES / "lookalike_assets.csv"):
        prefix, _, rest = row["serial"].partition("-")
        customer = sources.customers[row["customer"]]
        owned[customer.number] = owned.get(customer.number, 0) + 1
        fleet.append(
            _asset(rng, sources, by_prefix[prefix], customer, row["serial"], 2000 + int(rest[:2]))
        )
    taken = {asset.serial for asset in fleet}
    for product in sources.products.values():
        missing = product.fleet - sum(asset.model == product.model for asset in fleet)
        years = range(product.launched, TODAY.year + 1)
        for _ in range(missing):
            year = rng.choices(years, weights=range(4, len(years) + 4))[0]
            serial = _new_serial(rng, product, year, taken)
            owner = _owner(rng, sources, product.model, owned)
            fleet.append(_asset(rng, sources, product, owner, serial, year))
    return sorted(fleet, key=lambda asset: (asset.model, asset.serial))


def under_contract(asset: Asset, number: str) -> Asset:
    """The same asset, joined to a contract."""
    return replace(asset, contract=number)
