"""The front matter of an article: understood keys are typed, unknown ones kept, errors named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import yaml

from careloop.kit.actor import AUDIENCES
from careloop.knowledge.language.detect import SUPPORTED

_BLOCK = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE = re.compile(r"^([A-Za-z_][\w\-]*)\s*:\s*(.*?)\s*$")
_TYPES = ("faq", "troubleshooting", "procedure", "policy", "spec", "manual")
_KNOWN = {
    "id", "title", "type", "product_models", "audience", "lang", "updated", "effective_from",
    "effective_until", "firmware", "supersedes", "translation",
}  # fmt: skip


@dataclass(slots=True)
class FrontMatter:
    """Typed front matter; absent keys are empty, so that the caller can fill them."""

    id: str = ""
    title: str = ""
    type: str = ""
    product_models: list[str] = field(default_factory=list)
    audience: str = "public"
    lang: str = ""
    updated: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    firmware: str = ""
    supersedes: list[str] = field(default_factory=list)
    translation: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def split_front_matter(
    text: str, otherwise: Mapping[str, Any] | None = None
) -> tuple[FrontMatter, str]:
    """The front matter and the body. Wrong YAML is read line by line with a warning.

    `otherwise` holds values for keys that the front matter leaves out.
    """
    match = _BLOCK.match(text)
    matter = FrontMatter()
    values = _load(match[1], matter) if match else {}
    _fill(matter, {**(otherwise or {}), **values})
    return matter, text[match.end() :] if match else text


def read_sidecar(text: str) -> dict[str, Any]:
    """The keys of a file that stands beside another and speaks for it: YAML, with or without
    the lines of dashes."""
    match = _BLOCK.match(text)
    return _load(match[1] if match else text, FrontMatter())


def _load(block: str, matter: FrontMatter) -> dict[str, Any]:
    try:
        values = yaml.safe_load(block)
        if isinstance(values, dict):
            return {str(key).strip(): value for key, value in values.items()}
        if values is None:
            return {}
        matter.warnings.append("front matter is not a list of keys and values")
    except (yaml.YAMLError, ValueError) as error:
        place = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" in line {place + 2}" if place is not None else ""
        matter.warnings.append(f"front matter is not valid YAML{where}; read line by line")
    return _by_line(block)


def _by_line(block: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for line in block.splitlines():
        match = _LINE.match(line)
        if match:
            value = match[2].strip()
            quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
            values[match[1]] = value[1:-1] if quoted else value
    return values


def _fill(matter: FrontMatter, values: dict[str, Any]) -> None:
    matter.id = _text(values.get("id"))
    matter.title = _text(values.get("title"))
    matter.product_models = _names(values.get("product_models"))
    matter.firmware = _text(values.get("firmware"))
    matter.supersedes = _names(values.get("supersedes"))
    matter.translation = _text(values.get("translation"))
    matter.type = _choice(matter, "type", _text(values.get("type")).lower(), _TYPES, "")
    # Text whose audience cannot be understood must not reach the public.
    matter.audience = _choice(
        matter, "audience", _text(values.get("audience")).lower() or "public", AUDIENCES, "internal"
    )
    lang = _text(values.get("lang")).lower().replace("_", "-").split("-")[0]
    matter.lang = _choice(matter, "lang", {"cn": "zh", "jp": "ja"}.get(lang, lang), SUPPORTED, "")
    for key in ("updated", "effective_from", "effective_until"):
        setattr(matter, key, _day(matter, key, values.get(key)))
    matter.extra = {key: _plain(value) for key, value in values.items() if key not in _KNOWN}


def as_values(matter: FrontMatter) -> dict[str, Any]:
    """The matter as JSON holds it; days as ISO text. Without id, language and warnings."""

    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "title": matter.title, "type": matter.type, "product_models": matter.product_models,
        "audience": matter.audience, "firmware": matter.firmware,
        "effective_from": day(matter.effective_from),
        "effective_until": day(matter.effective_until), "updated": day(matter.updated),
        "supersedes": matter.supersedes, "translation": matter.translation, "extra": matter.extra,
    }  # fmt: skip


def _choice(
    matter: FrontMatter, key: str, value: str, allowed: tuple[str, ...], otherwise: str
) -> str:
    if not value or value in allowed:
        return value
    taken = f"; taken as {otherwise}" if otherwise else ""
    matter.warnings.append(f"{key}: {value!r} is not one of {', '.join(allowed)}{taken}")
    return otherwise


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _names(value: Any) -> list[str]:
    if value is None:
        return []
    items = value if isinstance(value, list) else re.split(r"[,，;；、]", str(value).strip("[] "))
    names = [str(item).strip().strip("\"'") for item in items if item is not None]
    return list(dict.fromkeys(name for name in names if name and name != "*"))


def _day(matter: FrontMatter, key: str, value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = re.search(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})", str(value))
    try:
        if match is None:
            raise ValueError
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        matter.warnings.append(f"{key}: {value!r} is not a date (YYYY-MM-DD); left out")
        return None


def _plain(value: Any) -> Any:
    """A value that JSON can hold."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
