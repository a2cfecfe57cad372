"""The rounds of the fault library: ended tickets become findings, imported words concepts."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import SQLAlchemyError

from careloop.api.bootstrap import Services
from careloop.crm_core.faults import finding_queries
from careloop.kit.actor import system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import CareloopError

log = structlog.get_logger(__name__)
AT_ONCE = 50


def sweep(services: Services) -> int:
    """One pass over every maker with something waiting; how many makers that were."""
    with services.database.read(EVERY_TENANT) as session:
        tenants = finding_queries.tenants_with_cases(session)
    for tenant_id in tenants:
        for tool in ("faults.match_words", "faults.draw_up"):
            try:
                services.runtime.invoke(system_actor(tenant_id), tool, {"limit": AT_ONCE})
            except (CareloopError, SQLAlchemyError):
                log.exception("faults_not_drawn_up", tool=tool, tenant=tenant_id)
    return len(tenants)
