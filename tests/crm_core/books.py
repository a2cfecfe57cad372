"""A small maker's books, written row by row: what the tests of the books stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import Tenant, User
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.catalog.models import BomLine, Part, ProductModel
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.customers.models import Contact, Customer
from careloop.crm_core.inventory.models import StockBalance, StockLocation
from careloop.crm_core.tickets import service as tickets
from careloop.crm_core.tickets.schemas import OpenTicket
from careloop.crm_core.workforce.models import Engineer
from careloop.kit.actor import Actor, Role, scopes_of, staff_actor
from careloop.kit.db import Database
from careloop.kit.ids import new_id
from careloop.kit.messages import InboundMessage
from tests import rows


@dataclass(frozen=True)
class Books:
    """Ids of one tenant's rows; `customer` owns `serial`, `other` does not."""

    tenant: str
    admin: Actor
    agent: Actor
    colleague: Actor
    customer: str
    other: str
    contact: str
    stranger: str
    asset: str
    serial: str
    part: str
    ticket: str
    conversation: str
    values: dict[str, Any]


def fill(database: Database, tag: str) -> Books:
    """A tenant with one row of every kind; `tag` marks every text of it."""
    with database.write() as session:
        return _fill(session, tag)


def _fill(session: Session, tag: str) -> Books:
    tenant = new_id()
    session.add(Tenant(tenant_id=tenant, slug=f"maker-{tag}", name=f"Maker {tag}", profile={}))
    session.flush()
    people = [
        User(
            tenant_id=tenant, id=new_id(), email=f"{name}@{tag}.example", name=f"{name} {tag}",
            role=role,
        )
        for name, role in (("ada", Role.ADMIN), ("ben", Role.AGENT), ("cleo", Role.AGENT))
    ]  # fmt: skip
    session.add_all(people)
    actors = [staff_actor(tenant, Role(user.role), user.id, user.name) for user in people]
    owner, other = (
        Customer(tenant_id=tenant, id=new_id(), number=f"C-{tag}-{n}", name=f"Lab {n} {tag}")
        for n in (1, 2)
    )
    model = ProductModel(tenant_id=tenant, id=new_id(), model=f"PX-{tag}")
    part = Part(tenant_id=tenant, id=new_id(), number=f"P-{tag}")
    place = StockLocation(tenant_id=tenant, id=new_id(), code=f"L-{tag}", level="centre")
    session.add_all([owner, other, model, part, place])
    session.flush()
    contact = Contact(
        tenant_id=tenant, id=new_id(), customer_id=owner.id, name=f"Dora {tag}",
        email=f"dora@{tag}.example", phone="+8675512345678",
    )  # fmt: skip
    stranger = Contact(tenant_id=tenant, id=new_id(), customer_id=other.id, name=f"Eve {tag}")
    serial = f"PX{tag}-0001"
    asset = Asset(
        tenant_id=tenant, id=new_id(), serial=serial, serial_key=fold(serial), model_id=model.id,
        model=model.model, customer_id=owner.id, site=f"Hall {tag}",
        contract_number=f"SC-{tag}",
    )  # fmt: skip
    contract = ServiceContract(
        tenant_id=tenant, id=new_id(), number=f"SC-{tag}", customer_id=owner.id,
        ends_on=date(2027, 1, 1),
    )  # fmt: skip
    session.add_all(
        [
            contact, stranger, asset, contract,
            BomLine(tenant_id=tenant, model_id=model.id, part_id=part.id),
            StockBalance(tenant_id=tenant, location_id=place.id, part_id=part.id, on_hand=3),
            Engineer(tenant_id=tenant, code=f"E-{tag}", name=f"Finn {tag}"),
        ]
    )  # fmt: skip
    session.flush()
    talk = conversations.start(session, tenant, "web", "default", f"visitor-{tag}", "en")
    hello = InboundMessage(
        channel="web", sender="", external_id=f"hello-{tag}", text=f"the {tag} pump leaks"
    )
    conversations.receive(session, talk.id, tenant, hello, 1000)
    command = OpenTicket(
        title=f"Pump {tag} leaks", serial=serial, contact_id=contact.id, conversation_id=talk.id
    )
    ticket = tickets.open_ticket(session, actors[1], command)
    values = rows.fill_all(
        session, actors[0],
        {
            "tag": tag, "tenant": tenant, "customer_id": owner.id, "contact_id": contact.id,
            "asset_id": asset.id, "serial": serial, "model": model.model, "part_id": part.id,
            "part": part.number, "number": ticket.number, "conversation_id": talk.id,
            "contract": contract.number, "location": place.code, "user_id": actors[1].user_id,
        },
    )  # fmt: skip
    return Books(
        values=values, tenant=tenant, admin=actors[0], agent=actors[1], colleague=actors[2],
        customer=owner.id, other=other.id, contact=contact.id, stranger=stranger.id,
        asset=asset.id, serial=serial,
        part=part.id, ticket=ticket.number, conversation=talk.id,
    )  # fmt: skip


def visitor(
    tenant: str,
    conversation: str | None = None,
    contact: str | None = None,
    customer: str | None = None,
) -> Actor:
    """A customer in the chat, as far as they are known."""
    return Actor(
        tenant, Role.CUSTOMER, contact_id=contact, customer_id=customer,
        conversation_id=conversation, scopes=scopes_of(Role.CUSTOMER),
    )  # fmt: skip
