"""Login, logout, who am I, tokens."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from careloop.api.auth import COOKIE, DeskDep, ServicesDep, SessionDep, StaffDep, TenantDep
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import service as account_service
from careloop.crm_core.accounts.schemas import CreateToken, TokenView, UserView
from careloop.kit.errors import Unauthenticated
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


class LoginHints(BaseModel):
    """Logins of the demo company; empty everywhere else."""

    demo_logins: list[DemoLogin]


class Tokens(BaseModel):
    items: list[TokenView]


@router.get("/auth/hints")
def hints(services: ServicesDep, session: SessionDep, tenant_id: TenantDep) -> LoginHints:
    """Demo logins, shown only by a demo that listens on loopback."""
    profile = accounts.tenant(session, tenant_id).profile
    shown = profile.get("demo_logins", []) if is_loopback(services.settings.host) else []
    return LoginHints(demo_logins=[DemoLogin.model_validate(item) for item in shown])


@router.post("/auth/login")
def login(
    request: Request, response: Response, services: ServicesDep, tenant_id: TenantDep, body: Login
) -> LoggedIn:
    """Open a session; too many failures for one address and account are slowed down."""
    address = request.client.host if request.client else "?"
    key = f"{address}|{body.email.strip().lower()}"
    services.login_limit.check(key)
    hours = services.settings.session_hours
    try:
        with services.database.read() as session:
            user = account_service.check_password(session, tenant_id, body.email, body.password)
    except Unauthenticated:
        services.login_limit.hit(key)
        LOGIN_FAILURES.inc()
        raise
    with services.database.write() as session:
        secret = account_service.open_session(session, tenant_id, user.id, hours)
    response.set_cookie(
        COOKIE, secret, max_age=hours * 3600, httponly=True, samesite="lax",
        secure=services.settings.secure_cookies, path="/",
    )  # fmt: skip
    return LoggedIn(user=user)


@router.post("/auth/logout", status_code=204)
def logout(request: Request, response: Response, services: ServicesDep) -> None:
    """End the session of this browser."""
    secret = request.cookies.get(COOKIE)
    if secret:
        with services.database.write() as session:
            account_service.logout(session, secret)
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
def tokens(session: SessionDep, actor: DeskDep) -> Tokens:
    """One's own API tokens."""
    rows = accounts.own_tokens(session, actor)
    return Tokens(items=[account_service.token_view(row) for row in rows])


@router.post("/tokens", status_code=201)
def create_token(services: ServicesDep, actor: StaffDep, body: CreateToken) -> TokenView:
    """Make an API token; its secret is shown this once."""
    return TokenView.model_validate(services.runtime.invoke(actor, "tokens.create", body))


@router.delete("/tokens/{token_id}", status_code=204)
def revoke_token(services: ServicesDep, actor: StaffDep, token_id: str) -> None:
    """End an API token."""
    services.runtime.invoke(actor, "tokens.revoke", RevokeToken(token_id=token_id))


def is_loopback(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"} or host.startswith("127.")
