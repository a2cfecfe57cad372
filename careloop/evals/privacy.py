"""What one customer may never be shown: the facts of all the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.assets.serials import fold
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.models import Contact
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor

SHORTEST = 4
ALL = 100_000


def foreign_values(
    session: Session, actor: Actor, contact: Contact, written: Sequence[str], conversation_id: str
) -> list[str]:
    """Names, addresses, numbers, serials and tickets of everybody but this contact's customer.

    What the customer wrote is theirs to see again, a serial in any spelling that folds to it.
    `actor` is staff: it sees everything there is.
    """
    said = "\n".join(written)
    folded = fold(said)
    values = [
        *(
            value for value in _of_others(session, actor, contact.customer_id)
            if fold(value) not in folded
        ),
        *(
            row.number for row in tickets.tickets(session, actor, limit=ALL)
            if row.conversation_id != conversation_id
            and (row.customer_id is None or row.customer_id != contact.customer_id)
        ),
    ]  # fmt: skip
    return [value for value in values if len(value) >= SHORTEST and value not in said]


def _of_others(session: Session, actor: Actor, own: str | None) -> Iterator[str]:
    for customer in customers.customers(session, actor, limit=ALL):
        if customer.id == own:
            continue
        yield customer.name
        for person in customers.contacts_of(session, actor, customer.id):
            yield from (person.name, person.email, person.phone)
        for device in assets.assets_of(session, actor.tenant_id, customer.id, limit=ALL):
            yield device.serial
