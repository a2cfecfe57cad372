"""The file of a backup: a .tar.gz whose members, sizes and hashes stand in its manifest.

Reading trusts nothing: only the names that a backup can contain are accepted, only plain
files, and every byte is compared with the manifest before anybody uses it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import shutil
import tarfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Literal

from pydantic import BaseModel, ValidationError

from careloop.kit.errors import InvalidInput, Misconfigured

MANIFEST = "manifest.json"
BOOKS, JOBS, SECRET, DUMP, BLOBS = (
    "careloop.db", "jobs.db", "secret.key", "postgres.dump", "blobs",
)  # fmt: skip
FORMAT = 1
MANIFEST_LIMIT = 200_000_000
_NAME = re.compile(
    r"manifest\.json|careloop\.db|jobs\.db|secret\.key|postgres\.dump"
    r"|blobs/[0-9a-z]{1,64}/[0-9a-f]{2}/[0-9a-f]{64}"
)
_CHUNK = 1 << 20
_SPARE_BYTES = 64 << 20


class ArchivedFile(BaseModel):
    """One member: path inside the archive, size in bytes, SHA-256 in hex."""

    path: str
    size: int
    sha256: str


class Manifest(BaseModel):
    """What a backup is: made when, by which version, of which database and schema."""

    format: int
    careloop: str
    created_at: str
    database: Literal["sqlite", "postgresql"]
    schema_revision: str | None
    files: list[ArchivedFile]


def is_member(name: str) -> bool:
    """Whether a backup can contain this name."""
    return _NAME.fullmatch(name) is not None


class ArchiveWriter:
    """Writes members one after another and remembers their hashes."""

    def __init__(self, path: Path) -> None:
        """Open `path` for its owner alone; `FileExistsError` when it exists."""
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        self._path = path
        self._file = os.fdopen(descriptor, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w:gz", compresslevel=6)  # noqa: SIM115
        self.files: list[ArchivedFile] = []

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._tar.close()
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()
            if error is not None:
                self._path.unlink(missing_ok=True)

    def add(self, name: str, path: Path) -> ArchivedFile:
        """Add a file under `name`."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            hashing = _HashingReader(file)
            self._tar.addfile(_member(name, size), hashing)
        entry = ArchivedFile(path=name, size=size, sha256=hashing.digest.hexdigest())
        self.files.append(entry)
        return entry

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, the last member: an archive that was cut off has none."""
        data = manifest.model_dump_json(indent=1).encode()
        self._tar.addfile(_member(MANIFEST, len(data)), io.BytesIO(data))


def extract(archive: Path, folder: Path) -> Manifest:
    """Unpack a backup into `folder` and verify it against its manifest.

    Raises `InvalidInput` when the archive is damaged, incomplete or holds anything that a
    backup cannot contain; `folder` then holds an unverified part and is the caller's to remove.
    """
    found: dict[str, ArchivedFile] = {}
    try:
        with gzip.open(archive) as whole:
            with tarfile.open(fileobj=whole, mode="r|") as tar:
                for member in tar:
                    _check_member(member, found)
                    found[member.name] = _unpack(tar, member, folder)
            # The checksum stands at the very end, behind what the archive needs.
            while whole.read(_CHUNK):
                pass
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InvalidInput(f"{archive.name} is damaged or cut off ({error})") from None
    except OSError as error:
        raise Misconfigured(f"Cannot unpack {archive}: {error.strerror or error}") from None
    manifest = _read_manifest(archive, folder, found)
    _compare(archive, manifest, found)
    return manifest


def _check_member(member: tarfile.TarInfo, found: dict[str, ArchivedFile]) -> None:
    if not member.isreg():
        raise InvalidInput(f"The archive holds {member.name!r}, which is not a plain file")
    if not is_member(member.name):
        raise InvalidInput(f"The archive holds {member.name!r}, which no backup contains")
    if member.name in found:
        raise InvalidInput(f"The archive holds {member.name!r} twice")
    if member.name == MANIFEST and member.size > MANIFEST_LIMIT:
        raise InvalidInput("The archive's manifest is too large to be one")


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> ArchivedFile:
    target = folder.joinpath(*member.name.split("/"))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < member.size + _SPARE_BYTES:
        raise Misconfigured(f"The disk of {folder.parent} is too full to unpack {member.name}")
    source = tar.extractfile(member)
    assert source is not None  # only links and folders have none, and they are refused
    hashing = _HashingReader(source)
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(hashing, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    return ArchivedFile(path=member.name, size=member.size, sha256=hashing.digest.hexdigest())


def _read_manifest(archive: Path, folder: Path, found: dict[str, ArchivedFile]) -> Manifest:
    if found.pop(MANIFEST, None) is None:
        raise InvalidInput(f"{archive.name} has no manifest: it is cut off or not a backup")
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except ValidationError:
        raise InvalidInput(f"The manifest of {archive.name} is damaged") from None
    if manifest.format > FORMAT:
        raise InvalidInput(
            f"{archive.name} was made by Careloop {manifest.careloop}, whose backups this "
            "version cannot read; install that version or a newer one"
        )
    return manifest


def _compare(archive: Path, manifest: Manifest, found: dict[str, ArchivedFile]) -> None:
    listed = {entry.path: entry for entry in manifest.files}
    for what, names in (
        ("lacks", listed.keys() - found.keys()),
        ("holds, beside its manifest,", found.keys() - listed.keys()),
        ("holds a changed", {name for name in listed.keys() & found.keys()
                             if listed[name] != found[name]}),
    ):  # fmt: skip
        if names:
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            raise InvalidInput(f"{archive.name} is damaged: it {what} {min(names)}{more}")


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


class _HashingReader(io.RawIOBase):
    """Passes bytes through and hashes them on their way."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data
