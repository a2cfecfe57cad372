"""Every query, asked by the staff of one maker with the ids of another, tells nothing.

The list of queries is read from the code, so a new one is tested or the test fails.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date, datetime
from types import ModuleType
from typing import Any

import pytest
from books import Books, fill, visitor
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import Session

import careloop.crm_core
from careloop.crm_core.accounts.models import User
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.conversations.models import Conversation, Message
from careloop.crm_core.inventory.document_models import StockRequest
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Actor, Role
from careloop.kit.db import Base, Database, TenantRow, now
from careloop.kit.errors import InvalidInput, NotFound

# What names no actor or tenant on purpose, and why that is right.
UNSCOPED = {
    "accounts.login_session": "the secret's hash is the permission",
    "accounts.token_by_hash": "the secret's hash is the permission",
    "accounts.tenant_ids": "the installation itself, at its start",
    "accounts.tenant_by_slug": "asks which tenant, before anybody is known",
    "accounts.find_tenant": "asks which tenant, before anybody is known",
    "conversations.by_visitor": "the secret's hash is the permission",
    "conversations.unanswered": "the sweep, which serves all tenants",
    "conversations.changed_since": "wakes sockets; ids only, given to each tenant's own topic",
    "conversations.attachment_by_id": "the signed link is the permission",
    "assets.document.document_by_id": "the signed link is the permission",
    "rules.waiting": "the worker's round, which serves all tenants",
    "rules.by_time": "the worker's round, which serves all tenants",
    "rules.old_rows": "the worker's round, which serves all tenants",
    "tickets.family.file_by_id": "the signed link is the permission",
    "workorders.fact.picture": "the signed link is the permission",
    "accounts.link_by_hash": "the secret's hash is the permission",
    "accounts.sessions_by_hash": "the secret's hash is the permission",
    "accounts.tokens_by_hash": "the secret's hash is the permission",
    "calendars.running_out": "the sweep, which serves all tenants",
    "contracts.to_remind": "the sweep, which serves all tenants",
    "faults.finding.tenants_with_cases": "the sweep, which serves all tenants",
    "feedback.to_send": "the sweep, which serves all tenants",
    "feedback.overdue": "the sweep, which serves all tenants",
    "feedback.callback.to_remind": "the sweep, which serves all tenants",
    "sla.to_fire": "the sweep, which serves all tenants",
    "dispatch.snapshot.all_revisions": "wakes sockets; numbers only, each tenant's own topic",
    "export.count": "counts a statement that was scoped before",
    "export.rows": "reads a statement that was scoped before",
    "outbound.due_endpoints": "the sender, which serves all tenants",
    "outbound.tenants_with_old": "the sweep, which serves all tenants",
    "outbound.connectors.due": "the scheduler, which serves all tenants",
    "outbound.connectors.asked": "the scheduler, which serves all tenants",
    "outbound.connectors.tenants_with_old": "the sweep, which serves all tenants",
    "tickets.family.incidents_on": "the sweep names the tenants of its own rows",
}
# Whoever hands in a row has been let in to it.
ROWS_IN_HAND = {"row", "rows", "conversation"}


def modules() -> Iterator[tuple[str, ModuleType]]:
    """Every module that selects, under its domain's name: `tickets`, `assets.timeline`."""
    for found in pkgutil.walk_packages(careloop.crm_core.__path__, "careloop.crm_core."):
        domain, _, last = found.name.removeprefix("careloop.crm_core.").rpartition(".")
        if domain and last.endswith("queries"):
            short = last.removesuffix("queries").strip("_")
            yield ".".join(filter(None, (domain, short))), importlib.import_module(found.name)


def public() -> list[tuple[str, Any]]:
    found = []
    for domain, module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found.append((f"{domain}.{name}", function))
    return found


QUERIES = dict(public())
SESSIONS = {
    name: function for name, function in QUERIES.items()
    if "session" in inspect.signature(function).parameters
}  # fmt: skip
SCOPED = {
    name: function for name, function in SESSIONS.items()
    if {"actor", "tenant_id", *ROWS_IN_HAND} & set(inspect.signature(function).parameters)
}  # fmt: skip


def seen_by(name: str, actor: Actor) -> Select[Any]:
    """The statement of a `visible_to`; one that serves several tables is asked for one."""
    function = QUERIES[name]
    more = {"model": StockRequest} if "model" in inspect.signature(function).parameters else {}
    statement: Select[Any] = function(actor, **more)
    return statement


def test_every_query_says_for_whom_it_asks() -> None:
    assert set(SESSIONS) - set(SCOPED) == set(UNSCOPED)


def test_every_visible_to_begins_with_the_tenant() -> None:
    actor = visitor("t" * 26)
    found = [name for name in QUERIES if name.endswith("visible_to")]
    assert len(found) >= 9
    for name in found:
        statement = seen_by(name, actor)
        clause = str(statement.whereclause)
        assert clause == "false" or "tenant_id = :tenant_id_1" in clause, name


def arguments(session: Session, function: Any, actor: Actor, foreign: Books) -> dict[str, Any]:
    """Arguments for a query: this maker's actor, everything else the other maker's."""
    talk = session.get_one(Conversation, (foreign.tenant, foreign.conversation))
    ticket = session.scalars(select(Ticket).where(Ticket.tenant_id == foreign.tenant)).one()
    message = session.scalars(select(Message).where(Message.tenant_id == foreign.tenant)).first()
    user = session.get_one(User, (foreign.tenant, foreign.agent.user_id))
    assert message
    values: dict[str, Any] = {
        "session": session, "actor": actor, "tenant_id": actor.tenant_id,
        "user_id": user.id, "email": user.email, "slug": "maker-two",
        "token_id": "x", "secret_hash": "x", "visitor_hash": "x",
        "customer_id": foreign.customer, "contact_id": foreign.contact, "phone": "+8675512345678",
        "number": ticket.number, "serial": foreign.serial, "keys": {fold(foreign.serial)},
        "asset_id": foreign.asset, "part_id": foreign.part, "name": "PX-two", "q": "two",
        "conversation_id": foreign.conversation, "conversation": talk, "box": "all",
        "client_msg_id": message.client_msg_id, "message_ids": [message.id],
        "attachment_id": "x", "shortcut": "hi", "language": "en", "year": 2026,
        "channel": "web", "account": "default", "external_id": "visitor-two", "lock": False,
        "at": now(session), "since": now(session), "row": ticket, "rows": [talk],
        "ids": {user.id, foreign.contact, foreign.customer}, "numbers": {"SC-TWO", "SC-two"},
        "limit": 50, "tool": "tickets.open", "key": "k-1",
    }  # fmt: skip
    values = {**foreign.values, **values}
    wanted = inspect.signature(function).parameters
    return {
        name: values[name] if fits(parameter, values.get(name)) else made_up(parameter, values)
        for name, parameter in wanted.items()
        if fits(parameter, values.get(name)) or parameter.default is parameter.empty
    }


SEVERAL = (
    "set", "Set", "Collection", "Iterable", "Sequence", "list", "frozenset", "Mapping", "dict",
)  # fmt: skip


def fits(parameter: inspect.Parameter, value: Any) -> bool:
    """Whether there is a value and it is of the kind that the query asks for."""
    if value is None:
        return False
    kind = str(parameter.annotation)
    if kind.startswith(SEVERAL) and not isinstance(value, set | list | tuple | dict):
        return False
    if "tuple[" in kind:
        several = isinstance(value, set | list | tuple)
        return several and all(isinstance(item, tuple) for item in value)
    kinds = {"str": str, "int": int, "datetime": datetime, "date": date, "bool": bool}
    base = kind.split(" | ")[0].split("[")[0]
    wanted = kinds.get(base)
    if wanted is None:
        return kind.startswith(SEVERAL) or base in {"Session", "Actor"} | {
            one.__name__ for one in type(value).__mro__
        }
    return isinstance(value, wanted)


def made_up(parameter: inspect.Parameter, values: dict[str, Any]) -> Any:
    """A value of the right kind where neither we nor the domain's rows name one."""
    kind = str(parameter.annotation)
    if kind.startswith(SEVERAL):
        if "tuple[" in kind:
            return {("x" * 26,) * kind.count("str")}
        return {"x" * 26} if "[str" in kind else []
    if kind.startswith("dict"):
        return {}
    for name, value in (("str", "x" * 26), ("int", 50), ("datetime", values["at"]),
                        ("date", values["at"].date())):  # fmt: skip
        if kind.split(" | ")[0] == name:
            return value
    raise LookupError(f"{parameter.name}: {kind}")


@pytest.fixture
def makers(database: Database) -> tuple[Books, Books]:
    return fill(database, "one"), fill(database, "two")


@pytest.mark.parametrize("who", ["admin", "visitor", "known customer"])
def test_no_query_tells_one_maker_of_another(
    database: Database, makers: tuple[Books, Books], who: str
) -> None:
    one, two = makers
    actor = {
        "admin": one.admin,
        "visitor": visitor(one.tenant, one.conversation),
        "known customer": visitor(one.tenant, one.conversation, one.contact, one.customer),
    }[who]
    tried = 0
    for name, function in SCOPED.items():
        if ROWS_IN_HAND & set(inspect.signature(function).parameters):
            continue
        with database.read() as session:
            try:
                given = arguments(session, function, actor, two)
            except LookupError:
                continue  # asks by an object that only its own domain can make
            if name.startswith("tickets.") and "number" in given:
                given["number"] = "TK-2026-000002"
            try:
                result = function(**given)
            except (NotFound, InvalidInput, NoResultFound):
                tried += 1
                continue
            except KeyError:
                continue  # asks by the name of a table or a kind, and there is none of ours
            told = repr([_plain(row) for row in _each(result)])
        tried += 1
        assert two.tenant not in told, name
        for telling in ("two", two.customer, two.contact, two.asset, two.conversation):
            assert telling not in told, (name, telling)
    assert tried > 150


def _each(result: Any) -> list[Any]:
    if isinstance(result, Select):
        return []
    if isinstance(result, dict):
        return [*result.keys(), *result.values()]
    if isinstance(result, list | tuple | set):
        return [item for part in result for item in _each(part)]
    return [result]


def _plain(value: Any) -> Any:
    if isinstance(value, Base):
        return {key: item for key, item in vars(value).items() if not key.startswith("_")}
    return value


def test_a_stranger_sees_nothing_of_this_maker_either(
    database: Database, makers: tuple[Books, Books]
) -> None:
    """A visitor nobody knows, inside the same tenant."""
    one, _ = makers
    nobody = visitor(one.tenant, "0" * 26)
    shown = {"catalog.visible_to"}
    with database.read() as session:
        for name in QUERIES:
            if name.endswith("visible_to") and name not in shown:
                assert session.execute(seen_by(name, nobody)).all() == [], name


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.EDITOR, Role.ENGINEER])
def test_staff_see_what_their_scopes_allow(
    database: Database, makers: tuple[Books, Books], role: Role
) -> None:
    from careloop.kit.actor import staff_actor

    one, _ = makers
    actor = staff_actor(one.tenant, role, one.agent.user_id or "")
    needs = {
        "tickets.visible.visible_to": "tickets:read",
        "assets.visible_to": "assets:read",
        "conversations.visible_to": "conversations:read",
        "inventory.visible_to": "stock:read",
    }
    with database.read() as session:
        for name, scope in needs.items():
            rows = session.execute(seen_by(name, actor)).all()
            assert bool(rows) == actor.may(scope), (name, role)


def test_no_row_can_point_into_another_tenant() -> None:
    """Every reference between tables carries the tenant along."""
    loose = []
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, TenantRow):
            continue
        table = mapper.local_table
        first = next(iter(table.primary_key.columns))
        assert first.name == "tenant_id", table.name
        loose.extend(
            f"{table.name}.{constraint.name}"
            for constraint in table.foreign_key_constraints
            if "tenant_id" not in constraint.column_keys
        )
    assert loose == []


def test_the_database_itself_refuses_a_foreign_reference(
    database: Database, makers: tuple[Books, Books]
) -> None:
    one, two = makers
    with pytest.raises(IntegrityError), database.write() as session:
        talk = session.get_one(Conversation, (one.tenant, one.conversation))
        talk.contact_id = two.contact
