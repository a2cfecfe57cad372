"""Runs imports: files out of the store, read and checked outside any lock, loaded in one act.

Killed at any point a run is done again from the start: rows and report are written in one
transaction, and the same files a second time change nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from careloop.crm_core.intake import runs
from careloop.crm_core.intake.delivery import read_delivery
from careloop.crm_core.intake.schemas import ImportOptions, ImportRunView
from careloop.crm_core.intake.service import home_of, run_import
from careloop.crm_core.intake.tables import Sources
from careloop.kit.actor import system_actor
from careloop.kit.blobs import BlobStore
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError

RUN_IMPORT = "import.run"
Errand = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
Failure = Callable[[str, Mapping[str, Any], str], None]


class Imports:
    """Runs imports. How far one is, this process knows row by row; the row itself by phase."""

    def __init__(self, database: Database, blobs: BlobStore) -> None:
        self._database = database
        self._blobs = blobs
        self._under_way: dict[str, tuple[int, int]] = {}
        self._one_at_a_time = threading.Lock()

    def run(self, tenant_id: str, import_id: str) -> None:
        """Read, check and load the files of a run; a run that has ended is left alone."""
        with self._one_at_a_time:
            try:
                self._run(tenant_id, import_id)
            except CareloopError as error:
                self.fail(tenant_id, import_id, error.message)
            finally:
                self._under_way.pop(import_id, None)

    def fail(self, tenant_id: str, import_id: str, error: str) -> None:
        """Write down that a run came to nothing."""
        with self._database.write(tenant_id) as session:
            runs.fail(session, system_actor(tenant_id), import_id, error)

    def progress(self, view: ImportRunView) -> ImportRunView:
        """The view with the rows done so far, where this process is doing them."""
        done, total = self._under_way.get(view.id, (view.rows_done, view.rows_total))
        return view.model_copy(update={"rows_done": done, "rows_total": total})

    def _run(self, tenant_id: str, import_id: str) -> None:
        actor = system_actor(tenant_id)
        with self._database.write(tenant_id) as session:
            row = runs.begin(session, actor, import_id)
        if row is None:
            return
        actor = runs.on_behalf_of(row)
        sources = self._read(tenant_id, row.files)
        total = sum(len(table.rows) for table in sources.tables)
        with self._database.write(tenant_id) as session:
            runs.advance(session, actor, import_id, "checking", 0, total)
        options = ImportOptions.model_validate(row.options)
        home = home_of(options.time_zone, options.country, options.currency)

        def told(done: int) -> None:
            self._under_way[import_id] = (done, total)

        if row.dry_run:
            with self._database.read(tenant_id) as session:
                report = run_import(
                    session, actor, sources, dry_run=True, mapping=options.mapping, home=home,
                    told=told,
                )  # fmt: skip
            with self._database.write(tenant_id) as session:
                runs.finish(session, actor, import_id, report)
            return
        with self._database.write(tenant_id) as session:
            report = run_import(
                session, actor, sources, mapping=options.mapping, home=home, told=told
            )
            runs.finish(session, actor, import_id, report)

    def _read(self, tenant_id: str, files: list[dict[str, Any]]) -> Sources:
        return read_delivery(
            (file["name"], self._blobs.get(tenant_id, file["sha256"])) for file in files
        )


def errand(imports: Imports) -> Errand:
    """The durable job that runs an import."""

    def run_import_job(tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        imports.run(tenant_id, payload["import"])
        return {}

    return run_import_job


def failure(imports: Imports) -> Failure:
    """What is written down when the job itself breaks."""

    def import_failed(tenant_id: str, payload: Mapping[str, Any], error: str) -> None:
        imports.fail(tenant_id, payload["import"], error)

    return import_failed
