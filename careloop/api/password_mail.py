"""Sends links to choose a password: a durable job writes the secret and the mail, never the act
that asked for it. So no secret lies in a job's payload, and nobody waits for a mail server."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import password_links
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts.events import PasswordLinkAsked
from careloop.crm_core.accounts.schemas import PasswordLinkView
from careloop.kit.db import Database
from careloop.kit.errors import Unavailable
from careloop.kit.jobs import Jobs
from careloop.kit.mail import Mail, Mailer
from careloop.kit.text import t

PASSWORD_LINK = "mail.password_link"  # noqa: S105 - a kind of job
TRIES = 3
WAIT_SECONDS = 5.0
PAGE = "/desk/set-password"


class PasswordMails:
    """Makes and sends the mails; `follow` queues a job for each link that somebody asks for."""

    def __init__(
        self, database: Database, mailer: Mailer, public_url: str,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._database, self._mailer = database, mailer
        self._public_url, self._sleep = public_url, sleep

    def follow(self, jobs: Jobs) -> None:
        """Queue a mail in the transaction of the act that asks for a link."""

        def queue(session: Session, event: PasswordLinkAsked) -> None:
            jobs.submit(session, event.tenant_id, PASSWORD_LINK, {"link": event.link_id})

        self._database.bus.on(PasswordLinkAsked, queue)

    def errand(self, tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send one; run twice, it sends a new link and ends the former.

        A server that does not answer is asked again, `TRIES` times in all.
        """
        with self._database.write(tenant_id) as session:
            issued = password_links.issue(session, tenant_id, str(payload["link"]))
            company = accounts.tenant(session, tenant_id)
            name = str(company.profile.get("display_name") or company.name)
        if issued is None:
            return {"sent": 0}
        view, secret = issued
        mail = letter(view, link_address(self._public_url, secret), name)
        for attempt in range(1, TRIES + 1):
            try:
                self._mailer.send(mail)
                return {"sent": 1}
            except Unavailable:
                if attempt == TRIES:
                    raise
                self._sleep(WAIT_SECONDS * attempt)
        return {"sent": 0}


def link_address(public_url: str, secret: str) -> str:
    """The page to choose a password; the secret stands behind `#`, so no server logs it."""
    return f"{public_url}{PAGE}#{secret}"


def letter(view: PasswordLinkView, url: str, company: str) -> Mail:
    """The mail in the user's language."""
    invited = view.purpose == password_links.INVITE
    values = {"name": view.name, "company": company, "url": url, "email": view.email}
    return Mail(
        to=view.email, to_name=view.name,
        subject=t("mail.invite.subject" if invited else "mail.reset.subject", view.language,
                  company=company),
        text=t("mail.invite.text" if invited else "mail.reset.text", view.language, **values),
    )  # fmt: skip
