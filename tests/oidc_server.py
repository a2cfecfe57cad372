"""An identity provider that speaks the real protocol over HTTP: discovery, authorization code with
PKCE, token, userinfo, keys that can be changed. Tests tell it what to get wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from careloop.kit.clock import Clock

CLIENT_ID, CLIENT_SECRET = "care loop", "s3cret/+ %"


@dataclass
class IdentityProvider:
    """The server; `person` logs in next, `forge` may change claims before they are signed."""

    clock: Clock
    person: dict[str, Any] = field(default_factory=dict)
    forge: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    algorithm: str = "RS256"
    in_userinfo: bool = False
    down: bool = False
    issuer: str = ""
    announced: str = ""
    keys_asked: int = 0

    def __post_init__(self) -> None:
        self.key = new_key("k1")
        self.published = [self.key]
        self._codes: dict[str, dict[str, str]] = {}
        self._access: dict[str, dict[str, Any]] = {}

    def change_key(self) -> None:
        """Sign with a new key; the old one is no longer published."""
        self.key = new_key(secrets.token_hex(4))
        self.published = [self.key]

    def log_in(self, address: str) -> dict[str, str]:
        """What a browser that goes to `address` and logs in comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.announced or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }

    def keys(self) -> dict[str, Any]:
        self.keys_asked += 1
        return {"keys": [key.as_dict(private=False) for key in self.published]}

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        wanted = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (unquote(wanted[0]), unquote(wanted[2])) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(form.get("code", ""), None)  # a code works once
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or proof != asked["code_challenge"]
            or (form.get("redirect_uri") != asked["redirect_uri"])
        ):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        self._access[access] = self.person
        return 200, {"id_token": self.id_token(asked["nonce"]), "access_token": access,
                     "token_type": "Bearer"}  # fmt: skip

    def id_token(self, nonce: str) -> str:
        now = int(self.clock.now().timestamp())
        told = {"sub": self.person["sub"]} if self.in_userinfo else self.person
        claims = self.forge(
            {"iss": self.issuer, "aud": CLIENT_ID, "exp": now + 300, "iat": now, "nonce": nonce,
             **told}
        )  # fmt: skip
        if self.algorithm != "RS256":
            return self._forged(claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def _forged(self, claims: dict[str, Any]) -> str:
        """Without a signature; or with the known trick: the public key, which everybody has, as
        if it were a shared secret."""
        head = {"alg": self.algorithm, "kid": self.key.kid}
        body = b".".join(_b64(json.dumps(part).encode()) for part in (head, claims))
        if self.algorithm == "none":
            return body.decode() + "."
        secret = self.key.as_pem(private=False)
        return (body + b"." + _b64(hmac.digest(secret, body, "sha256"))).decode()

    def userinfo(self, authorization: str) -> dict[str, Any] | None:
        return self._access.get(authorization.removeprefix("Bearer "))


def _b64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@contextmanager
def running(provider: IdentityProvider) -> Iterator[IdentityProvider]:
    """The provider on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/.well-known/openid-configuration":
                self._tell(200, provider.metadata())
            elif path == "/keys":
                self._tell(200, provider.keys())
            elif path == "/userinfo":
                told = provider.userinfo(self.headers.get("authorization", ""))
                self._tell(200 if told else 401, told or {"error": "invalid_token"})
            else:
                self._tell(404, {})

        def do_POST(self) -> None:
            size = int(self.headers.get("content-length", 0))
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(size).decode()).items()}
            self._tell(*provider.token(form, self.headers.get("authorization", "")))

        def _tell(self, status: int, body: Any) -> None:
            data = json.dumps(body).encode()
            self.send_response(503 if provider.down else status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
