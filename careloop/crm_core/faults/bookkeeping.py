"""What is kept in step with the findings: counts, marks, numbers. Called by the writers alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from careloop.crm_core.faults import finding_queries, queries
from careloop.crm_core.faults.models import (
    SLOTS,
    Fault,
    FaultCounter,
    FaultFinding,
    FaultMark,
    Outcome,
)  # fmt: skip
from careloop.crm_core.faults.policy import ATTEMPTED, SUCCEEDED, signature
from careloop.crm_core.faults.schemas import Slots
from careloop.kit.db import now

ACTOR_NAME = 60
ANY_MODEL = "*"
_MARK_CHARS = 120


def next_number(session: Session, tenant_id: str) -> str:
    """The next number that no import has brought; the counter's row stays locked until the act is
    done."""
    while True:
        number = f"F-{_counted_on(session, tenant_id):06d}"
        if not queries.is_taken(session, tenant_id, number):
            return number


def _counted_on(session: Session, tenant_id: str) -> int:
    last = session.scalar(
        update(FaultCounter)
        .where(FaultCounter.tenant_id == tenant_id)
        .values(last=FaultCounter.last + 1)
        .returning(FaultCounter.last),
        execution_options={"synchronize_session": False},
    )
    if last is None:
        last = 1
        session.add(FaultCounter(tenant_id=tenant_id, last=last))
        session.flush()
    return last


def write_slots(row: Fault | FaultFinding, slots: Slots) -> None:
    """Put the slots into the row's columns."""
    for name, slot in slots.items():
        setattr(row, name, slot.concept)
        setattr(row, f"{name}_text", slot.text)
        setattr(row, f"{name}_lang", slot.lang)
    row.concepts = {name: list(slot.concepts) for name, slot in slots.items()}
    row.says = {name: slot.same for name, slot in slots.items()}
    row.signature = signature(slots)


def words_of(row: Fault, names: str) -> str:
    """What the search of the list looks through: the words, the codes, the names of concepts."""
    told = [getattr(row, f"{name}_text") for name in SLOTS]
    return "\n".join([row.number, *told, *row.error_codes, *row.models, names]).casefold()


def mark(session: Session, row: Fault) -> None:
    """Write anew by what the fault is found; parts stand as its findings and links have them."""
    wanted = {(slot, key) for slot in SLOTS for key in row.concepts.get(slot, ())}
    wanted |= {("model", name) for name in row.models or [ANY_MODEL]}
    wanted |= {("code", code.casefold()) for code in row.error_codes}
    wanted |= {("part", part) for part in queries.parts_named(session, row)}
    _write_marks(session, row, {(kind, value[:_MARK_CHARS]) for kind, value in wanted})


def _write_marks(session: Session, row: Fault, wanted: set[tuple[str, str]]) -> None:
    known = {(item.kind, item.value) for item in queries.marks(session, row)}
    gone = known - wanted
    for kind, value in sorted(gone):
        session.execute(
            delete(FaultMark).where(
                FaultMark.tenant_id == row.tenant_id, FaultMark.fault_id == row.id,
                FaultMark.kind == kind, FaultMark.value == value,
            ),
            execution_options={"synchronize_session": False},
        )  # fmt: skip
    session.add_all(
        FaultMark(tenant_id=row.tenant_id, kind=kind, value=value, fault_id=row.id)
        for kind, value in sorted(wanted - known)
    )
    session.flush()


def recount(session: Session, tenant_id: str, fault_ids: Iterable[str]) -> list[Fault]:
    """Count the findings of these faults anew, each locked, in the order of their ids."""
    session.flush()
    rows = queries.locked_by_id(session, tenant_id, sorted(set(fault_ids)))
    counts = finding_queries.counts(session, tenant_id, [row.id for row in rows])
    for row in rows:
        by = counts.get(row.id, {})
        row.cases = sum(by.get(outcome, (0, None))[0] for outcome in ATTEMPTED)
        row.successes = sum(by.get(outcome, (0, None))[0] for outcome in SUCCEEDED)
        row.failures = by.get(Outcome.FAILED, (0, None))[0]
        row.open_cases = by.get(Outcome.OPEN, (0, None))[0]
        row.last_seen = _latest(seen for name, (_, seen) in by.items() if name != Outcome.VOID)
        row.touch(now(session))
        mark(session, row)
    session.flush()
    return rows


def _latest(times: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in times if at is not None), default=None)


def union(known: Iterable[str], more: Iterable[str]) -> list[str]:
    """Both, in order, each once."""
    return list(dict.fromkeys((*known, *more)))
