"""Selects of the roster; staff only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, and_, false, select
from sqlalchemy.orm import Session

from careloop.crm_core.workforce import shifts
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.queries import visible_to
from careloop.crm_core.workforce.roster_models import (
    AbsenceState,
    EngineerAbsence,
    EngineerCertificate,
    EngineerPosition,
    EngineerShift,
    ServiceArea,
)  # fmt: skip
from careloop.crm_core.workforce.roster_schemas import (
    AbsenceView,
    AreaView,
    CertificateView,
    EngineerPage,
    EngineerView,
    Place,
    PositionView,
    ShiftView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import Entity, now
from careloop.kit.errors import NotFound

EXPIRING_DAYS = 30
LOOK_BACK = timedelta(days=30)
E = TypeVar("E", bound=Entity)


def engineer(session: Session, actor: Actor, code: str, lock: bool = False) -> Engineer:
    """The engineer of that code; `NotFound` when there is none."""
    statement = visible_to(actor).where(Engineer.code == code.strip())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no engineer {code!r}")
    return found


def engineer_exists(session: Session, tenant_id: str, code: str) -> bool:
    statement = select(Engineer.id).where(Engineer.tenant_id == tenant_id, Engineer.code == code)
    return session.scalar(statement) is not None


def locked_engineers(session: Session, actor: Actor, codes: Iterable[str]) -> dict[str, Engineer]:
    """Engineers by code, locked in the order of their codes."""
    statement = visible_to(actor).where(Engineer.code.in_(set(codes))).order_by(Engineer.code)
    statement = statement.with_for_update().execution_options(populate_existing=True)
    return {row.code: row for row in session.scalars(statement)}


def engineer_of(session: Session, actor: Actor) -> Engineer | None:
    """The engineer whose login the actor has."""
    if not actor.user_id:
        return None
    statement = visible_to(actor).where(Engineer.user_id == actor.user_id)
    return session.scalar(statement.order_by(Engineer.code).limit(1))


def rows_visible_to(actor: Actor, model: type[E]) -> Select[E]:
    """Rows of one of the roster's tables."""
    statement = select(model).where(model.tenant_id == actor.tenant_id)
    return statement if actor.is_staff else statement.where(false())


def certificate(session: Session, actor: Actor, engineer: str, certificate_id: str) -> Any:
    """A certificate of that engineer, locked."""
    return _owned(session, actor, EngineerCertificate, engineer, certificate_id, "certificate")


def shift(session: Session, actor: Actor, engineer: str, shift_id: str) -> Any:
    """A week of work of that engineer, locked."""
    return _owned(session, actor, EngineerShift, engineer, shift_id, "week of work")


def absence(session: Session, actor: Actor, engineer: str, absence_id: str) -> Any:
    """An absence of that engineer, locked."""
    return _owned(session, actor, EngineerAbsence, engineer, absence_id, "absence")


def _owned(session: Session, actor: Actor, model: Any, code: str, row_id: str, what: str) -> Any:
    statement = (
        rows_visible_to(actor, model)
        .join(
            Engineer,
            and_(Engineer.tenant_id == model.tenant_id, Engineer.id == model.engineer_id),
        )
        .where(Engineer.code == code.strip(), model.id == row_id)
        .with_for_update(of=model)
        .execution_options(populate_existing=True)
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no such {what} of engineer {code!r}")
    return found


def certificates_of(
    session: Session, actor: Actor, ids: Iterable[str]
) -> dict[str, list[EngineerCertificate]]:
    """Certificates by engineer's id."""
    return _grouped(session, actor, EngineerCertificate, ids, EngineerCertificate.skill)


def shifts_of(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, list[EngineerShift]]:
    """Weeks of work by engineer's id, the one that begins last first."""
    return _grouped(session, actor, EngineerShift, ids, EngineerShift.valid_from.desc())


def absences_of(
    session: Session, actor: Actor, ids: Iterable[str], since: datetime
) -> dict[str, list[EngineerAbsence]]:
    """Absences by engineer's id that end after an instant, whatever their state."""
    return _grouped(
        session, actor, EngineerAbsence, ids, EngineerAbsence.starts_at,
        EngineerAbsence.ends_at > since,
    )  # fmt: skip


def _grouped(
    session: Session, actor: Actor, model: Any, ids: Iterable[str], order: Any, *where: Any
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    wanted = set(ids)
    if not wanted:
        return found
    statement = rows_visible_to(actor, model).where(model.engineer_id.in_(wanted), *where)
    for row in session.scalars(statement.order_by(order, model.id)):
        found[row.engineer_id].append(row)
    return found


def absences(
    session: Session, actor: Actor, since: datetime, until: datetime,
    states: Sequence[str] = (), engineer: str = "", limit: int = 500,
) -> list[tuple[EngineerAbsence, Engineer]]:  # fmt: skip
    """Absences that touch a span, by their begin."""
    statement = (
        select(EngineerAbsence, Engineer)
        .join(
            Engineer,
            and_(
                Engineer.tenant_id == EngineerAbsence.tenant_id,
                Engineer.id == EngineerAbsence.engineer_id,
            ),
        )
        .where(
            EngineerAbsence.tenant_id == actor.tenant_id,
            EngineerAbsence.starts_at < until,
            EngineerAbsence.ends_at > since,
        )
    )
    if not actor.is_staff:
        statement = statement.where(false())
    if states:
        statement = statement.where(EngineerAbsence.state.in_(states))
    if engineer:
        statement = statement.where(Engineer.code == engineer)
    ordered = statement.order_by(EngineerAbsence.starts_at, EngineerAbsence.id).limit(limit)
    return [(row, owner) for row, owner in session.execute(ordered)]


def overlapping_absences(
    session: Session, actor: Actor, engineer_id: str, since: datetime, until: datetime,
    but: str = "",
) -> list[EngineerAbsence]:  # fmt: skip
    """Absences of one engineer that touch a span and are asked for or approved."""
    statement = rows_visible_to(actor, EngineerAbsence).where(
        EngineerAbsence.engineer_id == engineer_id,
        EngineerAbsence.starts_at < until,
        EngineerAbsence.ends_at > since,
        EngineerAbsence.id != but,
        EngineerAbsence.state.in_((AbsenceState.REQUESTED, AbsenceState.APPROVED)),
    )
    return list(session.scalars(statement.order_by(EngineerAbsence.starts_at)))


def positions(session: Session, actor: Actor) -> dict[str, EngineerPosition]:
    """Where engineers were last seen, by their ids."""
    statement = select(EngineerPosition).where(EngineerPosition.tenant_id == actor.tenant_id)
    if not actor.is_staff:
        statement = statement.where(false())
    return {row.engineer_id: row for row in session.scalars(statement)}


def position(session: Session, tenant_id: str, engineer_id: str) -> EngineerPosition | None:
    return session.get(EngineerPosition, (tenant_id, engineer_id))


def areas(session: Session, actor: Actor) -> list[ServiceArea]:
    """Areas by code."""
    return list(session.scalars(rows_visible_to(actor, ServiceArea).order_by(ServiceArea.code)))


def area(session: Session, actor: Actor, area: str, lock: bool = False) -> ServiceArea:
    statement = rows_visible_to(actor, ServiceArea).where(ServiceArea.code == area.strip())
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound(f"There is no area {area!r}; see the list of areas")
    return found


def current_shift(rows: Iterable[EngineerShift], day: date) -> EngineerShift | None:
    """The week of work that holds on a day; `rows` have the latest begin first."""
    for row in rows:
        if row.valid_from <= day and (row.valid_until is None or day <= row.valid_until):
            return row
    return None


def shift_error(row: Engineer) -> str:
    """Why the text of the hours cannot be read; empty where it can, or there is none."""
    if not row.shift.strip():
        return ""
    try:
        shifts.parse(row.shift)
    except shifts.Unreadable as refused:
        return str(refused)
    return ""


def engineer_view(row: Engineer) -> EngineerView:
    facts = {name: getattr(row, name, None) for name in EngineerView.model_fields}
    return EngineerView.model_validate({**facts, "shift_error": shift_error(row)})


def engineer_page(session: Session, actor: Actor, row: Engineer) -> EngineerPage:
    """An engineer with everything of the roster."""
    at = now(session)
    mine = {row.id}
    seen = position(session, actor.tenant_id, row.id)
    own = actor.may("dispatch") or row.user_id == actor.user_id
    certificates = certificates_of(session, actor, mine)[row.id]
    absent = absences_of(session, actor, mine, at - LOOK_BACK)[row.id]
    return EngineerPage(
        **engineer_view(row).model_dump(),
        certificates=[certificate_view(one, at.date()) for one in certificates],
        shifts=[*map(shift_view, shifts_of(session, actor, mine)[row.id]), *_text_shift(row)],
        absences=[absence_view(actor, one, row) for one in absent],
        position=position_view(seen) if seen and own else None,
    )


def _text_shift(row: Engineer) -> list[ShiftView]:
    try:
        weekly = shifts.parse(row.shift)
    except shifts.Unreadable:
        return []
    return [
        ShiftView(
            id="", weekly=weekly, text=row.shift, time_zone=row.time_zone, valid_from=None,
            valid_until=None, note="", source="text", version=row.version,
        )
    ]  # fmt: skip


def certificate_view(row: EngineerCertificate, today: date) -> CertificateView:
    state = "valid"
    if row.valid_until is not None and row.valid_until < today:
        state = "expired"
    elif row.valid_until is not None and row.valid_until <= today + timedelta(days=EXPIRING_DAYS):
        state = "expiring"
    return CertificateView.model_validate(
        {
            **{name: getattr(row, name, None) for name in CertificateView.model_fields},
            "state": state,
        }
    )


def shift_view(row: EngineerShift) -> ShiftView:
    return ShiftView(
        id=row.id, weekly=row.weekly, text=shifts.shown(row.weekly), time_zone=row.time_zone,
        valid_from=row.valid_from, valid_until=row.valid_until, note=row.note, source="set",
        version=row.version,
    )  # fmt: skip


def absence_view(actor: Actor, row: EngineerAbsence, owner: Engineer) -> AbsenceView:
    own = bool(actor.user_id) and owner.user_id == actor.user_id
    open_to = own or actor.may("dispatch")
    return AbsenceView(
        id=row.id, engineer=owner.code, kind=row.kind if open_to else "", state=row.state,
        from_=iso(row.starts_at), until=iso(row.ends_at), note=row.note if open_to else "",
        requested_by=row.requested_by, decided_by=row.decided_by,
        decided_at=iso(row.decided_at) if row.decided_at else None,
        answer=row.answer if open_to else "", own=own, version=row.version,
    )  # fmt: skip


def position_view(row: EngineerPosition) -> PositionView:
    return PositionView(
        lat=row.lat, lon=row.lon, accuracy_m=row.accuracy_m, source=row.source,
        at=iso(as_utc(row.seen_at)),
    )  # fmt: skip


def area_views(session: Session, actor: Actor) -> list[AreaView]:
    """Areas with the engineers who serve them."""
    members: dict[str, list[str]] = defaultdict(list)
    for one in session.scalars(visible_to(actor).order_by(Engineer.code)):
        for code in one.areas or ():
            members[code].append(one.code)
    return [area_view(row, members[row.code]) for row in areas(session, actor)]


def area_view(row: ServiceArea, members: list[str]) -> AreaView:
    return AreaView(
        code=row.code, name=row.name, countries=row.countries,
        places=[Place.model_validate(place) for place in row.places], lat=row.lat, lon=row.lon,
        radius_km=row.radius_km, engineers=members, version=row.version,
    )  # fmt: skip
