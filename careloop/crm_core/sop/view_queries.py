"""Views of standard procedures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.sop import people_queries, queries
from careloop.crm_core.sop.content import SopContent
from careloop.crm_core.sop.diff import changes
from careloop.crm_core.sop.models import Sop, SopRule, SopVersion
from careloop.crm_core.sop.roles import CERTIFIED
from careloop.crm_core.sop.schemas import SopDocument, SopRuleFacts
from careloop.crm_core.sop.validation import SopProblem, problems
from careloop.crm_core.sop.views import (
    SopDiff,
    SopPage,
    SopVersionPage,
    SopVersionView,
    SopView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound

_MADE = frozenset({"has_draft", "draft_at", "languages", "rules_count", "required", "created_at",
                   "updated_at"})  # fmt: skip
_PLAIN = tuple(name for name in SopView.model_fields if name not in _MADE)


def views(session: Session, tenant_id: str, rows: Sequence[Sop]) -> list[SopView]:
    """Procedures as a list shows them."""
    counted = queries.rule_counts(session, tenant_id, [row.id for row in rows])
    return [_view(row, counted.get(row.id, (0, False))) for row in rows]


def _view(row: Sop, rules: tuple[int, bool]) -> SopView:
    return SopView(
        **{name: getattr(row, name) for name in _PLAIN},
        has_draft=row.draft is not None,
        draft_at=iso(row.draft_at) if row.draft_at else None,
        languages=[code for code, text in row.title.items() if text.strip()],
        rules_count=rules[0], required=rules[1],
        created_at=iso(row.created_at), updated_at=iso(row.updated_at),
    )  # fmt: skip


def page(session: Session, actor: Actor, row: Sop) -> SopPage:
    """A procedure with its contents, problems, rules and versions."""
    known = queries.versions(session, row)
    draft = draft_of(row)
    rules = [rule_facts(rule) for rule in queries.rules(session, row)]
    return SopPage(
        **_view(row, (len(rules), any(rule.required for rule in rules))).model_dump(),
        content=SopContent.model_validate(known[0].content) if known else None,
        draft=draft,
        draft_base=row.draft_base,
        problems=all_problems(session, actor, draft) if draft else [],
        rules=rules,
        versions=[version_view(one) for one in known],
    )


def draft_of(row: Sop) -> SopContent | None:
    return SopContent.model_validate(row.draft) if row.draft is not None else None


def all_problems(session: Session, actor: Actor, content: SopContent) -> list[SopProblem]:
    """What is wrong in itself, and names that the books do not know."""
    return [*problems(content), *_unknown(session, actor, content)]


def _unknown(session: Session, actor: Actor, content: SopContent) -> list[SopProblem]:
    needed = [("", part.part) for part in content.parts]
    needed += [(step.id, part.part) for step in content.steps for part in step.parts]
    parts = catalog.parts_by_numbers(session, actor.tenant_id, {part for _, part in needed})
    models = {row.model for row in catalog.models(session, actor)}
    skills = people_queries.skills_known(session, actor)
    found = [
        _warn("part_unknown", step, "parts", part) for step, part in needed if part not in parts
    ]
    found += [_warn("model_unknown", "", "models", one) for one in content.models
              if one not in models]  # fmt: skip
    found += [
        _warn("skill_unknown", step.id, "role", step.role.removeprefix(CERTIFIED))
        for step in content.steps
        if step.role.startswith(CERTIFIED) and step.role.removeprefix(CERTIFIED) not in skills
    ]
    return found


def _warn(code: str, step: str, field: str, detail: str) -> SopProblem:
    return SopProblem(code=code, severity="warning", step=step, field=field, detail=detail)


def version_view(row: SopVersion) -> SopVersionView:
    return SopVersionView(
        number=row.number, note=row.note, by=row.by, published_at=iso(row.published_at),
        steps_count=len(row.content.get("steps", [])),
    )  # fmt: skip


def version_page(session: Session, row: Sop, number: int) -> SopVersionPage:
    """One version with what it says."""
    found = queries.version(session, row.tenant_id, row.id, number)
    if found is None:
        raise NotFound(f"{row.code} has no version {number}")
    content = SopContent.model_validate(found.content)
    return SopVersionPage(**version_view(found).model_dump(), content=content)


def diff(session: Session, row: Sop, before: int, after: int) -> SopDiff:
    """What changed between two versions; 0 as the later one is the draft."""
    draft = draft_of(row)
    if after == 0 and draft is None:
        raise NotFound(f"{row.code} has no draft")
    old = queries.content(session, row.tenant_id, row.id, before)
    new = draft if after == 0 else queries.content(session, row.tenant_id, row.id, after)
    return SopDiff(from_=before, until=after, changes=changes(old, new) if new else [])


def rule_facts(row: SopRule) -> SopRuleFacts:
    return SopRuleFacts(**{name: getattr(row, name) for name in SopRuleFacts.model_fields})


def document(session: Session, row: Sop, number: int = 0) -> SopDocument:
    """The procedure as a file: a version, or the newest; a draft where there is none."""
    wanted = number or row.published
    content = queries.content(session, row.tenant_id, row.id, wanted) if wanted else draft_of(row)
    rules = [rule_facts(rule) for rule in queries.rules(session, row)]
    return SopDocument(code=row.code, content=content or SopContent(), rules=rules)
