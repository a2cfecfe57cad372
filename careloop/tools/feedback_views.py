"""Views of feedback with the names of people, tickets and engineers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.feedback import callback_queries, queries
from careloop.crm_core.feedback.models import CallbackTask, SurveyAnswer
from careloop.crm_core.feedback.views import CallbackView, FeedbackView
from careloop.crm_core.workforce import queries as workforce
from careloop.kit.actor import Actor
from careloop.kit.db import now


def answers(session: Session, actor: Actor, rows: Sequence[SurveyAnswer]) -> list[FeedbackView]:
    """Answers as a list of staff shows them."""
    tenant = actor.tenant_id
    people = customers.contacts_by_id(session, tenant, {r.contact_id for r in rows if r.contact_id})
    firms = customers.names(session, tenant, {r.customer_id for r in rows if r.customer_id})
    titles = queries.ticket_titles(session, actor, {row.ticket_id for row in rows})
    engineers = {row.code: row.name for row in workforce.engineers(session, actor)}
    tasks = queries.callbacks_of(session, tenant, [row.id for row in rows])
    occasions = queries.occasions(session, tenant, [row.invitation_id for row in rows])
    found = []
    for row in rows:
        view = queries.feedback_view(row)
        contact = people.get(row.contact_id or "")
        task = tasks.get(row.id)
        view.contact_name = contact.name if contact else ""
        view.customer_name = firms.get(row.customer_id or "", "")
        view.ticket_title = titles.get(row.ticket_id, "")
        view.engineer_name = engineers.get(row.engineer, "")
        view.occasion = occasions.get(row.invitation_id, "")
        view.callback_id = task.id if task else None
        view.callback_state = task.state if task else None
        found.append(view)
    return found


def callback_pages(
    session: Session, actor: Actor, rows: Sequence[CallbackTask]
) -> list[CallbackView]:
    """Call-backs with all that the caller needs to know before the call."""
    tenant, at = actor.tenant_id, now(session)
    people = customers.contacts_by_id(session, tenant, {r.contact_id for r in rows if r.contact_id})
    firms = customers.names(session, tenant, {r.customer_id for r in rows if r.customer_id})
    owners = accounts.names(session, tenant, {r.owner_id for r in rows if r.owner_id})
    titles = queries.ticket_titles(session, actor, {row.ticket_id for row in rows})
    found = []
    for row in rows:
        view = callback_queries.callback_view(row, at)
        contact = people.get(row.contact_id or "")
        if contact is not None:
            view.contact_name, view.language = contact.name, contact.language
        view.customer_name = firms.get(row.customer_id or "", "")
        view.owner_name = owners.get(row.owner_id or "", "")
        view.ticket_title = titles.get(row.ticket_id, "")
        if row.answer_id:
            said = queries.answer(session, actor, row.answer_id)
            view.csat, view.nps, view.comment = said.csat, said.nps, said.comment
        found.append(view)
    return found


def callback_page(session: Session, actor: Actor, row: CallbackTask) -> CallbackView:
    """The same of one call-back."""
    return callback_pages(session, actor, [row])[0]
