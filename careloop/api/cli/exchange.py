"""`careloop export`: lists of the books as files; `careloop reindex`: the words of tickets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from careloop.api import exporting
from careloop.api.cli.context import JsonOption, TenantOption, actor_for, opened, show
from careloop.crm_core.export.directory import EXPORTS
from careloop.crm_core.export.schemas import Format, Headers
from careloop.crm_core.tickets import search, search_queries
from careloop.kit.errors import InvalidInput, Misconfigured

KINDS = ", ".join(EXPORTS)


def register(app: typer.Typer) -> None:
    app.command("export")(export)
    app.command("reindex")(reindex)


def export(
    kind: Annotated[str, typer.Argument(help=f"Which list: {KINDS}.")],
    format: Annotated[Format, typer.Option(help="csv or xlsx.")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(help="File to write; else the screen.")] = None,
    where: Annotated[
        list[str] | None, typer.Option("--filter", help="NAME=VALUE; may be repeated.")
    ] = None,
    headers: Annotated[Headers, typer.Option(help="Names in the first row.")] = Headers.EN,
    bom: Annotated[bool, typer.Option(help="Begin CSV with a mark, which Excel needs.")] = True,
    time_zone: Annotated[str, typer.Option(help="IANA zone that times are shown in.")] = "UTC",
    tenant: TenantOption = "",
) -> None:
    """Write a list as CSV or XLSX; the audit notes how many rows, with which filter."""
    given: dict[str, list[str]] = {}
    for line in where or ():
        name, mark, value = line.partition("=")
        if not mark:
            raise InvalidInput(f"--filter {line}: write it as NAME=VALUE, e.g. state=new")
        given.setdefault(name, []).append(value)
    if out is None and format is Format.XLSX:
        raise InvalidInput("A workbook needs a file: --out FILE.xlsx")
    with opened() as services:
        actor = actor_for(services, tenant)
        shape = exporting.Shape(format, headers, bom, time_zone)
        sent = exporting.export(services, actor, kind, shape, given)
        try:
            if out is None:
                for piece in sent.body:
                    sys.stdout.buffer.write(piece)
                return
            with out.open("wb") as file:
                file.writelines(sent.body)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Misconfigured(f"Cannot write {out}: {error.strerror}") from None
        print(f"{sent.rows} rows of {kind} in {out}")


def reindex(tenant: TenantOption = "", as_json: JsonOption = False) -> None:
    """File every ticket anew under its words, as after rows were written by hand."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.write(actor.tenant_id) as session:
            pieces = search_queries.indexed_pieces(session, actor.tenant_id)
            done = search.rebuild(session, actor.tenant_id, pieces)
        show({"tickets": done}, as_json, lambda: f"{done} tickets filed under their words.")
