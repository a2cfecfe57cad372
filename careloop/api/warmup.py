"""Pay the first customer's waiting time before the first customer comes."""

from __future__ import annotations

import structlog

from careloop.api.bootstrap import Services
from careloop.crm_core.accounts import queries as accounts
from careloop.kit.actor import system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.text import LANGUAGES, catalogue
from careloop.knowledge.library import SearchQuery

log = structlog.get_logger(__name__)

_SAMPLES = ("设备无法启动", "The pump is leaking", "ポンプが止まりました")


def warm(services: Services) -> None:
    """Load dictionaries, term matchers, weights and the index of every tenant."""
    try:
        for language in LANGUAGES:
            catalogue(language)
        with services.database.read(EVERY_TENANT) as session:
            tenants = accounts.tenant_ids(session)
        for tenant_id in tenants:
            for text in _SAMPLES:
                services.read(tenant_id, text)
                services.library.search(system_actor(tenant_id), SearchQuery(text=text))
    except Exception:
        # The worker's loop: warming is a favour, a failure here must not keep the doors shut.
        log.exception("warm_up_failed")
