"""Filling up by minimum and maximum, from the vans up to the supplier."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.inventory import checking_queries as asked
from careloop.crm_core.inventory import document_queries as documents
from careloop.crm_core.inventory import document_views as shown
from careloop.crm_core.inventory import ledger_queries, queries, requests
from careloop.crm_core.inventory.models import LEVELS, SUPPLIER, StockLocation
from careloop.crm_core.inventory.schemas import (
    Condition,
    CreateRequest,
    MakeRequests,
    RequestLine,
)  # fmt: skip
from careloop.crm_core.inventory.views import Made, Proposal, ProposalLine
from careloop.kit.actor import Actor

Pair = tuple[str, str]
"""Location id, part id."""


@dataclass
class _Picture:
    """Good pieces by location and part, as they are and as they are promised."""

    on_hand: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))
    reserved: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))
    incoming: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))
    promised: dict[Pair, int] = field(default_factory=lambda: defaultdict(int))

    def free(self, pair: Pair) -> int:
        return max(self.on_hand[pair] - self.reserved[pair] - self.promised[pair], 0)


def propose(session: Session, actor: Actor, location: str = "") -> Proposal:
    """For each part below its minimum: how many to fetch, from where, and why.

    Position = on hand - reserved + incoming (in transit, asked for) - promised to those below. A
    position below the minimum is filled to the maximum. The source is the location above, at the
    top the supplier; what it cannot send is `short` and raises its own need in turn.
    """
    if not actor.may("stock:read"):
        return Proposal(lines=[])
    only = queries.location(session, actor, location).code if location else ""
    picture = _picture(session, actor.tenant_id)
    rows = [row for row in queries.location_rows(session, actor) if row.active]
    by_code = {row.code: row for row in rows}
    levels = {
        (place, part): (low, high)
        for place, part, low, high in ledger_queries.levels(session, actor.tenant_id)
    }
    numbers = {
        id: part.number
        for id, part in catalog.parts_by_ids(
            session, actor.tenant_id, {pair[1] for pair in levels}
        ).items()
    }
    lines: list[ProposalLine] = []
    for row in sorted(rows, key=lambda row: (-LEVELS.index(row.level), row.code)):
        own = [pair for pair in levels if pair[0] == row.id]
        for pair in sorted(own, key=lambda pair: numbers[pair[1]]):
            line = _line(picture, row, by_code.get(row.parent_code), pair, levels[pair],
                         numbers[pair[1]])  # fmt: skip
            if line is not None:
                lines.append(line)
    shown_lines = [line for line in lines if not only or line.location == only]
    return Proposal(lines=sorted(shown_lines, key=lambda line: (line.location, line.part)))


def _line(
    picture: _Picture, row: StockLocation, source: StockLocation | None, pair: Pair,
    levels: tuple[int, int], number: str,
) -> ProposalLine | None:  # fmt: skip
    low, high = levels
    reserved, coming = picture.reserved[pair], picture.incoming[pair]
    promised = picture.promised[pair]
    position = picture.on_hand[pair] - reserved + coming - promised
    if position >= low:
        return None
    wanted = max(high, low) - position
    quantity = wanted
    if source is not None:
        above = (source.id, pair[1])
        quantity = min(wanted, picture.free(above))
        # The whole need counts above, so that a source that is short asks for more itself.
        picture.promised[above] += wanted
    reason = f"{position} at disposal, minimum {low}"
    if quantity < wanted and source is not None:
        reason += f"; {source.code} has only {quantity} free"
    return ProposalLine(
        location=row.code, part=number, source=source.code if source else SUPPLIER,
        on_hand=picture.on_hand[pair], reserved=reserved, incoming=coming, promised=promised,
        minimum=low, maximum=max(high, low), wanted=wanted, quantity=quantity,
        short=wanted - quantity, reason=reason,
    )  # fmt: skip


def _picture(session: Session, tenant_id: str) -> _Picture:
    picture = _Picture()
    for key, (on_hand, reserved) in asked.all_balances(session, tenant_id).items():
        if key[3] == Condition.GOOD:
            picture.on_hand[key[:2]] += on_hand
            picture.reserved[key[:2]] += reserved
    coming = [
        *documents.open_lines_to(session, tenant_id),
        *documents.asked_for(session, tenant_id),
    ]
    for place, part, pieces in coming:
        picture.incoming[place, part] += pieces
    return picture


def make(session: Session, actor: Actor, command: MakeRequests) -> Made:
    """Requests out of the proposal as it is now: one for each location and source."""
    proposal = propose(session, actor, command.location)
    wanted = {number.lower() for number in command.parts} if command.parts is not None else None
    groups: dict[tuple[str, str], list[ProposalLine]] = defaultdict(list)
    for line in proposal.lines:
        if line.quantity and (wanted is None or line.part.lower() in wanted):
            groups[line.location, line.source].append(line)
    made = []
    for (location, source), lines in sorted(groups.items()):
        request = CreateRequest(
            location=location, source=source, note="Below minimum",
            lines=[RequestLine(part=line.part, quantity=line.quantity) for line in lines],
        )  # fmt: skip
        made.append(requests.create(session, actor, request))
    session.flush()
    return Made(requests=shown.request_views(session, actor.tenant_id, made))
