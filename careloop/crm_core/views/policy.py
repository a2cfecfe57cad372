"""Who may change a saved view."""

from __future__ import annotations

from careloop.kit.actor import Actor

MOST_VIEWS = 200
"""So many views one person may keep."""


def may_change(actor: Actor, owner_id: str) -> bool:
    """Its owner; and, as it may be the team's, whoever may change settings."""
    return actor.user_id == owner_id or actor.may("settings:write")
