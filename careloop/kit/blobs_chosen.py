"""The blob store that the settings name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from careloop.kit.blobs import BlobStore, FolderBlobs
from careloop.kit.blobs_s3 import S3Blobs
from careloop.kit.errors import Misconfigured
from careloop.kit.settings import Settings

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]")


def make_blobs(settings: Settings) -> BlobStore:
    """Folder `blobs/` of the data folder, or a bucket; `Misconfigured` for anything else."""
    if not settings.blob_url:
        return FolderBlobs(settings.blob_folder)
    parts = urlsplit(settings.blob_url)
    if parts.scheme != "s3" or not _BUCKET.fullmatch(parts.netloc):
        raise Misconfigured("CARELOOP_BLOB_URL is empty or s3://bucket/prefix")
    return S3Blobs(parts.netloc, parts.path, settings.blob_endpoint)
