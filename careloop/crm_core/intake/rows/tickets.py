"""A row of the tickets file, the histories and the counter of the tickets taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.custom import queries as custom
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import UPDATED, Row, plain
from careloop.crm_core.intake.own_fields import merged
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.rows.contacts import ContactIndex
from careloop.crm_core.intake.rows.dialled import dialled
from careloop.crm_core.intake.rows.families import Families
from careloop.crm_core.intake.rows.tags import TAG_CHARS, file_tags
from careloop.crm_core.tickets import service
from careloop.crm_core.tickets.models import Ticket, TicketEvent, TicketState
from careloop.crm_core.tickets.schemas import MAX_TAGS
from careloop.crm_core.tickets.search import index_rows
from careloop.kit.ids import new_id

TITLE_CHARS = 300
_DIAGNOSIS = (
    "first_diagnosis", "true_fault", "component", "symptom", "cause", "remedy", "parts_used",
    "visits", "labour_hours",
)  # fmt: skip
_SAME_NAME = (
    "type", "description", "error_codes", "language", "priority", "created_at", "resolved_at",
    "closed_at", "channel", "answered_at", "resolution",
)  # fmt: skip
# Numbers of our own form that the counter must stay ahead of; nine digits fit its column.
_COUNTED = re.compile(r"TK-(\d{4})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class TicketChange:
    """A stored ticket as it is now, and the state it had."""

    row: Row
    before: str


class TicketTaker:
    """Takes rows of tickets. A past ticket is history: it wakes nobody; `clocks` starts the clocks
    of those that are open still. `changes` are the stored tickets that changed."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._contacts = ContactIndex(books)
        self._families = Families(books)
        self._last: dict[str, int] = {}
        self._types = {
            fold_key(one.code): (one.code, one.base)
            for one in custom.types(books.session, books.actor.tenant_id)
        }
        self.changes: list[TicketChange] = []

    def __call__(self, books: Books, record: Record) -> str:
        """Create or change a ticket; the state is taken as given, not stepped to."""
        number = record.must("number").upper()
        key = fold_key(number)
        ledger = books.ledger(Ticket)
        stored = ledger.find(key)
        values = record.pick(*_SAME_NAME)
        if values.get("created_at", True) is None:
            values.pop("created_at")
        values |= self._references(record, stored)
        values |= self._contract(record, values, stored) | _ending(record)
        if "tags" in record.values:
            values["tags"] = _tags(record)
        values |= _state(record, stored)
        title = _title(record)
        if title or stored is None:
            values["title"] = title or record.must("title")
        values |= merged(record.own, stored) | self._own_type(record, values, stored)
        if _DIAGNOSIS_COLUMNS & record.values.keys():
            values["diagnosis"] = self._diagnosis(record, stored)
        _check_times(values, stored)
        if stored is None:
            values["number"] = number
            values["updated_at"] = _last_time(values, books)
        before = {name: stored[name] for name in values} if stored else {}
        was = stored["state"] if stored else ""
        row, outcome = ledger.put(key, values, record.place(), "number")
        if outcome == UPDATED:
            self._note_change(row, before)
            self.changes.append(TicketChange(row, was))
        self._families.note(record, row)
        self._count(number)
        return outcome

    def _own_type(self, record: Record, values: Row, stored: Row | None) -> Row:
        """The own type and the base that it brings; `BadRow` where the file names another base."""
        code = record.get("own_type")
        if not code:
            changed = "type" in values and stored is not None and stored["type"] != values["type"]
            return {"own_type": ""} if "own_type" in record.values or changed else {}
        base = self._types.get(fold_key(code))
        if base is None:
            raise BadRow("own_type", "is no ticket type of this maker")
        if record.get("type") and record.get("type") != base[1] and "type" in record.values:
            raise BadRow("own_type", f"is of the type {base[1]}, not {record.get('type')}")
        return {"own_type": base[0], "type": base[1]}

    def _references(self, record: Record, stored: Row | None) -> Row:
        """Customer, device, model, contact and engineer as ids and copies."""
        books, values = self._books, dict[str, Any]()
        asset, customer = books.asset(record), books.customer(record)
        if "asset" in record.values:
            values |= {"asset_id": asset["id"] if asset else None,
                       "serial": asset["serial"] if asset else ""}  # fmt: skip
        model = asset["model"] if asset else (books.model(record) or {}).get("model", "")
        if model or "asset" in record.values or "model" in record.values:
            values["model"] = model
        owner = customer["id"] if customer else asset["customer_id"] if asset else None
        if owner or "customer" in record.values:
            values["customer_id"] = owner
        if "contact_email" in record.values:
            known = owner or (stored or {}).get("customer_id")
            values["contact_id"] = self._contact_id(record, known, customer)
        if "engineer" in record.values:
            values["engineer"] = books.engineer(record)
        if "callback_phone" in record.values:
            country = customer["country"] if customer else ""
            values["callback_phone"] = dialled(books, record, "callback_phone", country)
        return values

    def _contact_id(
        self, record: Record, customer_id: str | None, customer: Row | None
    ) -> str | None:
        written = record.get("contact_email")
        if not written:
            return None
        found = self._contacts.named(customer_id, written)
        if found is None and re.fullmatch(r"[+\d][\d\s().-]{4,}", written):
            country = customer["country"] if customer else ""
            number = dialled(self._books, record, "contact_email", country)
            found = self._contacts.named(customer_id, number)
        if found is None:
            reason = "is no contact of this customer; the ticket is loaded without it"
            self._books.warn(record, "contact_email", written, reason)
            return None
        contact_id: str = found["id"]
        return contact_id

    def _contract(self, record: Record, values: Row, stored: Row | None) -> Row:
        """The contract as given; else a new ticket has the device's, if it ran on that day."""
        contracts = self._books.ledger(ServiceContract)
        if "contract" in record.values:
            written = record.get("contract")
            found = contracts.find(fold_key(written)) if written else None
            if written and found is None:
                raise BadRow("contract", "is no contract on file or in the contracts file")
            return {"contract": found["number"] if found else ""}
        asset = self._books.asset(record)
        if stored is not None or asset is None:
            return {}
        found = contracts.find(fold_key(asset["contract_number"]))
        opened = values.get("created_at") or self._books.now
        return {"contract": found["number"]} if found and _runs(found, opened.date()) else {}

    def _diagnosis(self, record: Record, stored: Row | None) -> Row:
        """What was found and done, by the columns' names; nothing is stored for empty cells."""
        found: Row = dict(stored["diagnosis"]) if stored else {}
        for column in _DIAGNOSIS:
            if column in record.values:
                found[column] = record.get(column)
        if found.get("labour_hours") is not None:
            found["labour_hours"] = float(found["labour_hours"])
        if record.get("parts_used"):
            found["parts_used"] = self._parts(record)
        return {name: value for name, value in found.items() if value not in (None, "", {})}

    def _parts(self, record: Record) -> dict[str, int]:
        """Part numbers as the catalogue has them; unknown ones are kept and reported."""
        used: dict[str, int] = {}
        for written, pieces in record.get("parts_used").items():
            part = self._books.ledger(Part).find(fold_key(written))
            if part is None:
                reason = "is no part on file or in the parts file; it is kept as written"
                self._books.warn(record, "parts_used", written, reason)
            number = part["number"] if part else written
            used[number] = used.get(number, 0) + pieces
        return used

    def _note_change(self, row: Row, before: Row) -> None:
        """A line of the ticket's history, as any other change leaves one."""
        data = {
            name: [plain(old), plain(row[name])] for name, old in before.items() if row[name] != old
        }
        row["history_seq"] += 1
        self._add_event(row, "changed", self._books.now, data, public=False)

    def finish(self) -> None:
        """Order new tickets by age, open their histories, put them below one another."""
        ledger = self._books.ledger(Ticket)
        created = sorted(ledger.created, key=lambda row: row["created_at"])
        for row in created:
            # Lists show tickets by id, newest first, and ids ascend in the order they are made.
            row["id"] = new_id()
            row["history_seq"] = 1
            self._add_event(row, "opened", row["created_at"], {"imported": True}, public=True)
        self._families.join()
        # A ticket is written after the one that it hangs under or was merged into.
        ledger.created[:] = sorted(created, key=self._families.depth)

    def index(self) -> None:
        """File the tickets taken under their words and tags, so that they are found."""
        books = self._books
        ledger = books.ledger(Ticket)
        rows = [*ledger.created, *ledger.changed]
        index_rows(books.session, books.actor.tenant_id, rows)
        file_tags(books.session, books.actor.tenant_id, ledger.created, ledger.changed)

    def count_numbers(self) -> None:
        """Write the highest number of each year to the counter."""
        books = self._books
        for year, last in self._last.items():
            number = f"TK-{year}-{last:06d}"
            service.count_number(books.session, books.actor.tenant_id, number)

    def _count(self, number: str) -> None:
        found = _COUNTED.fullmatch(number)
        if found:
            self._last[found[1]] = max(self._last.get(found[1], 0), int(found[2]))

    def _add_event(self, row: Row, kind: str, at: Any, data: Row, public: bool) -> None:
        books = self._books
        key = (row["id"], row["history_seq"])
        books.ledger(TicketEvent).create(key, {
            "ticket_id": row["id"], "seq": row["history_seq"], "kind": kind, "data": data,
            "actor": (books.actor.name or books.actor.label)[:60], "public": public,
            "created_at": at, "updated_at": at,
        })  # fmt: skip


_DIAGNOSIS_COLUMNS = frozenset(_DIAGNOSIS)


def _ending(record: Record) -> Row:
    """What the desk was told when the ticket was resolved, under our columns' names."""
    names = {"cause_code": "cause", "component_at_fault": "component"}
    return {names[column]: value for column, value in record.pick(*names).items()}


def _tags(record: Record) -> list[str]:
    """Tags as the desk has them: folded, each once, in order."""
    tags = {" ".join(tag.split()).casefold() for tag in record.get("tags")}
    if len(tags) > MAX_TAGS or any(len(tag) > TAG_CHARS for tag in tags):
        raise BadRow("tags", f"are more than {MAX_TAGS}, or one is longer than {TAG_CHARS}")
    return sorted(tags)


def _runs(contract: Row, on: date) -> bool:
    """Whether a contract ran on a day, as far as its dates tell."""
    starts, ends = contract["starts_on"], contract["terminated_on"] or contract["ends_on"]
    return (starts is None or starts <= on) and (ends is None or on <= ends)


def _title(record: Record) -> str:
    """The title, else the first line of the description."""
    first = (record.get("description") or "").strip().split("\n")[0]
    return record.get("title") or " ".join(first.split())[:TITLE_CHARS]


def _state(record: Record, stored: Row | None) -> Row:
    """The state given; without one a ticket with a closing time is closed, else new."""
    if record.get("state"):
        return {"state": record.get("state")}
    if stored is not None and "state" not in record.values:
        return {}
    return {"state": TicketState.CLOSED.value if record.get("closed_at") else TicketState.NEW.value}


def _check_times(values: Row, stored: Row | None) -> None:
    opened = values.get("created_at", stored and stored["created_at"])
    for column in ("resolved_at", "closed_at"):
        if opened and values.get(column) and values[column] < opened:
            raise BadRow(column, "is before the ticket was opened")


def _last_time(values: Row, books: Books) -> Any:
    """When the last thing happened to a ticket of the past."""
    times: Iterable[Any] = (values.get(n) for n in ("created_at", "resolved_at", "closed_at"))
    return max((time for time in times if time is not None), default=books.now)
