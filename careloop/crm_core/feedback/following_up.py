"""What follows a low score: a call-back, or a complaint beside the first ticket."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.feedback import callback_queries, callbacks
from careloop.crm_core.feedback.models import SurveyAnswer
from careloop.crm_core.feedback.schemas import SurveyFacts
from careloop.crm_core.tickets import belongings
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets import service as ticket_service
from careloop.crm_core.tickets.models import Priority, Ticket, TicketType
from careloop.crm_core.tickets.schemas import LinkTicket, OpenTicket
from careloop.kit.actor import system_actor
from careloop.kit.text import t


def after_low(session: Session, answer: SurveyAnswer, facts: SurveyFacts) -> None:
    """Open what the settings say; what stands already stays, whatever they say by now."""
    if answer.case or callback_queries.of_answer(session, answer.tenant_id, answer.id):
        return
    ticket = tickets.ticket_by_id(session, answer.tenant_id, answer.ticket_id)
    if ticket is None or facts.on_low == "none":
        return
    language = _house_language(session, answer.tenant_id)
    if facts.on_low == "case":
        _open_case(session, answer, ticket, language)
    else:
        callbacks.open_for(session, answer, ticket, facts, _told(answer, language))


def _open_case(session: Session, answer: SurveyAnswer, ticket: Ticket, language: str) -> None:
    actor = system_actor(answer.tenant_id)
    command = OpenTicket(
        type=TicketType.COMPLAINT, priority=Priority.HIGH, serial=ticket.serial,
        title=t("survey.case.title", language, ticket=ticket.number)[:300],
        description=_told(answer, language), language=answer.language,
        contact_id=answer.contact_id, customer_id=answer.customer_id, channel="survey",
        callback_phone=ticket.callback_phone, fields={"about": "service"},
    )  # fmt: skip
    case = ticket_service.open_ticket(session, actor, command)
    link = LinkTicket(number=case.number, kind="caused_by", target=ticket.number)
    belongings.link_ticket(session, actor, link)
    answer.case = case.number
    session.flush()


def _told(answer: SurveyAnswer, language: str) -> str:
    """The answer in a few lines, for whoever takes it on."""
    scores = [
        t("survey.case.csat", language, score=answer.csat) if answer.csat is not None else "",
        t("survey.case.nps", language, score=answer.nps) if answer.nps is not None else "",
    ]
    return "\n".join(filter(None, [*scores, answer.comment]))


def _house_language(session: Session, tenant_id: str) -> str:
    return str(accounts.tenant(session, tenant_id).profile.get("language") or "en")
