"""Surveys go out: each by an act of its own that claims it first, so that none goes out twice.

The secret is made out of the survey's id by the house's key, and stored nowhere but in the message
to the customer. A process that dies between the claim and the mail server has sent nothing; such a
survey is not sent again.
"""

from __future__ import annotations

import structlog
from sqlalchemy.exc import SQLAlchemyError

from careloop.api.bootstrap import Services
from careloop.crm_core.assets.codes import token_hash
from careloop.crm_core.feedback import callback_queries, queries
from careloop.crm_core.feedback.schemas import MailFailed
from careloop.crm_core.feedback.views import AskedSurvey, SurveyView
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import CareloopError, InvalidInput, Misconfigured, Unavailable
from careloop.kit.mail import Mail, MailRefused
from careloop.tools.feedback import Outgoing

log = structlog.get_logger(__name__)
AT_ONCE = 100
PATH = "/r/"


def secret_of(services: Services, survey_id: str) -> str:
    """The secret of a survey; the same each time."""
    return services.signer.sign(f"/r/{survey_id}", 0, "survey")


def address_of(services: Services, survey_id: str) -> str:
    """The address that opens a survey."""
    return f"{services.settings.public_url}{PATH}{secret_of(services, survey_id)}"


def deliver_by_hand(services: Services, actor: Actor, view: SurveyView, way: str) -> AskedSurvey:
    """Send a survey that a person asked for, or give its address to be copied."""
    secret = secret_of(services, view.id)
    url = address_of(services, view.id)
    told = Outgoing.model_validate(
        services.runtime.invoke(
            actor, "feedback.send_by_hand",
            {"survey_id": view.id, "token_hash": token_hash(secret), "url": url, "way": way},
        )
    )  # fmt: skip
    if told.mail_to:
        problem = _mail(services, told)
        if problem is not None:
            _note_failure(services, actor, view.id, again=False)
            raise problem
    return AskedSurvey(survey=told.survey, secret=url if told.survey.way == "link" else "")


def send_due(services: Services) -> int:
    """Send what is due, of every maker; how many went out."""
    at = services.clock.now()
    with services.database.read(EVERY_TENANT) as session:
        due = [(row.tenant_id, row.id) for row in queries.to_send(session, at, AT_ONCE)]
    return sum(_send_one(services, tenant_id, survey_id) for tenant_id, survey_id in due)


def _send_one(services: Services, tenant_id: str, survey_id: str) -> int:
    actor = system_actor(tenant_id)
    command = {
        "survey_id": survey_id, "token_hash": token_hash(secret_of(services, survey_id)),
        "url": address_of(services, survey_id),
    }  # fmt: skip
    try:
        told = Outgoing.model_validate(services.runtime.invoke(actor, "feedback.send", command))
    except (CareloopError, SQLAlchemyError):
        log.exception("survey_not_sent", tenant=tenant_id, survey=survey_id)
        return 0
    if not told.mail_to:
        return int(told.survey.state == "sent")
    problem = _mail(services, told)
    if problem is None:
        return 1
    log.warning("survey_mail_failed", survey=survey_id, problem=problem.message)
    _note_failure(services, actor, survey_id, again=not isinstance(problem, MailRefused))
    return 0


def _mail(services: Services, told: Outgoing) -> CareloopError | None:
    """Hand the mail over; what went wrong, or None."""
    mail = Mail(
        to=told.mail_to, to_name=told.mail_name, subject=told.mail_subject, text=told.mail_text
    )
    try:
        services.mailer.send(mail)
    except (MailRefused, Unavailable, Misconfigured, InvalidInput) as problem:
        return problem
    return None


def _note_failure(services: Services, actor: Actor, survey_id: str, again: bool) -> None:
    failed = MailFailed(survey_id=survey_id, again=again)
    services.runtime.invoke(actor, "feedback.mail_failed", failed)


def expire_old(services: Services) -> None:
    """End surveys whose time is over, of every maker."""
    at = services.clock.now()
    with services.database.read(EVERY_TENANT) as session:
        tenants = {row.tenant_id for row in queries.overdue(session, at, AT_ONCE)}
    for tenant_id in sorted(tenants):
        services.runtime.invoke(system_actor(tenant_id), "feedback.expire", {})


def remind_owners(services: Services) -> None:
    """Tell owners of call-backs that are due."""
    at = services.clock.now()
    with services.database.read(EVERY_TENANT) as session:
        due = [(row.tenant_id, row.id) for row in callback_queries.to_remind(session, at, AT_ONCE)]
    for tenant_id, task_id in due:
        services.runtime.invoke(system_actor(tenant_id), "feedback.remind", {"task_id": task_id})


def sweep(services: Services) -> int:
    """One pass over the surveys and call-backs of every maker."""
    sent = send_due(services)
    expire_old(services)
    remind_owners(services)
    return sent
