"""The mapping of a connector: which of their fields is which of ours, and who has the last word.

Written in YAML or JSON by a person, so every mistake is told with its place and what to do.
"""

from __future__ import annotations

from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from careloop.crm_core.outbound.connectors import transforms
from careloop.crm_core.outbound.connectors.fields import FIELDS, OBJECTS, our_field
from careloop.crm_core.outbound.connectors.schemas import MappingProblem
from careloop.crm_core.outbound.errors import MappingRefused

Direction = Literal["both", "in", "out"]
Owner = Literal["ours", "theirs", "newest", "manual"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class FieldRule(_Strict):
    """One field. `owner` decides when both sides changed it; `manual` asks a person."""

    ours: str
    theirs: str = Field(min_length=1, max_length=200)
    direction: Direction = "both"
    owner: Owner = "manual"
    transforms: list[str] = Field(default_factory=list, max_length=10)
    values: dict[str, str] = Field(default_factory=dict)
    """Their value to ours; `*` is every other one of theirs."""

    @property
    def comes_in(self) -> bool:
        return self.direction != "out"

    @property
    def goes_out(self) -> bool:
        return self.direction != "in"


class Match(_Strict):
    """How a record that is not linked yet is found on the other side: equal values."""

    ours: str
    theirs: str


class RestObject(_Strict):
    """Where the records of one kind are, and what the answers look like. Paths have dots."""

    path: str = Field(pattern=r"^/[A-Za-z0-9_./~-]*$", max_length=200)
    items: str = "items"
    next: str = "next_cursor"
    cursor: str = "cursor"
    size: str = "limit"
    since: str = "updated_since"
    id: str = "id"
    updated: str = "updated_at"
    version: str = "etag"
    """`etag`: the header of single answers; else the path of the version in a record."""
    deleted: str = "deleted"
    envelope: str = ""
    """Path of the record in the answer to a single read; empty: the whole answer."""


class ObjectMapping(_Strict):
    """One kind of object. `create` says on which side missing records may be made."""

    rest: RestObject
    create: Literal["both", "in", "out", "none"] = "both"
    match: list[Match] = Field(default_factory=list, max_length=5)
    fields: list[FieldRule] = Field(min_length=1, max_length=60)

    @property
    def makes_ours(self) -> bool:
        return self.create in {"both", "in"}

    @property
    def makes_theirs(self) -> bool:
        return self.create in {"both", "out"}

    @property
    def goes_out(self) -> bool:
        return any(rule.goes_out for rule in self.fields)


class Pace(_Strict):
    """How the other side is treated: records a page, requests a minute, seconds for an answer."""

    page_size: int = Field(100, ge=1, le=1000)
    requests_per_minute: int = Field(120, ge=1, le=6000)
    seconds: int = Field(20, ge=1, le=120)
    overlap_seconds: int = Field(120, ge=0, le=86_400)
    """So much of what was read before is read again, for records that became visible late."""


class Mapping(_Strict):
    """A whole mapping."""

    version: Literal[1]
    pace: Pace = Field(default_factory=Pace)
    objects: dict[Literal["customers", "contacts", "assets", "tickets"], ObjectMapping] = Field(
        min_length=1
    )

    def in_order(self) -> list[tuple[str, ObjectMapping]]:
        """What refers to others after what it refers to."""
        return [(name, self.objects[name]) for name in OBJECTS if name in self.objects]


def read(text: str) -> Mapping:
    """The mapping; `MappingRefused` names every mistake."""
    mapping, problems = check(text)
    if mapping is None or problems:
        told = {found.place: found.message for found in problems}
        lines = "; ".join(f"{found.place}: {found.message}" for found in problems[:5])
        raise MappingRefused(f"The mapping has mistakes: {lines}", **told)
    return mapping


def check(text: str) -> tuple[Mapping | None, list[MappingProblem]]:
    """The mapping as far as it can be read, and its mistakes."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "the text"
        said = getattr(error, "problem", "") or "cannot be read"
        return None, [MappingProblem(place=line, message=f"is not YAML or JSON: {said}")]
    if not isinstance(raw, dict):
        return None, [MappingProblem(place="the text", message="must hold version and objects")]
    try:
        mapping = Mapping.model_validate(raw)
    except ValidationError as error:
        return None, [
            MappingProblem(place=_place(item["loc"]), message=_said(item))
            for item in error.errors(include_url=False)
        ]
    return mapping, [
        problem
        for name, found in mapping.in_order()
        for problem in _object_problems(mapping, name, found)
    ]


def _place(parts: tuple[Any, ...]) -> str:
    found = [str(part) for part in parts if part != "[key]"]
    return ".".join(found) or "the text"


def _said(item: Any) -> str:
    kind = item["type"]
    if kind == "extra_forbidden":
        return "is not known here; check its spelling"
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        return f"must be one of {item['ctx']['expected']}"
    return str(item["msg"])


def _object_problems(mapping: Mapping, name: str, found: ObjectMapping) -> list[MappingProblem]:
    place = f"objects.{name}"
    problems: list[MappingProblem] = []
    seen: set[str] = set()
    for at, rule in enumerate(found.fields):
        here = f"{place}.fields.{at}.{rule.ours}"
        if rule.ours in seen:
            problems.append(MappingProblem(place=here, message="is mapped twice"))
        seen.add(rule.ours)
        problems += [
            MappingProblem(place=here, message=message)
            for message in _rule_problems(mapping, name, rule)
        ]
    problems += [
        MappingProblem(place=f"{place}.match.{at}", message=message)
        for at, match in enumerate(found.match)
        if (message := _match_problem(found, match))
    ]
    incoming = {rule.ours for rule in found.fields if rule.comes_in}
    for field in FIELDS[name]:
        if found.makes_ours and field.needed and field.name not in incoming:
            text = f"our {name} need {field.name}; map it, or set create to out or none"
            problems.append(MappingProblem(place=place, message=text))
    if found.makes_theirs and found.goes_out and not found.match:
        text = (
            "name a field by which a record that we made there is found again; without it a "
            "crash could make it twice"
        )
        problems.append(MappingProblem(place=f"{place}.match", message=text))
    return problems


def _match_problem(found: ObjectMapping, match: Match) -> str:
    rule = next((rule for rule in found.fields if rule.ours == match.ours), None)
    if rule is None:
        return f"{match.ours} is not among the fields; map it as well"
    if rule.theirs != match.theirs:
        return f"{match.ours} is mapped to {rule.theirs}, not to {match.theirs}"
    return ""


def _rule_problems(mapping: Mapping, name: str, rule: FieldRule) -> list[str]:
    field = our_field(name, rule.ours)
    if field is None:
        known = ", ".join(found.name for found in FIELDS[name])
        return [f"our {name} have no such field; they have {known}"]
    problems = [text for item in rule.transforms if (text := transforms.problem(item))]
    if field.writable == "never" and rule.comes_in:
        problems.append("is ours alone to write; set direction: out")
    if field.writable == "create" and rule.direction == "both" and rule.owner != "ours":
        problems.append("never changes once it is made; set owner: ours")
    if field.refers_to and field.refers_to not in mapping.objects:
        problems.append(f"refers to {field.refers_to}, which the mapping does not hold")
    if field.refers_to and (rule.transforms or rule.values):
        problems.append("holds an id; it takes no transforms and no values")
    if field.choices and rule.comes_in:
        wrong = sorted(set(rule.values.values()) - set(field.choices))
        if wrong:
            problems.append(f"{', '.join(wrong)}: none of {', '.join(field.choices)}")
    if rule.values and rule.goes_out:
        ours = [value for key, value in rule.values.items() if key != "*"]
        if len(set(ours)) < len(ours):
            problems.append(
                "two of their values become the same of ours, so the way back is open; set "
                "direction: in, or make them differ"
            )
    return problems
