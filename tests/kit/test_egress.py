"""The way out: every hostile form of an address, names that change, answers that never end."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from careloop.kit.egress import AddressRefused, Egress, EgressFailed, Limits
from careloop.kit.errors import Misconfigured
from careloop.kit.sealing import Vault

HOSTILE = [
    # plain inner addresses
    "https://127.0.0.1/", "https://127.8.8.8/", "https://0.0.0.0/", "https://10.1.2.3/",
    "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/", "https://100.64.0.1/",
    "https://100.100.100.200/", "https://168.63.129.16/", "https://192.0.0.192/",
    "https://198.18.0.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://240.0.0.1/",
    # the same in odd forms: decimal, octal, hexadecimal, short, with zeros, full width
    "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://017700000001/",
    "https://0177.0.0.1/", "https://127.1/", "https://127.0.1/", "https://0/",
    "https://127.0.0.01/", "https://1.1.1.0x1/", "https://１２７.0.0.1/", "https://①②⑦.0.0.1/",
    # a dot behind, brackets, IPv6 that hides IPv4
    "https://127.0.0.1./", "https://169.254.169.254./", "https://localhost./",
    "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:169.254.169.254]/", "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
    "https://[::ffff:8.8.8.8]/", "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2001:0:1::1]/",
    "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fc00::1]/",
    "https://[fd00:ec2::254]/", "https://[ff02::1]/", "https://[2001:db8::1]/", "https://[100::1]/",
    # inner names
    "https://localhost/", "https://LOCALHOST/", "https://db/", "https://a.localhost/",
    "https://metadata.google.internal/", "https://printer.local/", "https://erp.lan/",
    "https://x.home.arpa/",
    # other schemes, ports, users, tricks of parsers
    "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
    "https://example.com:22/", "https://example.com:6379/", "https://example.com:80/",
    "https://example.com:0/", "https://example.com:99999/", "https://user@example.com/",
    "https://example.com@127.0.0.1/", "https://example.com:443@127.0.0.1/", "https://",
    "https:///x", "https://example.com\\@127.0.0.1/", "https://exa mple.com/",
    "https://example.com\t/", "https://example.com\r\nhost: x/", "https://example.com/#@127.0.0.1",
    "https://[127.0.0.1]/", "https://example..com/", "https://-example.com/", "//example.com/",
    "https://example.com%00.evil.com/", "https://%31%32%37.0.0.1/", "example.com",
]  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_url_is_refused_before_anything_is_asked(url: str) -> None:
    asked: list[str] = []
    egress = Egress(resolve=lambda host, port: asked.append(host) or ["93.184.216.34"])  # type: ignore[func-returns-value]
    with pytest.raises(AddressRefused):
        egress.check(url)
    with pytest.raises(EgressFailed) as failed:
        egress.send("POST", url, body=b"{}")
    assert failed.value.kind == "refused"
    assert asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com", "https://example.com:8443/a?b=c", "https://hooks.example.co.uk./x",
        "https://93.184.216.34/", "https://[2606:2800:220:1:248:1893:25c8:1946]/",
        "https://xn--bcher-kva.example.org/",
    ],
)  # fmt: skip
def test_a_public_https_url_is_fine(url: str) -> None:
    assert Egress().check(url).scheme == "https"


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["10.0.0.1"], ["93.184.216.34", "169.254.169.254"], ["::1"],
        ["::ffff:10.0.0.1"], ["fe80::1%eth0"], ["64:ff9b::a00:1"], ["not an address"], [],
    ],
    ids=str,
)  # fmt: skip
def test_a_name_with_one_inner_address_is_refused_whole(addresses: list[str]) -> None:
    with pytest.raises(EgressFailed) as failed:
        Egress(resolve=lambda host, port: addresses).send("GET", "https://evil.example.com/")
    assert failed.value.kind in {"refused", "dns"}


def test_the_allow_list_names_origins_and_nothing_else(server: Server) -> None:
    egress = Egress(f"http://127.0.0.1:{server.port}")
    assert egress.send("GET", f"http://127.0.0.1:{server.port}/x").status == 200
    for other in ("http://127.0.0.1:1/", f"https://127.0.0.1:{server.port}/", "http://127.0.0.2/"):
        with pytest.raises(EgressFailed):
            egress.send("GET", other)
    with pytest.raises(Misconfigured):
        Egress("erp.lan:8080")


def test_a_redirect_to_the_inside_is_not_followed(server: Server) -> None:
    server.answers = [
        b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n"
    ]
    answer = server.egress().send("POST", server.url, body=b"{}")
    assert answer.status == 302
    assert len(server.requests) == 1


def test_a_body_that_drips_ends_with_the_time(server: Server) -> None:
    server.answers = [b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"]
    server.drip = 0.1
    begun = time.monotonic()
    with pytest.raises(EgressFailed) as failed:
        server.egress().send("GET", server.url, limits=Limits(seconds=1))
    assert failed.value.kind == "timeout"
    assert time.monotonic() - begun < 2


def test_headers_that_drip_end_with_the_time(server: Server) -> None:
    server.answers = [b"HTTP/1.1 200 OK\r\n"]
    server.drip = 0.1
    with pytest.raises(EgressFailed) as failed:
        server.egress().send("GET", server.url, limits=Limits(seconds=1))
    assert failed.value.kind in {"timeout", "protocol"}


def test_a_large_body_is_cut_or_refused_and_never_unpacked(server: Server) -> None:
    body = b"x" * 5000
    server.answers = [
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5000\r\n\r\n" + body
    ] * 2
    answer = server.egress().send("GET", server.url, limits=Limits(max_bytes=100, cut=True))
    assert (answer.body, answer.cut) == (b"x" * 100, True)
    with pytest.raises(EgressFailed) as failed:
        server.egress().send("GET", server.url, limits=Limits(max_bytes=100))
    assert failed.value.kind == "too_large"
    assert b"accept-encoding: identity" in server.requests[0].lower()


def test_what_is_no_http_is_a_named_failure(server: Server) -> None:
    server.answers = [b"SSH-2.0-OpenSSH_9.6\r\n"]
    with pytest.raises(EgressFailed) as failed:
        server.egress().send("GET", server.url)
    assert failed.value.kind == "protocol"


def test_the_connection_goes_to_the_checked_address_with_the_name_in_tls(tmp_path: Path) -> None:
    """A name that would answer otherwise the next time is asked once; the certificate is checked
    against the name, though the connection goes to a number."""
    cert, key = certificate(tmp_path, "hooks.example.com")
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(cert, key)
    names: list[str | None] = []
    inside.sni_callback = lambda _, name, __: names.append(name)  # type: ignore[assignment]
    trust = ssl.create_default_context(cafile=str(cert))
    with listening(inside) as tls:
        egress = Egress(f"https://hooks.example.com:{tls.port},https://other.example.com:{tls.port}",
                        resolve=lambda host, port: tls.asked(host), tls=trust)  # fmt: skip
        answer = egress.send("POST", f"https://hooks.example.com:{tls.port}/in", body=b"{}")
        assert answer.status == 200
        assert tls.hosts == ["hooks.example.com"], "asked once, so nothing can change in between"
        assert names == ["hooks.example.com"]
        assert f"host: hooks.example.com:{tls.port}".encode() in tls.requests[0].lower()
        with pytest.raises(EgressFailed) as failed:
            egress.send("POST", f"https://other.example.com:{tls.port}/in", body=b"{}")
        assert failed.value.kind in {"tls", "connect"}


def test_a_name_that_turns_to_the_inside_is_refused_the_second_time() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    egress = Egress(resolve=lambda host, port: next(answers))
    target = egress.check("https://turns.example.com/")
    assert egress.addresses(target) == ["93.184.216.34"]
    with pytest.raises(EgressFailed) as failed:
        egress.send("GET", "https://turns.example.com/")
    assert failed.value.kind == "refused"


def test_a_sealed_login_opens_for_its_purpose_alone() -> None:
    vault, other = Vault(b"k" * 32), Vault(b"o" * 32)
    sealed = vault.seal("token-1", "connector", "tenant", "https://erp.example.com:443")
    assert sealed == vault.seal("token-1", "connector", "tenant", "https://erp.example.com:443")
    assert "token" not in sealed
    assert vault.open(sealed, "connector", "tenant", "https://erp.example.com:443") == "token-1"
    for wrong in (
        lambda: vault.open(sealed, "connector", "tenant", "https://evil.example.com:443"),
        lambda: other.open(sealed, "connector", "tenant", "https://erp.example.com:443"),
        lambda: vault.open(sealed[:-4], "connector", "tenant", "https://erp.example.com:443"),
    ):
        with pytest.raises(Misconfigured):
            wrong()
    assert vault.derive("s", "ab", "c") != vault.derive("s", "a", "bc")


class Server:
    """A socket that answers what it is told, byte for byte."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.answers: list[bytes] = []
        self.drip = 0.0
        self.requests: list[bytes] = []
        self.hosts: list[str] = []
        self._context = context
        threading.Thread(target=self._serve, daemon=True).start()

    def egress(self) -> Egress:
        return Egress(f"http://127.0.0.1:{self.port}")

    def asked(self, host: str) -> list[str]:
        self.hosts.append(host)
        return ["127.0.0.1"]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                plain = connection
                if self._context:
                    plain = self._context.wrap_socket(connection, server_side=True)
                self.requests.append(plain.recv(65536))
                usual = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
                plain.sendall(self.answers.pop(0) if self.answers else usual)
                while self.drip:
                    time.sleep(self.drip)
                    plain.sendall(b"x")
                plain.close()
            except OSError:
                return

    def close(self) -> None:
        self._socket.close()


@contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(context)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as found:
        yield found


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    at = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )  # fmt: skip
    return cert_file, key_file
