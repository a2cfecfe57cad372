"""Work that was written down is done, whatever falls over in between."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.jobs import STALE, Handler, Job, Jobs

TENANT = "t" * 26
SECONDS = 60
PROCESS = Path(__file__).parent / "errand_process.py"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
def engine(sqlite_database: Database, tmp_path: Path) -> Iterator[Callable[..., Jobs]]:
    """Makes a running job engine; stops it at the end."""
    started: list[Jobs] = []

    def make(running: bool = True, **handlers: Handler) -> Jobs:
        url = f"sqlite:///{tmp_path / 'jobs.db'}"
        jobs = Jobs(sqlite_database, url, {k.replace("_", "."): v for k, v in handlers.items()})
        if running:
            jobs.start()
            started.append(jobs)
        return jobs

    yield make
    for jobs in started:
        jobs.stop()


def rows(database: Database) -> list[Job]:
    with database.read() as session:
        found = list(session.scalars(select(Job).order_by(Job.id)))
        session.expunge_all()
    return found


def wait_for(database: Database, *states: str) -> list[Job]:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = rows(database)
        if found and all(row.state in states for row in found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"still {[(row.state, row.error) for row in rows(database)]}")


def submit(database: Database, jobs: Jobs, kind: str, payload: Mapping[str, Any]) -> str:
    with database.write() as session:
        return jobs.submit(session, TENANT, kind, payload).id


def test_a_job_runs_after_the_act_that_asked_for_it(
    sqlite_database: Database, engine: Callable[..., Jobs]
) -> None:
    seen: list[tuple[str, Any]] = []

    def greet(tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        seen.append((tenant_id, payload["name"]))
        return {"said": f"hello {payload['name']}"}

    jobs = engine(greet=greet)
    with pytest.raises(RuntimeError), sqlite_database.write() as session:
        jobs.submit(session, TENANT, "greet", {"name": "nobody"})
        raise RuntimeError("the act was undone")
    submit(sqlite_database, jobs, "greet", {"name": "Ada"})
    (job,) = wait_for(sqlite_database, "done")
    assert seen == [(TENANT, "Ada")]
    assert (job.result, job.error, job.attempts) == ({"said": "hello Ada"}, "", 1)


def test_a_failure_is_kept_with_its_reason_and_stops_nobody(
    sqlite_database: Database, engine: Callable[..., Jobs]
) -> None:
    def break_down(tenant_id: str, payload: Mapping[str, Any]) -> None:
        raise ValueError("the file has no header")

    jobs = engine(bad=break_down, good=lambda tenant_id, payload: None)
    submit(sqlite_database, jobs, "bad", {})
    submit(sqlite_database, jobs, "good", {})
    submit(sqlite_database, jobs, "unknown kind", {})
    bad, good, unknown = wait_for(sqlite_database, "done", "failed")
    assert (bad.state, bad.error) == ("failed", "ValueError: the file has no header")
    assert good.state == "done"
    assert unknown.state == "failed"
    assert "unknown kind" in unknown.error


def test_a_job_written_but_never_started_is_found_by_the_sweep(
    sqlite_database: Database, engine: Callable[..., Jobs], clock: FixedClock
) -> None:
    done: list[str] = []
    crashed = engine(running=False)
    submit(sqlite_database, crashed, "note", {})
    assert [row.state for row in rows(sqlite_database)] == ["queued"]
    jobs = engine(note=lambda tenant_id, payload: done.append(tenant_id))
    assert jobs.sweep() == 0, "a fresh row may still be on its way"
    clock.advance(STALE + timedelta(seconds=1))
    assert jobs.sweep() == 1
    wait_for(sqlite_database, "done")
    assert jobs.sweep() == 0
    assert done == [TENANT]


def test_sweeping_again_and_again_runs_a_job_once(
    sqlite_database: Database, engine: Callable[..., Jobs], clock: FixedClock
) -> None:
    done: list[Any] = []

    def slow(tenant_id: str, payload: Mapping[str, Any]) -> None:
        time.sleep(0.2)
        done.append(payload["n"])

    jobs = engine(slow=slow)
    for number in range(6):
        submit(sqlite_database, jobs, "slow", {"n": number})
    clock.advance(STALE * 2)
    for _ in range(10):
        jobs.sweep()
        time.sleep(0.05)
    wait_for(sqlite_database, "done")
    assert sorted(done) == list(range(6))


def test_a_job_whose_end_could_not_be_written_is_done_again(
    sqlite_database: Database, engine: Callable[..., Jobs], clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    done: list[str] = []
    jobs = engine(note=lambda tenant_id, payload: done.append(tenant_id))
    whole = Job.move_to
    faults = [OSError("disk full")]

    def move_to(job: Job, state: str, at: Any) -> None:
        if state == "done" and faults:
            raise faults.pop()
        whole(job, state, at)

    monkeypatch.setattr(Job, "move_to", move_to)
    submit(sqlite_database, jobs, "note", {})
    until = time.monotonic() + SECONDS
    while faults and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    clock.advance(STALE * 2)
    for _ in range(100):
        jobs.sweep()
        if rows(sqlite_database)[0].state == "done":
            break
        time.sleep(0.1)
        clock.advance(STALE * 2)
    assert [row.state for row in rows(sqlite_database)] == ["done"]
    assert done == [TENANT, TENANT]


def start(url: str, folder: Path, count: int, *flags: str) -> subprocess.Popen[str]:
    jobs_url = f"sqlite:///{folder / 'jobs.db'}" if url.startswith("sqlite") else url
    command = [sys.executable, str(PROCESS), url, jobs_url, str(folder), str(count), *flags]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder
    )


@pytest.mark.slow
@pytest.mark.parametrize("after", [7])
def test_killed_in_the_middle_and_started_again_everything_is_done(
    database: Database, tmp_path: Path, after: int
) -> None:
    url = database.url.render_as_string(hide_password=False)
    count = 40
    first = start(url, tmp_path, count)
    until = time.monotonic() + SECONDS
    while len(list(tmp_path.glob("done-*"))) < after:
        assert time.monotonic() < until, "the first process did nothing"
        assert first.poll() is None
        time.sleep(0.005)
    first.send_signal(signal.SIGKILL)
    first.wait()
    written = rows(database)
    assert any(row.state != "done" for row in written), "killed too late to prove anything"
    second = start(url, tmp_path, 0)
    try:
        told, _ = second.communicate(timeout=SECONDS)
    finally:
        second.kill()
    assert "all done" in told
    numbers = [row.payload["number"] for row in written]
    assert [row.state for row in rows(database)] == ["done"] * len(written)
    assert {path.name for path in tmp_path.glob("done-*")} == {f"done-{n}" for n in numbers}
    tries = (tmp_path / "tries.log").read_text().split()
    assert len(tries) <= len(numbers) + 4, "only what was under way is done twice"
