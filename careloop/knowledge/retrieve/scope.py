"""Who may see what, about which machine, on which day: decided before anything is scored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from careloop.knowledge.language.model_names import canonical_model
from careloop.knowledge.language.normalize import normalize

_CONDITION = re.compile(r"(>=|<=|==|!=|>|<|=|≥|≤|~)?\s*v?(\d+(?:\.\d+)*)")
_IN_TEXT = re.compile(
    r"(?:firmware|software|固件|软件|系统|fw|version|版本|ファームウェア|ソフトウェア|"
    r"прошивк\w*|펌웨어|"
    r"logiciel|versi[oó]n|versão|phần mềm|"
    r"เฟิร์มแวร์)\D{0,12}?(?<![a-z\d\-])v?\s?(\d{1,3}(?:\.\d{1,4}){1,3})(?![\d%])"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The filters of one search; `models` in canonical form, empty for any model."""

    audiences: tuple[str, ...]
    models: tuple[str, ...]
    firmware: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Group:
    """What passages have in common as far as filters go."""

    models: tuple[str, ...]
    audience: str
    firmware: str
    effective_from: date | None
    effective_until: date | None
    superseded_from: date | None


def covers(scope: Scope, group: Group) -> bool:
    """Whether a search in this scope may see the group. Both bounds of a validity count as in."""
    if group.audience not in scope.audiences:
        return False
    if scope.models and group.models and not any(
        canonical_model(name) in scope.models for name in group.models
    ):  # fmt: skip
        return False
    if group.effective_from and scope.day < group.effective_from:
        return False
    if group.effective_until and scope.day > group.effective_until:
        return False
    if group.superseded_from and scope.day >= group.superseded_from:
        return False
    return not (scope.firmware and group.firmware) or firmware_fits(group.firmware, scope.firmware)


def firmware_fits(condition: str, version: str) -> bool:
    """Whether `version` meets `>=3.2`, `>=3.0,<4`, `3.2 - 3.9`, or a bare prefix such as `3.2`.

    A condition that cannot be read fits everything: knowledge is not hidden by a typing error.
    """
    actual = _numbers(version)
    span = re.fullmatch(r"\s*v?(\d[\d.]*)\s*(?:-|~|–|to|至|到)\s*v?(\d[\d.]*)\s*", condition)
    if span:
        low, high = _numbers(span[1]), _numbers(span[2])
        return _compare(actual, low) >= 0 and _compare(actual[: len(high)], high) <= 0
    for match in _CONDITION.finditer(condition):
        wanted = _numbers(match[2])
        order = _compare(actual, wanted)
        fits = {
            ">=": order >= 0, "≥": order >= 0, "<=": order <= 0, "≤": order <= 0,
            ">": order > 0, "<": order < 0, "!=": order != 0,
        }.get(match[1] or "", actual[: len(wanted)] == wanted)  # fmt: skip
        if not fits:
            return False
    return True


def find_firmware(text: str) -> str | None:
    """A firmware version that the text names: `固件 3.1`, `firmware v2.8.1`."""
    match = _IN_TEXT.search(normalize(text))
    return match[1] if match else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _compare(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    size = max(len(left), len(right))
    padded = [item + (0,) * (size - len(item)) for item in (left, right)]
    return (padded[0] > padded[1]) - (padded[0] < padded[1])
