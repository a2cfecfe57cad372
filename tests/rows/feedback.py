"""A survey, its answer and the call-back that followed, and settings."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.feedback import callback_queries, queries, service
from careloop.crm_core.feedback.callback_queries import CallbackFilter
from careloop.crm_core.feedback.policy import usual
from careloop.crm_core.feedback.queries import FeedbackFilter
from careloop.crm_core.feedback.schemas import AnswerSurvey, AskForTicket, PutSettings
from careloop.kit.actor import Actor

BODIES = {
    ("PUT", "/v1/feedback/settings"): {},
    ("POST", "/v1/feedback/settings/preview"): {},
    ("POST", "/v1/tickets/{number}/survey"): {"way": "link"},
}


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    tag = ids["tag"]
    secret = f"secret-{tag}"
    digest = hashlib.sha256(secret.encode()).hexdigest()
    service.put_settings(session, actor, PutSettings(**usual().model_dump()))
    survey = service.ask(session, actor, AskForTicket(number=ids["number"]))
    service.sent(session, survey, "link", digest, 20)
    said = AnswerSurvey(token_hash=digest, csat=1, comment=f"Bad {tag}", mood=-1)
    answer = service.answer(session, actor.tenant_id, said)
    task = callback_queries.of_answer(session, actor.tenant_id, answer.id)
    assert task is not None
    session.flush()
    return {
        "survey_id": survey.id, "feedback_id": answer.id, "task_id": task.id,
        "survey_token": secret,
        "token_hash": digest, "invitation_id": survey.id, "answer_id": answer.id,
        "answer_ids": [answer.id], "occasion": "asked", "days": 30, "but": "",
        "wanted_answers": FeedbackFilter(q=tag), "wanted_callbacks": CallbackFilter(),
        "facts": queries.facts(session, actor.tenant_id),
    }  # fmt: skip
