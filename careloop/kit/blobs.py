"""Files: stored by content hash, typed by content, never by name."""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PIL import Image, ImageOps, UnidentifiedImageError

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
_IMAGES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # what many phones write: a JPEG with a second picture behind it
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
_PICTURE_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"}
)
# What Pillow reads from a picture besides pixels and what tells nothing about who took it where.
_SILENT = frozenset({
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "srgb", "chromaticity",
    "aspect", "interlace", "progressive", "progression", "adobe", "adobe_transform", "version",
    "extension", "background", "transparency", "duration", "loop", "timestamp", "icc_profile",
})  # fmt: skip
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
        return _movie_type(data)
    if data[:4] == b"PK\x03\x04":
        return _office_type(data)
    image = _image_type(data)
    if image:
        return image
    if _is_text(data):
        return "text/plain"
    raise UnsupportedType("Send a photo, PDF, audio, video or plain text file")


def _movie_type(data: bytes) -> str:
    """Photos in this container carry a place that we cannot take out, so they are refused."""
    if data[8:12] in _PICTURE_BRANDS or data[8:12] == b"avis":
        raise UnsupportedType("Send the photo as JPEG or PNG; HEIC and AVIF are not accepted")
    return "audio/mp4" if data[8:11] == b"M4A" else "video/mp4"


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
    """Re-encode a picture that says more than its pixels: EXIF, XMP, IPTC or comments.

    GPS place and names stay with the sender; a picture without them keeps its very bytes.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > (Image.MAX_IMAGE_PIXELS or 0):
                raise TooLarge("The picture has too many pixels; send a smaller one")
            image.load()
            return _pixels_only(image, media_type) if _tells_more(image) else data
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise UnsupportedType("The picture is damaged; take it again") from None


def _tells_more(image: Image.Image) -> bool:
    return bool(image.getexif()) or not _SILENT.issuperset(map(str, image.info))


def _pixels_only(image: Image.Image, media_type: str) -> bytes:
    """The picture upright, with its colours, and nothing else; a moving one keeps moving."""
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile"), "quality": 92}
    turned = image
    if media_type != "image/jpeg" and getattr(image, "n_frames", 1) > 1:
        options |= {key: image.info[key] for key in ("duration", "loop") if key in image.info}
        options["save_all"] = True
    else:
        turned = ImageOps.exif_transpose(image) or image
    for key in set(turned.info) - _SILENT:
        del turned.info[key]
    out = io.BytesIO()
    turned.save(out, format=media_type.removeprefix("image/").upper(), **options)
    return out.getvalue()


class BlobStore(Protocol):
    """Keeps bytes under (tenant, SHA-256).

    `put` of what is there already changes nothing; `get` raises `NotFound` for what is not, of
    another tenant too; `delete` of what is not there does nothing.
    """

    def put(self, tenant_id: str, content: Content) -> None: ...

    def get(self, tenant_id: str, sha256: str) -> bytes: ...

    def delete(self, tenant_id: str, sha256: str) -> None: ...


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

    def delete(self, tenant_id: str, sha256: str) -> None:
        self._path(tenant_id, sha256).unlink(missing_ok=True)

    def _path(self, tenant_id: str, sha256: str) -> Path:
        # Both parts are ours (an id and a hash), never a name that somebody sent.
        return self._folder / tenant_id / sha256[:2] / sha256


class LinkSigner:
    """Short-lived signed links: `expires` (Unix seconds) and an HMAC over path and expiry.

    A link signed for one `purpose` opens nothing else, even on the same path.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, path: str, expires: int, purpose: str = "") -> str:
        text = f"{path}|{expires}{f'|{purpose}' if purpose else ''}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:40]

    def valid(self, path: str, expires: int, signature: str, now: int, purpose: str = "") -> bool:
        wanted = self.sign(path, expires, purpose).encode()
        return now <= expires and hmac.compare_digest(wanted, signature.encode(errors="replace"))
