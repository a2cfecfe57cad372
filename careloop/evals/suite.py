"""A suite: cases, what they are put to, who judges, and what must hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from careloop.evals.case import Case, Shape, load_cases
from careloop.evals.measure import Mark, Measure
from careloop.evals.subject import Subject

I = TypeVar("I", bound=BaseModel)  # noqa: E741 - input, expectation, output
E = TypeVar("E", bound=BaseModel)
O = TypeVar("O", bound="Outcome")  # noqa: E741


class Outcome(Protocol):
    """What came of a case."""

    @property
    def summary(self) -> str:
        """One line for the report."""
        ...


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure's `goal` in the quality contract, and the bar below which the gate fails.

    `at_most` turns both round: for counts of errors.
    """

    measure: str
    floor: float
    goal: float | None = None
    at_most: bool = False

    def holds(self, value: float | None, wanted: float | None) -> bool:
        """Whether a value reaches what is wanted; what was not measured cannot hold it up."""
        if value is None or wanted is None:
            return True
        return value <= wanted if self.at_most else value >= wanted


def never(measure: str) -> Bar:
    """An error that may not happen once."""
    return Bar(measure, 0, 0, at_most=True)


@dataclass(frozen=True, slots=True)
class Suite(Generic[I, E, O]):
    """One examination. `source` is a file of this package's `data`, or of the maker's own folder.

    `fresh` gives every case an installation of its own. `headline` names the measures that the
    breakdown by language shows.
    """

    name: str
    description: str
    maker: str
    source: str
    shape: Shape[I, E]
    solver: Callable[[Subject, I], O]
    scorers: Sequence[Callable[[Case[I, E], O], Mark]]
    measures: Sequence[Measure]
    gate: Sequence[Bar]
    headline: Sequence[str] = ()
    fresh: bool = False
    from_folder: bool = False

    def cases(self, folder: Path | None = None) -> list[Case[I, E]]:
        """All cases of the suite."""
        if self.from_folder:
            assert folder is not None
            return load_cases(folder / self.source, self.shape)
        return load_cases(Path(str(files("careloop.evals"))) / "data" / self.source, self.shape)


AnySuite = Suite[Any, Any, Any]
Registry = Mapping[str, AnySuite]
