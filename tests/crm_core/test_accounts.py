"""Who may come in, for how long, and with what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from careloop.crm_core.accounts import passwords, queries, service
from careloop.crm_core.accounts.models import ApiToken, LoginSession, User
from careloop.crm_core.accounts.schemas import ChangeUser, CreateToken, CreateUser
from careloop.kit.actor import Actor, Role, scopes_of, staff_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict, Forbidden, InvalidInput, Unauthenticated

PASSWORD = "correct horse battery"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)


def add(database: Database, admin: Actor, email: str, role: Role = Role.AGENT) -> Actor:
    command = CreateUser(email=email, name=email, role=role, password=PASSWORD)
    with database.write() as session:
        view = service.create_user(session, admin, command)
    return staff_actor(admin.tenant_id, role, view.id, view.name)


def login(database: Database, tenant: str, email: str, password: str = PASSWORD) -> str:
    with database.read() as session:
        user = service.check_password(session, tenant, email, password)
    with database.write() as session:
        return service.open_session(session, tenant, user.id, 12)


def who(database: Database, secret: str) -> Actor:
    with database.read() as session:
        return service.actor_of_session(session, secret, database.clock.now())


def bearer(database: Database, secret: str) -> Actor:
    with database.read() as session:
        return service.actor_of_token(session, secret, database.clock.now())


def change(database: Database, admin: Actor, **command: object) -> None:
    with database.write() as session:
        service.change_user(session, admin, ChangeUser.model_validate(command))


def test_a_login_opens_a_session_that_ends(
    database: Database, admin: Actor, clock: FixedClock
) -> None:
    agent = add(database, admin, "ben@maker.example")
    secret = login(database, admin.tenant_id, " Ben@Maker.example ")
    assert who(database, secret) == agent
    clock.advance(timedelta(hours=12))
    with pytest.raises(Unauthenticated):
        who(database, secret)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ben@maker.example", "correct horse batter"),
        ("ben@maker.example", ""),
        ("ben@maker.example", PASSWORD + "x"),
        ("nobody@maker.example", PASSWORD),
        ("", ""),
    ],
)
def test_a_wrong_login_says_nothing_of_which_part_was_wrong(
    database: Database, admin: Actor, email: str, password: str
) -> None:
    add(database, admin, "ben@maker.example")
    with pytest.raises(Unauthenticated, match="E-mail address or password is wrong"):
        login(database, admin.tenant_id, email, password)


def test_an_account_without_a_password_cannot_log_in(database: Database, admin: Actor) -> None:
    with pytest.raises(Unauthenticated):
        login(database, admin.tenant_id, "admin@maker.example", "")


def test_logging_out_ends_this_session_alone(database: Database, admin: Actor) -> None:
    add(database, admin, "ben@maker.example")
    here, there = (login(database, admin.tenant_id, "ben@maker.example") for _ in range(2))
    with database.write() as session:
        service.logout(session, here)
        service.logout(session, here)
        service.logout(session, "cls_unknown")
    with pytest.raises(Unauthenticated):
        who(database, here)
    assert who(database, there).role is Role.AGENT


@pytest.mark.parametrize("command", [{"password": "another horse battery"}, {"active": False}])
def test_a_new_password_or_a_lock_ends_every_session(
    database: Database, admin: Actor, command: dict[str, object]
) -> None:
    agent = add(database, admin, "ben@maker.example")
    secrets = [login(database, admin.tenant_id, "ben@maker.example") for _ in range(2)]
    change(database, admin, user_id=agent.user_id, **command)
    for secret in secrets:
        with pytest.raises(Unauthenticated):
            who(database, secret)
    with pytest.raises(Unauthenticated):
        login(database, admin.tenant_id, "ben@maker.example")


def test_a_new_role_counts_at_once(database: Database, admin: Actor) -> None:
    agent = add(database, admin, "ben@maker.example")
    secret = login(database, admin.tenant_id, "ben@maker.example")
    change(database, admin, user_id=agent.user_id, role="evaluator")
    assert who(database, secret).scopes == scopes_of(Role.EVALUATOR)


def test_secrets_are_stored_as_hashes_only(database: Database, admin: Actor) -> None:
    agent = add(database, admin, "ben@maker.example")
    secret = login(database, admin.tenant_id, "ben@maker.example")
    with database.write() as session:
        token = service.create_token(session, agent, CreateToken(name="script"))
    with database.read() as session:
        held = [
            *(row.secret_hash for row in session.query(LoginSession)),
            *(row.secret_hash for row in session.query(ApiToken)),
            *(row.password_hash for row in session.query(User)),
        ]
    assert len(held) == 4
    assert not {secret, token.secret, PASSWORD} & set(held)
    assert token.secret is not None
    assert token.secret.startswith("clp_")


@pytest.mark.parametrize("password", ["short", "x" * 9, "x" * 201, ""])
def test_a_poor_password_is_refused(database: Database, admin: Actor, password: str) -> None:
    command = CreateUser(email="a@b.example", name="A", role=Role.AGENT, password=password)
    with pytest.raises(InvalidInput), database.write() as session:
        service.create_user(session, admin, command)


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.BOT, Role.SYSTEM])
def test_nobody_becomes_what_is_no_staff(database: Database, admin: Actor, role: Role) -> None:
    with pytest.raises(InvalidInput):
        add(database, admin, "x@maker.example", role)
    agent = add(database, admin, "ben@maker.example")
    with pytest.raises(InvalidInput):
        change(database, admin, user_id=agent.user_id, role=role)


def test_an_address_has_one_account(database: Database, admin: Actor) -> None:
    add(database, admin, "ben@maker.example")
    with pytest.raises(Conflict):
        add(database, admin, "BEN@maker.example")


@pytest.mark.parametrize("command", [{"active": False}, {"role": "agent"}])
def test_the_last_admin_stays_one(
    database: Database, admin: Actor, command: dict[str, object]
) -> None:
    with pytest.raises(Conflict, match="last admin"):
        change(database, admin, user_id=admin.user_id, **command)
    second = add(database, admin, "root@maker.example", Role.ADMIN)
    change(database, admin, user_id=admin.user_id, **command)
    with pytest.raises(Conflict, match="last admin"):
        change(database, second, user_id=second.user_id, **command)


def test_a_locked_admin_is_no_last_admin(database: Database, admin: Actor) -> None:
    second = add(database, admin, "root@maker.example", Role.ADMIN)
    change(database, admin, user_id=second.user_id, active=False)
    change(database, admin, user_id=second.user_id, role="agent")


def test_two_admins_cannot_leave_at_the_same_moment(database: Database, admin: Actor) -> None:
    second = add(database, admin, "root@maker.example", Role.ADMIN)

    def leave(who: Actor) -> bool:
        try:
            change(database, who, user_id=who.user_id, role="agent")
        except CareloopError:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            left = sum(pool.map(leave, [admin, second]))
        assert left == 1
        with database.write() as session:
            assert queries.active_admins(session, admin.tenant_id) == 1
            for user in session.query(User):
                user.role = Role.ADMIN


def test_a_token_does_no_more_than_it_says(database: Database, admin: Actor) -> None:
    with database.write() as session:
        narrow = service.create_token(
            session, admin, CreateToken(name="n", scopes=["desk", "tickets:read"])
        )
        wide = service.create_token(session, admin, CreateToken(name="w"))
    assert bearer(database, narrow.secret or "").scopes == {"desk", "tickets:read"}
    assert bearer(database, wide.secret or "").scopes == scopes_of(Role.ADMIN)


def test_a_narrow_token_cannot_make_a_wider_one(database: Database, admin: Actor) -> None:
    with database.write() as session:
        made = service.create_token(
            session, admin, CreateToken(name="n", scopes=["desk", "tickets:read"])
        )
    narrow = bearer(database, made.secret or "")
    with database.write() as session:
        child = service.create_token(session, narrow, CreateToken(name="child"))
        with pytest.raises(InvalidInput):
            service.create_token(session, narrow, CreateToken(name="x", scopes=["users:write"]))
    assert bearer(database, child.secret or "").scopes == {"desk", "tickets:read"}


def test_nobody_gives_what_they_do_not_have(database: Database, admin: Actor) -> None:
    agent = add(database, admin, "ben@maker.example")
    with pytest.raises(InvalidInput), database.write() as session:
        service.create_token(session, agent, CreateToken(name="x", scopes=["users:write"]))
    with pytest.raises(Forbidden), database.write() as session:
        nobody = Actor(admin.tenant_id, Role.SYSTEM, scopes=scopes_of(Role.SYSTEM))
        service.create_token(session, nobody, CreateToken(name="x"))


def test_a_token_shrinks_with_its_owner(database: Database, admin: Actor) -> None:
    agent = add(database, admin, "ben@maker.example")
    with database.write() as session:
        made = service.create_token(
            session, agent, CreateToken(name="x", scopes=["tickets:write", "knowledge:read"])
        )
    change(database, admin, user_id=agent.user_id, role="evaluator")
    assert bearer(database, made.secret or "").scopes == {"knowledge:read"}
    change(database, admin, user_id=agent.user_id, active=False)
    with pytest.raises(Unauthenticated):
        bearer(database, made.secret or "")


def test_a_token_ends_by_its_day_or_by_hand(
    database: Database, admin: Actor, clock: FixedClock
) -> None:
    with database.write() as session:
        short = service.create_token(session, admin, CreateToken(name="s", days=1))
        long = service.create_token(session, admin, CreateToken(name="l"))
    clock.advance(timedelta(days=1))
    with pytest.raises(Unauthenticated):
        bearer(database, short.secret or "")
    assert bearer(database, long.secret or "").user_id == admin.user_id
    with database.write() as session:
        service.revoke_token(session, admin, long.id)
    with pytest.raises(Unauthenticated):
        bearer(database, long.secret or "")


def test_one_ends_only_ones_own_tokens(database: Database, admin: Actor) -> None:
    agent = add(database, admin, "ben@maker.example")
    with database.write() as session:
        made = service.create_token(session, admin, CreateToken(name="x"))
    with pytest.raises(CareloopError, match="no such token"), database.write() as session:
        service.revoke_token(session, agent, made.id)
    assert bearer(database, made.secret or "").user_id == admin.user_id
