"""What the doors need to send: the way out, and the vault for secrets."""

from __future__ import annotations

from careloop.api.bootstrap import Services
from careloop.crm_core.outbound.signing import written
from careloop.kit.egress import Egress, check_url
from careloop.kit.sealing import Vault
from careloop.kit.secret import ensure_key


def egress_of(services: Services) -> Egress:
    """The way out, with the origins that the installation's owner allows."""
    return Egress(services.settings.egress_allow)


def vault_of(services: Services) -> Vault:
    """The vault of this installation's key."""
    return Vault(ensure_key(services.settings.secret_file))


def webhook_secret(vault: Vault, tenant_id: str, endpoint_id: str, salt: str) -> bytes:
    """What an endpoint's messages are signed with; made anew each time, stored nowhere."""
    return vault.derive(salt, "webhook", tenant_id, endpoint_id)


def shown_secret(vault: Vault, tenant_id: str, endpoint_id: str, salt: str) -> str:
    """The secret as its owner copies it."""
    return written(webhook_secret(vault, tenant_id, endpoint_id, salt))


def seal_login(services: Services, tenant_id: str, base_url: str, secret: str) -> str:
    """A connector's login, bound to the address that it is for; empty stays empty."""
    if not secret:
        return ""
    return vault_of(services).seal(secret, "connector", tenant_id, _host(base_url))


def opened_login(vault: Vault, tenant_id: str, base_url: str, sealed: str) -> str:
    """The login again; one that was sealed for another address does not open."""
    return vault.open(sealed, "connector", tenant_id, _host(base_url)) if sealed else ""


def _host(base_url: str) -> str:
    return check_url(base_url).origin
