"""First-time fix, and what the next visit needs."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders import queries
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.models import RepeatReason, Result, WorkOrder
from careloop.crm_core.workorders.schemas import PlanVisit
from careloop.crm_core.workorders.views import FirstTimeFix
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import InvalidInput


def first_time_fix(
    session: Session, actor: Actor, since: datetime, until: datetime
) -> FirstTimeFix:
    """Of the tickets whose first visit ended in the span, the share solved by it alone.

    A first visit counts as a fix when its result is solved and the ticket had no further visit,
    also not after it was reopened. Of none the rate is null.
    """
    if until <= since:
        raise InvalidInput("A span ends after it begins", until="is not after `since`")
    rows = queries.first_visits(session, actor, since, until)
    fixed = sum(result == Result.SOLVED and visits == 1 for _, result, _, visits in rows)
    reasons = Counter(reason for _, _, reason, _ in rows if reason)
    return FirstTimeFix(
        since=iso(since), until=iso(until), tickets=len(rows), first_time=fixed,
        rate=round(fixed / len(rows), 4) if rows else None,
        repeat_reasons={reason.value: reasons[reason] for reason in RepeatReason},
    )  # fmt: skip


def suggestion(row: WorkOrder, ticket: Ticket) -> PlanVisit:
    """A plan for the next visit: the same span of day a week on, or when it was wished.

    Without the engineer where another skill is needed; parts and notes stand in the purpose.
    """
    wanted = row.next_visit
    wished = wanted.get("wished_from")
    start = datetime.fromisoformat(wished) if wished else row.window_from + timedelta(days=7)
    window = Window(
        from_=start, until=start + (row.window_until - row.window_from), time_zone=row.time_zone
    )
    other = row.repeat_reason == RepeatReason.SKILL
    lines = [str(wanted.get("note") or ticket.title)]
    if wanted.get("parts"):
        lines.append("+ " + ", ".join(wanted["parts"]))
    if wanted.get("skill"):
        lines.append("+ " + str(wanted["skill"]))
    return PlanVisit(
        ticket=row.ticket, engineer="" if other else row.engineer, window=window, site=row.site,
        purpose="\n".join(lines),
    )  # fmt: skip
