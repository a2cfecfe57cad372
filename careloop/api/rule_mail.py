"""Sends the mails that rules wrote: a durable job for each."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.rules import mails, queries
from careloop.crm_core.rules.events import RuleMailWritten
from careloop.kit.db import Database
from careloop.kit.errors import InvalidInput, Unavailable
from careloop.kit.jobs import Jobs
from careloop.kit.mail import Mail, Mailer, MailRefused

RULE_MAIL = "mail.rule"
TRIES = 3
WAIT_SECONDS = 5.0


class RuleMails:
    """Sends them; `follow` queues a job for each in the act that wrote it."""

    def __init__(
        self, database: Database, mailer: Mailer, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._database, self._mailer, self._sleep = database, mailer, sleep

    def follow(self, jobs: Jobs) -> None:
        def queue(session: Session, event: RuleMailWritten) -> None:
            jobs.submit(session, event.tenant_id, RULE_MAIL, {"mail": event.mail_id})

        self._database.bus.on(RuleMailWritten, queue)

    def errand(self, tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send one, unless it went out already; a server that does not answer is asked again."""
        mail_id = str(payload["mail"])
        with self._database.read(tenant_id) as session:
            row = queries.mail(session, tenant_id, mail_id)
            if row is None or row.state != "waiting":
                return {"sent": 0}
            mail = Mail(to=row.to, to_name=row.to_name, subject=row.subject, text=row.text)
        state = self._send(mail)
        with self._database.write(tenant_id) as session:
            mails.settle(session, tenant_id, mail_id, state)
        return {"sent": int(state == "sent")}

    def _send(self, mail: Mail) -> str:
        for attempt in range(1, TRIES + 1):
            try:
                self._mailer.send(mail)
                return "sent"
            except (MailRefused, InvalidInput):
                return "refused"
            except Unavailable:
                if attempt == TRIES:
                    raise
                self._sleep(WAIT_SECONDS * attempt)
        return "refused"
