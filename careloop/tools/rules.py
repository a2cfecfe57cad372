"""Tools over rules, and the acts that rules have besides those of everybody."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.conversations import telling
from careloop.crm_core.notices import service as notices
from careloop.crm_core.notices.models import Severity
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.outbound import service as outbound
from careloop.crm_core.rules import mails, queries, service
from careloop.crm_core.rules.models import Rule
from careloop.crm_core.rules.schemas import (
    Assign,
    CallBack,
    ChangeRule,
    CreateRule,
    Notify,
    OrderRules,
    PickRule,
    RestoreRule,
    RuleFacts,
    Rules,
    RuleView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput, NotFound
from careloop.tools.spec import Done, Effect, tool

FIRED = "rule.fired"
Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
UserIds = Annotated[list[str], Field(min_length=1, max_length=500)]


class TellColleagues(BaseModel):
    """A notice that a rule writes."""

    user_ids: UserIds = Field(description="Whom.")
    text: str = Field(min_length=1, max_length=1000, description="What is told.")
    link: str = Field("", max_length=300, description="Path in the desk.")
    severity: Severity = Field(Severity.INFO, description="How loud.")
    dedupe: str = Field(max_length=120, description="The same person is told this only once.")


class TellCustomer(BaseModel):
    """A message that a rule writes into a conversation."""

    conversation_id: str = Field(max_length=26, description="Id of the conversation.")
    text: Text = Field(description="What the customer reads.")
    dedupe: str = Field(max_length=100, description="The same message is written once.")


class WriteMail(BaseModel):
    """A mail that a rule writes; it is sent once the act is committed."""

    to: str = Field(max_length=254, description="Address.")
    to_name: str = Field("", max_length=200, description="Name of the person.")
    subject: str = Field(min_length=1, max_length=200, description="Its subject.")
    text: Text = Field(description="Its text.")
    ticket_id: str | None = Field(None, max_length=26, description="Id of the ticket it is about.")


class TellEndpoints(BaseModel):
    """What a rule tells to webhooks."""

    data: dict[str, str] = Field(max_length=40, description="Names to texts.")
    dedupe: str = Field(max_length=120, description="The same is told once.")


@tool("rules.create", effect=Effect.WRITE, scope="settings:write")
def create_rule(session: Session, actor: Actor, command: CreateRule) -> RuleView:
    """Add a rule."""
    _known_people(session, actor, command)
    return _view(session, actor, service.create_rule(session, actor, command))


@tool("rules.change", effect=Effect.WRITE, scope="settings:write")
def change_rule(session: Session, actor: Actor, command: ChangeRule) -> RuleView:
    """Change what a rule says, or switch it on or off."""
    row = queries.rule(session, actor, command.rule_id)
    if command.then is not None:
        facts = queries.facts_of(row).model_copy(update={"then": command.then})
        _known_people(session, actor, facts)
    return _view(session, actor, service.change_rule(session, actor, command))


@tool("rules.copy", effect=Effect.WRITE, scope="settings:write")
def copy_rule(session: Session, actor: Actor, command: PickRule) -> RuleView:
    """Make a copy of a rule, switched off."""
    return _view(session, actor, service.copy_rule(session, actor, command.rule_id))


@tool("rules.restore", effect=Effect.WRITE, scope="settings:write")
def restore_rule(session: Session, actor: Actor, command: RestoreRule) -> RuleView:
    """Bring back what a rule said in an earlier revision."""
    return _view(session, actor, service.restore_rule(session, actor, command))


@tool("rules.order", effect=Effect.WRITE, scope="settings:write")
def order_rules(session: Session, actor: Actor, command: OrderRules) -> Rules:
    """Put the rules in order."""
    rows = service.order_rules(session, actor, command)
    return Rules(items=queries.views(session, actor, rows))


@tool("rules.delete", effect=Effect.DESTROY, scope="settings:write")
def delete_rule(session: Session, actor: Actor, command: PickRule) -> RuleView:
    """Delete a rule; its log and revisions stay."""
    return _view(session, actor, service.archive_rule(session, actor, command.rule_id))


@tool("rules.notify", effect=Effect.WRITE, scope="settings:write")
def notify(session: Session, actor: Actor, command: TellColleagues) -> Done:
    """Tell colleagues what a rule found."""
    message = Message(
        kind="rule", key="rule.told", args={"text": command.text}, text=command.text,
        link=command.link, severity=command.severity, dedupe=command.dedupe,
    )  # fmt: skip
    notices.notify(session, actor.tenant_id, command.user_ids, message)
    return Done()


@tool("rules.message", effect=Effect.WRITE, scope="settings:write")
def message(session: Session, actor: Actor, command: TellCustomer) -> Done:
    """Write into the conversation of a ticket."""
    telling.tell(session, actor.tenant_id, command.conversation_id, command.text, command.dedupe)
    return Done()


@tool("rules.mail", effect=Effect.WRITE, scope="settings:write")
def mail(session: Session, actor: Actor, command: WriteMail) -> Done:
    """Write a mail; a durable job sends it."""
    if "@" not in command.to:
        raise InvalidInput("This is no mail address", to="is no mail address")
    mails.write(
        session, actor.tenant_id, command.to, command.to_name, command.subject, command.text,
        command.ticket_id,
    )  # fmt: skip
    return Done()


@tool("rules.webhook", effect=Effect.WRITE, scope="settings:write")
def webhook(session: Session, actor: Actor, command: TellEndpoints) -> Done:
    """Tell the endpoints that want to hear of rules."""
    outbound.deliver(session, actor.tenant_id, FIRED, command.data, command.dedupe)
    return Done()


def _view(session: Session, actor: Actor, row: Rule) -> RuleView:
    return queries.views(session, actor, [row])[0]


def _known_people(session: Session, actor: Actor, rule: RuleFacts) -> None:
    """Every person that a rule names works here."""
    for at, action in enumerate(rule.then):
        named = [*action.user_ids] if isinstance(action, Notify) else []
        if isinstance(action, Assign | CallBack) and action.user_id:
            named.append(action.user_id)
        for user_id in named:
            try:
                active = accounts.user(session, actor, user_id).active
            except NotFound:
                active = False
            if not active:
                text = "names somebody who does not work here"
                raise InvalidInput(f"then.{at}: {text}", **{f"then.{at}": text})
