"""What a survey says: the message that carries its link, and what its page is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.feedback import policy, queries
from careloop.crm_core.feedback.models import SurveyAnswer, SurveyInvitation, SurveyState
from careloop.crm_core.feedback.schemas import ReasonTag, SurveyFacts
from careloop.crm_core.feedback.views import PublicAnswer, PublicReason, PublicSurvey
from careloop.crm_core.privacy import queries as privacy
from careloop.crm_core.privacy.models import Purpose
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import system_actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.errors import NotFound
from careloop.kit.text import t


def maker_name(session: Session, tenant_id: str) -> str:
    """What customers know the maker as."""
    row = accounts.tenant(session, tenant_id)
    return str(row.profile.get("display_name") or row.name)


def chat_text(maker: str, language: str, url: str) -> str:
    """The message in a chat."""
    return t("survey.chat", language, company=maker, url=url)


def mail_texts(maker: str, language: str, ticket: str, name: str, url: str) -> tuple[str, str]:
    """Subject and text of the mail."""
    subject = t("survey.mail.subject", language, company=maker, ticket=ticket)
    text = t(
        "survey.mail.text", language, company=maker, ticket=ticket, name=name or maker, url=url
    )
    return subject, text


def page_of(
    session: Session, row: SurveyInvitation, facts: SurveyFacts, language: str = ""
) -> PublicSurvey:
    """What the page of a survey is told."""
    lang = policy.spoken(facts, language, row.language)
    answer = queries.answer_of(session, row.tenant_id, row.id)
    ticket = tickets.ticket_by_id(session, row.tenant_id, row.ticket_id)
    ended = (ticket.closed_at or ticket.resolved_at) if ticket else None
    view = plain_page(session, row.tenant_id, facts, lang)
    view.state = _state(row, answer, now(session))
    view.ticket, view.device = row.ticket, " ".join(filter(None, (row.model, row.serial)))
    view.finished_on = iso(ended)[:10] if ended else ""
    view.stopped = stopped(session, row)
    if answer is not None:
        view.answer = PublicAnswer(
            csat=answer.csat, nps=answer.nps, comment=answer.comment, reasons=answer.reasons
        )
        view.changeable_until = iso(policy.changeable_until(answer.answered_at))
    return view


def plain_page(session: Session, tenant_id: str, facts: SurveyFacts, lang: str) -> PublicSurvey:
    """The page without a survey: what the settings make of it."""
    return PublicSurvey(
        state="open", maker=maker_name(session, tenant_id), language=lang,
        languages=facts.languages, ticket="", device="", finished_on="", ask_csat=facts.ask_csat,
        ask_nps=facts.ask_nps, ask_comment=facts.ask_comment,
        reasons=[_reason(reason, lang) for reason in facts.reasons],
        intro=in_language(facts.intro, lang), thanks=in_language(facts.thanks, lang),
        consent=_consent(session, tenant_id, lang), low_csat=facts.low_csat, answer=None,
        changeable_until=None, stopped=False,
    )  # fmt: skip


def _reason(reason: ReasonTag, lang: str) -> PublicReason:
    label = in_language(reason.label, lang) or reason.code.replace("_", " ")
    return PublicReason(code=reason.code, label=label, good=reason.good)


def in_language(texts: dict[str, str], lang: str) -> str:
    """The text in a language, else in English, else none."""
    return texts.get(lang) or texts.get("en") or ""


def _consent(session: Session, tenant_id: str, lang: str) -> str:
    """The maker's own note on surveys, else ours."""
    try:
        return privacy.note_in_force(session, tenant_id, Purpose.SURVEY, lang).text
    except NotFound:
        return t("survey.consent", lang, company=maker_name(session, tenant_id))


def _state(row: SurveyInvitation, answer: SurveyAnswer | None, at: datetime) -> str:
    if answer is not None:
        return "answered" if at <= policy.changeable_until(answer.answered_at) else "closed"
    over = row.expires_at is not None and at >= row.expires_at
    return "expired" if over or row.state != SurveyState.SENT else "open"


def stopped(session: Session, row: SurveyInvitation) -> bool:
    """Whether the person said to want no surveys."""
    if row.contact_id is None:
        return False
    actor = system_actor(row.tenant_id)
    said = privacy.last_consent(session, actor, row.contact_id, Purpose.SURVEY)
    return said is not None and not said.given
