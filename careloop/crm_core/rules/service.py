"""Writers of rules: each change of what a rule says is a revision that can be brought back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.rules import queries
from careloop.crm_core.rules.catalogue import checker
from careloop.crm_core.rules.models import Rule, RuleVersion
from careloop.crm_core.rules.schemas import (
    ChangeRule,
    CreateRule,
    OrderRules,
    RestoreRule,
    RuleFacts,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.ids import new_id

MOST_RULES = 200
NAME_CHARS = 60
_SAID = ("name", "note", "when", "if_", "then", "stop_processing", "max_per_hour")


def create_rule(session: Session, actor: Actor, command: CreateRule) -> Rule:
    """Add a rule at the end of the order; it is checked against the catalogue first."""
    return _add(session, actor, command, command.active)


def _add(session: Session, actor: Actor, facts: RuleFacts, active: bool) -> Rule:
    checker(session, actor.tenant_id).check(facts)
    if queries.how_many(session, actor.tenant_id) >= MOST_RULES:
        raise Conflict(f"There are {MOST_RULES} rules at most; delete one first")
    at = now(session)
    known = queries.rules(session, actor)
    row = Rule(
        tenant_id=actor.tenant_id, id=new_id(), active=active, archived=False, revision=1,
        version=1, position=known[-1].position + 1 if known else 0, created_at=at, updated_at=at,
        active_since=at if active else None, stopped_reason="",
    )  # fmt: skip
    _say(row, facts)
    session.add(row)
    session.flush()
    _keep(session, actor, row)
    return row


def change_rule(session: Session, actor: Actor, command: ChangeRule) -> Rule:
    """Change what a rule says, or switch it on or off."""
    row = locked(session, actor, command.rule_id, command.version)
    before = queries.facts_of(row)
    given = command.model_fields_set & set(_SAID)
    said = {name: getattr(command, name) for name in given if getattr(command, name) is not None}
    after = before.model_copy(update=said)
    if after != before:
        checker(session, actor.tenant_id).check(after)
        _say(row, after)
        row.revision += 1
        _keep(session, actor, row)
    if command.active is not None and command.active != row.active:
        if command.active:
            checker(session, actor.tenant_id).check(after)
            row.active_since = now(session)
        row.active, row.stopped_reason = command.active, ""
    row.touch(now(session))
    session.flush()
    return row


def restore_rule(session: Session, actor: Actor, command: RestoreRule) -> Rule:
    """Say again what an earlier revision said, as a new revision."""
    row = locked(session, actor, command.rule_id, None)
    kept = queries.version(session, actor.tenant_id, row.id, command.revision)
    facts = RuleFacts.model_validate(kept.facts)
    checker(session, actor.tenant_id).check(facts)
    _say(row, facts)
    row.revision += 1
    row.touch(now(session))
    _keep(session, actor, row)
    return row


def copy_rule(session: Session, actor: Actor, rule_id: str) -> Rule:
    """The same rule once more, switched off."""
    facts = queries.facts_of(queries.rule(session, actor, rule_id))
    name = f"{facts.name[:110]} (2)"
    return _add(session, actor, facts.model_copy(update={"name": name}), active=False)


def archive_rule(session: Session, actor: Actor, rule_id: str) -> Rule:
    """Delete a rule; its log and its revisions stay."""
    row = locked(session, actor, rule_id, None)
    row.active, row.archived = False, True
    row.touch(now(session))
    session.flush()
    return row


def order_rules(session: Session, actor: Actor, command: OrderRules) -> list[Rule]:
    """Put the rules in this order; those left out follow in their old one."""
    known = {row.id: row for row in queries.rules(session, actor)}
    if set(command.ids) - set(known):
        raise InvalidInput("Only rules on file can be ordered")
    wanted = list(dict.fromkeys(command.ids))
    for position, rule_id in enumerate([*wanted, *(one for one in known if one not in wanted)]):
        row = known[rule_id]
        if row.position != position:
            row.position = position
            row.touch(now(session))
    session.flush()
    return queries.rules(session, actor)


def locked(session: Session, actor: Actor, rule_id: str, version: int | None) -> Rule:
    """The rule, held until the act ends; `VersionConflict` when it has another version."""
    row = queries.rule(session, actor, rule_id, lock=True)
    if version is not None and version != row.version:
        raise VersionConflict("Somebody changed this rule meanwhile; load it again")
    return row


def _say(row: Rule, facts: RuleFacts) -> None:
    stored = facts.model_dump(by_alias=True, mode="json")
    row.name, row.note = facts.name, facts.note
    row.trigger = facts.when.trigger
    row.timing = {"field": facts.when.field, "minutes": facts.when.minutes}
    row.condition, row.actions = stored["if"], stored["then"]
    row.stop_processing, row.max_per_hour = facts.stop_processing, facts.max_per_hour


def _keep(session: Session, actor: Actor, row: Rule) -> None:
    at = now(session)
    session.add(
        RuleVersion(
            tenant_id=row.tenant_id, id=new_id(), rule_id=row.id, revision=row.revision,
            actor=(actor.name or actor.label)[:NAME_CHARS],
            facts=queries.facts_of(row).model_dump(by_alias=True, mode="json"), created_at=at,
            updated_at=at,
        )
    )  # fmt: skip
    session.flush()
