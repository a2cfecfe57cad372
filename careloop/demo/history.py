"""The service history: which tickets the books hold, which are still open, under which number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from careloop.demo.other_tickets import ABOUT, TOTAL, other_tickets
from careloop.demo.tickets import NOW, Books, Ticket, all_incidents, reopened

SIZE = 300
OPEN = 20
SETTLED_AFTER = timedelta(days=24)


def _sampled(rng: Random, incidents: list[Ticket], size: int) -> list[Ticket]:
    """A uniform sample of the settled incidents, and all of the last weeks.

    Uniform thinning leaves the shares of faults, symptoms and confusions as the model has them.
    """
    recent = [t for t in incidents if t.created_at > NOW - SETTLED_AFTER]
    settled = [t for t in incidents if t.created_at <= NOW - SETTLED_AFTER]
    if len(settled) < size - len(recent):
        raise ValueError(f"the model yields {len(incidents)} incidents, {size} are wanted")
    kept = rng.sample(settled, size - len(recent))
    return sorted(kept + recent, key=lambda ticket: (ticket.created_at, ticket.asset))


def _with_open_ones(rng: Random, books: Books, incidents: list[Ticket]) -> list[Ticket]:
    """The newest unsettled incidents reopened, `OPEN` of them; quick remote solutions stay closed.

    An older one that counts as open waits longer than the model drew; its end is cut off.
    """
    result: list[Ticket] = []
    still_open = 0
    for ticket in reversed(incidents):
        ended = ticket.closed_at is not None and ticket.closed_at < NOW
        if not ended or (still_open < OPEN and ticket.visits > 0):
            result.append(reopened(rng, books, ticket))
            still_open += 1
        else:
            result.append(ticket)
    return result[::-1]


def build_history(rng: Random, books: Books) -> list[Ticket]:
    """`SIZE` tickets by time, numbered `TK-<year>-<six digits>` from 1 in each year."""
    incidents = _sampled(rng, all_incidents(rng, books), SIZE - TOTAL)
    incidents = _with_open_ones(rng, books, incidents)
    alone, follow_ups = other_tickets(rng, books, incidents)
    speaks_of = {id(ticket): incident for ticket, incident in follow_ups}
    ordered = sorted(
        incidents + alone + [ticket for ticket, _ in follow_ups],
        key=lambda ticket: (ticket.created_at, ticket.asset),
    )
    counts: dict[int, int] = {}
    numbers: dict[int, str] = {}
    for ticket in ordered:
        year = ticket.created_at.year
        counts[year] = counts.get(year, 0) + 1
        numbers[id(ticket)] = f"TK-{year}-{counts[year]:06d}"
    numbered = []
    for ticket in ordered:
        text = ticket.description
        if (incident := speaks_of.get(id(ticket))) is not None:
            text = text.replace(ABOUT, numbers[id(incident)])
        numbered.append(replace(ticket, number=numbers[id(ticket)], description=text))
    return numbered
