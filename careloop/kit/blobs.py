"""Files: stored by content hash, typed by content, never by name."""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image, UnidentifiedImageError

from careloop.kit.errors import NotFound, TooLarge, UnsupportedType

Image.MAX_IMAGE_PIXELS = 60_000_000

_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"%PDF-", 0, "application/pdf"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\xff\xf3", 0, "audio/mpeg"),
    (b"#!AMR", 0, "audio/amr"),
    (b"fLaC", 0, "audio/flac"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
)
_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Content:
    """Checked bytes: their type read from the content, size in bytes, SHA-256 in hex."""

    data: bytes
    media_type: str
    sha256: str

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


def inspect(data: bytes, limit_bytes: int) -> Content:
    """Check an upload: size, then type by content; place and camera data leave images.

    Raises `TooLarge` or `UnsupportedType`.
    """
    if len(data) > limit_bytes:
        raise TooLarge(f"The file is larger than {limit_bytes // 1_000_000} MB")
    if not data:
        raise UnsupportedType("The file is empty")
    media_type = sniff(data)
    if media_type.startswith("image/"):
        data = _without_metadata(data, media_type)
    return Content(data, media_type, hashlib.sha256(data).hexdigest())


def sniff(data: bytes) -> str:
    """The media type that the bytes themselves show."""
    for signature, offset, media_type in _SIGNATURES:
        if data[offset : offset + len(signature)] == signature:
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[4:8] == b"ftyp":
        return "audio/mp4" if data[8:11] == b"M4A" else "video/mp4"
    if data[:4] == b"PK\x03\x04":
        return _office_type(data)
    image = _image_type(data)
    if image:
        return image
    if _is_text(data):
        return "text/plain"
    raise UnsupportedType("Send a photo, PDF, audio, video or plain text file")


def _image_type(data: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            return _IMAGES.get(image.format or "")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _office_type(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError):
        names = []
    for prefix, media_type in _OFFICE.items():
        if any(name.startswith(prefix) for name in names):
            return media_type
    raise UnsupportedType("Archives are not accepted; send the files one by one")


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    head = text.lstrip("\ufeff \t\r\n")[:256].lower()
    # A browser would run these if they were ever served as what they are.
    active = ("<!doctype html", "<html", "<svg", "<script", "<?xml", "<?php")
    return "\x00" not in text and not head.startswith(active)


def _without_metadata(data: bytes, media_type: str) -> bytes:
    """Re-encode JPEG and WebP that carry EXIF: GPS place and names stay with the sender."""
    if media_type not in {"image/jpeg", "image/webp"}:
        return data
    try:
        with Image.open(io.BytesIO(data)) as image:
            if not image.getexif():
                return data
            turned = _upright(image)
            out = io.BytesIO()
            turned.save(out, format=image.format, quality=92)
            return out.getvalue()
    except (OSError, ValueError, Image.DecompressionBombError):
        raise UnsupportedType("The picture is damaged; take it again") from None


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps

    return ImageOps.exif_transpose(image) or image


class BlobStore(Protocol):
    """Keeps bytes under (tenant, SHA-256)."""

    def put(self, tenant_id: str, content: Content) -> None: ...

    def get(self, tenant_id: str, sha256: str) -> bytes: ...


class FolderBlobs:
    """Blobs in a folder; a blob is written beside and renamed, so half a file is never seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, tenant_id: str, content: Content) -> None:
        path = self._path(tenant_id, content.sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(content.data)
        partial.replace(path)

    def get(self, tenant_id: str, sha256: str) -> bytes:
        try:
            return self._path(tenant_id, sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound("The file is no longer stored") from None

    def _path(self, tenant_id: str, sha256: str) -> Path:
        # Both parts are ours (an id and a hash), never a name that somebody sent.
        return self._folder / tenant_id / sha256[:2] / sha256


class LinkSigner:
    """Short-lived signed links: `expires` (Unix seconds) and an HMAC over path and expiry."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, path: str, expires: int) -> str:
        text = f"{path}|{expires}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:40]

    def valid(self, path: str, expires: int, signature: str, now: int) -> bool:
        return now <= expires and hmac.compare_digest(self.sign(path, expires), signature)
