"""`careloop kb`: the knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from careloop.api import capabilities
from careloop.api.capabilities import SearchLine
from careloop.api.cli.context import (
    InOption,
    JsonOption,
    OutOption,
    TenantOption,
    actor_for,
    opened,
    run_batch,
    show,
)  # fmt: skip
from careloop.kit.errors import InvalidInput
from careloop.knowledge import service
from careloop.knowledge.service import FileReport, SourceFile

kb = typer.Typer(help="The knowledge base.", no_args_is_help=True)
SUFFIXES = frozenset({".md", ".markdown"})
MAX_BYTES = 20_000_000


def register(app: typer.Typer) -> None:
    app.add_typer(kb, name="kb")


@kb.command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Add or renew documents; the same content again changes nothing."""
    with opened() as services:
        actor = actor_for(services, tenant)
        reports: list[FileReport] = []
        found, skipped = _collect(paths)
        shown = track(found, "Reading", console=Console(stderr=True), disable=as_json)
        sources = [SourceFile(name, path.read_bytes()) for name, path in shown]
        with services.database.write() as session:
            reports = service.add_files(session, actor, sources).files
        body = {"files": [_as_dict(item) for item in reports], "skipped": skipped}
        show(body, as_json, lambda: _words(reports, skipped))


@kb.command("search")
def search(
    text: Annotated[str, typer.Argument(help="What to look for.")] = "",
    model: Annotated[str | None, typer.Option(help="Product model.")] = None,
    audience: Annotated[str | None, typer.Option(help="public, partner or internal.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the query.")] = None,
    k: Annotated[int, typer.Option("-k", help="How many passages.")] = 5,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
    jsonl: InOption = None,
    out: OutOption = None,
) -> None:
    """Ranked passages for a query."""
    with opened() as services:
        actor = actor_for(services, tenant)
        if jsonl is not None:
            run_batch(
                jsonl, out, SearchLine, lambda line: capabilities.search(services, actor, line)
            )
            return
        line = SearchLine(query=text, model=model, audience=audience, lang=lang, k=k)
        answer = capabilities.search(services, actor, line)

        def words() -> str:
            rows = [
                f"{item.score:8.3f}  [{item.document}] {item.section} ({item.lang})\n"
                f"          {' '.join(item.text.split())[:160]}"
                for item in answer.results
            ]
            ask = f"\nDiffers by model: {', '.join(answer.clarify)}" if answer.clarify else ""
            return "\n".join(rows or ["Nothing found."]) + ask

        show(answer, as_json, words)


def _collect(paths: list[Path]) -> tuple[list[tuple[str, Path]], list[str]]:
    """(name below the folder given, path) of each file to read, and what is left out."""
    found: list[tuple[str, Path]] = []
    skipped: list[str] = []
    for path in paths:
        if not path.exists():
            raise InvalidInput(f"There is no file or folder {path}")
        root = path if path.is_dir() else path.parent
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if not file.is_file() or file.name.startswith("."):
                continue
            name = file.relative_to(root).as_posix()
            if file.suffix.lower() not in SUFFIXES:
                skipped.append(f"{name}: only Markdown is read so far")
            elif file.stat().st_size > MAX_BYTES:
                skipped.append(f"{name}: larger than {MAX_BYTES // 1_000_000} MB")
            else:
                found.append((name, file))
    return found, skipped


def _as_dict(item: FileReport) -> dict[str, Any]:
    return {
        "path": item.path, "documents": item.documents, "passages": item.passages,
        "warnings": list(item.warnings), "unchanged": item.unchanged,
    }  # fmt: skip


def _words(reports: list[FileReport], skipped: list[str]) -> str:
    changed = [item for item in reports if not item.unchanged]
    lines = [
        f"{len(changed)} files added, {len(reports) - len(changed)} unchanged, "
        f"{sum(item.passages for item in changed)} passages"
    ]
    lines += [f"  {item.path}: {text}" for item in reports for text in item.warnings]
    return "\n".join([*lines, *(f"  left out {text}" for text in skipped)])
