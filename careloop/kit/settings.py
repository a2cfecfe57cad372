"""Settings of one installation, read from the environment (`CARELOOP_*`)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from careloop.kit.errors import Misconfigured


class Settings(BaseSettings):
    """Everything that may differ between two installations.

    Each field is the environment variable `CARELOOP_<NAME>`; `docs/generated/settings.md`
    is made from the descriptions below.
    """

    model_config = SettingsConfigDict(env_prefix="CARELOOP_", extra="ignore", frozen=True)

    home: Path = Field(
        Path(".careloop"),
        description="Data folder: database, jobs, uploaded files, indexes, secret key.",
    )
    database_url: str = Field(
        "",
        description="SQLAlchemy URL of the books. Empty: SQLite in the data folder. "
        "PostgreSQL: postgresql+psycopg://user:password@host/database",
    )
    host: str = Field("127.0.0.1", description="Address that `careloop serve` listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that `careloop serve` listens on.")
    base_url: str = Field(
        "", description="Public address of this installation; empty: http://localhost:<port>."
    )
    default_tenant: str = Field("default", description="Tenant used where none is named.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Lowest level that is logged."
    )
    log_format: Literal["console", "json"] = Field("console", description="Shape of log lines.")
    max_upload_mb: int = Field(20, ge=1, le=500, description="Largest upload in megabytes.")
    max_message_chars: int = Field(
        8000, ge=100, le=100_000, description="Longest message the bot reads; more is cut, marked."
    )
    messages_per_minute: int = Field(
        40, ge=1, description="Messages one web visitor may send in a minute."
    )
    logins_per_minute: int = Field(
        10, ge=1, description="Failed logins per address and account in a minute."
    )
    session_hours: int = Field(12, ge=1, description="How long a desk login lasts, in hours.")
    chat_days: int = Field(30, ge=1, description="How long a web visitor may resume a chat, days.")
    turn_lease_seconds: int = Field(
        60, ge=5, description="After this a bot turn counts as lost and is done again."
    )
    metrics_token: str = Field(
        "", description="When set, /metrics wants it as a bearer token; empty: loopback only."
    )
    secure_cookies: bool = Field(
        False, description="Mark cookies Secure; set it when served over https."
    )

    @field_validator("home")
    @classmethod
    def _expand(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @cached_property
    def url(self) -> str:
        """URL of the books' database."""
        return self.database_url or f"sqlite:///{self.home / 'careloop.db'}"

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def public_url(self) -> str:
        """Address under which browsers reach us, without a trailing slash."""
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def blob_folder(self) -> Path:
        return self.home / "blobs"

    @property
    def jobs_url(self) -> str:
        """URL of the job engine's own database, kept beside the books."""
        return f"sqlite:///{self.home / 'jobs.db'}" if self.is_sqlite else self.url

    @property
    def secret_file(self) -> Path:
        return self.home / "secret.key"


def load_settings(**overrides: object) -> Settings:
    """Read and validate the settings; `Misconfigured` names each wrong variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            f"CARELOOP_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors()
        ]
        raise Misconfigured("; ".join(lines)) from None
