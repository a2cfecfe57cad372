"""From a declared form and given filters to the select that an export runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careloop.crm_core.export.form import ExportForm, Source, Statement
from careloop.kit.actor import Actor

ROWS_AT_ONCE = 1_000


def statement_of(
    session: Session, actor: Actor, form: ExportForm, given: Mapping[str, Sequence[str]]
) -> Statement:
    """What the actor may see of this kind, narrowed by the filters, in the form's order.

    Each stored column is selected once, in the order of `sources`.
    """
    statement = form.joined(form.visible(actor))
    for name, values in given.items():
        wanted = [value for value in values if value != ""]
        if wanted:
            statement = statement.where(form.filter(name).applied(session, actor, wanted))
        else:
            form.filter(name)
    return statement.with_only_columns(*sources(form), maintain_column_froms=True).order_by(
        *form.order
    )


def sources(form: ExportForm) -> list[Source]:
    """The stored columns a form reads, each once."""
    found: list[Source] = []
    for column in form.columns:
        if not any(column.source is known for known in found):
            found.append(column.source)
    return found


def count(session: Session, statement: Statement) -> int:
    """How many rows the export will have."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return session.scalar(counted) or 0


def rows(session: Session, form: ExportForm, statement: Statement) -> Iterator[list[Any]]:
    """The rows in the form's columns, read a thousand at a time."""
    read = sources(form)
    places = [
        next(at for at, source in enumerate(read) if source is column.source)
        for column in form.columns
    ]
    columns = list(zip(form.columns, places, strict=True))
    found = session.execute(statement, execution_options={"yield_per": ROWS_AT_ONCE})
    for chunk in found.partitions():
        for row in chunk:
            yield [column.value(row[place]) for column, place in columns]
