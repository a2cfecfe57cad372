"""The demo company's dispatch: areas, papers, hours, absences, the pool, a draft plan.

Everything goes through the acts that people use; times are relative to the day of the demo.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import service as account_service
from careloop.crm_core.accounts.schemas import CreateUser
from careloop.crm_core.dispatch import (
    board_queries,
    plan_books,
    plan_days,
    plan_results,
    plans,
    pool,
    rules,
    snapshot,
    telling,
)  # fmt: skip
from careloop.crm_core.dispatch.asleep import asleep
from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.models import RuleAct
from careloop.crm_core.dispatch.plan_schemas import DraftPlan
from careloop.crm_core.dispatch.schemas import (
    CreateRule,
    NeededSkill,
    Needs,
    Offer,
    RuleWhen,
    SetNeed,
)  # fmt: skip
from careloop.crm_core.dispatch.settings_schemas import SetDispatch
from careloop.crm_core.workforce import absences, roster
from careloop.crm_core.workforce import queries as workforce
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workforce.roster_models import AbsenceKind
from careloop.crm_core.workforce.roster_schemas import (
    AddAbsence,
    AddCertificate,
    AddShift,
    ChangeEngineer,
    CreateArea,
    Place,
    TellPosition,
)  # fmt: skip
from careloop.crm_core.workorders import service as visits
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.schemas import PlanVisit
from careloop.kit.actor import Actor, Role, staff_actor
from careloop.kit.db import now

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLACES: dict[str, tuple[str, list[tuple[str, float, float]]]] = {
    "CN-S": ("华南", [
        ("Shenzhen|深圳", 22.54, 114.06), ("Guangzhou|广州", 23.13, 113.26),
        ("Xiamen|厦门", 24.48, 118.09), ("Changsha|长沙", 28.23, 112.94),
        ("Kunming|昆明", 24.88, 102.83),
    ]),
    "CN-E": ("华东", [
        ("Shanghai|上海", 31.23, 121.47), ("Hangzhou|杭州", 30.27, 120.16),
        ("Nanjing|南京", 32.06, 118.80), ("Suzhou|苏州", 31.30, 120.59),
        ("Qingdao|青岛", 36.07, 120.38),
    ]),
    "CN-N": ("华北与东北", [
        ("Beijing|北京", 39.90, 116.41), ("Tianjin|天津", 39.13, 117.20),
        ("Dalian|大连", 38.91, 121.61), ("Harbin|哈尔滨", 45.80, 126.53),
        ("Zhengzhou|郑州", 34.75, 113.63),
    ]),
    "CN-W": ("华中与西部", [
        ("Wuhan|武汉", 30.59, 114.31), ("Chengdu|成都", 30.57, 104.07),
        ("Xi'an|西安", 34.34, 108.94),
    ]),
}  # fmt: skip
COUNTRIES = {
    "DACH": ("Deutschland, Österreich, Schweiz", ["DE", "AT", "CH"]),
    "SUR": ("Iberia y Francia", ["ES", "PT", "FR"]),
    "AMER": ("Americas", ["US", "CA", "MX", "BR"]),
    "JP": ("日本", ["JP"]),
}
CREW: dict[str, tuple[list[str], dict[str, int], list[str], int]] = {
    "E-01": (["CN-S"], {"robot": 2}, ["激光功率计", "力矩扳手"], 4),
    "E-02": (["CN-S"], {}, ["力矩扳手"], 5),
    "E-03": (["CN-E", "JP"], {"loader": 2}, ["激光功率计", "示波器"], 4),
    "E-04": (["CN-N"], {"optics": 3}, ["力矩扳手"], 4),
    "E-05": (["CN-W"], {}, [], 4),
    "E-06": (["DACH"], {}, ["Laserleistungsmesser", "Drehmomentschlüssel"], 3),
    "E-07": (["SUR"], {}, ["llave dinamométrica"], 3),
    "E-08": (["AMER"], {}, ["laser power meter", "torque wrench"], 3),
}
PAPERS: list[tuple[str, str, str, int | None]] = [
    ("E-01", "laser", "LS-2023-0117", 21), ("E-01", "high_voltage", "HV-2024-0031", 400),
    ("E-03", "laser", "LS-2025-0204", 610), ("E-03", "high_voltage", "HV-2025-0077", None),
    ("E-06", "laser", "LSB-4471", 300), ("E-06", "high_voltage", "EFK-20918", 500),
    ("E-07", "high_voltage", "AT-118840", -9), ("E-08", "laser", "LIA-77120", 150),
    ("E-08", "high_voltage", "NFPA-3310", 220),
]  # fmt: skip
"""Engineer, skill, number, days until it ends: one ends soon, one has ended."""
LOGINS = ("E-01", "E-03", "E-06")
PLAN_SECONDS = 0.2


def enact(session: Session, actor: Actor) -> None:
    """Give the demo's engineers areas, papers, hours, absences; its jobs needs, a pool, a plan."""
    _places(session, actor)
    crew = {row.code: row for row in workforce.engineers(session, actor) if row.code in CREW}
    _facts(session, actor, crew)
    _logins(session, actor, crew)
    _rules(session, actor)
    day = _working_day(now(session).astimezone(SHANGHAI).date() + timedelta(days=1))
    _absences(session, actor, crew, day)
    with asleep(session):
        _jobs(session, actor, day)
    _plan(session, actor, day)


def _places(session: Session, actor: Actor) -> None:
    for code, (name, towns) in PLACES.items():
        places = [Place(names=names.split("|"), lat=lat, lon=lon) for names, lat, lon in towns]
        roster.create_area(session, actor, CreateArea(code=code, name=name, places=places))
    for code, (name, countries) in COUNTRIES.items():
        roster.create_area(session, actor, CreateArea(code=code, name=name, countries=countries))


def _facts(session: Session, actor: Actor, crew: dict[str, Engineer]) -> None:
    today = now(session).date()
    for code, row in crew.items():
        areas, levels, tools, limit = CREW[code]
        levels = {skill: level for skill, level in levels.items() if skill in row.skills}
        roster.change_engineer(
            session, actor,
            ChangeEngineer(engineer=code, areas=areas, skill_levels=levels, tools=tools,
                           van=f"Van {code}", daily_limit=limit),
        )  # fmt: skip
        if row.lat is not None and row.lon is not None and code in {"E-01", "E-03", "E-06"}:
            at = now(session) - timedelta(minutes=20)
            seen = TellPosition(engineer=code, lat=row.lat + 0.03, lon=row.lon - 0.02, at=at,
                                accuracy_m=25)  # fmt: skip
            roster.tell_position(session, actor, seen)
    for code, skill, number, days in PAPERS:
        if code in crew:
            until = None if days is None else today + timedelta(days=days)
            paper = AddCertificate(engineer=code, skill=skill, number=number, valid_until=until)
            roster.add_certificate(session, actor, paper)
    for code, week in (
        ("E-01", "Mon-Sat 08:30-12:00, 13:00-17:30"), ("E-06", "Mon-Thu 08:00-12:00, 12:45-17:00; "
                                                               "Fri 08:00-14:00"),
    ):  # fmt: skip
        if code in crew:
            roster.add_shift(
                session,
                actor,
                AddShift(engineer=code, text=week, valid_from=today - timedelta(days=60)),
            )


def _logins(session: Session, actor: Actor, crew: dict[str, Engineer]) -> None:
    """Some engineers can log in, with the demo's password, and see their day on the phone."""
    from careloop.demo.load import PASSWORD

    for code in LOGINS:
        row = crew.get(code)
        if row is None or not row.email:
            continue
        user = accounts.user_by_email(session, actor.tenant_id, row.email.lower())
        if user is None:
            language = row.languages[0] if row.languages else "en"
            account_service.create_user(
                session, actor,
                CreateUser(email=row.email, name=row.name, role=Role.ENGINEER,
                           password=PASSWORD, language=language),
            )  # fmt: skip
            user = accounts.user_by_email(session, actor.tenant_id, row.email.lower())
        if user is not None:
            row.user_id = user.id
            row.touch(now(session))


def _rules(session: Session, actor: Actor) -> None:
    telling.set_settings(
        session, actor, SetDispatch(certified_skills=["laser", "high_voltage"], replan="draft")
    )
    for at, (family, name) in enumerate(
        (("sequencer", "测序仪"), ("robot", "样本制备工作站"), ("extractor", "核酸提取仪"),
         ("loader", "芯片加载仪"))
    ):  # fmt: skip
        needs = Needs(skills=[NeededSkill(skill=family)])
        rules.create_rule(
            session, actor,
            CreateRule(name=f"{name}需要的技能", position=10 + at, needs=needs,
                       when=RuleWhen(families=[family])),
        )  # fmt: skip
    rules.create_rule(
        session, actor,
        CreateRule(name="安装调试由高级工程师完成", position=30, needs=Needs(level=3, minutes=360),
                   when=RuleWhen(types=["installation"])),
    )  # fmt: skip
    rules.create_rule(
        session, actor,
        CreateRule(name="停机报修：推荐工程师", position=40, act=RuleAct.SUGGEST, within_hours=24,
                   when=RuleWhen(types=["incident"], priorities=["critical"])),
    )  # fmt: skip


def _working_day(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _absences(session: Session, actor: Actor, crew: dict[str, Engineer], day: date) -> None:
    def away(code: str, kind: AbsenceKind, first: date, days: int, note: str) -> AddAbsence:
        zone = ZoneInfo(crew[code].time_zone)
        start = datetime.combine(first, time(), zone)
        return AddAbsence(engineer=code, kind=kind, from_=start,
                          until=start + timedelta(days=days), note=note)  # fmt: skip

    for code, kind, ahead, days, note in (
        ("E-04", AbsenceKind.LEAVE, 3, 4, "年假"), ("E-08", AbsenceKind.TRAINING, 6, 2,
                                                  "GS-8000 service training"),
        ("E-05", AbsenceKind.SICK, 0, 2, ""),
    ):  # fmt: skip
        if code in crew:
            command = away(code, kind, day + timedelta(days=ahead), days, note)
            absences.add_absence(session, actor, command)
    asking = crew.get("E-03")
    if asking is not None and asking.user_id:
        me = staff_actor(actor.tenant_id, Role.ENGINEER, asking.user_id, asking.name)
        command = away("E-03", AbsenceKind.LEAVE, day + timedelta(days=9), 3, "家事")
        absences.add_absence(session, me, command)


def _jobs(session: Session, actor: Actor, day: date) -> None:
    """Two jobs wait in the pool, two visits have no engineer yet; some tickets say their needs."""
    with snapshot.of(session, actor.tenant_id) as held:
        loose, _ = board_queries.unplanned(session, actor, held, 60)
    near = [job for job in loose if job.visit is None and not job.ticket.engineer]
    for at, job in enumerate(near[:4]):
        zone = ZoneInfo(job.customer.time_zone) if job.customer else SHANGHAI
        start = datetime.combine(day if at % 2 else _today(session, day), time(9 + 3 * at), zone)
        if start <= now(session):
            start = datetime.combine(day, time(9 + 2 * at), zone)
        window = Window(from_=start, until=start + timedelta(hours=3), time_zone=zone.key)
        plan = PlanVisit(ticket=job.ticket.number, window=window, purpose=job.ticket.title)
        row = visits.plan_visit(session, actor, plan)
        if at < 2:
            pool.offer(session, actor, Offer(work_order=row.number))
    _needs(session, actor, near[4:8])


def _today(session: Session, day: date) -> date:
    today = now(session).astimezone(SHANGHAI).date()
    return today if today.weekday() < 5 else day


def _needs(session: Session, actor: Actor, jobs: list[Job]) -> None:
    """What a dispatcher has found out by phone."""
    facts = (
        {"minutes": 180, "note": "需要两人搬动外壳，请带梯子"},
        {"minutes": 90, "skills": [NeededSkill(skill="sequencer", level=2),
                                   NeededSkill(skill="laser", certified=True)]},
        {"minutes": 60, "note": "客户希望上午到场"},
        {"wanted": False, "note": "远程已解决，待确认"},
    )  # fmt: skip
    for job, told in zip(jobs, facts, strict=False):
        telling.set_need(session, actor, SetNeed.model_validate(
            {"number": job.ticket.number, **told}
        ))  # fmt: skip


def _plan(session: Session, actor: Actor, day: date) -> None:
    """One draft for the next working day, computed and waiting for a decision."""
    command = DraftPlan(date=day, seconds=PLAN_SECONDS, cause="次日计划草案")
    row = plans.draft(session, actor, command)
    if plans.begin(session, actor.tenant_id, row.id) is None:
        return
    books = plan_books.gather(session, actor, row)
    made = plan_results.made_of(books, plan_days.plan(books))
    plans.finish(session, actor.tenant_id, row.id, made)
