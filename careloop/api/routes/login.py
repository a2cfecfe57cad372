"""Login, logout, who am I, tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from careloop.api.auth import COOKIE, DeskDep, ServicesDep, SessionDep, StaffDep, TenantDep
from careloop.api.bootstrap import Services
from careloop.api.door_limits import LimitsDep
from careloop.api.routes.commands import KeyDep, act
from careloop.crm_core.accounts import password_links, sessions
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import service as account_service
from careloop.crm_core.accounts.schemas import (
    ChangePassword,
    CreateToken,
    Mail,
    PasswordLinkView,
    TokenView,
    UsePasswordLink,
    UserView,
)  # fmt: skip
from careloop.kit.actor import system_actor
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import Forbidden, InvalidInput, NotFound, Unauthenticated
from careloop.kit.telemetry import LOGIN_FAILURES
from careloop.tools.accounts import RevokeToken

router = APIRouter(prefix="/v1", tags=["login"])


class Login(BaseModel):
    email: str = Field(max_length=254)
    password: str = Field(max_length=200)


class TenantView(BaseModel):
    name: str
    slug: str


class Me(BaseModel):
    """The logged-in member of staff."""

    id: str
    email: str
    name: str
    role: str
    language: str
    scopes: list[str]
    tenant: TenantView
    demo: bool


class LoggedIn(BaseModel):
    user: UserView


class SetLanguage(BaseModel):
    language: str = Field(pattern=r"^[a-z]{2}$")


class DemoLogin(BaseModel):
    email: str
    password: str
    role: str


class OidcHint(BaseModel):
    """The company's identity provider, as the button names it."""

    name: str


class LoginHints(BaseModel):
    """What the login page offers: logins of the demo company, and the identity provider."""

    demo_logins: list[DemoLogin]
    oidc: OidcHint | None = None


class Forgot(BaseModel):
    email: Mail


class LinkToken(BaseModel):
    token: str = Field(min_length=10, max_length=200)


class Tokens(BaseModel):
    items: list[TokenView]


@router.get("/auth/hints", response_model_exclude_none=True)
def hints(services: ServicesDep, session: SessionDep, tenant_id: TenantDep) -> LoginHints:
    """Demo logins, only of a demo that listens on loopback; single sign-on, where it is on."""
    profile = accounts.tenant(session, tenant_id).profile
    settings = services.settings
    shown = profile.get("demo_logins", []) if is_loopback(settings.host) else []
    return LoginHints(
        demo_logins=[DemoLogin.model_validate(item) for item in shown],
        oidc=OidcHint(name=settings.oidc_name) if settings.oidc_issuer else None,
    )


@router.post("/auth/login")
def login(
    request: Request, response: Response, services: ServicesDep, tenant_id: TenantDep, body: Login,
    limits: LimitsDep,
) -> LoggedIn:  # fmt: skip
    """Open a session; too many failures of one address, or for one account, are slowed down."""
    address = address_of(request)
    key = f"{address}|{body.email.strip().lower()}"
    services.login_limit.check(key)
    limits.failures_of_address.check(address)
    try:
        with services.database.read(tenant_id) as session:
            user = account_service.check_password(session, tenant_id, body.email, body.password)
    except Unauthenticated:
        services.login_limit.hit(key)
        limits.failures_of_address.hit(address)
        LOGIN_FAILURES.inc()
        raise
    let_in(request, response, services, tenant_id, user.id, "password")
    return LoggedIn(user=user)


def let_in(
    request: Request, response: Response, services: Services, tenant_id: str, user_id: str,
    method: str,
) -> None:  # fmt: skip
    """Open a session for a user whose identity was checked, and hand its secret to the browser."""
    settings = services.settings
    with services.database.write(tenant_id) as session:
        secret = sessions.open_session(
            session, tenant_id, user_id, settings.session_hours, method=method,
            idle_minutes=settings.session_idle_minutes, address=address_of(request),
            device=request.headers.get("user-agent", ""),
        )  # fmt: skip
    response.set_cookie(
        COOKIE, secret, max_age=settings.session_hours * 3600, httponly=True, samesite="lax",
        secure=settings.secure_cookies, path="/",
    )  # fmt: skip


def address_of(request: Request) -> str:
    """The address that the server saw; a proxy's header counts only where uvicorn trusts it."""
    return request.client.host if request.client else "?"


@router.post("/auth/forgot", status_code=202)
def forgot(
    request: Request, services: ServicesDep, tenant_id: TenantDep, body: Forgot, limits: LimitsDep
) -> None:
    """Send a link to choose a new password, if there is such an account; nobody is told which."""
    limits.resets_of_address.take(address_of(request))
    with services.database.write(tenant_id) as session:
        password_links.ask_reset(session, tenant_id, body.email)


@router.post("/auth/reset/check")
def check_link(
    request: Request, services: ServicesDep, tenant_id: TenantDep, body: LinkToken,
    limits: LimitsDep,
) -> PasswordLinkView:  # fmt: skip
    """For whom a link is, so that the page can greet them; 404 when it is used or too old."""
    address = address_of(request)
    limits.wrong_links_of_address.check(address)
    try:
        with services.database.read(tenant_id) as session:
            return password_links.describe(session, body.token)
    except NotFound:
        limits.wrong_links_of_address.hit(address)
        raise


@router.post("/auth/reset")
def reset(
    request: Request, services: ServicesDep, tenant_id: TenantDep, body: UsePasswordLink,
    limits: LimitsDep,
) -> LoggedIn:  # fmt: skip
    """Choose a password by a one-time link; every login of the account ends."""
    address = address_of(request)
    limits.wrong_links_of_address.check(address)
    try:
        user = act(services, system_actor(tenant_id), "users.choose_password", body, UserView)
    except NotFound:
        limits.wrong_links_of_address.hit(address)
        raise
    return LoggedIn(user=user)


@router.post("/me/password")
def change_password(
    request: Request, response: Response, services: ServicesDep, actor: StaffDep,
    body: ChangePassword,
) -> LoggedIn:  # fmt: skip
    """Change one's own password; all other logins end, this browser gets a new one."""
    if COOKIE not in request.cookies or "authorization" in request.headers:
        raise Forbidden("A password is changed from the desk, not with a token")
    key = f"{address_of(request)}|{actor.user_id}"
    services.login_limit.check(key)
    try:
        user = act(services, actor, "users.change_password", body, UserView)
    except InvalidInput:
        services.login_limit.hit(key)
        raise
    let_in(request, response, services, actor.tenant_id, user.id, "password")
    return LoggedIn(user=user)


@router.post("/auth/logout", status_code=204)
def logout(request: Request, response: Response, services: ServicesDep) -> None:
    """End the session of this browser."""
    secret = request.cookies.get(COOKIE)
    if secret:
        with services.database.write(EVERY_TENANT) as session:
            sessions.logout(session, secret)
    response.delete_cookie(COOKIE, path="/")


@router.get("/me")
def me(services: ServicesDep, session: SessionDep, actor: StaffDep) -> Me:
    """Who is logged in, and what they may do."""
    user = accounts.user(session, actor, actor.user_id or "")
    tenant = accounts.tenant(session, actor.tenant_id)
    return Me(
        id=user.id,
        email=user.email,
        name=user.name,
        role=user.role,
        language=user.language,
        scopes=sorted(actor.scopes),
        tenant=TenantView(
            name=str(tenant.profile.get("display_name") or tenant.name), slug=tenant.slug
        ),
        demo=bool(tenant.profile.get("demo_logins")),
    )


@router.put("/me")
def set_language(services: ServicesDep, actor: StaffDep, body: SetLanguage) -> UserView:
    """Choose the language of one's own desk."""
    return UserView.model_validate(services.runtime.invoke(actor, "users.set_language", body))


@router.get("/tokens")
def tokens(
    session: SessionDep, actor: DeskDep,
    everyone: Annotated[bool, Query(description="Colleagues' too; needs `users:read`.")] = False,
) -> Tokens:  # fmt: skip
    """API tokens: one's own, or everybody's for those who may read users."""
    rows = accounts.all_tokens(session, actor) if everyone else accounts.own_tokens(session, actor)
    names = accounts.names(session, actor.tenant_id, {row.user_id for row in rows})
    return Tokens(
        items=[account_service.token_view(row, owner=names.get(row.user_id, "")) for row in rows]
    )


@router.post("/tokens", status_code=201)
def create_token(
    services: ServicesDep, actor: StaffDep, body: CreateToken, key: KeyDep = None
) -> TokenView:
    """Make an API token; its secret is shown this once."""
    return act(services, actor, "tokens.create", body, TokenView, key=key)


@router.delete("/tokens/{token_id}", status_code=204)
def revoke_token(services: ServicesDep, actor: StaffDep, token_id: str) -> None:
    """End an API token."""
    services.runtime.invoke(actor, "tokens.revoke", RevokeToken(token_id=token_id))


def is_loopback(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"} or host.startswith("127.")
