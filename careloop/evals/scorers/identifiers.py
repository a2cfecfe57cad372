"""Judging identifiers: exact, and never another machine's."""

from __future__ import annotations

from careloop.crm_core.assets.serials import plain
from careloop.evals.case import Case
from careloop.evals.measure import Mark, Measure, count, precision_recall, ratio
from careloop.evals.shapes import IdentifyExpect, IdentifyInput
from careloop.evals.solvers import Identified

FIELDS = tuple(IdentifyExpect.model_fields)

MEASURES: tuple[Measure, ...] = (
    *precision_recall("identifiers", "all"),
    *(
        measure
        for field in FIELDS
        for measure in precision_recall(field.replace("_", " "), field)
        if measure.name.endswith("F1")
    ),
    ratio("wrong serial attached, of cases", "danger.serial", "asked"),
    count("wrong serials attached", "danger.serial"),
)


def identifiers(case: Case[IdentifyInput, IdentifyExpect], got: Identified) -> Mark:
    """Every field that the case expects anything of, even nothing."""
    tally: dict[str, float] = {"asked": 1}
    failures: list[str] = []
    dangers: list[str] = []
    for field in FIELDS:
        wanted = getattr(case.expect, field)
        if wanted is None:
            continue
        right = {_form(field, value): value for value in wanted}
        found = {_form(field, value): value for value in got.values(field)}
        missing = [value for form, value in right.items() if form not in found]
        extra = [value for form, value in found.items() if form not in right]
        for key in (field, "all"):
            for name, number in (
                ("tp", len(right) - len(missing)), ("fn", len(missing)), ("fp", len(extra)),
            ):  # fmt: skip
                tally[f"{key}.{name}"] = tally.get(f"{key}.{name}", 0) + number
        failures += [f"{field}: misses {value}" for value in missing]
        failures += [f"{field}: finds {value}" for value in extra]
        if field == "serials" and extra:
            tally["danger.serial"] = 1
            dangers.append("wrong serial attached")
    return Mark(tally, tuple(failures), tuple(dangers))


def _form(field: str, value: str) -> str:
    """A serial that is not on file may be given back with its separators or without."""
    if field == "unverified_serials":
        return plain(value)
    return value.casefold() if field == "emails" else value
