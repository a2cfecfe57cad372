"""Who acts: the identity that every query and every tool call is scoped to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Roles of the house, from the least to the most trusted in each branch."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    ENGINEER = "engineer"
    DISPATCHER = "dispatcher"
    MANAGER = "manager"
    EDITOR = "editor"
    EVALUATOR = "evaluator"
    ADMIN = "admin"
    SYSTEM = "system"


STAFF = frozenset(
    {Role.AGENT, Role.ENGINEER, Role.DISPATCHER, Role.MANAGER, Role.EDITOR, Role.EVALUATOR,
     Role.ADMIN}
)  # fmt: skip

_SCOPES: dict[Role, frozenset[str]] = {
    Role.CUSTOMER: frozenset({"chat", "knowledge:read"}),
    Role.BOT: frozenset({"chat", "knowledge:read", "tickets:open", "conversations:handoff"}),
    Role.AGENT: frozenset({
        "desk", "knowledge:read", "customers:read", "customers:write", "assets:read",
        "assets:write", "contracts:read", "tickets:read", "tickets:open", "tickets:write",
        "work:write", "conversations:read", "conversations:write", "conversations:handoff",
        "stock:read", "stock:request", "export", "sop:read", "billing:read", "feedback:read",
        "feedback:write",
    }),
    Role.ENGINEER: frozenset({
        "desk", "knowledge:read", "assets:read", "assets:write", "contracts:read", "tickets:read",
        "tickets:write", "work:write", "stock:read", "stock:request", "stock:move", "sop:read",
    }),
    Role.EVALUATOR: frozenset({"desk", "knowledge:read", "evals:run", "conversations:read"}),
    Role.EDITOR: frozenset({
        "desk", "knowledge:read", "knowledge:write", "tickets:read", "sop:read", "sop:write",
        "faults:write",
    }),
}  # fmt: skip
_SCOPES[Role.DISPATCHER] = _SCOPES[Role.AGENT] | {"dispatch", "stock:move", "stock:approve"}
_SCOPES[Role.MANAGER] = _SCOPES[Role.DISPATCHER] | {
    "contracts:write", "sla:write", "stock:write", "knowledge:write", "users:read",
    "settings:write", "evals:run", "sop:write", "faults:write", "billing:write",
}  # fmt: skip
_SCOPES[Role.ADMIN] = _SCOPES[Role.MANAGER] | {
    "users:write", "import", "audit:read", "privacy",
}  # fmt: skip
_SCOPES[Role.SYSTEM] = _SCOPES[Role.ADMIN] | _SCOPES[Role.BOT]


def scopes_of(role: Role) -> frozenset[str]:
    """Everything a role may do."""
    return _SCOPES[role]


AUDIENCES = ("public", "partner", "internal")


@dataclass(frozen=True, slots=True)
class Actor:
    """An identity taken from a session, token or socket - never from a payload.

    `contact_id` and `customer_id` are set for customers who have been identified;
    `conversation_id` binds a web visitor (and the bot serving them) to one conversation.
    `audience` is the most internal knowledge the actor may read.
    """

    tenant_id: str
    role: Role
    user_id: str | None = None
    name: str = ""
    contact_id: str | None = None
    customer_id: str | None = None
    conversation_id: str | None = None
    audience: str = "public"
    language: str = "en"
    scopes: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF or self.role is Role.SYSTEM

    @property
    def label(self) -> str:
        """How the audit names this actor: `user:<id>`, `contact:<id>` or the role."""
        if self.user_id:
            return f"user:{self.user_id}"
        return f"contact:{self.contact_id}" if self.contact_id else self.role.value

    def may(self, scope: str) -> bool:
        return scope in self.scopes

    def audiences(self) -> tuple[str, ...]:
        """The audiences whose knowledge this actor may read."""
        return AUDIENCES[: AUDIENCES.index(self.audience) + 1]


def staff_actor(
    tenant_id: str, role: Role, user_id: str, name: str = "", language: str = "en"
) -> Actor:
    """The actor of a logged-in member of staff."""
    return Actor(
        tenant_id, role, user_id, name, audience="internal", language=language,
        scopes=scopes_of(role),
    )  # fmt: skip


def system_actor(tenant_id: str, on_behalf_of: str = "") -> Actor:
    """The installation itself: imports, sweeps, schedules; with the name of who asked for it."""
    return Actor(
        tenant_id, Role.SYSTEM, name=on_behalf_of, audience="internal",
        scopes=scopes_of(Role.SYSTEM),
    )  # fmt: skip
