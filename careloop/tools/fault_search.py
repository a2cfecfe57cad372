"""Reads of the fault library that need the termbase: duplicates, and what a fault may be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy.orm import Session

from careloop.crm_core.faults import finding_queries, queries
from careloop.crm_core.faults.models import SLOTS, Fault, FaultState
from careloop.crm_core.faults.policy import (
    LIKE_FROM,
    Tuple,
    likeness,
    overlap,
    score,
    wilson,
)  # fmt: skip
from careloop.crm_core.faults.views import (
    DuplicatePair,
    FaultReason,
    Suggestion,
    Suggestions,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.tools.fault_views import links_of, usual_minutes, usual_parts
from careloop.tools.fault_words import Wording, expansion, understood

_SLOT_WEIGHT = {"symptom": 0.4, "component": 0.3, "cause": 0.2, "remedy": 0.1}
_CODE_WEIGHT = 0.6
_PRIOR = 0.15
"""Relevance of a fault of which nothing was named but the model."""
_DRAFT = 0.7
"""How much a draft counts beside what an editor stands for."""


def duplicates(
    session: Session, actor: Actor, row: Fault | None = None, limit: int = 50
) -> list[DuplicatePair]:
    """Pairs of live faults that may be one, the likeliest first; of one fault, or of all."""
    apart = queries.kept_apart(session, actor.tenant_id)
    rows = queries.live(session, actor.tenant_id)
    told = {one.id: queries.tuple_of(one) for one in rows}
    pairs = (
        [(row, other) for other in rows if other.id != row.id and row.id in told]
        if row is not None
        else [pair for group in _groups(rows) for pair in combinations(group, 2)]
    )
    found: dict[tuple[str, str], tuple[int, Fault, Fault]] = {}
    for one, other in pairs:
        key = (min(one.id, other.id), max(one.id, other.id))
        if key in apart or key in found:
            continue
        points = score(told[one.id], told[other.id])
        if points >= LIKE_FROM:
            found[key] = (points, one, other)
    best = sorted(found.values(), key=lambda item: (-item[0], -item[1].cases - item[2].cases))
    return [_pair(one, other, points, told) for points, one, other in best[:limit]]


def _groups(rows: list[Fault]) -> list[list[Fault]]:
    """Faults that share a concept of their component, or have none: only these can be one."""
    by: dict[str, list[Fault]] = {}
    for row in rows:
        for key in row.concepts.get("component") or [""]:
            by.setdefault(key, []).append(row)
    return [group for group in by.values() if len(group) > 1]


def _pair(one: Fault, other: Fault, points: int, told: dict[str, Tuple]) -> DuplicatePair:
    better = max((one, other), key=lambda row: (row.state == FaultState.REVIEWED, row.cases))
    return DuplicatePair(
        fault=queries.fault_view(one), other=queries.fault_view(other), keep=better.number,
        score=points, same_models=overlap(one.models, other.models),
        likeness=likeness(told[one.id], told[other.id]),
    )  # fmt: skip


@dataclass(slots=True)
class _Asked:
    """What a question names: concepts, codes, the model."""

    model: str
    concepts: dict[str, str]
    codes: list[str]
    symptoms: list[str] = field(default_factory=list)


def suggest(
    session: Session, actor: Actor, *, model: str, symptom: str, text: str, code: str, lang: str,
    limit: int,
) -> Suggestions:  # fmt: skip
    """Faults that may be behind what was told, ranked by how well they fit and how often they
    were it; nothing is guessed where nothing fits."""
    wording = Wording(session, actor.tenant_id, lang)
    asked = _asked(wording, model, symptom, text, code, lang)
    marks = {(slot, key) for slot in SLOTS for key in asked.concepts}
    marks |= {("code", one.casefold()) for one in asked.codes}
    if model and not marks:
        marks = {("model", model)}
    rows = [
        row for row in queries.marked_with(session, actor.tenant_id, marks)
        if not model or not row.models or model in row.models
    ]  # fmt: skip
    on_model = _cases_on(session, actor, rows, model)
    ranked = sorted(
        ((_rank(row, asked, on_model.get(row.id, 0)), row) for row in rows),
        key=lambda item: (-item[0], -item[1].cases, item[1].number),
    )[:limit]
    total = sum(points for points, _ in ranked)
    ids = [row.id for _, row in ranked]
    parts = usual_parts(session, actor, ids, wording.lang, model)
    minutes = usual_minutes(session, actor.tenant_id, ids)
    items = [
        Suggestion(
            fault=wording.fault(queries.fault_view(row)), score=round(points, 4),
            share=round(points / total, 4) if total else 0.0,
            cases_on_model=on_model.get(row.id, 0),
            reasons=_reasons(row, asked, on_model.get(row.id, 0), wording),
            parts=parts.get(row.id, []), minutes=minutes.get(row.id),
            links=links_of(session, actor, row),
        )
        for points, row in ranked
    ]  # fmt: skip
    more = [key for _, row in ranked for slot in SLOTS for key in row.concepts.get(slot, ())]
    return Suggestions(
        items=items, understood=expansion(wording.terms, asked.concepts, wording.lang),
        expansion=expansion(
            wording.terms, [key for key in more if key not in asked.concepts], wording.lang
        )[:12],
    )  # fmt: skip


def _asked(wording: Wording, model: str, symptom: str, text: str, code: str, lang: str) -> _Asked:
    found: dict[str, str] = {}
    for one in (symptom, text):
        if one in wording.terms.concepts_by_key:
            found[one] = wording.terms.concepts_by_key[one].kind
        elif one:
            found |= {match.concept: match.kind for match in understood(wording.terms, one, lang)}
    codes = [part for part in code.replace(";", ",").split(",") if part.strip()]
    return _Asked(model, found, [part.strip() for part in codes])


def _cases_on(session: Session, actor: Actor, rows: list[Fault], model: str) -> dict[str, int]:
    if not model or not rows:
        return {}
    counts: dict[str, int] = {}
    evidence = finding_queries.counted(session, actor.tenant_id, [row.id for row in rows])
    for fault_id, used_on, _, _ in evidence:
        counts[fault_id] = counts.get(fault_id, 0) + (used_on == model)
    return counts


def _rank(row: Fault, asked: _Asked, on_model: int) -> float:
    """Fit times evidence. The evidence of other models counts for a third."""
    fit = _PRIOR
    for slot, weight in _SLOT_WEIGHT.items():
        if set(row.concepts.get(slot, ())) & set(asked.concepts):
            fit += weight
    if {code.casefold() for code in row.error_codes} & {code.casefold() for code in asked.codes}:
        fit += _CODE_WEIGHT
    cases = on_model + (row.cases - on_model) / 3 if asked.model else float(row.cases)
    bounds = wilson(row.successes, row.cases)
    held = 0.5 + 0.5 * (bounds[0] if bounds else 0.0)
    trust = 1.0 if row.state == FaultState.REVIEWED else _DRAFT
    return fit * math.log2(2 + cases) * held * trust


def _reasons(row: Fault, asked: _Asked, on_model: int, wording: Wording) -> list[FaultReason]:
    found = []
    codes = [c for c in row.error_codes if c.casefold() in {a.casefold() for a in asked.codes}]
    if codes:
        text = f"Shows the code {', '.join(codes)}"
        found.append(FaultReason(code="code", args={"code": ", ".join(codes)}, text=text))
    for slot in SLOTS:
        named = [key for key in row.concepts.get(slot, ()) if key in asked.concepts]
        if named:
            name = wording.terms.name(named[0], wording.lang)
            text = f"The {slot} fits: {wording.terms.name(named[0], 'en')}"
            found.append(FaultReason(code=slot, args={"name": name}, text=text))
    if on_model:
        text = f"Found {on_model} times on {asked.model}"
        args: dict[str, str | int] = {"count": on_model, "model": asked.model}
        found.append(FaultReason(code="cases_on_model", args=args, text=text))
    elif row.cases:
        found.append(
            FaultReason(code="cases", args={"count": row.cases}, text=f"Found {row.cases} times")
        )
    if row.cases and row.successes:
        held: dict[str, str | int] = {"count": row.successes, "of": row.cases}
        text = f"The remedy held in {row.successes} of {row.cases} cases"
        found.append(FaultReason(code="held", args=held, text=text))
    return found
