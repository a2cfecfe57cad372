from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from careloop.api.cli.main import app
from careloop.evals.registry import SUITES
from careloop.kit.errors import InvalidInput

cli = CliRunner()


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """The command logs to the runner's stream, which is closed afterwards."""
    yield
    structlog.reset_defaults()


def test_list_names_every_suite() -> None:
    shown = json.loads(cli.invoke(app, ["evals", "list", "--json"]).stdout)
    assert [row["suite"] for row in shown] == list(SUITES)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "There is no suite 'nonsense'"),
        (["second_maker_answers"], "--data"),
        (["handoff", "--brain", "llm"], "There is no mind called 'llm'"),
        (["handoff", "--baseline", "/nowhere.json"], "--baseline"),
        (["second_maker_answers", "--data", "/nowhere"], "no folder /nowhere"),
    ],
)
def test_a_wrong_call_says_what_to_do(arguments: list[str], message: str) -> None:
    result = cli.invoke(app, ["evals", "run", *arguments])
    assert isinstance(result.exception, InvalidInput)
    assert message in result.exception.message


@pytest.mark.slow
def test_a_run_reports_and_its_exit_code_is_its_gate(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    result = cli.invoke(app, ["evals", "run", "identifiers", "--fast", "--out", str(out)])
    body = json.loads(out.read_text(encoding="utf-8"))
    suite = body["suites"]["identifiers"]
    assert result.exit_code == (0 if body["gate"] else 1)
    assert suite["fast"] and suite["cases"] == len(suite["results"])
    assert "identifiers F1" in result.stdout
    again = cli.invoke(
        app, ["evals", "run", "identifiers", "--fast", "--baseline", str(out), "--json"]
    )
    assert json.loads(again.stdout)["changes"][0]["newly_failing"] == []
