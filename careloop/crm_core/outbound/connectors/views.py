"""Views of connectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy.orm import Session

from careloop.crm_core.outbound.connectors import queries, transforms
from careloop.crm_core.outbound.connectors.example import EXAMPLE
from careloop.crm_core.outbound.connectors.fields import FIELDS, OBJECTS
from careloop.crm_core.outbound.connectors.mapping import check
from careloop.crm_core.outbound.connectors.models import (
    Connector,
    ConnectorLine,
    ConnectorProblem,
    ConnectorRun,
    SyncConflict,
)  # fmt: skip
from careloop.crm_core.outbound.connectors.schemas import (
    AuthName,
    ConflictField,
    ConflictView,
    ConnectorHelp,
    ConnectorRunView,
    ConnectorView,
    LineView,
    MappingChecked,
    OurFieldView,
    OurObjectView,
    ProblemView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso


def connector_views(
    session: Session, actor: Actor, rows: Sequence[Connector]
) -> list[ConnectorView]:
    """Connectors with how they stand."""
    tenant_id = actor.tenant_id
    links = queries.link_counts(session, tenant_id)
    problems = queries.problem_counts(session, tenant_id)
    conflicts = queries.conflict_counts(session, tenant_id)
    last = queries.last_runs(session, tenant_id)
    return [
        ConnectorView(
            id=row.id, name=row.name, title=row.title, kind=row.kind, base_url=row.base_url,
            auth=cast("AuthName", row.auth), auth_name=row.auth_name,
            has_login=queries.login(session, row) is not None, active=row.active,
            every_minutes=row.every_minutes,
            next_run_at=iso(row.next_run_at) if row.next_run_at else None,
            mapping=row.mapping_text,
            objects=[name for name in OBJECTS if name in row.mapping.get("objects", {})],
            links={name: links[row.id, name] for name in OBJECTS if (row.id, name) in links},
            problems=problems.get(row.id, 0), conflicts=conflicts.get(row.id, 0),
            last_run=run_view(last[row.id]) if row.id in last else None,
            version=row.version, created_at=iso(row.created_at), updated_at=iso(row.updated_at),
        )
        for row in rows
    ]  # fmt: skip


def connector_view(session: Session, actor: Actor, row: Connector) -> ConnectorView:
    return connector_views(session, actor, [row])[0]


def run_view(row: ConnectorRun) -> ConnectorRunView:
    """A run; `place` is said in words, such as `customers: pull`."""
    place = row.place
    words = f"{place['object']}: {place.get('stage', '')}" if place.get("object") else ""
    return ConnectorRunView.model_validate(
        {
            "id": row.id, "connector_id": row.connector_id, "dry": row.dry,
            "asked_by": row.asked_by, "state": row.state, "counters": row.counters,
            "place": words, "error": row.error, "started_at": iso(row.created_at),
            "updated_at": iso(row.updated_at),
            "ended_at": iso(row.ended_at) if row.ended_at else None,
        }
    )  # fmt: skip


def line_view(row: ConnectorLine) -> LineView:
    return LineView(
        seq=row.seq, object=row.object, our_id=row.our_id, their_id=row.their_id, did=row.did,
        detail=row.detail,
    )  # fmt: skip


def problem_view(row: ConnectorProblem) -> ProblemView:
    return ProblemView(
        id=row.id, object=row.object, side=row.side, record_id=row.record_id,
        message=row.message, tries=row.tries, created_at=iso(row.created_at),
        updated_at=iso(row.updated_at),
    )  # fmt: skip


def conflict_view(row: SyncConflict) -> ConflictView:
    return ConflictView.model_validate(
        {
            "id": row.id, "connector_id": row.connector_id, "object": row.object,
            "our_id": row.our_id, "their_id": row.their_id, "title": row.title,
            "fields": {
                name: ConflictField.model_validate(value) for name, value in row.fields.items()
            },
            "state": row.state, "choice": row.choice, "resolved_by": row.resolved_by,
            "resolved_at": iso(row.resolved_at) if row.resolved_at else None,
            "version": row.version, "created_at": iso(row.created_at),
            "updated_at": iso(row.updated_at),
        }
    )  # fmt: skip


def mapping_checked(text: str) -> MappingChecked:
    """What a mapping says, and its mistakes."""
    mapping, problems = check(text)
    objects = mapping.model_dump(mode="json")["objects"] if mapping else {}
    return MappingChecked(ok=not problems and mapping is not None, problems=problems,
                          objects=objects)  # fmt: skip


def connector_help() -> ConnectorHelp:
    """What a mapping may hold."""
    return ConnectorHelp(
        objects=[
            OurObjectView(
                name=name,
                fields=[
                    OurFieldView(
                        name=found.name, kind=found.kind, needed=found.needed,
                        writable=found.writable, choices=[str(one) for one in found.choices],
                        refers_to=found.refers_to,
                    )
                    for found in FIELDS[name]
                ],
            )
            for name in OBJECTS
        ],
        transforms=dict(transforms.NAMES),
        example=EXAMPLE,
    )  # fmt: skip
