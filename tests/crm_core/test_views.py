"""Saved views: one's own, the team's, in order."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from careloop.crm_core.accounts.models import User
from careloop.crm_core.views import queries
from careloop.crm_core.views.schemas import SavedViews, SavedViewView, SaveView
from careloop.kit.actor import Actor, Role, scopes_of, staff_actor
from careloop.kit.db import Database
from careloop.kit.errors import Forbidden, InvalidInput, NotFound, VersionConflict
from careloop.tools.runtime import Runtime


@pytest.fixture
def ben(database: Database, admin: Actor) -> Actor:
    user = User(tenant_id=admin.tenant_id, email="ben@maker.example", name="Ben", role=Role.AGENT)
    with database.write() as session:
        session.add(user)
        session.flush()
        return staff_actor(admin.tenant_id, Role.AGENT, user.id, user.name)


def save(database: Database, actor: Actor, name: str, **more: Any) -> SavedViewView:
    command = {"list": "tickets", "name": name, "filters": {"state": ["new"]}, **more}
    view = Runtime(database).invoke(actor, "views.save", command)
    assert isinstance(view, SavedViewView)
    return view


def names(database: Database, actor: Actor, list_name: str = "tickets") -> list[str]:
    with database.read() as session:
        return [view.name for view in queries.views(session, actor, list_name)]


def test_one_sees_ones_own_and_what_colleagues_share(
    database: Database, admin: Actor, ben: Actor
) -> None:
    save(database, admin, "private")
    save(database, admin, "for all", shared=True)
    save(database, ben, "mine")
    save(database, ben, "of devices", list="assets")
    assert names(database, ben) == ["mine", "for all"]
    assert names(database, admin) == ["private", "for all"]
    with database.read() as session:
        shared = queries.views(session, ben, "tickets")[1]
    assert (shared.mine, shared.owner_name, shared.may_change) == (False, "Ada", False)
    customer = Actor(ben.tenant_id, Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))
    assert names(database, customer) == []


def test_only_the_owner_or_who_sets_the_house_rules_changes_a_view(
    database: Database, admin: Actor, ben: Actor
) -> None:
    runtime = Runtime(database)
    hers = save(database, admin, "for all", shared=True)
    his = save(database, ben, "mine", shared=True)
    hidden = save(database, admin, "private")
    with pytest.raises(Forbidden):
        runtime.invoke(ben, "views.change", {"view_id": hers.id, "name": "x"})
    with pytest.raises(NotFound):
        runtime.invoke(ben, "views.delete", {"view_id": hidden.id})
    runtime.invoke(admin, "views.change", {"view_id": his.id, "name": "ours"})
    with pytest.raises(InvalidInput, match="your own"):
        runtime.invoke(admin, "views.change", {"view_id": his.id, "is_default": True})
    with pytest.raises(VersionConflict):
        runtime.invoke(ben, "views.change", {"view_id": his.id, "name": "y", "version": 1})
    runtime.invoke(ben, "views.delete", {"view_id": his.id})
    assert names(database, ben) == ["for all"]


def test_one_list_has_one_default(database: Database, ben: Actor) -> None:
    first = save(database, ben, "a", is_default=True)
    save(database, ben, "b", is_default=True)
    save(database, ben, "c", list="assets", is_default=True)

    def defaults() -> list[str]:
        with database.read() as session:
            return [view.name for view in queries.views(session, ben) if view.is_default]

    assert sorted(defaults()) == ["b", "c"]
    Runtime(database).invoke(ben, "views.change", {"view_id": first.id, "is_default": True})
    assert sorted(defaults()) == ["a", "c"]


def test_views_stand_in_the_order_one_gives_them(
    database: Database, admin: Actor, ben: Actor
) -> None:
    ids = [save(database, ben, name).id for name in "abcd"]
    foreign = save(database, admin, "x", shared=True)
    told = Runtime(database).invoke(
        ben, "views.order", {"list": "tickets", "ids": [ids[2], ids[0]]}
    )
    assert isinstance(told, SavedViews)
    assert [view.name for view in told.items] == ["c", "a", "b", "d", "x"]
    with pytest.raises(InvalidInput):
        Runtime(database).invoke(ben, "views.order", {"list": "tickets", "ids": [foreign.id]})


def test_filters_are_kept_as_they_are_and_are_not_endless() -> None:
    filters = {"state": ["new"], "due": None, "q": "泵", "nested": {"a": [1, 2.5, True]}}
    assert SaveView(list="tickets", name="x", filters=filters).filters == filters
    with pytest.raises(ValidationError):
        SaveView(list="tickets", name="x", filters={"q": "x" * 9000})
    with pytest.raises(ValidationError):
        SaveView.model_validate({"list": "secrets", "name": "x"})
