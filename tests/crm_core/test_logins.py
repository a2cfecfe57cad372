"""Logins that are listed, idle, ended; passwords that are lost, chosen, changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from careloop.api import last_seen
from careloop.api.password_mail import PASSWORD_LINK, PasswordMails
from careloop.crm_core.accounts import password_links, passwords, service, session_queries, sessions
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts.events import PasswordLinkAsked, SessionsEnded
from careloop.crm_core.accounts.models import LoginSession, PasswordLink, User
from careloop.crm_core.accounts.schemas import (
    ChangePassword,
    ChangeUser,
    CreateToken,
    CreateUser,
    InviteUser,
)
from careloop.crm_core.accounts.sightings import of_engine
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, InvalidInput, NotFound, Unauthenticated, Unavailable
from careloop.kit.jobs import Job, Jobs
from careloop.kit.mail import Mail, RecordingMailer

PASSWORD, NEW = "correct horse battery", "another horse battery"
MAIL = "ben@maker.example"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)


@pytest.fixture
def ben(database: Database, admin: Actor) -> Actor:
    command = CreateUser(email=MAIL, name="Ben", role=Role.AGENT, password=PASSWORD, language="zh")
    with database.write() as session:
        view = service.create_user(session, admin, command)
    return staff_actor(admin.tenant_id, Role.AGENT, view.id, view.name)


class Outbox:
    """Stands for the job engine: keeps what is queued, and does it when told."""

    def __init__(self, database: Database, mailer: Any = None) -> None:
        self.mailer = mailer or RecordingMailer()
        self.naps: list[float] = []
        self.mails = PasswordMails(database, self.mailer, "https://maker.example", self.naps.append)
        self.mails.follow(Jobs(database, "", {}))
        self._database = database

    def deliver(self) -> list[Mail]:
        """Do the queued jobs; the mails that went out by it."""
        with self._database.read() as session:
            queued = session.execute(
                select(Job.tenant_id, Job.id, Job.payload)
                .where(Job.kind == PASSWORD_LINK, Job.state == "queued")
                .order_by(Job.id)
            ).all()
        before = len(self.mailer.sent)
        for tenant, job_id, payload in queued:
            self.mails.errand(tenant, payload)
            with self._database.write() as session:
                session.get_one(Job, (tenant, job_id)).state = "done"
        found: list[Mail] = self.mailer.sent[before:]
        return found


def secret_in(mail: Mail) -> str:
    return mail.text.split("#", 1)[1].split()[0]


def login(database: Database, user: Actor, **how: Any) -> str:
    with database.write() as session:
        return sessions.open_session(session, user.tenant_id, user.user_id or "", 12, **how)


def who(database: Database, secret: str) -> Actor:
    with database.read() as session:
        return service.actor_of_session(session, secret, database.clock.now())


def ask(database: Database, tenant: str, email: str) -> None:
    with database.write() as session:
        password_links.ask_reset(session, tenant, email)


def choose(database: Database, admin: Actor, secret: str, password: str = NEW) -> None:
    with database.write() as session:
        password_links.choose_password(session, admin, secret, password)


def knows(database: Database, ben: Actor, password: str) -> bool:
    try:
        with database.read() as session:
            service.check_password(session, ben.tenant_id, MAIL, password)
    except Unauthenticated:
        return False
    return True


def test_an_idle_login_ends_and_a_busy_one_lasts_its_time(
    database: Database, ben: Actor, clock: FixedClock
) -> None:
    idle, busy = (login(database, ben, idle_minutes=30) for _ in range(2))
    for _ in range(3):
        clock.advance(timedelta(minutes=20))
        who(database, busy)
    with pytest.raises(Unauthenticated):
        who(database, idle)
    for _ in range(32):
        clock.advance(timedelta(minutes=20))
        who(database, busy)
    clock.advance(timedelta(minutes=20))
    with pytest.raises(Unauthenticated):
        who(database, busy)


def test_use_is_written_down_every_few_minutes_not_at_every_request(
    database: Database, ben: Actor, clock: FixedClock
) -> None:
    secret = login(database, ben, idle_minutes=30)
    clock.advance(timedelta(minutes=10))
    who(database, secret)
    assert last_seen.keep(database) == 1
    for _ in range(5):
        clock.advance(timedelta(seconds=20))
        who(database, secret)
        assert last_seen.keep(database) == 0
    clock.advance(timedelta(seconds=30))
    assert last_seen.keep(database) == 1
    # Another process, which has seen nothing itself, reads it from the row.
    of_engine(database.engine)._seen.clear()
    clock.advance(timedelta(minutes=29))
    assert who(database, secret).user_id == ben.user_id


def test_logins_are_listed_with_device_and_place(
    database: Database, ben: Actor, admin: Actor, clock: FixedClock
) -> None:
    first = login(database, ben, address="203.0.113.7", device="Phone", idle_minutes=10)
    clock.advance(timedelta(minutes=5))
    second = login(database, ben, address="2001:db8::1", device="D" * 400, method="oidc")
    with database.read() as session:
        found = session_queries.open_views(session, ben, clock.now(), current=first)
        assert [(view.device[:6], view.method, view.current) for view in found] == [
            ("DDDDDD", "oidc", False), ("Phone", "password", True)
        ]  # fmt: skip
        assert found[1].address == "203.0.113.7"
        seen = session_queries.open_views(session, admin, clock.now(), user_id=ben.user_id or "")
        assert len(seen) == 2
        assert session_queries.open_views(
            session, ben, clock.now(), user_id=admin.user_id or "") == []  # fmt: skip
    clock.advance(timedelta(minutes=6))
    with database.read() as session:
        left = session_queries.open_views(session, ben, clock.now())
        assert [view.method for view in left] == ["oidc"]
    with database.write() as session:
        assert sessions.end_session(session, ben, left[0].id) == 1
        with pytest.raises(NotFound):
            sessions.end_session(session, admin, left[0].id)
    with pytest.raises(Unauthenticated):
        who(database, second)


def test_ending_tells_whose_logins_ended(database: Database, ben: Actor, admin: Actor) -> None:
    told: list[SessionsEnded] = []
    database.bus.after(SessionsEnded, told.append)
    keep, other = login(database, ben), login(database, ben)
    with database.read() as session:
        kept = session_queries.id_of(session, ben, keep)
    with database.write() as session:
        assert sessions.end_other_sessions(session, ben, kept) == 1
        assert told == []
    assert told == [SessionsEnded(ben.tenant_id, ben.user_id or "")]
    assert who(database, keep)
    with pytest.raises(Unauthenticated):
        who(database, other)
    with database.write() as session:
        service.change_user(session, admin, ChangeUser(user_id=ben.user_id or "", active=False))
    assert len(told) == 2
    with pytest.raises(Unauthenticated):
        who(database, keep)


def test_a_token_remembers_its_last_use(database: Database, ben: Actor, clock: FixedClock) -> None:
    with database.write() as session:
        made = service.create_token(session, ben, CreateToken(name="x", scopes=["desk"]))
    clock.advance(timedelta(minutes=3))
    with database.read() as session:
        service.actor_of_token(session, made.secret or "", clock.now())
    last_seen.keep(database)
    with database.read() as session:
        row = accounts.own_tokens(session, ben)[0]
        assert row.last_used_at == clock.now()
    with pytest.raises(InvalidInput, match="no such scopes: cook"), database.write() as session:
        service.create_token(session, ben, CreateToken(name="x", scopes=["cook"]))


def test_a_colleagues_token_is_seen_and_ended_by_an_admin_alone(
    database: Database, ben: Actor, admin: Actor
) -> None:
    with database.write() as session:
        made = service.create_token(session, ben, CreateToken(name="x"))
        other = service.create_token(session, admin, CreateToken(name="y"))
    with database.read() as session:
        assert len(accounts.all_tokens(session, admin)) == 2
        assert len(accounts.all_tokens(session, ben)) == 1
    with database.write() as session:
        with pytest.raises(NotFound):
            service.revoke_token(session, ben, other.id)
        service.revoke_token(session, admin, made.id)
    with database.read() as session, pytest.raises(Unauthenticated):
        service.actor_of_token(session, made.secret or "", database.clock.now())


def test_a_lost_password_is_chosen_anew_by_mail(
    database: Database, ben: Actor, admin: Actor
) -> None:
    outbox, open_one = Outbox(database), login(database, ben)
    ask(database, ben.tenant_id, MAIL)
    (mail,) = outbox.deliver()
    assert (mail.to, mail.to_name) == (MAIL, "Ben")
    assert mail.subject == "Test Maker：设置新密码"
    assert "https://maker.example/desk/set-password#clr_" in mail.text
    secret = secret_in(mail)
    with database.read() as session:
        view = password_links.describe(session, secret)
        assert (view.email, view.purpose) == (MAIL, "reset")
    with pytest.raises(InvalidInput, match="10 to 200"):
        choose(database, admin, secret, "short")
    choose(database, admin, secret)
    assert knows(database, ben, NEW)
    assert not knows(database, ben, PASSWORD)
    with pytest.raises(Unauthenticated):
        who(database, open_one)
    with pytest.raises(NotFound):
        choose(database, admin, secret, "a third password")


def test_a_link_ends_by_time_by_a_newer_one_and_by_a_lock(
    database: Database, ben: Actor, admin: Actor, clock: FixedClock
) -> None:
    outbox = Outbox(database)
    ask(database, ben.tenant_id, MAIL)
    first = secret_in(outbox.deliver()[0])
    ask(database, ben.tenant_id, MAIL)
    second = secret_in(outbox.deliver()[0])
    clock.advance(timedelta(minutes=29))
    ask(database, ben.tenant_id, MAIL)
    third = secret_in(outbox.deliver()[0])
    for ended in (first, second, "clr_" + "x" * 43, ""):
        with pytest.raises(NotFound):
            choose(database, admin, ended)
    clock.advance(timedelta(minutes=30))
    with pytest.raises(NotFound):
        choose(database, admin, third)
    with database.write() as session:
        made = password_links.make_link(session, admin, ben.user_id or "")
        session.get_one(User, (ben.tenant_id, ben.user_id)).active = False
    with pytest.raises(NotFound):
        choose(database, admin, made.secret or "")
    with database.write() as session, pytest.raises(Conflict, match="locked"):
        password_links.make_link(session, admin, ben.user_id or "")


def test_asking_does_the_same_whether_the_account_exists(
    database: Database, ben: Actor, clock: FixedClock
) -> None:
    outbox = Outbox(database)
    for email in (MAIL, "nobody@maker.example"):
        statements: Mapping[str, int] = _work_of(database, ben.tenant_id, email)
        assert statements == {"links": 1, "jobs": 1}
    assert [mail.to for mail in outbox.deliver()] == [MAIL]
    # Nobody fills a colleague's inbox: three mails an hour, whoever asks.
    for _ in range(5):
        ask(database, ben.tenant_id, MAIL)
    assert len(outbox.deliver()) <= 2
    clock.advance(timedelta(minutes=61))
    ask(database, ben.tenant_id, MAIL)
    assert len(outbox.deliver()) == 1


def _work_of(database: Database, tenant: str, email: str) -> dict[str, int]:
    def counted() -> tuple[int, int]:
        with database.read() as session:
            links = session.scalar(select(func.count()).select_from(PasswordLink))
            jobs = session.scalar(select(func.count()).select_from(Job))
            return links or 0, jobs or 0

    before = counted()
    ask(database, tenant, email)
    after = counted()
    return {"links": after[0] - before[0], "jobs": after[1] - before[1]}


def test_no_secret_of_a_link_is_stored(database: Database, ben: Actor) -> None:
    outbox = Outbox(database)
    ask(database, ben.tenant_id, MAIL)
    secret = secret_in(outbox.deliver()[0])
    with database.read() as session:
        rows = session.scalars(select(PasswordLink)).all()
        jobs = session.scalars(select(Job)).all()
        assert secret not in repr([vars(row) for row in [*rows, *jobs]])
        assert MAIL not in repr([job.payload for job in jobs])


def test_a_newcomer_chooses_the_first_password_by_the_invitation(
    database: Database, admin: Actor
) -> None:
    outbox = Outbox(database)
    command = InviteUser(email="cleo@maker.example", name="Cleo", role=Role.ENGINEER)
    with database.write() as session:
        view = password_links.invite(session, admin, command)
    assert view.invited
    with database.write() as session, pytest.raises(Conflict):
        password_links.invite(session, admin, command)
    (mail,) = outbox.deliver()
    assert mail.subject == "Test Maker: your account is ready"
    with database.write() as session:
        password_links.invite_again(session, admin, view.id)
    (again,) = outbox.deliver()
    with pytest.raises(NotFound):
        choose(database, admin, secret_in(mail))
    choose(database, admin, secret_in(again))
    with database.write() as session:
        assert not accounts.users(session, admin)[-1].invited
        with pytest.raises(Conflict, match="has a password"):
            password_links.invite_again(session, admin, view.id)


def test_a_link_of_another_maker_is_unknown_here(database: Database, ben: Actor) -> None:
    outbox = Outbox(database)
    ask(database, ben.tenant_id, MAIL)
    stranger = Actor("0" * 26, Role.SYSTEM)
    with pytest.raises(NotFound):
        choose(database, stranger, secret_in(outbox.deliver()[0]))
    assert knows(database, ben, PASSWORD)


class Moody:
    """A mail server that is away a number of times."""

    def __init__(self, failures: int) -> None:
        self.sent: list[Mail] = []
        self._failures = failures

    def send(self, mail: Mail) -> None:
        if self._failures:
            self._failures -= 1
            raise Unavailable("away")
        self.sent.append(mail)


def test_a_server_that_is_away_is_asked_again(database: Database, ben: Actor) -> None:
    outbox = Outbox(database, Moody(2))
    ask(database, ben.tenant_id, MAIL)
    assert len(outbox.deliver()) == 1
    assert outbox.naps == [5.0, 10.0]
    dead = PasswordMails(database, Moody(9), "https://maker.example", lambda _: None)
    with database.write() as session:
        told: list[PasswordLinkAsked] = []
        database.bus.on(PasswordLinkAsked, lambda _, event: told.append(event))
        password_links.ask_reset(session, ben.tenant_id, MAIL)
    with pytest.raises(Unavailable):
        dead.errand(ben.tenant_id, {"link": told[0].link_id})


def test_ones_own_password_needs_the_old_one(database: Database, ben: Actor) -> None:
    secret = login(database, ben)
    for old, new, why in ((NEW, "x" * 12, "wrong"), (PASSWORD, PASSWORD, "other than"),
                          (PASSWORD, "short", "10 to 200")):  # fmt: skip
        with pytest.raises(InvalidInput, match=why), database.write() as session:
            service.change_password(session, ben, ChangePassword(old=old, new=new))
    with database.write() as session:
        service.change_password(session, ben, ChangePassword(old=PASSWORD, new=NEW))
    assert knows(database, ben, NEW)
    with pytest.raises(Unauthenticated):
        who(database, secret)
    with database.read() as session:
        assert session.scalars(select(LoginSession.ended_at)).one() is not None
