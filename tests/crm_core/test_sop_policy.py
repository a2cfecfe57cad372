"""The next step of any procedure is always defined, and follows what was recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.crm_core.sop.content import END, STOP, SopContent, SopReadingLimits, SopStep
from careloop.crm_core.sop.diff import changes
from careloop.crm_core.sop.policy import (
    Entry,
    following,
    progress,
    reachable,
    to_come,
    within,
)
from careloop.crm_core.sop.roles import Qualification, may_skip
from careloop.crm_core.sop.validation import errors, problems

T0 = datetime(2026, 11, 22, 9, tzinfo=UTC)
KINDS = ("action", "check", "reading", "photo", "signature", "choice")
FEW = settings(max_examples=40, deadline=None)


@st.composite
def contents(draw: Any) -> SopContent:
    """Any procedure that an editor could have written, valid or not."""
    ids = [f"s{n}" for n in range(draw(st.integers(1, 7)))]
    target = st.sampled_from(["", END, *ids])
    steps = []
    for step_id in ids:
        kind = draw(st.sampled_from(KINDS))
        hazard = draw(st.sampled_from(["none", "none", "caution", "danger"]))
        on_fail = draw(st.sampled_from(["goto", "stop", "continue"]))
        answers = [
            {"id": f"o{n}", "label": {"en": f"answer {n}"},
             "goto": draw(st.sampled_from(["", END, STOP, *ids]))}
            for n in range(2 if kind == "choice" else 0)
        ]  # fmt: skip
        steps.append({
            "id": step_id, "title": {"en": step_id}, "kind": kind, "hazard": hazard,
            "safety": {"en": "Lock out"} if hazard != "none" else {},
            "role": draw(st.sampled_from(["engineer", "certified:laser"]))
            if hazard == "danger" else "anyone",
            "reading": {"unit": "V", "low": 1, "high": 2} if kind == "reading" else None,
            "photos_min": 1 if kind == "photo" else 0, "options": answers, "on_fail": on_fail,
            "goto": draw(st.sampled_from(ids)) if on_fail == "goto" else "",
            "then": draw(target), "required": draw(st.booleans()),
        })  # fmt: skip
    return SopContent.model_validate({"title": {"en": "Any"}, "steps": steps})


def said(draw: Any, step: SopStep, number: int) -> Entry:
    outcomes = ["done", "failed", "skipped"] if step.kind != "check" else ["passed", "failed"]
    option = draw(st.sampled_from([one.id for one in step.options])) if step.options else ""
    at = T0 + timedelta(minutes=number)
    return Entry(f"r{number}", step.id, draw(st.sampled_from(outcomes)), option, at, number)


@FEW
@given(st.data())
def test_a_walk_is_defined_at_every_step_and_follows_what_was_said(data: Any) -> None:
    content = data.draw(contents())
    known = {step.id for step in content.steps}
    entries: list[Entry] = []
    for number in range(12):
        way = progress(content.steps, entries)
        assert way.ended == (way.next == "") and (way.ended or way.next in known)
        assert bool(way.result) == way.ended
        assert (len(way.path), way.waiting, way.strays) == (len(entries), (), ())
        if way.ended:
            break
        step = content.step(way.next)
        assert step is not None
        entry = said(data.draw, step, number)
        entries.append(entry)
        leads = following(content.steps, step, entry.outcome, entry.option)
        after = progress(content.steps, entries)
        assert (after.next or after.result) == (leads if leads in known else after.result)
        if entry.outcome == "failed":
            wanted = {"stop": STOP, "goto": step.goto}.get(step.on_fail)
            assert wanted is None or leads == wanted
            assert leads != STOP or after.result == "failed"
        assert after.next in reachable(content.steps, way.next) | {""}
        assert to_come(content.steps, way.next)[0] == step


@FEW
@given(st.data())
def test_the_order_in_which_records_come_in_changes_nothing(data: Any) -> None:
    content = data.draw(contents())
    entries: list[Entry] = []
    for number in range(8):
        here = progress(content.steps, entries).next
        # Now and then something that was done where the branches do not allow it.
        astray = data.draw(st.integers(0, 9)) == 0
        step_id = data.draw(st.sampled_from(content.steps)).id if astray or not here else here
        step = content.step(step_id)
        assert step is not None
        entries.append(said(data.draw, step, number))
    if data.draw(st.booleans()):
        root = data.draw(st.sampled_from(entries))
        entries.append(replace(root, id="fix", outcome="passed", corrects=root.id, seq=99))
    whole = progress(content.steps, entries)
    shuffled = data.draw(st.permutations(entries))
    assert progress(content.steps, shuffled) == whole
    told = {one.entry for one in whole.path} | set(whole.waiting) | set(whole.strays)
    assert told == {one.id for one in entries if one.corrects is None}


@FEW
@given(contents(), st.randoms(use_true_random=False))
def test_what_may_be_published_always_has_a_way_to_its_end(content: SopContent, rng: Any) -> None:
    """And what may not has a step that cannot be reached, or from which there is no way out."""
    found = problems(content)
    seen = reachable(content.steps, content.steps[0].id)
    lost = {one.step for one in found if one.code == "unreachable"}
    assert lost == {step.id for step in content.steps} - seen
    if errors(found):
        return
    for start in content.steps:
        here, walked = start.id, 0
        while here in seen and walked < 500:
            step = content.step(here)
            assert step is not None
            deciding = step.kind in {"check", "reading"}
            outcome = rng.choice(["passed", "failed"]) if deciding else "done"
            option = rng.choice(step.options).id if step.options else ""
            here = following(content.steps, step, outcome, option)
            walked += 1
        assert here in {END, STOP}


def sop(*steps: dict[str, Any], **head: Any) -> SopContent:
    filled = [{"title": {"en": step["id"]}, **step} for step in steps]
    return SopContent.model_validate({"title": {"en": "T"}, "steps": filled, **head})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (sop(), "no_steps"),
        (sop({"id": "a"}, {"id": "a"}), "id_twice"),
        (sop({"id": "end"}), "id_reserved"),
        (sop({"id": "a", "then": "z"}), "goto_missing"),
        (sop({"id": "a", "kind": "check", "on_fail": "goto"}), "goto_empty"),
        (sop({"id": "a", "then": "stop"}), "then_stops"),
        (sop({"id": "a", "then": "end"}, {"id": "b"}), "unreachable"),
        (sop({"id": "a"}, {"id": "b", "then": "a"}), "no_end"),
        (sop({"id": "a", "hazard": "caution"}), "safety_missing"),
        (sop({"id": "a", "hazard": "danger", "safety": {"en": "x"}}), "role_missing"),
        (sop({"id": "a", "kind": "reading"}), "unit_missing"),
        (sop({"id": "a", "kind": "reading", "reading": {"unit": "V", "low": 2, "high": 1}}),
         "limits_crossed"),
        (sop({"id": "a", "kind": "photo"}), "photos_missing"),
        (sop({"id": "a", "kind": "choice"}), "options_missing"),
        (sop({"id": "a", "options": [{"id": "x", "label": {"en": "x"}}]}), "options_unused"),
        (sop({"id": "a", "title": {"zh": "x"}}, title={"en": "T", "zh": ""}), "language_gap"),
        (sop({"id": "a"}, title={}), "title_missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_at_its_step(content: SopContent, code: str) -> None:
    found = errors(problems(content))
    assert code in [one.code for one in found]


def test_a_loop_with_a_way_out_is_no_error_and_one_language_is_enough() -> None:
    content = sop(
        {"id": "clean", "title": {"en": "Clean", "zh": "清洗"}},
        {"id": "look", "kind": "check", "on_fail": "goto", "goto": "clean"},
        title={"en": "T", "zh": "题"},
    )
    assert errors(problems(content)) == []
    gaps = [(one.code, one.step, one.detail) for one in problems(content)]
    assert gaps == [("language_gap", "look", "zh")]


def test_limits_are_included_and_none_decide_nothing() -> None:
    limits = SopReadingLimits(unit="V", low=Decimal("0.1"), high=Decimal("0.3"))
    tried = [within(Decimal(value), limits) for value in ("0.1", "0.3", "0.09", "0.300001")]
    assert tried == [True, True, False, False]
    assert within(Decimal(5), SopReadingLimits(unit="V")) is None
    assert within(Decimal(5), SopReadingLimits(low=Decimal(5))) is True


def test_roles_include_those_below_and_hazards_are_left_out_by_the_able_alone() -> None:
    lay, ben = Qualification("Lay"), Qualification("Ben", "E-2", True)
    ada = Qualification("Ada", "E-1", True, frozenset({"laser"}))
    roles = ["anyone", "customer_trained", "engineer", "certified:laser", "certified:x"]
    assert [[who.fits(role) for role in roles] for who in (lay, ben, ada)] == [
        [True, True, False, False, False],
        [True, True, True, False, False],
        [True, True, True, True, False],
    ]
    plain = SopStep(id="a", role="engineer")
    grave = SopStep(id="b", hazard="danger", role="certified:laser")
    needed = SopStep(id="c", required=True)
    assert [[may_skip(who, one) for who in (lay, ben, ada)] for one in (plain, grave, needed)] == [
        [True, True, True], [False, False, True], [False, True, True],
    ]  # fmt: skip


def test_a_diff_names_what_was_added_removed_moved_and_changed() -> None:
    before = sop({"id": "a"}, {"id": "b"}, {"id": "c"}, minutes=5)
    after = sop({"id": "c"}, {"id": "a", "title": {"en": "A", "zh": "甲"}}, {"id": "d"}, minutes=9)
    told = [(one.kind, one.step, one.field, one.language) for one in changes(before, after)]
    assert told == [
        ("changed", "", "minutes", ""), ("moved", "c", "", ""), ("moved", "a", "", ""),
        ("changed", "a", "title", "en"), ("changed", "a", "title", "zh"),
        ("added", "d", "", ""), ("removed", "b", "", ""),
    ]  # fmt: skip
    assert changes(after, after) == []
