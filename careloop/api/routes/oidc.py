"""Login through the company's identity provider: out to it, and back with a code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from careloop.api.auth import ServicesDep, TenantDep
from careloop.api.bootstrap import Services
from careloop.api.door_limits import LimitsDep
from careloop.api.routes.commands import act
from careloop.api.routes.login import address_of, let_in
from careloop.crm_core.accounts.oidc import login
from careloop.crm_core.accounts.oidc.provider import Client, Identity, LoginRefused, Provider
from careloop.crm_core.accounts.schemas import UserView
from careloop.kit.actor import system_actor
from careloop.kit.errors import CareloopError, Forbidden, InvalidInput, NotFound
from careloop.kit.ids import new_secret
from careloop.kit.telemetry import LOGIN_FAILURES

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/v1/auth/oidc", tags=["login"])

COOKIE = "careloop_oidc"
COOKIE_PATH = "/v1/auth/oidc"
MINUTES = 10
PURPOSE = "oidc"
Word = Annotated[str, Query(max_length=4000)]


@router.get("/start", response_class=RedirectResponse, status_code=302)
def start(
    request: Request, services: ServicesDep, limits: LimitsDep, next: Word = "/desk/"
) -> RedirectResponse:
    """Send the browser to the provider; a cookie of ten minutes remembers which login it is."""
    limits.failures_of_address.check(address_of(request))
    provider = _provider(request, services)
    state, nonce, verifier = new_secret(), new_secret(), new_secret(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    answer = RedirectResponse(provider.authorize_url(state, nonce, challenge), 302)
    ticket = {"state": state, "nonce": nonce, "verifier": verifier, "next": _own_page(next)}
    answer.set_cookie(
        COOKIE, _sealed(services, ticket), max_age=MINUTES * 60, httponly=True, samesite="lax",
        secure=services.settings.secure_cookies, path=COOKIE_PATH,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/callback", response_class=RedirectResponse, status_code=302)
def callback(
    request: Request, services: ServicesDep, tenant_id: TenantDep, limits: LimitsDep,
    code: Word = "", state: Word = "", error: Word = "", iss: str | None = None,
) -> RedirectResponse:  # fmt: skip
    """The provider sends the browser back: log in, or tell the login page why not."""
    address = address_of(request)
    limits.failures_of_address.check(address)
    page = "/desk/"
    try:
        ticket = _opened(services, request.cookies.get(COOKIE, ""))
        if not hmac.compare_digest(ticket["state"].encode(), state.encode(errors="replace")):
            raise LoginRefused("The answer belongs to another login")
        if error or not code:
            raise LoginRefused(f"The provider refused: {error or 'no code'}")
        provider = _provider(request, services)
        provider.check_issuer(iss)
        identity = provider.identify(code, ticket["verifier"], ticket["nonce"])
        user = _user_of(services, tenant_id, identity)
        answer = RedirectResponse(ticket["next"], 302)
        let_in(request, answer, services, tenant_id, user.id, "oidc")
    except NotFound:
        raise
    except CareloopError as failure:
        limits.failures_of_address.hit(address)
        LOGIN_FAILURES.inc()
        log.warning("oidc_login_refused", reason=failure.message)
        why = "no_account" if isinstance(failure, Forbidden) else "failed"
        answer = RedirectResponse(f"{page}?login={why}", 302)
    answer.delete_cookie(COOKIE, path=COOKIE_PATH)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _user_of(services: Services, tenant_id: str, identity: Identity) -> UserView:
    settings = services.settings
    rules = login.JoinRules.of(
        settings.oidc_role_claim, settings.oidc_role_map, settings.oidc_allowed_domains
    )
    if not identity.email_verified or not identity.email:
        raise Forbidden("The provider has not verified this address")
    if not rules.admits(identity.email):
        raise Forbidden("Addresses of this domain may not log in here")
    with services.database.read(tenant_id) as session:
        known = login.joined(session, tenant_id, identity)
    if known is not None:
        return known
    command = login.JoinIdentity(
        subject=login.subject_of(identity), email=identity.email, name=identity.name[:200],
        role=rules.role_of(identity.claims),
    )  # fmt: skip
    return act(services, system_actor(tenant_id), "users.join_identity", command, UserView)


def _provider(request: Request, services: Services) -> Provider:
    """The provider of this application, made at first use; 404 where none is configured."""
    settings, state = services.settings, request.app.state
    if not settings.oidc_issuer:
        raise NotFound("No identity provider is configured here")
    if not hasattr(state, "oidc_provider"):
        secret = settings.oidc_client_secret.get_secret_value()
        redirect = f"{settings.public_url}/v1/auth/oidc/callback"
        client = Client(settings.oidc_issuer, settings.oidc_client_id, secret, redirect)
        state.oidc_provider = Provider(client, services.clock)
    provider: Provider = state.oidc_provider
    return provider


def _own_page(path: str) -> str:
    """A page of the desk; anything else would let a link lead elsewhere after the login."""
    safe = path.startswith("/desk") and "\\" not in path and path.isprintable()
    return path if safe and path[5:6] in {"", "/", "?", "#"} else "/desk/"


def _sealed(services: Services, ticket: dict[str, Any]) -> str:
    expires = int(services.clock.now().timestamp()) + MINUTES * 60
    body = base64.urlsafe_b64encode(json.dumps(ticket).encode()).decode()
    return f"{body}.{expires}.{services.signer.sign(body, expires, PURPOSE)}"


def _opened(services: Services, sealed: str) -> dict[str, str]:
    """What this browser's login began with; `LoginRefused` when it is not ours or too old."""
    body, _, rest = sealed.partition(".")
    expires, _, signature = rest.partition(".")
    now = int(services.clock.now().timestamp())
    good = expires.isdigit() and len(expires) < 15
    if not good or not services.signer.valid(body, int(expires), signature, now, PURPOSE):
        raise LoginRefused("The login was not begun in this browser, or too long ago")
    try:
        found: dict[str, str] = json.loads(base64.urlsafe_b64decode(body))
    except ValueError:
        raise InvalidInput("The login's cookie is damaged") from None
    return found
