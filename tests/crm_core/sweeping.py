"""One pass over the clocks, by the same calls as `careloop.api.promises`."""

from __future__ import annotations

from careloop.crm_core.sla import queries
from careloop.kit.actor import system_actor
from careloop.kit.db import Database
from careloop.tools.runtime import Runtime


def sweep(database: Database) -> int:
    """Fire what is due of every clock; how many levels that were."""
    with database.read() as session:
        due = queries.to_fire(session, database.clock.now(), None, 100)
        waiting = [(row.tenant_id, row.id) for row in due]
    fired = 0
    for tenant_id, clock_id in waiting:
        actor = system_actor(tenant_id)
        told = Runtime(database).invoke(actor, "sla.fire", {"clock_id": clock_id})
        fired += told.model_dump()["fired"]
    return fired
