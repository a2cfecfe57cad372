"""Documents that are made from the code: `python -m careloop.api.docs [--check]`.

Writes into `docs/generated` the settings, the dictionary of the import, the tools, the routes
(a table, and OpenAPI) and the entities. `--check` writes nothing and exits with 1 when a
file differs from what the code says.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from careloop.api.reference import entities_page, routes_page
from careloop.crm_core.intake.dictionary import dictionary_markdown
from careloop.kit.settings import Settings
from careloop.tools.catalog import CATALOG

FOLDER = Path(__file__).parents[2] / "docs" / "generated"


def documents() -> dict[str, str]:
    """File name to text of every generated document."""
    api = openapi()
    return {
        "settings.md": settings_page(),
        "import.md": dictionary_markdown(),
        "tools.md": tools_page(),
        "routes.md": routes_page(api),
        "entities.md": entities_page(),
        "openapi.json": json.dumps(api, ensure_ascii=False, indent=2) + "\n",
    }


def tools_page() -> str:
    """Every tool with its effect, scope and arguments."""
    made = "Made by `python -m careloop.api.docs` from `careloop/tools`; do not edit."
    lines = ["# Tools", "", made]
    for spec in CATALOG.values():
        lines += ["", f"## {spec.name}", "", spec.summary, ""]
        lines += [f"Effect {spec.effect}, scope `{spec.scope}`, confirmation {spec.confirm}.", ""]
        lines += [
            f"- `{name}`{'' if field.is_required() else ' (optional)'}: {field.description or ''}"
            for name, field in spec.arguments.model_fields.items()
        ]
    return "\n".join([*lines, ""])


def settings_page() -> str:
    """A table of all settings: variable, default, values, meaning."""
    rows = [
        f"| `CARELOOP_{name.upper()}` | {_default(field)} | {_values(field)} | "
        f"{_cell(field.description or '')} |"
        for name, field in Settings.model_fields.items()
    ]
    head = (
        "# Settings",
        "",
        "Made by `python -m careloop.api.docs` from `careloop/kit/settings.py`; do not edit.",
        "",
        "Careloop reads its settings from environment variables only.",
        "",
        "| Variable | Default | Values | Meaning |",
        "|---|---|---|---|",
    )
    return "\n".join((*head, *rows, ""))


def openapi() -> dict[str, Any]:
    """The HTTP API as OpenAPI, keys in the order of the routes."""
    from careloop.api.app import create_app
    from careloop.api.bootstrap import build

    with tempfile.TemporaryDirectory() as folder:
        services = build(Settings(**_defaults(folder)))
        try:
            return create_app(services).openapi()
        finally:
            services.close()


def _defaults(folder: str) -> Mapping[str, Any]:
    """Default settings, whatever the environment says, in a folder of no consequence."""
    values = {name: field.default for name, field in Settings.model_fields.items()}
    return {**values, "home": Path(folder)}


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "empty" if str(value) == "" else f"`{value}`"


def _values(field: FieldInfo) -> str:
    kind: Any = field.annotation
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    if get_origin(kind) in {Union, types.UnionType}:
        kind = get_args(kind)[0]
    if kind is bool:
        return "`true`, `false`"
    low = next((item.ge for item in field.metadata if isinstance(item, Ge)), None)
    high = next((item.le for item in field.metadata if isinstance(item, Le)), None)
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None:
        return f"{low} or more"
    return {Path: "folder", str: "text", int: "whole number"}.get(kind, "text")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def stale(folder: Path) -> dict[str, str]:
    """The documents whose file in `folder` differs from what the code says."""
    return {
        name: text
        for name, text in documents().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    }


def write(folder: Path) -> list[str]:
    """Write the documents that differ; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = stale(folder)
    for name, text in changed.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(changed)


def main(arguments: list[str] | None = None, folder: Path = FOLDER) -> int:
    parser = argparse.ArgumentParser(description="Write the documents made from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on drift")
    if parser.parse_args(arguments).check:
        drifted = stale(folder)
        for name in drifted:
            sys.stderr.write(f"{folder / name} is out of date; run `make docs`\n")
        return 1 if drifted else 0
    for name in write(folder):
        sys.stdout.write(f"{folder / name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
