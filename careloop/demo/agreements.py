"""Service contracts: who has which plan, since when.

Every vip and plus customer and most standard ones have a running contract; some had one before,
and a few let it lapse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from careloop.demo.fleet import TODAY, Asset, add_months, under_contract
from careloop.demo.seeding import choose
from careloop.demo.source_tables import Customer, Sources

RUNNING_STANDARD = 20
LAPSED = 4
RENEWED = 16
COVERED_SHARE = 0.85
PLAN_BY_TIER = {
    "vip": {"Premium": 0.8, "Plus": 0.2},
    "plus": {"Premium": 0.15, "Plus": 0.7, "Basic": 0.15},
    "standard": {"Plus": 0.25, "Basic": 0.75},
}


@dataclass(frozen=True)
class Plan:
    """Hours promised until the first answer and until an engineer stands on site (0 = none)."""

    response_hours: int
    onsite_hours: int
    covers: tuple[str, ...]
    maintenances: int


# Working days count as 24 h here; the calendar that stretches them is the SLA's business.
PLANS = {
    "Basic": Plan(48, 0, ("remote",), 0),
    "Plus": Plan(24, 24, ("remote", "onsite", "maintenance:1"), 1),
    "Premium": Plan(4, 24, ("remote", "onsite", "maintenance:2", "loan_device"), 2),
}


@dataclass(frozen=True)
class Contract:
    """One contract of a customer; both days are included."""

    number: str
    customer: str
    plan: str
    starts_on: date
    ends_on: date

    def runs_on(self, day: date) -> bool:
        """Whether the contract is in force that day."""
        return self.starts_on <= day <= self.ends_on


def _last_day(start: date, years: int) -> date:
    return add_months(start, 12 * years) - timedelta(days=1)


def _running(rng: Random, customer: Customer, first_installed: date) -> Contract:
    years = rng.choice((1, 1, 2))
    latest = TODAY - timedelta(days=20)
    earliest = max(first_installed, add_months(TODAY, -12 * years) + timedelta(days=15))
    start = min(earliest + timedelta(days=rng.randrange(300)), latest)
    plan = choose(rng, PLAN_BY_TIER[customer.tier])
    return Contract("", customer.number, plan, start, _last_day(start, years))


def _earlier(rng: Random, contract: Contract) -> Contract:
    """The year before a running contract, at times with the plan below."""
    start = add_months(contract.starts_on, -12)
    plan = "Plus" if contract.plan == "Premium" and rng.random() < 0.4 else contract.plan
    return replace(contract, plan=plan, starts_on=start, ends_on=_last_day(start, 1))


def _numbered(contracts: list[Contract]) -> list[Contract]:
    counts: dict[int, int] = {}
    numbered: list[Contract] = []
    for contract in sorted(contracts, key=lambda c: (c.starts_on, c.customer)):
        year = contract.starts_on.year
        counts[year] = counts.get(year, 0) + 1
        numbered.append(replace(contract, number=f"SC-{year}-{counts[year]:04d}"))
    return numbered


def build_contracts(
    rng: Random, sources: Sources, fleet: list[Asset]
) -> tuple[list[Contract], list[Asset]]:
    """All contracts by number, and the fleet with each covered device joined to its contract."""
    first: dict[str, date] = {}
    for asset in fleet:
        first[asset.customer] = min(first.get(asset.customer, TODAY), asset.installed_on)
    standard = [c for c in sources.customers.values() if c.tier == "standard"]
    rng.shuffle(standard)
    served = [c for c in sources.customers.values() if c.tier != "standard"]
    running = [_running(rng, c, first[c.number]) for c in served + standard[:RUNNING_STANDARD]]
    renewable = [c for c in running if first[c.customer] <= add_months(c.starts_on, -12)]
    contracts = running + [_earlier(rng, c) for c in renewable[:RENEWED]]
    for customer in standard[RUNNING_STANDARD : RUNNING_STANDARD + LAPSED]:
        start = max(first[customer.number], add_months(TODAY, -30))
        if (ends := _last_day(start, 1)) < TODAY:
            contracts.append(Contract("", customer.number, "Basic", start, ends))
    numbered = _numbered(contracts)
    latest = {contract.customer: contract.number for contract in numbered}
    covered = [
        under_contract(asset, latest[asset.customer])
        if asset.customer in latest and rng.random() < COVERED_SHARE
        else asset
        for asset in fleet
    ]
    return numbered, covered
