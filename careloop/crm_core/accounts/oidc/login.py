"""Which account an identity opens: a known subject, else a verified address, else a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries
from careloop.crm_core.accounts.models import User
from careloop.crm_core.accounts.oidc.provider import Identity
from careloop.crm_core.accounts.schemas import Mail, UserView
from careloop.kit.actor import STAFF, Actor, Role
from careloop.kit.db import now
from careloop.kit.errors import Forbidden, Misconfigured
from careloop.kit.ids import new_id


class JoinIdentity(BaseModel):
    """An identity that the provider vouched for, to be joined to an account."""

    subject: str = Field(min_length=3, max_length=400, description="`<issuer>|<subject>`.")
    email: Mail = Field(description="Address that the provider has verified.")
    name: str = Field("", max_length=200, description="Name at the provider.")
    role: Role | None = Field(None, description="Mapped role; empty: no new account is made.")


@dataclass(frozen=True, slots=True)
class JoinRules:
    """Who may come in through the provider."""

    role_claim: str
    roles: Mapping[str, Role]
    domains: frozenset[str]

    @staticmethod
    def of(role_claim: str, role_map: str, domains: str) -> JoinRules:
        """Read the settings; `Misconfigured` names what is wrong with them."""
        roles: dict[str, Role] = {}
        for pair in filter(None, (item.strip() for item in role_map.split(","))):
            value, _, role = (part.strip() for part in pair.rpartition("="))
            if role not in set(STAFF) or not value:
                raise Misconfigured(
                    f"CARELOOP_OIDC_ROLE_MAP: {pair!r} is not group=role with a role of staff"
                )
            roles[value] = Role(role)
        if roles and not role_claim:
            raise Misconfigured("CARELOOP_OIDC_ROLE_MAP needs CARELOOP_OIDC_ROLE_CLAIM")
        named = (item.strip().lower().lstrip("@") for item in domains.split(","))
        return JoinRules(role_claim, roles, frozenset(filter(None, named)))

    def admits(self, email: str) -> bool:
        """Whether this address may log in here."""
        return not self.domains or email.rpartition("@")[2] in self.domains

    def role_of(self, claims: Mapping[str, Any]) -> Role | None:
        """The role of the first mapped group that the claims name; the map's order decides."""
        told = claims.get(self.role_claim) if self.role_claim else None
        groups = {told} if isinstance(told, str) else set(_texts(told))
        return next((role for group, role in self.roles.items() if group in groups), None)


def _texts(value: Any) -> Iterable[str]:
    return (item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def subject_of(identity: Identity) -> str:
    """How the account remembers the identity."""
    return f"{identity.issuer}|{identity.subject}"


def joined(session: Session, tenant_id: str, identity: Identity) -> UserView | None:
    """The active account that this identity was joined to before; `Forbidden` if it is locked."""
    user = queries.user_by_subject(session, tenant_id, subject_of(identity))
    if user is None:
        return None
    if not user.active:
        raise Forbidden("This account is locked")
    return queries.user_view(user)


def join(session: Session, actor: Actor, command: JoinIdentity) -> UserView:
    """Join an identity to the account of its verified address, or make one with its role.

    `Forbidden` when there is no account and no role, when the account is locked, or when it is
    joined to another identity already: an address that changed hands opens nothing.
    """
    user = queries.user_by_email(session, actor.tenant_id, command.email)
    if user is None:
        if command.role is None:
            raise Forbidden("There is no account for this address; ask your administrator")
        user = User(
            tenant_id=actor.tenant_id, id=new_id(), email=command.email, role=command.role,
            name=command.name or command.email,
        )  # fmt: skip
        session.add(user)
    elif not user.active:
        raise Forbidden("This account is locked")
    elif user.login_subject not in {None, command.subject}:
        raise Forbidden("This account belongs to another identity; ask your administrator")
    else:
        user.touch(now(session))
    user.login_subject = command.subject
    session.flush()
    return queries.user_view(user)
