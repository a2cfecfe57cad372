"""`careloop kb gaps` and `careloop kb translate`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from careloop.api.cli.context import JsonOption, TenantOption, actor_for, opened, show
from careloop.api.cli.library import kb
from careloop.api.translations import NoTranslator, read_languages
from careloop.kit.errors import InvalidInput
from careloop.knowledge.learning import queries
from careloop.knowledge.queries import documents_by_key
from careloop.knowledge.standing import original_of


def register(_: typer.Typer) -> None:
    """The commands stand below `careloop kb`."""
    kb.command("gaps")(gaps)
    kb.command("translate")(translate)


def gaps(
    state: Annotated[str, typer.Option(help="open, dismissed, answered or all.")] = "open",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Questions of customers that found no answer, those asked most often first."""
    with opened() as services:
        actor = actor_for(services, tenant)
        services.lessons.settle(actor.tenant_id)
        with services.database.read(actor.tenant_id) as session:
            rows = queries.gaps(session, actor, "" if state == "all" else state)
        body = {"items": [row.model_dump(mode="json") for row in rows]}

        def words() -> str:
            lines = [
                f"{row.count:4} x  {row.last_at:%Y-%m-%d}  {','.join(row.languages):8} "
                f"{' '.join(row.question.split())[:100]}"
                + (f"  [{', '.join(row.models)}]" if row.models else "")
                for row in rows
            ]
            return "\n".join([*lines, f"{len(rows)} {state}"])

        show(body, as_json, words)


def translate(
    key: Annotated[str, typer.Argument(help="Id of the document.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="All that is missing or behind.")
    ] = False,
    to: Annotated[str, typer.Option("--to", help="Languages, such as en,es.")] = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Translate articles by the language model, as drafts for editors."""
    if bool(key) == everything:
        raise InvalidInput("Name a document, or say --all")
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            targets = read_languages(to) or services.translations.targets(session, actor.tenant_id)
            found = documents_by_key(session, actor.tenant_id, key) if key else []
        if not targets:
            raise InvalidInput("Say --to, or set CARELOOP_TRANSLATE_TO")
        if services.translations.name(actor.tenant_id) == "none":
            raise NoTranslator("No translator is configured; set CARELOOP_LLM_BASE_URL and _MODEL")
        if everything:
            result = services.translations.run(actor.tenant_id, targets, _told)
        else:
            original = original_of(found)
            if original is None:
                raise InvalidInput(f"There is no such document {key!r}")
            langs = [lang for lang in targets if lang != original.lang]
            for lang in langs:
                services.translations.make(actor, original.id, lang, patient=True)
            result = {"made": len(langs), "failed": {}}
        left = len(result["failed"])
        show(result, as_json, lambda: f"{result['made']} drafts made, {left} articles left out")


def _told(document_id: str, lang: str, problem: str) -> None:
    print(f"{document_id} {lang} {problem or 'translated'}", file=sys.stderr)
