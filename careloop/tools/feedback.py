"""Tools over feedback: surveys, their answers, call-backs."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.conversations import telling
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.models import Contact
from careloop.crm_core.feedback import inviting, policy, queries, service
from careloop.crm_core.feedback.errors import SurveyNotSent
from careloop.crm_core.feedback.models import SurveyInvitation, SurveyState
from careloop.crm_core.feedback.schemas import (
    AnswerSurvey,
    AskForTicket,
    ChangeCallback,
    CreateCallback,
    FinishCallback,
    MailFailed,
    OpenSurvey,
    PickCallback,
    PickSurvey,
    PostponeCallback,
    PutSettings,
    SendSurvey,
    StopAsking,
    SurveyFacts,
)  # fmt: skip
from careloop.crm_core.feedback.views import CallbackView, PublicSurvey, SettingsView, SurveyView
from careloop.crm_core.privacy import queries as privacy
from careloop.crm_core.privacy import service as privacy_service
from careloop.crm_core.privacy.models import Purpose
from careloop.crm_core.privacy.schemas import RecordConsent
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import OPEN_STATES, Ticket
from careloop.kit.actor import Actor, system_actor
from careloop.kit.errors import Forbidden, NotFound
from careloop.tools.feedback_views import callback_page
from careloop.tools.spec import Done, Effect, tool
from careloop.tools.survey_texts import chat_text, mail_texts, maker_name, page_of, stopped

WRITE = "feedback:write"
ANSWER = "feedback:answer"
"""Held by whoever has the secret of a survey, and by nobody else."""
EXPIRED_AT_ONCE = 500


class Outgoing(BaseModel):
    """What became of a survey that was to be sent. `mail_*` are for the caller to send."""

    survey: SurveyView
    mail_to: str = ""
    mail_name: str = ""
    mail_subject: str = ""
    mail_text: str = ""


class AskNow(AskForTicket):
    """Ask about a ticket now; the hash is of the secret that the caller keeps."""


class SendByHand(SendSurvey):
    """Send a survey that a person asked for."""

    way: str = Field("auto", pattern="^(auto|chat|mail|link)$", description="By which way.")


class ExpireSurveys(BaseModel):
    """End the surveys whose time is over."""


class Expired(BaseModel):
    """How many surveys have ended."""

    expired: int


@tool("feedback.put_settings", effect=Effect.WRITE, scope="settings:write")
def put_settings(session: Session, actor: Actor, command: PutSettings) -> SettingsView:
    """Say when customers are asked, what, and what follows a low score."""
    return service.put_settings(session, actor, command)


@tool("feedback.ask", effect=Effect.WRITE, scope=WRITE)
def ask(session: Session, actor: Actor, command: AskNow) -> SurveyView:
    """Make a survey of a ticket by hand."""
    return queries.survey_view(service.ask(session, actor, command))


@tool("feedback.send_by_hand", effect=Effect.WRITE, scope=WRITE)
def send_by_hand(session: Session, actor: Actor, command: SendByHand) -> Outgoing:
    """Send a survey that a person asked for; the quiet period does not bind a person."""
    row = queries.survey(session, actor, command.survey_id, lock=True)
    if row.state not in {SurveyState.WAITING, SurveyState.SENT, SurveyState.HELD}:
        raise SurveyNotSent(row.state, f"This survey is {row.state} already")
    facts = queries.facts(session, actor.tenant_id)
    if stopped(session, row):
        raise SurveyNotSent("opted_out", policy.HELD["opted_out"])
    ways = ["chat", "mail"] if command.way == "auto" else [command.way]
    if row.state == SurveyState.SENT and command.way != "link":
        raise SurveyNotSent("sent", "The survey went out already; copy its link instead")
    return _send(session, row, facts, command, ways, by_hand=True)


@tool("feedback.send", effect=Effect.WRITE, scope=WRITE)
def send(session: Session, actor: Actor, command: SendSurvey) -> Outgoing:
    """Send a survey that is due, once, or say why not."""
    row = queries.survey(session, actor, command.survey_id, lock=True)
    if row.state != SurveyState.WAITING:
        return Outgoing(survey=queries.survey_view(row))
    facts = queries.facts(session, actor.tenant_id)
    reason = _held(session, row, facts)
    if reason:
        service.hold(session, row, reason)
        return Outgoing(survey=queries.survey_view(row))
    return _send(session, row, facts, command, list(facts.ways), by_hand=False)


def _held(session: Session, row: SurveyInvitation, facts: SurveyFacts) -> str:
    """Why this survey may not go out; empty where it may."""
    if row.occasion != inviting.ASKED and not facts.active:
        return "off"
    if row.contact_id is None:
        return "no_contact"
    ticket = tickets.ticket_by_id(session, row.tenant_id, row.ticket_id)
    if row.occasion == inviting.CLOSED and ticket is not None and ticket.state in OPEN_STATES:
        return "reopened"
    if stopped(session, row):
        return "opted_out"
    if facts.needs_consent and not privacy.consent_given(
        session, row.tenant_id, row.contact_id, Purpose.SURVEY
    ):
        return "no_consent"
    at = row.send_at
    if queries.asked_lately(session, row.tenant_id, row.contact_id, at, facts.quiet_days, row.id):
        return "quiet"
    return ""


def _send(
    session: Session, row: SurveyInvitation, facts: SurveyFacts, command: SendSurvey,
    ways: list[str], by_hand: bool,
) -> Outgoing:  # fmt: skip
    ticket = tickets.ticket_by_id(session, row.tenant_id, row.ticket_id)
    contact = _contact(session, row)
    way = _way(session, ticket, contact, ways)
    if not way:
        if by_hand:
            raise SurveyNotSent("no_way", f"{policy.HELD['no_way']}; copy the link instead")
        service.hold(session, row, "no_way")
        return Outgoing(survey=queries.survey_view(row))
    maker = maker_name(session, row.tenant_id)
    service.sent(session, row, way, command.token_hash, facts.expiry_days)
    told = Outgoing(survey=queries.survey_view(row))
    if way == "chat" and ticket is not None and ticket.conversation_id:
        text = chat_text(maker, row.language, command.url)
        telling.tell(
            session, row.tenant_id, ticket.conversation_id, text, f"survey:{row.id}:{row.attempts}"
        )
    elif way == "mail" and contact is not None:
        subject, text = mail_texts(maker, row.language, row.ticket, contact.name, command.url)
        told.mail_to, told.mail_name = contact.email, contact.name
        told.mail_subject, told.mail_text = subject, text
    return told


def _contact(session: Session, row: SurveyInvitation) -> Contact | None:
    if row.contact_id is None:
        return None
    return customers.contacts_by_id(session, row.tenant_id, {row.contact_id}).get(row.contact_id)


def _way(session: Session, ticket: Ticket | None, contact: Contact | None, ways: list[str]) -> str:
    """The first way that reaches the person: the chat that the ticket came from, then mail."""
    if "link" in ways:
        return "link"
    if "chat" in ways and ticket is not None and ticket.conversation_id:
        talk = conversations.by_id(session, ticket.tenant_id, ticket.conversation_id)
        if ticket.channel in {"", talk.channel} or "mail" not in ways:
            return "chat"
    return "mail" if "mail" in ways and contact is not None and contact.email else ""


@tool("feedback.mail_failed", effect=Effect.WRITE, scope=WRITE)
def mail_failed(session: Session, actor: Actor, command: MailFailed) -> SurveyView:
    """Note that the mail of a survey did not go out."""
    row = queries.survey(session, actor, command.survey_id, lock=True)
    service.mail_failed(session, row, command.again)
    return queries.survey_view(row)


@tool("feedback.cancel", effect=Effect.WRITE, scope=WRITE)
def cancel(session: Session, actor: Actor, command: PickSurvey) -> SurveyView:
    """Do not send a survey that waits."""
    row = queries.survey(session, actor, command.survey_id, lock=True)
    if row.state != SurveyState.WAITING:
        raise SurveyNotSent(row.state, f"This survey is {row.state} already")
    service.hold(session, row, "cancelled")
    return queries.survey_view(row)


@tool("feedback.expire", effect=Effect.WRITE, scope=WRITE)
def expire(session: Session, actor: Actor, command: ExpireSurveys) -> Expired:
    """End the surveys whose time is over."""
    return Expired(expired=service.expire(session, actor.tenant_id, EXPIRED_AT_ONCE))


@tool("feedback.open", effect=Effect.WRITE, scope=ANSWER, heartbeat=True)
def open_survey(session: Session, actor: Actor, command: OpenSurvey) -> Done:
    """Note that the page of a survey was looked at."""
    row = queries.by_token(session, command.token_hash, actor.tenant_id, lock=True)
    if row is None:
        raise NotFound("There is no such page")
    service.opened(session, row)
    return Done()


@tool("feedback.answer", effect=Effect.WRITE, scope=ANSWER)
def answer(session: Session, actor: Actor, command: AnswerSurvey) -> PublicSurvey:
    """Answer a survey, or change the answer within a day."""
    service.answer(session, actor.tenant_id, command)
    return _public(session, actor, command.token_hash, command.lang)


@tool("feedback.stop", effect=Effect.WRITE, scope=ANSWER)
def stop(session: Session, actor: Actor, command: StopAsking) -> PublicSurvey:
    """Say that one wants no more surveys, or may be asked again."""
    row = queries.by_token(session, command.token_hash, actor.tenant_id, lock=True)
    if row is None:
        raise NotFound("There is no such page")
    if row.contact_id is None:
        raise Forbidden("Nobody knows whose survey this is, so there is nothing to stop")
    if stopped(session, row) != command.stop:
        said = RecordConsent(
            contact_id=row.contact_id, purpose="survey", given=not command.stop, channel="survey",
            language=row.language, remark=f"page of survey {row.id}",
        )  # fmt: skip
        privacy_service.record_consent(session, system_actor(row.tenant_id), said)
    return _public(session, actor, command.token_hash, command.lang)


def _public(session: Session, actor: Actor, token_hash: str, lang: str) -> PublicSurvey:
    row = queries.by_token(session, token_hash, actor.tenant_id)
    if row is None:
        raise NotFound("There is no such page")
    return page_of(session, row, queries.facts(session, actor.tenant_id), lang)


@tool("feedback.create_callback", effect=Effect.WRITE, scope=WRITE)
def create_callback(session: Session, actor: Actor, command: CreateCallback) -> CallbackView:
    """Ask that a customer be called back."""
    return callback_page(session, actor, service.create_callback(session, actor, command))


@tool("feedback.finish_callback", effect=Effect.WRITE, scope=WRITE)
def finish_callback(session: Session, actor: Actor, command: FinishCallback) -> CallbackView:
    """Note what came of a call-back."""
    return callback_page(session, actor, service.finish_callback(session, actor, command))


@tool("feedback.postpone_callback", effect=Effect.WRITE, scope=WRITE)
def postpone_callback(session: Session, actor: Actor, command: PostponeCallback) -> CallbackView:
    """Call back later."""
    return callback_page(session, actor, service.postpone_callback(session, actor, command))


@tool("feedback.change_callback", effect=Effect.WRITE, scope=WRITE)
def change_callback(session: Session, actor: Actor, command: ChangeCallback) -> CallbackView:
    """Give a call-back to somebody else, or correct it."""
    return callback_page(session, actor, service.change_callback(session, actor, command))


@tool("feedback.remind", effect=Effect.WRITE, scope=WRITE)
def remind(session: Session, actor: Actor, command: PickCallback) -> CallbackView:
    """Tell whose call-back is due."""
    return callback_page(session, actor, service.remind(session, actor, command.task_id))
