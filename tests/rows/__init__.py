"""One row of every kind for a maker, domain by domain: what the cross-tenant tests stand on.

A module here has `fill(session, actor, ids)`. It makes a row of each kind of its domain and
returns a value for every path parameter of its routes and every argument of its queries.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from types import ModuleType
from typing import Any

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor

ORDER = ("stock", "promises", "devices", "tickets", "people", "exchange")
"""Lower domains first; modules that are not named follow."""


def fill_all(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """Fill every domain; what one returns is there for the next."""
    known = dict(ids)
    for module in _modules():
        known |= module.fill(session, actor, known)
        session.flush()
    return known


def bodies() -> dict[tuple[str, str], dict[str, Any]]:
    """Bodies that domains give for routes where a generated one would not do."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for module in _modules():
        found |= getattr(module, "BODIES", {})
    return found


def body_of(openapi: dict[str, Any], operation: dict[str, Any], values: dict[str, Any]) -> Any:
    """A small body that fits the operation's schema; fields named like a value get that value."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return _sample(openapi, schema, values, "") if schema else {}


def _modules() -> list[ModuleType]:
    found = [module.name for module in pkgutil.iter_modules(__path__)]
    rank = {name: at for at, name in enumerate(ORDER)}
    names = sorted(found, key=lambda name: (rank.get(name, len(ORDER)), name))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]


def _sample(openapi: dict[str, Any], schema: Any, values: dict[str, Any], name: str) -> Any:
    if "$ref" in schema:
        target = openapi["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return _sample(openapi, target, values, name)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _sample(openapi, schema[several][0], values, name)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "default" in schema and schema["default"] is not None:
        return schema["default"]
    kind = schema.get("type")
    if kind == "object":
        required = schema.get("required", [])
        return {
            field: _sample(openapi, schema["properties"][field], values, field)
            for field in required
        }
    if kind == "array":
        wanted = max(schema.get("minItems", 0), 1)
        return [_sample(openapi, schema.get("items", {}), values, name)] * wanted
    if kind in {"integer", "number"}:
        return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
    if kind == "boolean":
        return False
    return _text(schema, values, name)


def _text(schema: dict[str, Any], values: dict[str, Any], name: str) -> str:
    known = values.get(name)
    if isinstance(known, str):
        return known
    form = schema.get("format")
    if form in {"date", "date-time"}:
        return "2026-11-22" if form == "date" else "2026-11-22T08:00:00Z"
    pattern = schema.get("pattern", "")
    tries = ("12.50", "EUR", "en", "x" * max(schema.get("minLength", 1), 3))
    return next((text for text in tries if not pattern or re.search(pattern, text)), "x")
