"""Service contracts, what they cover, and the warranty's terms."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from careloop.api.auth import ContractReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, RequiredKeyDep, act, tag
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor, multi
from careloop.crm_core.contracts import entitlement_queries, queries, view_queries
from careloop.crm_core.contracts.models import ContractState, Coverage
from careloop.crm_core.contracts.schemas import (
    ActivateContract,
    AssetChanges,
    BookUse,
    ChangeContract,
    ContractAssetView,
    ContractChanges,
    ContractPage,
    ContractStep,
    ContractView,
    CreateContract,
    Day,
    EndContract,
    EntitlementView,
    Renewal,
    RenewContract,
    ResumeContract,
    Resumption,
    SetContractAssets,
    SetWarrantyTerms,
    SuspendContract,
    Suspension,
    Termination,
    Use,
    UseView,
    WarrantyTermsView,
)  # fmt: skip
from careloop.crm_core.custom.filter_queries import given_of

router = APIRouter(prefix="/v1", tags=["contracts"])


@router.get("/contracts")
def contracts(
    request: Request, session: SessionDep, actor: ContractReaderDep, q: str = "",
    state: Annotated[list[ContractState] | None, Query()] = None,
    customer_id: str = "", serial: str = "", plan: str = "",
    ends_before: Annotated[Day | None, Query(description="Those that end by that day.")] = None,
    cursor: str = "", limit: Limit = 50,
) -> Page[ContractView]:  # fmt: skip
    """Contracts by number; `q` is part of a number, a plan or a customer's name;
    `custom.<key>` filters by own fields."""
    place = decode_cursor(cursor, 1)
    found = queries.ContractFilter(
        q=q, states=tuple(state or ()), customer_id=customer_id, serial=serial, plan=plan,
        ends_before=ends_before, custom=given_of(multi(request)),
    )  # fmt: skip
    after = str(place[0]) if place else ""
    rows = queries.contracts(session, actor, found, after, limit + 1)
    return Page(
        items=view_queries.views(session, actor, rows[:limit]),
        next_cursor=encode_cursor(rows[limit - 1].number) if len(rows) > limit else None,
    )


@router.post("/contracts", status_code=201)
def create(
    services: ServicesDep, actor: StaffDep, body: CreateContract, response: Response,
    key: RequiredKeyDep,
) -> ContractView:  # fmt: skip
    """Add a contract."""
    return _told(response, act(services, actor, "contracts.create", body, ContractView, key=key))


@router.get("/contracts/{contract}")
def contract(
    session: SessionDep, actor: ContractReaderDep, contract: str, response: Response
) -> ContractPage:
    """A contract with its lines, what is left of them, devices, pauses and uses."""
    page = view_queries.page(session, actor, queries.known(session, actor, contract))
    tag(response, page.contract.version)
    return page


@router.patch("/contracts/{contract}")
def change(
    services: ServicesDep, actor: StaffDep, contract: str, body: ContractChanges,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> ContractView:  # fmt: skip
    """Change what was agreed; 412 when somebody else changed the contract meanwhile."""
    command = ChangeContract.model_validate(_given(body, contract, base))
    return _told(response, act(services, actor, "contracts.change", command, ContractView, key=key))


@router.post("/contracts/{contract}/activate")
def activate(
    services: ServicesDep, actor: StaffDep, contract: str, body: ContractStep,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> ContractView:  # fmt: skip
    """Make a draft binding."""
    command = ActivateContract.model_validate(_given(body, contract, base))
    return _told(
        response, act(services, actor, "contracts.activate", command, ContractView, key=key)
    )


@router.post("/contracts/{contract}/suspend")
def suspend(
    services: ServicesDep, actor: StaffDep, contract: str, body: Suspension,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> ContractView:  # fmt: skip
    """Let a contract rest; it covers nothing on those days."""
    command = SuspendContract.model_validate(_given(body, contract, base))
    view = act(
        services, actor, "contracts.suspend", command, ContractView, key=key, reason=body.reason
    )
    return _told(response, view)


@router.post("/contracts/{contract}/resume")
def resume(
    services: ServicesDep, actor: StaffDep, contract: str, body: Resumption,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> ContractView:  # fmt: skip
    """End a contract's rest."""
    command = ResumeContract.model_validate(_given(body, contract, base))
    return _told(response, act(services, actor, "contracts.resume", command, ContractView, key=key))


@router.post("/contracts/{contract}/end")
def end(
    services: ServicesDep, actor: StaffDep, contract: str, body: Termination,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> ContractView:  # fmt: skip
    """End a contract before its time, with the reason."""
    command = EndContract.model_validate(_given(body, contract, base))
    view = act(services, actor, "contracts.end", command, ContractView, key=key, reason=body.reason)
    return _told(response, view)


@router.post("/contracts/{contract}/renew", status_code=201)
def renew(
    services: ServicesDep, actor: StaffDep, contract: str, body: Renewal,
    response: Response, key: RequiredKeyDep, base: BaseVersionDep = None,
) -> ContractView:  # fmt: skip
    """Add the contract that follows this one; answers with the new one."""
    command = RenewContract.model_validate(_given(body, contract, base))
    return _told(response, act(services, actor, "contracts.renew", command, ContractView, key=key))


@router.get("/contracts/{contract}/assets")
def assets(
    session: SessionDep, actor: ContractReaderDep, contract: str, cursor: str = "",
    limit: Limit = 50,
) -> Page[ContractAssetView]:  # fmt: skip
    """Devices of a contract by serial."""
    place = decode_cursor(cursor, 1)
    row = queries.known(session, actor, contract)
    found = view_queries.devices(
        session, actor, row, str(place[0]) if place else "", limit + 1
    )  # fmt: skip
    following = encode_cursor(found[limit - 1].serial) if len(found) > limit else None
    return Page(items=found[:limit], next_cursor=following)


@router.post("/contracts/{contract}/assets")
def set_assets(
    services: ServicesDep, actor: StaffDep, contract: str, body: AssetChanges,
    response: Response, base: BaseVersionDep = None, key: KeyDep = None,
) -> ContractView:  # fmt: skip
    """Add devices to a contract, change their days, or take them off it."""
    command = SetContractAssets.model_validate(_given(body, contract, base))
    return _told(response, act(services, actor, "contracts.assets", command, ContractView, key=key))


@router.get("/contracts/{contract}/uses")
def uses(
    session: SessionDep, actor: ContractReaderDep, contract: str, cursor: str = "",
    limit: Limit = 50,
) -> Page[UseView]:  # fmt: skip
    """What a contract bore, the latest first."""
    place = decode_cursor(cursor, 1)
    row = queries.known(session, actor, contract)
    found = view_queries.uses(session, row, str(place[0]) if place else "", limit + 1)
    following = encode_cursor(found[limit - 1].id) if len(found) > limit else None
    return Page(items=found[:limit], next_cursor=following)


@router.post("/contracts/{contract}/uses", status_code=201)
def book_use(
    services: ServicesDep, actor: StaffDep, contract: str, body: Use, key: RequiredKeyDep
) -> UseView:
    """Book service that a contract bore; its limits are counted by it."""
    command = BookUse(number=contract, **dict(body))
    return act(services, actor, "contracts.use", command, UseView, key=key)


@router.get("/entitlement")
def entitlement(
    session: SessionDep, actor: ContractReaderDep, serial: str, kind: Coverage = Coverage.LABOUR,
    part: str = "", quantity: Annotated[int, Query(ge=1, le=10_000)] = 1,
    on: Day | None = None, misuse: bool = False,
    amount: Annotated[str, Query(description="What the service costs uncovered.")] = "",
    currency: str = "",
) -> EntitlementView:  # fmt: skip
    """Who bears this service for this device on that day (today where it is), and why."""
    asked = entitlement_queries.Asked(
        serial=serial, kind=kind, part=part, quantity=quantity, on=on, misuse=misuse,
        cost=entitlement_queries.cost_of(amount, currency),
    )  # fmt: skip
    return entitlement_queries.entitlement(session, actor, asked)


@router.get("/warranty/terms")
def warranty_terms(
    session: SessionDep, actor: ContractReaderDep, response: Response
) -> WarrantyTermsView:
    """What the maker's warranty and goodwill mean."""
    view = queries.terms_view(queries.warranty_terms(session, actor.tenant_id))
    tag(response, view.version)
    return view


@router.put("/warranty/terms")
def set_warranty_terms(
    services: ServicesDep, actor: StaffDep, body: SetWarrantyTerms, response: Response,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> WarrantyTermsView:  # fmt: skip
    """Change the terms; they hold for every question asked from now on."""
    command = body.model_copy(update={"version": base}) if base is not None else body
    view = act(services, actor, "warranty.set", command, WarrantyTermsView, key=key)
    tag(response, view.version)
    return view


def _given(body: BaseModel, contract: str, base: int | None) -> dict[str, Any]:
    """What the caller sent, for the contract of the path; `If-Match` wins over the body."""
    given = {**body.model_dump(exclude_unset=True), "number": contract}
    if base is not None:
        given["version"] = base
    return given


def _told(response: Response, view: ContractView) -> ContractView:
    tag(response, view.version)
    return view
