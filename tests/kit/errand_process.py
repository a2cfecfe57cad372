"""A process that does slow errands; the tests kill it in the middle and start it again.

python errand_process.py DATABASE_URL JOBS_URL FOLDER COUNT [--submit-only]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from careloop.kit import jobs as engine
from careloop.kit.db import Database
from careloop.kit.jobs import Job, Jobs

TENANT = "t" * 26
engine.STALE = timedelta(seconds=2)  # so that the test need not wait as long as people do


def main() -> None:
    url, jobs_url, folder, count = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    database = Database(url)

    def errand(tenant_id: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        with (folder / "tries.log").open("a") as log:
            log.write(f"{payload['number']}\n")
        time.sleep(0.03)
        (folder / f"done-{payload['number']}").write_text(tenant_id)
        return {"number": payload["number"]}

    jobs = Jobs(database, jobs_url, {"errand": errand})
    if "--submit-only" not in sys.argv:
        jobs.start()
    for number in range(count):
        with database.write() as session:
            jobs.submit(session, TENANT, "errand", {"number": number})
    print("submitted", flush=True)
    if "--submit-only" in sys.argv:
        return
    while True:
        time.sleep(0.1)
        jobs.sweep()
        with database.read() as session:
            left = session.scalar(select(func.count()).where(Job.state.not_in(["done", "failed"])))
        if not left:
            print("all done", flush=True)
            jobs.stop()
            return


if __name__ == "__main__":
    main()
