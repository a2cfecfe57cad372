"""`careloop evals`: suites of cases on the agents."""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from careloop.api import schema
from careloop.api.bootstrap import build
from careloop.api.cli.context import JsonOption
from careloop.crm_core.accounts import service as accounts
from careloop.demo.load import load_demo
from careloop.evals import report
from careloop.evals.baseline import Change, compare, read_baseline
from careloop.evals.registry import DEMO, DEMO_ZH, SECOND, SUITES, suites_named
from careloop.evals.runner import SuiteRun, run
from careloop.evals.subject import (
    Bench,
    Maker,
    MovableClock,
    Subject,
    from_folder,
    in_one_language,
)
from careloop.evals.suite import AnySuite
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import InvalidInput, Misconfigured
from careloop.kit.settings import load_settings
from careloop.kit.telemetry import configure_logging

evals = typer.Typer(help="Evaluation suites.", no_args_is_help=True)
SHOWN = 10
TENANT = "default"


def register(app: typer.Typer) -> None:
    app.add_typer(evals, name="evals")


@evals.command("list")
def list_suites(as_json: JsonOption = False) -> None:
    """The suites there are."""
    if as_json:
        rows = [{"suite": item.name, "description": item.description} for item in SUITES.values()]
        print(json.dumps(rows, ensure_ascii=False))
        return
    for suite in SUITES.values():
        print(f"{suite.name:<26} {suite.description}")


@evals.command("run")
def run_suites(
    suite: Annotated[str, typer.Argument(help="Name of a suite, or all.")],
    brain: Annotated[str, typer.Option(help="Which mind answers: embedded.")] = "embedded",
    baseline: Annotated[Path | None, typer.Option(help="JSON report to compare with.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of a second maker.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Only the cases marked fast.")] = False,
    epochs: Annotated[int, typer.Option(min=1, max=100, help="Tries of each case.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Write the report: .json or .md.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Run suites on scratch installations; exit code 1 when a gate fails.

    Nothing in the data folder is read or changed. Suites of a second maker need its folder
    (`--data`) and are left out of `all` without it.
    """
    if brain != "embedded":
        raise InvalidInput(f"There is no mind called {brain!r} here; use --brain embedded")
    earlier = read_baseline(baseline) if baseline else None
    chosen = _chosen(suite, data)
    console = Console(stderr=True)
    configure_logging("error", load_settings().log_format)
    with (
        tempfile.TemporaryDirectory(prefix="careloop-evals-") as scratch,
        Progress(console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        bench = Bench(Path(scratch), _open, _makers(data), based_on={DEMO_ZH: DEMO})
        runs = [
            run(
                item, bench, data, fast=fast, epochs=epochs, brain=brain,
                progress=_shown(progress, item.name),
            )
            for item in chosen
        ]  # fmt: skip
    changes = compare(earlier, runs) if earlier is not None else []
    _tell(runs, changes, as_json, out)
    if not all(item.holds for item in runs):
        raise typer.Exit(1)


def _chosen(name: str, data: Path | None) -> list[AnySuite]:
    """The suites to run; one that needs a folder is an error by name and left out of `all`."""
    chosen = suites_named(name)
    if data is not None:
        return chosen
    if name != "all" and chosen[0].from_folder:
        raise InvalidInput(f"{name} examines another maker: give its folder with --data")
    left_out = [item.name for item in chosen if item.from_folder]
    if left_out:
        print(f"Left out, as --data is not given: {', '.join(left_out)}", file=sys.stderr)
    return [item for item in chosen if not item.from_folder]


def _open(home: Path, clock: MovableClock) -> Subject:
    """Services over a scratch folder, whatever the installation's own settings say."""
    services = build(load_settings(home=home, database_url="", default_tenant=TENANT), clock)
    schema.upgrade(services.database)
    with services.database.write(EVERY_TENANT) as session:
        tenant_id = accounts.ensure_tenant(session, TENANT, "Examined maker").tenant_id

    def restarted() -> Subject:
        services.close()
        return _open(home, clock)

    return Subject(
        database=services.database,
        tenant_id=tenant_id,
        library=services.library,
        planner=services.planner_of(tenant_id),
        read=lambda text, history=(): services.read(tenant_id, text, history),
        desk=services.turns,
        clock=clock,
        close=services.close,
        restarted=restarted,
    )


def _makers(data: Path | None) -> dict[str, Maker]:
    def demo(subject: Subject) -> None:
        load_demo(subject.database, TENANT, lambda text: None)

    def demo_zh(subject: Subject) -> None:
        in_one_language(subject, "zh")

    makers: dict[str, Maker] = {DEMO: demo, DEMO_ZH: demo_zh}
    if data is not None:
        if not data.is_dir():
            raise InvalidInput(f"--data: there is no folder {data}")
        makers[SECOND] = from_folder(data)
    return makers


def _shown(progress: Progress, name: str) -> Callable[[int, int], None]:
    bar = progress.add_task(name, total=None)

    def update(done: int, total: int) -> None:
        progress.update(bar, completed=done, total=total, visible=done < total)

    return update


def _tell(
    runs: Sequence[SuiteRun], changes: Sequence[Change], as_json: bool, out: Path | None
) -> None:
    """The report on screen, and in the file."""
    body = report.as_json(runs)
    if changes:
        body["changes"] = [change.as_dict for change in changes]
    if out is not None:
        command = shlex.join(["careloop", *sys.argv[1:]])
        text = (
            report.as_markdown(runs, command, changes)
            if out.suffix == ".md"
            else json.dumps(body, ensure_ascii=False, indent=1) + "\n"
        )
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise Misconfigured(f"Cannot write {out}: {error.strerror}") from None
    if as_json:
        print(json.dumps(body, ensure_ascii=False))
        return
    console = Console()
    for item in runs:
        _print(console, item)
    for change in changes:
        console.print(change.words, markup=False, soft_wrap=True)


def _print(console: Console, item: SuiteRun) -> None:
    table = Table("measure", "value", "bar", "goal", "", title_justify="left")
    table.title = (
        f"{item.suite.name}: {item.passed} of {len(item.results)} cases pass, "
        f"p50 {item.milliseconds(0.5)} ms, p99 {item.milliseconds(0.99)} ms"
    )
    for figure in item.figures:
        if figure.value is not None:
            table.add_row(*report.figure_row(figure))
    console.print(table)
    for result in item.worst()[:SHOWN]:
        danger = f" [{'; '.join(result.dangers)}]" if result.dangers else ""
        words = f"  {result.id}{danger} {result.asked[:80]!r}: {'; '.join(result.failures)}"
        console.print(words, markup=False, highlight=False, soft_wrap=True)
