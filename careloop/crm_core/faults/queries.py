"""Selects of the fault library; staff only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from careloop.crm_core.faults.models import (
    LIVE,
    SLOTS,
    STEPS,
    Fault,
    FaultApart,
    FaultFinding,
    FaultLink,
    FaultMark,
    FaultMerge,
    FaultState,
    Outcome,
)  # fmt: skip
from careloop.crm_core.faults.policy import Tuple, success
from careloop.crm_core.faults.views import FaultLinkView, FaultView, MergeView, SlotView
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import InvalidInput, NotFound

Sort = Literal["evidence", "newest", "updated", "last_seen"]
Cursor = tuple[str | int | None, str]
ANY_MODEL = "*"
_PATHS = {"article": "/knowledge/articles/", "part": "/stock/parts/", "sop": "/sops/"}
_PLAIN = (
    "number", "state", "origin", "models", "error_codes", "firmware", "note", "reviewed_by",
    "reject_reason", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultFilter:
    """Which faults are wanted; what is empty does not filter. `concepts` are what `q` names."""

    q: str = ""
    concepts: Sequence[str] = ()
    states: Sequence[str] = ()
    model: str = ""
    part: str = ""
    code: str = ""
    component: str = ""
    symptom: str = ""
    origin: str = ""


def reads(actor: Actor) -> bool:
    """Whether the actor may read the library: staff who read knowledge or tickets."""
    return actor.is_staff and (actor.may("knowledge:read") or actor.may("tickets:read"))


def visible_to(actor: Actor) -> Select[Fault]:
    """Faults the actor may see: all of the maker for its staff, else none."""
    statement = select(Fault).where(Fault.tenant_id == actor.tenant_id)
    return statement if reads(actor) else statement.where(false())


def fault(session: Session, actor: Actor, number: str, lock: bool = False) -> Fault:
    statement = visible_to(actor).where(Fault.number == number.strip().upper())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no fault {number}")
    return found


def is_taken(session: Session, tenant_id: str, number: str) -> bool:
    statement = select(Fault.id).where(Fault.tenant_id == tenant_id, Fault.number == number)
    return session.scalar(statement) is not None


def locked_pair(session: Session, actor: Actor, one: str, other: str) -> tuple[Fault, Fault]:
    """Two faults, locked in the order of their ids, so that two merges cannot block each other."""
    ids = sorted(fault(session, actor, number).id for number in (one, other))
    rows = {row.number: row for row in locked_by_id(session, actor.tenant_id, ids)}
    return rows[one.strip().upper()], rows[other.strip().upper()]


def locked_by_id(session: Session, tenant_id: str, ids: Sequence[str]) -> list[Fault]:
    statement = select(Fault).where(Fault.tenant_id == tenant_id, Fault.id.in_(ids))
    statement = statement.order_by(Fault.id).with_for_update()
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def by_ids(session: Session, tenant_id: str, ids: Iterable[str]) -> dict[str, Fault]:
    statement = select(Fault).where(Fault.tenant_id == tenant_id, Fault.id.in_(set(ids)))
    return {row.id: row for row in session.scalars(statement)}


def page(
    session: Session, actor: Actor, wanted: FaultFilter, sort: Sort = "evidence",
    after: Cursor | None = None, limit: int = 50,
) -> tuple[list[Fault], Cursor | None]:  # fmt: skip
    """Faults in the order wanted, and where the next page begins."""
    key: Any = {
        "evidence": Fault.cases, "newest": Fault.created_at, "updated": Fault.updated_at,
        "last_seen": func.coalesce(Fault.last_seen, Fault.created_at),
    }[sort]  # fmt: skip
    statement = visible_to(actor).where(*_conditions(actor.tenant_id, wanted))
    if after is not None:
        statement = statement.where(tuple_(key, Fault.id) < (_value(sort, after[0]), after[1]))
    statement = statement.add_columns(key).order_by(key.desc(), Fault.id.desc())
    found: list[Any] = list(session.execute(statement.limit(limit + 1)))
    rows = [item[0] for item in found[:limit]]
    if len(found) <= limit:
        return rows, None
    value = found[limit - 1][1]
    return rows, (value if isinstance(value, int) else iso(as_utc(value)), rows[-1].id)


def _value(sort: Sort, value: str | int | None) -> Any:
    try:
        return int(str(value)) if sort == "evidence" else datetime.fromisoformat(str(value))
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list; start again") from None


def _conditions(tenant_id: str, wanted: FaultFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(Fault.state.in_(wanted.states))
    if wanted.origin:
        found.append(Fault.origin == wanted.origin)
    if wanted.model:
        found.append(marked(tenant_id, ["model"], [wanted.model, ANY_MODEL]))
    found += [
        marked(tenant_id, [kind], [value])
        for kind in ("part", "component", "symptom")
        if (value := getattr(wanted, kind))
    ]
    if wanted.code:
        found.append(marked(tenant_id, ["code"], [wanted.code.casefold()]))
    if wanted.q.strip():
        words = [
            Fault.search.contains(word, autoescape=True) for word in wanted.q.casefold().split()
        ]
        named = [marked(tenant_id, SLOTS, [key]) for key in wanted.concepts]
        # The words as they stand, or - in another language - every concept that they name.
        every = [_all(words), *([_all(named)] if named else [])]
        found.append(or_(*every))
    return found


def _all(clauses: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *rest = clauses
    for clause in rest:
        first = first & clause
    return first


def marked(tenant_id: str, kinds: Sequence[str], values: Sequence[str]) -> ColumnElement[bool]:
    return Fault.id.in_(
        select(FaultMark.fault_id).where(
            FaultMark.tenant_id == tenant_id, FaultMark.kind.in_(kinds),
            FaultMark.value.in_(values),
        )
    )  # fmt: skip


def counts_by_state(session: Session, actor: Actor) -> dict[str, int]:
    statement = visible_to(actor).with_only_columns(Fault.state, func.count())
    return {row[0]: row[1] for row in session.execute(statement.group_by(Fault.state))}


def counts_by_origin(session: Session, actor: Actor) -> dict[str, int]:
    """Findings that count, by who told them."""
    statement = select(FaultFinding.origin, func.count()).where(
        FaultFinding.tenant_id == actor.tenant_id, FaultFinding.outcome != Outcome.VOID
    )
    if not reads(actor):
        statement = statement.where(false())
    return {row[0]: row[1] for row in session.execute(statement.group_by(FaultFinding.origin))}


def same_tuple(session: Session, tenant_id: str, signature: str) -> list[Fault]:
    """Faults that say exactly this, the best proven first."""
    statement = select(Fault).where(Fault.tenant_id == tenant_id, Fault.signature == signature)
    return list(session.scalars(statement.order_by(Fault.cases.desc(), Fault.id)))


def marked_with(
    session: Session, tenant_id: str, wanted: Iterable[tuple[str, str]], limit: int = 300
) -> list[Fault]:
    """Live faults with one of these marks, the best proven first."""
    pairs = sorted(set(wanted))
    if not pairs:
        return []
    ids = select(FaultMark.fault_id).where(
        FaultMark.tenant_id == tenant_id, tuple_(FaultMark.kind, FaultMark.value).in_(pairs)
    )
    statement = select(Fault).where(
        Fault.tenant_id == tenant_id, Fault.id.in_(ids), Fault.state.in_(LIVE)
    )
    return list(session.scalars(statement.order_by(Fault.cases.desc(), Fault.id).limit(limit)))


def live(session: Session, tenant_id: str, limit: int = 3_000) -> list[Fault]:
    """Drafts and reviewed faults, the best proven first."""
    statement = select(Fault).where(Fault.tenant_id == tenant_id, Fault.state.in_(LIVE))
    return list(session.scalars(statement.order_by(Fault.cases.desc(), Fault.id).limit(limit)))


def unresolved(session: Session, tenant_id: str, limit: int) -> list[Fault]:
    """Faults whose words have not been matched to the termbase, locked."""
    statement = select(Fault).where(Fault.tenant_id == tenant_id, Fault.resolved.is_(False))
    return list(session.scalars(statement.order_by(Fault.id).limit(limit).with_for_update()))


def marks(session: Session, row: Fault) -> list[FaultMark]:
    statement = select(FaultMark).where(
        FaultMark.tenant_id == row.tenant_id, FaultMark.fault_id == row.id
    )
    return list(session.scalars(statement))


def parts_named(session: Session, row: Fault) -> set[str]:
    """Parts that its findings used or that are linked to it."""
    used = select(FaultFinding.parts).where(
        FaultFinding.tenant_id == row.tenant_id, FaultFinding.fault_id == row.id,
        FaultFinding.outcome != Outcome.VOID,
    )  # fmt: skip
    found = {part for parts in session.scalars(used) for part in parts or ()}
    return found | {link.target for link in links(session, row) if link.kind == "part"}


def links(session: Session, row: Fault) -> list[FaultLink]:
    statement = select(FaultLink).where(
        FaultLink.tenant_id == row.tenant_id, FaultLink.fault_id == row.id
    )
    return list(session.scalars(statement.order_by(FaultLink.kind, FaultLink.id)))


def merges(session: Session, row: Fault) -> list[FaultMerge]:
    """Merges into or out of this fault, the newest first."""
    statement = select(FaultMerge).where(
        FaultMerge.tenant_id == row.tenant_id,
        or_(FaultMerge.fault_id == row.id, FaultMerge.into_id == row.id),
    )
    return list(session.scalars(statement.order_by(FaultMerge.id.desc())))


def standing_merge(session: Session, row: Fault) -> FaultMerge | None:
    """The merge by which this fault became a part of another."""
    statement = select(FaultMerge).where(
        FaultMerge.tenant_id == row.tenant_id, FaultMerge.fault_id == row.id,
        FaultMerge.undone_at.is_(None),
    )  # fmt: skip
    return session.scalar(statement.order_by(FaultMerge.id.desc()).limit(1))


def kept_apart(session: Session, tenant_id: str) -> set[tuple[str, str]]:
    """Pairs that somebody looked at and found to be two."""
    statement = select(FaultApart.one, FaultApart.other).where(FaultApart.tenant_id == tenant_id)
    return {(row[0], row[1]) for row in session.execute(statement)}


def tuple_of(row: Fault) -> Tuple:
    """What the comparison of two faults looks at."""
    slots = {
        name: (
            row.says.get(name, ""), frozenset(row.concepts.get(name, ())),
            getattr(row, f"{name}_text"), getattr(row, f"{name}_lang"),
        )
        for name in SLOTS
    }  # fmt: skip
    return Tuple(slots, frozenset(row.models))


def slot_view(row: Any, name: str) -> SlotView:
    """A slot with the label it has without a termbase: its words, else the key in words."""
    concept, text = getattr(row, name), getattr(row, f"{name}_text")
    return SlotView(
        concept=concept, text=text, lang=getattr(row, f"{name}_lang"),
        label=text or concept.replace("_", " "), concepts=list(row.concepts.get(name, ())),
    )  # fmt: skip


def fault_view(row: Fault) -> FaultView:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return FaultView(
        **plain, component=slot_view(row, "component"), symptom=slot_view(row, "symptom"),
        cause=slot_view(row, "cause"), remedy=slot_view(row, "remedy"),
        success=success(row.cases, row.successes, row.failures, row.open_cases),
        last_seen=iso(row.last_seen) if row.last_seen else None,
        merged_into=row.merged_into or None, article_id=row.article_id or None,
        reviewed_at=iso(row.reviewed_at) if row.reviewed_at else None,
        created_at=iso(row.created_at), updated_at=iso(row.updated_at),
    )  # fmt: skip


def possible_states(row: Fault) -> list[str]:
    return sorted(STEPS[FaultState(row.state)])


def link_view(row: FaultLink) -> FaultLinkView:
    path = _PATHS.get(row.kind, "")
    return FaultLinkView(
        id=row.id, kind=row.kind, target=row.target, title=row.title, quantity=row.quantity,
        path=f"{path}{row.target}" if path and row.kind != "article" else "",
    )  # fmt: skip


def merge_views(session: Session, rows: Sequence[FaultMerge]) -> list[MergeView]:
    if not rows:
        return []
    known = by_ids(
        session, rows[0].tenant_id, {i for row in rows for i in (row.fault_id, row.into_id)}
    )
    return [
        MergeView(
            id=row.id, fault=known[row.fault_id].number, into=known[row.into_id].number,
            findings=len(row.findings), reason=row.reason, actor=row.actor,
            at=iso(row.created_at), undone_at=iso(row.undone_at) if row.undone_at else None,
        )
        for row in rows
    ]  # fmt: skip
