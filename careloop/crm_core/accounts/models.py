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
    """A member of staff."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("tenant_id", "email"),)

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10), default="en")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)

    def deactivate(self, now: datetime) -> None:
        self.active = False
        self.touch(now)


class LoginSession(Entity):
    """A browser's login; only the hash of its secret is kept."""

    __tablename__ = "login_session"
    __table_args__ = (
        owned_by("user_account", "user_id"),
        Index("ix_login_session_secret", "secret_hash", unique=True),
    )

    user_id: Mapped[str] = mapped_column(String(26))
    secret_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


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
