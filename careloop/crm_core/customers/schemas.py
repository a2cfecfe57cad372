"""Views and commands of customers and contacts."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from careloop.crm_core.custom.schemas import CustomValues


class ContactView(BaseModel):
    """A person."""

    id: str
    customer_id: str | None
    name: str
    email: str
    phone: str
    language: str
    role: str
    custom: dict[str, Any] = Field(default_factory=dict)
    version: int = 1


class CustomerView(BaseModel):
    """An organisation."""

    id: str
    number: str
    name: str
    country: str
    language: str
    city: str
    address: str
    industry: str
    tier: str
    time_zone: str
    custom: dict[str, Any] = Field(default_factory=dict)
    version: int = 1


class ChangeCustomer(BaseModel):
    """Own fields of a customer; master data come with imports."""

    customer_id: str = Field(max_length=26, description="Id of the customer.")
    version: int | None = Field(None, description="Version the change is based on.")
    custom: CustomValues | None = Field(None, description="Own fields to set; null clears one.")


class ChangeContact(BaseModel):
    """Contact data as an agent or the customer gives them; what is left out stays."""

    contact_id: str = Field(description="Id of the contact.")
    name: str | None = Field(None, max_length=200, description="The person's name.")
    email: str | None = Field(None, max_length=254, description="E-mail address.")
    phone: str | None = Field(None, max_length=20, description="Phone number, E.164.")
    language: str | None = Field(None, max_length=10, description="Language, ISO 639-1.")
    custom: CustomValues | None = Field(None, description="Own fields to set; null clears one.")


class LinkContact(BaseModel):
    """An agent's finding of whose contact this is."""

    contact_id: str = Field(description="Id of the contact.")
    customer_id: str = Field(description="Id of the customer the contact belongs to.")
