"""Mail out: a port, SMTP, and a folder of .eml files for development."""

from __future__ import annotations

import smtplib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from careloop.kit.clock import Clock, SystemClock
from careloop.kit.errors import CareloopError, InvalidInput, Misconfigured, Unavailable
from careloop.kit.ids import new_id
from careloop.kit.settings import Settings

TIMEOUT_SECONDS = 20.0


class MailRefused(CareloopError):
    """The mail server will never take this mail; sending it again does not help."""

    code, status, title = "mail_refused", 422, "The mail was refused"


@dataclass(frozen=True, slots=True)
class Mail:
    """One plain-text mail to one person. No picture, no tracked link: what is written is all."""

    to: str
    subject: str
    text: str
    to_name: str = ""
    automatic: bool = True
    """Answers of absent people and other machines are not wanted (RFC 3834)."""


class Mailer(Protocol):
    """Hands a mail over for delivery.

    Raises `MailRefused` when it will never go, `Unavailable` when it may go later,
    `Misconfigured` when the settings are wrong.
    """

    def send(self, mail: Mail) -> None: ...


def compose(mail: Mail, sender: str, clock: Clock) -> EmailMessage:
    """The mail as RFC 5322 wants it; `InvalidInput` for addresses that cannot be written so."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    try:
        message["From"] = Address(name, addr_spec=address)
        message["To"] = Address(mail.to_name, addr_spec=mail.to)
        message["Subject"] = " ".join(mail.subject.split())
    except ValueError as error:
        raise InvalidInput(f"This mail cannot be addressed: {error}") from None
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=address.rpartition("@")[2] or "localhost")
    if mail.automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text, charset="utf-8")
    return message


class SmtpMailer:
    """Sends through a mail server, one connection a mail; certificates are always checked."""

    def __init__(
        self, host: str, port: int, sender: str, *, user: str = "", password: str = "",
        security: str = "starttls", clock: Clock | None = None,
        context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:  # fmt: skip
        if user and security == "none":
            raise Misconfigured("CARELOOP_SMTP_USER needs CARELOOP_SMTP_SECURITY starttls or tls")
        self._host, self._port, self._sender = host, port, sender
        self._user, self._password, self._security = user, password, security
        self._clock, self._context = clock or SystemClock(), context

    def send(self, mail: Mail) -> None:
        message = compose(mail, self._sender, self._clock)
        try:
            with self._connect() as server:
                if self._security == "starttls":
                    server.starttls(context=self._context())
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(message)
        except smtplib.SMTPAuthenticationError:
            raise Misconfigured("The mail server refuses the login of CARELOOP_SMTP_USER") from None
        except smtplib.SMTPNotSupportedError as error:
            raise Misconfigured(f"The mail server cannot do what is set: {error}") from None
        except smtplib.SMTPRecipientsRefused as error:
            code, why = next(iter(error.recipients.values()))
            raise _refusal(code, why) from None
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code, error.smtp_error) from None
        except ssl.SSLCertVerificationError as error:
            raise Misconfigured(
                f"The mail server's certificate is not trusted: {error.verify_message}"
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(f"The mail server does not answer: {error}") from None

    def _connect(self) -> smtplib.SMTP:
        if self._security == "tls":
            return smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT_SECONDS, context=self._context()
            )
        return smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)


def _refusal(code: int, why: bytes | str) -> CareloopError:
    """5xx is for good, 4xx for now (RFC 5321, 4.2.1)."""
    text = why.decode(errors="replace") if isinstance(why, bytes) else why
    if code >= 500:
        return MailRefused(f"The mail server refused the mail: {code} {text}"[:300])
    return Unavailable(f"The mail server asks to try later: {code} {text}"[:300])


class FolderMailer:
    """Writes each mail as an .eml file, readable by the owner alone; nothing is sent."""

    def __init__(self, folder: Path, sender: str, clock: Clock | None = None) -> None:
        self._folder, self._sender = folder, sender
        self._clock = clock or SystemClock()

    def send(self, mail: Mail) -> None:
        message = compose(mail, self._sender, self._clock)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{new_id()}.eml"
            partial = path.with_suffix(".part")
            partial.touch(mode=0o600)
            partial.write_bytes(message.as_bytes())
            partial.replace(path)
        except OSError as error:
            raise Unavailable(f"The mail cannot be written: {error.strerror}") from None


@dataclass
class RecordingMailer:
    """Keeps mails in memory: what tests, and draft runs, send through."""

    sent: list[Mail] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, mail: Mail) -> None:
        compose(mail, "test@localhost", SystemClock())
        with self._lock:
            self.sent.append(mail)


def make_mailer(settings: Settings, clock: Clock | None = None) -> Mailer:
    """The mailer that the settings name."""
    host = urlsplit(settings.public_url).hostname or "localhost"
    sender = settings.smtp_from or f"Careloop <careloop@{host}>"
    if not settings.smtp_host:
        return FolderMailer(settings.home / "mail", sender, clock)
    return SmtpMailer(
        settings.smtp_host, settings.smtp_port, sender, user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(), security=settings.smtp_security,
        clock=clock,
    )  # fmt: skip
