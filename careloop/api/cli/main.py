"""The `careloop` command: every capability from the shell."""

from __future__ import annotations

import sys

import typer

from careloop.api.cli import (
    ask,
    books,
    dispatch,
    exchange,
    install,
    learning,
    library,
    outbound,
    serve,
    stock,
    suites,
    terms,
)  # fmt: skip
from careloop.kit.errors import CareloopError

app = typer.Typer(
    name="careloop",
    help="After-sales service for equipment makers: bot, desk, field, on one core.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (
    install, serve, books, exchange, stock, library, learning, terms, ask, dispatch, suites,
    outbound,
):  # fmt: skip
    module.register(app)


def run() -> None:
    """Entry point; an expected failure is one line that says what to do."""
    try:
        app()
    except CareloopError as error:
        print(f"careloop: {error.message}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)  # the reader of our output has gone, e.g. `| head`


if __name__ == "__main__":
    run()
