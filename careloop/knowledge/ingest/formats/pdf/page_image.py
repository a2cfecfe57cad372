"""Pages as pictures, for the desk, for figures and for OCR. PDFium runs under one lock."""

from __future__ import annotations

import io
import threading
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.manuscript import Box

PDFIUM = threading.RLock()
"""PDFium is not safe for threads: whoever calls it holds this."""

MAX_PIXELS = 40_000_000
MAX_BYTES = 200 * 1024 * 1024
_MAX_WIDTH = 4000
_MAX_PICTURE = 200_000_000


def opened(content: bytes, name: str = "the file") -> Any:
    """A PDF as a `pypdfium2.PdfDocument`, to be closed by the caller."""
    if len(content) > MAX_BYTES:
        raise UnreadableSource(f"{name}: larger than 200 MB; split it into parts")
    try:
        with PDFIUM:
            return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableSource(
                f"{name}: protected by a password; save it without one and hand it in again"
            ) from None
        raise UnreadableSource(f"{name}: broken or no PDF; export it again") from None


def loaded(content: bytes, name: str = "the file") -> Image.Image:
    """A picture, upright and in RGB, never larger than `MAX_PIXELS`."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
        if picture.width * picture.height > MAX_PIXELS * 3:
            raise UnreadableSource(f"{name}: more than 120 megapixels; make it smaller")
        if picture.width * picture.height > MAX_PIXELS:
            picture.draft("RGB", (picture.width // 2, picture.height // 2))
        upright = ImageOps.exif_transpose(picture)
        return _on_white(upright)
    except UnreadableSource:
        raise
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, KeyError, IndexError,
            OverflowError, ZeroDivisionError, Image.DecompressionBombError):  # fmt: skip
        raise UnreadableSource(
            f"{name}: broken or no PNG, JPEG or WEBP picture; save it again"
        ) from None


def page_image(content: bytes, media_type: str, page: int, width: int = 1200) -> bytes:
    """PNG of one page (from 1) of a PDF, or of a picture, at most `width` wide.

    A page is drawn at no more than 4,000 by 10,000 pixels, however large it says it is.
    """
    width = min(max(width, 16), _MAX_WIDTH)
    if media_type != "application/pdf":
        picture = loaded(content)
        picture.thumbnail((width, int(width * 2.5)))
        return png(picture)
    with PDFIUM:
        document = opened(content)
        try:
            if not 1 <= page <= len(document):
                raise UnreadableSource(f"there is no page {page}; the file has {len(document)}")
            return png(rendered(document, page, width))
        finally:
            document.close()


def page_size(document: Any, page: int) -> tuple[float, float]:
    """Width and height of a page as shown, in points."""
    with PDFIUM:
        sheet = document[page - 1]
        try:
            wide, high = sheet.get_size()
            return float(wide), float(high)
        finally:
            sheet.close()


def rendered(document: Any, page: int, width: int, box: Box = (0.0, 0.0, 1.0, 1.0)) -> Image.Image:
    """A page, or the part of it in `box`, drawn about `width` pixels wide on white."""
    with PDFIUM:
        try:
            sheet = document[page - 1]
        except pypdfium2.PdfiumError:
            raise UnreadableSource(f"page {page} is broken; export the file again") from None
        try:
            wide, high = sheet.get_size()
            if not (wide > 0 and high > 0):
                raise UnreadableSource(f"page {page} has no size; export the file again")
            part_w, part_h = wide * (box[2] - box[0]), high * (box[3] - box[1])
            scale = min(width / max(part_w, 1.0), 2.5 * width / max(part_h, 1.0), 20.0)
            crop = (box[0] * wide, (1 - box[3]) * high, (1 - box[2]) * wide, box[1] * high)
            _check_pictures(sheet, page)
            bitmap = sheet.render(scale=scale, crop=crop)
            try:
                drawn: Image.Image = bitmap.to_pil().convert("RGB")
                return drawn
            finally:
                bitmap.close()
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            raise UnreadableSource(f"page {page} cannot be drawn; export the file again") from None
        finally:
            sheet.close()


def _check_pictures(sheet: Any, page: int) -> None:
    """Refuse a page whose pictures would fill the memory before they are scaled down."""
    for item in sheet.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=6):
        wide, high = item.get_px_size()
        if wide * high > _MAX_PICTURE:
            raise UnreadableSource(
                f"page {page} holds a picture of more than 200 megapixels; scan it at 300 dpi"
            )


def png(picture: Image.Image) -> bytes:
    """The picture as PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")
