"""Every mailer hands over the same mail; a real SMTP server says what it got and how."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from careloop.kit.clock import FixedClock
from careloop.kit.errors import InvalidInput, Misconfigured, Unavailable
from careloop.kit.mail import (
    FolderMailer,
    Mail,
    Mailer,
    MailRefused,
    RecordingMailer,
    SmtpMailer,
    make_mailer,
)
from careloop.kit.settings import Settings

SENDER = "Service <service@maker.example>"
MAIL = Mail(
    "li@kunde.example",
    "安捷：设置新密码",
    "您好 Li,\n\nhttps://maker.example/x#" + "s" * 60 + "\n",
    to_name="李, Lei",
)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Inbox:
    """What the server was handed; `answer` refuses recipients with its text."""

    def __init__(self, answer: str = "") -> None:
        self.got: list[bytes] = []
        self.secure: list[bool] = []
        self._answer = answer

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self._answer:
            return self._answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append(envelope.content)
        self.secure.append(session.ssl is not None)
        return "250 OK"


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(certificate, key) of `localhost`, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "c.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "k.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "c.pem", folder / "k.pem"


@contextmanager
def server(inbox: Inbox, **options: Any) -> Iterator[int]:
    controller = Controller(inbox, hostname="localhost", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        port: int = found.getsockname()[1]
        return port


def server_context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def check(message: EmailMessage) -> None:
    assert message["To"] == '"李, Lei" <li@kunde.example>'
    assert message["From"] == SENDER
    assert message["Subject"] == MAIL.subject
    assert message.get_content().replace("\r\n", "\n") == MAIL.text
    assert message.get_content_type() == "text/plain"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@maker.example>")
    assert message["Date"].datetime == AT


def test_a_mail_arrives_at_a_real_server() -> None:
    inbox = Inbox()
    with server(inbox) as port:
        SmtpMailer("localhost", port, SENDER, security="none", clock=FixedClock(AT)).send(MAIL)
    check(read(inbox.got[0]))


def test_login_and_mail_go_over_tls_alone(certificate: tuple[Path, Path]) -> None:
    inbox = Inbox()
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    logins: list[Any] = []

    def authenticate(*_: Any) -> AuthResult:
        logins.append(_[-1])
        return AuthResult(success=logins[-1].password == b"pass word", handled=False)

    options = {"tls_context": server_context(certificate), "require_starttls": True,
               "authenticator": authenticate, "auth_required": True}  # fmt: skip
    with server(inbox, **options) as port:

        def mailer(password: str) -> SmtpMailer:
            return SmtpMailer("localhost", port, SENDER, user="me", password=password,
                              clock=FixedClock(AT), context=lambda: trusting)  # fmt: skip

        mailer("pass word").send(MAIL)
        with pytest.raises(Misconfigured, match="login"):
            mailer("wrong").send(MAIL)
        # The usual context does not know this certificate, so nothing is handed over.
        with pytest.raises(Misconfigured, match="not trusted"):
            SmtpMailer("localhost", port, SENDER, user="me", password="pass word").send(MAIL)
    assert inbox.secure == [True]
    check(read(inbox.got[0]))


def test_a_login_is_never_sent_in_the_clear() -> None:
    with pytest.raises(Misconfigured):
        SmtpMailer("localhost", 25, SENDER, user="me", password="x", security="none")
    inbox = Inbox()
    with server(inbox) as port, pytest.raises(Misconfigured, match="STARTTLS"):
        SmtpMailer("localhost", port, SENDER, user="me", password="x").send(MAIL)
    assert inbox.got == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 5.1.1 no such user", MailRefused), ("451 4.3.0 try later", Unavailable)],
)
def test_a_refusal_for_good_is_told_from_one_for_now(answer: str, error: type[Exception]) -> None:
    with server(Inbox(answer)) as port, pytest.raises(error, match=answer[:3]):
        SmtpMailer("localhost", port, SENDER, security="none").send(MAIL)


def test_no_server_is_no_bug() -> None:
    with pytest.raises(Unavailable):
        SmtpMailer("localhost", free_port(), SENDER, security="none").send(MAIL)


def test_the_folder_keeps_mails_for_their_owner(tmp_path: Path) -> None:
    FolderMailer(tmp_path / "mail", SENDER, FixedClock(AT)).send(MAIL)
    (path,) = (tmp_path / "mail").iterdir()
    check(read(path.read_bytes()))
    assert path.stat().st_mode & 0o077 == 0


def mailers(tmp_path: Path) -> list[Mailer]:
    return [RecordingMailer(), FolderMailer(tmp_path, SENDER),
            SmtpMailer("localhost", 1, SENDER, security="none")]  # fmt: skip


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize(
    "to", ["a@b.example\nBcc: all@b.example", "nobody", "a b@c.example", "a@b.example, c@d.example"]
)
def test_no_address_smuggles_a_header_in(tmp_path: Path, number: int, to: str) -> None:
    with pytest.raises(InvalidInput):
        mailers(tmp_path)[number].send(Mail(to, "x", "y"))


def test_a_subject_is_one_line(tmp_path: Path) -> None:
    FolderMailer(tmp_path, SENDER).send(Mail("a@b.example", "Hello\r\nBcc: x@y.example", "text"))
    message = read(next(tmp_path.glob("*.eml")).read_bytes())
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: x@y.example"


def test_settings_choose_the_mailer(tmp_path: Path) -> None:
    plain = make_mailer(Settings(home=tmp_path, base_url="https://desk.maker.example"))
    plain.send(MAIL)
    message = read(next((tmp_path / "mail").glob("*.eml")).read_bytes())
    assert message["From"] == "Careloop <careloop@desk.maker.example>"
    assert isinstance(make_mailer(Settings(home=tmp_path, smtp_host="x")), SmtpMailer)
