"""Whole views of faults: with evidence, parts by name, links that open, labels of the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.faults import finding_queries, queries
from careloop.crm_core.faults.models import Fault, FaultFinding
from careloop.crm_core.faults.policy import typical_minutes, typical_parts
from careloop.crm_core.faults.views import (
    FaultLinkView,
    FaultPage,
    FindingView,
    MinutesView,
    ModelCount,
    PartShare,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.knowledge import queries as knowledge
from careloop.tools.fault_words import Wording


def page_of(session: Session, actor: Actor, row: Fault, lang: str) -> FaultPage:
    """A fault with all that is known of it."""
    wording = Wording(session, actor.tenant_id, lang)
    view = queries.fault_view(row)
    evidence = finding_queries.counted(session, actor.tenant_id, [row.id])
    models = Counter(model for _, model, _, _ in evidence if model)
    return wording.fault(
        FaultPage(
            **view.model_dump(),
            parts=usual_parts(session, actor, [row.id], lang).get(row.id, []),
            minutes=typical_minutes([spent for *_, spent in evidence if spent]),
            by_model=[ModelCount(model=name, cases=n) for name, n in models.most_common()],
            links=links_of(session, actor, row),
            merges=queries.merge_views(session, queries.merges(session, row)),
            possible_states=queries.possible_states(row),
        )
    )  # fmt: skip


def usual_parts(
    session: Session, actor: Actor, fault_ids: Iterable[str], lang: str, model: str = ""
) -> dict[str, list[PartShare]]:
    """By fault the parts that its ended cases used, with how many of how many; what the
    prediction of parts reads. With a model only its cases, where there are any."""
    by: dict[str, list[tuple[str, dict[str, int]]]] = {}
    for fault_id, used_on, parts, _ in finding_queries.counted(session, actor.tenant_id, fault_ids):
        by.setdefault(fault_id, []).append((used_on, parts))
    numbers = {part for rows in by.values() for _, parts in rows for part in parts}
    known = catalog.parts_by_numbers(session, actor.tenant_id, numbers)
    names = {number: catalog.localized(part.names, lang) for number, part in known.items()}
    return {fault_id: typical_parts(_of_model(rows, model), names) for fault_id, rows in by.items()}


def _of_model(rows: Sequence[tuple[str, dict[str, int]]], model: str) -> list[dict[str, int]]:
    own = [parts for used_on, parts in rows if used_on == model]
    return own or [parts for _, parts in rows]


def usual_minutes(
    session: Session, tenant_id: str, fault_ids: Iterable[str]
) -> dict[str, MinutesView]:
    """By fault the usual minutes of work."""
    by: dict[str, list[int]] = {}
    for fault_id, _, _, spent in finding_queries.counted(session, tenant_id, fault_ids):
        if spent:
            by.setdefault(fault_id, []).append(spent)
    found = {fault_id: typical_minutes(spent) for fault_id, spent in by.items()}
    return {fault_id: view for fault_id, view in found.items() if view is not None}


def links_of(session: Session, actor: Actor, row: Fault) -> list[FaultLinkView]:
    """Links with a path to each; an article that was retired since has none."""
    views = [queries.link_view(link) for link in queries.links(session, row)]
    for view in views:
        if view.kind == "article":
            found = knowledge.documents_by_key(session, actor.tenant_id, view.target)
            live = [row for row in found if row.state != "retired"]
            view.path = f"/knowledge/articles/{live[0].id}" if live else ""
    return views


def finding_views(
    session: Session, actor: Actor, rows: Sequence[FaultFinding], lang: str
) -> list[FindingView]:
    """Findings with the fault that each proves."""
    known = queries.by_ids(session, actor.tenant_id, {row.fault_id for row in rows})
    wording = Wording(session, actor.tenant_id, lang)
    return wording.faults(
        finding_queries.finding_view(row, known.get(row.fault_id)) for row in rows
    )
