"""The end of an import: everything written at once, with its audit, numbers, words and clocks."""

from __future__ import annotations

from careloop.crm_core.audit import service as audit
from careloop.crm_core.dispatch import watching
from careloop.crm_core.intake.books import Books
from careloop.crm_core.intake.clocks import follow_import, refresh_policies
from careloop.crm_core.intake.ledger import CHUNK, Ledger
from careloop.crm_core.intake.takers import Takers
from careloop.crm_core.sla.models import SlaPolicy
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders.models import WorkOrder

ACT = "import.master_data"


def write_books(books: Books, takers: Takers) -> None:
    """Write every ledger in the order of the foreign keys, and the audit beside it."""
    ledgers = books.opened()
    for ledger in ledgers:
        ledger.write(books.session)
    for ledger in ledgers:
        books.own.write(ledger)
    if takers.tickets is not None:
        takers.tickets.count_numbers()
        takers.tickets.index()
    if takers.visits is not None:
        takers.visits.count_numbers()
    for ledger in ledgers:
        _audit(books, ledger)
    # What the session held of these rows is out of date now.
    books.session.flush()
    books.session.expire_all()
    if any(ledger.created or ledger.changes for ledger in ledgers):
        watching.everything_changed(books.session, books.actor.tenant_id)
    _follow(books, takers)


def _follow(books: Books, takers: Takers) -> None:
    """Bring the clocks of service levels along."""
    tenant_id = books.actor.tenant_id
    opened = {ledger.table.name: ledger for ledger in books.opened()}
    policies = opened.get(SlaPolicy.__tablename__)
    if policies is not None:
        refresh_policies(books.session, tenant_id, policies.changed)
    if takers.tickets is not None:
        visits = opened.get(WorkOrder.__tablename__)
        follow_import(
            books.session, tenant_id, opened[Ticket.__tablename__].created,
            takers.tickets.changes, visits.rows.values() if visits else (),
        )  # fmt: skip


def _audit(books: Books, ledger: Ledger) -> None:
    """One entry per table that changed, and further ones where the changes are many."""
    if not (ledger.created or ledger.changes):
        return
    reason = f"{len(ledger.created)} created, {len(ledger.changes)} changed"
    for start in range(0, max(len(ledger.changes), 1), CHUNK):
        part = ledger.changes[start : start + CHUNK]
        audit.record(books.session, books.actor, ACT, ledger.table.name, reason, part)
