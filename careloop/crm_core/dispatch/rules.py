"""Automatic rules: what a ticket needs by its kind, and who goes where without a dispatcher.

All rules that hold say what the job needs; the first that acts, acts. Every act leaves a line in
the log with the score and the reasons. What cannot be done leaves one too, and undoes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.dispatch import (
    candidates,
    giving,
    job_queries,
    journal,
    pool,
    rule_queries,
    snapshot,
)  # fmt: skip
from careloop.crm_core.dispatch.asleep import ASLEEP, asleep
from careloop.crm_core.dispatch.candidates import candidate_view
from careloop.crm_core.dispatch.job_queries import Job
from careloop.crm_core.dispatch.models import DispatchRule, RuleAct
from careloop.crm_core.dispatch.schemas import (
    Applied,
    ApplyRules,
    CandidateView,
    ChangeRule,
    CreateRule,
    Offer,
    OfferTicket,
    PickRule,
)  # fmt: skip
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workforce import roster_queries as roster
from careloop.crm_core.workorders import journal as visit_journal
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders.acts import Window
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import iso
from careloop.kit.db import now, savepoint
from careloop.kit.errors import CareloopError, InvalidInput, VersionConflict
from careloop.kit.ids import new_id

BY_RULE = "dispatch rule"
NOTHING = Applied(outcome="none", rule="", work_order="", engineer="", score=None, reasons=[])


def create_rule(session: Session, actor: Actor, command: CreateRule) -> DispatchRule:
    """A new rule."""
    at = now(session)
    row = DispatchRule(
        tenant_id=actor.tenant_id, id=new_id(), created_at=at, updated_at=at,
        **command.model_dump(mode="json"),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def change_rule(session: Session, actor: Actor, command: ChangeRule) -> DispatchRule:
    """Change a rule, switch it on or off."""
    row = rule_queries.rule(session, actor, command.rule_id)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this rule meanwhile; load it again")
    facts = command.model_dump(mode="json", exclude_unset=True, exclude={"rule_id", "version"})
    for name, value in facts.items():
        if value is None:
            raise InvalidInput(f"{name} cannot be taken away", **{name: "is needed"})
        setattr(row, name, value)
    row.touch(now(session))
    return row


def remove_rule(session: Session, actor: Actor, command: PickRule) -> None:
    """Take a rule away; what it did stays in the log."""
    session.delete(rule_queries.rule(session, actor, command.rule_id))
    session.flush()


def apply(session: Session, actor: Actor, command: ApplyRules) -> Applied:
    """Ask the rules for a ticket, as a dispatcher who wants it done now."""
    ticket = visit_journal.live_ticket(session, actor, command.ticket)
    with asleep(session):
        return _apply(session, actor, ticket)


def on_new_job(session: Session, tenant_id: str, number: str) -> Applied:
    """Ask the rules when a ticket or a visit without an engineer came up.

    Nothing that goes wrong here undoes the ticket: the log says why nothing came of it.
    """
    with snapshot.of(session, tenant_id) as held:
        if not any(rule.act != RuleAct.NONE for rule in held.rules):
            return NOTHING
    if session.info.get(ASLEEP):
        return NOTHING
    actor = system_actor(tenant_id, BY_RULE)
    try:
        with savepoint(session), asleep(session):
            ticket = visit_journal.live_ticket(session, actor, number)
            return _apply(session, actor, ticket)
    except CareloopError as refused:
        journal.note(session, actor, "rule", "failed", ticket=number, text=refused.message)
        return NOTHING


def _apply(session: Session, actor: Actor, ticket: Ticket) -> Applied:
    if not ticket.is_open:
        return NOTHING
    visit = _open_visit(session, actor, ticket)
    if visit is not None and visit.engineer:
        return NOTHING
    with snapshot.of(session, actor.tenant_id) as held:
        if visit is None:
            (job,) = job_queries.jobs(session, actor, held, [ticket.id])
        else:
            (job,) = job_queries.jobs(session, actor, held, [], [visit])
        rule = next((one for one in job.rules if one.act != RuleAct.NONE), None)
        if rule is None or (not job.needed.wanted and visit is None):
            return NOTHING
        ranked, skipped = _ranked(session, actor, held, job, rule)
    if rule.act == RuleAct.OFFER:
        return _offer(session, actor, ticket, visit, job, rule, ranked)
    best = ranked[0] if ranked else None
    if best is None or best.score < rule.least_score or (best.soft and rule.act == RuleAct.ASSIGN):
        return _nobody(session, actor, ticket, visit, rule, best, skipped)
    if rule.act == RuleAct.SUGGEST:
        return _suggest(session, actor, ticket, visit, rule, ranked)
    return _give(session, actor, ticket, visit, job, rule, best)


def _open_visit(session: Session, actor: Actor, ticket: Ticket) -> WorkOrder | None:
    for number in visits.open_of_ticket(session, actor.tenant_id, ticket.id):
        return visits.work_order(session, actor, number, lock=True)
    return None


def _ranked(
    session: Session, actor: Actor, held: snapshot.Snapshot, job: Job, rule: DispatchRule
) -> tuple[list[CandidateView], int]:
    """The best three for the rule, those whom nothing speaks against first; how many may not."""
    since, until = candidates.usual_span(session, job)
    if job.visit is None:
        until = since + timedelta(hours=rule.within_hours)
    found = candidates.rank_job(session, actor, held, job, (since, until))
    may = [
        int(at) for at in found.order
        if not any(flags[at] for flags in found.field_of(int(at)).hard.values())
    ]  # fmt: skip
    shown = [candidate_view(held, job, found.field_of(at), at) for at in may[:3]]
    return shown, len(found.order) - len(may)


def _give(
    session: Session, actor: Actor, ticket: Ticket, visit: WorkOrder | None, job: Job,
    rule: DispatchRule, best: CandidateView,
) -> Applied:  # fmt: skip
    engineer = roster.engineer(session, actor, best.engineer, lock=True)
    with snapshot.of(session, actor.tenant_id) as held:
        start = datetime.fromisoformat(best.starts_at)
        checked = giving.check(session, actor, held, job, engineer.code, start, start)
        window = None if visit else giving.told_window(held, job, checked.start)
    giving.refuse(engineer.code, checked.hard, checked.soft, force=False)
    purpose = "" if visit else job.needed.note or ticket.title
    row = giving.write(session, actor, ticket, visit, engineer.code, window, "", purpose)
    giving.keep_slot(session, actor, row, checked.start, job.minutes, "rule")
    giving.settle(session, actor, engineer, row, "rule")
    journal.note(
        session, actor, "rule", "assigned", ticket=ticket.number, work_order=row.number,
        engineer=engineer.code, rule=(rule.id, rule.name), score=best.score, reasons=best.reasons,
    )  # fmt: skip
    return _told("assigned", rule, row.number, best)


def _offer(
    session: Session, actor: Actor, ticket: Ticket, visit: WorkOrder | None, job: Job,
    rule: DispatchRule, ranked: list[CandidateView],
) -> Applied:  # fmt: skip
    if visit is not None:
        placed = pool.offer(session, actor, Offer(work_order=visit.number))
    else:
        start = ranked[0].starts_at if ranked else iso(candidates.usual_span(session, job)[0])
        at = datetime.fromisoformat(start)
        zone = job.customer.time_zone if job.customer else "UTC"
        window = Window(from_=at, until=at + timedelta(hours=4), time_zone=zone)
        offer = OfferTicket(ticket=ticket.number, window=window, purpose=ticket.title)
        placed = pool.offer_ticket(session, actor, offer)
    journal.note(
        session, actor, "rule", "offered", ticket=ticket.number, work_order=placed.work_order,
        rule=(rule.id, rule.name),
    )  # fmt: skip
    return Applied(outcome="offered", rule=rule.name, work_order=placed.work_order, engineer="",
                   score=None, reasons=[])  # fmt: skip


def _suggest(
    session: Session, actor: Actor, ticket: Ticket, visit: WorkOrder | None, rule: DispatchRule,
    ranked: list[CandidateView],
) -> Applied:  # fmt: skip
    best = ranked[0]
    names = ", ".join(f"{one.engineer} ({one.score})" for one in ranked)
    text = f"For {ticket.number} fit best: {names}"
    journal.tell_dispatchers(
        session, actor.tenant_id, "dispatch_suggested", text,
        f"dispatch_suggested:{ticket.number}:{ticket.version}",
        {"ticket": ticket.number, "engineers": names}, link=f"/tickets/{ticket.number}",
    )  # fmt: skip
    journal.note(
        session, actor, "rule", "suggested", ticket=ticket.number,
        work_order=visit.number if visit else "", engineer=best.engineer,
        rule=(rule.id, rule.name), score=best.score, reasons=best.reasons, text=names,
    )  # fmt: skip
    return _told("suggested", rule, visit.number if visit else "", best)


def _nobody(
    session: Session, actor: Actor, ticket: Ticket, visit: WorkOrder | None, rule: DispatchRule,
    best: CandidateView | None, skipped: int,
) -> Applied:  # fmt: skip
    if best is None:
        text = f"Nobody may do it: {skipped} engineers are blocked"
    elif best.soft:
        text = f"{best.engineer} fits best, but: {best.soft[0].text}"
    else:
        text = f"{best.engineer} fits best with {best.score}, the rule wants {rule.least_score}"
    journal.note(
        session, actor, "rule", "nobody", ticket=ticket.number,
        work_order=visit.number if visit else "", engineer=best.engineer if best else "",
        rule=(rule.id, rule.name), score=best.score if best else None,
        reasons=best.soft if best else [], text=text,
    )  # fmt: skip
    journal.tell_dispatchers(
        session, actor.tenant_id, "dispatch_nobody", f"{ticket.number}: {text}",
        f"dispatch_nobody:{ticket.number}:{ticket.version}",
        {"ticket": ticket.number, "why": text}, link=f"/tickets/{ticket.number}",
    )  # fmt: skip
    found = _told("nobody", rule, visit.number if visit else "", best)
    return found.model_copy(update={"engineer": "", "reasons": best.soft if best else []})


def _told(outcome: str, rule: DispatchRule, work_order: str, best: CandidateView | None) -> Applied:
    return Applied(
        outcome=outcome, rule=rule.name, work_order=work_order,
        engineer=best.engineer if best else "", score=best.score if best else None,
        reasons=best.reasons if best else [],
    )  # fmt: skip
