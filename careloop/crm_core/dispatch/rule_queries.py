"""Selects of rules and of the log; staff who read tickets, rules for dispatchers."""

from __future__ import annotations

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.dispatch.models import DispatchLog, DispatchRule
from careloop.crm_core.dispatch.schemas import LogView, Reason, RuleView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound


def visible_to(actor: Actor) -> Select[DispatchRule]:
    statement = select(DispatchRule).where(DispatchRule.tenant_id == actor.tenant_id)
    return statement if actor.may("dispatch") else statement.where(false())


def log_visible_to(actor: Actor) -> Select[DispatchLog]:
    statement = select(DispatchLog).where(DispatchLog.tenant_id == actor.tenant_id)
    allowed = actor.is_staff and actor.may("tickets:read")
    return statement if allowed else statement.where(false())


def rule_views(session: Session, actor: Actor) -> list[RuleView]:
    """Rules in the order in which they are asked."""
    statement = visible_to(actor).order_by(DispatchRule.position, DispatchRule.id)
    return [rule_view(row) for row in session.scalars(statement)]


def rule(session: Session, actor: Actor, rule_id: str) -> DispatchRule:
    """A rule, locked."""
    statement = visible_to(actor).where(DispatchRule.id == rule_id)
    found = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound("There is no such rule")
    return found


def rule_view(row: DispatchRule) -> RuleView:
    return RuleView.model_validate(
        {name: getattr(row, name) for name in RuleView.model_fields}
        | {"created_at": iso(row.created_at), "updated_at": iso(row.updated_at)}
    )


def log_page(
    session: Session, actor: Actor, ticket: str = "", work_order: str = "", engineer: str = "",
    before: str = "", limit: int = 50,
) -> tuple[list[LogView], str]:  # fmt: skip
    """Lines of the log, the newest first; and where the next page begins."""
    statement = log_visible_to(actor)
    for column, value in (
        (DispatchLog.ticket, ticket), (DispatchLog.work_order, work_order),
        (DispatchLog.engineer, engineer),
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if before:
        statement = statement.where(DispatchLog.id < before)
    rows = list(session.scalars(statement.order_by(DispatchLog.id.desc()).limit(limit + 1)))
    shown = [_log_view(row) for row in rows[:limit]]
    return shown, rows[limit - 1].id if len(rows) > limit else ""


def _log_view(row: DispatchLog) -> LogView:
    return LogView(
        id=row.id, at=iso(row.created_at), kind=row.kind, outcome=row.outcome, ticket=row.ticket,
        work_order=row.work_order, engineer=row.engineer, rule_id=row.rule_id, rule=row.rule,
        plan_id=row.plan_id, actor=row.actor, score=row.score,
        reasons=[Reason.model_validate(one) for one in row.reasons], text=row.text,
    )  # fmt: skip
