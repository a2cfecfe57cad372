"""Writer of answers: one for each survey, changeable for a day."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.feedback import following_up, policy, queries
from careloop.crm_core.feedback.errors import SurveyClosed
from careloop.crm_core.feedback.events import FeedbackGiven
from careloop.crm_core.feedback.models import SurveyAnswer, SurveyInvitation, SurveyState
from careloop.crm_core.feedback.schemas import AnswerSurvey
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput, NotFound
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def answer(session: Session, tenant_id: str, command: AnswerSurvey) -> SurveyAnswer:
    """Store what the customer says, or change it within a day.

    The same again changes nothing. A low score opens what the settings say, once, also where it
    became low by the change. Raises `SurveyClosed` when it is too late.
    """
    row = queries.by_token(session, command.token_hash, tenant_id, lock=True)
    if row is None:
        raise NotFound("There is no such page")
    facts = queries.facts(session, tenant_id)
    known = queries.answer_of(session, tenant_id, row.id, lock=True)
    _check(session, row, known)
    offered = {reason.code for reason in facts.reasons}
    if strange := [code for code in command.reasons if code not in offered]:
        raise InvalidInput(
            "Reload the page; a reason is gone", reasons=f"not offered: {strange[0]}"
        )
    at = now(session)
    said = {
        "csat": command.csat if facts.ask_csat else None,
        "nps": command.nps if facts.ask_nps else None,
        "comment": command.comment if facts.ask_comment else "",
        "reasons": list(dict.fromkeys(command.reasons)),
    }
    if said["csat"] is None and said["nps"] is None:
        raise InvalidInput("Choose a score first", csat="is needed")
    if known is not None and all(getattr(known, name) == value for name, value in said.items()):
        return known
    if known is None:
        known = _new(row)
        known.answered_at = known.created_at = known.updated_at = at
        session.add(known)
        row.state = SurveyState.ANSWERED
        row.touch(at)
    else:
        known.changed_at = at
        known.touch(at)
    for name, value in said.items():
        setattr(known, name, value)
    known.language = policy.spoken(facts, command.lang, row.language)
    known.mood = command.mood if known.comment else None
    known.low = policy.is_low(facts, known.csat, known.nps)
    session.flush()
    if known.low:
        following_up.after_low(session, known, facts)
    emit(
        session,
        FeedbackGiven(tenant_id, known.id, known.ticket, known.csat, known.nps, known.low, at),
    )
    return known


def _check(session: Session, row: SurveyInvitation, known: SurveyAnswer | None) -> None:
    at = now(session)
    if known is not None:
        if at > policy.changeable_until(known.answered_at):
            raise SurveyClosed("Thank you; this answer can no longer be changed")
        return
    if row.state != SurveyState.SENT or (row.expires_at is not None and at >= row.expires_at):
        raise SurveyClosed("This survey is over")


def _new(row: SurveyInvitation) -> SurveyAnswer:
    return SurveyAnswer(
        tenant_id=row.tenant_id, id=new_id(), invitation_id=row.id, ticket_id=row.ticket_id,
        ticket=row.ticket, contact_id=row.contact_id, customer_id=row.customer_id,
        channel=row.channel, engineer=row.engineer, model=row.model, month=row.month, case="",
        version=1,
    )  # fmt: skip
