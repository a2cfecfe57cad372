"""Selects of standard procedures, their versions and rules; staff who may read them only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careloop.crm_core.sop.content import SopContent
from careloop.crm_core.sop.models import Sop, SopRule, SopState, SopVersion
from careloop.kit.actor import Actor
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[Sop]:
    """Procedures the actor may see."""
    statement = select(Sop).where(Sop.tenant_id == actor.tenant_id)
    return statement if actor.is_staff and actor.may("sop:read") else statement.where(false())


class VersionKey(NamedTuple):
    """One version of one procedure."""

    sop_id: str
    number: int


@dataclass(frozen=True, slots=True)
class SopFilter:
    """What a list is narrowed by; empty fields do not narrow. `model` finds also what is for all
    models."""

    q: str = ""
    states: Sequence[str] = ()
    model: str = ""
    ticket_type: str = ""
    tag: str = ""
    hazard: str = ""
    required: bool = False


def sop(session: Session, actor: Actor, code: str, lock: bool = False) -> Sop:
    """The procedure of that code; `NotFound` for what the actor may not see."""
    statement = visible_to(actor).where(Sop.code == code.strip())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no SOP {code} that you may see")
    return found


def page(
    session: Session, actor: Actor, sought: SopFilter, after: str = "", limit: int = 50
) -> list[Sop]:
    """Procedures by code, those after `after`; those out of use only where asked for."""
    statement = visible_to(actor)
    if sought.states:
        statement = statement.where(Sop.state.in_(sought.states))
    else:
        statement = statement.where(Sop.state != SopState.RETIRED)
    if sought.q:
        statement = statement.where(_like(sought.q))
    for column, wanted in ((Sop.models, sought.model), (Sop.ticket_types, sought.ticket_type)):
        if wanted:
            # An empty list is for all; JSON text of one name in quotes is found as such.
            statement = statement.where(or_(_text(column) == "[]", _holds(column, wanted)))
    if sought.tag:
        statement = statement.where(_holds(Sop.tags, sought.tag))
    if sought.hazard:
        statement = statement.where(Sop.hazard == sought.hazard)
    if sought.required:
        rules = select(SopRule.sop_id).where(
            SopRule.tenant_id == actor.tenant_id, SopRule.required.is_(True)
        )
        statement = statement.where(Sop.id.in_(rules))
    if after:
        statement = statement.where(Sop.code > after)
    return list(session.scalars(statement.order_by(Sop.code).limit(limit)))


def _text(column: InstrumentedAttribute[list[str]]) -> ColumnElement[str]:
    return cast(column, String)


def _holds(column: InstrumentedAttribute[list[str]], value: str) -> ColumnElement[bool]:
    return _text(column).contains(_quoted(value), autoescape=True)


def _quoted(value: str) -> str:
    """A text as it stands in a JSON column: SQLAlchemy writes those with `json.dumps`."""
    return json.dumps(value)


def _like(q: str) -> ColumnElement[bool]:
    word = q.strip().lower()
    titles = [Sop.title[code].as_string() for code in ("zh", "en", "de", "es", "ja", "fr")]
    return or_(
        func.lower(Sop.code).contains(word, autoescape=True),
        func.lower(Sop.component).contains(word, autoescape=True),
        *(func.lower(title).contains(word, autoescape=True) for title in titles),
        func.lower(_text(Sop.tags)).contains(_quoted(word)[1:-1], autoescape=True),
        func.lower(_text(Sop.models)).contains(_quoted(word)[1:-1], autoescape=True),
    )


def by_id(session: Session, tenant_id: str, sop_id: str) -> Sop | None:
    return session.get(Sop, (tenant_id, sop_id))


def by_code(session: Session, tenant_id: str, code: str) -> Sop | None:
    """The procedure that has the code, whoever asks: for writers."""
    return session.scalar(select(Sop).where(Sop.tenant_id == tenant_id, Sop.code == code))


def versions(session: Session, row: Sop) -> list[SopVersion]:
    """Its versions, the newest first."""
    statement = select(SopVersion).where(
        SopVersion.tenant_id == row.tenant_id, SopVersion.sop_id == row.id
    )
    return list(session.scalars(statement.order_by(SopVersion.number.desc())))


def version(session: Session, tenant_id: str, sop_id: str, number: int) -> SopVersion | None:
    statement = select(SopVersion).where(
        SopVersion.tenant_id == tenant_id, SopVersion.sop_id == sop_id,
        SopVersion.number == number,
    )  # fmt: skip
    return session.scalar(statement)


def content(session: Session, tenant_id: str, sop_id: str, number: int) -> SopContent:
    """What a version says; `NotFound` when there is none of that number."""
    found = version(session, tenant_id, sop_id, number)
    if found is None:
        raise NotFound(f"There is no version {number} of this SOP")
    return SopContent.model_validate(found.content)


def contents(
    session: Session, tenant_id: str, version_keys: Iterable[VersionKey]
) -> dict[VersionKey, SopContent]:
    """What several versions say."""
    pairs = {key for key in version_keys if key.number}
    if not pairs:
        return {}
    statement = select(SopVersion).where(
        SopVersion.tenant_id == tenant_id,
        SopVersion.sop_id.in_({key.sop_id for key in pairs}),
        SopVersion.number.in_({key.number for key in pairs}),
    )
    return {
        key: SopContent.model_validate(row.content)
        for row in session.scalars(statement)
        if (key := VersionKey(row.sop_id, row.number)) in pairs
    }


def rules(session: Session, row: Sop) -> list[SopRule]:
    statement = select(SopRule).where(SopRule.tenant_id == row.tenant_id, SopRule.sop_id == row.id)
    return list(session.scalars(statement.order_by(SopRule.position)))


def rule_counts(
    session: Session, tenant_id: str, ids: Iterable[str]
) -> dict[str, tuple[int, bool]]:
    """How many rules each SOP has, and whether one of them makes it required."""
    wanted = set(ids)
    if not wanted:
        return {}
    statement = select(SopRule).where(SopRule.tenant_id == tenant_id, SopRule.sop_id.in_(wanted))
    found: dict[str, tuple[int, bool]] = {}
    for rule in session.scalars(statement):
        count, required = found.get(rule.sop_id, (0, False))
        found[rule.sop_id] = (count + 1, required or rule.required)
    return found


def rules_in_use(session: Session, tenant_id: str) -> list[tuple[SopRule, Sop]]:
    """Every rule of a procedure that is published and in use."""
    statement = (
        select(SopRule, Sop)
        .join(Sop, (Sop.tenant_id == SopRule.tenant_id) & (Sop.id == SopRule.sop_id))
        .where(SopRule.tenant_id == tenant_id, Sop.published > 0, Sop.state != SopState.RETIRED)
        .order_by(Sop.code, SopRule.position)
    )
    return [(rule, owner) for rule, owner in session.execute(statement)]
