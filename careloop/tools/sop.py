"""Tools over standard procedures and their runs on visits."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.crm_core.sop import (
    people_queries,
    recording,
    run_queries,
    run_view_queries,
    runs,
    service,
    view_queries,
)  # fmt: skip
from careloop.crm_core.sop.content import SopContent, SopStep
from careloop.crm_core.sop.models import Sop, SopRun
from careloop.crm_core.sop.recording import Recorded
from careloop.crm_core.sop.roles import Qualification
from careloop.crm_core.sop.schemas import (
    AddSopPhoto,
    AttachRun,
    CreateSop,
    DraftFromArticle,
    ImportSop,
    PickSop,
    PublishSop,
    RecordStep,
    SaveSopDraft,
    SetSopRules,
    WithdrawRun,
)  # fmt: skip
from careloop.crm_core.sop.validation import errors
from careloop.crm_core.sop.views import (
    SopCheck,
    SopPage,
    SopRunPage,
    SopRunPhotoAdded,
    SopRunView,
    SopTransfer,
)  # fmt: skip
from careloop.crm_core.sop.wording import said
from careloop.crm_core.workorders import fact_queries, standard_work
from careloop.crm_core.workorders import parts as visit_parts
from careloop.crm_core.workorders import recording as facts
from careloop.crm_core.workorders.journal import locked as locked_visit
from careloop.crm_core.workorders.models import VisitPhoto, VisitState, WorkOrder
from careloop.crm_core.workorders.schemas import AddPhoto, AddReading, UsePartOnVisit
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden, InvalidInput
from careloop.tools.sop_articles import content_of_article
from careloop.tools.spec import Effect, tool

EDIT, WORK = "sop:write", "work:write"
READING_NAME = 120


class CheckSop(BaseModel):
    """A draft that is not saved yet."""

    content: SopContent = Field(description="The whole procedure.")


@tool("sop.create", effect=Effect.WRITE, scope=EDIT)
def create_sop(session: Session, actor: Actor, command: CreateSop) -> SopPage:
    """Add a standard procedure as a draft."""
    return _page(session, actor, service.create_sop(session, actor, command))


@tool("sop.from_article", effect=Effect.WRITE, scope=EDIT)
def create_from_article(session: Session, actor: Actor, command: DraftFromArticle) -> SopPage:
    """Make a draft from the numbered procedure of a knowledge article."""
    content = content_of_article(session, actor, command.article)
    create = CreateSop(code=command.code, content=content)
    return _page(session, actor, service.create_sop(session, actor, create, command.article))


@tool("sop.save_draft", effect=Effect.WRITE, scope=EDIT)
def save_draft(session: Session, actor: Actor, command: SaveSopDraft) -> SopPage:
    """Save the draft of a standard procedure."""
    return _page(session, actor, service.save_draft(session, actor, command))


@tool("sop.discard_draft", effect=Effect.WRITE, scope=EDIT)
def discard_draft(session: Session, actor: Actor, command: PickSop) -> SopPage:
    """Give a draft up; the published version stands."""
    return _page(session, actor, service.discard_draft(session, actor, command))


@tool("sop.check", effect=Effect.READ, scope=EDIT)
def check_sop(session: Session, actor: Actor, command: CheckSop) -> SopCheck:
    """Tell what is wrong in a draft, without saving it."""
    found = view_queries.all_problems(session, actor, command.content)
    return SopCheck(problems=found, publishable=not errors(found))


@tool("sop.publish", effect=Effect.WRITE, scope=EDIT)
def publish_sop(session: Session, actor: Actor, command: PublishSop) -> SopPage:
    """Publish a draft as the next version."""
    return _page(session, actor, service.publish(session, actor, command))


@tool("sop.retire", effect=Effect.WRITE, scope=EDIT)
def retire_sop(session: Session, actor: Actor, command: PickSop) -> SopPage:
    """Take a standard procedure out of use."""
    return _page(session, actor, service.retire(session, actor, command))


@tool("sop.restore", effect=Effect.WRITE, scope=EDIT)
def restore_sop(session: Session, actor: Actor, command: PickSop) -> SopPage:
    """Bring a standard procedure back into use."""
    return _page(session, actor, service.restore(session, actor, command))


@tool("sop.set_rules", effect=Effect.WRITE, scope=EDIT)
def set_rules(session: Session, actor: Actor, command: SetSopRules) -> SopPage:
    """Say on which visits a standard procedure is put by itself."""
    return _page(session, actor, service.set_rules(session, actor, command))


@tool("sop.import", effect=Effect.WRITE, scope=EDIT)
def import_sop(session: Session, actor: Actor, command: ImportSop) -> SopTransfer:
    """Take a standard procedure in from a file, as a draft."""
    row, created = service.take_in(session, actor, command)
    found = view_queries.all_problems(session, actor, command.document.content)
    return SopTransfer(code=row.code, created=created, problems=found)


@tool("sop.attach", effect=Effect.WRITE, scope=WORK)
def attach_run(session: Session, actor: Actor, command: AttachRun) -> SopRunView:
    """Put a standard procedure on a visit."""
    visit = locked_visit(session, actor, command.work_order)
    if visit.state in {VisitState.DONE, VisitState.CANCELLED}:
        raise Conflict(f"{visit.number} is {visit.state}; nothing is put on it any more")
    where = standard_work.occasion(session, actor, visit)
    row = runs.attach(session, actor, command.sop, where, command.required)
    return _run_view(session, actor, row)


@tool("sop.withdraw", effect=Effect.WRITE, scope=WORK)
def withdraw_run(session: Session, actor: Actor, command: WithdrawRun) -> SopRunView:
    """Take a run of a standard procedure off its visit."""
    visit_of(session, actor, command.run_id)
    who = people_queries.qualification(session, actor)
    return _run_view(session, actor, runs.withdraw(session, actor, command, who))


@tool("sop.record_step", effect=Effect.WRITE, scope=WORK)
def record_step(session: Session, actor: Actor, command: RecordStep) -> SopRunPage:
    """Write down what was done at a step of a standard procedure."""
    visit = visit_of(session, actor, command.run_id)
    _check_photos(session, visit, command)
    if command.parts and not actor.may("stock:move"):
        raise Forbidden("You may not move stock, so you may not use parts")
    who = _doer(session, actor, command)
    language = command.language or actor.language
    told = recording.record(session, actor, command, who, language)
    if told.fresh:
        _into_visit(session, actor, visit, told, command, language)
    session.flush()
    return run_view_queries.page(session, told.run, language, who)


@tool("sop.add_photo", effect=Effect.WRITE, scope=WORK)
def add_photo(session: Session, actor: Actor, command: AddSopPhoto) -> SopRunPhotoAdded:
    """Add a stored picture to the visit of a run, for one of its steps."""
    visit = visit_of(session, actor, command.run_id)
    photo = AddPhoto(number=visit.number, when="other", **command.model_dump(exclude={"run_id"}))
    facts.add_photo(session, actor, photo)
    session.flush()
    same = [
        one for one in fact_queries.facts_of(session, visit, VisitPhoto)
        if one.sha256 == command.sha256
    ]  # fmt: skip
    return SopRunPhotoAdded(id=same[-1].id, run_id=command.run_id)


def visit_of(session: Session, actor: Actor, run_id: str) -> WorkOrder:
    """The visit of a run, locked; always before the run itself."""
    row = run_queries.run(session, actor, run_id)
    return locked_visit(session, actor, row.work_order)


def _doer(session: Session, actor: Actor, command: RecordStep) -> Qualification:
    """Whoever did the step, with what they were certified for on that day."""
    on = (command.happened_at or now(session)).date()
    own = people_queries.qualification(session, actor, on=on)
    if not command.engineer or command.engineer == own.engineer:
        return own
    if not own.may_decide:
        raise Forbidden("Only dispatchers and managers enter what another engineer did")
    return people_queries.qualification(session, actor, command.engineer, on)


def _check_photos(session: Session, visit: WorkOrder, command: RecordStep) -> None:
    known = {one.id for one in fact_queries.facts_of(session, visit, VisitPhoto)}
    foreign = [one for one in command.photo_ids if one not in known]
    if foreign:
        raise InvalidInput(
            "Add the photos to this visit first", photo_ids=f"not of this visit: {foreign[0]}"
        )


def _into_visit(
    session: Session, actor: Actor, visit: WorkOrder, told: Recorded, command: RecordStep,
    language: str,
) -> None:  # fmt: skip
    """The reading and the parts of a step stand on the visit as well, once for each record."""
    record, step = told.record, told.step
    if record.value is not None and record.outcome != "skipped":
        facts.add_reading(
            session, actor,
            AddReading(
                number=visit.number, name=_name(step, language), value=record.value,
                unit=step.reading.unit if step.reading else "",
                low=step.reading.low if step.reading else None,
                high=step.reading.high if step.reading else None,
                happened_at=record.happened_at, command_id=f"sop:{record.id}",
            ),
        )  # fmt: skip
    for place, part in enumerate(command.parts, 1):
        visit_parts.use_part(
            session, actor,
            UsePartOnVisit(
                number=visit.number, from_=part.location, happened_at=record.happened_at,
                command_id=f"sop:{record.id}:{place}", **part.model_dump(exclude={"location"}),
            ),
        )  # fmt: skip


def _name(step: SopStep, language: str) -> str:
    return (said(step.title, language)[0] or step.id)[:READING_NAME]


def _page(session: Session, actor: Actor, row: Sop) -> SopPage:
    return view_queries.page(session, actor, row)


def _run_view(session: Session, actor: Actor, row: SopRun) -> SopRunView:
    return run_view_queries.views(session, [row], actor.language)[0]
