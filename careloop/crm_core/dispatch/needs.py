"""What a job needs: pure rules that join what was told, what rules say, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careloop.crm_core.dispatch.models import DispatchNeed, DispatchRule
from careloop.crm_core.dispatch.schemas import NeededSkill, Needs, NeedsView, RuleWhen
from careloop.crm_core.dispatch.settings_schemas import DispatchFacts
from careloop.kit.clock import iso

USUAL = 120


@dataclass(slots=True)
class Needed:
    """What a job needs, put together; `sources` names where it is from."""

    skills: dict[str, NeededSkill] = field(default_factory=dict)
    level: int = 0
    minutes: int = USUAL
    parts: dict[str, int] = field(default_factory=dict)
    tools: list[str] = field(default_factory=list)
    preferred: str = ""
    excluded: list[str] = field(default_factory=list)
    not_before: datetime | None = None
    not_after: datetime | None = None
    note: str = ""
    wanted: bool = True
    sources: list[str] = field(default_factory=list)
    version: int | None = None

    def view(self) -> NeedsView:
        return NeedsView(
            skills=sorted(self.skills.values(), key=lambda one: one.skill),
            level=self.level or None, minutes=self.minutes, parts=self.parts, tools=self.tools,
            preferred=self.preferred, excluded=self.excluded,
            not_before=iso(self.not_before) if self.not_before else None,
            not_after=iso(self.not_after) if self.not_after else None, note=self.note,
            sources=self.sources, wanted=self.wanted, version=self.version,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """What rules look at in a ticket."""

    type: str
    priority: str
    model: str
    family: str
    areas: Sequence[str]
    country: str
    tier: str
    tags: Sequence[str]


def holds(when: RuleWhen, matter: Matter) -> bool:
    """Whether a rule is for such a ticket; every list that is given must name it."""
    asked: tuple[tuple[Sequence[str], Iterable[str]], ...] = (
        (when.types, [matter.type]), (when.priorities, [matter.priority]),
        (when.models, [matter.model]), (when.families, [matter.family]),
        (when.areas, matter.areas), (when.countries, [matter.country]),
        (when.tiers, [matter.tier]), (when.tags, matter.tags),
    )  # fmt: skip
    return all(
        not wanted or {one.casefold() for one in wanted} & {one.casefold() for one in given}
        for wanted, given in asked
    )


def matching(rules: Iterable[DispatchRule], matter: Matter) -> list[DispatchRule]:
    """The rules that hold, in their order."""
    return [rule for rule in rules if holds(RuleWhen.model_validate(rule.when), matter)]


def put_together(
    settings: DispatchFacts, matter: Matter, rules: Iterable[DispatchRule],
    before: Mapping[str, Any] | None, reserved: Mapping[str, int], told: DispatchNeed | None,
) -> Needed:  # fmt: skip
    """Join all that is known; what was told by a person goes before the rest.

    `before` is what the last visit said of the next one, `reserved` the parts kept for the job.
    """
    found = Needed(
        minutes=settings.usual_minutes.get(matter.type, USUAL), sources=["usual"],
        wanted=matter.type in settings.visit_types,
    )  # fmt: skip
    timed = False
    for rule in rules:
        needs = Needs.model_validate(rule.needs)
        if needs.minutes is not None and not timed:
            found.minutes, timed = needs.minutes, True
        _add(found, needs)
        if needs != Needs():
            found.sources.append(f"rule:{rule.name}")
    if before:
        _after_visit(found, before)
    for part, quantity in reserved.items():
        found.parts[part] = max(quantity, found.parts.get(part, 0))
    if reserved:
        found.sources.append("reserved")
    if told is not None:
        _told(found, told)
    for name in settings.certified_skills:
        if name in found.skills:
            found.skills[name] = found.skills[name].model_copy(update={"certified": True})
    return found


def _add(found: Needed, needs: Needs) -> None:
    for one in needs.skills:
        known = found.skills.get(one.skill)
        if known is not None:
            one = NeededSkill(
                skill=one.skill, level=max(one.level or 0, known.level or 0) or None,
                certified=one.certified or known.certified,
            )  # fmt: skip
        found.skills[one.skill] = one
    found.level = max(found.level, needs.level or 0)
    for part, quantity in needs.parts.items():
        found.parts[part] = max(quantity, found.parts.get(part, 0))
    found.tools += [tool for tool in needs.tools if tool not in found.tools]


def _after_visit(found: Needed, before: Mapping[str, Any]) -> None:
    """What the engineer who was there asked for."""
    skill = str(before.get("skill") or "")
    if skill:
        _add(found, Needs(skills=[NeededSkill(skill=skill)]))
    for part in before.get("parts") or ():
        found.parts.setdefault(str(part), 1)
    wished = before.get("wished_from")
    if wished:
        found.not_before = datetime.fromisoformat(str(wished))
    if before.get("note"):
        found.note = str(before["note"])
    found.wanted = True
    found.sources.append("visit_before")


def _told(found: Needed, told: DispatchNeed) -> None:
    found.wanted, found.version = told.wanted, told.version
    if told.skills:
        found.skills = {
            one["skill"]: NeededSkill.model_validate(one) for one in told.skills
        }  # fmt: skip
    if told.level:
        found.level = told.level
    if told.minutes:
        found.minutes = told.minutes
    if told.parts:
        found.parts = dict(told.parts)
    found.tools += [tool for tool in told.tools or () if tool not in found.tools]
    found.preferred = told.preferred or found.preferred
    found.excluded = list(told.excluded or ())
    found.not_before = told.not_before or found.not_before
    found.not_after = told.not_after
    found.note = told.note or found.note
    found.sources.append("told")
