"""Numbers of quotes and invoices: a row of counters for each series and year.

The row stays locked until the act is done, and an act that fails takes its number back: so the
numbers of a series follow each other without a gap.
"""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from careloop.crm_core.billing.quote_models import DocumentCounter

QUOTES, BATCHES = "QT", "EX"


def next_number(session: Session, tenant_id: str, series: str, year: int) -> str:
    """The next number, such as `INV-2026-000001`."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(DocumentCounter).values(
        tenant_id=tenant_id, series=series, year=year, last=1
    )
    statement = first.on_conflict_do_update(
        index_elements=["tenant_id", "series", "year"], set_={"last": DocumentCounter.last + 1}
    ).returning(DocumentCounter.last)
    return f"{series}-{year}-{int(session.scalar(statement) or 0):06d}"
