"""The costs of a ticket out of the facts of its visits: one line a fact and kind of hours.

Labour is taken to have ended when it was noted, travel when the engineer arrived, and a visit's
own figure of travel goes before minutes of travel noted as labour. What a list charges at least,
or in steps, is counted over a visit, kind of work and kind of hours together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.billing import fact_queries
from careloop.crm_core.billing.amounts import billed, half_up, line_amount
from careloop.crm_core.billing.banding import Band, bands, minute_of
from careloop.crm_core.billing.bearing import Bearing, Bearings, Share, applying, nobody, shares
from careloop.crm_core.billing.bill_models import BearingDecision, CostEntry, LineKind
from careloop.crm_core.billing.fact_queries import UsedPart, Visit
from careloop.crm_core.billing.models import PriceList, RateKind
from careloop.crm_core.billing.pricing import Buyer, Priced, Tariff
from careloop.crm_core.calendars import queries as calendars
from careloop.crm_core.calendars.policy import Hours
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.contracts.models import Coverage
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.tickets.models import Ticket, TicketType
from careloop.crm_core.workforce import queries as workforce
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.actor import system_actor
from careloop.kit.money import Money

TRAVEL_ITEMS = ("travel_time", "travel_km", "call_out")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a bill that is computed and not kept."""

    source: str
    kind: LineKind
    item: str
    on: date
    quantity: Decimal
    bearing: Bearing
    priced: Priced
    hours: str = ""
    code: str = ""
    text: str = ""
    work_order: str = ""
    engineer: str = ""
    supplier: str = ""
    document: str = ""
    unit_cost: Decimal | None = None
    cost_currency: str = ""
    tax_code: str = ""
    tax_rate: Decimal | None = None
    billed: Decimal = Decimal(0)
    cost: Money | None = None
    price: Money | None = None
    borne: tuple[Share, ...] = ()
    reasons: tuple[dict[str, Any], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def group(self) -> tuple[str, str, str]:
        """What minimum and steps are counted over."""
        return (self.work_order or self.source, self.item if self.work_order else "", self.hours)


@dataclass(slots=True)
class Computed:
    """The lines of a ticket, and the price list that held on its last day of work."""

    lines: list[Line]
    price_list: PriceList | None
    minimum: Money | None = None
    buyer: Buyer = field(default_factory=Buyer)


class Costing:
    """Computes tickets of one maker; rates, lists and engineers are read once."""

    def __init__(self, session: Session, tenant_id: str) -> None:
        self.session, self.tenant_id = session, tenant_id
        self.tariff = Tariff(session, tenant_id)
        books = system_actor(tenant_id)
        self._levels = {row.code: row.level for row in workforce.engineers(session, books)}
        self._hours: dict[str, Hours] = {}

    def of_ticket(self, ticket: Ticket, today: date) -> Computed:
        """Every line of a ticket as it would be billed now."""
        customer = self._customer(ticket)
        buyer = Buyer(
            customer.tier if customer else "", customer.country if customer else "",
            ticket.contract,
        )  # fmt: skip
        one = _OneTicket(self, ticket, buyer, customer)
        found = fact_queries.visits_of(self.session, ticket)
        lines = [line for visit in found for line in one.visit(visit)]
        lines += [one.entry(row) for row in fact_queries.entries_of(self.session, ticket)]
        decisions = fact_queries.decisions_of(self.session, ticket)
        lines = one.settled(lines, decisions)
        on = max((line.on for line in lines), default=today)
        price_list = self.tariff.price_list(buyer, on)
        minimum = None
        if price_list is not None and price_list.minimum:
            minimum = half_up(price_list.minimum, price_list.currency)
        return Computed(lines, price_list, minimum, buyer)

    def level(self, engineer: str) -> int | None:
        return self._levels.get(engineer)

    def hours(self, ticket: Ticket, country: str) -> Hours:
        """The calendar of the contract, else of the country, else of the house."""
        rules = self.tariff.rules
        agreed = contracts.of_tenant(self.session, self.tenant_id, ticket.contract)
        code = (agreed.calendar if agreed else "") or rules.calendars.get(country, "")
        code = code or rules.calendar
        if code not in self._hours:
            self._hours[code] = calendars.hours_of(self.session, self.tenant_id, code)
        return self._hours[code]

    def _customer(self, ticket: Ticket) -> Customer | None:
        if not ticket.customer_id:
            return None
        return customers.customer(
            self.session, system_actor(self.tenant_id), ticket.customer_id
        )  # fmt: skip


class _OneTicket:
    """The lines of one ticket, before and after they are priced and shared."""

    def __init__(
        self, house: Costing, ticket: Ticket, buyer: Buyer, customer: Customer | None
    ) -> None:
        self.house, self.ticket, self.buyer = house, ticket, buyer
        self.language = (customer.language if customer else "") or ticket.language or "en"
        self.bearings = Bearings(house.session, ticket)
        self.hours = house.hours(ticket, buyer.country)
        rules = house.tariff.rules
        self.night = (minute_of(rules.night_from), minute_of(rules.night_until))

    def visit(self, visit: Visit) -> list[Line]:
        return [*self._labour(visit), *self._travel(visit), *self._parts(visit)]

    def _labour(self, visit: Visit) -> list[Line]:
        row = visit.row
        bearing = self._borne(row, Coverage.LABOUR)
        found = []
        for fact in visit.labour:
            if fact.kind == "travel":
                continue
            start = _began(row, fact.happened_at, fact.minutes)
            for band, minutes in bands(self.hours, start, fact.minutes, self.night).items():
                line = self._timed(
                    f"labour:{fact.id}:{band}", LineKind.LABOUR, "labour", row, band, minutes,
                    bearing,
                )  # fmt: skip
                found.append(replace(line, text=fact.note[:500]))
        return found

    def _travel(self, visit: Visit) -> list[Line]:
        row = visit.row
        bearing = self._borne(row, Coverage.TRAVEL)
        noted = sum(fact.minutes for fact in visit.labour if fact.kind == "travel")
        minutes = row.travel_minutes or noted
        lines = []
        if minutes:
            arrived = row.arrived_at or row.window_from
            start = arrived - timedelta(minutes=minutes)
            for band, part in bands(self.hours, start, minutes, self.night).items():
                source = f"travel:{row.number}:time:{band}"
                lines.append(
                    self._timed(source, LineKind.TRAVEL, "travel_time", row, band, part, bearing)
                )
        if row.travel_km:
            lines.append(self._counted("travel_km", "km", row, Decimal(row.travel_km), bearing))
        lines.append(self._counted("call_out", "call_out", row, Decimal(1), bearing))
        used = [line for line in lines if line.unit_cost is not None or line.priced.price]
        # A maker charges travel by time, by distance or by coming: what has neither rate nor
        # price is not how they do it. Where nothing has any, the gap must be seen.
        return used or [line for line in lines if line.item == "travel_time"]

    def _parts(self, visit: Visit) -> list[Line]:
        return [self._part(visit.row, used) for used in visit.parts]

    def _part(self, row: WorkOrder, used: UsedPart) -> Line:
        on = _local(used.row.happened_at, row)
        priced = self._priced("part", used.row.part, on, part=used.part)
        return Line(
            f"part:{used.row.id}", LineKind.PARTS, "part", on, Decimal(used.quantity),
            self.bearings.of_part(used.row, row), priced, code=used.row.part,
            text=catalog.localized(used.part.names, self.language)[:500],
            work_order=row.number, engineer=row.engineer, unit_cost=used.cost,
            cost_currency=used.currency, tax_code=priced.tax_code,
            problems=() if used.cost is not None else ("no_ledger_cost",),
        )  # fmt: skip

    def entry(self, row: CostEntry) -> Line:
        """Outside work and other costs, as they were entered."""
        listed = self.house.tariff.price_list(self.buyer, row.on)
        tax_code = row.tax_code or (listed.tax_code if listed else "")
        price, currency = {
            "cost": (row.unit_cost, row.currency),
            "price": (row.unit_price, row.price_currency),
        }.get(row.charge, (Decimal(0), row.currency))
        bearing = nobody()
        if row.cover:
            bearing = self.bearings.of_kind(self.ticket.serial, Coverage(row.cover), row.on)
        return Line(
            f"entry:{row.id}", LineKind(row.kind), row.kind, row.on, row.quantity, bearing,
            Priced(price, currency, 1, row.unit, origin="hand", reason=f"charged_at_{row.charge}"),
            text=row.text, supplier=row.supplier, document=row.document,
            unit_cost=row.unit_cost, cost_currency=row.currency, tax_code=tax_code,
        )  # fmt: skip

    def settled(self, lines: list[Line], decisions: Sequence[BearingDecision]) -> list[Line]:
        """The lines priced and shared among those who bear them."""
        charged = _charged(lines)
        used: dict[str, Money] = {}
        return [
            finished(
                line, charged[line.source],
                applying(decisions, line.kind, line.source), used, self.house.tariff,
            )
            for line in lines
        ]  # fmt: skip

    def _timed(
        self, source: str, kind: LineKind, item: str, row: WorkOrder, band: Band, minutes: int,
        bearing: Bearing,
    ) -> Line:  # fmt: skip
        on = _day(row)
        level = self.house.level(row.engineer)
        rate = self.house.tariff.cost_rate(
            RateKind(item), on, level=level, hours=band, country=self.buyer.country
        )
        priced = self._priced(item, str(level or ""), on, hours=band)
        return Line(
            source, kind, item, on, Decimal(minutes), bearing, priced, hours=str(band),
            code=str(level or ""), work_order=row.number, engineer=row.engineer,
            unit_cost=rate.amount if rate else None, cost_currency=rate.currency if rate else "",
            tax_code=priced.tax_code, problems=() if rate else ("no_cost_rate",),
        )  # fmt: skip

    def _counted(
        self, item: str, mark: str, row: WorkOrder, quantity: Decimal, bearing: Bearing
    ) -> Line:
        on = _day(row)
        rate = self.house.tariff.cost_rate(RateKind(item), on, country=self.buyer.country)
        priced = self._priced(item, "", on)
        return Line(
            f"travel:{row.number}:{mark}", LineKind.TRAVEL, item, on, quantity, bearing, priced,
            work_order=row.number, engineer=row.engineer,
            unit_cost=rate.amount if rate else None, cost_currency=rate.currency if rate else "",
            tax_code=priced.tax_code, problems=() if rate else ("no_cost_rate",),
        )  # fmt: skip

    def _priced(self, item: str, code: str, on: date, hours: str = "", part: Any = None) -> Priced:
        tariff = self.house.tariff
        row = tariff.price_list(self.buyer, on)
        return tariff.price(row, item, code, on, hours, part)

    def _borne(self, row: WorkOrder, what: Coverage) -> Bearing:
        if self.ticket.type == TicketType.MAINTENANCE:
            what = Coverage.MAINTENANCE
        return self.bearings.of_visit(row, what, _day(row))


def finished(
    line: Line, charged: Decimal, decisions: Sequence[BearingDecision], used: dict[str, Money],
    tariff: Tariff,
) -> Line:  # fmt: skip
    """The line with its amounts, each rounded once, and who bears them."""
    priced, problems = line.priced, list(line.problems)
    cost = price = None
    if line.unit_cost is not None:
        cost = line_amount(line.quantity, line.unit_cost, line.cost_currency, per=priced.per)
    if priced.price is None:
        problems.append(priced.reason)
    else:
        price = line_amount(
            charged, priced.price, priced.currency, per=priced.per, discount=priced.discount,
            step=priced.rounding or None,
        )  # fmt: skip
    if priced.reason == "price_of_catalogue" and priced.currency != _list_currency(tariff, priced):
        problems.append("no_exchange_rate")
    rate = tariff.rules.tax(line.tax_code)
    borne, reasons = shares(line.bearing, price, cost, decisions, used)
    limit = line.bearing.limit
    if limit is not None and price is not None and price.currency != limit.currency:
        problems.append("limit_other_currency")
    return replace(
        line, billed=charged, cost=cost, price=price, borne=tuple(borne), reasons=reasons,
        tax_rate=rate, problems=tuple(problems),
    )  # fmt: skip


def _list_currency(tariff: Tariff, priced: Priced) -> str:
    found = tariff.named_list(priced.price_list)
    return found.currency if found else priced.currency


def _charged(lines: Sequence[Line]) -> dict[str, Decimal]:
    """What each line is charged for: its own quantity, and the last of a group what a minimum or
    a step adds to all of them."""
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    found = {line.source: line.quantity for line in lines}
    for members in groups.values():
        last = members[-1]
        done = sum((line.quantity for line in members), Decimal(0))
        over = billed(done, last.priced.minimum, last.priced.step) - done
        found[last.source] += over
    return found


def _began(row: WorkOrder, noted: datetime, minutes: int) -> datetime:
    """When work began that was noted then: so long before, but not before the engineer came."""
    end = min(noted, row.finished_at) if row.finished_at else noted
    start = end - timedelta(minutes=minutes)
    return max(start, row.arrived_at) if row.arrived_at else start


def _day(row: WorkOrder) -> date:
    return _local(row.finished_at or row.arrived_at or row.window_from, row)


def _local(at: datetime, row: WorkOrder) -> date:
    return at.astimezone(ZoneInfo(row.time_zone)).date()
