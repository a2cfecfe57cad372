"""A row of the engineers file."""

from __future__ import annotations

from careloop.crm_core.accounts.models import User
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.folding import fold_key
from careloop.crm_core.intake.ledger import UNCHANGED, UPDATED, Row
from careloop.crm_core.intake.reading import Record
from careloop.crm_core.intake.roster import Paper
from careloop.crm_core.intake.rows.dialled import dialled
from careloop.crm_core.workforce import shifts
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import EngineerCertificate, ServiceArea


def take_engineer(books: Books, record: Record) -> str:
    """Create or change an engineer, joined to the login that has the same mail address."""
    key = fold_key(record.must("code"))
    ledger = books.ledger(Engineer)
    stored = ledger.find(key)
    values = dict(record.values)
    if stored is not None:
        values.pop("code")
    if "phone" in values:
        values["phone"] = dialled(books, record, "phone", "")
    papers = values.pop("certificates", [])
    _check_shift(books, record)
    _check_areas(books, record)
    login = books.ledger(User).find(values.get("email") or "")
    if login is not None:
        values["user_id"] = login["id"]
    row, outcome = ledger.put(key, values, record.place(), "code")
    changed = [_keep_paper(books, row, paper) for paper in papers]
    return UPDATED if outcome == UNCHANGED and any(changed) else outcome


def _keep_paper(books: Books, owner: Row, paper: Paper) -> bool:
    """Create or renew a certificate; whether anything changed."""
    ledger = books.ledger(EngineerCertificate)
    key = (owner["id"], paper["skill"], paper["number"])
    stored = ledger.find(key)
    if stored is None:
        ledger.create(key, {**paper, "engineer_id": owner["id"]})
        return True
    return ledger.change(stored, {"valid_until": paper["valid_until"]}) != UNCHANGED


def _check_shift(books: Books, record: Record) -> None:
    """Hours that cannot be read are kept as written and reported: the engineer has no shift."""
    written = record.get("shift")
    if not written:
        return
    try:
        shifts.parse(written)
    except shifts.Unreadable as refused:
        books.warn(record, "shift", written, f"{refused}; it is kept, but gives no shift")


def _check_areas(books: Books, record: Record) -> None:
    known = books.ledger(ServiceArea)
    for code in record.get("areas") or ():
        if known.find(code) is None:
            books.warn(record, "areas", code, "is no area on file yet; it is kept as written")
