"""The planner from the shell and over HTTP: shapes, batches that never stop, limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from typer.testing import CliRunner

from benchmarks.dispatch_days import Recipe, day
from careloop.api import auth, problems
from careloop.api.cli.main import app as shell
from careloop.api.routes import dispatch_plan
from careloop.crm_core.dispatch.planning import PlanAnswer, PlanLine, check
from careloop.kit.actor import Role, staff_actor
from careloop.kit.ids import new_id

SMALL = {**day(Recipe(8, 2, "random", False, skills=True, parts=True)), "seconds": 0.1}
LINES = [
    json.dumps({**SMALL, "id": 1}),
    "no json",
    json.dumps({**SMALL, "id": 2, "jobs": [{**SMALL["jobs"][0], "priority": "?"}]}),
    json.dumps({**SMALL, "id": 3, "jobs": [{"id": "x"}]}),
    '{"id": 4, "jobs": [{"id": "x", "lat": NaN, "lon": 1, "duration": 1}]}',
    "[" * 100_000,
    json.dumps({"id": 5}),
]
CODES = [None, "invalid_input", "unknown_priority", "invalid_input", "invalid_input", ..., None]


def judged(rows: list[dict[str, Any]]) -> None:
    assert [row.get("id") for row in rows] == [1, None, 2, 3, 4, None, 5]
    for row, code in zip(rows, CODES, strict=True):
        if code is None:
            assert set(row) >= {"id", "routes", "unserved", "cost", "took_ms"}
            assert set(row["cost"]) == {"total", "travel", "late", "unserved"}
        elif code is not ...:
            assert row["error"]["code"] == code
            assert row["error"]["message"]
    problem = PlanLine.model_validate(SMALL)
    assert check(problem, PlanAnswer.model_validate(rows[0])) == []


def test_shell(tmp_path: Path) -> None:
    run = CliRunner().invoke
    (tmp_path / "day.json").write_text(json.dumps(SMALL))
    (tmp_path / "days.jsonl").write_text("\n".join(LINES))
    done = run(shell, ["dispatch", "plan", str(tmp_path / "day.json"), "--json", "--seed", "3"])
    assert done.exit_code == 0, done.output
    (tmp_path / "plan.json").write_text(done.stdout)
    stop = json.loads(done.stdout)["routes"][0]["stops"][0]
    assert ("job" in stop) != ("depot" in stop and "pick" in stop)
    judging = ["dispatch", "check", str(tmp_path / "day.json"), str(tmp_path / "plan.json")]
    assert run(shell, judging).stdout == "valid\n"
    words = run(shell, ["dispatch", "plan", "-"], input=json.dumps(SMALL))
    assert "cost" in words.stdout
    out = tmp_path / "out.jsonl"
    batch = ["dispatch", "plan", "--jsonl", str(tmp_path / "days.jsonl"), "--out", str(out)]
    assert run(shell, [*batch, "--seconds", "0.1"]).exit_code == 0
    judged([json.loads(row) for row in out.read_text().splitlines()])


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    problems.install(app)
    app.include_router(dispatch_plan.router)
    who = {"role": Role.DISPATCHER}
    app.state.who = who
    app.dependency_overrides[auth.staff] = lambda: staff_actor(new_id(), who["role"], new_id())
    return TestClient(app)


def test_http(client: TestClient) -> None:
    told = client.post("/v1/dispatch/plan", json=SMALL)
    assert told.status_code == 200
    assert check(PlanLine.model_validate(SMALL), PlanAnswer.model_validate(told.json())) == []
    batch = client.post("/v1/dispatch/plan/batch", content="\n".join(LINES).encode())
    assert batch.headers["content-type"].startswith("application/x-ndjson")
    judged([json.loads(row) for row in batch.text.splitlines()])
    assert client.post("/v1/dispatch/plan", json={**SMALL, "seconds": 500}).status_code == 422
    bad = client.post("/v1/dispatch/plan", json={**SMALL, "fixed": [{"job": "nobody's"}]})
    assert (bad.status_code, bad.json()["code"]) == (422, "unknown_job")
    client.app.state.who["role"] = Role.ENGINEER  # type: ignore[attr-defined]
    assert client.post("/v1/dispatch/plan", json=SMALL).status_code == 403
