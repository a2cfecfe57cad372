"""What the durable jobs do; each is safe to run twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from careloop.api.intakes import Intakes
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import Database
from careloop.knowledge.intake import queries, service

ADD_KNOWLEDGE = "knowledge.add"
REBUILD = "knowledge.rebuild"
EMBED_KNOWLEDGE = "knowledge.embed"

Errand = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
Failure = Callable[[str, Mapping[str, Any], str], None]


def errands(
    intakes: Intakes, embed: Callable[[str], int], rebuild: Callable[[Actor], int]
) -> dict[str, Errand]:
    """Every kind of job with what does it."""

    def add_knowledge(tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Read a delivery of files; what has been read is not read again."""
        intakes.run(tenant_id, payload["intake"])
        return {}

    def embed_knowledge(tenant_id: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
        """Make the vectors that published passages lack; those that are there stay."""
        return {"embedded": embed(tenant_id)}

    def rebuild_knowledge(tenant_id: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
        """Compile anew what other terms would make otherwise."""
        return {"compiled_again": rebuild(system_actor(tenant_id))}

    return {
        ADD_KNOWLEDGE: add_knowledge, EMBED_KNOWLEDGE: embed_knowledge, REBUILD: rebuild_knowledge,
    }  # fmt: skip


def failures(database: Database) -> dict[str, Failure]:
    """What is written down when a job has failed for good."""

    def knowledge_failed(tenant_id: str, payload: Mapping[str, Any], error: str) -> None:
        with database.write(tenant_id) as session:
            service.fail(session, queries.intake(session, tenant_id, payload["intake"]), error)

    return {ADD_KNOWLEDGE: knowledge_failed}
