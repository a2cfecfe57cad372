"""`careloop ask`: one bot turn."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from careloop.api import capabilities
from careloop.api.capabilities import AskAnswer, AskLine, ContactRef, HistoryLine
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


def register(app: typer.Typer) -> None:
    app.command("ask")(ask)


def ask(
    text: Annotated[str, typer.Argument(help="The customer's words; - reads standard input.")] = "",
    contact: Annotated[str, typer.Option(help="Phone, e-mail or customer number to play.")] = "",
    history: Annotated[Path | None, typer.Option(help="JSON list of {role, text}.")] = None,
    asset: Annotated[str, typer.Option(help="Serial number this is about.")] = "",
    model: Annotated[str, typer.Option(help="Product model this is about.")] = "",
    channel: Annotated[str, typer.Option(help="Channel to play.")] = "api",
    audience: Annotated[str, typer.Option(help="public, partner or internal.")] = "public",
    now: Annotated[datetime | None, typer.Option(help="Play this time (UTC).")] = None,
    commit: Annotated[bool, typer.Option(help="Keep the conversation and its ticket.")] = False,
    reading_only: Annotated[bool, typer.Option(help="Only read, decide nothing.")] = False,
    brain: Annotated[str, typer.Option(help="Which mind answers: embedded.")] = "embedded",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
    jsonl: InOption = None,
    out: OutOption = None,
) -> None:
    """Ask the service bot one question; nothing is kept without --commit."""
    if brain != "embedded":
        raise InvalidInput(f"There is no mind called {brain!r} here; use --brain embedded")
    with opened() as services:
        actor = actor_for(services, tenant)

        def call(line: AskLine) -> capabilities.AskAnswer | capabilities.ReadingAnswer:
            if reading_only:
                return capabilities.read_only(services, actor, line)
            return capabilities.ask(services, actor, line, commit)

        if jsonl is not None:
            run_batch(jsonl, out, AskLine, call)
            return
        line = AskLine(
            text=sys.stdin.read() if text == "-" else text,
            history=_history(history),
            contact=_contact(contact),
            asset=asset,
            model=model,
            channel=channel,
            audience=audience,
            now=now,
        )
        answer = call(line)
        show(answer, as_json, lambda: _words(answer))


def _words(answer: AskAnswer | capabilities.ReadingAnswer) -> str:
    if isinstance(answer, capabilities.ReadingAnswer):
        return f"{answer.intent} · {answer.urgency} · {answer.handoff_reason}"
    sources = "".join(
        f"\n  [{item.document}] {item.section}" + (f", page {item.page}" if item.page else "")
        for item in answer.citations
    )
    options = f"\n  ({' | '.join(answer.options)})" if answer.options else ""
    return f"[{answer.decision}] {answer.text}{options}{sources}"


def _contact(value: str) -> ContactRef | None:
    if not value:
        return None
    if "@" in value:
        return ContactRef(email=value)
    return ContactRef(phone=value) if value.startswith("+") else ContactRef(customer=value)


def _history(path: Path | None) -> list[HistoryLine]:
    if path is None:
        return []
    try:
        return [HistoryLine.model_validate(item) for item in json.loads(path.read_text())]
    except (OSError, ValueError) as error:
        raise InvalidInput(f"--history {path}: {error}") from None
