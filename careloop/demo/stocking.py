"""Stock on the four levels, sized by what the past tickets used."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from careloop.demo.source_tables import Part, Sources, StockPlace
from careloop.demo.tickets import FIRST_DAY, NOW, Ticket

# Share of the world's use that a place serves, dearest part it keeps (CNY), days of use it holds.
POLICY = {
    "centre": (1.0, 10**9, 120),
    "region": (0.3, 60_000, 90),
    "depot": (0.12, 8_000, 75),
    "van": (0.08, 1_000, 45),
}
BELOW_MINIMUM = 0.08


@dataclass(frozen=True)
class StockLine:
    """Quantity of a part at a place, with the levels between which it is kept."""

    location: str
    level: str
    part: str
    quantity: int
    minimum: int
    maximum: int


def yearly_use(tickets: Sequence[Ticket]) -> dict[str, float]:
    """Pieces of each part used per year in the history."""
    years = (NOW.date() - FIRST_DAY).days / 365.25
    used: dict[str, float] = {}
    for ticket in tickets:
        for part, quantity in ticket.parts_used.items():
            used[part] = used.get(part, 0.0) + quantity / years
    return used


def _line(rng: Random, place: StockPlace, part: Part, per_year: float) -> StockLine:
    share, _, days = POLICY[place.level]
    daily = share * per_year / 365.25
    minimum = max(1, math.ceil(daily * part.lead_days * 1.5))
    maximum = minimum + max(1, math.ceil(daily * days))
    if rng.random() < BELOW_MINIMUM:
        quantity = rng.randrange(minimum)
    else:
        quantity = rng.randint(minimum, maximum)
    return StockLine(place.location, place.level, part.number, quantity, minimum, maximum)


def _kept(rng: Random, place: StockPlace, part: Part, per_year: float, carried: set[str]) -> bool:
    if place.level == "centre":
        return True
    share, dearest, _ = POLICY[place.level]
    if part.unit_price > dearest or (place.level == "van" and part.number not in carried):
        return False
    return rng.random() < min(0.9, 0.35 + 2.0 * share * per_year)


def build_stock(rng: Random, sources: Sources, tickets: Sequence[Ticket]) -> list[StockLine]:
    """Stock lines by place and part; the centre keeps every part, a van what its engineer fits."""
    per_year = yearly_use(tickets)
    lines: list[StockLine] = []
    for place in sources.stock_places:
        skills = next((e.skills for e in sources.engineers if e.code == place.engineer), ())
        carried = {
            fit.part for fit in sources.fittings if sources.products[fit.model].family in skills
        }
        lines += [
            _line(rng, place, part, per_year.get(part.number, 0.0))
            for part in sources.parts.values()
            if _kept(rng, place, part, per_year.get(part.number, 0.0), carried)
        ]
    return lines
