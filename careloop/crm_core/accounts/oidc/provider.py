"""The provider as a port: its metadata, its keys, the exchange of a code, the check of a token.

OpenID Connect Core 1.0 (code flow), Discovery 1.0, PKCE (RFC 7636), issuer in the answer
(RFC 9207). Every failure is a `LoginRefused` whose message is for the log, not for the browser.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from careloop.kit.clock import Clock, SystemClock
from careloop.kit.errors import Misconfigured, Unauthenticated, Unavailable

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures with a public key only: with a shared one, whoever checks could also forge."""
LEEWAY_SECONDS = 60
METADATA_LIFE = timedelta(hours=1)
KEYS_PAUSE = timedelta(seconds=5)
SCOPE = "openid email profile"


class LoginRefused(Unauthenticated):
    """The provider's answer does not prove who somebody is."""

    code = "oidc_refused"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for; `email` only where it has verified it."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    name: str
    claims: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Client:
    """This installation as the provider knows it."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


class Provider:
    """One provider; metadata and keys are kept for a while, unknown keys are fetched anew."""

    def __init__(
        self, client: Client, clock: Clock | None = None, http: httpx.Client | None = None,
        keys_pause: timedelta = KEYS_PAUSE,
    ) -> None:  # fmt: skip
        _must_be_private(client.issuer, "CARELOOP_OIDC_ISSUER")
        if not client.client_id:
            raise Misconfigured("CARELOOP_OIDC_ISSUER needs CARELOOP_OIDC_CLIENT_ID")
        self._client, self._clock = client, clock or SystemClock()
        self._http = http or httpx.Client(timeout=10, follow_redirects=False)
        self._pause = keys_pause
        self._lock = threading.Lock()
        self._metadata: tuple[datetime, Mapping[str, Any]] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def authorize_url(self, state: str, nonce: str, challenge: str) -> str:
        """Where the browser goes to log in."""
        query = urlencode({
            "response_type": "code", "client_id": self._client.client_id, "scope": SCOPE,
            "redirect_uri": self._client.redirect_uri, "state": state, "nonce": nonce,
            "code_challenge": challenge, "code_challenge_method": "S256",
        })  # fmt: skip
        address = self._endpoint("authorization_endpoint")
        return f"{address}{'&' if '?' in address else '?'}{query}"

    def identify(self, code: str, verifier: str, nonce: str) -> Identity:
        """Trade the code for an ID token and check it."""
        answer = self._exchange(code, verifier)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise LoginRefused("The provider gave no ID token")
        claims = self.verified(token, nonce)
        if "email" not in claims and isinstance(answer.get("access_token"), str):
            claims = {**self._userinfo(answer["access_token"], claims["sub"]), **claims}
        return Identity(
            issuer=self._client.issuer, subject=str(claims["sub"]),
            email=str(claims.get("email") or "").strip().lower(),
            email_verified=claims.get("email_verified") in (True, "true"),
            name=str(claims.get("name") or claims.get("preferred_username") or ""),
            claims=claims,
        )  # fmt: skip

    def check_issuer(self, issuer: str | None) -> None:
        """The provider that answered is the one that was asked (RFC 9207)."""
        promised = self._about().get("authorization_response_iss_parameter_supported") is True
        if (issuer is None and promised) or (issuer is not None and issuer != self._client.issuer):
            raise LoginRefused("The answer comes from another provider")

    def verified(self, token: str, nonce: str) -> dict[str, Any]:
        """The claims of an ID token that is meant for us, now, and for this login."""
        claims = self._decoded(token)
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(self._clock.now().timestamp()), leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._client.issuer},
            sub={"essential": True}, exp={"essential": True}, iat={"essential": True},
            aud={"essential": True},
        )  # fmt: skip
        try:
            registry.validate(claims)
        except JoseError as error:
            raise LoginRefused(f"The ID token is not valid: {error}") from None
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if self._client.client_id not in audience:
            raise LoginRefused("The ID token is meant for somebody else")
        party = claims.get("azp")
        if party != self._client.client_id and (party is not None or len(audience) > 1):
            raise LoginRefused("The ID token was given to somebody else")
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise LoginRefused("The ID token belongs to another login")
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise LoginRefused("The ID token names nobody")
        return claims

    def _decoded(self, token: str) -> dict[str, Any]:
        """The claims under a signature of one of the provider's keys."""
        offered = self._about().get("id_token_signing_alg_values_supported") or ["RS256"]
        allowed = [name for name in ALGORITHMS if name in offered]
        for fresh in (False, True):
            try:
                return dict(jwt.decode(token, self._key_set(fresh), algorithms=allowed).claims)
            except (JoseError, ValueError) as error:
                if fresh:
                    raise LoginRefused(f"The ID token's signature fails: {error}") from None
        raise LoginRefused("The ID token's signature fails")

    def _exchange(self, code: str, verifier: str) -> Mapping[str, Any]:
        body = {
            "grant_type": "authorization_code", "code": code, "code_verifier": verifier,
            "redirect_uri": self._client.redirect_uri,
        }  # fmt: skip
        auth: tuple[str, str] | None = None
        secret = self._client.client_secret
        known = self._about().get("token_endpoint_auth_methods_supported")
        methods = known or ["client_secret_basic"]
        if secret and "client_secret_basic" in methods:
            # RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
            auth = quote(self._client.client_id, safe=""), quote(secret, safe="")
        else:
            body["client_id"] = self._client.client_id
            if secret:
                body["client_secret"] = secret
        return self._asked("POST", self._endpoint("token_endpoint"), data=body, auth=auth)

    def _userinfo(self, access_token: str, subject: str) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {access_token}"}
        told = self._asked("GET", self._endpoint("userinfo_endpoint"), headers=headers)
        if told.get("sub") != subject:
            raise LoginRefused("The provider tells of another person")
        return told

    def _about(self) -> Mapping[str, Any]:
        """The provider's metadata, read again after a while."""
        with self._lock:
            known, at = self._metadata, self._clock.now()
            if known is not None and at - known[0] < METADATA_LIFE:
                return known[1]
            address = f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = self._asked("GET", address)
            if found.get("issuer") != self._client.issuer:
                raise LoginRefused("The discovery document names another issuer")
            self._metadata = at, found
            return found

    def _key_set(self, fresh: bool) -> KeySet:
        """The provider's keys; `fresh` fetches them, but not more often than every few seconds."""
        address = self._endpoint("jwks_uri")
        with self._lock:
            known, at = self._keys, self._clock.now()
            young = known is not None and at - known[0] < (self._pause if fresh else METADATA_LIFE)
            if known is not None and young:
                return known[1]
            found = KeySet.import_key_set(dict(self._asked("GET", address)))  # type: ignore[arg-type]
            self._keys = at, found
            return found

    def _endpoint(self, name: str) -> str:
        found = self._about().get(name)
        if not isinstance(found, str):
            raise LoginRefused(f"The provider has no {name}")
        _must_be_private(found, name)
        return found

    def _asked(self, method: str, address: str, **how: Any) -> Mapping[str, Any]:
        try:
            answer = self._http.request(method, address, **how)
            told = answer.json() if answer.content else {}
        except httpx.HTTPError as error:
            raise Unavailable(f"The identity provider does not answer: {error}") from None
        except ValueError:
            told = None
        if answer.status_code >= 500:
            raise Unavailable(f"The identity provider fails with {answer.status_code}")
        if answer.status_code != 200 or not isinstance(told, dict):
            why = told.get("error", "") if isinstance(told, dict) else ""
            raise LoginRefused(f"The provider answers {answer.status_code} {why}".strip())
        return told


def _must_be_private(address: str, what: str) -> None:
    """Secrets go there, so only over TLS, or on this machine."""
    parts = urlsplit(address)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise Misconfigured(f"{what} must be an https address")
