"""A task is run: its rules look, in order, and act; each by itself, each once, never in a circle.

Why it ends: a rule does not act again on what its own acts led to, a chain of causes is at most
`MAX_DEPTH` rules long and acts `CHAIN_ACTS` times in all, and a rule that acts too often within
an hour, or fails too often in a row, is switched off with a notice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.audit import service as audit
from careloop.crm_core.notices import service as notices
from careloop.crm_core.notices.models import Severity
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.rules import queries
from careloop.crm_core.rules.acting import call_of
from careloop.crm_core.rules.conditions import truth
from careloop.crm_core.rules.facts_queries import Case, case_of
from careloop.crm_core.rules.following import CAUSE, CUT, Cause
from careloop.crm_core.rules.models import Rule, RuleRun, RuleTask
from careloop.crm_core.rules.schemas import ActView, RuleFacts, TruthView
from careloop.kit.actor import Role, scopes_of, system_actor
from careloop.kit.db import now, savepoint
from careloop.kit.errors import CareloopError, NotFound
from careloop.kit.ids import new_id

CHAIN_ACTS = 100
HOUR = timedelta(hours=1)
FAILURES = 10
MAX_CHANGES = 50
SHOWN = 300

Act = Callable[[str, dict[str, Any], str], BaseModel]
"""Calls a tool in the session of the run: its name, its arguments, the reason for the audit."""


@dataclass
class Outcome:
    """What one rule found and did."""

    truth: TruthView
    acts: list[ActView] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""

    @property
    def matched(self) -> bool:
        return self.truth.holds


def run_task(session: Session, task: RuleTask, act: Act) -> list[RuleRun]:
    """Let every rule that waits for it look at a task that is held; returns the log's lines."""
    task.state, task.done_at = "done", now(session)
    case = _case(session, task)
    if case is None:
        task.error = "what it happened to is gone"
        return []
    runs: list[RuleRun] = []
    for rule in _rules(session, task):
        if rule.id in task.path:
            runs.append(_note(session, task, rule, case, _own_chain(), 0))
            continue
        if queries.acts_in_chain(session, task.tenant_id, task.chain_id) >= CHAIN_ACTS:
            task.error = f"its chain has acted {CHAIN_ACTS} times"
            break
        began = time.perf_counter()
        cause = Cause(task.chain_id, (*task.path, rule.id))
        facts = queries.facts_of(rule)
        outcome = consider(session, rule.id, facts, case, act, cause, task.id, _may_act(session))
        took = round((time.perf_counter() - began) * 1000)
        runs.append(_note(session, task, rule, case, outcome, took))
        session.flush()
        if outcome.matched:
            _stop_if_harmful(session, rule, outcome)
            case = _case(session, task) or case
        if outcome.matched and not outcome.error and rule.stop_processing:
            break
    return runs


def consider(
    session: Session, rule_id: str, rule: RuleFacts, case: Case, act: Act, cause: Cause,
    event: str, may_act: Callable[[str, int], str] = lambda rule_id, most: "",
) -> Outcome:  # fmt: skip
    """Look at the condition; where it holds do everything or, where something fails, nothing."""
    outcome = Outcome(truth(rule.if_, case.facts))
    if not outcome.matched:
        return outcome
    outcome.error = may_act(rule_id, rule.max_per_hour)
    if outcome.error:
        return outcome
    tenant_id = system_tenant(session, case)
    session.info[CAUSE] = cause
    try:
        with savepoint(session), audit.collect(session) as changes:
            for at, action in enumerate(rule.then):
                dedupe = f"rule:{rule_id}:{event}:{at}"
                outcome.acts.append(_do(session, tenant_id, action, case, act, dedupe, rule.name))
        outcome.changes = _told(changes)
    except (CareloopError, SQLAlchemyError) as error:
        outcome.error = getattr(error, "message", type(error).__name__)[:500]
        outcome.acts.append(
            ActView(do=rule.then[len(outcome.acts)].do, state="failed", told=outcome.error)
        )
    finally:
        session.info.pop(CAUSE, None)
    cut = session.info.pop(CUT, 0)
    if cut:
        told = f"{cut} events were not handed on: the chain of rules is at its end"
        outcome.acts.append(ActView(do="chain", state="skipped", told=told))
    return outcome


def system_tenant(session: Session, case: Case) -> str:
    """Whose rows the session works on."""
    if case.ticket is not None:
        return case.ticket.tenant_id
    named: str = session.info["tenant"]
    return named


def _do(
    session: Session, tenant_id: str, action: Any, case: Case, act: Act, dedupe: str, name: str
) -> ActView:
    call = call_of(session, tenant_id, action, case, dedupe)
    if not call.tool:
        return ActView(do=action.do, state="skipped", told=call.why_not)
    result = act(call.tool, call.arguments, f"rule: {name}"[:300])
    told = str(getattr(result, "number", "") or "")
    shown = {key: _short(value) for key, value in call.arguments.items()}
    return ActView(do=action.do, state="done", told=told, tool=call.tool, arguments=shown)


def _short(value: Any) -> Any:
    return value[:SHOWN] if isinstance(value, str) else value


def _told(changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that were changed, without what notes the change itself."""
    kept = [one for one in changes if one["table"] not in {"ticket_event", "notice"}]
    return kept[:MAX_CHANGES]


def _own_chain() -> Outcome:
    told = "it acted on what led here, and does not act on its own doing"
    none = TruthView(kind="all", holds=False)
    return Outcome(none, [ActView(do="chain", state="skipped", told=told)])


def _case(session: Session, task: RuleTask) -> Case | None:
    return case_of(session, task.tenant_id, task.subject, task.object_id, task.data)


def _rules(session: Session, task: RuleTask) -> list[Rule]:
    """The rules that are on; of a task for one rule that one alone."""
    found = queries.acting(session, task.tenant_id, task.trigger)
    return [rule for rule in found if task.rule_id in (None, rule.id)]


def _may_act(session: Session) -> Callable[[str, int], str]:
    """Why a rule may not act now: it did so too often within the hour; empty where it may."""

    def check(rule_id: str, most: int) -> str:
        tenant_id: str = session.info["tenant"]
        acted = queries.acts_since(session, tenant_id, rule_id, now(session) - HOUR)
        return f"it acted {acted} times within an hour; at most {most}" if acted >= most else ""

    return check


def _note(
    session: Session, task: RuleTask, rule: Rule, case: Case, outcome: Outcome, took: int
) -> RuleRun:
    run = RuleRun(
        tenant_id=task.tenant_id, id=new_id(), rule_id=rule.id, rule_name=rule.name,
        revision=rule.revision, task_id=task.id, trigger=task.trigger, subject=task.subject,
        object_id=task.object_id, object_label=case.label[:60], chain_id=task.chain_id,
        depth=len(task.path), matched=outcome.matched,
        truth=outcome.truth.model_dump(mode="json"),
        acts=[one.model_dump(mode="json") for one in outcome.acts], changes=outcome.changes,
        error=outcome.error, milliseconds=took, created_at=now(session),
    )  # fmt: skip
    session.add(run)
    return run


def _stop_if_harmful(session: Session, rule: Rule, outcome: Outcome) -> None:
    """Switch off a rule that acts too often, or fails again and again, and tell who may mend it."""
    if not outcome.error:
        return
    too_often = outcome.error.startswith("it acted ")
    errors = queries.last_errors(session, rule.tenant_id, rule.id, FAILURES)
    failing = len(errors) == FAILURES and all(errors)
    if not (too_often or failing):
        return
    reason = outcome.error if too_often else f"it failed {FAILURES} times in a row: {errors[0]}"
    rule.stop(reason, now(session))
    actor = system_actor(rule.tenant_id)
    may = [u.id for u in accounts.users(session, actor)
           if u.active and "settings:write" in scopes_of(Role(u.role))]  # fmt: skip
    text = f"The rule {rule.name!r} was switched off: {reason}"
    message = Message(
        kind="rule", key="rule.stopped", args={"name": rule.name, "reason": reason},
        text=text[:1000], link=f"/settings/rules/{rule.id}", severity=Severity.WARNING,
        dedupe=f"rule-stopped:{rule.id}:{rule.version}",
    )  # fmt: skip
    notices.notify(session, rule.tenant_id, may, message)


def dry_run(
    session: Session, tenant_id: str, rule_id: str, rule: RuleFacts, object_id: str, act: Act
) -> tuple[Outcome, Case, int]:
    """What a rule would do to a ticket; the caller rolls the session back.

    Facts of the event are those of the last time that this happened to the ticket.
    """
    data = queries.last_data(session, tenant_id, object_id, rule.when.trigger)
    case = case_of(session, tenant_id, "ticket", object_id, data)
    if case is None:
        raise NotFound("There is no such ticket")
    began = time.perf_counter()
    cause = Cause(new_id(), (rule_id,))
    outcome = consider(session, rule_id, rule, case, act, cause, new_id())
    return outcome, case, round((time.perf_counter() - began) * 1000)
