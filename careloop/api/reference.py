"""Reference pages made from the code: every route, every entity of the books."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table

from careloop.kit.db import Base, Entity, TenantRow
from careloop.migrations import models

_METHODS = ("get", "post", "put", "patch", "delete")
_KEPT_BY_ALL = frozenset({"tenant_id", "id", "version", "created_at", "updated_at"})


def routes_page(api: dict[str, Any]) -> str:
    """Every route by its tag: what it does, what it takes, what it answers, its key."""
    tagged: dict[str, list[str]] = defaultdict(list)
    for path, operations in api["paths"].items():
        for method in _METHODS:
            if method in operations:
                operation = operations[method]
                tag = (operation.get("tags") or ["pages"])[0]
                tagged[tag].append(_route(method, path, operation))
    lines = [
        "# Routes",
        "",
        "Made by `python -m careloop.api.docs` from the routes; do not edit. Fields, examples and "
        "failures: `/docs` of a running installation, or [openapi.json](openapi.json).",
        "",
        "*Key* tells whether `Idempotency-Key` is required or optional. Lists answer "
        '`{"items": [...], "next_cursor": ...}`; failures are `application/problem+json`.',
    ]
    for tag in sorted(tagged):
        lines += ["", f"## {tag}", "", "| Route | What it does | Takes | Answers | Key |"]
        lines += ["|---|---|---|---|---|", *tagged[tag]]
    return "\n".join([*lines, ""])


def entities_page() -> str:
    """Every table of the books: what a row is, its columns, what it refers to."""
    lines = [
        "# Entities",
        "",
        "Made by `python -m careloop.api.docs` from the tables; do not edit. Every row belongs to "
        "a tenant (`tenant_id`, first in its key); entities have an `id` that ascends with time, "
        "a `version` that rises with every change, `created_at` and `updated_at`. Times are UTC.",
    ]
    by_module: dict[str, list[type[Base]]] = defaultdict(list)
    for module in models.MODULES:
        for _, kind in inspect.getmembers(module, inspect.isclass):
            own = kind.__module__ == module.__name__ and "__tablename__" in vars(kind)
            if own and issubclass(kind, TenantRow):
                by_module[_domain(module.__name__)].append(kind)
    for domain in sorted(by_module):
        lines += ["", f"## {domain}"]
        for kind in by_module[domain]:
            lines += _entity(kind)
    return "\n".join([*lines, ""])


def _route(method: str, path: str, operation: dict[str, Any]) -> str:
    what = (operation.get("description") or operation.get("summary") or "").split("\n\n")[0]
    key = "-"
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "Idempotency-Key":
            key = "required" if parameter.get("required") else "optional"
    content = operation.get("requestBody", {}).get("content", {})
    taken = next((_schema(item) for item in content.values()), "-")
    answer = next(
        (
            _schema(next(iter(found["content"].values())))
            for status, found in operation["responses"].items()
            if status.startswith("2") and found.get("content")
        ),
        "-",
    )
    return f"| `{method.upper()} {path}` | {_cell(what)} | {taken} | {answer} | {key} |"


def _schema(content: dict[str, Any]) -> str:
    schema = content.get("schema", {})
    if schema.get("type") == "array":
        schema = schema.get("items", {})
    return f"`{schema['$ref'].rsplit('/', 1)[1]}`" if "$ref" in schema else "-"


def _entity(kind: type[Base]) -> Iterator[str]:
    table = kind.__table__
    assert isinstance(table, Table)
    yield from ("", f"### {table.name}", "", " ".join((inspect.getdoc(kind) or "").split()), "")
    yield from ("| Column | Type | Refers to |", "|---|---|---|")
    refers = {
        element.parent.name: element.column.table.name
        for constraint in table.foreign_key_constraints
        for element in constraint.elements
        if element.parent.name != "tenant_id"
    }
    for column in table.columns:
        if not (issubclass(kind, Entity) and column.name in _KEPT_BY_ALL):
            yield f"| `{column.name}` | {_type(column)} | {refers.get(column.name, '')} |"


def _type(column: Column[Any]) -> str:
    name = str(column.type.compile()).lower() if column.type else ""
    return name if not column.nullable else f"{name}, may be empty"


def _domain(module: str) -> str:
    parts = module.removeprefix("careloop.").split(".")
    return parts[1] if parts[0] == "crm_core" else parts[0]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
