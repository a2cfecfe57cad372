"""Mappings told apart from their mistakes, and the rule of three values, by property."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.crm_core.outbound.connectors import transforms
from careloop.crm_core.outbound.connectors.example import EXAMPLE
from careloop.crm_core.outbound.connectors.fields import FIELDS, OBJECTS
from careloop.crm_core.outbound.connectors.mapping import FieldRule, check, read
from careloop.crm_core.outbound.connectors.merging import as_ours, as_theirs, reconcile
from careloop.crm_core.outbound.connectors.our_queries import _COLUMNS, _REFERENCES
from careloop.crm_core.outbound.errors import MappingRefused

HEAD = "version: 1\nobjects:\n  customers:\n    rest: {path: /a}\n    create: none\n    fields:\n"


def test_the_example_is_sound() -> None:
    mapping = read(EXAMPLE)
    assert [name for name, _ in mapping.in_order()] == list(OBJECTS)


def test_every_field_can_be_read_from_our_books() -> None:
    days = {"installed_on", "shipped_on", "warranty_until", "created_at"}
    for name, fields in FIELDS.items():
        known = {*_COLUMNS[name], *_REFERENCES[name], *days}
        assert {field.name for field in fields} <= known


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: [", "line 1", "not YAML"),
        ("just words", "the text", "must hold version"),
        ("version: 2\nobjects: {}", "version", "must be one of 1"),
        (HEAD + "      - {ours: name, theirs: n, owner: us}", "objects.customers.fields.0.owner",
         "must be one of 'ours', 'theirs', 'newest' or 'manual'"),
        (HEAD + "      - {ours: name, theirs: n, transfroms: [trim]}",
         "objects.customers.fields.0.transfroms", "check its spelling"),
        (HEAD + "      - {ours: nam, theirs: n}", "objects.customers.fields.0.nam",
         "no such field; they have number, name"),
        (HEAD + "      - {ours: name, theirs: n, transforms: [shout]}",
         "objects.customers.fields.0.name", "there is no transform 'shout'"),
        (HEAD + "      - {ours: name, theirs: n, transforms: ['limit:x']}",
         "objects.customers.fields.0.name", "limit needs a number"),
        (HEAD + "      - {ours: name, theirs: n}\n      - {ours: name, theirs: m}",
         "objects.customers.fields.1.name", "mapped twice"),
        (HEAD + "      - {ours: number, theirs: n}", "objects.customers.fields.0.number",
         "never changes once it is made"),
        (HEAD + "      - {ours: tier, theirs: t, values: {A: key, B: key}}",
         "objects.customers.fields.0.tier", "the way back is open"),
        (EXAMPLE.replace("      - {ours: name, theirs: name, transforms: [one_line]}\n", ""),
         "objects.customers", "need name; map it"),
        (EXAMPLE.replace("    match:\n      - {ours: email, theirs: email}\n", ""),
         "objects.contacts.match", "a crash could make it twice"),
        (EXAMPLE.replace("{ours: number, theirs: account_no}\n    fields",
                         "{ours: number, theirs: nr}\n    fields"),
         "objects.customers.match.0", "mapped to account_no, not to nr"),
        (EXAMPLE.replace('"1": critical', '"1": urgent'), "objects.tickets.fields.3.priority",
         "urgent: none of low, normal, high, critical"),
        (HEAD.replace("customers", "contacts") + "      - {ours: customer, theirs: c}",
         "objects.contacts.fields.0.customer", "refers to customers, which the mapping does not"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place(text: str, place: str, said: str) -> None:
    _, problems = check(text)
    told = {problem.place: problem.message for problem in problems}
    assert place in told, told
    assert said in told[place]
    with pytest.raises(MappingRefused):
        read(text)


def test_values_and_transforms_go_in_and_out() -> None:
    rules = [
        FieldRule(ours="tier", theirs="x.rank", values={"A": "key", "B": "standard"}),
        FieldRule(ours="city", theirs="x.city", transforms=["trim", "strip_prefix:D-"]),
        FieldRule(ours="name", theirs="n", transforms=["one_line", "limit:5"]),
    ]
    record = {"x": {"rank": "A", "city": " D-Kiel "}, "n": " a  b\ncdef ", "more": 1}
    ours = as_ours("customers", rules, record)
    assert ours == {"tier": "key", "city": "Kiel", "name": "a b c"}
    assert as_theirs(rules, ours) == {"x": {"rank": "A", "city": "D-Kiel"}, "n": "a b c"}
    assert as_ours("customers", rules, {"n": None}) == {"name": ""}
    for name in transforms.NAMES:
        written = f"{name}:3" if name in {"limit", "first", "prefix", "default",
                                          "strip_prefix"} else name  # fmt: skip
        assert transforms.problem(written) == ""


NAMES = ("name", "city", "tier")
VALUE = st.sampled_from(["", "a", "b", "c"])
SIDE = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUE))
RULES = st.tuples(
    *(
        st.builds(
            FieldRule, ours=st.just(name), theirs=st.just(name),
            direction=st.sampled_from(["both", "in", "out"]),
            owner=st.sampled_from(["ours", "theirs", "newest", "manual"]),
        )
        for name in NAMES
    )
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(RULES, st.dictionaries(st.sampled_from(NAMES), VALUE), SIDE, SIDE,
       st.sampled_from([True, False, None]))  # fmt: skip
def test_both_sides_come_to_agree_and_nothing_is_overwritten_unasked(
    rules: tuple[FieldRule, ...], base: dict[str, Any], ours: dict[str, Any],
    theirs: dict[str, Any], newer: bool | None,
) -> None:  # fmt: skip
    plan = reconcile(rules, base, ours, theirs, newer)
    for rule in rules:
        name = rule.ours
        both = name in base and ours[name] != base[name] != theirs[name] != ours[name]
        if rule.direction == "both" and rule.owner == "manual" and both:
            assert name in plan.conflicts
        if name in plan.conflicts:
            assert name not in plan.to_ours and name not in plan.to_theirs
            assert plan.base.get(name) == base.get(name), "a conflict moves no base"
        if rule.direction == "in":
            assert name not in plan.to_theirs
        if rule.direction == "out":
            assert name not in plan.to_ours
        assert not (name in plan.to_ours and name in plan.to_theirs)
    after_ours, after_theirs = {**ours, **plan.to_ours}, {**theirs, **plan.to_theirs}
    again = reconcile(rules, plan.base, after_ours, after_theirs, newer)
    assert again.to_ours == again.to_theirs == {}, "one round is enough"
    assert set(again.conflicts) == set(plan.conflicts)
    for rule in rules:
        if rule.direction == "both" and rule.ours not in plan.conflicts:
            assert after_ours[rule.ours] == after_theirs[rule.ours]
