"""`careloop terms`: the termbase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from careloop.api.cli.context import JsonOption, TenantOption, actor_for, opened, show
from careloop.api.term_files import MAX_BYTES, imported, read_file
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import InvalidInput, Misconfigured, TooLarge
from careloop.knowledge.language import check_terms
from careloop.knowledge.language.term_exchange import write_terms
from careloop.knowledge.terms import browse, queries
from careloop.knowledge.terms.schemas import ProposalView, ProposeReport, ProposeTerms

terms = typer.Typer(help="The termbase: shipped concepts and your own.", no_args_is_help=True)
ManualOption = Annotated[
    Path | None, typer.Option(help="CSV of a manual's terms, one column a language.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(terms, name="terms")


@terms.command("check")
def check(manual: ManualOption = None, as_json: JsonOption = False) -> None:
    """Check the shipped termbase; exit code 1 on errors. Needs no installation."""
    text = _read(manual).decode("utf-8-sig", errors="replace") if manual else None
    report = check_terms.check(text)
    show(report, as_json, lambda: check_terms.words(report))
    raise typer.Exit(int(bool(report.errors)))


@terms.command("list")
def list_terms(
    q: Annotated[str, typer.Argument(help="Part of a key or a name.")] = "",
    kind: Annotated[str, typer.Option(help="component, symptom, ...")] = "",
    lang: Annotated[str, typer.Option(help="Only names of this language.")] = "",
    own: Annotated[bool, typer.Option("--own", help="Only own entries.")] = False,
    unreviewed: Annotated[bool, typer.Option("--unreviewed", help="Not checked yet.")] = False,
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=10_000)] = 50,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Concepts with their preferred names."""
    wanted = browse.TermFilter(q, kind, "", lang, True if own else None, unreviewed)
    with opened() as services, services.database.read(EVERY_TENANT) as session:
        found = browse.terms(session, actor_for(services, tenant), wanted, limit=limit)
    body = {
        "items": [item.model_dump() for item in found.items], "total": found.total,
        "next_cursor": found.next_cursor,
    }  # fmt: skip

    def words() -> str:
        rows = [
            f"{item.key:32} {item.kind:10} {'own ' if item.own else '    '}"
            + " · ".join(names[0] for code, names in item.names.items() if lang in ("", code))[:100]
            for item in found.items
        ]
        return "\n".join([*rows, f"{len(found.items)} of {found.total}"])

    show(body, as_json, words)


@terms.command("export")
def export(
    out: Annotated[Path, typer.Argument(help="File to write, .csv or .tbx.")],
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Write all concepts, own ones included, to a file."""
    form = _format_of(out)
    with opened() as services, services.database.read(EVERY_TENANT) as session:
        tenant_id = actor_for(services, tenant).tenant_id
        concepts = browse.exported(queries.termbase_of(session, tenant_id))
    try:
        out.write_bytes(write_terms(concepts, form))
    except OSError as error:
        raise Misconfigured(f"Cannot write {out}: {error.strerror}") from None
    body = {"file": str(out), "terms": len(concepts)}
    show(body, as_json, lambda: f"{len(concepts)} terms written to {out}")


@terms.command("import")
def import_terms(
    file: Annotated[Path, typer.Argument(help="CSV or TBX file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be.")] = False,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Take the terms of a file in as your own; exit code 1 when some did not fit."""
    reading = read_file(_read(file))
    with opened() as services:
        report = imported(services, actor_for(services, tenant), reading, dry_run)

    def words() -> str:
        lines = [f"row {p.row}, {p.column or '-'}: {p.reason}" for p in report.errors]
        told = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged"
        return "\n".join([*lines, told + (" (nothing stored)" if dry_run else "")])

    show(report, as_json, words)
    raise typer.Exit(int(bool(report.errors)))


@terms.command("propose")
def propose(
    lang: Annotated[str, typer.Option(help="Only documents in this language.")] = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Read the published documents for expressions that no concept names."""
    with opened() as services:
        actor = actor_for(services, tenant)
        result = services.runtime.invoke(actor, "terms.propose", ProposeTerms(lang=lang))
        report = ProposeReport.model_validate(result)
        with services.database.read(actor.tenant_id) as session:
            rows = [ProposalView.model_validate(row, from_attributes=True)
                    for row in queries.proposals(session, actor)]  # fmt: skip
    body = {**report.model_dump(), "items": [row.model_dump() for row in rows]}

    def words() -> str:
        lines = [f"{row.lang}  {row.count:4}  {row.kind:10} {row.text}" for row in rows]
        return "\n".join([*lines, f"{report.open} open, {report.new} new, {report.gone} gone"])

    show(body, as_json, words)


def _format_of(path: Path) -> Literal["csv", "tbx"]:
    match path.suffix.lower():
        case ".csv":
            return "csv"
        case ".tbx" | ".xml":
            return "tbx"
    raise InvalidInput("Name a file that ends in .csv or .tbx")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TooLarge(f"A file of terms has at most {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"Cannot read {path}: {error.strerror}") from None
