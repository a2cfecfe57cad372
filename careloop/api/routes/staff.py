"""Users, presence, office hours and saved replies."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from careloop.api import last_seen
from careloop.api.auth import DeskDep, ServicesDep, SessionDep, StaffDep
from careloop.api.live import desk_topic
from careloop.api.password_mail import link_address
from careloop.api.routes.commands import KeyDep, act
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import session_queries
from careloop.crm_core.accounts.schemas import (
    ChangeUser,
    CreateUser,
    InviteUser,
    PasswordLinkMade,
    PickUser,
    SessionsDone,
    SessionView,
    UserView,
)  # fmt: skip
from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.conversations.schemas import SavedReplyView, SaveReply
from careloop.crm_core.workforce import policy, queries
from careloop.crm_core.workforce.schemas import OfficeHoursView, PresenceView, SetPresence
from careloop.kit.actor import Role
from careloop.kit.clock import iso
from careloop.tools.conversations import PickSavedReply

router = APIRouter(prefix="/v1", tags=["staff"])


class Users(BaseModel):
    items: list[UserView]


class UserChanges(BaseModel):
    name: str | None = Field(None, min_length=1, max_length=200)
    role: Role | None = None
    password: str | None = None
    active: bool | None = None


class Presences(BaseModel):
    items: list[PresenceView]


class OfficeHoursNow(OfficeHoursView):
    """Office hours, and whether they are open now."""

    open: bool
    next_opening: str | None


class SavedReplies(BaseModel):
    items: list[SavedReplyView]


@router.get("/users")
def users(session: SessionDep, actor: DeskDep) -> Users:
    """Colleagues."""
    return Users(items=accounts.users(session, actor))


@router.post("/users", status_code=201)
def create_user(
    services: ServicesDep, actor: StaffDep, body: CreateUser, key: KeyDep = None
) -> UserView:
    """Add a member of staff."""
    return act(services, actor, "users.create", body, UserView, key=key)


@router.patch("/users/{user_id}")
def change_user(
    services: ServicesDep, actor: StaffDep, user_id: str, body: UserChanges, key: KeyDep = None
) -> UserView:
    """Change a member of staff."""
    command = ChangeUser(user_id=user_id, **body.model_dump(exclude_unset=True))
    return act(services, actor, "users.change", command, UserView, key=key)


class ResetLink(BaseModel):
    """A one-time link to hand over; it is shown this once."""

    url: str
    expires_at: str


class UserSessions(BaseModel):
    """Open logins of a colleague, the latest first."""

    items: list[SessionView]


@router.post("/users/invite", status_code=201)
def invite(services: ServicesDep, actor: StaffDep, body: InviteUser, key: KeyDep) -> UserView:
    """Add a member of staff; a mail brings the link to choose the first password."""
    return act(services, actor, "users.invite", body, UserView, key=key)


@router.post("/users/{user_id}/invite")
def invite_again(
    services: ServicesDep, actor: StaffDep, user_id: str, key: KeyDep = None
) -> UserView:
    """Send an invitation once more."""
    pick = PickUser(user_id=user_id)
    return act(services, actor, "users.invite_again", pick, UserView, key=key)


@router.post("/users/{user_id}/reset-link", status_code=201)
def reset_link(services: ServicesDep, actor: StaffDep, user_id: str) -> ResetLink:
    """A link to choose a password, to hand over by oneself; earlier links end."""
    pick = PickUser(user_id=user_id)
    made = act(services, actor, "users.make_link", pick, PasswordLinkMade)
    url = link_address(services.settings.public_url, made.secret or "")
    return ResetLink(url=url, expires_at=made.expires_at)


@router.get("/users/{user_id}/sessions")
def user_sessions(
    services: ServicesDep, session: SessionDep, actor: DeskDep, user_id: str
) -> UserSessions:
    """Open logins of a colleague, for those who may change users."""
    accounts.user(session, actor, user_id)
    found = session_queries.open_views(session, actor, services.clock.now(), user_id=user_id)
    return UserSessions(items=found)


@router.delete("/users/{user_id}/sessions")
def end_user_sessions(services: ServicesDep, actor: StaffDep, user_id: str) -> SessionsDone:
    """End every login of a colleague."""
    return act(services, actor, "users.end_sessions", PickUser(user_id=user_id), SessionsDone)


@router.get("/presence")
def presence(services: ServicesDep, session: SessionDep, actor: DeskDep) -> Presences:
    """Who takes conversations now."""
    status = queries.presences(session, actor.tenant_id, services.clock.now())
    names = accounts.names(session, actor.tenant_id, set(status))
    return Presences(
        items=[
            PresenceView(user_id=user_id, name=names.get(user_id, ""), status=state)
            for user_id, state in status.items()
        ]
    )


@router.put("/presence")
def set_presence(
    request: Request, services: ServicesDep, actor: StaffDep, body: SetPresence
) -> PresenceView:
    """Say whether one takes conversations; repeated as a heartbeat."""
    with services.database.read(actor.tenant_id) as session:
        known = queries.presences(session, actor.tenant_id, services.clock.now())
    view = services.runtime.invoke(actor, "presence.set", body)
    last_seen.keep(services.database)
    if known.get(actor.user_id or "") != body.status:
        request.app.state.hub.publish(desk_topic(actor.tenant_id), {"type": "presence"})
    return PresenceView.model_validate(view)


@router.get("/office-hours")
def office_hours(services: ServicesDep, session: SessionDep, actor: DeskDep) -> OfficeHoursNow:
    """When persons answer."""
    hours = queries.office_hours(session, actor.tenant_id) or OfficeHoursView()
    return _now(hours, services)


@router.put("/office-hours")
def set_office_hours(
    services: ServicesDep, actor: StaffDep, body: OfficeHoursView
) -> OfficeHoursNow:
    """Set when persons answer."""
    view = services.runtime.invoke(actor, "office_hours.set", body)
    return _now(OfficeHoursView.model_validate(view.model_dump()), services)


@router.get("/saved-replies")
def saved_replies(session: SessionDep, actor: DeskDep) -> SavedReplies:
    """Texts to insert by shortcut."""
    return SavedReplies(items=conversations.saved_replies(session, actor))


@router.put("/saved-replies")
def save_reply(services: ServicesDep, actor: StaffDep, body: SaveReply) -> SavedReplyView:
    """Save a text under its shortcut and language."""
    return SavedReplyView.model_validate(services.runtime.invoke(actor, "saved_replies.save", body))


@router.delete("/saved-replies/{reply_id}")
def delete_reply(services: ServicesDep, actor: StaffDep, reply_id: str) -> SavedReplyView:
    """Delete a text; the answer holds it, so that the act can be undone."""
    command = PickSavedReply(reply_id=reply_id)
    return SavedReplyView.model_validate(
        services.runtime.invoke(actor, "saved_replies.delete", command)
    )


def _now(hours: OfficeHoursView, services: Any) -> OfficeHoursNow:
    at = services.clock.now()
    opening = policy.next_opening(hours, at)
    return OfficeHoursNow(
        **hours.model_dump(),
        open=policy.is_open(hours, at),
        next_opening=iso(opening) if opening else None,
    )
