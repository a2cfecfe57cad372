"""A row of the visits file: a work order as history, which wakes nobody."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from careloop.crm_core.assets.models import Asset
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import CREATED, UPDATED, Row, plain
from careloop.crm_core.intake.own_fields import merged
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.visit_facts import Spoken, VisitFacts
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders.models import VisitLog, VisitState, WorkOrder, WorkOrderCounter
from careloop.kit.clock import iso

_SAME_NAME = (
    "purpose", "site", "time_zone", "travel_km", "report", "result", "repeat_reason", "reason",
    "confirmed_at", "departed_at", "arrived_at", "finished_at",
)  # fmt: skip
_LINE = {VisitState.DONE: "finished", VisitState.CANCELLED: "cancelled"}
_COUNTED = re.compile(r"WO-(\d{4})-(\d{1,9})", re.ASCII)
SHORTEST = timedelta(hours=1)


class VisitTaker:
    """Takes rows of visits. The state is taken as given, and no stock moves for their parts."""

    def __init__(self, books: Books, facts: VisitFacts) -> None:
        self._books, self._facts = books, facts
        self._last: dict[int, int] = {}
        self._visits: Counter[str] = Counter()
        self._assets = {row["id"]: row for row in books.ledger(Asset).rows.values()}
        for row in books.ledger(WorkOrder).rows.values():
            self._visits[row["ticket_id"]] = max(self._visits[row["ticket_id"]], row["visit"])

    def __call__(self, books: Books, record: Record) -> str:
        """Create or change a visit, known by its number."""
        number = record.must("number").upper()
        key = fold_key(number)
        ledger = books.ledger(WorkOrder)
        stored = ledger.find(key)
        ticket = books.ledger(Ticket).find(fold_key(record.must("ticket")))
        if ticket is None:
            raise BadRow("ticket", "is no ticket on file or in the tickets file")
        if stored is not None and stored["ticket_id"] != ticket["id"]:
            raise BadRow("ticket", f"differs from {stored['ticket']}, which is on file")
        values = record.pick(*_SAME_NAME)
        if "travel_minutes" in record.values:
            values["travel_minutes"] = record.get("travel_minutes") or 0
        if "engineer" in record.values:
            values["engineer"] = books.engineer(record)
        values |= self._device(record, ticket, stored) | _window(record, stored)
        values |= merged(record.own, stored)
        values |= _state(record, values, stored)
        _check(values, stored, books.now)
        values |= _presence(values, stored, books.now)
        values["visit"] = self._which(record, ticket, stored)
        if stored is None:
            values |= _opening(number, ticket, values, books.now)
        before = {name: stored[name] for name in values} if stored else {}
        row, outcome = ledger.put(key, values, record.place(), "number")
        if outcome == CREATED:
            self._log(row, _LINE.get(VisitState(row["state"]), "planned"), {"imported": True})
        elif outcome == UPDATED:
            self._log(row, "changed", {
                name: [plain(old), plain(row[name])]
                for name, old in before.items() if row[name] != old
            })  # fmt: skip
        self._count(number)
        self._facts.told[row["id"]] = Spoken(
            record, row, record.get("labour_minutes") or 0, record.get("parts") or {}
        )
        return outcome

    def _device(self, record: Record, ticket: Row, stored: Row | None) -> Row:
        """The device as given, else that of the ticket; a new visit takes place where it stands."""
        if "asset" in record.values:
            asset = self._books.asset(record)
        elif stored is not None:
            return {}
        else:
            asset = self._assets.get(ticket["asset_id"])
        values: Row = {
            "asset_id": asset["id"] if asset else None, "serial": asset["serial"] if asset else "",
        }  # fmt: skip
        if stored is None and "site" not in record.values and asset:
            values["site"] = asset["site"]
        return values

    def _which(self, record: Record, ticket: Row, stored: Row | None) -> int:
        """Which visit of its ticket this is: as given, else the next."""
        given: int | None = record.get("visit")
        number = given or (stored["visit"] if stored else self._visits[ticket["id"]] + 1)
        self._visits[ticket["id"]] = max(self._visits[ticket["id"]], number)
        return int(number)

    def _log(self, row: Row, kind: str, data: Row) -> None:
        books = self._books
        row["log_seq"] += 1
        books.ledger(VisitLog).create((row["id"], row["log_seq"]), {
            "work_order_id": row["id"], "seq": row["log_seq"], "kind": kind, "data": data,
            "actor": (books.actor.name or books.actor.label)[:60], "happened_at": books.now,
        })  # fmt: skip

    def _count(self, number: str) -> None:
        found = _COUNTED.fullmatch(number)
        if found:
            year = int(found[1])
            self._last[year] = max(self._last.get(year, 0), int(found[2]))

    def count_numbers(self) -> None:
        """Keep the counter of each year ahead of the numbers that came."""
        session, tenant_id = self._books.session, self._books.actor.tenant_id
        for year, last in sorted(self._last.items()):
            row = session.get(WorkOrderCounter, (tenant_id, year), with_for_update=True)
            if row is None:
                session.add(WorkOrderCounter(tenant_id=tenant_id, year=year, last=last))
            else:
                row.last = max(row.last, last)
        session.flush()


def _window(record: Record, stored: Row | None) -> Row:
    """The appointment; where a past visit has none, from arrival to end, an hour at least."""
    values: Row = {}
    begin = record.get("window_from")
    end = record.get("window_until")
    if stored is None:
        begin = begin or record.get("arrived_at") or record.get("finished_at")
        if begin is None:
            raise BadRow("window_from", "is missing, and so are the times of arrival and end")
        if end is None:
            left = record.get("finished_at")
            end = left if left and left > begin else begin + SHORTEST
    if begin is not None:
        values["window_from"] = begin
    if end is not None:
        values["window_until"] = end
    known = {**(stored or {}), **values}
    if known["window_until"] <= known["window_from"]:
        raise BadRow("window_until", "is not after the start of the appointment")
    return values


def _state(record: Record, values: Row, stored: Row | None) -> Row:
    """The state given; without one a visit that has an end or a result is done."""
    known = {**(stored or {}), **values}
    state = record.get("state")
    if state is None and stored is None:
        over = known.get("finished_at") or known.get("result")
        here = VisitState.ON_SITE if known.get("arrived_at") else VisitState.PLANNED
        state = (VisitState.DONE if over else here).value
    found: Row = {} if state is None else {"state": state}
    if stored is None or "confirmed_at" in values:
        found["promised"] = bool(known.get("confirmed_at")) or state == VisitState.CONFIRMED
    return found


def _check(values: Row, stored: Row | None, now: datetime) -> None:
    known = {"departed_at": None, "arrived_at": None, "finished_at": None,
             **(stored or {}), **values}  # fmt: skip
    for column in ("departed_at", "arrived_at", "finished_at"):
        if known[column] and known[column] > now:
            raise BadRow(column, "has not come yet")
    arrived, finished = known["arrived_at"], known["finished_at"]
    if arrived and finished and finished < arrived:
        raise BadRow("finished_at", "is before the arrival")
    if stored is not None and stored["revision"] and not stored["open_for_revision"]:
        for column in ("report", "result", "arrived_at", "finished_at", "engineer"):
            if column in values and plain(values[column]) != plain(_to_second(stored[column])):
                raise BadRow(column, "stands in a report that the customer has signed")


def _to_second(value: Any) -> Any:
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def _presence(values: Row, stored: Row | None, now: datetime) -> Row:
    """Check-in and check-out as the desk shows them; what a device told of them stays."""
    found: Row = {}
    for column, name in (("arrived_at", "check_in"), ("finished_at", "check_out")):
        if column not in values:
            continue
        at = values[column]
        if stored is not None and _to_second(stored[column]) == at:
            continue
        nowhere = {"lat": None, "lon": None, "accuracy_m": None, "place": ""}
        found[name] = {"at": iso(at), "recorded_at": iso(now), **nowhere} if at else None
    return found


def _opening(number: str, ticket: Row, values: Row, now: datetime) -> Row:
    """What a new visit has from its ticket, and when it was written down."""
    times = (values.get(name) for name in ("arrived_at", "finished_at", "window_from"))
    past = [at for at in times if at is not None and at <= now]
    return {
        "number": number, "ticket_id": ticket["id"], "ticket": ticket["number"],
        "customer_id": ticket["customer_id"], "log_seq": 0,
        "created_at": min(past, default=now), "updated_at": max(past, default=now),
    }  # fmt: skip
