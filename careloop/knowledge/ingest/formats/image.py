"""A photograph or scan (PNG, JPEG, WEBP) as a manuscript: the picture and its text by OCR."""

from __future__ import annotations

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.pdf.page_image import loaded, png
from careloop.knowledge.ingest.formats.pdf.reader import assemble
from careloop.knowledge.ingest.formats.pdf.scan import read_scan
from careloop.knowledge.ingest.manuscript import Figure, Manuscript, page_mark
from careloop.knowledge.ingest.markup import image
from careloop.knowledge.ingest.ocr import Ocr, OcrMissing, default_ocr
from careloop.knowledge.ingest.source import SourceFile

_WIDTH = 1600
_OCR_SIDE = 2400


def read(source: SourceFile, ocr: Ocr | None = None) -> Manuscript:
    """The picture as a figure, followed by the text in it."""
    picture = loaded(source.content, source.path)
    try:
        engine = ocr or default_ocr()
    except OcrMissing:
        raise UnreadableSource(
            f"{source.path}: a picture; install careloop[ocr] to read its text"
        ) from None
    scan = picture.copy()
    scan.thumbnail((_OCR_SIDE, _OCR_SIDE))
    sheet = read_scan(scan, 1, engine, 595.0 if scan.width <= scan.height else 842.0)
    sheet.pictures = []
    warnings = ["page 1 was read by OCR"] if sheet.spans else []
    manuscript = assemble([sheet], [], warnings)
    picture.thumbnail((_WIDTH, _WIDTH))
    name = "picture.png"
    stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    manuscript.figures = [Figure(name, png(picture), "image/png", 1, (0.0, 0.0, 1.0, 1.0), stem)]
    manuscript.text = f"{page_mark(1)}\n\n{image(stem, name)}\n\n" + manuscript.text.removeprefix(
        f"{page_mark(1)}\n"
    ).lstrip("\n")
    return manuscript
