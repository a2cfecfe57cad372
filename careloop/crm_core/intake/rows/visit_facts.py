"""Rows of the labour and used parts files: what was written down on visits.

A fact has no number. It is known by all it says, so the same rows again are the same facts, and
what stands twice in a file stands twice in the books. A part used in the past moves no stock: the
stock files say what lies where today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import CREATED, UNCHANGED, Ledger, Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.workorders.models import VisitLabour, VisitPart, WorkOrder
from careloop.kit.db import Entity

WORK = "work"


def _labour(row: Row) -> Hashable:
    at = row["happened_at"].replace(microsecond=0)
    return (row["work_order_id"], at, row["kind"], row["minutes"], row["note"])


def _part(row: Row) -> Hashable:
    at = row["happened_at"].replace(microsecond=0)
    same = ("part_id", "quantity", "location", "lot", "serial_out", "serial_in")
    return (row["work_order_id"], at, *(row[name] for name in same))


class FactLedger(Ledger):
    """Facts by all they say, and by how often they have said it."""

    def __init__(self, books: Books, model: type[Entity], said: Callable[[Row], Hashable]) -> None:
        stored: Counter[Hashable] = Counter()
        self._said, self._taken = said, Counter[Hashable]()
        self.of_visit: dict[str, list[Row]] = {}

        def counted(row: Row) -> Hashable:
            stored[said(row)] += 1
            self.of_visit.setdefault(row["work_order_id"], []).append(row)
            return (said(row), stored[said(row)])

        super().__init__(books.session, books.actor.tenant_id, model, counted, books.now)

    def take(self, values: Row) -> str:
        """Add a fact, unless it is on file as often as it came."""
        said = self._said(values)
        self._taken[said] += 1
        key = (said, self._taken[said])
        if self.find(key) is not None:
            return UNCHANGED
        row = self.create(key, values)
        self.of_visit.setdefault(row["work_order_id"], []).append(row)
        return CREATED


@dataclass(frozen=True)
class Spoken:
    """What the row of a visit says of labour and parts as sums."""

    record: Record
    visit: Row
    minutes: int
    parts: Mapping[str, int]


class VisitFacts:
    """The labour and the parts of an import. Where a visit's row gives sums and no file of their
    own gives the facts, each sum becomes one fact."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.told: dict[str, Spoken] = {}

    def take_labour(self, books: Books, record: Record) -> str:
        """Note minutes of work, waiting or travel."""
        visit = _visit(books, record)
        return self._labour().take({
            "work_order_id": visit["id"], "happened_at": _time(books, record, visit),
            "kind": record.get("kind") or WORK, "minutes": record.must("minutes"),
            "note": record.get("note") or "", "actor": record.get("by") or visit["engineer"],
        })  # fmt: skip

    def take_part(self, books: Books, record: Record) -> str:
        """Note a part that was used."""
        visit, part = _visit(books, record), books.part(record)
        price, currency = record.get("price_amount"), record.get("price_currency") or ""
        if price is not None and not currency:
            currency = books.home.currency
            if not currency:
                raise BadRow("price_currency", "is missing; a price needs one")
        texts = ("location", "lot", "serial_out", "serial_in", "covered_by")
        return self._parts().take({
            "work_order_id": visit["id"], "happened_at": _time(books, record, visit),
            "part_id": part["id"], "part": part["number"], "quantity": record.get("quantity") or 1,
            **{name: record.get(name) or "" for name in texts}, "covered": record.get("covered"),
            "price_amount": price, "price_currency": currency, "actor": visit["engineer"],
            "discrepancy": record.get("discrepancy") or 0,
        })  # fmt: skip

    def finish(self) -> None:
        """Compare the sums of the visits with their facts, and write those that have none."""
        for spoken in self.told.values():
            if spoken.minutes:
                self._sum_of_labour(spoken)
            if spoken.parts:
                self._sum_of_parts(spoken)

    def _labour(self) -> FactLedger:
        return self._books.ledger_as(
            VisitLabour, FactLedger, lambda: FactLedger(self._books, VisitLabour, _labour)
        )

    def _parts(self) -> FactLedger:
        return self._books.ledger_as(
            VisitPart, FactLedger, lambda: FactLedger(self._books, VisitPart, _part)
        )

    def _sum_of_labour(self, spoken: Spoken) -> None:
        known = self._labour().of_visit.get(spoken.visit["id"], [])
        worked = sum(row["minutes"] for row in known if row["kind"] == WORK)
        if worked == 0:
            self._labour().take({
                **self._fact(spoken), "kind": WORK, "minutes": spoken.minutes, "note": "",
            })  # fmt: skip
        elif worked != spoken.minutes:
            self._differs(spoken, "labour_minutes", spoken.minutes, f"{worked} minutes")

    def _sum_of_parts(self, spoken: Spoken) -> None:
        found: Counter[str] = Counter()
        rows: dict[str, Row] = {}
        for written, pieces in spoken.parts.items():
            part = self._books.ledger(Part).find(fold_key(written))
            if part is None:
                reason = "is no part on file or in the parts file; the visit is loaded without it"
                self._books.warn(spoken.record, "parts", written, reason)
                continue
            rows[part["number"]] = part
            found[part["number"]] += pieces
        known: Counter[str] = Counter()
        for row in self._parts().of_visit.get(spoken.visit["id"], []):
            known[row["part"]] += row["quantity"]
        if not known:
            for number, pieces in found.items():
                self._parts().take({
                    **self._fact(spoken), "part_id": rows[number]["id"], "part": number,
                    "quantity": pieces, "location": "", "lot": "", "serial_out": "",
                    "serial_in": "",
                })  # fmt: skip
        elif known != found:
            shown = ";".join(f"{part}:{count}" for part, count in sorted(known.items()))
            self._differs(spoken, "parts", dict(spoken.parts), shown)

    def _fact(self, spoken: Spoken) -> Row:
        visit = spoken.visit
        return {
            "work_order_id": visit["id"], "happened_at": _when(visit, self._books.now),
            "actor": visit["engineer"],
        }  # fmt: skip

    def _differs(self, spoken: Spoken, column: str, given: object, on_file: str) -> None:
        reason = f"differs from the facts of this visit, {on_file}, which stay as they are"
        self._books.warn(spoken.record, column, given, reason)


def _visit(books: Books, record: Record) -> Row:
    found = books.ledger(WorkOrder).find(fold_key(record.must("work_order")))
    if found is None:
        raise BadRow("work_order", "is no visit on file or in the visits file")
    return found


def _time(books: Books, record: Record, visit: Row) -> datetime:
    at: datetime = record.get("at") or _when(visit, books.now)
    if at > books.now:
        raise BadRow("at", "has not come yet")
    return at


def _when(visit: Row, now: datetime) -> datetime:
    """When something on a visit happened at the latest that is known."""
    at: datetime = visit["finished_at"] or visit["arrived_at"] or visit["window_from"]
    return min(at, now)
