"""Whom the identity provider vouches for, and whom a forged answer does not let in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from oidc_server import CLIENT_ID, CLIENT_SECRET, IdentityProvider, running

from careloop.crm_core.accounts.models import User
from careloop.crm_core.accounts.oidc import login
from careloop.crm_core.accounts.oidc.login import JoinIdentity, JoinRules
from careloop.crm_core.accounts.oidc.provider import Client, Identity, LoginRefused, Provider
from careloop.kit.actor import Actor, Role
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Forbidden, Misconfigured, Unavailable

REDIRECT = "https://maker.example/v1/auth/oidc/callback"
PERSON = {"sub": "u-1", "email": "Ben@Maker.example", "email_verified": True, "name": "Ben"}
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def server(clock: FixedClock) -> Iterator[IdentityProvider]:
    with running(IdentityProvider(clock, person=dict(PERSON))) as provider:
        yield provider


def ours(server: IdentityProvider, clock: FixedClock, **changes: str) -> Provider:
    values = {"issuer": server.issuer, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
              "redirect_uri": REDIRECT, **changes}  # fmt: skip
    return Provider(Client(**values), clock)


def log_in(provider: Provider, server: IdentityProvider, nonce: str = "n-1") -> Identity:
    answer = server.log_in(provider.authorize_url("s-1", nonce, CHALLENGE.decode()))
    assert answer["state"] == "s-1"
    provider.check_issuer(answer["iss"])
    return provider.identify(answer["code"], VERIFIER, "n-1")


def test_a_login_tells_who_it_is(server: IdentityProvider, clock: FixedClock) -> None:
    found = log_in(ours(server, clock), server)
    assert (found.subject, found.email, found.email_verified) == ("u-1", "ben@maker.example", True)


def test_claims_may_stand_in_userinfo(server: IdentityProvider, clock: FixedClock) -> None:
    server.in_userinfo = True
    found = log_in(ours(server, clock), server)
    assert (found.email, found.email_verified, found.name) == ("ben@maker.example", True, "Ben")


def changed(**claims: Any) -> Any:
    def forge(told: dict[str, Any]) -> dict[str, Any]:
        both = {**told, **claims}
        return {key: value for key, value in both.items() if value is not None}

    return forge


NOW = int(datetime(2026, 11, 22, 9, tzinfo=UTC).timestamp())
FORGED = {
    "another nonce": {"nonce": "other"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody else"},
    "no audience": {"aud": None},
    "many audiences, another party": {"aud": [CLIENT_ID, "x"], "azp": "x"},
    "many audiences, no party": {"aud": [CLIENT_ID, "x"]},
    "another party": {"azp": "x"},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "expired": {"exp": NOW - 3600},
    "no end": {"exp": None},
    "from the future": {"iat": NOW + 3600, "exp": NOW + 7200},
    "not yet": {"nbf": NOW + 3600},
    "nobody": {"sub": ""},
    "no subject": {"sub": None},
    "a number as subject": {"sub": 17},
}


@pytest.mark.parametrize("what", FORGED)
def test_a_token_that_is_not_for_this_login_is_refused(
    server: IdentityProvider, clock: FixedClock, what: str
) -> None:
    server.forge = changed(**FORGED[what])
    with pytest.raises(LoginRefused):
        log_in(ours(server, clock), server)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_a_real_signature_is_refused(
    server: IdentityProvider, clock: FixedClock, algorithm: str
) -> None:
    """Although this provider says in its metadata that it would sign so."""
    server.algorithm = algorithm
    with pytest.raises(LoginRefused, match="signature"):
        log_in(ours(server, clock), server)


def test_a_key_of_somebody_else_signs_nothing(server: IdentityProvider, clock: FixedClock) -> None:
    provider = ours(server, clock)
    kept = server.published
    server.change_key()
    server.published = kept
    with pytest.raises(LoginRefused):
        log_in(provider, server)


def test_a_new_key_is_fetched_and_an_old_one_ends(
    server: IdentityProvider, clock: FixedClock
) -> None:
    provider = ours(server, clock)
    log_in(provider, server)
    log_in(provider, server)
    assert server.keys_asked == 1
    old = server.key
    server.change_key()
    clock.advance(timedelta(minutes=1))
    log_in(provider, server)
    assert server.keys_asked == 2
    server.key = old
    for _ in range(5):
        with pytest.raises(LoginRefused):
            log_in(provider, server)
    # A flood of unknown keys does not become a flood of requests to the provider.
    assert server.keys_asked <= 3


def test_a_code_works_once_and_for_its_browser_alone(
    server: IdentityProvider, clock: FixedClock
) -> None:
    provider = ours(server, clock)
    answer = server.log_in(provider.authorize_url("s", "n-1", CHALLENGE.decode()))
    with pytest.raises(LoginRefused, match="invalid_grant"):
        provider.identify(answer["code"], "x" * 64, "n-1")
    answer = server.log_in(provider.authorize_url("s", "n-1", CHALLENGE.decode()))
    assert provider.identify(answer["code"], VERIFIER, "n-1").subject == "u-1"
    with pytest.raises(LoginRefused, match="invalid_grant"):
        provider.identify(answer["code"], VERIFIER, "n-1")


def test_the_provider_itself_must_be_the_one_we_mean(
    server: IdentityProvider, clock: FixedClock
) -> None:
    provider = ours(server, clock)
    for issuer in ("https://evil.example", None):
        with pytest.raises(LoginRefused, match="another provider"):
            provider.check_issuer(issuer)
    server.announced = "https://evil.example"
    with pytest.raises(LoginRefused, match="another issuer"):
        ours(server, clock).authorize_url("s", "n", "c")
    with pytest.raises(Misconfigured, match="https"):
        ours(server, clock, issuer="http://login.maker.example")
    with pytest.raises(Misconfigured, match="CLIENT_ID"):
        ours(server, clock, client_id="")


def test_a_wrong_secret_or_a_dead_provider_is_no_login(
    server: IdentityProvider, clock: FixedClock
) -> None:
    with pytest.raises(LoginRefused, match="invalid_client"):
        log_in(ours(server, clock, client_secret="wrong"), server)
    server.down = True
    with pytest.raises(Unavailable):
        ours(server, clock).authorize_url("s", "n", "c")


RULES = JoinRules.of("groups", "desk=agent, boss=manager", "maker.example, @field.example")


def test_groups_become_roles_in_the_order_of_the_map() -> None:
    assert RULES.role_of({"groups": ["x", "boss", "desk"]}) is Role.AGENT
    assert RULES.role_of({"groups": "boss"}) is Role.MANAGER
    assert RULES.role_of({"groups": ["x", 3]}) is None
    assert RULES.role_of({}) is None
    assert RULES.admits("a@maker.example")
    assert RULES.admits("a@field.example")
    assert not RULES.admits("a@sub.maker.example")
    assert not RULES.admits("maker.example@evil.example")
    assert JoinRules.of("", "", "").admits("anybody@anywhere.example")
    for wrong in ("desk", "desk=customer", "desk=system", "=agent"):
        with pytest.raises(Misconfigured, match="ROLE_MAP"):
            JoinRules.of("groups", wrong, "")
    with pytest.raises(Misconfigured, match="ROLE_CLAIM"):
        JoinRules.of("", "desk=agent", "")


def joining(database: Database, admin: Actor, **values: Any) -> Any:
    command = JoinIdentity(**{"subject": "iss|u-1", "email": "ben@maker.example", "name": "Ben",
                              "role": None, **values})  # fmt: skip
    with database.write() as session:
        return login.join(session, admin, command)


def identity(subject: str, email: str = "ben@maker.example") -> Identity:
    return Identity("iss", subject, email, True, "Ben", {})


def test_an_identity_opens_the_account_it_was_joined_to(database: Database, admin: Actor) -> None:
    with pytest.raises(Forbidden, match="no account"):
        joining(database, admin)
    made = joining(database, admin, role=Role.AGENT)
    assert (made.role, made.email, made.invited) == ("agent", "ben@maker.example", True)
    with database.read() as session:
        # The subject counts from now on, whatever address the provider tells.
        found = login.joined(session, admin.tenant_id, identity("u-1", "married@maker.example"))
        assert found is not None
        assert found.id == made.id
        assert login.joined(session, admin.tenant_id, identity("u-2")) is None
    # Whoever gets this address later does not get the account with it.
    with pytest.raises(Forbidden, match="another identity"):
        joining(database, admin, subject="iss|u-2")


def test_an_existing_account_is_joined_and_keeps_its_role(database: Database, admin: Actor) -> None:
    view = joining(database, admin, email="admin@maker.example", role=Role.AGENT)
    assert (view.id, view.role) == (admin.user_id, "admin")
    with database.write() as session:
        session.get_one(User, (admin.tenant_id, admin.user_id)).active = False
    with database.read() as session, pytest.raises(Forbidden, match="locked"):
        login.joined(session, admin.tenant_id, identity("u-1"))
    with pytest.raises(Forbidden, match="locked"):
        joining(database, admin, email="admin@maker.example")
