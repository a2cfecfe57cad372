"""Two faults become one, and two again: evidence moves, none is lost and none is doubled."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.faults import finding_queries, queries
from careloop.crm_core.faults.bookkeeping import ACTOR_NAME, recount, union
from careloop.crm_core.faults.errors import MergeNotUndone
from careloop.crm_core.faults.events import FaultsMerged
from careloop.crm_core.faults.models import (
    LIVE,
    Fault,
    FaultFinding,
    FaultLink,
    FaultMerge,
    FaultState,
)  # fmt: skip
from careloop.crm_core.faults.policy import likeness, score, success
from careloop.crm_core.faults.schemas import MergeFaults, PickFault
from careloop.crm_core.faults.views import MergePreview
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def merge_faults(session: Session, actor: Actor, command: MergeFaults) -> Fault:
    """Move all evidence, links, codes and models of a fault to another; tells the one that stays.

    Both must be live. What was moved is written down, so that it can be undone.
    """
    row, into = _pair(session, actor, command.number, command.into)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this fault meanwhile; load it again")
    at = now(session)
    findings = finding_queries.ids_of_fault(session, actor.tenant_id, row.id)
    links = _free_links(session, row, into)
    merge = FaultMerge(
        tenant_id=actor.tenant_id, id=new_id(), fault_id=row.id, into_id=into.id,
        state_before=row.state, findings=[one.id for one in findings],
        links=[one.id for one in links], models_before=list(into.models),
        models_after=joined_models(row, into),
        codes_added=[code for code in row.error_codes if code not in into.error_codes],
        reason=command.reason, actor=(actor.name or actor.label)[:ACTOR_NAME], created_at=at,
        updated_at=at,
    )  # fmt: skip
    session.add(merge)
    moved: list[FaultFinding | FaultLink] = [*findings, *links]
    for one in moved:
        one.fault_id = into.id
        one.touch(at)
    into.models = list(merge.models_after)
    into.error_codes = union(into.error_codes, merge.codes_added)
    row.step_to(FaultState.MERGED, at)
    row.merged_into_id, row.merged_into = into.id, into.number
    recount(session, actor.tenant_id, {row.id, into.id})
    emit(session, FaultsMerged(actor.tenant_id, row.number, into.number, False, at))
    return into


def unmerge(session: Session, actor: Actor, command: PickFault) -> Fault:
    """Undo the merge of a fault; tells it. Evidence that came by it goes back, unless somebody
    moved it elsewhere since; what came later stays.

    Raises `MergeNotUndone` while the other one is itself a part of a third.
    """
    number = queries.fault(session, actor, command.number).merged_into
    if not number:
        raise Conflict(f"{command.number} is not merged into another")
    row, into = queries.locked_pair(session, actor, command.number, number)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this fault meanwhile; load it again")
    merge = queries.standing_merge(session, row)
    if merge is None or row.merged_into_id != into.id:
        raise Conflict(f"{row.number} is not merged into another")
    if into.state == FaultState.MERGED:
        raise MergeNotUndone(f"Undo first that {into.number} became a part of {into.merged_into}")
    at = now(session)
    back = set(merge.findings)
    for finding in finding_queries.ids_of_fault(session, actor.tenant_id, into.id):
        if finding.id in back:
            finding.fault_id = row.id
            finding.touch(at)
    for link in queries.links(session, into):
        if link.id in merge.links:
            link.fault_id = row.id
            link.touch(at)
    _narrow(into, merge)
    row.step_to(FaultState(merge.state_before), at)
    row.merged_into_id, row.merged_into = None, ""
    merge.undone_at = at
    merge.touch(at)
    recount(session, actor.tenant_id, {row.id, into.id})
    emit(session, FaultsMerged(actor.tenant_id, row.number, into.number, True, at))
    return row


def preview(session: Session, actor: Actor, number: str, into_number: str) -> MergePreview:
    """What a merge would do; nothing is changed."""
    row = queries.fault(session, actor, number)
    into = queries.fault(session, actor, into_number)
    _check(row, into)
    one, other = queries.tuple_of(row), queries.tuple_of(into)
    findings = finding_queries.counts(session, actor.tenant_id, [row.id]).get(row.id, {})
    return MergePreview(
        fault=queries.fault_view(row), into=queries.fault_view(into),
        after=success(
            row.cases + into.cases, row.successes + into.successes,
            row.failures + into.failures, row.open_cases + into.open_cases,
        ),
        findings=sum(number for number, _ in findings.values()),
        models_added=[name for name in joined_models(row, into) if name not in into.models],
        codes_added=[code for code in row.error_codes if code not in into.error_codes],
        links_added=len(_free_links(session, row, into)), score=score(one, other),
        likeness=likeness(one, other),
    )  # fmt: skip


def _pair(session: Session, actor: Actor, number: str, into: str) -> tuple[Fault, Fault]:
    if number.strip().upper() == into.strip().upper():
        raise InvalidInput("A fault cannot be merged into itself", into="is the same fault")
    row, other = queries.locked_pair(session, actor, number, into)
    _check(row, other)
    return row, other


def _check(row: Fault, into: Fault) -> None:
    if row.id == into.id:
        raise InvalidInput("A fault cannot be merged into itself", into="is the same fault")
    for one in (row, into):
        if one.state not in LIVE:
            raise Conflict(f"{one.number} is {one.state}; only drafts and reviewed faults merge")


def joined_models(row: Fault, into: Fault) -> list[str]:
    """The model range afterwards; none means every model and swallows any other."""
    return union(into.models, row.models) if row.models and into.models else []


def _free_links(session: Session, row: Fault, into: Fault) -> list[FaultLink]:
    """Links that the other does not have; the rest stay where they are."""
    known = {(link.kind, link.target) for link in queries.links(session, into)}
    return [one for one in queries.links(session, row) if (one.kind, one.target) not in known]


def _narrow(into: Fault, merge: FaultMerge) -> None:
    """Take away what the merge added; what somebody changed since stays as it is."""
    if list(into.models) == list(merge.models_after):
        into.models = list(merge.models_before)
    elif merge.models_before:
        added = set(merge.models_after) - set(merge.models_before)
        into.models = [name for name in into.models if name not in added] or list(into.models)
    into.error_codes = [code for code in into.error_codes if code not in merge.codes_added]
