"""Rules by time: what has fallen due becomes a task, once for each object and value."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careloop.crm_core.rules import queries
from careloop.crm_core.rules.facts_queries import fallen_due
from careloop.crm_core.rules.following import add_task
from careloop.crm_core.rules.models import Rule, RuleRun, RuleTask, RuleWatch
from careloop.crm_core.rules.vocabulary import BY_TIME
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.ids import new_id

LOOK_BACK = timedelta(hours=1)
"""A value that is set late is still seen for so long."""
AT_ONCE = 500
KEPT = timedelta(days=30)


def watch(session: Session, rule: Rule) -> int:
    """Write tasks for the objects whose time has come since the last look; how many.

    What fell due before the rule was switched on is none of its business. A task's key is made
    of rule, object and value, so no value is taken twice.
    """
    field = str((rule.timing or {}).get("field") or "")
    shift = timedelta(minutes=int((rule.timing or {}).get("minutes") or 0))
    at = now(session)
    began = as_utc(rule.active_since or at)
    seen = queries.watch(session, rule.tenant_id, rule.id)
    since = max(began, min(as_utc(seen.looked_until), at - LOOK_BACK) if seen else began)
    made, limit = 0, AT_ONCE
    while True:
        due = fallen_due(session, rule.tenant_id, field, since - shift, at - shift, limit)
        made += _note(session, rule, due)
        if len(due) < limit:
            break
        if due[0][1] == due[-1][1]:
            limit *= 2  # More fell due at one instant than one look takes.
        since = due[-1][1] + shift - timedelta(microseconds=1)
    _remember(session, rule, seen, at)
    return made


def _note(session: Session, rule: Rule, due: list[tuple[str, datetime]]) -> int:
    """Tasks for those that have none yet; how many."""
    keys = {f"time:{rule.id}:{one}:{iso(value)}": (one, value) for one, value in due}
    known = queries.known_keys(session, rule.tenant_id, keys) if keys else set()
    for key, (object_id, value) in keys.items():
        if key not in known:
            task_id = new_id()
            add_task(
                session, rule.tenant_id, task_id, BY_TIME, object_id, event_key=key,
                data={"at": iso(value)}, subject="ticket", chain_id=task_id, path=[],
                rule_id=rule.id,
            )  # fmt: skip
    session.flush()
    return len(keys) - len(known)


def _remember(session: Session, rule: Rule, seen: RuleWatch | None, until: datetime) -> None:
    if seen is None:
        session.add(RuleWatch(tenant_id=rule.tenant_id, rule_id=rule.id, looked_until=until))
    else:
        seen.looked_until = until


def clear_log(session: Session, tenant_id: str, task_ids: list[str]) -> None:
    """Forget tasks of long ago and what rules made of them."""
    session.execute(
        delete(RuleRun).where(RuleRun.tenant_id == tenant_id, RuleRun.task_id.in_(task_ids))
    )
    session.execute(
        delete(RuleTask).where(RuleTask.tenant_id == tenant_id, RuleTask.id.in_(task_ids))
    )
