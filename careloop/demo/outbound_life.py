"""What left the demo company in the last days: a webhook that was given up, a sync with the ERP.

Nothing here speaks to anybody: what the others answered is written down as the sender would. The
endpoint is disabled and the connector runs on demand alone, so no server of the demo ever calls
the made-up addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.models import Customer
from careloop.crm_core.customers.registering import CustomerChanges, change_customer
from careloop.crm_core.outbound import sending, service
from careloop.crm_core.outbound.connectors import linking, running
from careloop.crm_core.outbound.connectors import service as connectors
from careloop.crm_core.outbound.connectors.example import EXAMPLE
from careloop.crm_core.outbound.connectors.models import Connector
from careloop.crm_core.outbound.connectors.schemas import (
    AddConnector,
    AskRun,
    EndRun,
    NewLine,
    NoteProblem,
    Settled,
    SettleRecord,
)  # fmt: skip
from careloop.crm_core.outbound.models import WebhookEndpoint
from careloop.crm_core.outbound.outbox import tell
from careloop.crm_core.outbound.schemas import AddEndpoint, ClaimDeliveries, NoteAttempt
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import FixedClock, iso
from careloop.kit.db import now

TOLD = 14
LINKED = 12
RUNNER = "demo"


def enact(session: Session, actor: Actor) -> None:
    """Play both, as they went in the days before now."""
    today = now(session)
    _webhook(session, actor, today)
    _erp(session, actor, today)


def _webhook(session: Session, actor: Actor, today: datetime) -> None:
    begun = today - timedelta(days=6)
    with _at(session, begun):
        endpoint = service.add_endpoint(
            session, actor,
            AddEndpoint(
                url="https://bridge.yaopu-portal.example/careloop",
                events=["ticket.*", "work_order.finished", "sla.breached"],
                description="经销商门户：工单进度同步",
            ),
        )  # fmt: skip
    numbers = [row.number for row in tickets.tickets(session, actor)][:TOLD]
    for n, number in enumerate(numbers):
        with _at(session, begun + timedelta(hours=9 * n)):
            kind = ("ticket.opened", "ticket.moved", "sla.breached")[n % 3]
            tell(session, actor.tenant_id, kind, "ticket", number, _CHANGES[kind])
            status = 500 if n == 4 else 429 if n == 8 else 200
            _sent(session, actor, endpoint, status, 140 + 17 * n)
        if status != 200:
            with _at(session, begun + timedelta(hours=9 * n + 1)):
                _sent(session, actor, endpoint, 200, 210)
    with _at(session, today - timedelta(hours=5)):
        for number in numbers[:2]:
            change = _CHANGES["ticket.moved"]
            tell(session, actor.tenant_id, "ticket.moved", "ticket", number, change)
        _sent(session, actor, endpoint, 410, 95, together=1)


_CHANGES: dict[str, dict[str, Any]] = {
    "ticket.opened": {},
    "ticket.moved": {"before": "assigned", "after": "in_progress"},
    "sla.breached": {"clock": "arrive"},
}
_SAID = {
    200: '{"ok":true}', 429: '{"error":"too many requests"}',
    500: "<html><body>Internal Server Error</body></html>", 410: '{"error":"this hook is gone"}',
}  # fmt: skip


def _sent(
    session: Session, actor: Actor, endpoint: WebhookEndpoint, status: int, took: int,
    together: int = 10,
) -> None:  # fmt: skip
    """Send what is due to the endpoint, and write down that answer."""
    asked = ClaimDeliveries(endpoint_id=endpoint.id, together=together)
    for letter in sending.claim(session, actor, asked).deliveries:
        note = NoteAttempt(
            delivery_id=letter.delivery_id, attempt=letter.attempt, status=status,
            answer=_SAID[status], duration_ms=took,
        )  # fmt: skip
        sending.note_attempt(session, actor, note)


def _erp(session: Session, actor: Actor, today: datetime) -> None:
    with _at(session, today - timedelta(days=3)):
        row = connectors.add_connector(
            session, actor,
            AddConnector(
                name="erp", title="ERP 客户主数据", base_url="https://erp.yaopu.example/api",
                mapping=EXAMPLE,
            ),
        )  # fmt: skip
    erp = system_actor(actor.tenant_id, row.name)
    found = customers.customers(session, actor, limit=LINKED)
    # What the books say today is what they say after the play; it begins a little differently.
    today_names = [(one.name, one.city) for one in found[:3]]
    with _at(session, today - timedelta(days=2)):
        for one, (name, city) in zip(found, today_names, strict=False):
            before = CustomerChanges(customer_id=one.id, name=f"{name}（筹）", city=f"{city}市")
            change_customer(session, actor, before)
        known = today - timedelta(days=20)
        lines = [_line(_settle(session, erp, row, one, known)) for one in found]
        _run(session, erp, row, lines, {"linked": len(found)})
    with _at(session, today - timedelta(hours=3)):
        lines = _disagree(session, actor, erp, row, found, today_names, today)
        note = {
            "connector_id": row.id, "object": "contacts", "side": "theirs", "record_id": "P-2207",
            "message": "customer: A-9917 of theirs is not linked yet; it is tried again",
        }  # fmt: skip
        running.note_problem(session, erp, NoteProblem.model_validate(note))
        counters = {"same": max(len(found) - 3, 0), "updated": 1, "conflict": 2}
        _run(session, erp, row, lines, counters)


def _disagree(
    session: Session, actor: Actor, erp: Actor, row: Connector, found: list[Customer],
    names: list[tuple[str, str]], today: datetime,
) -> list[NewLine]:  # fmt: skip
    """One customer that they changed alone, and two that both sides changed."""
    lines = []
    for n, (customer, (name, city)) in enumerate(zip(found, names, strict=False)):
        theirs: dict[str, Any] = {"name": name, "address": {"city": city}}
        if n:
            change = CustomerChanges(customer_id=customer.id, name=name, city=city)
            change_customer(session, actor, change)
            theirs = {"name": f"{name}（集团）"}
        if n == 2:
            theirs["address"] = {"city": f"{city}高新区"}
        document = {**_document(customer), **theirs}
        changed = today - timedelta(hours=4)
        lines.append(_line(_settle(session, erp, row, customer, changed, document)))
    return lines


def _settle(
    session: Session, erp: Actor, row: Connector, customer: Customer, changed: datetime,
    document: dict[str, Any] | None = None,
) -> tuple[Settled, str]:  # fmt: skip
    their_id = f"A-{customer.number.removeprefix('C-')}"
    command = SettleRecord.model_validate(
        {
            "connector_id": row.id, "object": "customers",
            "record": {
                "id": their_id, "version": iso(changed), "updated": iso(changed),
                "values": document or _document(customer),
            },
        }
    )  # fmt: skip
    return linking.settle(session, erp, command), their_id


def _document(customer: Customer) -> dict[str, Any]:
    """The customer as the ERP writes it."""
    return {
        "account_no": customer.number, "name": customer.name, "country": customer.country,
        "address": {"city": customer.city, "street": customer.address},
    }  # fmt: skip


def _line(found: tuple[Settled, str]) -> NewLine:
    settled, their_id = found
    return NewLine(
        object="customers", our_id=settled.our_id, their_id=their_id, did=settled.did,
        detail={
            "title": settled.title, "changed": settled.changed, "conflicts": settled.conflicts,
        },
    )  # fmt: skip


def _run(
    session: Session, erp: Actor, row: Connector, lines: list[NewLine], counters: dict[str, int]
) -> None:
    taken = running.take(session, erp, AskRun(connector_id=row.id, runner=RUNNER))
    end = EndRun(
        connector_id=row.id, connector_run_id=taken.connector_run_id, runner=RUNNER, state="done",
        counters={"customers": counters}, lines=lines,
    )  # fmt: skip
    running.end(session, erp, end)


@contextmanager
def _at(session: Session, moment: datetime) -> Iterator[None]:
    """The books' clock stands at that moment."""
    clock = session.info.get("clock")
    session.info["clock"] = FixedClock(moment)
    try:
        yield
    finally:
        session.info["clock"] = clock
