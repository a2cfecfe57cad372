"""Which sites may embed the chat."""

from __future__ import annotations

from urllib.parse import urlsplit

from careloop.api.bootstrap import Services
from careloop.crm_core.accounts import queries as accounts
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import Forbidden


def check_origin(services: Services, tenant_id: str, origin: str | None) -> None:
    """Refuse a browser page of a site that the maker has not listed.

    Our own address is always allowed; a client without an Origin is no browser page.
    """
    if origin is None or origin in own_origins(services):
        return
    with services.database.read(tenant_id) as session:
        allowed = accounts.tenant(session, tenant_id).profile.get("origins", [])
    if origin not in allowed:
        raise Forbidden(f"The chat may not be embedded on {origin}; add it to the origins")


def origin_allowed(services: Services, origin: str) -> bool:
    """Whether the default tenant's chat may be embedded there."""
    if origin in own_origins(services):
        return True
    with services.database.read(EVERY_TENANT) as session:
        tenant = accounts.tenant_by_slug(session, services.settings.default_tenant)
        return origin in tenant.profile.get("origins", [])


def own_origins(services: Services) -> set[str]:
    """Origins of this installation itself."""
    address = urlsplit(services.settings.public_url)
    port = services.settings.port
    return {
        f"{address.scheme}://{address.netloc}",
        f"http://localhost:{port}",
        f"http://127.0.0.1:{port}",
    }
