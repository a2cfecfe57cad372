"""Writers of engineers, their papers, weeks of work, positions; and of areas."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.workforce import roster_queries as queries
from careloop.crm_core.workforce import shifts
from careloop.crm_core.workforce.errors import AreaInUse, EngineerExists
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import (
    EngineerCertificate,
    EngineerPosition,
    EngineerShift,
    ServiceArea,
)  # fmt: skip
from careloop.crm_core.workforce.roster_schemas import (
    AddCertificate,
    AddShift,
    ChangeCertificate,
    ChangeEngineer,
    CreateArea,
    CreateEngineer,
    PickArea,
    PickCertificate,
    PickShift,
    ReplaceArea,
    ReplaceShift,
    ShiftFacts,
    TellPosition,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput, VersionConflict
from careloop.kit.ids import new_id


def create_engineer(session: Session, actor: Actor, command: CreateEngineer) -> Engineer:
    """A new engineer, joined to the login of the same address."""
    if queries.engineer_exists(session, actor.tenant_id, command.code):
        raise EngineerExists(f"{command.code} is an engineer already; change that one")
    facts = command.model_dump()
    _check(session, actor, facts)
    at = now(session)
    row = Engineer(
        tenant_id=actor.tenant_id, id=new_id(), created_at=at, updated_at=at, **facts,
        user_id=_login(session, actor, command.email),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def change_engineer(session: Session, actor: Actor, command: ChangeEngineer) -> Engineer:
    """Change what is said; a null empties what may be empty."""
    row = queries.engineer(session, actor, command.engineer, lock=True)
    _same_version(row, command.version, "this engineer")
    facts = command.model_dump(exclude_unset=True, exclude={"version", "engineer"})
    may_be_null = {"lat", "lon", "daily_limit"}
    empty = {name: "is needed" for name, value in facts.items()
             if value is None and name not in may_be_null}  # fmt: skip
    if empty:
        raise InvalidInput("These facts cannot be taken away: " + ", ".join(empty), **empty)
    known = {"lat": row.lat, "lon": row.lon, "skills": row.skills,
             "skill_levels": row.skill_levels}  # fmt: skip
    if "skills" in facts and "skill_levels" not in facts:
        kept = set(facts["skills"])
        facts["skill_levels"] = {s: n for s, n in row.skill_levels.items() if s in kept}
    _check(session, actor, known | facts)
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if "email" in changed:
        row.user_id = _login(session, actor, row.email)
    if changed:
        row.touch(now(session))
    return row


def _check(session: Session, actor: Actor, facts: dict[str, Any]) -> None:
    if (facts.get("lat") is None) != (facts.get("lon") is None):
        raise InvalidInput("A place needs lat and lon", lat="with lon", lon="with lat")
    loose = sorted(set(facts.get("skill_levels") or ()) - set(facts.get("skills") or ()))
    if loose:
        text = f"Levels are given for skills that the engineer has not: {', '.join(loose)}"
        raise InvalidInput(text, skill_levels="names a skill that is not in skills")
    for code in facts.get("areas") or ():
        queries.area(session, actor, code)
    try:
        if str(facts.get("shift") or "").strip():
            shifts.parse(facts["shift"])
    except shifts.Unreadable as refused:
        raise InvalidInput(
            f"The hours cannot be read: the text {refused}", shift=str(refused)
        ) from None


def _login(session: Session, actor: Actor, email: str) -> str | None:
    user = (
        accounts.user_by_email(session, actor.tenant_id, email.strip().lower()) if email else None
    )
    return user.id if user else None


def _same_version(row: Any, version: int | None, what: str) -> None:
    if version is not None and version != row.version:
        raise VersionConflict(f"Somebody changed {what} meanwhile; load it again")


def add_certificate(session: Session, actor: Actor, command: AddCertificate) -> EngineerCertificate:
    """Note a paper of an engineer."""
    owner = queries.engineer(session, actor, command.engineer, lock=True)
    held = queries.certificates_of(session, actor, {owner.id})[owner.id]
    if any((one.skill, one.number) == (command.skill, command.number) for one in held):
        raise Conflict("This certificate is on file; renew it by changing it")
    _in_order(command.issued_on, command.valid_until)
    at = now(session)
    row = EngineerCertificate(
        tenant_id=actor.tenant_id, id=new_id(), engineer_id=owner.id, created_at=at, updated_at=at,
        **command.model_dump(exclude={"engineer"}),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def change_certificate(
    session: Session, actor: Actor, command: ChangeCertificate
) -> EngineerCertificate:
    """Renew or correct a paper."""
    row = queries.certificate(session, actor, command.engineer, command.certificate_id)
    _same_version(row, command.version, "this certificate")
    facts = command.model_dump(
        exclude_unset=True, exclude={"version", "engineer", "certificate_id"}
    )
    for name, value in facts.items():
        if value is None and name in {"number", "issuer"}:
            raise InvalidInput(f"{name} cannot be taken away", **{name: "is needed"})
        setattr(row, name, value)
    _in_order(row.issued_on, row.valid_until)
    row.touch(now(session))
    found: EngineerCertificate = row
    return found


def _in_order(issued: Any, until: Any) -> None:
    if issued and until and until < issued:
        raise InvalidInput("valid_until lies before issued_on", valid_until="is too early")


def remove_certificate(session: Session, actor: Actor, command: PickCertificate) -> None:
    """Take a paper off the file."""
    session.delete(queries.certificate(session, actor, command.engineer, command.certificate_id))
    session.flush()


def add_shift(session: Session, actor: Actor, command: AddShift) -> EngineerShift:
    """A week of work from a day on; it goes before the hours in text and before earlier weeks."""
    owner = queries.engineer(session, actor, command.engineer, lock=True)
    at = now(session)
    row = EngineerShift(
        tenant_id=actor.tenant_id, id=new_id(), engineer_id=owner.id, created_at=at, updated_at=at,
        **_week(session, owner, command),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def replace_shift(session: Session, actor: Actor, command: ReplaceShift) -> EngineerShift:
    """A week of work as it shall be."""
    owner = queries.engineer(session, actor, command.engineer)
    row: EngineerShift = queries.shift(session, actor, command.engineer, command.shift_id)
    _same_version(row, command.version, "this week of work")
    for name, value in _week(session, owner, command).items():
        setattr(row, name, value)
    row.touch(now(session))
    return row


def _week(session: Session, owner: Engineer, facts: ShiftFacts) -> dict[str, Any]:
    weekly: Any = {day: sorted(spans) for day, spans in facts.weekly.items() if spans}
    if facts.text:
        try:
            weekly = shifts.parse(facts.text)
        except shifts.Unreadable as refused:
            text = f"The hours cannot be read: the text {refused}"
            raise InvalidInput(text, text=str(refused)) from None
    return {
        "weekly": {day: [list(span) for span in spans] for day, spans in weekly.items()},
        "time_zone": facts.time_zone or owner.time_zone,
        "valid_from": facts.valid_from or now(session).date(), "valid_until": facts.valid_until,
        "note": facts.note,
    }  # fmt: skip


def remove_shift(session: Session, actor: Actor, command: PickShift) -> None:
    """Take a week of work away; what held before holds again."""
    session.delete(queries.shift(session, actor, command.engineer, command.shift_id))
    session.flush()


def tell_position(session: Session, actor: Actor, command: TellPosition) -> EngineerPosition:
    """The engineer, or a dispatcher for them, tells where they are."""
    owner = queries.engineer(session, actor, command.engineer)
    if owner.user_id != actor.user_id and not actor.may("dispatch"):
        raise Forbidden("Engineers tell their own position")
    at = min(as_utc(command.at), now(session)) if command.at else now(session)
    return note_position(
        session, actor.tenant_id, owner.id, command.lat, command.lon, at, "phone",
        command.accuracy_m,
    )  # fmt: skip


def note_position(
    session: Session, tenant_id: str, engineer_id: str, lat: float, lon: float, at: Any,
    source: str, accuracy_m: float | None = None,
) -> EngineerPosition:  # fmt: skip
    """Keep where an engineer was seen last; what is older than the known one changes nothing."""
    row = queries.position(session, tenant_id, engineer_id)
    if row is None:
        row = EngineerPosition(
            tenant_id=tenant_id, engineer_id=engineer_id, lat=lat, lon=lon, accuracy_m=accuracy_m,
            source=source, seen_at=at,
        )  # fmt: skip
        session.add(row)
    elif as_utc(row.seen_at) <= at:
        row.lat, row.lon, row.accuracy_m, row.source, row.seen_at = lat, lon, accuracy_m, source, at
    session.flush()
    return row


def create_area(session: Session, actor: Actor, command: CreateArea) -> ServiceArea:
    """A new area."""
    if any(row.code == command.code for row in queries.areas(session, actor)):
        raise Conflict(f"{command.code} is an area already; change that one")
    at = now(session)
    row = ServiceArea(
        tenant_id=actor.tenant_id, id=new_id(), created_at=at, updated_at=at,
        **command.model_dump(mode="json"),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def replace_area(session: Session, actor: Actor, command: ReplaceArea) -> ServiceArea:
    """An area as it shall be."""
    row = queries.area(session, actor, command.area, lock=True)
    _same_version(row, command.version, "this area")
    for name, value in command.model_dump(mode="json", exclude={"area", "version"}).items():
        setattr(row, name, value)
    row.touch(now(session))
    return row


def remove_area(session: Session, actor: Actor, command: PickArea) -> None:
    """Take an area away that no engineer serves."""
    row = queries.area(session, actor, command.area, lock=True)
    (view,) = (one for one in queries.area_views(session, actor) if one.code == row.code)
    if view.engineers:
        raise AreaInUse(f"{', '.join(view.engineers)} serve this area; take it from them first")
    session.delete(row)
    session.flush()
