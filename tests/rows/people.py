"""One row of everything about access and privacy."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import password_links, service, session_queries, sessions
from careloop.crm_core.accounts.models import PasswordLink
from careloop.crm_core.accounts.schemas import CreateToken, InviteUser
from careloop.crm_core.customers.models import Contact
from careloop.crm_core.privacy import person_queries, tables
from careloop.crm_core.privacy import service as privacy
from careloop.crm_core.privacy.erase import plan_removal
from careloop.crm_core.privacy.schemas import (
    AskErasure,
    PlaceHold,
    RecordConsent,
    SaveNote,
    SetRetention,
)
from careloop.crm_core.privacy.values import collect
from careloop.crm_core.views import service as views
from careloop.crm_core.views.schemas import SaveView
from careloop.kit.actor import Actor, Role
from careloop.kit.db import now
from careloop.kit.ids import new_id

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PUT", "/v1/privacy/retention/{kind}"): {"days": 4000},
}


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """A view, a login, a token, a link, a note, a consent, a hold, an erasure, a copy."""
    tag, tenant = ids["tag"], actor.tenant_id
    view = views.save_view(
        session, actor, SaveView(list="tickets", name=f"View of {tag}", filters={"q": tag})
    )
    secret = sessions.open_session(session, tenant, actor.user_id or "", 12, device=f"of {tag}")
    token = service.create_token(session, actor, CreateToken(name=f"token of {tag}"))
    invited = password_links.invite(
        session, actor,
        InviteUser(email=f"newcomer@{tag}.example", name=f"Newcomer {tag}", role=Role.AGENT),
    )  # fmt: skip
    link = password_links.make_link(session, actor, invited.id)
    session.flush()
    link_row = session.query(PasswordLink).filter_by(tenant_id=tenant, purpose="admin").one()
    privacy.save_note(
        session, actor, SaveNote(purpose="service", language="en", text=f"Note of {tag}")
    )
    # A person of their own, so that the hold does not bind anybody else's.
    person = Contact(tenant_id=tenant, id=new_id(), name=f"Person of {tag}", phone="+8675599990000")
    session.add(person)
    session.flush()
    privacy.record_consent(
        session, actor,
        RecordConsent(contact_id=person.id, purpose="service", given=True, channel="web"),
    )  # fmt: skip
    erasure = privacy.ask_erasure(
        session, actor, AskErasure(contact_id=person.id, basis="other", reason=f"case of {tag}")
    )
    hold = privacy.place_hold(
        session, actor, PlaceHold(contact_id=person.id, reason=f"hold of {tag}")
    )
    privacy.export_person(session, actor, person.id)
    privacy.set_retention(session, actor, SetRetention(kind="audit", days=4000))
    digest = sha256(f"file of {tag}".encode()).hexdigest()
    plan_removal(session, tenant, digest)
    held = person_queries.linked(session, tenant, person.id)
    contact = tables.table("contact")
    assert contact is not None
    return {
        "view_id": view.id, "hold_id": hold.id, "erasure_id": erasure.id, "kind": "audit",
        "session_id": _session_id(session, actor, secret), "list_name": "tickets",
        "secret": secret, "hashes": {service.hash_secret(secret)}, "link_id": link_row.id,
        "link_secret": link.secret, "subject": f"https://id.{tag}.example|1",
        "purpose": "service", "note_number": 1, "sha256": digest, "days": 1,
        "at": now(session) + timedelta(days=4000), "held": held, "table": contact,
        "keys": held["contact"], "needles": [f"Person of {tag}"],
        "values": collect([f"Person of {tag}"], [], ["+8675599990000"]),
        "about": {f"contact:{person.id}"}, "column": contact.c.id, "wanted": [person.id],
        "conversation_ids": [ids["conversation_id"]] if "conversation_id" in ids else [],
        "person_id": person.id, "extra_token_id": token.id,
    }  # fmt: skip


def _session_id(session: Session, actor: Actor, secret: str) -> str:
    session.flush()
    found = session_queries.id_of(session, actor, secret)
    assert found is not None
    return found
