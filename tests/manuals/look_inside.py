# ruff: noqa: E501
"""Run inside an installation: writes the pictures shown with the answers, and what the documents
became, into a folder.

They are those of the passages found and, where the first has none, those of its section, as the
bot shows them. Reads a JSON list of (id, text, language, reach) and prints id to (caption, page, file name).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from careloop.api.bootstrap import Services
from careloop.api.cli.context import actor_for, opened
from careloop.kit.actor import Actor
from careloop.knowledge import editor_queries
from careloop.knowledge.editor_views import ArticleFilter
from careloop.knowledge.library import SearchQuery
from careloop.knowledge.views import ShownFigure


def main(folder: Path) -> None:
    told: dict[str, list[tuple[str, int | None, str]]] = {}
    with opened() as services:
        actor = actor_for(services, "")
        for number, text, lang, reach in json.load(sys.stdin):
            result = services.library.search(actor, SearchQuery(text=text, k=reach))
            passages = [services.library.shown(actor, hit, lang) for hit in result.hits]
            figures = [figure for item in passages for figure in item.figures]
            if passages and not passages[0].figures:
                beside = services.library.section_of(actor, passages[0])
                figures += [figure for item in beside for figure in item.figures]
            told[number] = [
                (item.caption, item.page, _kept(services, actor, item, folder / f"{number}-{n}"))
                for n, item in enumerate(dict.fromkeys(figures))
            ]
        with services.database.read() as session:
            lines, _ = editor_queries.articles(session, actor, ArticleFilter())
        for line in lines:
            document = services.library.document(actor, line.key, line.lang)
            (folder / f"{Path(line.key).name}.md").write_text(document.body, "utf-8")
    sys.stdout.write(json.dumps(told))


def _kept(services: Services, actor: Actor, figure: ShownFigure, target: Path) -> str:
    with services.database.read() as session:
        stored = editor_queries.figure(session, figure.document_id, figure.name)
    target.write_bytes(services.blobs.get(actor.tenant_id, stored.sha256))
    return target.name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
