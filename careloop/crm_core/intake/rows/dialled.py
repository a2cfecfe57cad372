"""Phone numbers of a row, in the form they are dialled anywhere."""

from __future__ import annotations

from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.errors import BadCell, BadRow
from careloop.crm_core.intake.phones import phone
from careloop.crm_core.intake.reading import Record


def dialled(books: Books, record: Record, column: str, country: str) -> str:
    """The E.164 number of a column, empty where there is none.

    Without `+` it belongs to `country`, else to the maker's own. An extension cannot be dialled
    with it and is reported.
    """
    written = record.get(column)
    if not written:
        return ""
    try:
        number, extension = phone(written, country or books.home.country)
    except BadCell as error:
        raise BadRow(column, str(error)) from None
    if extension:
        books.warn(record, column, written, f"the extension {extension} is not kept")
    return number
