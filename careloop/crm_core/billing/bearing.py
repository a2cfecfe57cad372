"""Who bears a line: the decision of its day, limits, and what persons decided beyond it.

What a contract bore on a visit was counted when the visit ended, and what a part's bearer is was
decided when it was used; both are read back rather than decided again, so that later changes of
contracts leave the past alone. Anything else is asked of the rules of entitlement for that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing.amounts import HUNDRED, percents, split
from careloop.crm_core.billing.bill_models import BearingDecision, DecisionState
from careloop.crm_core.contracts import entitlement_queries as entitlements
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts.models import Coverage, ServiceContract
from careloop.crm_core.contracts.policy import lines_in_words
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders.models import VisitPart, WorkOrder
from careloop.kit.actor import system_actor
from careloop.kit.errors import NotFound
from careloop.kit.money import Money

WARRANTY, CONTRACT, GOODWILL, CUSTOMER = "warranty", "contract", "goodwill", "customer"
BEARERS = (WARRANTY, CONTRACT, GOODWILL, CUSTOMER)
Reasons = tuple[dict[str, Any], ...]

SENTENCES = {
    "no_device": "The ticket names no device, so the customer bears it.",
    "device_unknown": "The device {serial} is not on file, so the customer bears it.",
    "counted_on_contract": "Contract {contract} bore the {what} of visit {work_order}.",
    "not_covered_kind": "No warranty or contract bears this.",
    "decided_goodwill": "{who} approved goodwill of {share} %: {reason}",
    "decided_warranty": "{who} decided that the warranty bears it: {reason}",
    "decided_customer": "{who} decided that the customer bears it: {reason}",
    "limit_reached": "The contract's limit leaves {left}.",
}


@dataclass(frozen=True, slots=True)
class Bearing:
    """Who bears how many percent; the rest is the customer's. `limit` is the most they bear."""

    by: str
    share: int
    contract: str = ""
    limit: Money | None = None
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True)
class Share:
    """One bearer's part of a line."""

    by: str
    percent: Decimal
    price: Money | None
    cost: Money | None


def told(code: str, **args: str | int) -> dict[str, Any]:
    """A coded sentence of billing."""
    return {"code": code, "args": args, "text": SENTENCES[code].format(**args)}


class Bearings:
    """Asks once for each kind of service and day of one ticket."""

    def __init__(self, session: Session, ticket: Ticket) -> None:
        self._session, self._ticket = session, ticket
        self._known: dict[tuple[Coverage, date], Bearing] = {}
        self._agreed: list[ServiceContract] | None = None

    def of_visit(self, row: WorkOrder, what: Coverage, on: date) -> Bearing:
        """Of labour or travel on a visit: what was counted when it ended, else the rules."""
        serial = row.serial or self._ticket.serial
        for agreed in self._agreements(serial):
            use = contracts.use_of_source(self._session, agreed, what, row.number)
            if use is not None:
                reason = told(
                    "counted_on_contract", contract=agreed.number, what=str(what),
                    work_order=row.number,
                )  # fmt: skip
                return Bearing(
                    CONTRACT, _share(self._session, agreed, what), agreed.number,
                    reasons=(reason,),
                )  # fmt: skip
        return self.of_kind(serial, what, on)

    def of_part(self, used: VisitPart, row: WorkOrder) -> Bearing:
        """Of a part: what was decided when it was used."""
        if used.covered is None:
            return Bearing(CUSTOMER, 100, reasons=(told("no_device"),))
        reasons = tuple(used.reasons)
        by = used.covered_by if used.covered_by in BEARERS else CUSTOMER
        if by == CUSTOMER:
            return Bearing(CUSTOMER, 100, reasons=reasons)
        share, contract = 100, ""
        for reason in used.reasons:
            args = reason.get("args", {})
            if reason.get("code") in {"contract_covers", "goodwill"}:
                share, contract = int(args.get("share", 100)), str(args.get("contract", ""))
        limit = None
        if any(reason.get("code") == "limit_left" for reason in used.reasons):
            limit = self._booked(contract, f"{row.number}:{used.id}")
        return Bearing(by, share, contract if by == CONTRACT else "", limit, reasons)

    def of_kind(self, serial: str, what: Coverage, on: date) -> Bearing:
        """By the rules of entitlement for a day."""
        if not serial:
            return Bearing(CUSTOMER, 100, reasons=(told("no_device"),))
        if (what, on) not in self._known:
            self._known[what, on] = self._asked(serial, what, on)
        return self._known[what, on]

    def _asked(self, serial: str, what: Coverage, on: date) -> Bearing:
        asked = entitlements.Asked(serial=serial, kind=what, on=on)
        try:
            found = entitlements.entitlement(
                self._session, system_actor(self._ticket.tenant_id), asked
            )
        except NotFound:
            return Bearing(CUSTOMER, 100, reasons=(told("device_unknown", serial=serial),))
        reasons = tuple(reason.model_dump(mode="json") for reason in found.reasons)
        if not found.covered:
            return Bearing(CUSTOMER, 100, reasons=reasons)
        left = found.limit_left
        limit = Money.of(left.amount, left.currency) if left else None
        return Bearing(found.by, found.share, found.contract, limit, reasons)

    def _agreements(self, serial: str) -> list[ServiceContract]:
        if self._agreed is None:
            self._agreed = []
            asset_id = self._ticket.asset_id
            if serial and asset_id:
                rows = contracts.agreements_about(
                    self._session, self._ticket.tenant_id, asset_id, self._ticket.contract,
                    self._ticket.customer_id,
                )  # fmt: skip
                self._agreed = sorted((row for row, _ in rows), key=lambda row: row.number)
        return self._agreed

    def _booked(self, contract: str, source: str) -> Money | None:
        row = contracts.of_tenant(self._session, self._ticket.tenant_id, contract)
        use = contracts.use_of_source(self._session, row, Coverage.PARTS, source) if row else None
        if use is None or use.amount is None:
            return None
        return Money.of(use.amount, use.currency)


def _share(session: Session, row: ServiceContract, what: Coverage) -> int:
    """What of a kind of service the contract bears, by its best line."""
    stored = contracts.lines(session, row)
    if stored:
        return max((line.share for line in stored if line.what == what), default=100)
    return max(
        (line.share for line in lines_in_words(row.covers) if line.what is what), default=100
    )


def shares(
    bearing: Bearing, price: Money | None, cost: Money | None,
    decisions: Sequence[BearingDecision], used: dict[str, Money],
) -> tuple[list[Share], Reasons]:  # fmt: skip
    """The line in parts: 100 percent, and price and cost to the cent.

    `used` is what earlier lines of the ticket took of each contract's limit, and is added to.
    """
    weights: dict[str, Decimal] = dict.fromkeys(BEARERS, Decimal(0))
    weights[bearing.by] += bearing.share
    weights[CUSTOMER] += 100 - bearing.share
    reasons = list(bearing.reasons)
    reasons += _limited(bearing, price, weights, used)
    for decision in decisions:
        _decide(decision, weights)
        reasons.append(_why(decision))
    return _parts(weights, price, cost), tuple(reasons)


def anew(
    kept: Sequence[Share], price: Money | None, cost: Money | None, decision: BearingDecision
) -> tuple[list[Share], dict[str, Any]]:
    """Kept shares as one more decision moves them; what the line is worth stays."""
    by_price = price is not None and price.amount > 0
    weights: dict[str, Decimal] = dict.fromkeys(BEARERS, Decimal(0))
    for share in kept:
        whole = share.price.amount if by_price and share.price else share.percent
        of = price.amount if by_price and price else HUNDRED
        weights[share.by] = whole * HUNDRED / of
    _decide(decision, weights)
    return _parts(weights, price, cost), _why(decision)


def _parts(weights: dict[str, Decimal], price: Money | None, cost: Money | None) -> list[Share]:
    bearers = [by for by in BEARERS if weights[by] > 0]
    parts = [weights[by] for by in bearers]
    found = zip(
        bearers, percents(parts), _split(price, parts), _split(cost, parts), strict=True
    )  # fmt: skip
    return [Share(*one) for one in found]


def _split(money: Money | None, parts: Sequence[Decimal]) -> Sequence[Money | None]:
    return [None] * len(parts) if money is None else split(money, parts)


def _limited(
    bearing: Bearing, price: Money | None, weights: dict[str, Decimal], used: dict[str, Money]
) -> list[dict[str, Any]]:
    """A contract bears no more than what is left of its limit."""
    limit = bearing.limit
    if limit is None or price is None or price.amount <= 0 or price.currency != limit.currency:
        return []
    before = used.get(bearing.contract, Money.of(0, limit.currency))
    left = max(limit.amount - before.amount, Decimal(0))
    whole = split(price, [weights[bearing.by], HUNDRED - weights[bearing.by]])[0].amount
    taken = min(whole, left)
    used[bearing.contract] = before + Money(taken, limit.currency)
    if taken == whole:
        return []
    weights[bearing.by] = taken * HUNDRED / price.amount
    weights[CUSTOMER] = HUNDRED - weights[bearing.by]
    return [told("limit_reached", left=f"{left:f} {limit.currency}")]


def applying(decisions: Sequence[BearingDecision], kind: str, source: str) -> list[BearingDecision]:
    """Approved decisions about a line, in the order in which they were made."""
    return [
        one
        for one in decisions
        if one.state == DecisionState.APPROVED
        and (not one.kinds or kind in one.kinds)
        and one.source in ("", source)
    ]


def _decide(decision: BearingDecision, weights: dict[str, Decimal]) -> None:
    if decision.by == GOODWILL:
        taken = weights[CUSTOMER] * decision.share / HUNDRED
        weights[GOODWILL] += taken
        weights[CUSTOMER] -= taken
        return
    for by in BEARERS:
        weights[by] = HUNDRED if by == decision.by else Decimal(0)


def _why(decision: BearingDecision) -> dict[str, Any]:
    return told(
        f"decided_{decision.by}", who=decision.decided_by, share=decision.share,
        reason=decision.reason,
    )  # fmt: skip


def nobody(code: str = "not_covered_kind") -> Bearing:
    """The customer bears it."""
    return Bearing(CUSTOMER, 100, reasons=(told(code),))
