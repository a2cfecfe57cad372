"""Two faults with evidence, a link, a merge and a waiting ticket."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.faults import finding_queries, queries, service
from careloop.crm_core.faults.queries import FaultFilter
from careloop.crm_core.faults.schemas import (
    LinkFault,
    MergeFaults,
    Slot,
    Slots,
    StoreFault,
    StoreFinding,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor
from careloop.kit.db import now

LATER = ("two", "theirs")
"""Makers whose fault gets a number that the other maker has not given."""
TELLING = {"text": "Pump seal", "lang": "en"}
BODIES = {
    ("POST", "/v1/faults"): {"component": TELLING},
    ("POST", "/v1/work-orders/{work_order}/findings"): {"component": TELLING},
}


def said(text: str) -> Slot:
    return Slot(text=text, lang="en", concepts=[f"c-{text.split()[0]}"], same=f"t:{text}")


def told(tag: str, what: str) -> Slots:
    return Slots(component=said(f"{what} {tag}"), remedy=said(f"replace {what} {tag}"))


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    tag = ids["tag"]
    names = [f"seal {number}" for number in range(4 if tag in LATER else 2)]
    rows = [
        service.create_fault(
            session, actor,
            StoreFault(**dict(told(tag, name).items()), models=[ids["model"]],
                       error_codes=[f"E-{tag}"], note=f"Note {tag}"),
        )
        for name in names
    ]  # fmt: skip
    one, other = rows[-2:]
    ticket = tickets.ticket(session, actor, ids["number"])
    finding = service.record(
        session, actor,
        StoreFinding(
            **dict(told(tag, names[-1]).items()), ticket_id=ticket.id, ticket=ticket.number,
            work_order=ids.get("work_order", f"WO-{tag}"), origin="engineer", model=ids["model"],
            parts={ids["part"]: 1}, minutes=30, fault=other.number, happened_at=now(session),
            command_id=f"finding-{tag}",
        ),
    )  # fmt: skip
    link = LinkFault(number=other.number, kind="part", target=ids["part"], title=f"Part {tag}")
    service.link_fault(session, actor, link)
    service.wait(session, actor.tenant_id, ticket.id, ticket.number, now(session))
    twin = service.create_fault(session, actor, StoreFault(**dict(told(tag, "twin").items())))
    merge = MergeFaults(number=twin.number, into=other.number, reason=f"Same {tag}")
    service.merge_faults(session, actor, merge)
    session.flush()
    assert finding_queries.case(session, actor.tenant_id, ticket.id)
    links = queries.links(session, other)
    return {
        "fault": other.number, "fault_id": other.id, "fault_ids": [one.id, other.id],
        "one": one.number, "other": other.number, "finding_id": finding.id, "into": one.number,
        "link_id": links[0].id, "signature": other.signature, "ticket_id": ticket.id,
        "wanted": FaultFilter(q=tag), "outcome": "", "command_id": f"finding-{tag}",
    }  # fmt: skip
