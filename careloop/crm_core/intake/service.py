"""The import: every file in order, row by row, then everything written at once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from careloop.crm_core.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadRow
from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.mapping import ColumnMap, Mapping
from careloop.crm_core.intake.places import country, currency, time_zone
from careloop.crm_core.intake.reading import records
from careloop.crm_core.intake.report import FileReport, ImportReport, Unread
from careloop.crm_core.intake.tables import Home, Sources
from careloop.crm_core.intake.takers import Taker, Takers
from careloop.crm_core.intake.writing import write_books
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden, InvalidInput

TOLD_ROWS = 500


def run_import(
    session: Session,
    actor: Actor,
    sources: Sources,
    *,
    dry_run: bool = False,
    mapping: Mapping | None = None,
    home: Home | None = None,
    staff_password: str | None = None,
    told: Callable[[int], None] | None = None,
) -> ImportReport:
    """Load what was read; a row with an error is reported and the rest is loaded.

    The same files a second time change nothing. A column that a file does not have is left as it
    is in the books; an empty cell empties it. With `dry_run` the report is the same and nothing
    is written. `staff_password` is the first password of new accounts; without it the staff file
    is skipped. `told` hears now and then how many rows are done.

    Raises `Forbidden` without the scope `import`, `InvalidInput` for a wrong mapping, home or
    password, `Conflict` when somebody changed the same rows meanwhile. Never commits.
    """
    if not actor.may("import"):
        raise Forbidden("You may not import master data")
    _check_password(staff_password)
    home = home or Home()
    home = home_of(home.time_zone, home.country, home.currency)
    column_map = ColumnMap(mapping)
    report = ImportReport(dry_run=dry_run)
    for name, reason in sources.unknown_files:
        report.unknown_files.append(Unread(file=name, reason=reason))
    session.flush()
    books = Books(session, actor, home, report)
    takers = Takers(books, staff_password)
    for kind in FORMS:
        if not sources.of(kind):
            continue
        taker = takers.of(kind)
        if taker is None:
            _skip(sources, kind, report)
            continue
        _load(sources, kind, taker, column_map, books, told)
        takers.close(kind)
    takers.finish()
    if not dry_run:
        write_books(books, takers)
    return report


def _check_password(staff_password: str | None) -> None:
    if staff_password is not None and not MIN_LENGTH <= len(staff_password) <= MAX_LENGTH:
        raise InvalidInput(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters")


def home_of(written_zone: str, written_country: str, written_currency: str) -> Home:
    """The home with canonical codes; `InvalidInput` for what is no zone, country or currency."""
    readers = (
        ("time_zone", written_zone, time_zone), ("country", written_country, country),
        ("currency", written_currency, currency),
    )  # fmt: skip
    found = {}
    for name, written, read in readers:
        try:
            found[name] = read(written) if written else ""
        except ValueError as error:
            raise InvalidInput(f"{name}: {written!r} {error}") from None
    return Home(found["time_zone"] or "UTC", found["country"], found["currency"])


def _skip(sources: Sources, kind: str, report: ImportReport) -> None:
    for table in sources.of(kind):
        reason = "accounts are made only when a first password for them is given"
        report.skipped_files.append(Unread(file=table.file, reason=reason))


def _load(
    sources: Sources, kind: str, taker: Taker, column_map: ColumnMap, books: Books,
    told: Callable[[int], None] | None,
) -> None:  # fmt: skip
    own = books.own.columns(kind)
    for table in sources.of(kind):
        counts = FileReport(file=table.file, kind=kind, encoding=table.encoding)
        books.report.files.append(counts)
        for record in records(table, column_map, books.home, books.report, counts, own):
            try:
                counts.count(taker(books, record))
            except BadRow as error:
                counts.count("rejected")
                header = record.headers.get(error.column, error.column)
                value = record.get(error.column)
                books.report.add_error(record.file, record.row, header, value, error.reason)
            if told is not None and counts.rows % TOLD_ROWS == 0:
                told(books.report.total("rows"))
