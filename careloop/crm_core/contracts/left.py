"""What is left of a contract's lines in its year around a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from careloop.crm_core.contracts import queries
from careloop.crm_core.contracts.models import (
    ContractLine,
    ContractUse,
    Coverage,
    ServiceContract,
)  # fmt: skip
from careloop.crm_core.contracts.policy import Line, contract_year, lines_in_words
from careloop.kit.money import Money


def lines_left(session: Session, row: ServiceContract, on: date) -> list[Line]:
    """The contract's lines with what is left; from its words where it has no lines.

    Uses are counted by kind of service: two lines of one kind share what was used of it.
    """
    uses = queries.uses_between(session, row, *contract_year(row.starts_on, on))
    stored = queries.lines(session, row)
    if not stored:
        return [_worded(line, uses) for line in lines_in_words(row.covers)]
    return [line_left(line, uses) for line in stored]


def line_left(row: ContractLine, uses: Sequence[ContractUse]) -> Line:
    """A stored line with what the uses of a year leave of it."""
    what = Coverage(row.what)
    visits_left = None if row.visits is None else max(0, row.visits - _visits(what, uses))
    return Line(
        what, row.share, tuple(row.parts), row.visits, visits_left, _limit_left(row, what, uses)
    )


def _worded(line: Line, uses: Sequence[ContractUse]) -> Line:
    if line.visits is None:
        return line
    return Line(
        line.what, line.share, visits=line.visits,
        visits_left=max(0, line.visits - _visits(line.what, uses)),
    )  # fmt: skip


def _visits(what: Coverage, uses: Sequence[ContractUse]) -> int:
    return sum(use.visits for use in uses if use.what == what)


def _limit_left(row: ContractLine, what: Coverage, uses: Sequence[ContractUse]) -> Money | None:
    if row.limit_amount is None:
        return None
    rest = Money.of(row.limit_amount, row.limit_currency)
    for use in uses:
        if use.what == what and use.amount is not None and use.currency == rest.currency:
            rest = rest - Money.of(use.amount, use.currency)
    return rest if rest.amount > 0 else Money.of(0, rest.currency)
