"""Engineers: facts, certificates, weeks of work, absences, positions; and areas."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel

from careloop.api.auth import ServicesDep, SessionDep, StaffDep, TicketReaderDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act, tag
from careloop.crm_core.dispatch import today_queries
from careloop.crm_core.dispatch.today_queries import EngineerToday
from careloop.crm_core.workforce import roster_queries as queries
from careloop.crm_core.workforce.roster_models import AbsenceState
from careloop.crm_core.workforce.roster_schemas import (
    AbsenceChanges,
    AbsenceFacts,
    AbsenceView,
    AddAbsence,
    AddCertificate,
    AddShift,
    AreaFacts,
    AreaView,
    CertificateChanges,
    CertificateFacts,
    CertificateView,
    ChangeAbsence,
    ChangeCertificate,
    ChangeEngineer,
    CreateArea,
    CreateEngineer,
    DecideAbsence,
    Decision,
    EngineerChanges,
    EngineerPage,
    EngineerView,
    PickAbsence,
    PickArea,
    PickCertificate,
    PickShift,
    PositionFacts,
    PositionView,
    ReplaceArea,
    ReplaceShift,
    ShiftFacts,
    ShiftView,
    TellPosition,
)  # fmt: skip
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.tools.spec import Done

router = APIRouter(prefix="/v1", tags=["engineers"])


class EngineerNow(EngineerView):
    """An engineer, and where the day stands: state, shift, visits."""

    today: EngineerToday


class EngineerFile(EngineerPage):
    """Everything on file, and where the day stands."""

    today: EngineerToday


class Engineers(BaseModel):
    items: list[EngineerNow]


class Absences(BaseModel):
    items: list[AbsenceView]


class Areas(BaseModel):
    items: list[AreaView]


class VersionedShift(ShiftFacts):
    """A week of work as it shall be."""

    version: int | None = None


class VersionedArea(AreaFacts):
    """The area as it shall be."""

    version: int | None = None


@router.get("/engineers")
def engineers(
    session: SessionDep, actor: TicketReaderDep, q: str = "", skill: str = "", area: str = "",
    active: bool | None = None,
) -> Engineers:  # fmt: skip
    """Field engineers by code, with where their day stands."""
    found = today_queries.engineers(session, actor, q=q, skill=skill, area=area, active=active)
    return Engineers(
        items=[
            EngineerNow(**queries.engineer_view(row).model_dump(), today=today)
            for row, today in found
        ]
    )


@router.post("/engineers", status_code=201)
def create_engineer(
    services: ServicesDep, actor: StaffDep, body: CreateEngineer, response: Response,
    key: KeyDep = None,
) -> EngineerPage:  # fmt: skip
    """Add an engineer; joined to the login of the same e-mail address."""
    view = act(services, actor, "engineers.create", body, EngineerPage, key)
    tag(response, view.version)
    return view


@router.get("/engineers/{engineer}")
def engineer(
    session: SessionDep, actor: TicketReaderDep, engineer: str, response: Response
) -> EngineerFile:
    """An engineer with papers, weeks of work, absences and position."""
    row = queries.engineer(session, actor, engineer)
    page = queries.engineer_page(session, actor, row)
    tag(response, page.version)
    today = today_queries.today(session, actor, [row])[row.code]
    return EngineerFile(**page.model_dump(by_alias=True), today=today)


@router.patch("/engineers/{engineer}")
def change_engineer(
    services: ServicesDep, actor: StaffDep, engineer: str, body: EngineerChanges,
    response: Response, key: KeyDep = None, base: BaseVersionDep = None,
) -> EngineerPage:  # fmt: skip
    """Change skills, level, areas, place, van, limits."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeEngineer(engineer=engineer, **facts)
    view = act(services, actor, "engineers.change", command, EngineerPage, key)
    tag(response, view.version)
    return view


@router.post("/engineers/{engineer}/certificates", status_code=201)
def add_certificate(
    services: ServicesDep, actor: StaffDep, engineer: str, body: CertificateFacts,
    key: KeyDep = None,
) -> CertificateView:  # fmt: skip
    """Note a certificate."""
    command = AddCertificate(engineer=engineer, **body.model_dump())
    return act(services, actor, "engineers.add_certificate", command, CertificateView, key)


@router.patch("/engineers/{engineer}/certificates/{certificate_id}")
def change_certificate(
    services: ServicesDep, actor: StaffDep, engineer: str, certificate_id: str,
    body: CertificateChanges, key: KeyDep = None, base: BaseVersionDep = None,
) -> CertificateView:  # fmt: skip
    """Renew or correct a certificate."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeCertificate(engineer=engineer, certificate_id=certificate_id, **facts)
    return act(services, actor, "engineers.change_certificate", command, CertificateView, key)


@router.delete("/engineers/{engineer}/certificates/{certificate_id}")
def remove_certificate(
    services: ServicesDep, actor: StaffDep, engineer: str, certificate_id: str
) -> Done:
    """Take a certificate off the file."""
    command = PickCertificate(engineer=engineer, certificate_id=certificate_id)
    return act(services, actor, "engineers.remove_certificate", command, Done)


@router.post("/engineers/{engineer}/shifts", status_code=201)
def add_shift(
    services: ServicesDep, actor: StaffDep, engineer: str, body: ShiftFacts, key: KeyDep = None
) -> ShiftView:
    """A week of work from a day on, as spans or in words."""
    command = AddShift(engineer=engineer, **body.model_dump())
    return act(services, actor, "engineers.add_shift", command, ShiftView, key)


@router.put("/engineers/{engineer}/shifts/{shift_id}")
def replace_shift(
    services: ServicesDep, actor: StaffDep, engineer: str, shift_id: str, body: VersionedShift,
    key: KeyDep = None, base: BaseVersionDep = None,
) -> ShiftView:  # fmt: skip
    """Set a week of work anew."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = ReplaceShift(engineer=engineer, shift_id=shift_id, **facts)
    return act(services, actor, "engineers.replace_shift", command, ShiftView, key)


@router.delete("/engineers/{engineer}/shifts/{shift_id}")
def remove_shift(services: ServicesDep, actor: StaffDep, engineer: str, shift_id: str) -> Done:
    """Take a week of work away; what held before holds again."""
    command = PickShift(engineer=engineer, shift_id=shift_id)
    return act(services, actor, "engineers.remove_shift", command, Done)


@router.get("/engineers/{engineer}/absences")
def absences_of(
    session: SessionDep, actor: TicketReaderDep, engineer: str,
    since: AwareDatetime | None = None, until: AwareDatetime | None = None,
) -> Absences:  # fmt: skip
    """Absences of one engineer, from 30 days ago to a year ahead unless it is said otherwise."""
    row = queries.engineer(session, actor, engineer)
    at = now(session)
    first = as_utc(since or at - queries.LOOK_BACK)
    last = as_utc(until or at + timedelta(days=366))
    found = queries.absences(session, actor, first, last, engineer=row.code)
    return Absences(items=[queries.absence_view(actor, one, owner) for one, owner in found])


@router.post("/engineers/{engineer}/absences", status_code=201)
def add_absence(
    services: ServicesDep, actor: StaffDep, engineer: str, body: AbsenceFacts, key: KeyDep = None
) -> AbsenceView:
    """Ask for an absence, report ill, or enter one as a dispatcher."""
    command = AddAbsence(engineer=engineer, **body.model_dump())
    return act(services, actor, "engineers.add_absence", command, AbsenceView, key)


@router.patch("/engineers/{engineer}/absences/{absence_id}")
def change_absence(
    services: ServicesDep, actor: StaffDep, engineer: str, absence_id: str, body: AbsenceChanges,
    key: KeyDep = None, base: BaseVersionDep = None,
) -> AbsenceView:  # fmt: skip
    """Change an absence; an engineer only what is not decided, or how long they are ill."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeAbsence(engineer=engineer, absence_id=absence_id, **facts)
    return act(services, actor, "engineers.change_absence", command, AbsenceView, key)


@router.post("/engineers/{engineer}/absences/{absence_id}/decide")
def decide_absence(
    services: ServicesDep, actor: StaffDep, engineer: str, absence_id: str, body: Decision,
    key: KeyDep = None,
) -> AbsenceView:  # fmt: skip
    """Approve or reject a request."""
    command = DecideAbsence(engineer=engineer, absence_id=absence_id, **body.model_dump())
    return act(services, actor, "engineers.decide_absence", command, AbsenceView, key)


@router.post("/engineers/{engineer}/absences/{absence_id}/cancel")
def cancel_absence(
    services: ServicesDep, actor: StaffDep, engineer: str, absence_id: str, key: KeyDep = None
) -> AbsenceView:
    """Take an absence back."""
    command = PickAbsence(engineer=engineer, absence_id=absence_id)
    return act(services, actor, "engineers.cancel_absence", command, AbsenceView, key)


@router.post("/engineers/{engineer}/position")
def tell_position(
    services: ServicesDep, actor: StaffDep, engineer: str, body: PositionFacts, key: KeyDep = None
) -> PositionView:
    """Tell where one is; only the last position is kept."""
    command = TellPosition(engineer=engineer, **body.model_dump())
    return act(services, actor, "engineers.tell_position", command, PositionView, key)


@router.get("/absences")
def absences(
    session: SessionDep, actor: TicketReaderDep, since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    state: Annotated[list[AbsenceState] | None, Query()] = None,
) -> Absences:  # fmt: skip
    """Absences of everybody that touch a span: requests to decide, who is away."""
    at = now(session)
    first = as_utc(since or at - queries.LOOK_BACK)
    last = as_utc(until or at + timedelta(days=366))
    found = queries.absences(session, actor, first, last, states=state or ())
    return Absences(items=[queries.absence_view(actor, row, owner) for row, owner in found])


@router.get("/areas")
def areas(session: SessionDep, actor: TicketReaderDep) -> Areas:
    """Areas with the engineers who serve them."""
    return Areas(items=queries.area_views(session, actor))


@router.post("/areas", status_code=201)
def create_area(
    services: ServicesDep, actor: StaffDep, body: CreateArea, key: KeyDep = None
) -> AreaView:
    """Add an area."""
    return act(services, actor, "areas.create", body, AreaView, key)


@router.put("/areas/{area}")
def replace_area(
    services: ServicesDep, actor: StaffDep, area: str, body: VersionedArea, key: KeyDep = None,
    base: BaseVersionDep = None,
) -> AreaView:  # fmt: skip
    """Set an area anew."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = ReplaceArea(area=area, **facts)
    return act(services, actor, "areas.replace", command, AreaView, key)


@router.delete("/areas/{area}")
def remove_area(services: ServicesDep, actor: StaffDep, area: str) -> Done:
    """Take an area away that nobody serves."""
    return act(services, actor, "areas.remove", PickArea(area=area), Done)
