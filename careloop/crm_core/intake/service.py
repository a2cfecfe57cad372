"""The import: every file in order, row by row, then everything written at once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from careloop.crm_core.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from careloop.crm_core.audit import service as audit
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.ledger import CHUNK, Ledger
from careloop.crm_core.intake.mapping import ColumnMap, Mapping
from careloop.crm_core.intake.places import country, currency, time_zone
from careloop.crm_core.intake.reading import Record, records
from careloop.crm_core.intake.report import FileReport, ImportReport, Unread
from careloop.crm_core.intake.rows.assets import take_asset
from careloop.crm_core.intake.rows.catalog import take_bom_line, take_part, take_product
from careloop.crm_core.intake.rows.contacts import ContactTaker
from careloop.crm_core.intake.rows.contracts import take_contract
from careloop.crm_core.intake.rows.customers import take_customer
from careloop.crm_core.intake.rows.engineers import take_engineer
from careloop.crm_core.intake.rows.staff import StaffTaker
from careloop.crm_core.intake.rows.stock import StockTaker
from careloop.crm_core.intake.rows.tickets import TicketTaker
from careloop.crm_core.intake.tables import Home, Sources
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden, InvalidInput

Taker = Callable[[Books, Record], str]
ACT = "import.master_data"


def run_import(
    session: Session,
    actor: Actor,
    sources: Sources,
    *,
    dry_run: bool = False,
    mapping: Mapping | None = None,
    home: Home | None = None,
    staff_password: str | None = None,
) -> ImportReport:
    """Load what was read; a row with an error is reported and the rest is loaded.

    The same files a second time change nothing. A column that a file does not have is left as it
    is in the books; an empty cell empties it. With `dry_run` the report is the same and nothing
    is written. `staff_password` is the first password of new accounts; without it the staff file
    is skipped. Raises `Forbidden` without the scope `import`, `InvalidInput` for a wrong mapping,
    home or password, `Conflict` when somebody changed the same rows meanwhile. Never commits.
    """
    if not actor.may("import"):
        raise Forbidden("You may not import master data")
    home = _checked(home or Home(), staff_password)
    column_map = ColumnMap(mapping)
    report = ImportReport(dry_run=dry_run)
    for name, reason in sources.unknown_files:
        report.unknown_files.append(Unread(file=name, reason=reason))
    session.flush()
    books = Books(session, actor, home, report)
    tickets: TicketTaker | None = None
    for kind in FORMS:
        if not sources.of(kind):
            continue
        taker = _taker(kind, books, staff_password)
        if taker is None:
            _skip(sources, kind, report)
            continue
        _load(sources, kind, taker, column_map, books)
        if isinstance(taker, TicketTaker):
            tickets = taker
    if not dry_run:
        _write(books, tickets)
    return report


def _checked(home: Home, staff_password: str | None) -> Home:
    """The home with canonical codes; `BadCell` is a `ValueError` and becomes `InvalidInput`."""
    if staff_password is not None and not MIN_LENGTH <= len(staff_password) <= MAX_LENGTH:
        raise InvalidInput(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters")
    readers = (("time_zone", time_zone), ("country", country), ("currency", currency))
    found = {}
    for name, read in readers:
        written = getattr(home, name)
        try:
            found[name] = read(written) if written else ""
        except ValueError as error:
            raise InvalidInput(f"{name}: {written!r} {error}") from None
    return Home(found["time_zone"] or "UTC", found["country"], found["currency"])


def _taker(kind: str, books: Books, staff_password: str | None) -> Taker | None:
    """What takes the rows of a kind; None for staff without a password."""
    plain: dict[str, Taker] = {
        "customers": take_customer, "products": take_product, "parts": take_part,
        "bom": take_bom_line, "engineers": take_engineer, "contracts": take_contract,
        "assets": take_asset,
    }  # fmt: skip
    if kind in plain:
        return plain[kind]
    if kind == "contacts":
        return ContactTaker(books)
    if kind == "stock":
        return StockTaker()
    if kind == "tickets":
        return TicketTaker(books)
    return StaffTaker(staff_password) if staff_password else None


def _skip(sources: Sources, kind: str, report: ImportReport) -> None:
    for table in sources.of(kind):
        reason = "accounts are made only when a first password for them is given"
        report.skipped_files.append(Unread(file=table.file, reason=reason))


def _load(sources: Sources, kind: str, taker: Taker, column_map: ColumnMap, books: Books) -> None:
    for table in sources.of(kind):
        counts = FileReport(file=table.file, kind=kind, encoding=table.encoding)
        books.report.files.append(counts)
        for record in records(table, column_map, books.home, books.report, counts):
            try:
                counts.count(taker(books, record))
            except BadRow as error:
                counts.count("rejected")
                header = record.headers.get(error.column, error.column)
                value = record.get(error.column)
                books.report.add_error(record.file, record.row, header, value, error.reason)


def _write(books: Books, tickets: TicketTaker | None) -> None:
    """Write every ledger in the order of the foreign keys, and the audit beside it."""
    if tickets is not None:
        tickets.finish()
    ledgers = books.opened()
    for ledger in ledgers:
        ledger.write(books.session)
    if tickets is not None:
        tickets.count_numbers()
    for ledger in ledgers:
        _audit(books, ledger)
    # What the session held of these rows is out of date now.
    books.session.flush()
    books.session.expire_all()


def _audit(books: Books, ledger: Ledger) -> None:
    """One entry per table that changed, and further ones where the changes are many."""
    if not (ledger.created or ledger.changes):
        return
    reason = f"{len(ledger.created)} created, {len(ledger.changes)} changed"
    for start in range(0, max(len(ledger.changes), 1), CHUNK):
        part = ledger.changes[start : start + CHUNK]
        audit.record(books.session, books.actor, ACT, ledger.table.name, reason, part)
