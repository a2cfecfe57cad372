"""The demo company's fault library, grown out of its closed tickets, and what editors did with it.

Findings are drawn up by the same act as anybody's. Of the latest repairs some were recorded by the
engineers themselves; the best proven faults are reviewed, with the parts they need linked.
"""

from __future__ import annotations

from random import Random

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.faults import finding_queries, queries, service
from careloop.crm_core.faults.models import FaultState
from careloop.crm_core.faults.schemas import LinkFault, MergeFaults, RejectFault, ReviewFault
from careloop.crm_core.tickets import list_queries
from careloop.crm_core.workorders import queries as visits
from careloop.demo.seeding import stream
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.tools.fault_cases import draw_up, queue_past
from careloop.tools.fault_search import duplicates
from careloop.tools.fault_views import usual_parts

ENGINEERS_SHARE = 0.35
"""Share of findings that engineers recorded themselves, of those with a visit."""
REVIEWED = 26
LINKED_FROM = 0.5
ALL = 5_000


def enact(session: Session, actor: Actor) -> None:
    """Grow the library: findings of the past, reviews, links, one merge, one rejection."""
    rng = stream("faults")
    wanted = list_queries.TicketFilter(states=["resolved", "closed"], types=["incident"])
    rows, _ = list_queries.page(session, actor, wanted, "newest", None, ALL)
    queue_past(session, actor, sorted(rows, key=lambda row: row.number))
    draw_up(session, actor, ALL)
    _told_by_engineers(session, actor, rng)
    editor = _editor(session, actor)
    _merge_one(session, editor)
    _review(session, editor)
    _reject_one(session, editor)
    session.flush()


def _editor(session: Session, actor: Actor) -> Actor:
    """The colleague who looks after the library, else the house."""
    for user in accounts.users(session, actor):
        if user.role == Role.EDITOR:
            return staff_actor(actor.tenant_id, Role.MANAGER, user.id, user.name, "zh")
    return actor


def _told_by_engineers(session: Session, actor: Actor, rng: Random) -> None:
    """Findings of the past that engineers had written down on their last visit."""
    found = finding_queries.newest(session, actor, ALL)
    found.sort(key=lambda row: row.ticket)
    trips = {
        row.ticket_id: row
        for row in visits.of_ticket(session, actor, [one.ticket_id for one in found])
    }
    for one in found:
        visit = trips.get(one.ticket_id)
        if visit is not None and rng.random() < ENGINEERS_SHARE:
            one.origin, one.work_order, one.actor = "engineer", visit.number, visit.engineer
    session.flush()


def _merge_one(session: Session, actor: Actor) -> None:
    """The two that are most surely one are merged; the rest waits for an editor."""
    pairs = duplicates(session, actor, None, 1)
    if pairs:
        pair = pairs[0]
        gone = pair.other if pair.keep == pair.fault.number else pair.fault
        command = MergeFaults(number=gone.number, into=pair.keep, reason="同一故障，表述不同")
        service.merge_faults(session, actor, command)


def _review(session: Session, actor: Actor) -> None:
    rows = [row for row in queries.live(session, actor.tenant_id) if row.state == FaultState.DRAFT]
    chosen = rows[:REVIEWED]
    parts = usual_parts(session, actor, [row.id for row in chosen], "zh")
    known = set(catalog.part_numbers(session, actor))
    for row in chosen:
        for item in parts.get(row.id, [])[:3]:
            if item.share >= LINKED_FROM and item.part in known:
                link = LinkFault(
                    number=row.number, kind="part", target=item.part, title=item.name,
                    quantity=item.quantity,
                )  # fmt: skip
                service.link_fault(session, actor, link)
        service.review_fault(session, actor, ReviewFault(number=row.number))


def _reject_one(session: Session, actor: Actor) -> None:
    """One that was found once and did not hold tells nobody anything."""
    failed = [
        row for row in queries.live(session, actor.tenant_id)
        if row.state == FaultState.DRAFT and row.cases == 1 and row.failures == 1
    ]  # fmt: skip
    if failed:
        reason = "只出现过一次且未修好，原因没有查清"
        service.reject_fault(session, actor, RejectFault(number=failed[0].number, reason=reason))
