"""`careloop kb`: the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from careloop.api import capabilities
from careloop.api.bootstrap import Services
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
from careloop.api.documents import SIDECARS, with_sidecars
from careloop.api.errands import ADD_KNOWLEDGE
from careloop.api.intakes import hand_in
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput
from careloop.knowledge import editor_queries, queries
from careloop.knowledge.editor_views import ArticleFilter, ArticleLine, Difference
from careloop.knowledge.ingest.read import SUFFIXES
from careloop.knowledge.intake import queries as intake_queries
from careloop.knowledge.intake.models import IntakeFile
from careloop.knowledge.intake.schemas import IntakePage, IntakeView, TakeIn
from careloop.knowledge.schemas import PickArticle, PickEdition

kb = typer.Typer(help="The knowledge base.", no_args_is_help=True)
SHOWN_LINES = 40


def register(app: typer.Typer) -> None:
    app.add_typer(kb, name="kb")


@kb.command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    accept: Annotated[
        bool, typer.Option("--accept", help="Publish changed files at once, without a draft.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Read files again that have not changed.")
    ] = False,
    model: Annotated[
        list[str] | None,
        typer.Option(help="For files that name no model: the models they are for."),
    ] = None,
    audience: Annotated[
        str, typer.Option(help="For files that name none: public, partner or internal.")
    ] = "",
    type: Annotated[str, typer.Option(help="For files that name none: manual, faq ...")] = "",
    lang: Annotated[str, typer.Option(help="For files that name none: their language.")] = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Add documents, or renew them. The same content again changes nothing; a changed file waits
    with its difference until it is accepted."""
    matter = {"product_models": model, "audience": audience, "type": type, "lang": lang}
    with opened() as services:
        actor = actor_for(services, tenant)
        found, skipped = _collect(paths, services.settings.max_document_mb * 1_000_000)
        if not found:
            show({"files": [], "skipped": skipped}, as_json, lambda: _words(None, [], skipped))
            return
        handed = hand_in(services.blobs, actor.tenant_id, with_sidecars(found))
        command = TakeIn(
            files=handed, accept=accept, again=again,
            matter={key: value for key, value in matter.items() if value},
        )  # fmt: skip
        done = services.runtime.invoke(actor, "knowledge.take_in", command)
        view = IntakeView.model_validate(done)
        page = _run(services, actor, view, as_json)
        differences = _held(services, actor, page)
        body = {
            "intake": page.id, "state": page.state, "skipped": skipped,
            "files": [_as_dict(file, differences.get(file["path"])) for file in _files(page)],
        }  # fmt: skip
        show(body, as_json, lambda: _words(page, list(differences.items()), skipped))
        if page.state == "failed":
            raise InvalidInput(f"The delivery stopped: {page.error}")


@kb.command("list")
def list_articles(
    state: Annotated[str, typer.Option(help="draft, published or retired.")] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what waits.")] = False,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Articles with their versions, and what waits to be accepted."""
    with opened() as services:
        actor = actor_for(services, tenant)
        wanted = ArticleFilter(state=state, waiting=waiting)
        with services.database.read(actor.tenant_id) as session:
            lines, counts = editor_queries.articles(session, actor, wanted)
        body = {
            "items": [line.model_dump(mode="json") for line in lines],
            "counts": counts.model_dump(),
        }

        def words() -> str:
            rows = [
                f"{line.state:10} v{line.version:<3} {line.lang}  {line.key}  {line.title}"
                + (f"  (version {line.draft.number} waits)" if line.draft else "")
                for line in lines
            ]
            return "\n".join([*rows, f"{counts.published} published, {counts.waiting} waiting"])

        show(body, as_json, words)


@kb.command("diff")
def diff(
    key: Annotated[str, typer.Argument(help="Id of the document.")],
    lang: Annotated[str, typer.Option(help="Language, if there are several.")] = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """What the version that waits changes in the one that is published."""
    with opened() as services:
        actor = actor_for(services, tenant)
        document_id, number, published = _waiting_of(services, actor, key, lang)
        with services.database.read(actor.tenant_id) as session:
            found = editor_queries.difference(session, actor, document_id, published, number)
        show(found, as_json, lambda: _diff_words(found, None))


@kb.command("accept")
def accept_waiting(
    keys: Annotated[list[str] | None, typer.Argument(help="Ids of documents.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that waits.")] = False,
    lang: Annotated[str, typer.Option(help="Language, if there are several.")] = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Publish the versions that wait."""
    if bool(keys) == everything:
        raise InvalidInput("Name the documents, or say --all")
    with opened() as services:
        actor = actor_for(services, tenant)
        wanted = [_waiting_of(services, actor, key, lang)[:2] for key in keys or ()]
        if everything:
            with services.database.read(actor.tenant_id) as session:
                lines, _ = editor_queries.articles(session, actor, ArticleFilter(waiting=True))
            wanted = [(line.id, line.draft.number) for line in lines if line.draft]
        for document_id, number in wanted:
            command = PickEdition(id=document_id, number=number)
            services.runtime.invoke(actor, "knowledge.publish", command)
        show({"published": len(wanted)}, as_json, lambda: f"{len(wanted)} published")


@kb.command("retire")
def retire(
    key: Annotated[str, typer.Argument(help="Id of the document.")],
    lang: Annotated[str, typer.Option(help="Only in this language.")] = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Take a document out of use, in one language or in all."""
    with opened() as services:
        actor = actor_for(services, tenant)
        rows = _lines_of(services, actor, key, lang, state="published")
        for row in rows:
            services.runtime.invoke(actor, "knowledge.retire", PickArticle(id=row.id))
        show({"retired": len(rows)}, as_json, lambda: f"{len(rows)} retired")


@kb.command("rebuild")
def rebuild(
    index: Annotated[
        bool, typer.Option("--index", help="Only the search index, of the passages as they are.")
    ] = False,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Compile everything that is published again, from the database alone. Customers are served
    meanwhile."""
    with opened() as services:
        actor = actor_for(services, tenant)
        if index:
            size = services.library.stores.rebuild(actor.tenant_id)
            show({"indexed": size}, as_json, lambda: f"{size} passages indexed again")
            return
        made = services.rebuild(actor)
        with services.database.read(actor.tenant_id) as session:
            count = len(queries.published_ids(session, actor.tenant_id))
        body = {"documents": count, "compiled_again": made}
        show(body, as_json, lambda: f"{count} documents, {made} compiled again")


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
                f"{item.score:8.3f}  [{item.document}"
                + (f", page {item.page}" if item.page else "")
                + f"] {item.section} ({item.lang})\n"
                f"          {' '.join(item.text.split())[:160]}"
                for item in answer.results
            ]
            ask = f"\nDiffers by model: {', '.join(answer.clarify)}" if answer.clarify else ""
            return "\n".join(rows or ["Nothing found."]) + ask

        show(answer, as_json, words)


def _run(services: Services, actor: Actor, view: IntakeView, quiet: bool) -> IntakePage:
    """Read the delivery in this process, with a bar that names each file."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task("Reading", total=view.total)

        def told(file: IntakeFile) -> None:
            bar.update(task, advance=1, description=f"Reading {file.path[-40:]}")

        def handle(tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
            services.intakes.run(tenant_id, payload["intake"], told)
            return {}

        with services.database.read(actor.tenant_id) as session:
            job = services.jobs.waiting(session, actor.tenant_id, ADD_KNOWLEDGE, intake=view.id)
        if job is not None:
            services.jobs.run_here(actor.tenant_id, job, handle)
    with services.database.read(actor.tenant_id) as session:
        return intake_queries.intake_page(session, actor, view.id)


def _collect(paths: list[Path], limit: int) -> tuple[dict[str, bytes], list[str]]:
    """Content by name below the folder given, and what is left out."""
    found: dict[str, bytes] = {}
    skipped: list[str] = []
    for path in paths:
        if not path.exists():
            raise InvalidInput(f"There is no file or folder {path}")
        root = path if path.is_dir() else path.parent
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if not file.is_file() or file.name.startswith((".", "~$")):
                continue
            name = file.relative_to(root).as_posix()
            if file.suffix.lower() not in SUFFIXES | set(SIDECARS):
                skipped.append(f"{name}: files ending in {file.suffix or 'nothing'} are not read")
            elif file.stat().st_size > limit:
                skipped.append(f"{name}: larger than {limit // 1_000_000} MB")
            else:
                found[name] = file.read_bytes()
    if all(name.lower().endswith(SIDECARS) for name in found):
        return {}, skipped
    return found, skipped


def _held(services: Services, actor: Actor, page: IntakePage) -> dict[str, Difference]:
    """What each file that waits would change."""
    differences = {}
    with services.database.read(actor.tenant_id) as session:
        for file in page.files:
            if file.state == "held" and file.article_id:
                row = editor_queries.article(session, actor, file.article_id)
                if row.draft is not None:
                    differences[file.path] = editor_queries.difference(
                        session, actor, row.id, row.version, row.draft.number
                    )
    return differences


def _lines_of(
    services: Services, actor: Actor, key: str, lang: str, **wanted: Any
) -> list[ArticleLine]:
    with services.database.read(actor.tenant_id) as session:
        lines, _ = editor_queries.articles(session, actor, ArticleFilter(lang=lang, **wanted))
    found = [line for line in lines if line.key == key]
    if not found:
        raise InvalidInput(f"There is no such document {key!r}; `careloop kb list` shows them")
    return found


def _waiting_of(services: Services, actor: Actor, key: str, lang: str) -> tuple[str, int, int]:
    """(id, number that waits, number published) of a document."""
    found = _lines_of(services, actor, key, lang, waiting=True)
    if len(found) > 1:
        raise InvalidInput(f"{key} waits in {', '.join(row.lang for row in found)}; say --lang")
    draft = found[0].draft
    if draft is None:
        raise InvalidInput(f"Nothing waits in {key}")
    return found[0].id, draft.number, found[0].version


def _files(page: IntakePage) -> list[dict[str, Any]]:
    return [file.model_dump(mode="json") for file in page.files]


def _as_dict(file: dict[str, Any], difference: Difference | None) -> dict[str, Any]:
    reason = [file["reason"]] if file["reason"] else []
    held = {"added": _count(difference, "add"), "removed": _count(difference, "del")}
    return {
        "path": file["path"], "state": file["state"],
        "documents": int(file["state"] not in ("quarantined", "waiting")),
        "passages": file["passages"], "chunks": file["passages"], "pages": file["pages"],
        "unchanged": file["state"] == "unchanged", "reason": file["reason"],
        "warnings": [*reason, *file["warnings"]],
        **({"lines": held} if difference else {}),
    }  # fmt: skip


def _count(difference: Difference | None, kind: str) -> int:
    return sum(line.kind == kind for line in difference.lines) if difference else 0


def _words(page: IntakePage | None, held: list[tuple[str, Difference]], skipped: list[str]) -> str:
    lines: list[str] = []
    if page is not None:
        counts = page.counts
        passages = sum(file.passages for file in page.files if file.state in ("added", "changed"))
        lines.append(
            f"{counts.added} files added, {counts.changed} renewed, {counts.unchanged} unchanged, "
            f"{counts.held} waiting, {counts.quarantined} not read; {passages} passages"
        )
        for file in page.files:
            notes = [file.reason] if file.reason else []
            lines += [f"  {file.path}: {text}" for text in [*notes, *file.warnings]]
    for path, difference in held:
        lines.append(f"\n{path} differs from what is published (kept until you accept it):")
        lines.append(_diff_words(difference, SHOWN_LINES))
    if held:
        lines.append("Publish with `careloop kb accept ID` or `careloop kb accept --all`.")
    lines += [f"  left out {text}" for text in skipped]
    return "\n".join(lines)


def _diff_words(difference: Difference, limit: int | None) -> str:
    marks = {"add": "+", "del": "-", "same": " ", "skip": "  ..."}
    fields = [f"  {item.name}: {item.before} -> {item.after}" for item in difference.fields]
    lines = [f"  {marks[line.kind]} {line.text}" for line in difference.lines]
    more = [f"  ... {len(lines) - limit} more lines"] if limit and len(lines) > limit else []
    return "\n".join([*fields, *lines[:limit], *more])
