"""Visits of the demo company's past, as the diagnoses of its closed tickets tell them.

Written row by row, without any act: the past wakes nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders.models import (
    RepeatReason,
    Result,
    VisitLabour,
    VisitLog,
    VisitPart,
    VisitReading,
    VisitSignature,
    VisitState,
    WorkOrder,
    WorkOrderCounter,
)  # fmt: skip
from careloop.crm_core.workorders.signing import digest_of
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.ids import new_id
from careloop.kit.money import Money

_ROLES = ("实验室主管", "设备管理员", "技术员")
_MEASURED = (
    ("24 V 电源电压", "V", 23.4, 24.6), ("风道温度", "°C", 18.0, 32.0),
    ("试剂泵压力", "kPa", 20.0, 45.0), ("本底噪声", "counts", 0.0, 120.0),
)  # fmt: skip
Row = dict[str, Any]


@dataclass
class _Past:
    """Rows of the past by table, and the last number given in each year."""

    actor: Actor
    rng: Random
    parts: dict[str, Part]
    rows: dict[type, list[Row]]
    numbers: dict[int, int]

    def add(self, table: type, at: datetime, **values: Any) -> Row:
        row = {"tenant_id": self.actor.tenant_id, "id": new_id(), "version": 1,
               "created_at": at, "updated_at": at, **values}  # fmt: skip
        self.rows.setdefault(table, []).append(row)
        return row


def write_past(
    session: Session, actor: Actor, rng: Random, done: list[Ticket], engineers: dict[str, Engineer]
) -> None:
    """Write the visits that these ended tickets had, with all that was noted on them."""
    parts = {
        number: part
        for number in catalog.part_numbers(session, actor)
        if (part := catalog.part(session, actor, number)) is not None
    }
    past = _Past(actor, rng, parts, {}, {})
    trips = sorted(
        (
            trip
            for ticket in done
            if ticket.engineer in engineers
            for trip in _trips(rng, ticket, engineers[ticket.engineer])
        ),
        key=lambda trip: trip.start,
    )
    for trip in trips:
        _write_trip(past, trip)
    for table, rows in past.rows.items():
        session.execute(insert(table), rows)
    session.add_all(
        WorkOrderCounter(tenant_id=actor.tenant_id, year=year, last=last)
        for year, last in past.numbers.items()
    )
    session.flush()


@dataclass(frozen=True)
class _Trip:
    """One visit of the past: the `index`-th of `count` to a ticket."""

    ticket: Ticket
    engineer: Engineer
    index: int
    count: int
    start: datetime
    minutes: int

    @property
    def is_last(self) -> bool:
        return self.index == self.count


def _trips(rng: Random, ticket: Ticket, engineer: Engineer) -> list[_Trip]:
    """Visits of a ticket on working days between its opening and its end, the last the solving."""
    found = ticket.diagnosis
    count = int(found.get("visits") or 0)
    end = ticket.resolved_at or ticket.closed_at
    if not count or end is None:
        return []
    minutes = max(20, round(60 * float(found.get("labour_hours") or 1.0) / count / 5) * 5)
    zone = ZoneInfo(engineer.time_zone)
    trips = []
    for index in range(1, count + 1):
        share = index / (count + 0.15)
        day = (ticket.created_at + (end - ticket.created_at) * share).astimezone(zone)
        start = day.replace(hour=9 + rng.randrange(0, 6), minute=rng.choice((0, 30)), second=0,
                            microsecond=0)  # fmt: skip
        last = end - timedelta(minutes=minutes + 10)
        start = max(min(start, last.astimezone(zone)), ticket.created_at.astimezone(zone))
        trips.append(_Trip(ticket, engineer, index, count, start.astimezone(end.tzinfo), minutes))
    return trips


def _write_trip(past: _Past, trip: _Trip) -> None:
    ticket, start = trip.ticket, trip.start
    stop = start + timedelta(minutes=trip.minutes)
    travel = past.rng.randrange(20, 150, 5)
    result, reason = _outcome(trip)
    year = start.year
    past.numbers[year] = past.numbers.get(year, 0) + 1
    number = f"WO-{year}-{past.numbers[year]:06d}"
    report = _report(trip, result)
    row = past.add(
        WorkOrder, start - timedelta(hours=20), number=number, ticket_id=ticket.id,
        ticket=ticket.number, visit=trip.index, state=VisitState.DONE,
        customer_id=ticket.customer_id, asset_id=ticket.asset_id, serial=ticket.serial,
        engineer=trip.engineer.code, purpose=ticket.title, site="", promised=True,
        window_from=start - timedelta(minutes=30), window_until=start + timedelta(minutes=90),
        time_zone=trip.engineer.time_zone, confirmed_at=start - timedelta(hours=18),
        moved_count=0, departed_at=start - timedelta(minutes=travel), arrived_at=start,
        finished_at=stop, check_in=_place(start), check_out=_place(stop), travel_minutes=travel,
        travel_km=travel, result=result, repeat_reason=reason, report=report, reason="",
        next_visit={}, revision=1, open_for_revision=False, log_seq=4,
    )  # fmt: skip
    fact = {"work_order_id": row["id"], "late": False, "revision": 0, "actor": trip.engineer.name}
    past.add(VisitLabour, stop, **fact, happened_at=stop, kind="work", minutes=trip.minutes,
             note="")  # fmt: skip
    past.add(VisitLabour, start, **fact, happened_at=start, kind="travel", minutes=travel, note="")
    _write_reading(past, fact, stop, trip)
    if trip.is_last:
        _write_parts(past, fact, stop, ticket)
    signed = {"number": number, "ticket": ticket.number, "report": report, "result": result}
    past.add(
        VisitSignature, stop, work_order_id=row["id"], revision=1, name=_signer(ticket),
        role=past.rng.choice(_ROLES), signed_at=stop, sha256="", size=0, report=signed,
        digest=digest_of(signed),
    )  # fmt: skip
    for seq, (kind, at) in enumerate(
        (("planned", row["created_at"]), ("arrived", start), ("signed", stop), ("finished", stop)),
        1,
    ):
        past.add(
            VisitLog, at, work_order_id=row["id"], seq=seq, kind=kind, actor=trip.engineer.name,
            text="", data={}, happened_at=at,
        )  # fmt: skip


def _outcome(trip: _Trip) -> tuple[str, str]:
    if trip.is_last:
        return Result.SOLVED, ""
    found = trip.ticket.diagnosis
    wrong = found.get("first_diagnosis") != found.get("true_fault")
    return Result.NOT_SOLVED, RepeatReason.DIAGNOSIS if wrong else RepeatReason.PART


def _report(trip: _Trip, result: str) -> str:
    found = trip.ticket.diagnosis
    seen = f"现象：{found.get('symptom') or trip.ticket.title}。"
    if result != Result.SOLVED:
        return seen + "本次未解决，需再次上门。"
    cause, remedy = found.get("cause") or "例行工作", found.get("remedy") or "按流程完成"
    return f"{seen}原因：{cause}。处理：{remedy}。"


def _place(at: datetime) -> Row:
    return {"at": iso(at), "recorded_at": iso(at), "lat": None, "lon": None, "accuracy_m": None,
            "place": ""}  # fmt: skip


def _signer(ticket: Ticket) -> str:
    return "客户代表" if ticket.language == "zh" else "Customer"


def _write_reading(past: _Past, fact: Row, at: datetime, trip: _Trip) -> None:
    name, unit, low, high = past.rng.choice(_MEASURED)
    middle, half = (low + high) / 2, (high - low) / 2
    spread = 0.8 if trip.is_last else 1.3
    value = round(middle + half * past.rng.uniform(-spread, spread), 2)
    past.add(VisitReading, at, **fact, happened_at=at, name=name, value=value, unit=unit, low=low,
             high=high, ok=low <= value <= high)  # fmt: skip


def _write_parts(past: _Past, fact: Row, at: datetime, ticket: Ticket) -> None:
    for number, quantity in (ticket.diagnosis.get("parts_used") or {}).items():
        part = past.parts.get(number)
        if part is None:
            continue
        price = None
        if part.unit_price is not None and part.currency:
            price = Money.of(part.unit_price, part.currency).times(quantity)
        past.add(
            VisitPart, at, **fact, happened_at=at, part_id=part.id, part=part.number,
            quantity=quantity, location="", lot="", serial_out="", serial_in="", position="",
            covered=None, covered_by="", reasons=[], move_ids=[], discrepancy=0,
            price_amount=price.amount if price else None,
            price_currency=price.currency if price else "",
        )  # fmt: skip
