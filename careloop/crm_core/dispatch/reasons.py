"""What is said for and against an engineer, as coded sentences in the words of the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np

from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.ranking import Field
from careloop.crm_core.dispatch.schemas import Reason
from careloop.crm_core.dispatch.snapshot import Snapshot
from careloop.kit.clock import iso

Weight = Literal["good", "bad", "soft", "hard", "info"]
SENTENCES = {
    "inactive": "{engineer} gets no work at present",
    "absent": "{engineer} is away then",
    "overlap": "{engineer} is at {work_order} from {from} until {until}",
    "excluded": "{engineer} is not wanted for this job",
    "skill": "{engineer} lacks {skills}",
    "level": "{engineer} is below the level that is needed: {levels}",
    "certificate_missing": "{engineer} has no certificate for {skills}",
    "certificate_expired": "The certificate of {engineer} for {skills} holds until {until} only",
    "tool": "{engineer} does not carry {tools}",
    "off_shift": "It lies outside the hours of {engineer} ({from} to {until})",
    "no_shift": "{engineer} does not work on that day",
    "travel_tight": "The way from {place} takes {minutes} minutes; that does not fit the visits",
    "far": "The way takes {minutes} minutes",
    "load": "{engineer} has {visits} visits that day and the limit is {limit}",
    "area": "The job lies in {areas}, which {engineer} does not serve",
    "time": "It lies outside the time that was agreed for the job",
    "promised": "{work_order} is promised to the customer for {from} until {until}",
    "has_skills": "Has {skills}",
    "near": "{minutes} minutes away",
    "in_area": "Serves {areas}",
    "knows_device": "Was at this device before",
    "knows_customer": "Was at this customer before",
    "preferred": "The customer wishes {engineer}",
    "has_ticket": "Has the ticket",
    "speaks": "Speaks {language}",
    "speaks_not": "Does not speak {language}",
    "parts_on_van": "Has all parts on the van",
    "parts_missing": "Lacks on the van: {parts}",
    "in_time": "Can begin in time",
    "late": "Begins {minutes} minutes after it is due",
    "paper_ends": "The certificate for {skills} holds until {until}",
    "free_day": "Has no other visit that day",
    "busy": "Has {visits} visits that day",
    "place_unknown": "Where the job is, the books do not say; the way is not counted",
    "home_unknown": "Where {engineer} starts, the books do not say; the way is not counted",
    "promised_absent": "{work_order} is promised to the customer, but {engineer} is not at work",
    "promised_clash": "{work_order} is promised, but {engineer} cannot keep it beside the others",
    "no_engineers": "Nobody is at work",
    "not_planned": "The day could not be planned: {why}",
    "plan_no_skill": "Nobody at work may do it",
    "plan_no_level": "Nobody at work has the level",
    "plan_parts": "No van and no depot holds its parts",
    "plan_window": "Its time passes before anybody can be there",
    "plan_shift": "It does not fit into the hours of anybody who may do it",
    "plan_too_costly": "The way costs more than leaving it undone",
    "plan_no_room": "Others come before it: {detail}",
    "plan_no_engineers": "Nobody is at work",
    "changed_since": "{work_order} was changed since the plan was made",
    "planned_since": "{ticket} has a visit by now: {work_order}",
    "ended_since": "{ticket} is no longer open",
    "gone_by": "The time has gone by",
    "promised_since": "{work_order} was promised to the customer since",
    "refused": "{why}",
    "line_new": "A visit for a ticket that has none",
    "line_assign": "An engineer for a visit that has none",
    "line_move": "Another time",
    "line_swap": "Another engineer",
}  # fmt: skip


def said(code: str, weight: Weight, **args: Any) -> Reason:
    """A coded sentence."""
    kept = {key.rstrip("_"): value for key, value in args.items()}
    return Reason(code=code, text=SENTENCES[code].format(**kept), args=kept, weight=weight)


def _time(minutes: float) -> str:
    if not np.isfinite(minutes):
        return ""
    return iso(datetime.fromtimestamp(round(float(minutes)) * 60, UTC))


def _listed(words: list[str]) -> str:
    return ", ".join(words)


def blocks_of(held: Snapshot, job: Job, field: Field, at: int) -> list[Reason]:
    """Why an engineer may not do the job, or not then."""
    person = held.roster.people[at]
    found: list[Reason] = []
    for code, flags in field.hard.items():
        if not flags[at]:
            continue
        args: dict[str, Any] = {"engineer": person.code}
        if code == "skill":
            lacking = [one for one in job.needed.skills if not held.roster.skill(one)[at]]
            args["skills"] = _listed(lacking)
        elif code == "level":
            args["levels"] = _levels(held, job, at)
        elif code in {"certificate_missing", "certificate_expired"}:
            args |= _papers(held, job, field, at, code)
        elif code == "overlap":
            args |= _overlapped(held, job, field, at)
        found.append(said(code, "hard", **args))
    return found


def _levels(held: Snapshot, job: Job, at: int) -> str:
    needed = job.needed
    lines = []
    level = int(held.roster.level[at])
    if needed.level and level < needed.level:
        lines.append(f"{level} of {needed.level}")
    for name, one in needed.skills.items():
        has = int(held.roster.skill(name)[at])
        if one.level and 0 < has < one.level:
            lines.append(f"{name} {has} of {one.level}")
    return _listed(lines)


def _papers(held: Snapshot, job: Job, field: Field, at: int, code: str) -> dict[str, Any]:
    ends = {
        name: int(held.roster.paper(name)[at])
        for name, one in job.needed.skills.items()
        if one.certified
    }
    if code == "certificate_missing":
        return {"skills": _listed([name for name, until in ends.items() if not until])}
    old = {name: until for name, until in ends.items() if until}
    last = min(old.values(), default=1)
    return {"skills": _listed([n for n, until in old.items() if until == last]),
            "until": datetime.fromordinal(max(last, 1)).date().isoformat()}  # fmt: skip


def _overlapped(held: Snapshot, job: Job, field: Field, at: int) -> dict[str, Any]:
    every = held.visits
    start, end = field.start[at], field.start[at] + job.minutes
    hits = np.flatnonzero((every.engineer == at) & (every.start < end) & (every.end > start))
    for slot in hits:
        visit = every.at(int(slot))
        if job.visit is None or visit.id != job.visit.id:
            return {"work_order": visit.number, "from": _time(visit.start),
                    "until": _time(visit.end)}  # fmt: skip
    return {"work_order": "", "from": "", "until": ""}


def soft_of(held: Snapshot, job: Job, field: Field, at: int) -> list[Reason]:
    """What a person may overrule."""
    person = held.roster.people[at]
    found = []
    for code, flags in field.soft.items():
        if not flags[at]:
            continue
        args: dict[str, Any] = {"engineer": person.code}
        travel = field.travel[at]
        minutes = 0 if np.isnan(travel) else round(float(travel))
        if code == "tool":
            args["tools"] = _listed([t for t in job.needed.tools
                                     if not held.roster.carries(t)[at]])  # fmt: skip
        elif code == "off_shift":
            if np.isnan(field.shift_end[at]):
                code = "no_shift"
            else:
                args |= {"from": _time(field.shift_start[at]), "until": _time(field.shift_end[at])}
        elif code == "travel_tight":
            before = int(field.before[at])
            place = held.visits.at(before).number if before >= 0 else "home"
            args |= {"minutes": minutes, "place": place}
        elif code == "far":
            args["minutes"] = minutes
        elif code == "load":
            args |= {"visits": int(field.visits[at]), "limit": person.limit}
        elif code == "area":
            args["areas"] = _listed(list(job.matter.areas))
        found.append(said(code, "soft", **args))
    return found


def reasons_of(held: Snapshot, job: Job, field: Field, at: int) -> list[Reason]:
    """What speaks for an engineer, and what a dispatcher should know."""
    person, needed = held.roster.people[at], job.needed
    found: list[Reason] = []
    if needed.skills and not field.hard["skill"][at]:
        found.append(said("has_skills", "good", skills=_listed(sorted(needed.skills))))
    found += _about_way(held, job, field, at)
    if job.matter.areas and field.terms["area"][at] == 1:
        mine = [area for area in job.matter.areas if area in person.areas]
        found.append(said("in_area", "good", areas=_listed(mine)))
    worth = round(float(field.terms["preference"][at]), 2)
    knows = {1.0: "preferred", 0.9: "has_ticket", 0.8: "knows_device", 0.6: "knows_customer"}
    if worth in knows:
        found.append(said(knows[worth], "good", engineer=person.code))
    if job.language and job.language != "":
        speaks = field.terms["language"][at] == 1
        found.append(
            said("speaks" if speaks else "speaks_not", "good" if speaks else "bad",
                 language=job.language)
        )  # fmt: skip
    found += _about_parts(job, field, person.code)
    found += _about_time(job, field, at)
    found += _about_papers(held, job, field, at)
    return found


def _about_way(held: Snapshot, job: Job, field: Field, at: int) -> list[Reason]:
    if not job.place.known:
        return [said("place_unknown", "info")]
    if np.isnan(field.travel[at]):
        return [said("home_unknown", "info", engineer=held.roster.people[at].code)]
    minutes = round(float(field.travel[at]))
    if field.soft["far"][at]:
        return []
    return [said("near", "good" if minutes <= 45 else "info", minutes=minutes)]


def _about_parts(job: Job, field: Field, code: str) -> list[Reason]:
    if not job.needed.parts:
        return []
    van = field.vans.get(code, {})
    missing = [p for p, q in job.needed.parts.items() if van.get(p, 0) < q]
    if missing:
        return [said("parts_missing", "bad", parts=_listed(sorted(missing)))]
    return [said("parts_on_van", "good")]


def _about_time(job: Job, field: Field, at: int) -> list[Reason]:
    found = []
    if job.deadline is not None:
        late = field.start[at] - job.deadline.timestamp() / 60
        if late > 0:
            found.append(said("late", "bad", minutes=round(float(late))))
        else:
            found.append(said("in_time", "good"))
    visits = int(field.visits[at])
    found.append(said("busy", "info", visits=visits) if visits else said("free_day", "good"))
    return found


def _about_papers(held: Snapshot, job: Job, field: Field, at: int) -> list[Reason]:
    if field.terms["certificate"][at] != 0.6:
        return []
    day = int(field.start[at] // 1440) + 719_163
    ends = {n: int(held.roster.paper(n)[at]) for n in job.needed.skills}
    soon = {n: until for n, until in ends.items() if day - 1 <= until < day + 31}
    if not soon:
        return []
    until = datetime.fromordinal(min(soon.values())).date().isoformat()
    return [said("paper_ends", "bad", skills=_listed(sorted(soon)), until=until)]
