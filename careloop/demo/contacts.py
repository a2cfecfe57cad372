"""People at the customers: addresses and numbers that reach nobody real.

Mail addresses end in `.example` (RFC 2606). Phone numbers come from ranges the regulators of the
US, Germany and France keep for fiction; where a country keeps none, from runs of zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from careloop.demo.source_tables import Sources


@dataclass(frozen=True)
class Contact:
    """A person at a customer; `phone` and `whatsapp` in E.164, `wechat` an account name."""

    customer: str
    name: str
    email: str
    phone: str
    language: str
    role: str
    wechat: str
    whatsapp: str


def build_contacts(rng: Random, sources: Sources) -> list[Contact]:
    """One contact per row of the source table, numbers counted up within each country."""
    used: dict[str, int] = {}
    people: list[Contact] = []
    for row in sources.contacts:
        customer = sources.customers[row.customer]
        prefix, digits, first = sources.phone_ranges[customer.country]
        step = used.get(customer.country, 0)
        used[customer.country] = step + 1
        phone = f"{prefix}{first + step * 3:0{digits}d}"
        in_china = customer.country == "CN"
        wechat = row.mailbox.replace(".", "_") if in_china and rng.random() < 0.8 else ""
        whatsapp_share = {"CN": 0.0, "JP": 0.0, "US": 0.4}.get(customer.country, 0.75)
        people.append(
            Contact(
                customer=row.customer,
                name=row.name,
                email=f"{row.mailbox}@{customer.domain}",
                phone=phone,
                language=row.language,
                role=row.role,
                wechat=f"{wechat}_{customer.number[2:]}" if wechat else "",
                whatsapp=phone if rng.random() < whatsapp_share else "",
            )
        )
    return people
