"""An upload is what its bytes show; pictures lose everything but their pixels."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from careloop.kit import blobs
from careloop.kit.blobs import FolderBlobs, LinkSigner, inspect, sniff
from careloop.kit.errors import NotFound, TooLarge, UnsupportedType

LIMIT = 5_000_000
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>GPSLatitude 31,13N</x:xmpmeta>"


def place() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif[0x8298] = "Ada Example"
    exif[0x8825] = {1: "N", 2: (31.0, 13.0, 1.0), 3: "E", 4: (121.0, 28.0, 3.0)}
    return exif


def picture(kind: str, size: tuple[int, int] = (64, 40), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "taken at Ada Example's lab")
    return info


TELLING = {
    "jpeg exif": picture("JPEG", exif=place()),
    "jpeg xmp": picture("JPEG", xmp=XMP),
    "jpeg comment": picture("JPEG", comment=b"Ada Example"),
    "png exif": picture("PNG", exif=place()),
    "png text": picture("PNG", pnginfo=texts()),
    "webp exif": picture("WEBP", exif=place(), xmp=XMP),
    "gif comment": picture("GIF", comment=b"Ada Example"),
    "phone's two-in-one jpeg": picture(
        "MPO", exif=place(), save_all=True, append_images=[Image.new("RGB", (64, 40))]
    ),
}


@pytest.mark.parametrize("name", TELLING)
def test_who_took_it_where_is_taken_out(name: str) -> None:
    content = inspect(TELLING[name], LIMIT)
    for telling in (b"Exif", b"GPS", b"Ada Example", b"PhoneMaker", b"xmpmeta", b"eXIf"):
        assert telling not in content.data
    with Image.open(io.BytesIO(content.data)) as image:
        assert not image.getexif()
        assert image.size == (64, 40)
        assert content.media_type == f"image/{(image.format or '').lower()}"


def test_a_silent_picture_keeps_its_very_bytes() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        data = picture(kind)
        assert inspect(data, LIMIT).data == data


def test_a_photo_held_sideways_is_turned_before_its_note_is_lost() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(inspect(picture("JPEG", exif=exif), LIMIT).data)) as image:
        assert image.size == (40, 64)


def test_a_moving_picture_keeps_moving() -> None:
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=b"Ada", duration=80)
    with Image.open(io.BytesIO(inspect(out.getvalue(), LIMIT).data)) as image:
        assert getattr(image, "n_frames", 1) == 3
        assert "comment" not in image.info


def test_cutting_a_picture_short_makes_it_damaged() -> None:
    data = picture("JPEG", size=(600, 400), exif=place())
    with pytest.raises(UnsupportedType):
        inspect(data[: len(data) // 2], LIMIT)


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs.Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises((TooLarge, UnsupportedType)):
        inspect(picture("PNG"), LIMIT)


def office(folder: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}document.xml", "<x/>")
    return out.getvalue()


ACCEPTED = {
    "application/pdf": b"%PDF-1.7\n...",
    "audio/ogg": b"OggS" + bytes(40),
    "audio/mpeg": b"ID3\x04" + bytes(40),
    "audio/amr": b"#!AMR\n" + bytes(10),
    "audio/flac": b"fLaC" + bytes(10),
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A \x00\x00",
    "video/mp4": b"\x00\x00\x00\x20ftypisom\x00\x00",
    "video/webm": b"\x1aE\xdf\xa3" + bytes(10),
    "text/plain": "E-217 报警\n".encode(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": office("word/"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": office("xl/"),
}


@pytest.mark.parametrize("media_type", ACCEPTED)
def test_the_bytes_tell_the_type(media_type: str) -> None:
    assert sniff(ACCEPTED[media_type]) == media_type


REFUSED = {
    "empty": b"",
    "program": b"MZ\x90\x00" + bytes(60),
    "elf": b"\x7fELF" + bytes(60),
    "zip": office("other/"),
    "broken zip": b"PK\x03\x04" + bytes(30),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "xml svg": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "html after space": b"\n\n \t<HTML><body onload=alert(1)>",
    "html after a mark": b"\xef\xbb\xbf<html>",
    "script": b"<script>alert(1)</script>",
    "php": b"<?php system($_GET['c']);",
    "latin-1": "Prüfstand über".encode("latin-1"),
    "nul": b"a\x00b",
    "phone photo that we cannot clean": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "avif": b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif",
    "bmp": picture("BMP"),
    "tiff": picture("TIFF"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_accepted_is_said_to_be_so(name: str) -> None:
    with pytest.raises(UnsupportedType):
        inspect(REFUSED[name], LIMIT)


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_typed_or_refused(data: bytes) -> None:
    try:
        content = inspect(data, LIMIT)
    except UnsupportedType:
        return
    assert "html" not in content.media_type
    assert "svg" not in content.media_type


def test_the_limit_is_a_limit() -> None:
    assert inspect(b"a" * 1000, 1000).data
    with pytest.raises(TooLarge):
        inspect(b"a" * 1001, 1000)


def test_a_blob_is_kept_for_its_tenant_alone(tmp_path: Path) -> None:
    store, content = FolderBlobs(tmp_path), inspect(b"hello", LIMIT)
    store.put("one", content)
    store.put("one", content)
    assert store.get("one", content.sha256) == b"hello"
    with pytest.raises(NotFound):
        store.get("two", content.sha256)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [content.sha256]


@given(st.text(max_size=40), st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_link_works_for_its_path_until_it_ends(path: str, expires: int, now: int) -> None:
    signer, other = LinkSigner(b"k" * 32), LinkSigner(b"x" * 32)
    signature = signer.sign(path, expires)
    assert signer.valid(path, expires, signature, now) == (now <= expires)
    assert not signer.valid(path + "x", expires, signature, 0)
    assert not signer.valid(path, expires + 1, signature, 0)
    assert not other.valid(path, expires, signature, 0)
    assert not signer.valid(path, expires, "", 0)
    assert not signer.valid(path, expires, path, 0)
