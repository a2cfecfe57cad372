"""Draft a migration from the difference between the tables in code and the migrations so far.

    python -m careloop.migrations.generate "add site to asset"
    python -m careloop.migrations.generate --initial

The first form writes the next revision; read it before you keep it, above all when a column is
renamed (Alembic sees one dropped and one added) or must be filled. The second makes revision
0001 anew; it is refused as soon as another revision follows, because databases exist then.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

from alembic import command

from careloop.api import schema
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict

VERSIONS = Path(__file__).parent / "versions"
FIRST = "0001"


def initial() -> Path:
    """Write revision 0001 from the tables in code; `Conflict` once 0002 exists."""
    later = sorted(path.name for path in VERSIONS.glob("0*.py") if path.name[:4] > FIRST)
    if later:
        raise Conflict(f"{later[0]} follows 0001; add a revision instead of changing the first")
    with tempfile.TemporaryDirectory() as folder:
        drafted = _draft("first tables", FIRST, Path(folder), follow=False)
        for old in VERSIONS.glob(f"{FIRST}_*.py"):
            old.unlink()
        return Path(shutil.copy(drafted, VERSIONS))


def following(message: str) -> Path:
    """Write the next revision after the newest one; `Conflict` when nothing has changed."""
    revision = f"{int(schema.head()) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        drafted = _draft(message, revision, Path(folder), follow=True)
        if "op." not in drafted.read_text():
            raise Conflict("The tables in code and the migrations agree; there is nothing to add")
        return Path(shutil.copy(drafted, VERSIONS))


def _draft(message: str, revision: str, scratch: Path, follow: bool) -> Path:
    """Compare a new database, empty or at the newest revision, with the tables in code."""
    database = Database(f"sqlite:///{scratch / 'scratch.db'}")
    try:
        if follow:
            schema.upgrade(database)
        with database.engine.connect() as connection:
            config = schema.alembic_config(connection)
            places = [str(VERSIONS), str(scratch)] if follow else [str(scratch)]
            config.set_main_option("path_separator", "newline")
            config.set_main_option("version_locations", "\n".join(places).replace("%", "%%"))
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            with contextlib.redirect_stdout(io.StringIO()):
                command.revision(
                    config, message, autogenerate=True, rev_id=revision, version_path=str(scratch)
                )
    finally:
        database.close()
    (path,) = scratch.glob(f"{revision}_*.py")
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.lstrip().startswith("# ###")))
    return path


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Draft a migration.")
    parser.add_argument("message", nargs="?", help="what changes, in a few words")
    parser.add_argument("--initial", action="store_true", help="make 0001 anew")
    given = parser.parse_args(arguments)
    if given.initial == bool(given.message):
        parser.error("give either a message or --initial")
    try:
        path = initial() if given.initial else following(given.message)
    except CareloopError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
