"""A maker's own fields, form, type and rules, and what their queries take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.crm_core.custom import filter_queries, queries, service
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.custom.schemas import AddField, SetForm, SetTicketType
from careloop.crm_core.rules import mails, timing
from careloop.crm_core.rules import queries as rule_queries
from careloop.crm_core.rules import service as rules
from careloop.crm_core.rules.following import wake
from careloop.crm_core.rules.models import RuleMail, RuleTask
from careloop.crm_core.rules.schemas import CreateRule
from careloop.crm_core.tickets import own_fields
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.own_order_queries import OwnOrder
from careloop.crm_core.tickets.schemas import ChangeTicket
from careloop.kit.actor import Actor
from careloop.kit.db import now

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PATCH", "/v1/custom/fields/{field_id}"): {"label": {"en": "Renamed"}},
    ("PATCH", "/v1/rules/{rule_id}"): {"note": "changed"},
    ("POST", "/v1/rules/{rule_id}/restore"): {"revision": 1},
}


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """One row of every kind of customising and of rules."""
    tag = ids["tag"]
    field = service.add_field(
        session, actor,
        AddField.model_validate(
            {"object": "ticket", "key": "room", "type": "text", "label": {"en": f"Room {tag}"}}
        ),
    )  # fmt: skip
    kind = {"code": "own", "base": "request", "label": {"en": f"Own of {tag}"}}
    service.set_ticket_type(session, actor, SetTicketType.model_validate(kind))
    form = {"ticket_type": "own", "sections": [{"fields": [{"field": "room"}]}]}
    service.set_form(session, actor, SetForm.model_validate(form))
    ticket = tickets.ticket(session, actor, ids["number"])
    change = ChangeTicket(number=ticket.number, custom={"room": f"R {tag}"})
    own_fields.change(session, actor, ticket, change)
    made = {
        "name": f"Rule of {tag}", "active": True,
        "when": {"trigger": "time", "field": "ticket.created_at", "minutes": 1},
        "then": [{"do": "tag", "add": [tag]}],
    }  # fmt: skip
    rule = rules.create_rule(session, actor, CreateRule.model_validate(made))
    opened = {**made, "name": f"Second of {tag}", "when": {"trigger": "ticket.opened"}}
    rules.create_rule(session, actor, CreateRule.model_validate(opened))
    timing.watch(session, rule)
    wake(session, actor.tenant_id, "ticket.opened", ticket.id, {"told": tag})
    mails.write(session, actor.tenant_id, f"{tag}@example.com", tag, tag, tag, ticket.id)
    session.flush()
    task = session.scalars(select(RuleTask).where(RuleTask.tenant_id == actor.tenant_id)).first()
    mail = session.scalars(select(RuleMail).where(RuleMail.tenant_id == actor.tenant_id)).first()
    assert task is not None and mail is not None
    given = filter_queries.given_of({"custom.room": [f"R {tag}"]})
    (sought,) = filter_queries.sought(session, actor.tenant_id, Subject.TICKET, given)
    assert rule_queries.rule(session, actor, rule.id)
    assert queries.field(session, actor, field.id)
    return {
        "field_id": field.id, "form_id": field.id, "subject": Subject.TICKET, "given": given,
        "one": sought, "statement": select(Ticket), "ticket_type": "own",
        "object_id": ticket.id, "order": OwnOrder(field, descending=False), "many": 5,
        "known": [], "rule_id": rule.id, "task_id": task.id,
        "mail_id": mail.id, "chain_id": task.chain_id, "trigger": "ticket.opened",
        "revision": 1, "event_key": task.event_key, "keys_of_events": {task.event_key},
        "data": {}, "field": "ticket.created_at", "until": now(session) + timedelta(days=1),
        "role": "agent", "found": [], "object_label": ticket.number, "sort": "custom.room",
    }  # fmt: skip
