"""Tickets created over HTTP, beside a bare insert-and-commit on the same database."""

from __future__ import annotations

import asyncio
import time

import httpx

from benchmarks.installation import demo
from careloop.api.app import create_app
from careloop.api.bootstrap import Services
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import service as account_service
from careloop.crm_core.accounts.schemas import CreateToken
from careloop.crm_core.tickets.models import Ticket
from careloop.kit.actor import Role, staff_actor

COUNT = 300
ROUNDS = 3


def main(engine: str = "sqlite") -> None:
    with demo(engine) as services:
        token = _token(services)
        bare, http = [], []
        for turn in range(ROUNDS):
            bare.append(_bare(services, turn))
            http.append(asyncio.run(_over_http(services, token)))
    best_bare, best_http = max(bare), max(http)
    print(f"bare insert and commit   {best_bare:7.0f}/s")
    print(f"POST /v1/tickets         {best_http:7.0f}/s  ({best_http / best_bare:.0%} of bare)")


def _token(services: Services) -> str:
    with services.database.write() as session:
        tenant = accounts.tenant_by_slug(session, services.settings.default_tenant)
        login = next(row for row in tenant.profile["demo_logins"] if row["role"] == "agent")
        user = accounts.user_by_email(session, tenant.tenant_id, login["email"].lower())
        assert user is not None
        actor = staff_actor(tenant.tenant_id, Role.AGENT, user.id)
        made = account_service.create_token(session, actor, CreateToken(name="bench"))
        assert made.secret
        return made.secret


def _bare(services: Services, turn: int) -> float:
    with services.database.read() as session:
        tenant_id = accounts.tenant_by_slug(session, services.settings.default_tenant).tenant_id
    began = time.perf_counter()
    for number in range(COUNT):
        with services.database.write() as session:
            session.add(Ticket(tenant_id=tenant_id, number=f"BARE-{turn}-{number}", title="bare"))
    return COUNT / (time.perf_counter() - began)


async def _over_http(services: Services, token: str) -> float:
    app = create_app(services, with_worker=False)
    transport = httpx.ASGITransport(app=app)
    headers = {"Authorization": f"Bearer {token}"}
    body = {"title": "Pump is leaking", "description": "Since this morning", "priority": "high"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", headers=headers
    ) as client:
        began = time.perf_counter()
        for _ in range(COUNT):
            response = await client.post("/v1/tickets", json=body)
            assert response.status_code == 201, response.text
        return COUNT / (time.perf_counter() - began)
