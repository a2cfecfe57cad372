"""The card that shows a ticket's progress."""

from __future__ import annotations

from careloop.agents.mind.embedded.situation import Situation
from careloop.kit.messages import TicketCard

_STAGES = ("new", "assigned", "in_progress", "resolved", "closed")
_STAGE_OF = {"waiting_customer": 2, "waiting_parts": 2, "cancelled": 4}


def ticket_card(s: Situation, number: str, title: str, state: str, updated_at: str) -> TicketCard:
    """The ticket with its progress line in the customer's language."""
    reached = _STAGES.index(state) if state in _STAGES else _STAGE_OF[state]
    return TicketCard(
        number=number,
        title=title,
        state=state,
        state_label=s.t(f"state.{state}"),
        progress=[s.t(f"state.{stage}") for stage in _STAGES],
        reached=reached,
        updated_at=updated_at,
    )
