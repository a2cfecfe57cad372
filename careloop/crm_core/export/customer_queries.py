"""Exports of customers and their contacts."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select

from careloop.crm_core.custom.models import Subject
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.customers.models import ChannelIdentity, Contact, Customer
from careloop.crm_core.export.form import (
    Column,
    ExportForm,
    Filter,
    Statement,
    contains,
    equals,
    matches,
)  # fmt: skip
from careloop.kit.actor import Actor


def _customer_words(text: str) -> ColumnElement[bool]:
    like = contains(text)
    found = (func.lower(c).like(like, escape="\\")
             for c in (Customer.number, Customer.name, Customer.city))  # fmt: skip
    return or_(*found)


def _identity(channel: str) -> ColumnElement[str]:
    statement = select(func.min(ChannelIdentity.external_id)).where(
        ChannelIdentity.tenant_id == Contact.tenant_id,
        ChannelIdentity.contact_id == Contact.id,
        ChannelIdentity.channel == channel,
        ChannelIdentity.account == "default",
    )
    return statement.correlate(Contact).scalar_subquery()


def _known_contacts(actor: Actor) -> Statement:
    """People of customers; visitors of the chat whom nobody knows are in no list."""
    return customers.contacts_visible_to(actor).where(Contact.customer_id.is_not(None))


def _with_customer(statement: Statement) -> Statement:
    own = (Customer.tenant_id == Contact.tenant_id) & (Customer.id == Contact.customer_id)
    return statement.join(Customer, own)


CUSTOMERS = ExportForm(
    "customers", "Customers", "客户", "customers:read", customers.visible_to,
    (
        Column("number", "Customer number", "客户编号", Customer.number),
        Column("name", "Customer name", "客户名称", Customer.name),
        Column("country", "Country", "国家", Customer.country),
        Column("language", "Language", "语言", Customer.language),
        Column("city", "City", "城市", Customer.city),
        Column("address", "Address", "地址", Customer.address),
        Column("industry", "Industry", "行业", Customer.industry),
        Column("tier", "Tier", "客户等级", Customer.tier),
        Column("time_zone", "Time zone", "时区", Customer.time_zone),
    ),
    (Customer.number,),
    (
        Filter("q", lambda _, __, given: _customer_words(given[0])),
        equals("country", Customer.country),
        equals("tier", Customer.tier),
    ),
    own=Subject.CUSTOMER,
)  # fmt: skip

CONTACTS = ExportForm(
    "contacts", "Contacts", "联系人", "customers:read", _known_contacts,
    (
        Column("customer", "Customer number", "客户编号", Customer.number),
        Column("name", "Name", "姓名", Contact.name),
        Column("email", "Email", "邮箱", Contact.email),
        Column("phone", "Phone", "电话", Contact.phone),
        Column("language", "Language", "语言", Contact.language),
        Column("role", "Position", "职务", Contact.role),
        Column("wechat", "WeChat", "微信号", _identity("wechat")),
        Column("whatsapp", "WhatsApp", "WhatsApp", _identity("whatsapp"),
               show=lambda number: f"+{number}" if number else None),
    ),
    (Customer.number, Contact.id),
    (matches("customer_id", Contact.customer_id),),
    _with_customer,
    own=Subject.CONTACT,
)  # fmt: skip

FORMS = (CUSTOMERS, CONTACTS)
