"""Selects of rules, of what waits for them and of their log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from careloop.crm_core.rules.models import (
    Rule,
    RuleMail,
    RuleRun,
    RuleTask,
    RuleVersion,
    RuleWatch,
)  # fmt: skip
from careloop.crm_core.rules.schemas import (
    ActView,
    ChangeOfRow,
    RuleFacts,
    RuleVersionView,
    RuleView,
    RunView,
    TruthView,
)  # fmt: skip
from careloop.crm_core.rules.vocabulary import BY_TIME
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.errors import NotFound

LATELY = timedelta(days=7)
FAR_PAST_RUNS = 200


def visible_to(actor: Actor) -> Select[Rule]:
    """Rules: staff who may change settings see all, others none."""
    statement = select(Rule).where(Rule.tenant_id == actor.tenant_id)
    if not (actor.is_staff and actor.may("settings:write")):
        return statement.where(false())
    return statement.where(Rule.archived.is_(False))


def rules(session: Session, actor: Actor) -> list[Rule]:
    """All rules, in order."""
    return list(session.scalars(visible_to(actor).order_by(Rule.position, Rule.id)))


def rule(session: Session, actor: Actor, rule_id: str, lock: bool = False) -> Rule:
    """One rule, for the writers under a lock."""
    statement = visible_to(actor).where(Rule.id == rule_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such rule")
    return found


def how_many(session: Session, tenant_id: str) -> int:
    """How many rules there are that were not deleted."""
    statement = select(func.count()).where(Rule.tenant_id == tenant_id, Rule.archived.is_(False))
    return session.scalar(statement) or 0


def waits_for(session: Session, tenant_id: str, trigger: str) -> bool:
    """Whether some rule that is on waits for this."""
    statement = select(Rule.id).where(
        Rule.tenant_id == tenant_id, Rule.active, Rule.trigger == trigger
    )
    return session.scalar(statement.limit(1)) is not None


def acting(session: Session, tenant_id: str, trigger: str) -> list[Rule]:
    """The rules that are on and wait for this, in order, held so that none changes meanwhile."""
    statement = select(Rule).where(
        Rule.tenant_id == tenant_id, Rule.active, Rule.trigger == trigger
    )
    return list(session.scalars(statement.order_by(Rule.position, Rule.id)))


def by_time(session: Session) -> list[Rule]:
    """Rules by time that are on, of every tenant: for the worker's rounds."""
    statement = select(Rule).where(Rule.active, Rule.trigger == BY_TIME)
    return list(session.scalars(statement.order_by(Rule.tenant_id, Rule.id)))


def acting_rule(session: Session, tenant_id: str, rule_id: str) -> Rule | None:
    """A rule that is on, by its id."""
    row = session.get(Rule, (tenant_id, rule_id))
    return row if row is not None and row.active else None


def watch(session: Session, tenant_id: str, rule_id: str) -> RuleWatch | None:
    return session.get(RuleWatch, (tenant_id, rule_id))


def known_keys(session: Session, tenant_id: str, keys: Iterable[str]) -> set[str]:
    """Those of the event keys that have a task already."""
    statement = select(RuleTask.event_key).where(
        RuleTask.tenant_id == tenant_id, RuleTask.event_key.in_(list(keys))
    )
    return set(session.scalars(statement))


def waiting(session: Session, at: datetime, limit: int) -> list[tuple[str, str]]:
    """(tenant, task) of what may be run now, the oldest first, of every tenant."""
    statement = select(RuleTask.tenant_id, RuleTask.id).where(
        RuleTask.state == "waiting", RuleTask.due_at <= at
    )
    found = session.execute(statement.order_by(RuleTask.due_at, RuleTask.id).limit(limit))
    return [(row.tenant_id, row.id) for row in found]


def taken(session: Session, tenant_id: str, task_id: str) -> RuleTask | None:
    """The task, held; None where it is done or another process has it."""
    statement = select(RuleTask).where(
        RuleTask.tenant_id == tenant_id, RuleTask.id == task_id, RuleTask.state == "waiting"
    )
    return session.scalar(
        statement.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    )


def task(session: Session, tenant_id: str, task_id: str) -> RuleTask | None:
    return session.get(RuleTask, (tenant_id, task_id))


def last_data(session: Session, tenant_id: str, object_id: str, trigger: str) -> dict[str, Any]:
    """What was told of an object when this last happened to it; empty where nobody noted it."""
    statement = select(RuleTask.data).where(
        RuleTask.tenant_id == tenant_id, RuleTask.object_id == object_id,
        RuleTask.trigger == trigger,
    )  # fmt: skip
    return dict(session.scalar(statement.order_by(RuleTask.id.desc()).limit(1)) or {})


def acts_in_chain(session: Session, tenant_id: str, chain_id: str) -> int:
    """How often rules have acted in a chain."""
    statement = select(func.count()).where(
        RuleRun.tenant_id == tenant_id, RuleRun.chain_id == chain_id, RuleRun.matched
    )
    return session.scalar(statement) or 0


def acts_since(session: Session, tenant_id: str, rule_id: str, since: datetime) -> int:
    """How often a rule has acted since then."""
    statement = select(func.count()).where(
        RuleRun.tenant_id == tenant_id, RuleRun.rule_id == rule_id, RuleRun.matched,
        RuleRun.created_at > since,
    )  # fmt: skip
    return session.scalar(statement) or 0


def last_errors(session: Session, tenant_id: str, rule_id: str, limit: int) -> list[str]:
    """What went wrong in a rule's last acts, the latest first; empty where nothing did."""
    statement = select(RuleRun.error).where(
        RuleRun.tenant_id == tenant_id, RuleRun.rule_id == rule_id, RuleRun.matched
    )
    return list(session.scalars(statement.order_by(RuleRun.id.desc()).limit(limit)))


def versions(session: Session, actor: Actor, rule_id: str) -> list[RuleVersionView]:
    """What a rule said, the latest first."""
    row = rule(session, actor, rule_id)
    statement = select(RuleVersion).where(
        RuleVersion.tenant_id == row.tenant_id, RuleVersion.rule_id == row.id
    )
    return [
        RuleVersionView(
            revision=one.revision, at=iso(one.created_at), actor=one.actor,
            rule=RuleFacts.model_validate(one.facts),
        )
        for one in session.scalars(statement.order_by(RuleVersion.revision.desc()))
    ]  # fmt: skip


def version(session: Session, tenant_id: str, rule_id: str, revision: int) -> RuleVersion:
    statement = select(RuleVersion).where(
        RuleVersion.tenant_id == tenant_id, RuleVersion.rule_id == rule_id,
        RuleVersion.revision == revision,
    )  # fmt: skip
    found = session.scalar(statement)
    if found is None:
        raise NotFound("There is no such revision of this rule")
    return found


def runs_visible_to(actor: Actor) -> Select[RuleRun]:
    statement = select(RuleRun).where(RuleRun.tenant_id == actor.tenant_id)
    allowed = actor.is_staff and actor.may("settings:write")
    return statement if allowed else statement.where(false())


def log(
    session: Session, actor: Actor, rule_id: str = "", object_label: str = "",
    matched: bool | None = None, failed: bool = False, before: str = "", limit: int = 50,
) -> list[RunView]:  # fmt: skip
    """What rules looked at, the latest first, those before the id `before`."""
    statement = runs_visible_to(actor)
    if rule_id:
        statement = statement.where(RuleRun.rule_id == rule_id)
    if object_label:
        statement = statement.where(RuleRun.object_label == object_label.strip().upper())
    if matched is not None:
        statement = statement.where(RuleRun.matched.is_(matched))
    if failed:
        statement = statement.where(RuleRun.error != "")
    if before:
        statement = statement.where(RuleRun.id < before)
    rows = session.scalars(statement.order_by(RuleRun.id.desc()).limit(limit))
    return [run_view(row) for row in rows]


def run_view(row: RuleRun) -> RunView:
    return RunView(
        id=row.id, rule_id=row.rule_id, rule_name=row.rule_name, revision=row.revision,
        trigger=row.trigger, object=row.subject, object_id=row.object_id,
        object_label=row.object_label, chain_id=row.chain_id, depth=row.depth,
        matched=row.matched, truth=TruthView.model_validate(row.truth),
        acts=[ActView.model_validate(one) for one in row.acts],
        changes=[ChangeOfRow.model_validate(one) for one in row.changes],
        error=row.error, milliseconds=row.milliseconds, at=iso(row.created_at),
    )  # fmt: skip


def facts_of(row: Rule) -> RuleFacts:
    """What a rule says."""
    timing = row.timing or {}
    return RuleFacts.model_validate(
        {
            "name": row.name, "note": row.note,
            "when": {"trigger": row.trigger, "field": timing.get("field"),
                     "minutes": timing.get("minutes", 0)},
            "if": row.condition, "then": row.actions, "stop_processing": row.stop_processing,
            "max_per_hour": row.max_per_hour,
        }
    )  # fmt: skip


def views(session: Session, actor: Actor, found: list[Rule]) -> list[RuleView]:
    """Rules with how they have done of late."""
    since = now(session) - LATELY
    acted = RuleRun.matched
    statement = (
        select(
            RuleRun.rule_id, func.count(), func.max(RuleRun.created_at),
            func.count().filter(RuleRun.error != ""),
        )
        .where(RuleRun.tenant_id == actor.tenant_id, acted, RuleRun.created_at > since)
        .group_by(RuleRun.rule_id)
    )  # fmt: skip
    told = {row[0]: row for row in session.execute(statement)}
    shown = []
    for row in found:
        facts = facts_of(row)
        _, many, last, failed = told.get(row.id, (row.id, 0, None, 0))
        shown.append(
            RuleView(
                id=row.id, active=row.active, position=row.position, revision=row.revision,
                version=row.version, stopped_reason=row.stopped_reason,
                created_at=iso(row.created_at), updated_at=iso(row.updated_at), acted=many,
                failed=failed, last_acted_at=iso(as_utc(last)) if last else None,
                **{name: getattr(facts, name) for name in RuleFacts.model_fields},
            )
        )  # fmt: skip
    return shown


def old_rows(session: Session, before: datetime, limit: int) -> list[tuple[str, str]]:
    """(tenant, task) of what was done long ago, of every tenant."""
    statement = select(RuleTask.tenant_id, RuleTask.id).where(
        RuleTask.state != "waiting", RuleTask.due_at < before
    )
    found = session.execute(statement.order_by(RuleTask.due_at).limit(limit))
    return [(row.tenant_id, row.id) for row in found]


def mail(session: Session, tenant_id: str, mail_id: str) -> RuleMail | None:
    """A mail, held."""
    statement = select(RuleMail).where(RuleMail.tenant_id == tenant_id, RuleMail.id == mail_id)
    return session.scalar(statement.with_for_update())
