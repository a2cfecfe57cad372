"""The doors of people: lost passwords, logins, single sign-on, views, audit, privacy."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from oidc_server import CLIENT_ID, CLIENT_SECRET, IdentityProvider, running
from sqlalchemy import select
from starlette.testclient import TestClient

from careloop.api.app import create_app
from careloop.api.bootstrap import Services, build
from careloop.api.door_limits import DoorLimits
from careloop.api.password_mail import PasswordMails
from careloop.api.privacy_sweep import PrivacySweep
from careloop.crm_core.accounts import passwords, sessions
from careloop.crm_core.accounts.models import Tenant, User
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.customers.models import Contact
from careloop.kit.actor import Role
from careloop.kit.blobs import inspect
from careloop.kit.errors import NotFound
from careloop.kit.ids import new_id
from careloop.kit.jobs import Job
from careloop.kit.limits import RateLimit
from careloop.kit.mail import RecordingMailer
from careloop.kit.messages import InboundMessage
from careloop.kit.settings import Settings

PASSWORD, NEW = "correct horse battery", "another horse battery"
DESK = {"X-Careloop": "desk"}


class Office:
    """One maker with an admin and an agent, and a browser that knows nobody yet."""

    def __init__(self, services: Services, client: TestClient) -> None:
        self.services, self.client = services, client
        self.mailer = RecordingMailer()
        self.mails = PasswordMails(services.database, self.mailer, "https://maker.example")
        # Where the composition root has joined them already, they are not joined twice.
        if not getattr(services, "password_mails", None):
            self.mails.follow(services.jobs)
        self.tenant = new_id()
        self.ids: dict[str, str] = {}
        with services.database.write() as session:
            session.add(Tenant(tenant_id=self.tenant, slug="default", name="Maker", profile={}))
            session.flush()
            for name, role in (("ada", Role.ADMIN), ("ben", Role.AGENT), ("root", Role.ADMIN)):
                user = User(
                    tenant_id=self.tenant, id=new_id(), email=f"{name}@maker.example", name=name,
                    role=role, password_hash=passwords.hash_password(PASSWORD),
                )  # fmt: skip
                session.add(user)
                self.ids[name] = user.id

    def as_(self, name: str) -> dict[str, str]:
        with self.services.database.write() as session:
            secret = sessions.open_session(session, self.tenant, self.ids[name], 12)
        return {"Cookie": f"careloop_session={secret}", **DESK}

    def login(self, email: str = "ben@maker.example", password: str = PASSWORD) -> Any:
        body = {"email": email, "password": password}
        return self.client.post("/v1/auth/login", json=body, headers={"User-Agent": "Test 1.0"})

    def deliver(self) -> list[str]:
        """Texts of the mails that the queued jobs send."""
        with self.services.database.read() as session:
            rows = session.execute(
                select(Job.tenant_id, Job.id, Job.payload).where(
                    Job.kind == "mail.password_link", Job.state == "queued"
                )
            ).all()
        before = len(self.mailer.sent)
        for tenant, job_id, payload in rows:
            self.mails.errand(tenant, payload)
            with self.services.database.write() as session:
                session.get_one(Job, (tenant, job_id)).state = "done"
        return [mail.text for mail in self.mailer.sent[before:]]


@pytest.fixture(scope="module")
def template(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue("sqlite_template")
    return path


def opened(folder: Path, template: Path, **settings: Any) -> Iterator[Office]:
    (folder / "careloop.db").write_bytes(template.read_bytes())
    services = build(Settings(home=folder, max_upload_mb=2, **settings))
    app = create_app(services, with_worker=False)
    with TestClient(app, client=("127.0.0.1", 50000), follow_redirects=False) as client:
        yield Office(services, client)
    services.close()


@pytest.fixture
def office(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    yield from opened(tmp_path, template)


def test_forgot_tells_nothing_and_reset_lets_in(office: Office) -> None:
    for email in ("ben@maker.example", "nobody@maker.example"):
        told = office.client.post("/v1/auth/forgot", json={"email": email})
        assert (told.status_code, told.content) == (202, b"null")
    (text,) = office.deliver()
    token = re.search(r"#(\S+)", text)[1]  # type: ignore[index] # the mail has a link
    shown = office.client.post("/v1/auth/reset/check", json={"token": token})
    assert shown.json()["email"] == "ben@maker.example"
    body = {"token": token, "password": NEW}
    assert office.client.post("/v1/auth/reset", json=body).status_code == 200
    assert office.client.post("/v1/auth/reset", json=body).status_code == 404
    assert office.login().status_code == 401
    assert office.login(password=NEW).status_code == 200


def test_asking_and_guessing_are_slowed_down_by_address(office: Office) -> None:
    asked = [
        office.client.post("/v1/auth/forgot", json={"email": f"u{n}@maker.example"}).status_code
        for n in range(12)
    ]
    assert asked == [202] * 10 + [429] * 2
    guessed = [
        office.client.post(
            "/v1/auth/reset", json={"token": f"clr_{n:040}", "password": NEW}
        ).status_code
        for n in range(22)
    ]
    assert guessed == [404] * 20 + [429] * 2


def test_one_address_cannot_try_many_accounts(office: Office) -> None:
    office.client.app.state.door_limits = DoorLimits(  # type: ignore[attr-defined] # ASGI app
        RateLimit(6, 60), RateLimit(6, 60), RateLimit(6, 60)
    )
    told = [office.login(f"u{number}@maker.example", "x").status_code for number in range(8)]
    assert told == [401] * 6 + [429] * 2
    assert office.login().status_code == 429


def test_an_admin_invites_and_hands_out_links(office: Office) -> None:
    ada = office.as_("ada")
    body = {"email": "cleo@maker.example", "name": "Cleo", "role": "engineer"}
    made = office.client.post("/v1/users/invite", json=body, headers=ada)
    assert (made.status_code, made.json()["invited"]) == (201, True)
    assert len(office.deliver()) == 1
    link = office.client.post(f"/v1/users/{made.json()['id']}/reset-link", headers=ada).json()
    assert "/desk/set-password#clr_" in link["url"]
    token = link["url"].split("#")[1]
    assert office.client.post(
        "/v1/auth/reset", json={"token": token, "password": NEW}
    ).status_code == 200  # fmt: skip
    assert office.login("cleo@maker.example", NEW).status_code == 200
    ben = office.as_("ben")
    for path in ("/v1/users/invite", f"/v1/users/{made.json()['id']}/reset-link"):
        assert office.client.post(path, json=body, headers=ben).status_code == 403
    # The link itself is in no table: neither the audit nor a stored answer repeats it.
    told = office.client.get("/v1/audit?tool=users.make_link", headers=ada)
    assert told.json()["items"][0]["target"].startswith("audit") or token not in told.text


def test_logins_can_be_seen_and_ended(office: Office) -> None:
    here = office.login()
    cookie = {"Cookie": here.headers["set-cookie"].split(";")[0], **DESK}
    office.client.cookies.clear()
    there = office.as_("ben")
    told = office.client.get("/v1/sessions", headers=cookie).json()["items"]
    assert [(one["current"], one["device"]) for one in told] == [(False, ""), (True, "Test 1.0")]
    assert told[1]["address"] == "127.0.0.1"
    ended = office.client.delete("/v1/sessions", headers=cookie)
    assert ended.json() == {"ended": 1}
    assert office.client.get("/v1/me", headers=there).status_code == 401
    mine = office.client.get("/v1/sessions", headers=cookie).json()["items"][0]["id"]
    other = office.as_("ada")
    assert office.client.delete(f"/v1/sessions/{mine}", headers=other).status_code == 404
    path = f"/v1/users/{office.ids['ben']}/sessions"
    assert len(office.client.get(path, headers=other).json()["items"]) == 1
    assert office.client.delete(path, headers=cookie).status_code == 403
    assert office.client.delete(path, headers=other).json() == {"ended": 1}
    assert office.client.get("/v1/me", headers=cookie).status_code == 401


def test_a_changed_password_keeps_this_browser_alone(office: Office) -> None:
    here, there = office.as_("ben"), office.as_("ben")
    body = {"old": "wrong", "new": NEW}
    assert office.client.post("/v1/me/password", json=body, headers=here).status_code == 422
    body["old"] = PASSWORD
    done = office.client.post("/v1/me/password", json=body, headers=here)
    assert done.status_code == 200
    fresh = {"Cookie": done.headers["set-cookie"].split(";")[0], **DESK}
    office.client.cookies.clear()
    assert office.client.get("/v1/me", headers=fresh).status_code == 200
    for old in (here, there):
        assert office.client.get("/v1/me", headers=old).status_code == 401
    made = office.client.post("/v1/tokens", json={"name": "x"}, headers=fresh).json()
    token = {"Authorization": f"Bearer {made['secret']}"}
    body = {"old": NEW, "new": PASSWORD}
    assert office.client.post("/v1/me/password", json=body, headers=token).status_code == 403
    listed = office.client.get("/v1/tokens?everyone=true", headers=office.as_("ada")).json()
    assert listed["items"][0]["owner_name"] == "ben"
    assert listed["items"][0]["secret"] is None


def test_views_and_audit_over_http(office: Office) -> None:
    ada, ben = office.as_("ada"), office.as_("ben")
    body = {"list": "tickets", "name": "Mine", "filters": {"state": ["new"]}, "shared": True}
    made = office.client.post("/v1/views", json=body, headers=ben)
    assert made.status_code == 201
    path = f"/v1/views/{made.json()['id']}"
    changed = office.client.patch(path, json={"name": "Ours"}, headers={**ben, "If-Match": '"1"'})
    assert changed.headers["etag"] == '"2"'
    stale = office.client.patch(path, json={"name": "x"}, headers={**ben, "If-Match": '"1"'})
    assert stale.status_code == 412
    seen = office.client.get("/v1/views?list=tickets", headers=ada).json()["items"]
    assert [(view["name"], view["mine"]) for view in seen] == [("Ours", False)]
    assert office.client.delete(path, headers=ben).json()["name"] == "Ours"
    office.client.patch(f"/v1/users/{office.ids['ben']}", json={"role": "dispatcher"}, headers=ada)
    first = office.client.get("/v1/audit?limit=1", headers=ada).json()
    (entry,) = first["items"]
    assert entry["actor"]["name"] == "ada"
    assert entry["changes"][0]["columns"] == [
        {"column": "role", "before": "agent", "after": "dispatcher"}
    ]
    rest = office.client.get(f"/v1/audit?cursor={first['next_cursor']}", headers=ada).json()
    assert entry["id"] not in json.dumps(rest)
    assert office.client.get("/v1/audit", headers=ben).status_code == 403
    assert office.client.get("/v1/audit?cursor=nonsense", headers=ada).status_code == 422


def test_a_person_gets_a_copy_and_is_forgotten(office: Office) -> None:
    ada, services = office.as_("ada"), office.services
    content = inspect(b"my own file", 1000)
    with services.database.write() as session:
        talk = conversations.start(session, office.tenant, "web", "default", "visitor-1", "en")
        file = conversations.store_attachment(
            session, office.tenant, talk.id, "../../mine.txt", content
        )
        message = InboundMessage(channel="web", sender="", external_id="m", text="I am Ann Walker",
                                 attachment_ids=[file.id])  # fmt: skip
        conversations.receive(session, talk.id, office.tenant, message, 1000)
        contact = session.get_one(Contact, (office.tenant, talk.contact_id))
        contact.name, contact.email = "Ann Walker", "ann@walker.example"
        contact_id = contact.id
    services.blobs.put(office.tenant, content)
    base = f"/v1/privacy/contacts/{contact_id}"
    seen = office.client.get(base, headers=ada).json()
    assert (seen["footprint"]["files"], seen["erased"]) == (1, False)
    copy = office.client.post(f"{base}/export", headers=ada)
    assert copy.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        names = archive.namelist()
        assert not any(".." in name or name.startswith("/") for name in names)
        data = json.loads(archive.read("data.json"))
        assert archive.read(names[1]) == b"my own file"
    assert data["tables"]["message"][0]["text"] == "I am Ann Walker"
    ask = {"basis": "gdpr_17"}
    assert office.client.post(f"{base}/erasures", json=ask, headers=ada).status_code == 400
    key = {"Idempotency-Key": "k1"}
    asked = office.client.post(f"{base}/erasures", json=ask, headers={**ada, **key}).json()
    path = f"/v1/privacy/erasures/{asked['id']}/confirm"
    refused = office.client.post(path, json={}, headers={**ada, **key})
    assert refused.status_code == 422
    body = {"typed": " ann  WALKER "}
    done = office.client.post(path, json=body, headers={**ada, "Idempotency-Key": "k2"})
    again = office.client.post(path, json=body, headers={**ada, "Idempotency-Key": "k2"})
    assert done.json() == again.json()
    assert done.json()["state"] == "done"
    with pytest.raises(NotFound):
        services.blobs.get(office.tenant, content.sha256)
    listed = office.client.get("/v1/privacy/erasures?state=done", headers=ada).text
    assert "Walker" not in listed
    assert office.client.get(base, headers=ada).json()["erased"] is True
    assert office.client.get(base, headers=office.as_("ben")).status_code == 403


def test_notes_and_retention_over_http(office: Office) -> None:
    ada = office.as_("ada")
    path = "/v1/public/privacy-note?purpose=service&language=zh"
    assert office.client.get(path).status_code == 404
    note = {"purpose": "service", "language": "zh", "text": "我们如何处理您的信息"}
    assert office.client.post("/v1/privacy/notes", json=note, headers=ada).status_code == 201
    assert office.client.get(path).json()["number"] == 1
    assert len(office.client.get("/v1/privacy/notes", headers=ada).json()["items"]) == 1
    rules = office.client.get("/v1/privacy/retention", headers=ada).json()["items"]
    kinds = {rule["kind"]: rule["active"] for rule in rules}
    assert kinds["answered_calls"] is True
    assert kinds["conversations"] is False
    put = office.client.put("/v1/privacy/retention/logins", json={"days": 30}, headers=ada)
    assert put.status_code == 200
    wrong = office.client.put("/v1/privacy/retention/audit", json={"days": 3}, headers=ada)
    assert wrong.status_code == 422
    assert office.client.post("/v1/privacy/retention/apply", headers=ada).json()["deleted"] == {}
    sweep = PrivacySweep(office.services.database, office.services.runtime, office.services.blobs)
    assert sweep.run_if_due()
    assert not sweep.run_if_due()


@pytest.fixture
def with_provider(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Office, IdentityProvider]]:
    """An office whose settings name a provider that runs on this machine."""
    cheap = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    from careloop.kit.clock import SystemClock

    person = {"sub": "u-1", "email": "ben@maker.example", "email_verified": True, "name": "Ben"}
    with running(IdentityProvider(SystemClock(), person=person)) as provider:
        settings = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID,
                    "oidc_client_secret": CLIENT_SECRET, "oidc_name": "Maker ID",
                    "oidc_role_claim": "groups", "oidc_role_map": "field=engineer",
                    "oidc_allowed_domains": "maker.example"}  # fmt: skip
        for office in opened(tmp_path, template, **settings):
            yield office, provider


def go(office: Office, provider: IdentityProvider, start: str = "", **changes: str) -> Any:
    """A browser's whole way: out, log in, back."""
    out = office.client.get(f"/v1/auth/oidc/start{start}")
    assert out.status_code == 302, out.text
    assert parse_qs(urlsplit(out.headers["location"]).query)["redirect_uri"][0].endswith(
        "/v1/auth/oidc/callback"
    )
    back = {**provider.log_in(out.headers["location"]), **changes}
    return office.client.get("/v1/auth/oidc/callback", params=back)


def test_single_sign_on_opens_a_login(with_provider: tuple[Office, IdentityProvider]) -> None:
    office, provider = with_provider
    hints = office.client.get("/v1/auth/hints").json()
    assert hints["oidc"] == {"name": "Maker ID"}
    back = go(office, provider, "?next=/desk/tickets")
    assert (back.status_code, back.headers["location"]) == (302, "/desk/tickets")
    me = office.client.get("/v1/me")
    assert me.json()["email"] == "ben@maker.example"
    assert office.client.get("/v1/sessions").json()["items"][0]["method"] == "oidc"
    office.client.cookies.clear()
    provider.person = {"sub": "u-9", "email": "new@maker.example", "email_verified": True,
                       "name": "New", "groups": ["field"]}  # fmt: skip
    go(office, provider)
    assert office.client.get("/v1/me").json()["role"] == "engineer"


REFUSED = {
    "mail not verified": ({"email_verified": False}, "no_account"),
    "verified said as text": ({"email_verified": "yes"}, "no_account"),
    "another domain": ({"email": "ben@evil.example", "sub": "u-2"}, "no_account"),
    "no account and no group": ({"email": "x@maker.example", "sub": "u-3"}, "no_account"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_who_is_not_vouched_for_stays_out(
    with_provider: tuple[Office, IdentityProvider], what: str
) -> None:
    office, provider = with_provider
    changes, why = REFUSED[what]
    provider.person = {**provider.person, **changes}
    back = go(office, provider)
    assert back.headers["location"] == f"/desk/?login={why}"
    assert office.client.get("/v1/me").status_code == 401


def test_an_answer_from_elsewhere_lets_nobody_in(
    with_provider: tuple[Office, IdentityProvider],
) -> None:
    office, provider = with_provider
    for changes in ({"state": "other"}, {"iss": "https://evil.example"}, {"code": "guessed"},
                    {"error": "access_denied"}):  # fmt: skip
        assert go(office, provider, **changes).headers["location"] == "/desk/?login=failed"
        assert office.client.get("/v1/me").status_code == 401
    # A link that carries somebody else's login into this browser: there is no cookie here.
    out = office.client.get("/v1/auth/oidc/start")
    answer = provider.log_in(out.headers["location"])
    office.client.cookies.clear()
    told = office.client.get("/v1/auth/oidc/callback", params=answer)
    assert told.headers["location"] == "/desk/?login=failed"
    # A whole answer played again: the code is spent and the cookie is gone.
    out = office.client.get("/v1/auth/oidc/start")
    answer = provider.log_in(out.headers["location"])
    assert office.client.get("/v1/auth/oidc/callback", params=answer).headers["location"] == (
        "/desk/"
    )
    office.client.post("/v1/auth/logout")
    told = office.client.get("/v1/auth/oidc/callback", params=answer)
    assert told.headers["location"] == "/desk/?login=failed"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/desk@evil.example", "/desk\\x",
     "javascript:alert(1)", ""],
)  # fmt: skip
def test_the_way_back_leads_to_the_desk_alone(
    with_provider: tuple[Office, IdentityProvider], elsewhere: str
) -> None:
    office, provider = with_provider
    office.client.cookies.clear()
    out = office.client.get("/v1/auth/oidc/start", params={"next": elsewhere})
    back = provider.log_in(out.headers["location"])
    told = office.client.get("/v1/auth/oidc/callback", params=back)
    assert told.headers["location"] == "/desk/"


def test_without_a_provider_there_is_no_such_door(office: Office) -> None:
    assert "oidc" not in office.client.get("/v1/auth/hints").json()
    assert office.client.get("/v1/auth/oidc/start").status_code == 404
