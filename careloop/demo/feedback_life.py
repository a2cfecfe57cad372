"""What the demo company's customers said over the past year, and whom it owes a call.

Surveys of the past are written row by row, as they were sent and answered: they wake nobody. The
newest go through the same acts as anybody's.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.feedback import callback_queries, callbacks, inviting, policy, service
from careloop.crm_core.feedback.models import SurveyAnswer, SurveyInvitation, SurveyState
from careloop.crm_core.feedback.schemas import (
    AnswerSurvey,
    FinishCallback,
    PostponeCallback,
    PutSettings,
    SurveyFacts,
)  # fmt: skip
from careloop.crm_core.tickets import list_queries
from careloop.crm_core.tickets.models import Ticket
from careloop.demo.seeding import stream
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.db import now
from careloop.kit.ids import new_id

YEAR = timedelta(days=365)
SENT_SHARE, ANSWERED_SHARE = 1.0, 0.62
FRESH = timedelta(days=300)
"""Tickets ended since then are asked about by the acts themselves."""
LATE_DAYS = 6
"""A repair that took longer makes people less happy."""
_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {
        "good": ("工程师很专业，解决得快", "响应及时，谢谢", "沟通清楚，设备恢复正常"),
        "fair": ("问题解决了，就是等备件久了点", "还可以", "希望下次提前通知到达时间"),
        "bad": ("来了两次才修好，耽误了好几天实验，很失望", "催了好多次才有人回复，非常不满意"),
    },
    "en": {
        "good": ("Quick and very competent", "The engineer explained everything, thank you"),
        "fair": ("Solved, but the part took its time", "Fine"),
        "bad": ("Two visits and a lost week. This is not acceptable", "Nobody told us anything"),
    },
    "de": {
        "good": ("Schnell und fachkundig, danke", "Sehr freundlicher Techniker"),
        "fair": ("Erledigt, aber das Ersatzteil kam spät",),
        "bad": ("Zwei Besuche nötig, das Labor stand eine Woche still. Sehr ärgerlich",),
    },
    "es": {
        "good": ("Muy rápido y profesional", "Todo bien, gracias"),
        "fair": ("Resuelto, aunque el repuesto tardó",),
        "bad": ("Muy mal servicio, tuvimos que llamar tres veces",),
    },
    "fr": {
        "good": ("Rapide et compétent, merci",),
        "fair": ("Réparé, mais la pièce a tardé",),
        "bad": ("Deux visites pour rien, très déçus",),
    },
}  # fmt: skip
_REASONS = {"good": ("fast", "skilled", "friendly"), "fair": ("slow",),
            "bad": ("slow", "repeated", "not_solved", "communication")}  # fmt: skip
_MOODS = {"good": 1, "fair": 0, "bad": -2}


def enact(session: Session, actor: Actor) -> None:
    """Settings, a year of surveys and answers, call-backs: made, postponed and open."""
    rng = stream("feedback")
    facts = policy.usual().model_copy(
        update={"active": True, "quiet_days": 14, "intro": {
            "zh": "您的反馈会直接送到服务经理手中。",
            "en": "Your answer goes straight to our service manager."}}
    )  # fmt: skip
    service.put_settings(session, actor, PutSettings(**facts.model_dump()))
    at = now(session)
    wanted = list_queries.TicketFilter(states=["closed", "resolved"])
    rows, _ = list_queries.page(session, actor, wanted, "newest", None, 5_000)
    asked: dict[str, datetime] = {}
    for ticket in sorted(rows, key=_ended):
        ended = _ended(ticket)
        if ended < at - YEAR or not ticket.contact_id or ticket.type not in facts.types:
            continue
        last = asked.get(ticket.contact_id)
        quiet = last is not None and ended - last < timedelta(days=facts.quiet_days)
        if quiet or rng.random() > SENT_SHARE:
            continue
        asked[ticket.contact_id] = ended
        _ask(session, actor, rng, facts, ticket, at)
    session.flush()
    _work_off(session, actor, rng)
    session.flush()


def _ended(ticket: Ticket) -> datetime:
    return ticket.closed_at or ticket.resolved_at or ticket.updated_at


def _ask(
    session: Session, actor: Actor, rng: Random, facts: SurveyFacts, ticket: Ticket, at: datetime
) -> None:
    """One survey, sent an hour after the end; what was answered, if anything."""
    sent = min(_ended(ticket) + timedelta(hours=1), at)
    row = inviting.invite(session, ticket, inviting.CLOSED, facts)
    if row is None:
        return
    digest = hashlib.sha256(f"demo-survey-{row.id}".encode()).hexdigest()
    way = "chat" if ticket.conversation_id else "mail"
    service.sent(session, row, way, digest, facts.expiry_days)
    said = _said(rng, ticket, facts)
    answered = sent + timedelta(hours=rng.uniform(0.5, 70))
    silent = rng.random() > ANSWERED_SHARE or answered > at
    if not silent and sent >= at - FRESH:
        command = said.model_copy(update={"token_hash": digest})
        answer = service.answer(session, actor.tenant_id, command)
        answer.answered_at = answer.created_at = answered
        answer.month = policy.month_of(sent)
    row.send_at = row.sent_at = row.created_at = sent
    row.month, row.expires_at = policy.month_of(sent), sent + timedelta(days=facts.expiry_days)
    if silent:
        row.state = SurveyState.EXPIRED if row.expires_at <= at else SurveyState.SENT
        return
    row.opened_at = answered - timedelta(minutes=2)
    if row.state != SurveyState.ANSWERED:
        _write_past(session, row, said, facts, answered)


def _write_past(
    session: Session, row: SurveyInvitation, said: AnswerSurvey, facts: SurveyFacts,
    answered: datetime,
) -> None:  # fmt: skip
    session.add(
        SurveyAnswer(
            tenant_id=row.tenant_id, id=new_id(), invitation_id=row.id, ticket_id=row.ticket_id,
            ticket=row.ticket, contact_id=row.contact_id, customer_id=row.customer_id,
            csat=said.csat, nps=said.nps, comment=said.comment, reasons=said.reasons,
            language=said.lang, channel=row.channel, engineer=row.engineer, model=row.model,
            month=row.month, answered_at=answered, created_at=answered, updated_at=answered,
            mood=said.mood if said.comment else None,
            low=policy.is_low(facts, said.csat, said.nps), case="", version=1,
        )
    )  # fmt: skip
    row.state = SurveyState.ANSWERED


def _said(rng: Random, ticket: Ticket, facts: SurveyFacts) -> AnswerSurvey:
    """What a customer says depends on how often somebody came and how long it took."""
    days = (_ended(ticket) - ticket.created_at) / timedelta(days=1)
    visits = int(ticket.diagnosis.get("visits") or 0)
    pain = 0.35 * max(0, visits - 1) + 0.12 * max(0.0, days - LATE_DAYS) / LATE_DAYS
    pain += 0.5 if ticket.durable is False else 0.0
    mood = 4.3 - 2.1 * pain + rng.gauss(0, 1.05)
    csat = max(1, min(5, round(mood)))
    nps = max(0, min(10, round(2 * mood + rng.gauss(0, 0.8))))
    how = "good" if csat >= 4 else "fair" if csat == 3 else "bad"
    lang = policy.spoken(facts, ticket.language)
    comment = (
        rng.choice(_WORDS[lang][how]) if rng.random() < (0.9 if how == "bad" else 0.45) else ""
    )
    reasons = rng.sample(_REASONS[how], k=min(len(_REASONS[how]), rng.choice((1, 1, 2))))
    return AnswerSurvey(
        token_hash="0" * 64, csat=csat, nps=nps, comment=comment, reasons=reasons, lang=lang,
        mood=_MOODS[how],
    )  # fmt: skip


def _work_off(session: Session, actor: Actor, rng: Random) -> None:
    """Some of the call-backs were made, one was put off; the rest is open, one of them late."""
    people = [user for user in accounts.users(session, actor) if user.role == Role.AGENT]
    wanted = callback_queries.CallbackFilter(states=["open"])
    rows, _ = callback_queries.callbacks(session, actor, wanted, None, 50)
    at = now(session)
    for index, row in enumerate(sorted(rows, key=lambda one: one.ticket)):
        user = people[index % len(people)] if people else None
        row.owner_id = user.id if user else None
        row.due_at = row.first_due_at = at + timedelta(hours=6 * index - 8)
        caller = staff_actor(actor.tenant_id, Role.AGENT, user.id, user.name) if user else actor
        if index % 3 == 2:
            note = "已致电，客户接受解释，下周由同一工程师回访一次。"
            done = FinishCallback(task_id=row.id, outcome="settled", note=note)
            callbacks.finish_callback(session, caller, done)
        elif index % 4 == 3:
            later = PostponeCallback(
                task_id=row.id,
                due_at=at + timedelta(days=1, hours=index),
                note="客户在开会，明天再打",
            )
            callbacks.postpone_callback(session, caller, later)
