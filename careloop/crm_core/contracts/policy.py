"""Who bears a service: the pure rules of warranty, contract and goodwill.

Days are days of the customer's calendar, the first and the last included. Warranty comes before
contract, contract before goodwill. Every answer explains itself by coded reasons.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from careloop.crm_core.contracts.models import ContractState, Coverage
from careloop.crm_core.contracts.reasons import Reason, because
from careloop.kit.money import Money

OF_PARTS = frozenset({Coverage.PARTS, Coverage.CONSUMABLES})


@dataclass(frozen=True, slots=True)
class Terms:
    """What warranty and goodwill mean at this maker."""

    kinds: frozenset[Coverage]
    wear_parts: bool = False
    part_months: int = 0
    months_by_part: dict[str, int] = field(default_factory=dict)
    goodwill_days: int = 0
    goodwill_share: int = 0

    def months_on(self, part: str) -> int:
        """Months of warranty on a replaced part."""
        return self.months_by_part.get(part, self.part_months)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of coverage with what is left of its limits; None is without limit."""

    what: Coverage
    share: int
    parts: tuple[str, ...] = ()
    visits: int | None = None
    visits_left: int | None = None
    limit_left: Money | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract that names the device, as it stands on the day of the wish."""

    number: str
    plan: str
    state: ContractState
    starts_on: date | None = None
    last_day: date | None = None
    device_from: date | None = None
    device_until: date | None = None
    lines: tuple[Line, ...] = ()
    sla_policy: str = ""
    pause_reason: str = ""

    @property
    def until(self) -> date | None:
        """The last day on which it covers the device."""
        known = [day for day in (self.last_day, self.device_until) if day is not None]
        return min(known) if known else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on file about the device, the part and the agreements.

    `replaced_on` is the day the wished part was fitted as a replacement; `part_until` the last
    day of its own warranty, where one was agreed that differs from the terms.
    """

    terms: Terms
    begins_on: date | None = None
    warranty_until: date | None = None
    replaced_on: date | None = None
    part_until: date | None = None
    part_wears: bool = False
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """A service that somebody asks for; `cost` is its price without any cover."""

    kind: Coverage
    on: date
    part: str = ""
    cost: Money | None = None
    misuse: bool = False


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Who bears it: `share` percent the maker, `price` what the customer pays (None: unknown)."""

    covered: bool
    by: str
    share: int
    price: Money | None
    reasons: tuple[Reason, ...]
    until: date | None = None
    contract: str = ""
    plan: str = ""
    sla_policy: str = ""
    visits_left: int | None = None
    limit_left: Money | None = None


def entitle(facts: Facts, wish: Wish) -> Entitlement:
    """Decide who bears the service, and say why.

    The result is covered only with a share above 0 and a reason; the price is in the currency
    of the cost and never negative.
    """
    reasons: list[Reason] = []
    if wish.misuse:
        reasons.append(because("misuse_excluded"))
        return _nobody(wish, reasons)
    for rule in (_part_warranty, _warranty, _contract, _goodwill):
        found = rule(facts, wish, reasons)
        if found is not None:
            return found
    return _nobody(wish, reasons)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def contract_year(starts_on: date | None, on: date) -> tuple[date, date]:
    """First and last day of the contract's year around a day; of the calendar's without start."""
    if starts_on is None:
        return date(on.year, 1, 1), date(on.year, 12, 31)
    years = on.year - starts_on.year
    if add_months(starts_on, 12 * years) > on:
        years -= 1
    first = add_months(starts_on, 12 * years)
    return first, add_months(starts_on, 12 * (years + 1)) - timedelta(days=1)


def lines_in_words(covers: str) -> list[Line]:
    """Lines that imported words such as `remote;onsite;maintenance:2` stand for.

    Words: remote, onsite (labour and travel), labour, travel, parts, consumables, loan_device,
    maintenance and, after a colon, how many a year. Other words cover nothing.
    """
    lines: list[Line] = []
    for word in covers.replace(",", ";").lower().split(";"):
        name, _, number = (part.strip() for part in word.partition(":"))
        visits = int(number) if number.isdecimal() else None
        kinds = _WORDS.get(name, ())
        lines.extend(Line(what, 100, visits=visits, visits_left=visits) for what in kinds)
    return lines


_WORDS: dict[str, tuple[Coverage, ...]] = {
    **{what.value: (what,) for what in Coverage},
    "onsite": (Coverage.LABOUR, Coverage.TRAVEL),
    "loan_device": (Coverage.LOAN,),
}


def _part_warranty(facts: Facts, wish: Wish, reasons: list[Reason]) -> Entitlement | None:
    """A part that was replaced has a warranty of its own."""
    if wish.kind is not Coverage.PARTS or facts.replaced_on is None:
        return None
    months = facts.terms.months_on(wish.part)
    if facts.replaced_on > wish.on or not (months or facts.part_until):
        return None
    until = facts.part_until or add_months(facts.replaced_on, months)
    told: dict[str, Any] = {"part": wish.part, "replaced_on": facts.replaced_on, "until": until}
    if wish.on > until:
        reasons.append(because("part_warranty_ended", **told))
        return None
    if facts.part_wears and not facts.terms.wear_parts:
        reasons.append(because("wear_part_excluded", part=wish.part))
        return None
    reasons.append(because("part_warranty_runs", **told))
    return _borne(wish, "warranty", 100, reasons, until)


def _warranty(facts: Facts, wish: Wish, reasons: list[Reason]) -> Entitlement | None:
    until = facts.warranty_until
    if until is None:
        reasons.append(because("warranty_unknown"))
        return None
    if wish.on > until:
        reasons.append(because("warranty_ended", until=until))
        return None
    if facts.begins_on is not None and wish.on < facts.begins_on:
        reasons.append(because("warranty_not_begun", begins_on=facts.begins_on))
        return None
    if not _in_terms(facts, wish, reasons):
        return None
    reasons.append(because("warranty_runs", until=until))
    return _borne(wish, "warranty", 100, reasons, until)


def _in_terms(facts: Facts, wish: Wish, reasons: list[Reason]) -> bool:
    """Whether warranty and goodwill bear this kind of service, and this part."""
    if wish.kind not in facts.terms.kinds:
        reasons.append(because("kind_not_in_warranty", kind=wish.kind.value))
        return False
    if wish.kind is Coverage.PARTS and facts.part_wears and not facts.terms.wear_parts:
        excluded = because("wear_part_excluded", part=wish.part)
        if excluded not in reasons:
            reasons.append(excluded)
        return False
    return True


def _contract(facts: Facts, wish: Wish, reasons: list[Reason]) -> Entitlement | None:
    """The best line of the contracts in force: the largest share, then the longest contract."""
    if not facts.agreements:
        reasons.append(because("not_on_contract"))
    best: tuple[int, date, str] | None = None
    chosen: tuple[Agreement, Line] | None = None
    for agreement in sorted(facts.agreements, key=lambda one: one.number):
        if not _in_force(agreement, wish, reasons):
            continue
        for line in _usable(agreement, wish, reasons):
            rank = (line.share, agreement.until or date.max, agreement.number)
            if best is None or rank > best:
                best, chosen = rank, (agreement, line)
    return _by_contract(chosen[0], chosen[1], wish, reasons) if chosen else None


def _in_force(agreement: Agreement, wish: Wish, reasons: list[Reason]) -> bool:
    told: dict[str, Any] = {"contract": agreement.number}
    if agreement.state is ContractState.DRAFT:
        reasons.append(because("contract_draft", **told))
    elif agreement.starts_on is not None and wish.on < agreement.starts_on:
        reasons.append(because("contract_not_begun", **told, begins_on=agreement.starts_on))
    elif agreement.last_day is not None and wish.on > agreement.last_day:
        reasons.append(because("contract_ended", **told, until=agreement.last_day))
    elif agreement.state is ContractState.SUSPENDED:
        reasons.append(because("contract_suspended", **told, reason=agreement.pause_reason))
    elif (agreement.device_from is not None and wish.on < agreement.device_from) or (
        agreement.device_until is not None and wish.on > agreement.device_until
    ):
        reasons.append(because("device_not_on_contract_then", **told))
    else:
        return True
    return False


def _usable(agreement: Agreement, wish: Wish, reasons: list[Reason]) -> Iterator[Line]:
    """Lines of the agreement that bear something of the wish now."""
    told: dict[str, Any] = {"contract": agreement.number, "what": wish.kind.value}
    lines = [line for line in agreement.lines if line.what is wish.kind and line.share > 0]
    if not lines:
        reasons.append(because("contract_lacks", **told))
        return
    fitting = [line for line in lines if _for_part(line, wish)]
    if not fitting:
        reasons.append(because("part_outside_contract", **told, part=wish.part))
    for line in fitting:
        if line.visits_left is not None and line.visits_left <= 0:
            reasons.append(because("visits_used_up", **told, visits=line.visits))
        elif line.limit_left is not None and line.limit_left.amount <= 0:
            reasons.append(because("limit_used_up", **told))
        else:
            yield line


def _for_part(line: Line, wish: Wish) -> bool:
    if not line.parts or wish.kind not in OF_PARTS:
        return True
    return any(
        wish.part.startswith(mark[:-1]) if mark.endswith("*") else wish.part == mark
        for mark in line.parts
    )


def _by_contract(
    agreement: Agreement, line: Line, wish: Wish, reasons: list[Reason]
) -> Entitlement:
    told: dict[str, Any] = {"contract": agreement.number, "what": wish.kind.value}
    reasons.append(because("contract_covers", **told, share=line.share, plan=agreement.plan))
    if line.visits_left is not None:
        reasons.append(because("visits_left", **told, left=line.visits_left, visits=line.visits))
    price = _rest(wish.cost, line.share)
    left = line.limit_left
    if left is not None:
        text = f"{left.amount:f} {left.currency}"
        if wish.cost is not None and wish.cost.currency != left.currency:
            reasons.append(because("limit_other_currency", **told, left=text))
            price = None
        else:
            reasons.append(because("limit_left", **told, left=text))
            price = _beyond(wish.cost, price, left)
    return Entitlement(
        True, "contract", line.share, price, tuple(reasons), agreement.until, agreement.number,
        agreement.plan, agreement.sla_policy, line.visits_left, left,
    )  # fmt: skip


def _goodwill(facts: Facts, wish: Wish, reasons: list[Reason]) -> Entitlement | None:
    terms, until = facts.terms, facts.warranty_until
    if until is None or not terms.goodwill_days or not terms.goodwill_share or wish.on <= until:
        return None
    last = until + timedelta(days=terms.goodwill_days)
    if wish.on > last or not _in_terms(facts, wish, reasons):
        return None
    reasons.append(because("goodwill", until=last, share=terms.goodwill_share))
    return _borne(wish, "goodwill", terms.goodwill_share, reasons, last)


def _borne(
    wish: Wish, by: str, share: int, reasons: list[Reason], until: date | None
) -> Entitlement:
    return Entitlement(True, by, share, _rest(wish.cost, share), tuple(reasons), until)


def _nobody(wish: Wish, reasons: list[Reason]) -> Entitlement:
    reasons.append(because("nobody_bears"))
    return Entitlement(False, "none", 0, wish.cost, tuple(reasons))


def _rest(cost: Money | None, share: int) -> Money | None:
    """What is left to the customer; the maker's part is rounded, so that both add up."""
    if cost is None:
        return None
    return cost - cost.times(Decimal(share) / 100)


def _beyond(cost: Money | None, price: Money | None, left: Money) -> Money | None:
    """The price when the maker bears no more than what is left of the limit."""
    if cost is None or price is None:
        return price
    borne = cost - price
    return cost - left if borne.amount > left.amount else price
