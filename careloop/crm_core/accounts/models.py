"""Tables of tenants, users, login sessions and API tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by


class Tenant(TenantRow):
    """One company that uses this installation; `slug` is its name on the command line."""

    __tablename__ = "tenant"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    profile: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))


class User(Entity):
    """A member of staff.

    `login_subject` is `<issuer>|<subject>` at the company's identity provider, set at the first
    login through it. An empty `password_hash` fits no password.
    """

    __tablename__ = "user_account"
    __table_args__ = (
        UniqueConstraint("tenant_id", "email"),
        UniqueConstraint("tenant_id", "login_subject"),
    )

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10), default="en")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    login_subject: Mapped[str | None] = mapped_column(String(400))
    last_login_at: Mapped[datetime | None]

    def deactivate(self, now: datetime) -> None:
        self.active = False
        self.touch(now)


class LoginSession(Entity):
    """A browser's login; only the hash of its secret is kept.

    It ends at `expires_at`, whatever happens, and earlier after `idle_minutes` without a request
    (0: never). `seen_at` is written every few minutes, see `sightings`.
    """

    __tablename__ = "login_session"
    __table_args__ = (
        owned_by("user_account", "user_id"),
        Index("ix_login_session_secret", "secret_hash", unique=True),
    )

    user_id: Mapped[str] = mapped_column(String(26))
    secret_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    idle_minutes: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(200), default="")
    method: Mapped[str] = mapped_column(String(10), default="password")


class ApiToken(Entity):
    """A token for scripts; `scopes` can only narrow what its user may do."""

    __tablename__ = "api_token"
    __table_args__ = (
        owned_by("user_account", "user_id"),
        Index("ix_api_token_secret", "secret_hash", unique=True),
    )

    user_id: Mapped[str] = mapped_column(String(26))
    name: Mapped[str] = mapped_column(String(100))
    secret_hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class PasswordLink(Entity):
    """A one-time link to choose a password: `reset` (asked for), `invite`, `admin` (handed over).

    Only the hash of its secret is kept; it has none until the link is sent. `user_id` is empty
    where somebody typed an address that has no account: such a row leads nowhere, but asking
    takes the same time and leaves the same trace.
    """

    __tablename__ = "password_link"
    audited = False
    __table_args__ = (
        owned_by("user_account", "user_id"),
        Index("ix_password_link_secret", "secret_hash", unique=True),
        Index("ix_password_link_user", "tenant_id", "user_id", "created_at"),
    )

    user_id: Mapped[str | None] = mapped_column(String(26))
    purpose: Mapped[str] = mapped_column(String(10))
    secret_hash: Mapped[str | None] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
