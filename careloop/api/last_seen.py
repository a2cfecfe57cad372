"""Writes down when logins and tokens were last used, every few minutes at most."""

from __future__ import annotations

from careloop.crm_core.accounts import sessions
from careloop.crm_core.accounts.sightings import of_engine
from careloop.kit.db import EVERY_TENANT, Database


def keep(database: Database) -> int:
    """Write what this process has seen, if it is time; returns how many rows changed.

    Called by the desk's heartbeat and by the worker's sweep; free when nothing is due.
    """
    if not of_engine(database.engine).due(database.clock.now()):
        return 0
    with database.write(EVERY_TENANT) as session:
        return sessions.write_sightings(session)
