"""One suite for every place where files are kept: a folder, a store that speaks S3, memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from memory_blobs import MemoryBlobs

from careloop.kit.blobs import BlobStore, Content, FolderBlobs, LinkSigner, inspect
from careloop.kit.blobs_chosen import make_blobs
from careloop.kit.blobs_s3 import S3Blobs
from careloop.kit.errors import Misconfigured, NotFound, Unavailable
from careloop.kit.settings import Settings

ONE, TWO = "tenant-one", "tenant-two"
LIMIT = 10_000_000


@pytest.fixture(scope="module")
def s3_endpoint() -> Iterator[str]:
    """A server that speaks S3, in this process, with a bucket `files`."""
    boto3 = pytest.importorskip("boto3")
    from moto.server import ThreadedMotoServer

    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1"}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, value in keys.items():
            patch.setenv(name, value)
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="files")
        yield endpoint
        server.stop()


@pytest.fixture(params=["folder", "s3", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "folder":
        return FolderBlobs(tmp_path)
    if request.param == "memory":
        return MemoryBlobs()
    return S3Blobs("files", f"/{tmp_path.name}/", request.getfixturevalue("s3_endpoint"))


def content(data: bytes) -> Content:
    return inspect(data, LIMIT)


def test_what_is_put_can_be_got(store: BlobStore) -> None:
    for data in (b"hello", "测序仪".encode(), b"x" * 3_000_000):
        kept = content(data)
        store.put(ONE, kept)
        store.put(ONE, kept)
        assert store.get(ONE, kept.sha256) == data


def test_a_file_is_its_tenants_alone(store: BlobStore) -> None:
    kept = content(b"a secret")
    store.put(ONE, kept)
    with pytest.raises(NotFound):
        store.get(TWO, kept.sha256)
    store.delete(TWO, kept.sha256)
    assert store.get(ONE, kept.sha256) == b"a secret"


def test_what_is_deleted_is_gone_and_can_come_back(store: BlobStore) -> None:
    kept = content(b"for a while")
    store.delete(ONE, kept.sha256)
    store.put(ONE, kept)
    store.delete(ONE, kept.sha256)
    store.delete(ONE, kept.sha256)
    with pytest.raises(NotFound):
        store.get(ONE, kept.sha256)
    store.put(ONE, kept)
    assert store.get(ONE, kept.sha256) == b"for a while"


def test_settings_choose_the_store(tmp_path: Path, s3_endpoint: str) -> None:
    assert isinstance(make_blobs(Settings(home=tmp_path)), FolderBlobs)
    chosen = make_blobs(
        Settings(home=tmp_path, blob_url="s3://files/care/loop", blob_endpoint=s3_endpoint)
    )
    kept = content(b"through the settings")
    chosen.put(ONE, kept)
    assert chosen.get(ONE, kept.sha256) == b"through the settings"
    for wrong in ("s3://", "s3://Bad_Bucket/x", "file:///tmp", "http://files"):
        with pytest.raises(Misconfigured):
            make_blobs(Settings(home=tmp_path, blob_url=wrong))


def test_a_wrong_bucket_or_a_dead_store_is_told_from_a_missing_file(s3_endpoint: str) -> None:
    S3Blobs("files", "", s3_endpoint).check()
    with pytest.raises(Misconfigured, match="NoSuchBucket"):
        S3Blobs("nothing-here", "", s3_endpoint).check()
    with pytest.raises(Unavailable):
        S3Blobs("files", "", "http://127.0.0.1:9").check()


def test_without_the_extra_the_folder_still_works(tmp_path: Path) -> None:
    """Nothing of S3 is imported until it is used."""
    code = (
        "import sys; sys.modules['boto3'] = None\n"
        "from pathlib import Path\n"
        "from careloop.kit.settings import Settings\n"
        "from careloop.kit.blobs_chosen import make_blobs\n"
        "from careloop.kit.errors import Misconfigured\n"
        "make_blobs(Settings(home=Path('x')))\n"
        "try: make_blobs(Settings(home=Path('x'), blob_url='s3://files')).get('t', 'ab')\n"
        "except Misconfigured as error: print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "pip install" in told.stdout


def test_a_link_opens_only_what_it_was_made_for() -> None:
    signer = LinkSigner(b"k" * 32)
    signature = signer.sign("/v1/files/x", 100, "download")
    assert signer.valid("/v1/files/x", 100, signature, 50, "download")
    for path, expires, at, purpose in (
        ("/v1/files/y", 100, 50, "download"), ("/v1/files/x", 101, 50, "download"),
        ("/v1/files/x", 100, 101, "download"), ("/v1/files/x", 100, 50, ""),
        ("/v1/files/x", 100, 50, "upload"),
    ):  # fmt: skip
        assert not signer.valid(path, expires, signature, at, purpose)
