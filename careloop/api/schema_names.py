"""Short names for the models of the OpenAPI document that share theirs with another model.

FastAPI names such models by their whole module. A client generated from that would carry our
folders in its types, so each is named by its domain instead: `DispatchJobView`, `SopRunView`.
"""

from __future__ import annotations

import re
from typing import Any

_LONG = re.compile(
    r"^careloop__(?P<path>\w+?)__(?P<name>[A-Z][A-Za-z0-9]*)(?P<side>-Input|-Output)?$"
)
_PAGE = re.compile(r"^careloop__\w+__(?P<outer>[A-Z][A-Za-z]*)_(?P<inner>[A-Z]\w*?)_{2,3}\d+$")
_ROOF = "#/components/schemas/"


def shorten(document: dict[str, Any]) -> None:
    """Rename in place, with every reference; a name that would be taken stays long."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    names = {old: new for old in schemas if (new := _short(old))}
    for old, schema in schemas.items():
        if found := _PAGE.match(old):
            inner = _item(schema)
            names[old] = f"{found['outer']}_{names.get(inner, inner)}_"
    taken = [new for old, new in names.items() if new in schemas]
    names = {
        old: new
        for old, new in names.items()
        if new not in taken and list(names.values()).count(new) == 1
    }
    document["components"]["schemas"] = {
        names.get(name, name): schema for name, schema in schemas.items()
    }
    _follow(document, names)


def _short(name: str) -> str:
    found = _LONG.match(name)
    if not found:
        return ""
    parts = [part for part in found["path"].split("__") if part not in {"crm_core", "routes"}]
    domain = parts[1] if parts[0] in {"api", "kit", "knowledge"} and len(parts) > 1 else parts[0]
    title = "".join(word.capitalize() for word in domain.split("_"))
    return f"{title}{found['name']}{found['side'] or ''}"


def _item(page: dict[str, Any]) -> str:
    items: str = page["properties"]["items"]["items"]["$ref"]
    return items.removeprefix(_ROOF)


def _follow(node: Any, names: dict[str, str]) -> None:
    """Rename references: under `$ref`, and in the mapping of a discriminator."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, str) and value.startswith(_ROOF):
            name = value.removeprefix(_ROOF)
            node[key] = _ROOF + names.get(name, name)
        elif isinstance(value, dict | list):
            _follow(value, names)
