"""Cases of a suite: what goes in and what must come out, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from careloop.kit.errors import InvalidInput

I = TypeVar("I", bound=BaseModel)  # noqa: E741 - input, expectation, output
E = TypeVar("E", bound=BaseModel)

TAGS = ("id", "lang", "kind", "fast", "note")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case(Generic[I, E]):
    """One case; `kind` names its group, `fast` puts it into the short run that gates a change."""

    id: str
    input: I
    expect: E
    lang: str = ""
    kind: str = ""
    fast: bool = False


@dataclass(frozen=True, slots=True)
class Shape(Generic[I, E]):
    """How a line becomes a case.

    What is expected stands under `expect`, or beside the input under the names of the expectation.
    `adapt` may rewrite a line first, or drop it by returning None.
    """

    input: type[I]
    expect: type[E]
    adapt: Callable[[Row], Row | None] = dict

    def case(self, row: Row) -> Case[I, E] | None:
        """The case of one line; `ValueError` says what is wrong with it."""
        adapted = self.adapt(row)
        if adapted is None:
            return None
        fields = {name: value for name, value in adapted.items() if name not in TAGS}
        expected = fields.pop("expect", None)
        if expected is None:
            names = self.expect.model_fields.keys() & fields.keys()
            expected = {name: fields.pop(name) for name in names}
        return Case(
            id=str(adapted["id"]),
            input=self.input.model_validate(fields),
            expect=self.expect.model_validate(expected),
            lang=str(adapted.get("lang", "")),
            kind=str(adapted.get("kind", "")),
            fast=bool(adapted.get("fast", False)),
        )


def load_cases(path: Path, shape: Shape[I, E]) -> list[Case[I, E]]:
    """The cases of a file. `InvalidInput` names file, line and fault, all faults at once."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Cannot read the cases {path}: {error}") from None
    cases: list[Case[I, E]] = []
    faults: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _object(line)
            if str(row["id"]) in seen:
                raise ValueError(f"the id {row['id']!r} stands in an earlier line already")
            seen.add(str(row["id"]))
            case = shape.case(row)
        except ValueError as error:
            faults.extend(f"{path.name}, line {number}: {text}" for text in _words(error))
            continue
        if case is not None:
            cases.append(case)
    if faults:
        raise InvalidInput("\n".join(faults))
    return cases


def _object(line: str) -> Row:
    row = json.loads(line)
    if not isinstance(row, dict) or not str(row.get("id", "")):
        raise ValueError("not an object with an id")
    return row


def _words(error: ValueError) -> Iterator[str]:
    if not isinstance(error, ValidationError):
        yield str(error)
        return
    for item in error.errors(include_url=False):
        yield f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
