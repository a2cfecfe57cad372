"""Tickets below tickets: a few levels, and never in a circle.

The ticket, its old and its new parent are locked. Two acts at once that share no ticket could
close a circle of four or more only, and each of them would see more levels than are allowed.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.tickets import family_queries, queries
from careloop.crm_core.tickets.lines import check_version, note, refuse_merged
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.policy import MAX_CHILDREN, MAX_DEPTH
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput


def hang(
    session: Session, actor: Actor, child: Ticket | str, parent: str, version: int | None = None
) -> Ticket:
    """Put the ticket under `parent`, or under none where it is empty.

    Raises `Conflict` for a circle, for too many levels or tickets below one, and for a parent that
    has ended while the child has not.
    """
    number = (child if isinstance(child, str) else child.number).strip().upper()
    if number == parent.strip().upper():
        raise InvalidInput("A ticket cannot hang under itself", parent="is the ticket itself")
    old = queries.ticket(session, actor, number).parent
    rows = family_queries.locked(session, actor, [number, parent, old])
    row, above, left = rows[number], rows.get(parent.strip().upper()), rows.get(old)
    check_version(row, version)
    refuse_merged(row)
    if row.parent != old:
        raise Conflict("Somebody moved this ticket at the same moment; try again")
    if above is not None:
        if row.parent_id == above.id:
            return row
        refuse_merged(above)
        _check(session, row, above)
    _rehang(session, actor, row, left, above)
    return row


def _rehang(
    session: Session, actor: Actor, row: Ticket, left: Ticket | None, above: Ticket | None
) -> None:
    if left is None and above is None:
        return
    note(
        session, actor, row, "changed", data={"parent": [row.parent, above.number if above else ""]}
    )
    if left is not None:
        left.children_count -= 1
        left.touch(now(session))
    row.hang_under(above, now(session))
    if above is not None:
        above.touch(now(session))
        note(session, actor, above, "child", data={"number": row.number})


def _check(session: Session, row: Ticket, above: Ticket) -> None:
    higher = family_queries.above(session, above)
    if row.id in higher:
        raise Conflict(f"{above.number} hangs under {row.number} itself")
    levels = len(higher) + 1 + 1 + family_queries.depth_below(session, row, MAX_DEPTH)
    if levels > MAX_DEPTH:
        raise Conflict(f"Tickets hang under each other in {MAX_DEPTH} levels at most")
    if above.children_count >= MAX_CHILDREN:
        raise Conflict(f"{MAX_CHILDREN} tickets hang under {above.number} already")
    if row.is_open and not above.is_open:
        raise Conflict(f"{above.number} is {above.state}; reopen it first")
