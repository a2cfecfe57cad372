"""Tools over service contracts and the warranty's terms."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.contracts import lifecycle, queries, reminding, service, view_queries
from careloop.crm_core.contracts.models import ServiceContract
from careloop.crm_core.contracts.schemas import (
    ActivateContract,
    BookUse,
    ChangeContract,
    ContractView,
    CreateContract,
    EndContract,
    RenewContract,
    ResumeContract,
    SetContractAssets,
    SetWarrantyTerms,
    SuspendContract,
    UseView,
    WarrantyTermsView,
)  # fmt: skip
from careloop.crm_core.sla import queries as sla
from careloop.kit.actor import Actor
from careloop.tools.spec import Effect, tool


@tool("contracts.create", effect=Effect.WRITE, scope="contracts:write")
def create_contract(session: Session, actor: Actor, command: CreateContract) -> ContractView:
    """Add a service contract."""
    if command.sla_policy:
        sla.policy_by_code(session, actor, command.sla_policy)
    return _view(session, actor, service.create_contract(session, actor, command))


@tool("contracts.change", effect=Effect.WRITE, scope="contracts:write")
def change_contract(session: Session, actor: Actor, command: ChangeContract) -> ContractView:
    """Change what was agreed in a contract."""
    if command.sla_policy:
        sla.policy_by_code(session, actor, command.sla_policy)
    return _view(session, actor, service.change_contract(session, actor, command))


@tool("contracts.assets", effect=Effect.WRITE, scope="contracts:write")
def set_contract_assets(session: Session, actor: Actor, command: SetContractAssets) -> ContractView:
    """Add devices to a contract, change their days, or take them off it."""
    return _view(session, actor, service.set_assets(session, actor, command))


@tool("contracts.activate", effect=Effect.WRITE, scope="contracts:write")
def activate_contract(session: Session, actor: Actor, command: ActivateContract) -> ContractView:
    """Make a draft binding."""
    return _view(session, actor, lifecycle.activate(session, actor, command))


@tool("contracts.suspend", effect=Effect.WRITE, scope="contracts:write")
def suspend_contract(session: Session, actor: Actor, command: SuspendContract) -> ContractView:
    """Let a contract rest."""
    return _view(session, actor, lifecycle.suspend(session, actor, command))


@tool("contracts.resume", effect=Effect.WRITE, scope="contracts:write")
def resume_contract(session: Session, actor: Actor, command: ResumeContract) -> ContractView:
    """End a contract's rest."""
    return _view(session, actor, lifecycle.resume(session, actor, command))


@tool("contracts.end", effect=Effect.WRITE, scope="contracts:write")
def end_contract(session: Session, actor: Actor, command: EndContract) -> ContractView:
    """End a contract before its time."""
    return _view(session, actor, lifecycle.end(session, actor, command))


@tool("contracts.renew", effect=Effect.WRITE, scope="contracts:write")
def renew_contract(session: Session, actor: Actor, command: RenewContract) -> ContractView:
    """Add the contract that follows on another."""
    return _view(session, actor, lifecycle.renew(session, actor, command))


@tool("contracts.use", effect=Effect.WRITE, scope="work:write")
def book_use(session: Session, actor: Actor, command: BookUse) -> UseView:
    """Book service that a contract bore."""
    return view_queries.use_view(service.book_use(session, actor, command))


class Reminded(BaseModel):
    """How many reminders were due."""

    reminders: int


class PickContract(BaseModel):
    """One contract."""

    number: str = Field(max_length=60, description="Contract number.")


@tool("contracts.remind", effect=Effect.WRITE, scope="contracts:write")
def remind_of_end(session: Session, actor: Actor, command: PickContract) -> Reminded:
    """Remind managers of a contract's end where a day for it has come."""
    return Reminded(reminders=reminding.remind(session, actor, command.number))


@tool("warranty.set", effect=Effect.WRITE, scope="contracts:write")
def set_warranty_terms(
    session: Session, actor: Actor, command: SetWarrantyTerms
) -> WarrantyTermsView:
    """Change what the warranty and goodwill mean."""
    return queries.terms_view(service.set_warranty_terms(session, actor, command))


def _view(session: Session, actor: Actor, row: ServiceContract) -> ContractView:
    return view_queries.views(session, actor, [row])[0]
