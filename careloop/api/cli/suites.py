"""`careloop evals`: suites of cases on the agents."""

from __future__ import annotations

import typer

evals = typer.Typer(help="Evaluation suites.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(evals, name="evals")
