"""Tools over presence, office hours, engineers and areas."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.workforce import absences, roster, service
from careloop.crm_core.workforce import roster_queries as queries
from careloop.crm_core.workforce.roster_models import EngineerAbsence
from careloop.crm_core.workforce.roster_schemas import (
    AbsenceView,
    AddAbsence,
    AddCertificate,
    AddShift,
    AreaView,
    CertificateView,
    ChangeAbsence,
    ChangeCertificate,
    ChangeEngineer,
    CreateArea,
    CreateEngineer,
    DecideAbsence,
    EngineerPage,
    PickAbsence,
    PickArea,
    PickCertificate,
    PickShift,
    PositionView,
    ReplaceArea,
    ReplaceShift,
    ShiftView,
    TellPosition,
)  # fmt: skip
from careloop.crm_core.workforce.schemas import OfficeHoursView, PresenceView, SetPresence
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.tools.spec import Done, Effect, tool


@tool("presence.set", effect=Effect.WRITE, scope="desk", heartbeat=True)
def set_presence(session: Session, actor: Actor, command: SetPresence) -> PresenceView:
    """Say whether one takes conversations now."""
    return service.set_presence(session, actor, command)


@tool("office_hours.set", effect=Effect.WRITE, scope="settings:write")
def set_office_hours(session: Session, actor: Actor, command: OfficeHoursView) -> OfficeHoursView:
    """Set when persons answer."""
    return service.set_office_hours(session, actor, command)


@tool("engineers.create", effect=Effect.WRITE, scope="dispatch")
def create_engineer(session: Session, actor: Actor, command: CreateEngineer) -> EngineerPage:
    """Add a field engineer."""
    return queries.engineer_page(session, actor, roster.create_engineer(session, actor, command))


@tool("engineers.change", effect=Effect.WRITE, scope="dispatch")
def change_engineer(session: Session, actor: Actor, command: ChangeEngineer) -> EngineerPage:
    """Change a field engineer: skills, level, areas, place, van, limits."""
    return queries.engineer_page(session, actor, roster.change_engineer(session, actor, command))


@tool("engineers.add_certificate", effect=Effect.WRITE, scope="dispatch")
def add_certificate(session: Session, actor: Actor, command: AddCertificate) -> CertificateView:
    """Note a certificate of an engineer."""
    row = roster.add_certificate(session, actor, command)
    return queries.certificate_view(row, now(session).date())


@tool("engineers.change_certificate", effect=Effect.WRITE, scope="dispatch")
def change_certificate(
    session: Session, actor: Actor, command: ChangeCertificate
) -> CertificateView:
    """Renew or correct a certificate."""
    row = roster.change_certificate(session, actor, command)
    return queries.certificate_view(row, now(session).date())


@tool("engineers.remove_certificate", effect=Effect.DESTROY, scope="dispatch")
def remove_certificate(session: Session, actor: Actor, command: PickCertificate) -> Done:
    """Take a certificate off an engineer's file."""
    roster.remove_certificate(session, actor, command)
    return Done()


@tool("engineers.add_shift", effect=Effect.WRITE, scope="dispatch")
def add_shift(session: Session, actor: Actor, command: AddShift) -> ShiftView:
    """Give an engineer a week of work from a day on."""
    return queries.shift_view(roster.add_shift(session, actor, command))


@tool("engineers.replace_shift", effect=Effect.WRITE, scope="dispatch")
def replace_shift(session: Session, actor: Actor, command: ReplaceShift) -> ShiftView:
    """Set a week of work anew."""
    return queries.shift_view(roster.replace_shift(session, actor, command))


@tool("engineers.remove_shift", effect=Effect.DESTROY, scope="dispatch")
def remove_shift(session: Session, actor: Actor, command: PickShift) -> Done:
    """Take a week of work away."""
    roster.remove_shift(session, actor, command)
    return Done()


@tool("engineers.add_absence", effect=Effect.WRITE, scope="work:write")
def add_absence(session: Session, actor: Actor, command: AddAbsence) -> AbsenceView:
    """Ask for an absence of one's own, report ill, or enter one as a dispatcher."""
    return _absence(session, actor, absences.add_absence(session, actor, command), command.engineer)


@tool("engineers.change_absence", effect=Effect.WRITE, scope="work:write")
def change_absence(session: Session, actor: Actor, command: ChangeAbsence) -> AbsenceView:
    """Change an absence that one may speak for."""
    row = absences.change_absence(session, actor, command)
    return _absence(session, actor, row, command.engineer)


@tool("engineers.decide_absence", effect=Effect.WRITE, scope="dispatch")
def decide_absence(session: Session, actor: Actor, command: DecideAbsence) -> AbsenceView:
    """Approve or reject an engineer's request."""
    row = absences.decide_absence(session, actor, command)
    return _absence(session, actor, row, command.engineer)


@tool("engineers.cancel_absence", effect=Effect.WRITE, scope="work:write")
def cancel_absence(session: Session, actor: Actor, command: PickAbsence) -> AbsenceView:
    """Take an absence back."""
    row = absences.cancel_absence(session, actor, command)
    return _absence(session, actor, row, command.engineer)


def _absence(session: Session, actor: Actor, row: EngineerAbsence, code: str) -> AbsenceView:
    return queries.absence_view(actor, row, queries.engineer(session, actor, code))


@tool("engineers.tell_position", effect=Effect.WRITE, scope="work:write", heartbeat=True)
def tell_position(session: Session, actor: Actor, command: TellPosition) -> PositionView:
    """Tell where one is."""
    return queries.position_view(roster.tell_position(session, actor, command))


@tool("areas.create", effect=Effect.WRITE, scope="dispatch")
def create_area(session: Session, actor: Actor, command: CreateArea) -> AreaView:
    """Add an area."""
    return queries.area_view(roster.create_area(session, actor, command), [])


@tool("areas.replace", effect=Effect.WRITE, scope="dispatch")
def replace_area(session: Session, actor: Actor, command: ReplaceArea) -> AreaView:
    """Set an area anew."""
    row = roster.replace_area(session, actor, command)
    session.flush()
    return next(one for one in queries.area_views(session, actor) if one.code == row.code)


@tool("areas.remove", effect=Effect.DESTROY, scope="dispatch")
def remove_area(session: Session, actor: Actor, command: PickArea) -> Done:
    """Take an area away that nobody serves."""
    roster.remove_area(session, actor, command)
    return Done()
